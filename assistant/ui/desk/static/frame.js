// In the frame of every page, before Streamlit's own script.

// Dates and numbers are French as the words around them are, whatever the browser speaks.
for (const [name, value] of [["language", "fr-FR"], ["languages", Object.freeze(["fr-FR", "fr"])]]) {
  Object.defineProperty(navigator, name, { configurable: true, get: () => value });
}

// The desk is fetched while a list is being looked at, so that a dossier opens without waiting for it. `besides` names
// Streamlit's script that draws a component.
const besides = new URL(import.meta.url).searchParams.get("besides");
const start = () => {
  if (besides) import(new URL(`static/js/${besides}`, document.baseURI).href).catch(() => {});
  import("./main.js").catch(() => {});
};
const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 500));
// A page is drawn after it is loaded: its own needs come first.
setTimeout(() => idle(start), 800);
