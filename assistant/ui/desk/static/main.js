// Entry: Streamlit (or a plain page) mounts the desk here; one that was mounted before in this page comes back as it was.

import { h } from "./dom.js";
import { Desk } from "./desk.js";
import { Net } from "./net.js";
import { keepAddress, placeIn } from "./address.js";
import { Viewer } from "./viewer.js";
import { pageStrip, viewerBar } from "./bar.js";
import { CriterionColumn } from "./criterion.js";
import { foot } from "./foot.js";
import { header } from "./head.js";
import { searchField } from "./search.js";
import { selectionBar } from "./select.js";
import { factsButton } from "./facts.js";
import { keys, keysOn } from "./keys.js";
import { finishView } from "./finish.js";
import { Harmonising } from "./harmonise.js";
import { offerOutside } from "./outside.js";
import { shownIds } from "./findings.js";

const STALE = 20_000;
const SHEETS = ["desk.css", "viewer.css", "side.css", "views.css"];
const mounted = new Map();
const dressed = Promise.all(SHEETS.map(sheet));

/** One style sheet in the page, once it is read. */
function sheet(name) {
  return new Promise((done) => {
    const href = new URL(name, import.meta.url).href;
    document.head.append(h("link", { rel: "stylesheet", href, onload: done, onerror: done }));
  });
}

/** Mounts the desk of `data.address`; returns what takes it away. */
export function mount({ parentElement, data }) {
  const name = data.address;
  let one = mounted.get(name);
  if (!one) {
    // The mark keeps Streamlit's « Connection error » from taking the focus, and the keys typed, away from the desk,
    // which says itself that it is offline and goes on.
    one = { root: h("div", { class: "pl", lang: "fr", "data-react-aria-top-layer": "true" }), stop: null };
    mounted.set(name, one);
    open(one, data).catch((error) => failed(one, error, data));
  }
  const place = parentElement.querySelector?.(".pl-place") ?? parentElement;
  if (one.net) one.net.key = data.key;
  if (one.root.parentElement !== place) {
    place.replaceChildren(one.root);
    one.refocus?.();
  }
  look(one.root, place);
  // Streamlit's own frame scrolls nothing here: it is no stop of the Tab key.
  place.closest("[data-testid=stMain]")?.setAttribute("tabindex", "-1");
  return () => {
    one.refocus = focusAgain(one.root);
    one.root.remove();
    // A redraw puts it back at once; a page that was left does not.
    setTimeout(() => {
      if (one.root.isConnected) return;
      one.stop?.();
      mounted.delete(name);
    }, 3000);
  };
}

/** Remembers who has the focus and where the caret stands; returns what gives it back. */
function focusAgain(root) {
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  if (!active) return null;
  const caret = "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  return () => {
    active.focus({ preventScroll: true });
    if (caret && caret[0] !== null) active.setSelectionRange(...caret);
  };
}

async function open(one, data) {
  const { root } = one;
  root.replaceChildren(h("p", { class: "pl-loading", role: "status" }, "Ouverture du dossier…"));
  const net = new Net(data.address, data.key);
  one.net = net;
  await net.enter();
  const [view] = await Promise.all([net.get("desk.json"), dressed]);
  const desk = new Desk(view, net, root);
  Object.assign(desk.place, placeIn(location.hash));
  if (!desk.criteria.has(desk.place.criterion)) desk.place.criterion = desk.order[0];
  if (!(view.views ?? ["read"]).includes(desk.place.view)) desk.place.view = "read";
  one.stop = build(desk, root);
}

