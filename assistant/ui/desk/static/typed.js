// A text that is saved as typed: every key is kept in the browser at once, and stored a moment after.

import { button, dialog, h } from "./dom.js";
import { moment } from "./words.js";
import { slotName } from "./outbox.js";

export class TypedText {
  /** `read(criterion)` gives the text as it stands; `kind` and `item` say where it is written. */
  constructor(desk, { kind, item = "", label, rows = 2, placeholder = "", read, value = (text) => ({ text }), may = () => desk.mayWrite }) {
    Object.assign(this, { desk, kind, item, label, read, value, may });
    this.area = h("textarea", { class: "pl-area", rows, placeholder, spellcheck: "true", oninput: () => this.#typed() });
    this.notice = h("div", { class: "pl-notice", role: "status" });
    this.element = h("div", { class: "pl-typed" }, this.area, this.notice);
    desk.on("place", ({ before }) => before.criterion !== desk.place.criterion && this.paint());
    desk.on("work", (change) => {
      const mine = change.criterion === desk.place.criterion && change.kind === kind && (change.item ?? "") === item;
      if (change.criterion === null || (mine && change.elsewhere)) this.paint();
    });
    desk.on("conflict", () => this.#dispute());
    desk.on("lock", () => this.paint());
    this.paint();
  }

  get slot() {
    return slotName(this.desk.place.criterion, this.kind, this.item);
  }

  paint() {
    const text = this.read(this.desk.place.criterion);
    if (this.area.value !== text) {
      const caret = document.activeElement === this.area ? this.area.selectionStart : null;
      this.area.value = text;
      if (caret !== null) this.area.setSelectionRange(Math.min(caret, text.length), Math.min(caret, text.length));
    }
    this.area.setAttribute("aria-label", this.label());
    this.area.readOnly = !this.may();
    this.#dispute();
  }

  put(text) {
    this.area.value = text;
    this.#typed();
  }

  #typed() {
    this.desk.act(this.kind, this.desk.place.criterion, this.item, this.value(this.area.value), { typing: true });
  }

  /** Two windows wrote: both texts are there, the person says which one stands. The other stays in the versions. */
  #dispute() {
    const conflict = this.desk.outbox.conflictFor(this.slot);
    if (!conflict) return this.notice.replaceChildren();
    if (conflict.refused) {
      return this.notice.replaceChildren(h("p", {}, `Non enregistré\u00a0: ${conflict.refused} Votre texte est gardé dans ce navigateur.`),
        button("Réessayer", `Réessayer : ${this.label()}`, () => this.desk.settle(this.slot, "mine"), { class: "pl-btn pl-small-btn" }));
    }
    const theirs = conflict.current?.value?.text ?? "";
    return this.notice.replaceChildren(
      h("p", {}, "Ce texte a été modifié dans une autre fenêtre. L’autre version\u00a0:"), h("blockquote", {}, theirs || "(vide)"),
      button("Garder la mienne", `Garder la mienne : ${this.label()}`, () => this.desk.settle(this.slot, "mine"), { class: "pl-btn pl-small-btn" }),
      button("Prendre l’autre", `Prendre l’autre : ${this.label()}`, () => this.desk.settle(this.slot, "theirs"), { class: "pl-btn pl-small-btn" }),
    );
  }

  /** Every version that was stored, the newest first, each one restorable. */
  async versions() {
    const { desk } = this;
    const asked = new URLSearchParams({ criterion: desk.place.criterion, kind: this.kind, item: this.item });
    const list = h("ol", { class: "pl-versions" }, h("li", {}, "Chargement…"));
    const shown = dialog(desk.root, `Versions\u00a0: ${this.label()}`, list);
    try {
      await desk.outbox.flush({ all: true });
      const made = await desk.net.get(`versions?${asked}`);
      const rows = made.map(({ version, value, written }) => h("li", {},
        h("p", { class: "pl-small" }, `Version ${version}, ${moment(written)}`), h("blockquote", {}, value?.text || "(vide)"),
        this.may() && value?.text && value.text !== this.area.value
          ? button("Rétablir cette version", `Rétablir la version ${version}`, () => {
            this.put(value.text);
            shown.close();
          }, { class: "pl-btn pl-small-btn" }) : null));
      list.replaceChildren(...(rows.length ? rows : [h("li", {}, "Rien n’a encore été écrit ici.")]));
    } catch {
      list.replaceChildren(h("li", {}, "Les versions ne peuvent pas être lues pour le moment."));
    }
  }
}
