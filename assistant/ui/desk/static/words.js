// French as the desk writes it: numbers, pages, times, and the words of closed sets.

const NB = "\u00a0";
export const KINDS = { observation: "constat", gap: "point non trouvé", question: "question", evidence: "passage" };
export const KIND_TITLES = { observation: "Constat", gap: "Point non trouvé", question: "Question pour l’oral" };
export const LEVELS = { acquis: "Acquis", non_acquis: "Non acquis" };
export const ASSESSED = {
  dossier: "dossier", oral: "oral", questionnement: "questionnement du jury", mise_en_situation_ecrite: "mise en situation écrite",
  mise_en_situation_orale: "mise en situation orale", production_sur_poste: "production sur poste",
};
const ORAL = new Set(["oral", "questionnement", "mise_en_situation_orale"]);

/** Whether a criterion shows at the oral alone: a written document can neither meet it nor lack it. */
export const oralOnly = (criterion) => criterion.assessed_by.length > 0 && criterion.assessed_by.every((kind) => ORAL.has(kind));
export const READ = { text: "", ocr: "lue dans l’image", "text+ocr": "lue en partie dans l’image", none: "non lue", partial: "lue en partie" };

/** « 3 critères », « 1 critère »: French counts from 2 on as plural. */
export const count = (number, one, many = `${one}s`) => `${number}${NB}${Math.abs(number) >= 2 ? many : one}`;

/** « p. 6 ». */
export const page = (number) => `p.${NB}${number}`;

/** « 3, 7 à 9 ». */
export function pages(numbers) {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const runs = [];
  for (const number of sorted) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from} à ${to}`)).join(", ");
}

/** The pages that a person wrote (« 3, 7-9 »); null where it is not that, or beyond `last`. */
export function pagesIn(text, last) {
  const found = new Set();
  for (const piece of text.split(/[,;]/).map((one) => one.trim()).filter(Boolean)) {
    const match = /^(?:p\.?\s*)?(\d+)(?:\s*(?:[-–]|à)\s*(\d+))?$/.exec(piece);
    if (!match) return null;
    const [first, end] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (first < 1 || end < first || end > last) return null;
    for (let number = first; number <= end; number += 1) found.add(number);
  }
  return [...found].sort((a, b) => a - b);
}

/** « 1,5 ». */
export const figures = (number) => String(number).replace(".", ",");

/** A number of points as a person writes it, with a comma or a point; undefined where it is not one in range. */
export function pointsIn(text, most) {
  const plain = text.trim().replace(/\u00a0|\s/g, "").replace(",", ".");
  if (plain === "") return null;
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return undefined;
  const number = Number(plain);
  return number >= 0 && number <= most ? number : undefined;
}

/** « 20 h 41 ». */
export function clock(moment) {
  const date = new Date(moment);
  return `${date.getHours()}${NB}h${NB}${String(date.getMinutes()).padStart(2, "0")}`;
}

/** « 25 novembre à 20 h 41 ». */
export function moment(iso) {
  const day = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long" }).format(new Date(iso));
  return `${day} à ${clock(iso)}`;
}

export const quoted = (text) => `«${NB}${text}${NB}»`;

/** A decision as the grid prints it; empty while there is none. */
export function decisionInWords(decision, scale) {
  if (!decision) return "";
  if (decision.points !== null && decision.points !== undefined) return `${figures(decision.points)} / ${figures(scale.max ?? 0)}`;
  return decision.level ? LEVELS[decision.level] : (decision.text ?? "").trim();
}

/** Cut at a word, with an ellipsis. */
export function shorten(text, most) {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most / 2))}…`;
}
