// What was taken over or written for the grid, beside the notes, in the grid's order, each one editable in place.

import { button, dialog, fill, growing, h } from "./dom.js";
import { KINDS, KIND_TITLES, pages, pagesIn, quoted } from "./words.js";
import { timedId } from "./kept.js";
import { pageLinks } from "./rows.js";
import * as work from "./work.js";

/** What is not rewritten: the dossier's own words, and what an earlier reading had drafted. */
const FIXED = new Set(["own_evidence", "before"]);

export function takenList(desk) {
  const list = h("ul", { class: "pl-taken" });
  const title = h("span", {});
  const more = button("+ ajouter", "Ajouter un constat, un manque ou une question", () => addOwn(desk), { class: "pl-link" });
  const element = h("div", { class: "pl-foot-taken" }, h("div", { class: "pl-label" }, title, h("span", { class: "pl-push" }), more), list);
  const state = { editing: null };
  const paint = () => {
    const entries = work.taken(desk.criterion, desk.workOn());
    if (state.fresh && state.fresh === state.editing && !entries.some((entry) => entry.id === state.fresh)) entries.push(fresh(desk, state.fresh, state.made));
    title.textContent = `Repris pour la grille (${entries.filter((entry) => !entry.fresh).length})`;
    element.hidden = !entries.length;
    more.hidden = !desk.mayWrite;
    fill(list, entries.map((entry) => takenRow(desk, entry, state, paint)));
  };
  desk.on("place", ({ turned }) => {
    if (!turned) return;
    state.editing = null;
    paint();
  });
  desk.on("work", ({ kind, typed }) => !["note", "motivation", "decision", "read"].includes(kind) && !typed && paint());
  desk.on(["taken", "lock"], paint);
  desk.on("edit-taken", ({ id, made = null }) => {
    Object.assign(state, { editing: id, fresh: id, made });
    paint();
    list.querySelector("textarea")?.focus();
  });
  paint();
  return element;
}

function takenRow(desk, entry, state, paint) {
  if (state.editing === entry.id && !FIXED.has(entry.from)) return editedRow(desk, entry, state, paint);
  const sentences = entry.from === "item" ? entry.item.citations : (entry.own.sentences ?? []);
  const earlier = entry.from === "own_evidence" && ofAnEarlierFile(desk, entry.own);
  const text = entry.from === "own_evidence" ? passage(desk, entry.own, earlier) : entry.text || "(vide)";
  const open = () => {
    state.editing = entry.id;
    paint();
  };
  const loose = entry.from !== "item" && !sentences.length ? entryPages(entry) : "";
  return h("li", { data: { kind: entry.kind } },
    h("span", { class: "pl-kind" }, KINDS[entry.kind]),
    desk.mayWrite && !FIXED.has(entry.from)
      ? button(text, `Modifier : ${text.slice(0, 60)}`, open, { class: "pl-text-btn", data: { focus: `open-${entry.id}` } }) : h("span", { class: "pl-taken-text", title: text }, text),
    earlier ? "" : pageLinks(desk, sentences), loose ? ` (p.\u00a0${loose})` : "",
    desk.mayWrite ? button("✕", `Retirer : ${text.slice(0, 60)}`, () => remove(desk, entry), { class: "pl-act pl-remove", data: { focus: `remove-${entry.id}` } }) : null);
}

const said = (desk, own) => (own.sentences ?? []).map((id) => desk.sentences.get(id)?.text ?? "").join(" ").trim();

/** Whether a passage was chosen in a file that another replaced since: these ids say something else now. */
const ofAnEarlierFile = (desk, own) => Boolean(own.quote) && said(desk, own) !== own.quote.trim();

function passage(desk, own, earlier) {
  if (earlier) return `${quoted(own.quote)} – fichier remplacé depuis, p.\u00a0${own.page}\u00a0: à relire`;
  return said(desk, own) ? quoted(said(desk, own)) : "page entière";
}

const entryPages = (entry) => pages(entry.own.pages ?? (entry.own.page ? [entry.own.page] : []));

/** A text of one's own that is not written yet: empty, or a passage (`made`) that counts once it was changed; what an
 * earlier edition kept as a draft is taken up. */
