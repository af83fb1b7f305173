// Search in the dossier: accents and plurals folded, every hit with its page and line.

import { button, fill, h } from "./dom.js";
import { count, page as pageName, pages } from "./words.js";
import { linesOf } from "./textlayer.js";
import { citeSentences } from "./rows.js";

const MOST = 200;
const WORD = /[\p{L}\p{N}]+/gu;

/** A word without case, accents, ligatures or its plural. */
export function folded(word) {
  const plain = word.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFD").replace(/\p{M}/gu, "");
  if (plain.length <= 3 || /\d/.test(plain)) return plain;
  if (/[^e]aux$/.test(plain)) return `${plain.slice(0, -3)}al`;
  return plain.replace(/[sx]$/, "");
}

/** The words of a text, folded, with where they stand in it. */
export function tokens(text) {
  return [...text.matchAll(WORD)].map((match) => ({ folded: folded(match[0]), from: match.index, to: match.index + match[0].length }));
}

/** Every place where the words follow one another; the last one may be unfinished. */
export function hitsIn(index, query) {
  const wanted = tokens(query).map((token) => token.folded);
  if (!wanted.length || query.trim().length < 2) return [];
  const last = wanted.length - 1;
  const hits = [];
  for (const { sentence, words } of index) {
    for (let at = 0; at + last < words.length && hits.length < MOST; at += 1) {
      const fits = wanted.every((word, n) => (n === last ? words[at + n].folded.startsWith(word) : words[at + n].folded === word));
      if (fits) hits.push({ sentence, from: words[at].from, to: words[at + last].to });
    }
  }
  return hits;
}

export const indexOf = (sentences) => sentences.map((sentence) => ({ sentence, words: tokens(sentence.text) }));

/** The line of the page in which a hit stands: its page and its words before, in and after the hit. */
export function lineOf({ sentence, from, to }) {
  let at = 0;
  for (const line of linesOf(sentence)) {
    const end = at + line.text.length;
    if (from < end) {
      const text = sentence.text;
      const stop = Math.max(end, to);
      return { page: line.page, before: text.slice(at, from), hit: text.slice(from, to), after: text.slice(to, stop) };
    }
    at = end;
  }
  return { page: sentence.pages[0], before: "", hit: sentence.text.slice(from, to), after: sentence.text.slice(to) };
}

/** The field and its list of hits. */
export function searchField(desk) {
  let index = null;
  let hits = [];
  let at = -1;
  const list = h("ul", { class: "pl-hits-list" });
  const said = h("p", { class: "pl-small", role: "status" });
  const panel = h("div", { class: "pl-hits", hidden: true }, said, list);
  const field = h("input", {
    class: "pl-search", type: "search", placeholder: "Chercher dans le dossier  /", "aria-label": "Chercher dans le dossier", autocomplete: "off",
    oninput: () => find(), onfocus: () => field.value && (panel.hidden = false), onkeydown: (event) => pressed(event),
  });
  const element = h("div", { class: "pl-search-box" }, field, panel);

  const find = () => {
    index ??= indexOf(desk.view.sentences);
    hits = hitsIn(index, field.value);
    at = -1;
    panel.hidden = field.value.trim().length < 2;
    desk.found = [...new Set(hits.map((hit) => hit.sentence.id))];
    desk.tell("marks");
    const unread = desk.view.dossier.pages.filter((one) => one.read === "none").map((one) => one.page);
    const more = hits.length >= MOST ? "\u00a0et plus" : "";
    said.textContent = `${hits.length ? count(hits.length, "résultat") + more : "Aucun résultat"}${unread.length ? `\u00a0; pages non lues\u00a0: ${pages(unread)}` : ""}`;
    fill(list, hits.map((hit, number) => hitRow(hit, number)));
  };
  const hitRow = (hit, number) => {
    const line = lineOf(hit);
    const cite = desk.mayWrite && hit.sentence.citable !== false ? button("citer", `Citer pour ${desk.place.criterion}, résultat ${number + 1}`, () => citeSentences(desk, [hit.sentence.id]), { class: "pl-link" }) : null;
    const go = h("button", { type: "button", class: "pl-hit", onclick: () => show(number) }, h("b", {}, pageName(line.page)), " ", line.before, h("mark", {}, line.hit), line.after);
    return h("li", {}, go, cite);
  };
  const show = (number) => {
    at = number;
    const hit = hits[at];
    for (const [n, one] of [...list.children].entries()) one.classList.toggle("pl-on", n === at);
    list.children[at]?.scrollIntoView({ block: "nearest" });
    desk.show([hit.sentence.id], { page: lineOf(hit).page });
  };
  const pressed = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      field.value = "";
      close(true);
      field.blur();
    } else if (["Enter", "ArrowDown"].includes(event.key) && hits.length) {
      event.preventDefault();
      show(event.shiftKey ? (at - 1 + hits.length) % hits.length : (at + 1) % hits.length);
    } else if (event.key === "ArrowUp" && hits.length) {
      event.preventDefault();
      show((at - 1 + hits.length) % hits.length);
    }
  };
  const close = (forget) => {
    panel.hidden = true;
    if (forget) {
      hits = [];
      desk.found = [];
      desk.tell("marks");
    }
  };
  element.addEventListener("focusout", (event) => !element.contains(event.relatedTarget) && close(!field.value));
  desk.on("place", ({ before }) => before.criterion !== desk.place.criterion && hits.length && fill(list, hits.map((hit, number) => hitRow(hit, number))));
  desk.search = field;
  return element;
}
