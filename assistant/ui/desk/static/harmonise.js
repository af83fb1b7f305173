// Harmonisation: for one criterion at a time, the readings side by side, and what the jury decides stands in the collegial grid.

import { button, fill, h, later } from "./dom.js";
import { KINDS, LEVELS, count, decisionInWords, figures, pages, pointsIn, quoted, shorten } from "./words.js";
import { pageLinks } from "./rows.js";
import { files } from "./finish.js";
import { TypedText } from "./typed.js";
import * as work from "./work.js";

const DIFFERS = { decision: "décisions", evidence: "passages et constats", notes: "notes", undecided: "décisions à renseigner" };

export class Harmonising {
  constructor(desk) {
    this.desk = desk;
    this.element = h("div", { class: "pl-page-view pl-harmonise" });
    this.data = null;
    this.drafts = new Map();
    this.touched = new Set();
    this.text = new TypedText(desk, {
      kind: "agreed", rows: 4, label: () => `Texte du jury pour ${desk.place.criterion}`, read: (id) => this.#draft(id).text,
      may: () => Boolean(this.data?.may_agree), value: (text) => ({ ...this.#draft(desk.place.criterion), text }),
    });
    this.text.area.addEventListener("input", () => {
      this.touched.add(desk.place.criterion);
      this.#draft(desk.place.criterion).text = this.text.area.value;
    });
    desk.on("place", ({ turned }) => turned && this.show());
    desk.on("acked", ({ event }) => {
      if (event.kind === "agreed") this.touched.delete(event.criterion);
      if (["agreed", "consent"].includes(event.kind)) this.load();
    });
    desk.on("conflict", (name) => work.parted(name)[1] === "agreed" && this.load());
    this.show();
  }

  show() {
    if (this.desk.place.view !== "harmonise") return;
    if (this.data) this.paint();
    this.load();
  }

  async load() {
    try {
      this.data = await this.desk.net.get("harmony.json");
      for (const [id, { agreed }] of Object.entries(this.data.criteria)) this.desk.agreedVersions.set(id, agreed?.version ?? 0);
      for (const id of this.drafts.keys()) if (!this.touched.has(id)) this.drafts.delete(id);
      this.paint();
    } catch (error) {
      if (!this.data) fill(this.element, h("p", { class: "pl-warning" }, error.message));
    }
  }

  /** Everything that the readings kept on a criterion: what stands until the jury says otherwise. */
  #kept(id) {
    const criterion = this.desk.criteria.get(id);
    return [...new Set((this.data?.jurors ?? []).flatMap((juror) => work.taken(criterion, work.on(juror.work, id)).map((entry) => entry.id)))];
  }

  /** What this window is about to propose; it starts from the jury's last text, or empty: no juror's decision is copied.
   * Until something is typed here, it follows what the other jurors propose. */
  #draft(id) {
    if (!this.drafts.has(id)) {
      const agreed = this.data?.criteria[id]?.agreed;
      const nothing = { points: null, level: null, text: "" };
      this.drafts.set(id, { text: agreed?.text ?? "", decision: agreed?.decision ?? nothing, items: [...(agreed?.items ?? this.#kept(id))] });
    }
    return this.drafts.get(id);
  }

  paint() {
    if (this.desk.place.view !== "harmonise" || !this.data || later(this.element, () => this.paint())) return;
    const { desk, data } = this;
    const id = desk.place.criterion;
    const one = data.criteria[id] ?? { differs: [], agreed: null };
    const settled = desk.order.filter((name) => this.#stands(data.criteria[name]?.agreed)).length;
    if (!this.desk.outbox.pendingFor(this.text.slot)) {
      this.drafts.delete(id);
      this.text.paint();
    }
    fill(this.element, this.#revoked(),
      h("p", { class: "pl-small" }, `${count(settled, "critère arrêté", "critères arrêtés")} sur ${desk.order.length}. Chaque juré consent au texte et à la décision. `, this.#list()),
      h("h2", { class: "pl-id" }, id), h("p", { class: "pl-words" }, desk.criterion.text), h("p", { class: "pl-small" }, this.#said(id)),
      h("div", { class: "pl-columns" }, data.jurors.map((juror) => this.#reading(juror)), this.#agreement(one)),
      h("h3", {}, "Emporter"), files(desk, (what) => what.startsWith("collegial")));
  }

  /** Who took the decisions back, when and why, for as long as one is to be made anew. */
  #revoked() {
    const { revoked } = this.data;
    if (!revoked) return null;
    const when = new Date(revoked.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
    const what = count(revoked.criteria.length, "critère est à décider de nouveau", "critères sont à décider de nouveau");
    return h("p", { class: "pl-warning", role: "status" }, `La décision du jury a été révoquée le ${when} par ${revoked.by || "l’organisateur"}. Raison\u00a0: «\u00a0${revoked.reason}\u00a0». ${what}\u00a0: ${revoked.criteria.join(", ")}. Vos textes restent.`);
  }

  #said(id) {
    const one = this.data.criteria[id] ?? { differs: [], agreed: null };
    return said(one, this.#stands(one.agreed), this.data.revoked?.criteria.includes(id));
  }

  #stands(agreed) {
    return Boolean(agreed) && agreed.consents.length === this.data.jurors.length;
  }

  #list() {
    const { desk, data } = this;
    return desk.order.map((id) => {
      const one = data.criteria[id];
      const mark = this.#stands(one?.agreed) ? "✓" : one?.differs.length ? "≠" : "";
      const words = this.#said(id);
      return [h("button", { type: "button", class: `pl-pill${id === desk.place.criterion ? " pl-on" : ""}`, title: words, "aria-label": `${id}, ${words}`, onclick: () => desk.go({ criterion: id }) }, id, h("small", {}, mark)), " "];
    });
  }

  #reading({ name, work: all }) {
    const { desk } = this;
    const own = work.on(all, desk.place.criterion);
    const draft = this.#draft(desk.place.criterion);
    const entries = work.taken(desk.criterion, own);
    const choose = (id, on) => {
      draft.items = on ? [...new Set([...draft.items, id])] : draft.items.filter((one) => one !== id);
      this.#propose();
    };
    return h("section", { class: "pl-card" }, h("h3", {}, name),
      h("p", {}, "Décision\u00a0: ", decisionInWords(own.decision, desk.criterion.scale) || "non renseignée"),
      own.motivation.text ? h("p", {}, "Motivation\u00a0: ", own.motivation.text) : null,
      entries.length ? h("ul", { class: "pl-choose" }, entries.map((entry) => {
        const ids = entry.from === "item" ? entry.item.citations : (entry.own.sentences ?? []);
        const text = entry.text || (ids.length ? quoted(ids.map((id) => desk.sentences.get(id)?.text ?? "").join(" ")) : `p.\u00a0${pages([entry.own.page])}`);
        const called = `${name}, ${KINDS[entry.kind]} ${shorten(text, 60)}`;
        const box = h("input", { type: "checkbox", "aria-label": called, onchange: () => choose(entry.id, box.checked) });
        box.checked = draft.items.includes(entry.id);
        box.disabled = !this.data.may_agree;
        return h("li", {}, h("label", {}, box, h("span", { class: "pl-kind" }, KINDS[entry.kind]), " ", text), pageLinks(desk, ids, `${name}, ${text}`));
      })) : h("p", { class: "pl-small" }, "Rien de repris sur ce critère."),
      own.note.text ? h("p", { class: "pl-small" }, "Notes\u00a0: ", own.note.text) : null);
  }

  #agreement({ agreed }) {
    const { desk, data } = this;
    const id = desk.place.criterion;
    const names = new Map(data.jurors.map((juror) => [juror.person, juror.name]));
    const mine = agreed?.consents.includes(desk.view.me.person);
    const consents = agreed?.consents.map((person) => names.get(person) ?? "?").join(", ") || "personne";
    const author = names.has(agreed?.by) ? `Proposé par ${names.get(agreed.by)}` : "Texte gardé après la révocation";
    const decided = agreed && decides(agreed.decision);
    return h("section", { class: "pl-card pl-jury" }, h("h3", {}, "Ce que le jury arrête"),
      h("p", { class: "pl-small" }, `Ce qui est coché à côté figure dans la grille collégiale\u00a0: ${count(this.#draft(id).items.length, "élément")}.`),
      h("div", { class: "pl-label" }, "Texte du jury"), this.text.element, this.#decision(id),
      agreed ? h("p", { class: "pl-small" }, `${author}\u00a0; y consentent\u00a0: ${consents}.`) : null,
      agreed && !decided ? h("p", { class: "pl-small" }, "Inscrivez la décision du jury\u00a0: chacun y consent ensuite.") : null,
      decided && !mine && data.may_agree ? button("J’y consens", `Consentir au texte et à la décision pour ${id}`, () => desk.act("consent", id, "", { version: agreed.version }), { class: "pl-btn pl-main-btn" }) : null,
      agreed && mine ? h("p", { class: "pl-good" }, "✓ Vous y consentez.") : null);
  }

  #decision(id) {
    const { scale } = this.desk.criterion;
    const draft = this.#draft(id);
    const set = (change, typing = false) => {
      draft.decision = { points: null, level: null, text: "", ...change };
      this.#propose(typing);
    };
    const label = h("div", { class: "pl-label" }, scale.kind === "points" ? `Décision du jury, de 0 à ${figures(scale.max)}` : "Décision du jury");
    if (scale.kind === "acquis") {
      return h("div", {}, label, Object.entries(LEVELS).map(([level, title]) => {
        const radio = h("input", { type: "radio", name: "pl-jury-level", onchange: () => set({ level }) });
        radio.checked = draft.decision.level === level;
        return h("label", { class: "pl-radio" }, radio, title);
      }));
    }
    const points = scale.kind === "points";
    const field = h("input", { class: "pl-field", "aria-label": `Décision du jury pour ${id}`, placeholder: "à remplir", inputmode: points ? "decimal" : "text", data: { focus: "jury-decision" }, oninput: () => {
      const number = points ? pointsIn(field.value, scale.max) : null;
      field.setAttribute("aria-invalid", String(number === undefined));
      if (number !== undefined) set(points ? { points: number } : { text: field.value }, true);
    } });
    field.value = points ? (draft.decision.points === null ? "" : figures(draft.decision.points)) : draft.decision.text;
    return h("div", {}, label, field);
  }

  #propose(typing = false) {
    const id = this.desk.place.criterion;
    this.touched.add(id);
    this.desk.act("agreed", id, "", { ...this.#draft(id), text: this.text.area.value }, { typing });
  }
}

/** Whether there is anything to consent to. */
const decides = ({ points, level, text }) => points !== null || Boolean(level) || Boolean(text?.trim());

/** What differs and how far the agreement is, in words; never who is right. */
function said({ differs, agreed }, stands, revoked) {
  const state = stands ? "arrêté" : revoked ? "décision révoquée, à décider de nouveau" : agreed && decides(agreed.decision) ? "proposé" : "à arrêter";
  const what = (differs ?? []).map((one) => DIFFERS[one] ?? one).join(", ");
  return what ? `${state} · à voir ensemble\u00a0: ${what}` : `${state} · aucune différence`;
}
