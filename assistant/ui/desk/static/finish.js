// The end of a reading: what is not read or not decided, as links; locking, asked once more; the files to take away.

import { button, dialog, fill, h } from "./dom.js";
import { count, moment } from "./words.js";
import { shownItems } from "./findings.js";
import * as work from "./work.js";

export function finishView(desk) {
  const element = h("div", { class: "pl-page-view pl-finish" });
  const paint = () => {
    if (desk.place.view !== "finish") return;
    const todo = leftToDo(desk);
    fill(element, h("div", { class: "pl-columns" },
      h("section", {}, h("h2", {}, "Où vous en êtes"), desk.view.locked ? null : todoList(desk, todo), desk.view.may_decide ? lockPart(desk, todo) : outside()),
      h("section", {}, h("h2", {}, "Emporter"), files(desk))));
  };
  desk.on(["work", "lock", "status"], paint);
  desk.on("place", ({ turned }) => turned && paint());
  paint();
  return element;
}

export function leftToDo(desk) {
  const on = (id) => desk.workOn(id);
  return {
    unread: desk.order.filter((id) => !on(id).read.value),
    undecided: desk.order.filter((id) => !work.decided(on(id))),
    open: desk.view.criteria.flatMap((criterion) => shownItems(desk, criterion).filter((item) => !on(criterion.id).choices[item.id]?.verdict)).length,
  };
}

function todoList(desk, { unread, undecided, open }) {
  const total = desk.order.length;
  const line = (ids, done, left) => h("div", { class: "pl-todo" },
    h("p", {}, ids.length ? `${count(ids.length, "critère")} ${left}\u00a0:` : `${done} (${total} sur ${total}).`),
    ids.length ? h("p", {}, ids.map((id) => [h("button", { type: "button", class: "pl-link", "aria-label": `Aller à ${id}, ${left}`, onclick: () => desk.go({ criterion: id, view: "read" }) }, id), " "])) : null);
  return [
    line(unread, "Tous les critères sont marqués comme lus", "sans votre marque « lu »"),
    desk.view.may_decide ? line(undecided, "Toutes les décisions sont renseignées", "sans décision") : null,
    !desk.ignoresDrafts && open ? h("p", { class: "pl-small" }, `${count(open, "élément proposé n’a", "éléments proposés n’ont")} pas été traité${open >= 2 ? "s" : ""}\u00a0; rien de ce qui n’est pas repris ne figure dans un export.`) : null,
  ];
}

function lockPart(desk, { unread, undecided }) {
  if (desk.view.locked) {
    return [h("p", { class: "pl-good" }, `Votre lecture est verrouillée depuis le ${moment(desk.view.locked)}\u00a0: elle ne change plus.`),
      desk.view.locked_all ? null : h("p", { class: "pl-small" }, "L’harmonisation s’ouvrira quand tous les jurés auront verrouillé la leur. En cas d’erreur, l’organisateur peut la rouvrir, avec un motif.")];
  }
  const unlocked = desk.view.unlocked ? h("p", { class: "pl-small" }, `Lecture rouverte par l’organisateur le ${moment(desk.view.unlocked.at)}\u00a0: ${desk.view.unlocked.reason}`) : null;
  const ask = () => {
    const missing = [unread.length ? `${count(unread.length, "critère")} sans votre marque « lu »` : "", undecided.length ? `${count(undecided.length, "critère")} sans décision` : ""].filter(Boolean);
    const shown = dialog(desk.root, "Verrouiller ma lecture\u00a0?",
      missing.length ? h("p", { class: "pl-warning" }, `Il reste ${missing.join(" et ")}.`) : null,
      h("p", {}, "Elle ne changera plus, et deviendra visible des autres jurés quand tous auront verrouillé la leur."),
      h("div", { class: "pl-edit-acts" }, button(missing.length ? "Verrouiller quand même" : "Verrouiller", "Confirmer le verrouillage de ma lecture", async () => {
        await desk.outbox.flush({ all: true });
        desk.act("lock", "", "", {});
        shown.close();
      }, { class: "pl-btn pl-main-btn" }), button("Continuer ma lecture", "Continuer ma lecture", () => shown.close(), { class: "pl-btn" })));
  };
  return [unlocked, h("p", {}, "Verrouiller rend votre lecture définitive."),
    desk.mayWrite ? button("Verrouiller ma lecture", "Verrouiller ma lecture", ask, { class: "pl-btn pl-main-btn" }) : null];
}

const outside = () => h("p", { class: "pl-small" }, "Ce dossier est lu hors session\u00a0: pour préparer, essayer ou vérifier. Vos notes restent à vous\u00a0; si ce fichier rejoint une session où vous siégez, elles vous y seront proposées.");

/** Plain links: nothing is drawn again beneath a click, so none is lost. */
export function files(desk, which = () => true) {
  const made = (desk.view.exports ?? []).filter((one) => which(one.what));
  if (!made.length) return h("p", { class: "pl-small" }, "Rien à emporter pour le moment.");
  return h("ul", { class: "pl-files" }, made.map(({ what, title, endings, about }) => h("li", {}, h("p", {}, h("b", {}, title), about ? ` – ${about}` : ""),
    h("p", {}, endings.map((ending) => h("a", { class: "pl-btn", href: desk.net.at(`files/${what}.${ending}`), download: "", "aria-label": `${title}, ${ending.toUpperCase()}` }, ending.toUpperCase()))))));
}
