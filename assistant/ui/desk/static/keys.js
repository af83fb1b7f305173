// The keys: never while typing, shown on the buttons, listed under « ? », and they can be switched off.

import { announce, button, dialog, h, isTyping } from "./dom.js";
import { actable } from "./findings.js";

const STORE = "prelecture-keys";
const LIST = [
  ["J, K", "critère suivant, précédent"], ["→, ←", "page suivante, précédente"], ["A", "reprendre l’élément en vue"],
  ["E", "le modifier"], ["X", "l’écarter"], ["N", "écrire une note"], ["L", "marquer le critère comme lu"],
  ["/", "chercher dans le dossier"], ["?", "cette liste"], ["Échap", "quitter un champ, fermer une fenêtre"],
];

export const keysOn = () => localStorage.getItem(STORE) !== "off";

/** Listens on the whole page while the desk is there; returns what ends it. */
export function keys(desk, viewer, column) {
  const step = (by) => {
    const to = desk.order[desk.order.indexOf(desk.place.criterion) + by];
    if (to) desk.go({ criterion: to });
  };
  const acts = {
    j: () => step(1), k: () => step(-1), ArrowRight: () => viewer.seek(desk.place.page + 1), ArrowLeft: () => viewer.seek(desk.place.page - 1),
    a: () => onItem("adopt"), e: () => onItem("edit"), x: () => onItem("reject"), n: () => desk.notes?.area.focus(),
    l: () => desk.act("read", desk.place.criterion, "", { value: !desk.workOn().read.value }),
    "/": () => (desk.search.focus(), desk.search.select()), "?": () => showKeys(desk),
  };
  /** The item that has the focus, else the first one that nothing was done with; then on to the next. */
  const onItem = (act) => {
    if (desk.hides()) return;
    const rows = actable(desk, desk.criterion).map((id) => column.element.querySelector(`[data-item="${CSS.escape(id)}"]`)).filter(Boolean);
    const open = (row) => row.querySelector(`[data-act="${act}"]`);
    const focused = rows.find((row) => row.contains(document.activeElement)) ?? rows.find((row) => row.dataset.item === desk.focused);
    const row = focused && open(focused) ? focused : rows.find(open);
    if (!row) return;
    const at = rows.indexOf(row);
    open(row).click();
    if (act === "edit") return;
    const after = actable(desk, desk.criterion).map((id) => column.element.querySelector(`[data-item="${CSS.escape(id)}"]`)).filter(Boolean);
    const still = after[at]?.querySelector(`[data-act="${act}"]`);
    const next = still ? after[at] : (after.slice(at + 1).find(open) ?? after[at]);
    desk.focused = next?.dataset.item;
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  };
  const pressed = (event) => {
    if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || !keysOn() || isTyping(event.target)) return undefined;
    if (desk.root.querySelector("dialog[open]")) return undefined;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || (desk.place.view !== "read" && event.key !== "?")) return undefined;
    if (event.target.closest?.("[role=radiogroup]") && event.key.startsWith("Arrow")) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return act();
  };
  document.addEventListener("keydown", pressed, true);
  return () => document.removeEventListener("keydown", pressed, true);
}

export function showKeys(desk) {
  const box = h("input", { type: "checkbox", onchange: () => {
    localStorage.setItem(STORE, box.checked ? "on" : "off");
    desk.root.classList.toggle("pl-no-keys", !box.checked);
    announce(desk.root, box.checked ? "Raccourcis activés." : "Raccourcis désactivés.");
  } });
  box.checked = keysOn();
  dialog(desk.root, "Raccourcis clavier", h("dl", { class: "pl-key-list" }, LIST.map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])),
    h("label", { class: "pl-tick" }, box, "Raccourcis activés"), h("p", { class: "pl-small" }, "Ils n’agissent jamais pendant que vous écrivez."));
}

export const keysButton = (desk) => button("?", "Raccourcis clavier (?)", () => showKeys(desk), { class: "pl-link pl-keys-btn" });
