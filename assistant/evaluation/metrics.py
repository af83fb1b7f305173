"""The figures of one criterion, and of many: shares with their counts, so that they can be added and resampled."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal

from assistant.evaluation.gold import LabelledCriterion
from assistant.evaluation.matching_quotes import Shown, is_found, joined, letters, stands, touches, within_words

State = Literal["found", "partial", "not_found", "oral"]
BUDGETS = (250, 500, 800)
STATE_OF: dict[str, State] = {"addressed": "found", "partial": "partial", "absent": "not_found", "oral": "oral"}
GAP_WORDS_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one criterion (or sums over several): `x` out of `x_of`."""

    found_250: int = 0
    found_500: int = 0
    found_800: int = 0
    labelled: int = 0
    useful: int = 0
    misleading: int = 0
    shown: int = 0
    states_agreed: int = 0
    states: int = 0
    false_absences: int = 0
    present: int = 0
    false_presences: int = 0
    absent: int = 0
    gaps_named: int = 0
    gaps: int = 0
    citations_exact: int = 0
    citations: int = 0
    words: int = 0
    criteria: int = 0
    unfolded_found: int = 0
    unfolded_useful: int = 0
    unfolded_pieces: int = 0
    unfolded_words: int = 0
    drafted_words: int = 0
    dossier_words: float = 0.0
    unfound: int = 0
    asked: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)})


def share(part: float, whole: float) -> float | None:
    """`part / whole`, or None where there is nothing to count."""
    return part / whole if whole else None


def evidence_tally(labels: LabelledCriterion, shown: Sequence[Shown]) -> Tally:
    """How much of the labelled sentences a juror sees within each budget, and what else is shown in the first 500 words.

    `useful` and `misleading` count pieces of evidence; a piece both labelled and misleading counts as labelled.
    """
    found = {}
    for budget in BUDGETS:
        runs = joined(within_words(shown, budget))
        found[budget] = sum(is_found(quote, runs) for quote in labels.evidence)
    first = within_words(shown, 500)
    useful = [any(touches(s.text, s.page, quote) for quote in labels.evidence) for s in first]
    misleading = [
        not good and any(touches(s.text, s.page, quote) for quote in labels.misleading)
        for s, good in zip(first, useful, strict=True)
    ]
    return Tally(
        found_250=found[250],
        found_500=found[500],
        found_800=found[800],
        labelled=len(labels.evidence),
        useful=sum(useful),
        misleading=sum(misleading),
        shown=len(first),
        words=sum(len(s.text.split()) for s in first),
        criteria=1,
    )


def unfolded_tally(labels: LabelledCriterion, shown: Sequence[Shown], drafted: int, dossier_words: float) -> Tally:
    """What a juror sees of a criterion without a click: labelled sentences in it, its words, and `drafted` words.

    `dossier_words` is this criterion's part of the dossier's words: all criteria together make the dossier.
    """
    runs = joined(shown)
    return Tally(
        unfolded_found=sum(is_found(quote, runs) for quote in labels.evidence),
        unfolded_useful=sum(any(touches(s.text, s.page, quote) for quote in labels.evidence) for s in shown),
        unfolded_pieces=len(shown),
        unfolded_words=sum(len(s.text.split()) for s in shown),
        drafted_words=drafted,
        dossier_words=dossier_words,
    )


def absence_tally(labels: LabelledCriterion, found: Sequence[bool]) -> Tally:
    """Requirements of an addressed criterion that are shown as unfound."""
    if labels.coverage != "addressed":
        return Tally()
    return Tally(unfound=len(found) - sum(found), asked=len(found))


def state_of_all(found: Sequence[bool]) -> State:
    """All requirements found, some, or none."""
    return "found" if all(found) else "partial" if any(found) else "not_found"


def state_tally(labels: LabelledCriterion, state: State) -> Tally:
    """Agreement of the states; a false absence is a criterion with evidence of which nothing at all is said found."""
    present = labels.coverage in {"addressed", "partial"}
    absent = labels.coverage == "absent"
    return Tally(
        states_agreed=int(STATE_OF[labels.coverage] == state),
        states=1,
        false_absences=int(present and state == "not_found"),
        present=int(present),
        false_presences=int(absent and state in {"found", "partial"}),
        absent=int(absent),
    )


def gap_tally(labels: LabelledCriterion, gap_texts: Sequence[str]) -> Tally:
    """Labelled gaps that the pre-read names: half of the gap's words (its requirement's) stand in one stated gap."""
    named = 0
    stated = [set(_content(text)) for text in gap_texts]
    for gap in labels.gaps:
        wanted = set(_content(gap.requirement))
        named += any(wanted and len(wanted & words) / len(wanted) >= GAP_WORDS_SHARED for words in stated)
    return Tally(gaps_named=named, gaps=len(labels.gaps))


def _content(text: str) -> list[str]:
    from assistant.text import stems

    return stems(text)


def citation_tally(quotes: Sequence[tuple[int, str, bool]], pages: dict[int, str]) -> Tally:
    """Quotes (page, text, whether the page's end cuts it) that stand, folded, on their page as an independent reader
    extracts it."""
    folded = {page: letters(text) for page, text in pages.items()}
    exact = sum(
        stands(quote, folded.get(page, ""), folded.get(page + 1, "") if over else "") for page, quote, over in quotes
    )
    return Tally(citations_exact=exact, citations=len(quotes))
