"""Forms: what is asked above boxes to tick or a field for points, under headings that stand one rank above another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.referentiel.authoring.criteria import is_verdict, read_criteria
from assistant.referentiel.authoring.draft import Draft
from assistant.referentiel.authoring.sources.pieces import Paragraph
from assistant.referentiel.authoring.structure import begins_with_verb, column_role, generic_code, plainly, section

_WORTH = re.compile(
    r"^\W*(?:/|sur|note sur|bar[èe]me\s*:?)\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:pts?|points?)?\W*$", re.IGNORECASE
)
_WORTH_AFTER = re.compile(r"^\W*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:pts?|points?)\s*(?:maximum|max\.?)?\W*$", re.IGNORECASE)
_ASIDE = re.compile(
    r"^\W*(?:(?:champ|question|reponse)s? obligatoires?|obligatoire|question \d+( (sur|/) \d+)?|votre (reponse|avis|choix)"
    r"|(choisi|selectionn|coch)(r|er|ez)\b.*|une seule reponse.*|reponse)\W*$"
)


@dataclass(slots=True)
class Outline:
    """The headings above what is being read, by rank (1 the highest); one of a rank takes those below it away."""

    ranks: dict[int, Paragraph] = field(default_factory=dict)

    def add(self, p: Paragraph) -> None:
        if p.heading > 0:
            self.ranks = {rank: one for rank, one in self.ranks.items() if rank < p.heading} | {p.heading: p}

    def above(self, rank: int) -> Paragraph | None:
        """The nearest heading of a higher rank."""
        return next((self.ranks[one] for one in sorted(self.ranks, reverse=True) if one < rank), None)


def worth(text: str) -> float | None:
    """« / 3 points » below a field for a number: what its criterion is worth."""
    found = _WORTH.match(text) or _WORTH_AFTER.match(text)
    return float(found[1].replace(",", ".")) if found else None


def asked(recent: Sequence[Paragraph]) -> list[Paragraph]:
    """The line that boxes below it judge, with its sub-bullets; words for whoever fills the form in are none."""
    lines = list(recent)
    while lines and _ASIDE.match(plainly(lines[-1].text)):
        lines.pop()
    if not lines:
        return []
    start = next((n for n in range(len(lines) - 1, -1, -1) if not lines[n].bullet), None)
    return lines[start:] if lines[-1].bullet and start is not None else lines[-1:]


def judged(draft: Draft, outline: Outline, lines: list[Paragraph], points: float | None) -> None:
    """Makes a criterion of these lines, of the competence that the nearest heading above them names."""
    first = lines[0]
    if (
        is_verdict(first.text)
        or section(first.text)
        or id(first) in draft.used
        or column_role(first.text) == "criteria"
    ):
        return
    _open_above(draft, outline, first.heading or 99)
    if not draft.last:
        return
    plain = [replace(p, text=re.sub(r"\s*\*+$", "", p.text), heading=0) for p in lines]
    made = read_criteria(draft, plain, draft.last, points=points)
    for p, one in zip(lines, plain, strict=True):
        draft.place(p, *draft.used.get(id(one), ()))
    if made and not made[0].text:
        made[0].text = plain[0].text


def _open_above(draft: Draft, outline: Outline, rank: int) -> None:
    """Opens the competence (and its bloc) that headings without a code name."""
    head = outline.above(rank)
    if head is None or id(head) in draft.used or section(head.text) or column_role(head.text):
        return
    cut = generic_code(head.text)
    outer = outline.above(head.heading)
    if not begins_with_verb(cut.text) and not (draft.has_bloc and outer is not None):
        return
    if outer is not None and outer.heading > 1 and id(outer) not in draft.used:
        own = generic_code(outer.text)
        draft.open_bloc(own.code, own.text, outer.page)
        draft.place(outer, own.code, own.text)
    draft.last = [draft.open_competence(cut.code, cut.text, head.page)]
    draft.place(head, cut.code, cut.text)
