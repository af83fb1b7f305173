// A person's work on one review, as plain data: criterion -> note, motivation, decision, read, choices, own texts, own evidence.

const NOTHING = {
  note: { text: "", version: 0 }, motivation: { text: "", version: 0 },
  decision: { points: null, level: null, text: "", version: 0 }, read: { value: false, version: 0 },
  choices: {}, own_texts: [], own_evidence: [], drafts_asked: null,
};
const SINGLE = new Set(["note", "motivation", "decision", "read"]);
const LISTS = { own_text: "own_texts", own_evidence: "own_evidence" };

/** The work on a criterion; a frozen empty one where there is none. */
export const on = (all, id) => ({ ...structuredClone(NOTHING), ...all[id] });

/** criterion, kind and item of a slot's name. */
export function parted(name) {
  const [criterion, kind, ...item] = name.split("/");
  return [criterion, kind, item.join("/")];
}

/** Writes an event into the work; `version` null keeps the one that is known. A null value is taken back. */
export function apply(all, { criterion, kind, item, value }, version) {
  if (!criterion) return;
  const own = (all[criterion] = on(all, criterion));
  if (SINGLE.has(kind)) {
    own[kind] = { ...structuredClone(NOTHING[kind]), ...value, version: version ?? own[kind].version };
  } else if (kind === "choice") {
    const known = own.choices[item]?.version ?? 0;
    own.choices = { ...own.choices, [item]: { verdict: null, text: "", ...value, version: version ?? known } };
  } else if (kind in LISTS) {
    const list = LISTS[kind];
    const before = own[list].find((one) => one.id === item);
    const after = { ...value, id: item, version: version ?? before?.version ?? 0, gone: value === null };
    own[list] = before ? own[list].map((one) => (one.id === item ? after : one)) : [...own[list], after];
  } else if (kind === "drafts_asked") {
    own.drafts_asked = value === null ? null : (own.drafts_asked ?? new Date().toISOString());
  }
}

export function setVersion(all, event, version) {
  const entry = entryOf(all, event.criterion, event.kind, event.item);
  if (entry) entry.version = version;
}

/** The version that the work knows for a slot; 0 where nothing was written. */
export function versionIn(all, name) {
  return entryOf(all, ...parted(name))?.version ?? 0;
}

function entryOf(all, criterion, kind, item) {
  const own = all[criterion];
  if (!own) return null;
  if (SINGLE.has(kind)) return own[kind];
  if (kind === "choice") return own.choices[item];
  return kind in LISTS ? own[LISTS[kind]].find((one) => one.id === item) : null;
}

/** Takes over the server's work, slot by slot, except where `busy(slot)` says that something is on its way. */
export function merge(all, fresh, busy) {
  for (const id of new Set([...Object.keys(all), ...Object.keys(fresh)])) {
    const mine = on(all, id);
    const theirs = on(fresh, id);
    for (const kind of SINGLE) if (!busy(`${id}/${kind}/`)) mine[kind] = theirs[kind];
    for (const item of new Set([...Object.keys(mine.choices), ...Object.keys(theirs.choices)])) {
      if (busy(`${id}/choice/${item}`)) continue;
      if (theirs.choices[item]) mine.choices[item] = theirs.choices[item];
      else if (mine.choices[item]) mine.choices[item] = { ...mine.choices[item], verdict: null, text: "" };
    }
    for (const [kind, list] of Object.entries(LISTS)) {
      const kept = mine[list].filter((one) => busy(`${id}/${kind}/${one.id}`) || (one.gone && !theirs[list].some((t) => t.id === one.id)));
      mine[list] = [...theirs[list].filter((one) => !busy(`${id}/${kind}/${one.id}`)), ...kept];
    }
    mine.drafts_asked = theirs.drafts_asked ?? mine.drafts_asked;
    all[id] = mine;
  }
}

export const ownTexts = (own) => own.own_texts.filter((one) => !one.gone);
export const ownEvidence = (own) => own.own_evidence.filter((one) => !one.gone);

export function decided(own) {
  const { points, level, text } = own.decision;
  return points !== null || level !== null || Boolean(text.trim());
}

/** « lu » is the person's own tick; « en cours » says that they wrote or chose something. */
export function stateOf(own) {
  if (own.read.value) return "read";
  const touched = own.note.text.trim() || own.motivation.text.trim() || decided(own) || ownTexts(own).length ||
    ownEvidence(own).length || Object.values(own.choices).some((choice) => choice.verdict);
  return touched ? "begun" : "";
}

const ORDER = { observation: 0, evidence: 1, gap: 2, question: 3 };

/** What was taken over or written for the grid, in the grid's order. */
export function taken(criterion, own) {
  const made = [];
  for (const item of criterion.items) {
    const choice = own.choices[item.id];
    if (!choice || !["adopted", "edited"].includes(choice.verdict)) continue;
    made.push({ from: "item", id: item.id, kind: item.kind, text: choice.verdict === "edited" ? choice.text : item.text, item });
  }
  for (const one of own.taken_over ?? []) {
    if (own.choices[one.id]?.verdict !== null) made.push({ from: "before", id: one.id, kind: one.kind, text: one.text, own: one });
  }
  for (const one of ownTexts(own)) made.push({ from: "own_text", id: one.id, kind: one.kind, text: one.text, own: one });
  for (const one of ownEvidence(own)) made.push({ from: "own_evidence", id: one.id, kind: "evidence", text: "", own: one });
  return made.sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}
