"""Two versions of a dossier compared: sentence by sentence, and what each criterion gained or lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.comparison_report import ComparisonReport, CriterionChange, PlacedSentence, SentenceChange
from assistant.dossier.model import Dossier, Sentence
from assistant.dossier.versions import Change, VersionComparison, compared_versions
from assistant.matching.coverage import Coverage
from assistant.result import PreRead

NONE: frozenset[str] = frozenset()
FIRST_READ = 20
"""Of the sentences proposed for a criterion, in the order in which to read them, so many may be gained or lost."""

BETWEEN = 1
"""Sentences in a row that two others may take along."""


@dataclass(frozen=True, slots=True)
class Version:
    """A pre-read of one version; `coverage` where it is known."""

    preread: PreRead
    dossier: Dossier
    coverage: Coverage | None = None

    @property
    def serving(self) -> Mapping[str, frozenset[str]]:
        """By criterion, the sentences found for it."""
        return {
            part.id: frozenset(
                sid for requirement in part.requirements if requirement.state == "found" for sid in requirement.evidence
            )
            for part in self.preread.criteria
        }

    @property
    def first(self) -> Mapping[str, Mapping[str, int]]:
        """By criterion, the place in the order of reading of each sentence that is found for it and shown unfolded."""
        serving = self.serving
        return {
            part.id: {
                sid: place
                for place, sid in enumerate(part.shown or [one.id for one in part.evidence])
                if sid in serving[part.id]
            }
            for part in self.preread.criteria
        }

    @property
    def told(self) -> Mapping[str, frozenset[str]]:
        """By criterion, the sentences found for it, those that may speak of it and the first to be read for it."""
        may = {part.id: frozenset(part.told) for part in self.coverage.criteria} if self.coverage else {}
        first = {part.id: frozenset(one.id for one in part.evidence[:FIRST_READ]) for part in self.preread.criteria}
        return {name: self._between(found | may.get(name, NONE) | first[name]) for name, found in self.serving.items()}

    def _between(self, told: frozenset[str]) -> frozenset[str]:
        """These sentences, and the few that stand between two of them under one heading: a short one (« Le lendemain, un
        SMS. ») has no words of its own to be found by."""
        found = set(told)
        for _, run in groupby((one for one in self.dossier.sentences if one.role == "body"), lambda one: one.section):
            ids = [one.id for one in run]
            places = [place for place, sid in enumerate(ids) if sid in told]
            for start, end in pairwise(places):
                if end - start <= BETWEEN + 1:
                    found.update(ids[start:end])
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class ChangedPassages:
    """What a person reads first of a criterion's changes: the passages found for it that are new or gone, likeliest first.

    `near_gained` and `near_lost`: how many other sentences, new or gone, may speak of it.
    """

    id: str
    gained: tuple[PlacedSentence, ...]
    lost: tuple[PlacedSentence, ...]
    near_gained: int
    near_lost: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions side by side: everything, and the few passages by criterion that changed (criteria without are left
    out)."""

    report: ComparisonReport
    passages: tuple[ChangedPassages, ...]


def comparison_of(before: Version, after: Version) -> ComparisonReport:
    """The comparison of two pre-reads of one référentiel. A sentence that only moved is neither gained nor lost."""
    return side_by_side(before, after).report


def side_by_side(before: Version, after: Version) -> Compared:
    """The comparison, and what of it is read first."""
    compared = compared_versions(before.dossier, after.dossier)
    was, now = before.told, after.told
    served, serves = before.serving, after.serving
    names = [part.id for part in after.preread.criteria]
    gained = {
        name: _sentences(_gained(compared, now.get(name, NONE), serves.get(name, NONE), was.get(name, NONE)))
        for name in names
    }
    lost = {
        name: _sentences(_lost(compared, was.get(name, NONE), served.get(name, NONE), now.get(name, NONE)))
        for name in names
    }
    report = ComparisonReport(
        sentences=tuple(
            SentenceChange(change=one.kind, before=_placed(one.before), after=_placed(one.after))
            for one in compared.changes
        ),
        unchanged=compared.unchanged,
        criteria=tuple(
            CriterionChange(
                id=name,
                gained=tuple(one.text for one in gained[name]),
                lost=tuple(one.text for one in lost[name]),
            )
            for name in names
        ),
    )
    new, gone = after.first, before.first
    passages = (_passages(name, gained[name], new.get(name, {}), lost[name], gone.get(name, {})) for name in names)
    return Compared(
        report, tuple(one for one in passages if one.gained or one.lost or one.near_gained or one.near_lost)
    )


def _passages(
    name: str,
    gained: Sequence[Sentence],
    new: Mapping[str, int],
    lost: Sequence[Sentence],
    gone: Mapping[str, int],
) -> ChangedPassages:
    here = sorted((one for one in gained if one.id in new), key=lambda one: new[one.id])
    there = sorted((one for one in lost if one.id in gone), key=lambda one: gone[one.id])
    return ChangedPassages(
        name,
        tuple(_place(one) for one in here),
        tuple(_place(one) for one in there),
        len(gained) - len(here),
        len(lost) - len(there),
    )


def _gained(
    compared: VersionComparison, told: frozenset[str], serves: frozenset[str], was: frozenset[str]
) -> Iterable[Sentence | None]:
    """Sentences added that speak of a criterion; sentences in other words that serve it, and did not speak of it before.

    What stands still or only moved, and what changed by a figure alone, is neither gained nor lost: it may come into a
    list or fall out of one because others do.
    """
    for change in compared.changes:
        if change.kind == "added" and _id(change.after) in told:
            yield change.after
        if _turned(change, serves, was, forward=True):
            yield change.after


def _lost(
    compared: VersionComparison, told: frozenset[str], served: frozenset[str], now: frozenset[str]
) -> Iterable[Sentence | None]:
    for change in compared.changes:
        if change.kind == "removed" and _id(change.before) in told:
            yield change.before
        if _turned(change, served, now, forward=False):
            yield change.before


def _turned(change: Change, serves: frozenset[str], other: frozenset[str], *, forward: bool) -> bool:
    """In other words it serves on one side, and does not even speak of it on the other."""
    here, there = (change.after, change.before) if forward else (change.before, change.after)
    return change.kind == "reworded" and _id(here) in serves and _id(there) not in other


def _placed(sentence: Sentence | None) -> PlacedSentence | None:
    return None if sentence is None else _place(sentence)


def _place(sentence: Sentence) -> PlacedSentence:
    return PlacedSentence(id=sentence.id, page=sentence.page, text=sentence.text)


def _id(sentence: Sentence | None) -> str:
    return "" if sentence is None else sentence.id


def _sentences(found: Iterable[Sentence | None]) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in found if sentence is not None)
