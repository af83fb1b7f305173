// The criterion column: its exact words and modalities, what the dossier says, what was not found, what to ask.

import { announce, button, fill, h } from "./dom.js";
import { ASSESSED, count, oralOnly, pages } from "./words.js";
import { findings } from "./findings.js";
import { gapRow, itemRow, nearbyRow, quoteRow } from "./rows.js";

export class CriterionColumn {
  constructor(desk) {
    this.desk = desk;
    this.element = h("div", { class: "pl-criterion", role: "region", "aria-label": "Critère" });
    this.open = new Map();
    desk.on("place", ({ before, turned }) => {
      if (!turned) return;
      if (before.criterion !== desk.place.criterion) this.element.scrollTop = 0;
      this.paint();
    });
    desk.on("work", ({ criterion, kind }) => {
      const here = criterion === null || criterion === "" || criterion === desk.place.criterion;
      if (here && !["motivation", "decision", "read"].includes(kind) && !(kind === "note" && !desk.view.blind_first)) this.paint();
    });
    desk.on(["lock", "editing"], () => this.paint());
    this.paint();
  }

  paint() {
    const { desk } = this;
    const { criterion } = desk;
    fill(this.element, this.#head(criterion), desk.hides() ? this.#hidden() : this.#found(criterion));
  }

  /** A folded part that stays as the person left it. */
  folded(name, summary, make, startsOpen = false) {
    const key = `${this.desk.place.criterion}/${name}`;
    const isOpen = this.open.get(key) ?? startsOpen;
    const made = h("details", { class: "pl-fold", data: { fold: name } }, h("summary", { data: { focus: `fold-${name}` } }, summary));
    const build = () => made.childElementCount === 1 && made.append(...[make()].flat());
    made.open = isOpen;
    if (isOpen) build();
    made.addEventListener("toggle", () => {
      this.open.set(key, made.open);
      if (made.open) build();
    });
    return made;
  }

  #head(criterion) {
    const modalities = criterion.assessed_by.map((kind) => ASSESSED[kind] ?? kind).join(" et ");
    const scale = criterion.scale.kind === "points" ? `${count(criterion.scale.max, "point").replace(".", ",")} au barème` : "";
    const meta = [modalities, scale].filter(Boolean).join(" · ");
    const all = criterion.competences?.length ? criterion.competences : [criterion.competence].filter(Boolean);
    const competence = all[0];
    return h(
      "div", { class: "pl-head" },
      h("h2", { class: "pl-id" }, criterion.id),
      criterion.lead ? h("p", { class: "pl-small pl-lead" }, criterion.lead) : null,
      h("p", { class: "pl-words" }, criterion.text),
      h("div", { class: "pl-meta" }, h("span", {}, meta), competence
        ? this.folded("competence", `${competence.id} ${first(competence.text)}…`, () => all.map((one) => h("p", {}, h("b", {}, one.id), ` ${one.text}`))) : null,
      criterion.indicators?.length ? this.folded("indicators", count(criterion.indicators.length, "indicateur"), () => h("ul", {}, criterion.indicators.map((one) => h("li", {}, `– ${one}`)))) : null),
    );
  }

