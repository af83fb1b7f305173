// One row of the criterion column: a statement, a quotation, a gap, a question, with what can be done about it.

import { button, growing, h } from "./dom.js";
import { count, page as pageName, pages, quoted, shorten } from "./words.js";
import { timedId } from "./kept.js";
import { labelsOf, quoteItem, quotesBelow } from "./findings.js";

const DONE = { adopted: "✓ repris", edited: "✎ repris, modifié", rejected: "✕ écarté" };

/** A link to a page that shows these sentences on it. */
export function pageLink(desk, number, ids, what = "") {
  const name = `Voir la page ${number}${what ? `\u00a0: ${shorten(what, 60)}` : ""}`;
  return button(pageName(number), name, (event) => {
    event.stopPropagation();
    desk.show(ids, { page: number });
  }, { class: "pl-link pl-page-link" });
}

/** One link per page that these sentences stand on. */
export function pageLinks(desk, ids, what = "") {
  const byPage = new Map();
  for (const id of ids) {
    const number = desk.sentences.get(id)?.pages[0];
    if (number) byPage.set(number, [...(byPage.get(number) ?? []), id]);
  }
  return [...byPage].sort((a, b) => a[0] - b[0]).map(([number, own]) => [" ", pageLink(desk, number, own, what)]);
}

/** A quotation; a click shows it in its page. */
export function quotation(desk, sentence, criterion = null) {
  return h(
    "div", { class: "pl-quote", onclick: () => String(getSelection()) || desk.show([sentence.id]) },
    h("span", {}, quoted(sentence.text)), " ", pageLink(desk, sentence.pages[0], [sentence.id], sentence.text),
    sentence.ocr ? h("span", { class: "pl-tag" }, "lu dans l’image") : null,
    sentence.context ? h("span", { class: "pl-tag" }, `colonnes\u00a0: ${shorten(sentence.context, 60)}`) : null,
    criterion ? marks(criterion, [sentence.id]) : null,
  );
}

/** What a sentence serves, where the criterion asks several things: short, whole under the pointer and for screen readers. */
function marks(criterion, ids) {
  const labels = [...new Set(ids.flatMap((id) => labelsOf(criterion, id)))];
  return labels.map((label) => h("span", { class: "pl-for", title: label }, label));
}

/** A drafted statement or question. */
export function itemRow(column, criterion, item) {
  const { desk } = column;
  const choice = choiceOf(desk, item.id);
  if (desk.editing === item.id) return editRow(column, item);
  const edited = choice?.verdict === "edited";
  const below = item.kind === "observation" ? quotesBelow(desk, item) : [];
  const what = edited ? choice.text : item.text;
  const unsourced = item.kind === "observation" && !item.citations.length;
  return row(
    column, item.id, choice,
    h("div", { class: "pl-said" }, h("span", {}, what), below.length ? null : pageLinks(desk, item.citations, item.text),
      unsourced ? h("span", { class: "pl-tag" }, "sans source") : null,
      item.support === "partly" ? h("span", { class: "pl-tag" }, "confirmé en partie") : null,
      item.kind === "observation" ? marks(criterion, item.citations) : null,
      below.map((sentence) => quotation(desk, sentence))),
    actions(column, { id: item.id, kind: item.kind, text: item.text, choice }),
  );
}

/** A sentence of the dossier that stands for itself. */
export function quoteRow(column, criterion, id) {
  const { desk } = column;
  const sentence = desk.sentences.get(id);
  const name = quoteItem(id);
  const own = desk.workOn().own_evidence.find((one) => one.id === name && !one.gone);
  const rewritten = desk.workOn().own_texts.some((one) => one.id === rewriting(id) && !one.gone);
  const choice = own ? { verdict: "adopted" } : rewritten ? { verdict: "edited" } : null;
  return row(column, name, choice, h("div", { class: "pl-said" }, quotation(desk, sentence, criterion)),
    actions(column, { id: name, kind: "quote", text: sentence.text, choice, sentence }));
}

