// The dossier: every page one below the other, drawn when it comes near, with its text and its marks.

import { h } from "./dom.js";
import { READ } from "./words.js";
import { linesByPage, marks, textLayer } from "./textlayer.js";
import { shownIds } from "./findings.js";
import * as work from "./work.js";

const ZOOMS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const SCALES = [1, 1.5, 2, 3, 4];
const LAYERS_AT_ONCE = 6;

export class Viewer {
  constructor(desk) {
    this.desk = desk;
    this.pages = desk.view.dossier.pages;
    this.lines = linesByPage(desk.view.sentences);
    this.frames = this.pages.map((page) => this.#frame(page));
    this.column = h("div", { class: "pl-pages" }, this.frames.map((frame) => frame.element));
    this.element = h("div", { class: "pl-scroll", tabindex: "0", role: "region", "aria-label": "Pages du dossier" }, this.column);
    this.element.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    desk.on("seek", ({ page, sentence }) => this.seek(page, sentence));
    desk.on(["marks", "work", "place"], () => this.mark());
  }

  /** Once in the document: sizes are known, pages draw themselves. */
  start() {
    const seen = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && this.#draw(Number(entry.target.dataset.page))), {
      root: this.element, rootMargin: "110% 0px",
    });
    this.frames.forEach((frame) => seen.observe(frame.element));
    const resized = new ResizeObserver(() => this.#resized());
    resized.observe(this.element);
    this.#resized();
    this.#layers(0);
    return () => {
      seen.disconnect();
      resized.disconnect();
    };
  }

