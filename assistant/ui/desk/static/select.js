// Text selected on a page becomes the person's own passage: the exact sentences that the selection touches.

import { button, h } from "./dom.js";
import { citeSentences } from "./rows.js";

/** How near the edge of the pages, in pixels, a drag turns them further; and by how much. */
const EDGE = 5;
const STEP = 24;

/** The sentences that the selection touches, in the dossier's order. */
export function selectedSentences(desk, element) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return [];
  const range = selection.getRangeAt(0);
  if (!element.contains(range.commonAncestorContainer)) return [];
  const ids = new Set();
  for (const line of element.querySelectorAll(".pl-l")) {
    if (range.intersectsNode(line) && touches(range, line)) ids.add(line.parentElement.dataset.s);
  }
  return [...ids].filter((id) => desk.sentences.get(id)?.citable !== false);
}

/** Whether a letter of the line is selected, not its edge alone. */
function touches(range, line) {
  const text = line.firstChild;
  if (!text) return false;
  const from = range.startContainer === text ? range.startOffset : 0;
  const to = range.endContainer === text ? range.endOffset : text.length;
  return text.data.slice(from, to).trim().length > 0;
}

/** The place in the text below the pointer. */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const at = document.caretPositionFromPoint(x, y);
    return at && { node: at.offsetNode, offset: at.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

/**
 * A selection starts where the button was pressed and ends where the pointer is. Done here because Chromium, dragging to
 * the right over text that is placed line by line inside a scrolling box, forgets where it started. Double clicks, the
 * keyboard and touch are left to the browser.
 */
function dragging(scroll) {
  let from = null;
  const caretIn = (event) => {
    const at = caretAt(event.clientX, event.clientY);
    return at?.node.nodeType === Node.TEXT_NODE && at.node.parentElement.closest(".pl-l") && scroll.contains(at.node) ? at : null;
  };
  const move = (event) => {
    const room = scroll.getBoundingClientRect();
    if (event.clientY > room.bottom - EDGE) scroll.scrollBy(0, STEP);
    else if (event.clientY < room.top + EDGE) scroll.scrollBy(0, -STEP);
    const to = caretIn(event);
    if (to && from.node.isConnected) document.getSelection().setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  };
  const end = () => {
    document.removeEventListener("mousemove", move);
    document.removeEventListener("mouseup", end);
  };
  scroll.addEventListener("mousedown", (event) => {
    from = event.button === 0 && event.detail === 1 && !event.shiftKey ? caretIn(event) : null;
    if (!from) return;
    event.preventDefault();
    scroll.focus({ preventScroll: true });
    document.getSelection().collapse(from.node, from.offset);
    document.addEventListener("mousemove", move);
    document.addEventListener("mouseup", end);
  });
}

/** The small bar at the selection. */
export function selectionBar(desk, scroll) {
  const bar = h("div", { class: "pl-pop", hidden: true, role: "toolbar", "aria-label": "Passage sélectionné" });
  const hide = () => { bar.hidden = true; };
  const offer = () => {
    const ids = desk.mayWrite ? selectedSentences(desk, scroll) : [];
    if (!ids.length) return hide();
    const cite = button(`Citer pour ${desk.place.criterion}`, `Citer le passage sélectionné pour ${desk.place.criterion}`, () => {
      citeSentences(desk, ids);
      document.getSelection().removeAllRanges();
      hide();
    }, { class: "pl-pop-btn", onmousedown: (event) => event.preventDefault() });
    bar.replaceChildren(cite);
    bar.hidden = false;
    const rects = document.getSelection().getRangeAt(0).getClientRects();
    const last = rects[rects.length - 1];
    const room = desk.root.getBoundingClientRect();
    const top = last.bottom + 8 + bar.offsetHeight > room.bottom ? last.top - bar.offsetHeight - 8 : last.bottom + 8;
    bar.style.top = `${Math.max(room.top, top) - room.top}px`;
    bar.style.left = `${Math.max(8, Math.min(last.right - bar.offsetWidth / 2, room.width - bar.offsetWidth - 8)) - room.left}px`;
    return undefined;
  };
  dragging(scroll);
  let timer = null;
  const changed = () => {
    clearTimeout(timer);
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) hide();
    else timer = setTimeout(offer, 120);
  };
  document.addEventListener("selectionchange", changed);
  scroll.addEventListener("scroll", hide, { passive: true });
  return { bar, stop: () => document.removeEventListener("selectionchange", changed) };
}