  /** Before the juror's own reading, or with everything put aside. */
  #hidden() {
    const { desk } = this;
    if (desk.ignoresDrafts) {
      return h(
        "div", { class: "pl-quiet" }, h("p", {}, "Vous lisez ce dossier sans ce que le programme a repéré."),
        desk.mayWrite ? button("Revoir ce qui a été repéré", "Revoir ce qui a été repéré", () => {
          desk.act("drafts_ignored", "", "", { value: false });
          desk.tell("place", { before: desk.place, turned: true, keep: true });
        }, { class: "pl-btn" }) : null,
      );
    }
    const written = desk.workOn().note.text.trim();
    const reveal = () => {
      if (written) desk.writingFirst = null;
      else desk.act("drafts_asked", desk.place.criterion, "", { value: true });
      desk.tell("marks");
      this.paint();
      announce(desk.root, "Ce que le programme a repéré est affiché.");
    };
    const why = written
      ? "Votre note est écrite\u00a0: vous pouvez voir ce que le programme a repéré."
      : "Lecture d’abord\u00a0: ce que le programme a repéré pour ce critère apparaîtra après votre note. Vous pouvez le demander maintenant\u00a0; le moment en est enregistré.";
    return h("div", { class: "pl-quiet" }, h("p", {}, why), button("Voir ce qui a été repéré", "Voir ce que le programme a repéré", reveal, { class: "pl-btn" }));
  }

  #found(criterion) {
    const { desk } = this;
    const found = findings(desk, criterion);
    const modelled = desk.view.drafter !== "extractive";
    const read = criterion.requirements[0]?.pages_read ?? desk.view.dossier.pages.length;
    const unread = [...new Set(criterion.requirements.flatMap((requirement) => requirement.pages_unread ?? []))];
    const partial = [...new Set(criterion.requirements.flatMap((requirement) => requirement.pages_partial ?? []))];
    const nothing = !found.statements.length && !found.quotes.length;
    return [
      desk.view.dossier.partial?.length ? h("p", { class: "pl-small pl-bad" }, desk.view.dossier.partial.join(" "), " ",
        desk.mayWrite ? button("Redemander ce qui a échoué", "Redemander ce qui a échoué", (event) => again(desk, event.target), { class: "pl-link" }) : null) : null,
      criterion.failure ? h("p", { class: "pl-warning" }, criterion.failure) : null,
      section("Ce que dit le dossier", modelled && found.statements.length ? "rédigé par l’IA, à vérifier" : "repéré, à vérifier",
        nothing ? h("p", { class: "pl-none" }, oralOnly(criterion)
          ? "Ce critère se montre à l’oral." : "Aucun passage repéré\u00a0: à vérifier dans le dossier.") : null,
        h("ul", { class: "pl-rows" }, found.statements.map((item) => itemRow(this, criterion, item)), found.quotes.map((id) => quoteRow(this, criterion, id)))),
      found.gaps.length ? section("À vérifier", `${count(read, "page lue", "pages lues")}${unread.length ? `\u00a0; non lues\u00a0: ${pages(unread)}` : ""}${partial.length ? `\u00a0; lues en partie\u00a0: ${pages(partial)}` : ""}`,
        h("ul", { class: "pl-gaps" }, found.gaps.map((item) => gapRow(this, criterion, item)))) : null,
      found.questions.length ? section("À demander à l’oral", "", h("ul", { class: "pl-rows" }, found.questions.map((item) => itemRow(this, criterion, item)))) : null,
      found.apart.length ? this.folded("apart", `${count(found.apart.length, "énoncé")} que les phrases citées ne confirment pas`,
        () => h("ul", { class: "pl-rows" }, found.apart.map((item) => itemRow(this, criterion, item)))) : null,
      found.nearby.length ? this.folded("nearby", count(found.nearby.length, "autre passage proche", "autres passages proches"),
        () => h("ul", { class: "pl-rows pl-nearby" }, found.nearby.map((id) => nearbyRow(this, id)))) : null,
      criterion.items.some((item) => item.prompt) ? this.folded("origin", "D’où vient ce texte\u00a0?", () => origin(desk, criterion.id)) : null,
      criterion.withheld ? h("p", { class: "pl-small" }, `${count(criterion.withheld, "phrase retenue", "phrases retenues")}\u00a0: elle contenait une appréciation.`) : null,
    ];
  }
}

/** The model and what it was sent, word for word; asked for when it is opened. */
function origin(desk, id) {
  const place = h("div", { class: "pl-origin" }, "Chargement…");
  desk.net.get(`origin?criterion=${encodeURIComponent(id)}`).then(
    ({ drafter, sent }) => place.replaceChildren(h("p", {}, drafter), ...sent.flatMap(({ about, text }) => [about && h("p", {}, about), text && h("pre", {}, text)].filter(Boolean))),
    () => place.replaceChildren("Cette information ne peut pas être lue pour le moment."),
  );
  return place;
}

async function again(desk, pressed) {
  pressed.disabled = true;
  let said = "";
  try {
    said = (await desk.net.post("again", {})).message;
  } catch (error) {
    said = error.message;
  }
  pressed.replaceWith(said);
}

function section(title, beside, ...children) {
  return h("section", {}, h("h3", {}, title, beside ? h("span", {}, beside) : null), ...children);
}

/** The first words of a competence, to recognise it. */
function first(text) {
  return text.split(/\s+/).slice(0, 4).join(" ").replace(/[,;:]$/, "");
}

