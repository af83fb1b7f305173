// Elements made from data. Text always becomes a text node: nothing foreign is ever read as HTML.

/** An element with properties and children; null and false children are left out. */
export function h(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name === "style") Object.assign(made.style, value);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** What is under a finger or a pressed mouse button, and what waits to be drawn there until it is let go. */
let pressed = null;
const waiting = new Map();
const AFTER_THE_CLICK = 30;

addEventListener("pointerdown", (event) => { pressed = event.target; }, true);
for (const end of ["pointerup", "pointercancel", "dragend", "blur"]) {
  addEventListener(end, (event) => {
    if (end === "blur" && event.target !== window) return;
    pressed = null;
    if (waiting.size) setTimeout(drawWaiting, AFTER_THE_CLICK);
  }, true);
}

function drawWaiting() {
  if (pressed) return;
  const late = [...waiting];
  waiting.clear();
  for (const [, draw] of late) draw();
}

/** Whether drawing an element anew has to wait, because something in it is being pressed: it is done once let go. */
export function later(element, draw) {
  const waits = pressed && pressed !== element && element.contains(pressed);
  if (waits) waiting.set(element, draw);
  else waiting.delete(element);
  return waits;
}

/**
 * Puts other children into an element, and the focus and caret back on the one of the same `data-focus`.
 * What is being pressed there stays until it is let go: a click needs the element on which it began.
 */
export function fill(element, ...children) {
  const next = children.flat(4).filter((child) => child !== null && child !== undefined && child !== false);
  if (later(element, () => fill(element, next))) return;
  const active = element.contains(document.activeElement) ? document.activeElement : null;
  const name = active?.closest("[data-focus]")?.dataset.focus;
  const caret = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  element.replaceChildren(...next);
  if (!name) return;
  const again = element.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (caret && caret[0] !== null && "setSelectionRange" in again) again.setSelectionRange(...caret);
}

/** A button with a name that nothing else on the screen has. */
export function button(label, title, act, properties = {}) {
  return h("button", { type: "button", title, "aria-label": title, onclick: act, ...properties }, label);
}

/** A text area as tall as its text. */
export function growing(area, most = 220) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(most, area.scrollHeight + 2)}px`;
  };
  area.addEventListener("input", fit);
  requestAnimationFrame(fit);
  return area;
}

/** A dialog above everything, closed by Escape; returns it once open. */
export function dialog(root, title, ...children) {
  const name = `pl-title-${Math.random().toString(36).slice(2)}`;
  const close = () => shown.close();
  const shown = h(
    "dialog",
    { class: "pl-dialog", "aria-labelledby": name },
    h("div", { class: "pl-dialog-head" }, h("h2", { id: name }, title), button("✕", `Fermer : ${title}`, close)),
    h("div", { class: "pl-dialog-body" }, ...children),
  );
  const back = document.activeElement;
  shown.addEventListener("close", () => {
    shown.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
  });
  shown.addEventListener("click", (event) => event.target === shown && shown.close());
  root.append(shown);
  shown.showModal();
  return shown;
}

/** Whether a key pressed there is typing. */
export function isTyping(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest("textarea, select, [contenteditable=true]")) return true;
  const field = target.closest("input");
  return Boolean(field) && !["checkbox", "radio", "button"].includes(field.type);
}

/** Says something to a screen reader, without moving anything. */
export function announce(root, text) {
  const place = root.querySelector(".pl-announce");
  if (place) place.textContent = text;
}