function build(desk, root) {
  const viewer = new Viewer(desk);
  const column = new CriterionColumn(desk);
  const popup = selectionBar(desk, viewer.element);
  const toFirst = () => {
    const row = column.element.querySelector(".pl-page-link") ?? column.element.querySelector("[data-item]") ?? desk.notes?.area;
    row?.focus();
  };
  const reading = h("div", { class: "pl-main" },
    h("section", { class: "pl-viewer", "aria-label": "Dossier" }, viewerBar(desk, viewer, searchField(desk), factsButton(desk)), pageStrip(desk, viewer), viewer.element),
    h("section", { class: "pl-side", "aria-label": "Critère et travail" }, column.element, foot(desk)));
  const finish = finishView(desk);
  const harmonising = new Harmonising(desk);
  const switcher = h("div", { class: "pl-switch", role: "group", "aria-label": "Partie affichée" }, ["Critère", "Dossier"].map((title, at) =>
    h("button", { type: "button", class: "pl-btn", onclick: () => showPart(at === 1) }, title)));
  const showPart = (dossier) => {
    root.classList.toggle("pl-show-dossier", dossier);
    for (const [at, one] of [...switcher.children].entries()) {
      one.classList.toggle("pl-on", dossier === (at === 1));
      one.setAttribute("aria-pressed", String(dossier === (at === 1)));
    }
  };
  showPart(false);
  root.replaceChildren(
    h("button", { type: "button", class: "pl-skip", onclick: toFirst }, "Aller au premier passage"),
    header(desk), switcher, reading, finish, harmonising.element, popup.bar, h("div", { class: "pl-announce", role: "status" }));
  root.classList.toggle("pl-no-keys", !keysOn());
  const views = () => {
    for (const view of ["read", "finish", "harmonise"]) root.classList.toggle(`pl-view-${view}`, desk.place.view === view);
    document.title = `${desk.place.view === "finish" ? "Terminer" : desk.place.view === "harmonise" ? "Harmoniser" : desk.place.criterion} · ${desk.view.title} · Prélecture`;
  };
  views();
  const started = viewer.start();
  const toPassage = () => {
    const first = desk.hides() ? null : shownIds(desk, desk.criterion)[0];
    if (first) viewer.seek(desk.sentences.get(first).pages[0], first);
  };
  desk.on("place", ({ before, turned, keep }) => {
    if (!turned) return;
    for (const open of root.querySelectorAll("dialog[open]")) open.close();
    views();
    if (before.criterion !== desk.place.criterion && !keep && desk.place.view === "read") toPassage();
    ahead();
  });
  const ahead = () => {
    const at = desk.order.indexOf(desk.place.criterion);
    const near = [desk.order[at], desk.order[at + 1]].filter(Boolean).flatMap((id) => shownIds(desk, desk.criteria.get(id)).map((sid) => desk.sentences.get(sid).pages[0]));
    viewer.ahead([...new Set([...near, desk.place.page + 1])].slice(0, 8));
  };
  viewer.mark();
  const wanted = placeIn(location.hash);
  if (wanted.page) viewer.seek(Math.min(wanted.page, desk.view.dossier.pages.length));
  else toPassage();
  const ends = [started, popup.stop, keepAddress(desk), keys(desk, viewer, column), desk.outbox.watch((heard) => desk.heard(heard)), watch(desk)];
  desk.on("said", (text) => { root.querySelector(".pl-announce").textContent = text; });
  setTimeout(ahead, 400);
  offerOutside(desk, column);
  root.dataset.ready = "true";
  return () => ends.forEach((end) => end());
}

/** Coming back to this window, what other windows had stored meanwhile is taken over. */
function watch(desk) {
  let last = Date.now();
  const fresh = async () => {
    if (document.visibilityState !== "visible" || Date.now() - last < STALE) return;
    last = Date.now();
    try {
      desk.refresh(await desk.net.get("work.json"));
    } catch {
      last = 0; // The next time the window is looked at.
    }
  };
  window.addEventListener("focus", fresh);
  document.addEventListener("visibilitychange", fresh);
  return () => {
    window.removeEventListener("focus", fresh);
    document.removeEventListener("visibilitychange", fresh);
  };
}

/** Light or dark as the page around is. */
function look(root, place) {
  const style = getComputedStyle(place);
  const said = style.getPropertyValue("--st-background-color").trim();
  const hex = /^#([0-9a-f]{2})/i.exec(said);
  const rgb = /^rgba?\(\s*(\d+)/i.exec(said);
  const red = hex ? parseInt(hex[1], 16) : rgb ? Number(rgb[1]) : null;
  const dark = red === null ? matchMedia("(prefers-color-scheme: dark)").matches : red < 100;
  root.classList.toggle("pl-dark", dark);
  root.style.fontFamily = style.getPropertyValue("--st-font") || "";
}

function failed(one, error, data) {
  const again = h("button", { type: "button", class: "pl-btn", onclick: () => open(one, data).catch((more) => failed(one, more, data)) }, "Réessayer");
  const said = error.status ? error.message : "Le serveur ne répond pas. Ce que vous avez écrit est gardé dans ce navigateur.";
  one.root.replaceChildren(h("div", { class: "pl-loading" }, h("p", {}, said), again));
  setTimeout(() => again.isConnected && again.click(), 4000);
}
