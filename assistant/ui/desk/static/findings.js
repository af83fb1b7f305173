// What the program found for a criterion, in the order in which it is shown: statements, quotations, gaps, questions, the rest.

/** The sentences that stand unfolded. */
export function shownIds(desk, criterion) {
  const known = (ids) => ids.filter((id) => desk.sentences.has(id));
  if (criterion.shown?.length) return known(criterion.shown);
  return known([...new Set(criterion.items.filter((item) => item.kind === "observation").flatMap((item) => item.citations))]);
}

/** Everything of a criterion, sorted into what the column shows. */
export function findings(desk, criterion) {
  const shown = shownIds(desk, criterion);
  // Without a model the quotation is the finding: a sentence about page numbers is not shown beside it.
  const says = (item) => desk.view.drafter !== "extractive" || !quotesBelow(desk, item).length;
  const statements = criterion.items.filter((item) => item.kind === "observation" && item.support !== "no" && says(item));
  const apart = criterion.items.filter((item) => item.kind !== "gap" && item.support === "no");
  const cited = new Set(statements.flatMap((item) => item.citations));
  const quotes = shown.filter((id) => !cited.has(id));
  const seen = new Set([...shown, ...cited]);
  return {
    statements, quotes, apart,
    gaps: criterion.items.filter((item) => item.kind === "gap"),
    questions: criterion.items.filter((item) => item.kind === "question" && item.support !== "no"),
    nearby: criterion.evidence.filter((id) => !seen.has(id) && desk.sentences.has(id)),
  };
}

/** The sentences to quote below a statement: none where the statement is the quotation itself. */
export function quotesBelow(desk, item) {
  const sentences = item.citations.map((id) => desk.sentences.get(id)).filter(Boolean);
  const said = bare(item.text);
  return sentences.filter((sentence) => !said.includes(bare(sentence.text)));
}

/** A text without its quotation marks and the width of its spaces. */
const bare = (text) => text.replace(/[«»\s]+/g, " ").trim();

/** The labels of the requirements that a sentence serves. */
export function labelsOf(criterion, id) {
  if (criterion.requirements.length < 2) return [];
  return criterion.requirements.filter((requirement) => requirement.evidence.includes(id)).map((requirement) => requirement.label);
}

/** The items that A, E and X act on, in order, with what was done to each. */
export function actable(desk, criterion) {
  const quotes = findings(desk, criterion).quotes.map((id) => quoteItem(id));
  const items = shownItems(desk, criterion);
  const statements = items.filter((item) => item.kind === "observation" && item.support !== "no").map((item) => item.id);
  const others = items.map((item) => item.id).filter((id) => !statements.includes(id));
  return [...statements, ...quotes, ...others];
}

/** The drafted items that are shown. */
export function shownItems(desk, criterion) {
  const found = findings(desk, criterion);
  return [...found.statements, ...found.gaps, ...found.questions, ...found.apart];
}

/** The name under which a choice about a quotation is kept. */
export const quoteItem = (id) => `quote-${id}`;
