// What the person wrote about the same file outside any session: offered once here, taken over as acts like any other.

import { button, h } from "./dom.js";
import { count } from "./words.js";

/** The acts that would bring it in, without what is here already. */
export function missingHere(desk, found) {
  const acts = [];
  for (const id of desk.order) {
    const there = found[id];
    if (!there) continue;
    const here = desk.workOn(id);
    const note = there.note.text.trim();
    if (note && !here.note.text.includes(note)) acts.push(["note", id, "", { text: [here.note.text.trimEnd(), note].filter(Boolean).join("\n") }]);
    const known = new Set([...here.own_texts, ...here.own_evidence].map((one) => one.id));
    for (const one of there.own_texts) {
      if (!known.has(one.id)) acts.push(["own_text", id, one.id, { kind: one.kind, text: one.text, pages: one.pages, sentences: present(desk, one.sentences) }]);
    }
    for (const one of there.own_evidence) {
      if (!known.has(one.id)) acts.push(["own_evidence", id, one.id, { page: one.page, sentences: present(desk, one.sentences) }]);
    }
    for (const [item, { verdict, text }] of Object.entries(there.choices)) {
      const drafted = desk.criteria.get(id).items.some((one) => one.id === item);
      if (drafted && verdict && !here.choices[item]) acts.push(["choice", id, item, { verdict, text }]);
    }
  }
  return acts;
}

const present = (desk, ids) => ids.filter((id) => desk.sentences.get(id)?.citable !== false && desk.sentences.has(id));

/** The offer above the criterion, if there is anything to offer; refused once, it is not made again in this browser. */
export async function offerOutside(desk, column) {
  const name = `prelecture-outside/${desk.view.me.person}/${desk.view.review}`;
  if (!desk.mayWrite || !desk.view.in_session || localStorage.getItem(name)) return;
  let acts = [];
  try {
    acts = missingHere(desk, await desk.net.get("outside.json"));
  } catch {
    return; // Not essential: it is offered the next time.
  }
  if (!acts.length) return;
  const place = h("div", { class: "pl-outside", role: "status" }, h("span", {}, `Vous avez écrit sur ce même fichier hors session\u00a0: ${count(acts.length, "élément")}.`));
  const close = () => {
    localStorage.setItem(name, "done");
    place.remove();
  };
  place.append(
    button("Les reprendre ici", "Reprendre ici ce que j’ai écrit hors session", () => {
      for (const [kind, criterion, item, value] of acts) desk.act(kind, criterion, item, value, { quiet: true });
      desk.tell("work", { criterion: null });
      close();
    }, { class: "pl-btn pl-small-btn" }),
    button("Non merci", "Laisser hors session ce que j’y ai écrit", close, { class: "pl-link" }),
  );
  column.element.before(place);
}
