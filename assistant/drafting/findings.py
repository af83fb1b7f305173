"""The state of each requirement, out of the ranking and, where there was one, the full reading."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.dossier.model import Dossier, Sentence
from assistant.drafting.task import FullReading, Relation, RequirementFinding, Task
from assistant.matching.match import CriterionMatch, RequirementMatch
from assistant.referentiel.model import Criterion, Requirement
from assistant.result import RequirementState

BESIDE: tuple[Relation, ...] = ("contradicts", "admits", "mentions")
VISUAL = frozenset({"figure", "screenshot"})
RELATION_ORDER = {"supports": 0, "contradicts": 1, "admits": 2, "mentions": 3}


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
                _state(criterion, requirement, met, _not_all_read(matched, reading), bool(not_whole)),
                kept,
                matched.nearest,
                requirement.min_count,
                requirement.unit,
                *(_related(requirement.id, relation, reading, sentences) for relation in BESIDE),
            )
        )
    return tuple(found)


def _met(name: str, found: Sequence[RequirementFinding]) -> bool:
    """Whether a full reading found the requirement this one leans on; one listed later is not held against it."""
    return all(bool(finding.sentences) for finding in found if finding.id == name)


def _not_all_read(matched: RequirementMatch, reading: FullReading) -> bool:
    """A window that failed, or a sentence kept at home that the ranking holds near: no gap may rest on that."""
    return bool(reading.failed_pages) or not frozenset(reading.kept_home).isdisjoint(
        (*matched.sentences, *matched.nearest)
    )


def _state(
    criterion: Criterion, requirement: Requirement, met: bool, not_all_read: bool, not_whole: bool
) -> RequirementState:
    if criterion.oral_only:
        return "oral_only"
    if met:
        return "found"
    looked_for_in_pictures = requirement.kinds[0] in VISUAL
    if not_all_read or (not_whole and looked_for_in_pictures):
        return "unread"
    return "not_found"


def _sentences_for(
    requirement: str, matched: RequirementMatch, reading: FullReading, sentences: Mapping[str, Sentence]
) -> tuple[str, ...]:
    """What a full reading found, or what the ranking holds likely where none took place."""
    return _related(requirement, "supports", reading, sentences) if reading.took_place else matched.sentences


def _related(
    requirement: str, relation: Relation, reading: FullReading, sentences: Mapping[str, Sentence]
) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            find.sentence
            for find in reading.finds
            if find.requirement == requirement and find.relation == relation and find.sentence in sentences
        )
    )


def _with_finds(
    match: CriterionMatch, criterion: Criterion, reading: FullReading, sentences: Mapping[str, Sentence]
) -> CriterionMatch:
    """Finds are read before anything that the ranking alone proposed; where only the oral can show it, they stand alone."""
    asked = {requirement.id for requirement in criterion.asked}
    finds = [find for find in reading.finds if find.requirement in asked and find.sentence in sentences]
    rank = {sid: place for place, sid in enumerate(match.evidence)}
    finds.sort(key=lambda find: (RELATION_ORDER[find.relation], rank.get(find.sentence, len(rank))))
    proposed = () if criterion.oral_only and reading.took_place else match.evidence
    return replace(match, evidence=tuple(dict.fromkeys([*(find.sentence for find in finds), *proposed])))