function fresh(desk, id, made) {
  const text = made?.text ?? desk.workOn().drafts?.own?.text ?? "";
  const own = { kind: "observation", pages: [], sentences: [], ...made, id, text };
  return { from: "own_text", id, kind: own.kind, text, own, fresh: true };
}

function remove(desk, entry) {
  const kind = ["item", "before"].includes(entry.from) ? "choice" : entry.from;
  desk.act(kind, desk.place.criterion, entry.id, null);
}

/** In place: the text saved as typed; for one's own, also its nature and its pages. */
function editedRow(desk, entry, state, paint) {
  const criterion = desk.place.criterion;
  const close = () => {
    state.editing = null;
    paint();
    desk.tell("editing");
  };
  const area = growing(h("textarea", { class: "pl-area", rows: 2, "aria-label": "Texte repris", spellcheck: "true", data: { focus: `taken-${entry.id}` },
    onkeydown: (event) => event.key === "Escape" && (event.stopPropagation(), close()) }));
  area.value = entry.text;
  const done = button("✓", "Fermer ce texte", close, { class: "pl-act" });
  if (entry.from === "item") {
    area.oninput = () => {
      const text = area.value;
      const value = text.trim() === entry.item.text ? { verdict: "adopted", text: "" } : { verdict: "edited", text };
      desk.act("choice", criterion, entry.id, text.trim() ? value : null, { typing: true, quiet: true });
    };
    return h("li", { class: "pl-taken-edit" }, area, done);
  }
  const kind = h("select", { class: "pl-field", "aria-label": "Nature du texte" }, Object.entries(KIND_TITLES).map(([value, title]) => h("option", { value }, title)));
  kind.value = entry.kind;
  const where = h("input", { class: "pl-field", "aria-label": "Pages, par exemple 3, 7-9", placeholder: "pages : 3, 7-9" });
  where.value = pages(entry.own.pages ?? []).replaceAll(" à ", "-");
  const write = (typing) => {
    const numbers = pagesIn(where.value, desk.view.dossier.pages.length);
    where.setAttribute("aria-invalid", String(numbers === null));
    const value = { kind: kind.value, text: area.value, pages: numbers ?? entry.own.pages ?? [], sentences: entry.own.sentences ?? [] };
    const known = area.value.trim() || desk.workOn(criterion).own_texts.some((one) => one.id === entry.id);
    if (known) desk.act("own_text", criterion, entry.id, area.value.trim() ? value : null, { typing, quiet: true });
  };
  area.oninput = () => write(true);
  where.oninput = () => write(true);
  kind.onchange = () => write(false);
  return h("li", { class: "pl-taken-edit" }, area, h("div", { class: "pl-edit-acts" }, kind, where, phraseMenu(desk, area, () => write(false)), done));
}

/** The person's own phrases for this référentiel: put in, kept, forgotten. */
function phraseMenu(desk, area, write) {
  if (!("phrases" in desk.view)) return null;
  const change = async (what) => {
    try {
      desk.view.phrases = await desk.net.post("phrases", { criterion: desk.place.criterion, ...what });
    } catch (error) {
      desk.tell("said", error.message);
    }
  };
  const show = () => {
    const known = desk.view.phrases.filter((one) => one.criterion === desk.place.criterion);
    const shown = dialog(desk.root, "Mes phrases", h("ul", { class: "pl-versions" }, known.map((phrase) => h("li", {}, h("blockquote", {}, phrase.text),
      button("Insérer", `Insérer : ${phrase.text.slice(0, 60)}`, () => {
        area.value = `${area.value.trimEnd()} ${phrase.text}`.trim();
        write();
        shown.close();
      }, { class: "pl-btn pl-small-btn" }),
      button("Oublier", `Oublier : ${phrase.text.slice(0, 60)}`, () => {
        change({ forget: phrase.id });
        shown.close();
      }, { class: "pl-link" })))),
    area.value.trim() ? button("Garder ce texte pour mes prochains dossiers", "Garder ce texte pour mes prochains dossiers", () => {
      change({ keep: area.value.trim() });
      shown.close();
    }, { class: "pl-btn" }) : null);
  };
  return button("mes phrases", "Mes phrases", show, { class: "pl-link" });
}

/** A statement, a gap or a question of the person's own, opened to be written. */
export function addOwn(desk) {
  desk.tell("edit-taken", { id: timedId() });
}