  #frame(page) {
    const said = READ[page.read];
    const note = page.read === "none" || page.read === "partial"
      ? h("p", { class: "pl-page-note" }, `Page ${said}${page.reason ? `\u00a0: ${page.reason}` : ""}. Ce qu’elle contient n’a pas été cherché.`) : null;
    const picture = h("img", { alt: page.read === "none" ? `Image de la page ${page.page}, non lue` : "", decoding: "async", draggable: "false" });
    const layer = h("div", { class: "pl-marks" });
    const element = h(
      "section",
      { class: "pl-page", data: { page: page.page }, "aria-label": `Page ${page.page} sur ${this.pages.length}`, style: { aspectRatio: `${page.width} / ${page.height}` } },
      picture, layer, note,
    );
    return { page, element, picture, marks: layer, scale: 0, layered: false };
  }

  /** The text of the pages: those in sight first, the others when nothing else is to do. */
  #layers(from) {
    const here = this.desk.place.page;
    for (const number of [here, here + 1, here - 1]) this.#layer(number);
    const step = (at) => {
      const end = Math.min(this.frames.length, at + LAYERS_AT_ONCE);
      for (let number = at + 1; number <= end; number += 1) this.#layer(number);
      if (end < this.frames.length) this.idle(() => step(end));
    };
    this.idle(() => step(from));
  }

  idle(act) {
    if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 500 });
    else setTimeout(act, 30);
  }

  #layer(number) {
    const frame = this.frames[number - 1];
    if (!frame || frame.layered) return;
    frame.layered = true;
    frame.element.append(textLayer(this.lines.get(number) ?? [], frame.page));
  }

  #draw(number) {
    const frame = this.frames[number - 1];
    if (!frame) return;
    this.#layer(number);
    const wanted = (this.column.clientWidth * (window.devicePixelRatio || 1)) / frame.page.width;
    const scale = SCALES.find((one) => one >= wanted * 0.95) ?? SCALES.at(-1);
    if (scale <= frame.scale) return;
    frame.scale = scale;
    frame.picture.src = this.address(number, scale);
  }

  address(number, scale) {
    return this.desk.net.at(`page/${number}.png?scale=${scale}`);
  }

  #resized() {
    const style = getComputedStyle(this.element);
    const room = this.element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (room <= 0) return;
    const at = this.#anchor();
    this.room = room;
    const width = Math.round(room * this.desk.place.zoom);
    this.column.style.width = `${width}px`;
    for (const frame of this.frames) frame.element.style.setProperty("--pt", `${(width / frame.page.width).toFixed(4)}px`);
    this.#anchor(at);
    this.#scrolled();
  }

  /** What is at the top of the window, so that it is still there after a change of size. */
  #anchor(at) {
    const frame = this.frames[this.desk.place.page - 1]?.element;
    if (!frame) return null;
    if (at === undefined) return frame.offsetHeight ? (this.element.scrollTop - frame.offsetTop) / frame.offsetHeight : 0;
    this.element.scrollTop = frame.offsetTop + (at ?? 0) * frame.offsetHeight;
    return null;
  }

  zoom(to) {
    const zoom = Math.min(3, Math.max(0.5, to));
    this.desk.place.zoom = zoom;
    this.#resized();
    this.frames.filter((frame) => frame.scale).forEach((frame) => this.#near(frame) && this.#draw(frame.page.page));
    this.desk.tell("zoom", zoom);
  }

  zoomBy(step) {
    const now = this.desk.place.zoom;
    const next = step > 0 ? ZOOMS.find((one) => one > now + 0.001) : ZOOMS.findLast((one) => one < now - 0.001);
    this.zoom(next ?? now);
  }

  #near(frame) {
    const { offsetTop, offsetHeight } = frame.element;
    return offsetTop < this.element.scrollTop + 2 * this.element.clientHeight && offsetTop + offsetHeight > this.element.scrollTop - this.element.clientHeight;
  }

  /** Turns to a page: to its top, or so that a sentence stands in the upper third. */
  seek(number, sentence = null) {
    const frame = this.frames[Math.min(Math.max(1, number), this.frames.length) - 1];
    if (!frame) return;
    this.#draw(frame.page.page);
    const box = sentence && this.desk.sentences.get(sentence)?.boxes.find(([at]) => at === frame.page.page);
    const within = box ? (box[2] / frame.page.height) * frame.element.offsetHeight - this.element.clientHeight * 0.22 : 0;
    this.element.scrollTop = frame.element.offsetTop - 6 + Math.max(0, within);
    if (box) {
      const left = (box[1] / frame.page.width) * frame.element.offsetWidth;
      if (this.desk.place.zoom > 1) this.element.scrollLeft = Math.max(0, left - 40);
    }
    this.seeking = frame.page.page;
    if (frame.page.page !== this.desk.place.page) this.desk.go({ page: frame.page.page });
  }

  #scrolled() {
    const line = this.element.scrollTop + this.element.clientHeight * 0.35;
    let here = this.frames.findLast((frame) => frame.element.offsetTop <= line)?.page.page ?? 1;
    if (this.seeking) here = this.seeking;
    this.seeking = null;
    if (here !== this.desk.place.page) this.desk.go({ page: here });
  }

  /** Draws the marks: what stands unfolded for the criterion, what was clicked or found. */
  mark() {
    const { desk } = this;
    const clicked = new Set(desk.clicked);
    const found = new Set(desk.found);
    const shown = desk.place.view === "read" && !desk.hides() ? shownIds(desk, desk.criterion) : [];
    const own = desk.place.view === "read" ? work.ownEvidence(desk.workOn()).flatMap((one) => one.sentences ?? []) : [];
    const kinds = [
      ["shown", [...new Set([...shown, ...own])].filter((id) => !clicked.has(id) && !found.has(id))],
      ["found", [...found].filter((id) => !clicked.has(id))], ["clicked", [...clicked]],
    ];
    const said = JSON.stringify(kinds);
    if (said === this.marked) return;
    this.marked = said;
    const byPage = new Map();
    for (const [kind, ids] of kinds) {
      const sentences = ids.map((id) => desk.sentences.get(id)).filter(Boolean);
      for (const number of new Set(sentences.flatMap((sentence) => sentence.boxes.map(([at]) => at)))) {
        if (!byPage.has(number)) byPage.set(number, []);
        byPage.get(number).push(...marks(sentences, number, this.pages[number - 1], kind));
      }
    }
    for (const frame of this.frames) {
      const made = byPage.get(frame.page.page) ?? [];
      if (made.length || frame.marks.childElementCount) frame.marks.replaceChildren(...made);
    }
  }

  /** Asks for the pictures that are likely to be looked at next, when nothing else is to do. */
  ahead(numbers) {
    const wanted = ((this.column.clientWidth || 700) * (window.devicePixelRatio || 1)) / 595;
    const scale = SCALES.find((one) => one >= wanted * 0.95) ?? SCALES.at(-1);
    this.idle(() => numbers.forEach((number) => {
      const frame = this.frames[number - 1];
      if (frame && frame.scale < scale) new Image().src = this.address(number, scale);
    }));
  }
}
