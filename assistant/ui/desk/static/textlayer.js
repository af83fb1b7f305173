// The text of a page, transparent above its picture, from the boxes of the sentences: selectable, searchable, readable aloud.
// All positions are shares of the page's size, so that zooming moves nothing here.

import { h } from "./dom.js";

const REFERENCE = 100;
let ruler = null;

/** The lines of a sentence: for each box, the part of the text that stands in it. Sizes in PDF points. */
export function linesOf(sentence) {
  const { boxes, text } = sentence;
  if (boxes.length <= 1) return boxes.map(([page, x0, y0, x1, y1]) => ({ page, x0, y0, x1, y1, text }));
  const parts = sentence.words?.length ? byWords(sentence) : byWidth(boxes, text);
  return boxes.map(([page, x0, y0, x1, y1], at) => ({ page, x0, y0, x1, y1, text: parts[at] }));
}

/** Where the words' own places are known: as many words as each line holds. */
function byWords({ boxes, words, text }) {
  const tokens = text.match(/\S+\s*/g) ?? [];
  let from = 0;
  return boxes.map((_, at) => {
    const end = at === boxes.length - 1 ? tokens.length : from + (words[at]?.length ?? 0);
    const part = tokens.slice(from, end).join("");
    from = end;
    return part;
  });
}

/** Else as much of the text as each line's share of the width, cut at the nearest space. */
function byWidth(boxes, text) {
  const total = boxes.reduce((sum, [, x0, , x1]) => sum + (x1 - x0), 0) || 1;
  const parts = [];
  let from = 0;
  let width = 0;
  for (const [at, [, x0, , x1]] of boxes.entries()) {
    width += x1 - x0;
    const goal = Math.round((width / total) * text.length);
    const end = at === boxes.length - 1 ? text.length : nearestSpace(text, goal, from);
    parts.push(text.slice(from, end));
    from = end;
  }
  return parts;
}

function nearestSpace(text, goal, from) {
  const before = text.lastIndexOf(" ", goal - 1);
  const after = text.indexOf(" ", goal);
  const choices = [before + 1, after + 1].filter((at) => at > from);
  if (!choices.length) return Math.max(from, Math.min(goal, text.length));
  return choices.reduce((best, at) => (Math.abs(at - goal) < Math.abs(best - goal) ? at : best));
}

/** The lines of every page: page -> [{sentence, line}], in reading order. */
export function linesByPage(sentences) {
  const pages = new Map();
  for (const sentence of sentences) {
    for (const line of linesOf(sentence)) {
      if (!pages.has(line.page)) pages.set(line.page, []);
      pages.get(line.page).push({ sentence, line });
    }
  }
  return pages;
}

/** The text layer of one page. */
export function textLayer(lines, size) {
  const layer = h("div", { class: "pl-text" });
  let last = null;
  let place = null;
  for (const { sentence, line } of lines) {
    if (sentence !== last) {
      place = h("span", { class: "pl-s", data: { s: sentence.id } });
      layer.append(place, " ");
      last = sentence;
    }
    place.append(span(line, size));
  }
  return layer;
}

function span({ x0, y0, x1, y1, text }, { width, height }) {
  const tall = y1 - y0;
  const shown = text.endsWith(" ") || text.endsWith("-") ? text : `${text} `;
  const letters = text.trimEnd();
  const missing = x1 - x0 - (measured(letters) * tall) / REFERENCE;
  const spacing = letters ? missing / [...letters].length : 0;
  return h(
    "span",
    {
      class: "pl-l",
      style: {
        left: share(x0, width), top: share(y0, height), fontSize: inPoints(tall), letterSpacing: inPoints(spacing),
      },
    },
    shown,
  );
}

/** PDF points as the page is shown: `--pt` is set with the page's size. Container units would lose the start of a selection in Chromium. */
const inPoints = (length) => `calc(${length.toFixed(3)} * var(--pt))`;
const share = (part, whole) => `${((part / whole) * 100).toFixed(3)}%`;

function measured(text) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = `${REFERENCE}px sans-serif`;
  return ruler.measureText(text).width;
}

/** Marks of one kind on one page: a box per line of the sentences. */
export function marks(sentences, page, { width, height }, kind) {
  const made = [];
  for (const sentence of sentences) {
    for (const [at, x0, y0, x1, y1] of sentence.boxes) {
      if (at !== page) continue;
      const style = { left: share(x0 - 1, width), top: share(y0 - 1, height), width: share(x1 - x0 + 2, width), height: share(y1 - y0 + 2, height) };
      made.push(h("div", { class: `pl-mark pl-mark-${kind}`, style, data: { s: sentence.id } }));
    }
  }
  return made;
}
