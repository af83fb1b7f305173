// The row at the top: where to go back to, which dossier, all criteria, whether everything is stored, the end of the reading.

import { button, h } from "./dom.js";
import { clock, count, oralOnly, shorten } from "./words.js";
import * as work from "./work.js";

/** Letters of a criterion's words beside its code; up to so many criteria, all have them. */
const SHORT = 30;
const FEW = 3;
const STATES = { read: "lu", begun: "en cours" };
const TOLD = { read: "lu par vous", begun: "en cours de lecture" };

export function header(desk) {
  const { view } = desk;
  const back = view.back ?? { title: "Mes dossiers", address: "" };
  return h(
    "header", { class: "pl-header" },
    h("a", { class: "pl-brand", href: new URL(back.address, document.baseURI).href, title: back.title, "aria-label": `Prélecture : ${back.title}` }, h("span", { "aria-hidden": "true" }, "‹ "), "Prélecture"),
    view.alone ? h("span", { class: "pl-small pl-alone", title: "Mode local\u00a0: une seule personne, sur cette machine." }, "mode local") : null,
    h("h1", { class: "pl-title" }, view.title), pills(desk), h("span", { class: "pl-push" }), status(desk), views(desk),
  );
}

/** All criteria, each with what the person did on it: never what the program thinks. */
function pills(desk) {
  const made = desk.view.criteria.map((criterion) => {
    const oral = oralOnly(criterion);
    const said = h("small", {});
    const words = h("span", { class: "pl-pill-words" });
    const pill = h("button", { type: "button", class: `pl-pill${oral ? " pl-oral" : ""}`, tabindex: "-1", onclick: () => desk.go({ criterion: criterion.id, view: "read" }) }, h("span", {}, criterion.id), words, said);
    return { criterion, oral, said, words, pill };
  });
  const row = h("nav", { class: "pl-pills", "aria-label": "Critères" }, made.map(({ pill }) => pill));
  const paint = () => {
    for (const { criterion, oral, said, words, pill } of made) {
      const here = criterion.id === desk.place.criterion;
      const state = work.stateOf(desk.workOn(criterion.id));
      said.textContent = STATES[state] ?? (oral ? "oral" : "");
      pill.className = `pl-pill${oral ? " pl-oral" : ""}${state ? ` pl-${state}` : ""}${here ? " pl-on" : ""}`;
      pill.tabIndex = here ? 0 : -1;
      const short = shorten(criterion.text, SHORT);
      words.textContent = here || made.length <= FEW ? short : "";
      pill.title = [`${criterion.id}\u00a0: ${criterion.text}`, TOLD[state] ?? said.textContent].filter(Boolean).join(" – ");
      pill.setAttribute("aria-label", [`${criterion.id} ${short}`, TOLD[state] ?? said.textContent].filter(Boolean).join(", "));
      if (here) pill.setAttribute("aria-current", "true");
      else pill.removeAttribute("aria-current");
    }
  };
  const center = () => {
    const { pill } = made[desk.order.indexOf(desk.place.criterion)];
    row.scrollLeft = pill.offsetLeft - row.offsetLeft - (row.clientWidth - pill.offsetWidth) / 2;
  };
  row.addEventListener("keydown", (event) => {
    const moves = { ArrowRight: 1, ArrowLeft: -1, Home: -made.length, End: made.length };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    const at = Math.min(made.length - 1, Math.max(0, desk.order.indexOf(desk.place.criterion) + moves[event.key]));
    desk.go({ criterion: desk.order[at], view: "read" });
    made[at].pill.focus();
  });
  desk.on("place", ({ turned }) => turned && (paint(), center()));
  desk.on("work", paint);
  paint();
  requestAnimationFrame(center);
  return row;
}

/** « Enregistré 20 h 41 », or what is still on its way. */
function status(desk) {
  const place = h("span", { class: "pl-status", role: "status" });
  const paint = () => {
    const { outbox } = desk;
    place.classList.toggle("pl-alarm", outbox.offline || !outbox.kept.works);
    if (!outbox.kept.works && outbox.pending) place.textContent = "Ce navigateur ne garde rien\u00a0: ne fermez pas cette page.";
    else if (outbox.pending && outbox.problem) place.textContent = outbox.problem;
    else if (outbox.pending && outbox.offline) place.textContent = `Hors ligne\u00a0: ${count(outbox.pending, "acte gardé", "actes gardés")} ici, renvoyé${outbox.pending > 1 ? "s" : ""} dès que possible`;
    else if (outbox.pending) place.textContent = "Enregistrement…";
    else if (outbox.lastStored) place.textContent = `Enregistré ${clock(outbox.lastStored)}`;
    else place.textContent = desk.view.locked ? "Lecture verrouillée" : "";
  };
  desk.on(["status", "acked", "lock"], paint);
  paint();
  return place;
}

const TITLES = { read: "Lire", finish: "Terminer…", harmonise: "Harmoniser" };

function views(desk) {
  const sheet = (desk.view.exports ?? []).find((one) => one.what.endsWith("oral"));
  const buttons = (desk.view.views ?? ["read"]).map((view) => {
    const made = button(TITLES[view], TITLES[view], () => desk.go({ view }), { class: "pl-btn" });
    return { view, made };
  });
  const paint = () => {
    for (const { view, made } of buttons) {
      const here = view === desk.place.view;
      made.hidden = here && view === "read" ? true : view === "read" && desk.place.view === "read";
      made.classList.toggle("pl-on", here);
    }
  };
  desk.on("place", ({ turned }) => turned && paint());
  paint();
  const oral = sheet ? h("a", { class: "pl-btn", href: desk.net.at(`files/${sheet.what}.${sheet.endings[0]}`), download: "" }, "Fiche d’oral") : null;
  return h("nav", { class: "pl-views", "aria-label": "Parties du travail" }, oral, buttons.map(({ made }) => made));
}
