// Always in sight below the criterion: the notes, what was taken over, the decision with its motivation, and the way on.

import { button, fill, h } from "./dom.js";
import { LEVELS, decisionInWords, figures, pointsIn } from "./words.js";
import { TypedText } from "./typed.js";
import { addOwn, takenList } from "./taken.js";
import { keysButton } from "./keys.js";

export function foot(desk) {
  if (!desk.view.has_work) return h("div", { class: "pl-foot" }, navigation(desk));
  const notes = new TypedText(desk, {
    kind: "note", rows: 3, label: () => `Mes notes sur ${desk.place.criterion}`, read: (id) => desk.workOn(id).note.text,
  });
  notes.area.classList.add("pl-notes");
  notes.area.addEventListener("focus", () => {
    if (desk.view.blind_first && desk.hides()) desk.writingFirst = desk.place.criterion;
  });
  notes.area.addEventListener("blur", () => {
    if (!desk.writingFirst) return;
    desk.writingFirst = null;
    desk.tell("marks");
    desk.tell("editing");
  });
  desk.notes = notes;
  const seen = desk.view.in_session ? "visibles de l’autre juré après verrouillage" : "visibles de vous seul";
  const head = h("div", { class: "pl-label" }, h("span", {}, "Mes notes"), h("span", { class: "pl-soft" }, `– ${seen}`), h("span", { class: "pl-push" }),
    desk.mayWrite ? button("+ ajouter à la grille", "Ajouter à la grille un constat, un manque ou une question", () => addOwn(desk), { class: "pl-link pl-add" }) : null,
    button("↺", "Versions précédentes des notes", () => notes.versions(), { class: "pl-link pl-versions-link" }));
  const parts = [h("div", { class: "pl-foot-notes" }, head, notes.element), takenList(desk)];
  if (desk.view.may_decide) parts.push(decision(desk));
  return h("div", { class: "pl-foot", role: "region", "aria-label": "Notes et décision" }, ...parts, navigation(desk));
}

/** The juror's own decision and motivation: empty until filled in, nothing is proposed. */
function decision(desk) {
  const place = h("div", { class: "pl-decision" });
  const motivation = new TypedText(desk, {
    kind: "motivation", rows: 1, placeholder: "Motivation", label: () => `Motivation pour ${desk.place.criterion}`,
    read: (id) => desk.workOn(id).motivation.text,
  });
  motivation.area.classList.add("pl-motivation");
  const paint = () => fill(place, decisionField(desk));
  desk.on("place", ({ before }) => before.criterion !== desk.place.criterion && paint());
  desk.on("work", ({ criterion, kind, elsewhere }) => (criterion === null || (kind === "decision" && elsewhere)) && !place.contains(document.activeElement) && paint());
  desk.on("lock", paint);
  paint();
  return h("div", { class: "pl-foot-decision" }, place, motivation.element);
}

function decisionField(desk) {
  const { scale, id } = desk.criterion;
  const made = desk.workOn().decision;
  const decide = (value, typing = false) => desk.act("decision", id, "", value && { points: null, level: null, text: "", ...value }, { typing });
  if (!desk.mayWrite) return [h("span", { class: "pl-label" }, "Ma décision"), h("span", {}, decisionInWords(made, scale) || "non renseignée")];
  if (scale.kind === "points") return pointsField(scale, made, decide, id);
  if (scale.kind === "acquis") return levelField(made, decide, id);
  const field = h("input", { class: "pl-field", "aria-label": `Ma décision pour ${id}, avec mes mots`, placeholder: "à remplir",
    oninput: () => decide({ text: field.value }, true) });
  field.value = made.text ?? "";
  return [h("span", { class: "pl-label" }, "Ma décision"), field];
}

function pointsField(scale, made, decide, id) {
  const most = figures(scale.max);
  const wrong = h("span", { class: "pl-wrong", role: "status" });
  const field = h("input", {
    class: "pl-field pl-points", inputmode: "decimal", autocomplete: "off", placeholder: "à remplir", "aria-label": `Ma décision pour ${id}, points de 0 à ${most}`,
    oninput: () => {
      const points = pointsIn(field.value, scale.max);
      field.setAttribute("aria-invalid", String(points === undefined));
      wrong.textContent = points === undefined ? `de 0 à ${most}, par exemple 1,5` : "";
      if (points !== undefined) decide(points === null ? null : { points }, true);
    },
  });
  field.value = made.points === null ? "" : figures(made.points);
  return [h("span", { class: "pl-label" }, `Ma décision, de 0 à ${most}`), field, wrong];
}

function levelField(made, decide, id) {
  const choices = Object.entries(LEVELS).map(([level, title]) => {
    const radio = h("input", { type: "radio", name: "pl-level", value: level, onchange: () => decide({ level }) });
    radio.checked = made.level === level;
    return h("label", { class: "pl-radio" }, radio, title);
  });
  const none = button("effacer", `Effacer ma décision pour ${id}`, () => {
    for (const label of choices) label.firstChild.checked = false;
    decide(null);
  }, { class: "pl-link" });
  return [h("span", { class: "pl-label" }, "Ma décision"), h("div", { class: "pl-levels", role: "radiogroup", "aria-label": `Ma décision pour ${id}` }, choices, none)];
}

/** The last row: back, the keys, the own tick, on. */
function navigation(desk) {
  const kbd = (key) => h("kbd", { "aria-hidden": "true" }, key);
  const step = (by) => {
    const to = desk.order[desk.order.indexOf(desk.place.criterion) + by];
    if (to) desk.go({ criterion: to });
  };
  const before = h("button", { type: "button", class: "pl-link pl-step", onclick: () => step(-1) });
  const after = h("button", { type: "button", class: "pl-link pl-step", onclick: () => step(1) });
  const tick = h("input", { type: "checkbox", onchange: () => desk.act("read", desk.place.criterion, "", { value: tick.checked }) });
  const ticked = h("label", { class: "pl-tick" }, tick, h("span", {}), kbd("L"));
  const keys = h("span", { class: "pl-keys" }, kbd("A"), " reprendre ", kbd("E"), " modifier ", kbd("X"), " écarter ", kbd("N"), " noter ", keysButton(desk));
  const paint = () => {
    const at = desk.order.indexOf(desk.place.criterion);
    before.replaceChildren(...(at > 0 ? [`‹ ${desk.order[at - 1]} `, kbd("K")] : []));
    before.setAttribute("aria-label", at > 0 ? `Critère précédent : ${desk.order[at - 1]} (K)` : "Pas de critère précédent");
    before.disabled = at === 0;
    after.replaceChildren(...(at < desk.order.length - 1 ? [`${desk.order[at + 1]} › `, kbd("J")] : []));
    after.setAttribute("aria-label", at < desk.order.length - 1 ? `Critère suivant : ${desk.order[at + 1]} (J)` : "Pas de critère suivant");
    after.disabled = at === desk.order.length - 1;
    tick.checked = Boolean(desk.workOn().read.value);
    tick.disabled = !desk.mayWrite;
    ticked.children[1].textContent = `${desk.place.criterion} lu `;
  };
  desk.on(["place", "work", "lock"], paint);
  paint();
  return h("nav", { class: "pl-nav", "aria-label": "Critères voisins" }, before, keys, ticked, after);
}

