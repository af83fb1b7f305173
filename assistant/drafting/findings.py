"""The state of each requirement, out of the ranking and, where there was one, the full reading."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.dossier.model import Dossier, Sentence
from assistant.drafting.task import FullReading, RequirementFinding, SentenceLink, Task
from assistant.matching.match import CriterionMatch, RequirementMatch
from assistant.referentiel.model import Criterion, Requirement
from assistant.result import RequirementState

VISUAL = frozenset({"figure", "screenshot"})
RELATION_ORDER = {"supports": 0, "contradicts": 1, "mentions": 2}


def tasks_of(
    dossier: Dossier, criteria: Sequence[Criterion], matches: Sequence[CriterionMatch], reading: FullReading
) -> tuple[Task, ...]:
    """One task per criterion, with its requirements' states and its evidence in reading order."""
    sentences = {sentence.id: sentence for sentence in dossier.sentences}
    unread = dossier.unread_pages
    return tuple(
        Task(
            criterion,
            _with_finds(match, criterion, reading, sentences),
            _findings(criterion, match, reading, sentences, (*unread, *dossier.partial_pages)),
            sentences,
            len(dossier.ledger) - len(unread),
            unread,
            dossier.partial_pages,
        )
        for criterion, match in zip(criteria, matches, strict=True)
    )


def _findings(
    criterion: Criterion,
    match: CriterionMatch,
    reading: FullReading,
    sentences: Mapping[str, Sentence],
    not_whole: tuple[int, ...],
) -> tuple[RequirementFinding, ...]:
    found: list[RequirementFinding] = []
    for requirement, matched in zip(criterion.asked, match.requirements, strict=True):
        kept = _sentences_for(requirement.id, matched, reading, sentences)
        met = bool(kept) and (not reading.took_place or all(_met(name, found) for name in requirement.needs))
        found.append(
            RequirementFinding(
                requirement.id,
                requirement.text,
                requirement.name,
                _state(criterion, requirement, met, bool(reading.failed_pages), bool(not_whole)),
                kept,
                matched.nearest,
                requirement.min_count,
                requirement.unit,
                _against(requirement.id, reading, sentences),
            )
        )
    return tuple(found)


def _met(name: str, found: Sequence[RequirementFinding]) -> bool:
    """Whether a full reading found the requirement this one leans on; one listed later is not held against it."""
    return all(bool(finding.sentences) for finding in found if finding.id == name)


def _state(
    criterion: Criterion, requirement: Requirement, met: bool, window_failed: bool, not_whole: bool
) -> RequirementState:
    if criterion.oral_only:
        return "oral_only"
    if met:
        return "found"
    looked_for_in_pictures = requirement.kinds[0] in VISUAL
    if window_failed or (not_whole and looked_for_in_pictures):
        return "unread"
    return "not_found"


def _sentences_for(
    requirement: str, matched: RequirementMatch, reading: FullReading, sentences: Mapping[str, Sentence]
) -> tuple[str, ...]:
    """What a full reading found stands before, or instead of, what the ranking holds likely."""
    finds = [
        f
        for f in reading.finds
        if f.requirement == requirement and f.relation == "supports" and f.sentence in sentences
    ]
    if reading.took_place:
        return tuple(dict.fromkeys(find.sentence for find in finds))
    return matched.sentences


def _against(requirement: str, reading: FullReading, sentences: Mapping[str, Sentence]) -> tuple[str, ...]:
    return tuple(
        f.sentence
        for f in reading.finds
        if f.requirement == requirement and f.relation == "contradicts" and f.sentence in sentences
    )


def _with_finds(
    match: CriterionMatch, criterion: Criterion, reading: FullReading, sentences: Mapping[str, Sentence]
) -> CriterionMatch:
    asked = {requirement.id for requirement in criterion.asked}
    finds = [f for f in reading.finds if f.requirement in asked and f.sentence in sentences]
    if not finds:
        return match
    ranked = dict(match.evidence)
    ordered = sorted(finds, key=lambda f: (RELATION_ORDER[f.relation], -ranked.get(f.sentence, 0.0)))
    first = {find.sentence: _score(find, ranked) for find in ordered}
    rest = [(sid, score) for sid, score in match.evidence if sid not in first]
    return replace(match, evidence=(*first.items(), *rest))


def _score(find: SentenceLink, ranked: Mapping[str, float]) -> float:
    """A find is read before anything the ranking alone proposed."""
    base = {"supports": 2.0, "contradicts": 1.5, "mentions": 1.0}[find.relation]
    return round(base + ranked.get(find.sentence, 0.0), 4)