/** A passage of the folded rest: seen and cited, not chosen. */
export function nearbyRow(column, id) {
  const { desk } = column;
  const sentence = desk.sentences.get(id);
  const cited = desk.workOn().own_evidence.some((one) => !one.gone && one.sentences?.includes(id));
  const cite = cited ? h("span", { class: "pl-done" }, "✓ cité")
    : desk.mayWrite && button("Citer", `Citer p. ${sentence.pages[0]} : ${shorten(sentence.text, 60)}`, () => citeSentences(desk, [id]), { class: "pl-btn pl-small-btn" });
  return h("li", { class: "pl-row" }, h("div", { class: "pl-said" }, quotation(desk, sentence)), cite || null);
}

/** What was not found, said once; the nearest sentences are read before it is taken over. */
export function gapRow(column, criterion, item) {
  const { desk } = column;
  const choice = choiceOf(desk, item.id);
  if (desk.editing === item.id) return editRow(column, item);
  const requirement = criterion.requirements.find((one) => one.id === item.requirement);
  const nearest = (requirement?.nearest ?? []).filter((id) => desk.sentences.has(id));
  const shown = column.open.get(`${criterion.id}/near-${item.id}`) ?? false;
  const toggle = () => {
    column.open.set(`${criterion.id}/near-${item.id}`, !shown);
    column.paint();
  };
  const look = nearest.length
    ? button(shown ? "Replier" : `Lire ${nearest.length > 1 ? `les ${nearest.length} passages les plus proches` : "le passage le plus proche"}`,
      `${shown ? "Replier" : "Lire"} les passages proches de : ${shorten(requirement?.label ?? item.text, 60)}`, toggle, { class: "pl-link", "aria-expanded": String(shown), data: { focus: `near-${item.id}` } })
    : null;
  const text = choice?.verdict === "edited" ? choice.text : item.text;
  return row(
    column, item.id, choice,
    h("div", { class: "pl-said" }, h("span", {}, text), " ", look,
      shown ? h("ul", { class: "pl-near" }, nearest.map((id) => nearRow(column, item, id))) : null,
      requirement?.pages_unread?.length ? h("span", { class: "pl-tag" }, `pages non lues\u00a0: ${pages(requirement.pages_unread)}`) : null,
      requirement?.pages_partial?.length ? h("span", { class: "pl-tag" }, `pages lues en partie\u00a0: ${pages(requirement.pages_partial)}`) : null),
    actions(column, { id: item.id, kind: "gap", text: item.text, choice, first: nearest.length && !shown ? toggle : null }),
    "pl-gap",
  );
}

function nearRow(column, item, id) {
  const { desk } = column;
  const sentence = desk.sentences.get(id);
  const found = () => {
    citeSentences(desk, [id]);
    desk.act("choice", desk.place.criterion, item.id, { verdict: "rejected", text: "" });
  };
  return h("li", {}, quotation(desk, sentence),
    desk.mayWrite ? button("C’est là", `C’est là : ${shorten(sentence.text, 60)}`, found, { class: "pl-btn pl-small-btn" }) : null);
}

/** An item being rewritten: saved as typed. */
function editRow(column, item) {
  const { desk } = column;
  const criterion = desk.place.criterion;
  const choice = choiceOf(desk, item.id);
  const before = choice ? { verdict: choice.verdict, text: choice.text } : null;
  let written = false;
  const taken = ["adopted", "edited"].includes(before?.verdict);
  /** Opened and left as it was, it is not taken over; changed, or kept on purpose, it is. */
  const write = (kept = false) => {
    written = true;
    const text = area.value.trim();
    const same = kept || taken ? { verdict: "adopted", text: "" } : before;
    const value = text === item.text ? same : { verdict: "edited", text: area.value };
    desk.act("choice", criterion, item.id, text ? value : null, { typing: true, quiet: true });
    desk.tell("taken");
  };
  const close = () => {
    desk.editing = null;
    desk.tell("editing");
    column.element.querySelector(`[data-item="${CSS.escape(item.id)}"]`)?.focus({ preventScroll: true });
  };
  const cancel = () => {
    if (written) {
      desk.act("choice", criterion, item.id, before, { quiet: true });
      desk.tell("taken");
    }
    close();
  };
  const keep = () => {
    if (written || !taken) write(true);
    close();
  };
  const area = growing(h("textarea", {
    class: "pl-area", rows: 2, "aria-label": "Votre version", data: { focus: `edit-${item.id}` }, spellcheck: "true", oninput: () => write(),
    onkeydown: (event) => event.key === "Escape" && (event.stopPropagation(), close()),
  }));
  const draft = desk.workOn().drafts?.[item.id]?.text;
  area.value = choice?.verdict === "edited" ? choice.text : (draft || item.text);
  requestAnimationFrame(() => !column.element.contains(document.activeElement) && area.focus({ preventScroll: true }));
  return h("li", { class: "pl-row pl-editing" }, h("div", { class: "pl-said" }, area, h("div", { class: "pl-edit-acts" },
    button("C’est bien ainsi", "Garder ma version", keep, { class: "pl-btn pl-small-btn" }), button("Annuler", "Annuler ma version", cancel, { class: "pl-link" }),
    pageLinks(desk, item.citations ?? []))));
}

