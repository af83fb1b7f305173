// What is known of the file, folded behind one button: how it was read, its notices, the documents asked for, the files.

import { button, dialog, h } from "./dom.js";
import { READ, count, pages } from "./words.js";
import { pageLinks } from "./rows.js";
import { showKeys } from "./keys.js";

const STATES = { found: "repéré", not_found: "pas repéré, à vérifier", unread: "pages non lues" };

export function factsButton(desk) {
  const unread = desk.view.dossier.pages.filter((one) => one.read === "none" || one.read === "partial");
  const notices = desk.view.dossier.notices.length;
  const marked = unread.length || notices;
  return button(marked ? "Fichier !" : "Fichier", `Sur le fichier${marked ? " : signalements" : ""}`, () => show(desk), { class: "pl-btn" });
}

function show(desk) {
  const { dossier, referentiel } = desk.view;
  let shown = null;
  const turn = (number) => button(`p.\u00a0${number}`, `Aller à la page ${number}`, () => {
    shown.close();
    desk.tell("seek", { page: number, sentence: null });
  }, { class: "pl-link" });
  const none = dossier.pages.filter((one) => one.read === "none");
  const read = `${count(dossier.pages.length - none.length, "page lue", "pages lues")} sur ${dossier.pages.length}, ${count(dossier.words, "mot")}.`;
  const unused = dossier.unused_pages.filter((number) => !none.some((one) => one.page === number));
  const parts = [
    h("p", {}, read, unused.length ? ` Aucun passage repéré sur\u00a0: p.\u00a0${pages(unused)}.` : ""),
    none.length ? [h("h3", {}, "Pages non lues"), h("ul", {}, none.map((one) => h("li", {}, turn(one.page), ` ${one.reason ?? READ[one.read]}`)))] : null,
    dossier.notices.length ? [h("h3", {}, "Signalements"), h("ul", {}, dossier.notices.map((notice) =>
      h("li", {}, notice.page ? [turn(notice.page), " "] : null, notice.text, notice.detail ? h("blockquote", {}, notice.detail) : null)))] : null,
    desk.view.deliverables?.length ? [h("h3", {}, "Documents demandés"), h("ul", {}, desk.view.deliverables.map((one) =>
      h("li", {}, one.text, h("span", { class: "pl-tag" }, STATES[one.state]), h("span", { onclick: () => shown.close() }, pageLinks(desk, one.evidence ?? [], one.text)))))] : null,
    desk.view.accommodations ? [h("h3", {}, "Aménagements"), h("p", {}, desk.view.accommodations)] : null,
    h("h3", {}, dossier.files.length > 1 ? "Fichiers remis" : "Fichier remis"),
    h("ul", {}, dossier.files.map((file) => h("li", {}, h("a", { href: desk.net.at(`original/${file.index}`), target: "_blank", rel: "noopener" }, file.name), ` ${count(file.pages ?? 0, "page")}`))),
    h("p", { class: "pl-small" }, `${referentiel.title}, version ${referentiel.version}${referentiel.newer ? ` (une version ${referentiel.newer} existe\u00a0; ce dossier est lu avec celle-ci)` : ""}. `,
      desk.view.drafter === "extractive" ? "Lu sans modèle de langage." : `Rédigé avec «\u00a0${desk.view.model_name ?? "un modèle"}\u00a0», à vérifier.`),
    desk.mayWrite ? ignore(desk, () => shown.close()) : null,
    button("Raccourcis clavier", "Voir les raccourcis clavier", () => {
      shown.close();
      showKeys(desk);
    }, { class: "pl-link" }),
  ];
  shown = dialog(desk.root, `Sur le fichier\u00a0: ${dossier.title}`, ...parts.flat());
}

function ignore(desk, close) {
  const box = h("input", { type: "checkbox", onchange: () => {
    desk.act("drafts_ignored", "", "", { value: box.checked });
    desk.tell("place", { before: desk.place, turned: true, keep: true });
    close();
  } });
  box.checked = desk.ignoresDrafts;
  return h("label", { class: "pl-tick" }, box, "Lire sans ce que le programme a repéré");
}
