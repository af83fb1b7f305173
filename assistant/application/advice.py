"""What a candidate reads of a criterion: where the draft speaks of it, and what was not found, as advice and a question.

No grade, no percentage, no comparison and no guess at what a jury will decide: places, and things to look at again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.referentiel.model import Criterion, EvidenceKind, Requirement
from assistant.result import CriterionPart, Evidence
from assistant.text import NBSP

EXTRACTIVE = "extractive"
MOST_PLACES = 4
QUESTIONS: Mapping[EvidenceKind, str] = {
    "text": "où votre dossier le dit-il, avec vos mots et un fait de votre entreprise",
    "figure": "quel schéma ou quelle image le montre, et quelle légende le dit",
    "table": "quel tableau le montre, et quelle phrase l’explique",
    "screenshot": "quelle capture d’écran le montre, et que faut-il y lire",
    "prompt": "où reproduisez-vous la consigne que vous avez donnée à l’outil",
    "number": "quel chiffre l’établit, et d’où vient-il",
}
"""What to ask of a requirement for which nothing was found, by the first kind of evidence it calls for."""
ORAL = "Ce critère se montre à la soutenance."


@dataclass(frozen=True, slots=True)
class Place:
    """Where the draft speaks of a criterion: a sentence, word for word; `added` since the version before."""

    sentence: str
    page: int
    quote: str
    by_ocr: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that was not found, said as something to look at, and a question in full."""

    text: str
    question: str


@dataclass(frozen=True, slots=True)
class CriterionAdvice:
    """One criterion of a draft. `questions`: to get ready for the oral, or drafted by the model."""

    id: str
    text: str
    places: tuple[Place, ...]
    advice: tuple[Advice, ...]
    questions: tuple[str, ...]
    oral: bool


def advice_on(part: CriterionPart, criterion: Criterion, added: frozenset[str] = frozenset()) -> CriterionAdvice:
    """What to tell about one criterion; `added` are sentences that the version before did not have."""
    asked = {requirement.id: requirement for requirement in criterion.asked}
    evidence = {item.id: item for item in part.evidence}
    advice = tuple(
        Advice(
            _not_found(asked[one.id], one.state == "unread", _nearest(one.search.nearest, evidence)),
            _ask(asked[one.id]),
        )
        for one in part.requirements
        if one.state in {"not_found", "unread"} and one.id in asked
    )
    lead = f"{criterion.lead} " if criterion.lead else ""
    return CriterionAdvice(
        criterion.id,
        f"{lead}{criterion.text}",
        tuple(_place(item, added) for item in _spoken(part)),
        advice,
        tuple(one.text for one in part.questions) if criterion.oral_only or not advice else (),
        criterion.oral_only,
    )


def _spoken(part: CriterionPart) -> list[Evidence]:
    """What is shown first, then the rest of what was found, few in all."""
    found = {sid for one in part.requirements if one.state == "found" for sid in one.evidence}
    shown = [item for item in part.evidence if item.id in found and item.id in part.shown]
    rest = [item for item in part.evidence if item.id in found and item.id not in part.shown]
    return (shown or rest)[:MOST_PLACES]


def _place(item: Evidence, added: frozenset[str]) -> Place:
    return Place(item.id, item.page, item.quote, item.source == "ocr", item.id in added)


def _nearest(ids: tuple[str, ...], evidence: Mapping[str, Evidence]) -> int | None:
    return next((evidence[sid].page for sid in ids if sid in evidence), None)


def _not_found(requirement: Requirement, unread: bool, nearest: int | None) -> str:
    name = f"«{NBSP}{requirement.name}{NBSP}»"
    if unread:
        return f"{name}{NBSP}: des pages n’ont pas pu être lues, ce point n’a pas été cherché partout."
    where = f" Le passage le plus proche est p.{NBSP}{nearest}." if nearest is not None else ""
    return f"{name}{NBSP}: pas repéré dans ce dossier, à vérifier.{where}"


def _ask(requirement: Requirement) -> str:
    if requirement.min_count and requirement.min_count > 1:
        count = (
            f"{requirement.min_count} {requirement.unit}" if requirement.unit else f"{requirement.min_count} éléments"
        )
        return f"Le référentiel demande au moins {count}{NBSP}: à quelles pages les lit-on{NBSP}?"
    question = QUESTIONS[requirement.kinds[0]]
    return f"{question[0].upper()}{question[1:]}{NBSP}?"