function row(column, id, choice, said, acts, kind = "") {
  const { desk } = column;
  const state = choice?.verdict ? `pl-${choice.verdict}` : "";
  return h("li", {
    class: `pl-row ${kind} ${state}`, tabindex: "-1", data: { item: id, focus: `row-${id}` }, onfocusin: () => { desk.focused = id; },
  }, said, acts);
}

function choiceOf(desk, id) {
  const choice = desk.workOn().choices[id];
  return choice?.verdict ? choice : null;
}

/** The three buttons, or what was done with a way back. */
function actions(column, { id, kind, text, choice, sentence, first }) {
  const { desk } = column;
  const what = shorten(text, 50);
  if (choice) {
    return h("div", { class: "pl-acts" }, h("span", { class: "pl-done" }, DONE[choice.verdict]),
      desk.mayWrite ? button("↶", `Annuler : ${what}`, () => undo(desk, id, sentence), { class: "pl-act", data: { focus: `undo-${id}` } }) : null);
  }
  if (!desk.mayWrite) return null;
  return h("div", { class: "pl-acts" },
    button("✓", `Reprendre (A) : ${what}`, () => (first ? first() : adopt(desk, id, kind, sentence)), { class: "pl-act", data: { focus: `adopt-${id}`, act: "adopt" } }),
    button("✎", `Modifier (E) : ${what}`, () => (first ? first() : edit(desk, id, kind, sentence)), { class: "pl-act", data: { focus: `edit-${id}`, act: "edit" } }),
    kind === "quote" ? null : button("✕", `Écarter (X) : ${what}`, () => reject(desk, id), { class: "pl-act", data: { focus: `reject-${id}`, act: "reject" } }));
}

function adopt(desk, id, kind, sentence) {
  if (kind === "quote") citeSentences(desk, [sentence.id], id);
  else desk.act("choice", desk.place.criterion, id, { verdict: "adopted", text: "" });
}

function edit(desk, id, kind, sentence) {
  if (kind === "quote") {
    const made = { kind: "observation", text: sentence.text, pages: [...sentence.pages], sentences: [sentence.id] };
    desk.tell("edit-taken", { id: rewriting(sentence.id), made });
  } else {
    desk.editing = id;
    desk.tell("editing");
  }
}

function reject(desk, id) {
  desk.act("choice", desk.place.criterion, id, { verdict: "rejected", text: "" });
}

function undo(desk, id, sentence) {
  const work = desk.workOn();
  if (!sentence) desk.act("choice", desk.place.criterion, id, null);
  else if (work.own_evidence.some((one) => one.id === id && !one.gone)) desk.act("own_evidence", desk.place.criterion, id, null);
  else desk.act("own_text", desk.place.criterion, rewriting(sentence.id), null);
}

/** The name of the person's own words made from a quotation. */
const rewriting = (id) => `from-${id}`;

/** Sentences become the person's own passage for the criterion in view. */
export function citeSentences(desk, ids, name = null) {
  const first = desk.sentences.get(ids[0]);
  const item = name ?? (ids.length === 1 ? quoteItem(ids[0]) : timedId());
  desk.act("own_evidence", desk.place.criterion, item, { page: first.pages[0], sentences: ids });
  desk.tell("said", `${count(ids.length, "phrase citée", "phrases citées")} pour ${desk.place.criterion}.`);
}
