// What stands above the pages: the tools, and the strip of all pages.

import { button, h } from "./dom.js";
import { READ, page as pageName } from "./words.js";
import { shownIds } from "./findings.js";
import * as work from "./work.js";

const NUMBERED = 34;

/** The row above the pages: back, which page, forward, zoom, the original. */
export function viewerBar(desk, viewer, search, facts) {
  const total = desk.view.dossier.pages.length;
  const field = h("input", {
    class: "pl-page-field", inputmode: "numeric", "aria-label": `Page affichée, sur ${total}`, autocomplete: "off",
    onchange: () => go(Number(field.value)), onfocus: () => field.select(),
  });
  const go = (number) => viewer.seek(Number.isFinite(number) ? Math.trunc(number) : desk.place.page);
  const before = button("‹", "Page précédente (←)", () => go(desk.place.page - 1), { class: "pl-btn" });
  const after = button("›", "Page suivante (→)", () => go(desk.place.page + 1), { class: "pl-btn" });
  const percent = button("", "Ajuster à la largeur", () => viewer.zoom(1), { class: "pl-link pl-percent" });
  const paint = () => {
    if (document.activeElement !== field) field.value = String(desk.place.page);
    before.disabled = desk.place.page <= 1;
    after.disabled = desk.place.page >= total;
    percent.textContent = `${Math.round(desk.place.zoom * 100)}\u00a0%`;
  };
  desk.on(["place", "zoom"], paint);
  paint();
  const original = h("a", { class: "pl-btn", href: desk.net.at("original/0"), target: "_blank", rel: "noopener" }, "PDF d’origine");
  desk.on("place", () => {
    const file = desk.view.dossier.pages[desk.place.page - 1]?.file ?? 0;
    original.href = `${desk.net.at(`original/${file}`)}#page=${desk.place.page}`;
  });
  return h(
    "div", { class: "pl-bar", role: "toolbar", "aria-label": "Outils du dossier" },
    before, h("span", { class: "pl-where" }, "p. ", field, ` / ${total}`), after, search,
    h("span", { class: "pl-push" }),
    button("−", "Réduire la page", () => viewer.zoomBy(-1), { class: "pl-link" }), percent,
    button("+", "Agrandir la page", () => viewer.zoomBy(1), { class: "pl-link" }), facts, original,
  );
}

/** The strip of all pages: one stop of the Tab key, arrows move within. */
export function pageStrip(desk, viewer) {
  const { pages } = desk.view.dossier;
  const unused = new Set(desk.view.dossier.unused_pages);
  const every = pages.length > NUMBERED ? 5 : 1;
  const cells = pages.map(({ page, read }) => {
    const cell = h("button", { type: "button", class: "pl-cell", data: { page }, tabindex: "-1", onclick: () => viewer.seek(page) }, page === 1 || page % every === 0 ? String(page) : "");
    if (unused.has(page)) cell.classList.add("pl-unused");
    if (read !== "text") cell.classList.add("pl-picture");
    return cell;
  });
  const strip = h("nav", { class: "pl-strip", "aria-label": "Toutes les pages" }, cells);
  const paint = () => {
    const shown = desk.place.view === "read" && !desk.hides() ? shownIds(desk, desk.criterion) : [];
    const own = work.ownEvidence(desk.workOn()).map((one) => one.page);
    const cited = new Set([...shown.flatMap((id) => desk.sentences.get(id)?.pages ?? []), ...own]);
    for (const [at, cell] of cells.entries()) {
      const { page, read } = pages[at];
      const here = page === desk.place.page;
      cell.classList.toggle("pl-here", here);
      cell.classList.toggle("pl-cited", cited.has(page));
      cell.tabIndex = here ? 0 : -1;
      if (here) cell.setAttribute("aria-current", "page");
      else cell.removeAttribute("aria-current");
      const said = [pageName(page), cited.has(page) ? `citée pour ${desk.place.criterion}` : "", unused.has(page) ? "aucun passage repéré" : "", READ[read]];
      cell.title = said.filter(Boolean).join(", ");
      cell.setAttribute("aria-label", cell.title);
    }
  };
  strip.addEventListener("keydown", (event) => {
    const moves = { ArrowRight: 1, ArrowLeft: -1, Home: -pages.length, End: pages.length };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    const to = Math.min(pages.length, Math.max(1, desk.place.page + moves[event.key]));
    viewer.seek(to);
    cells[to - 1].focus();
  });
  desk.on(["place", "work"], paint);
  paint();
  return strip;
}
