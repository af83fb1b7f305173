"""Clues for a new référentiel without a model: lent by requirements of the catalogue that ask nearly the same.

The vector store finds the nearest requirements of other référentiels; their clues are written down where they ask nearly
the same. Beside them a person is shown, requirement by requirement, clues of others that ask something like it, and what
a small French thesaurus says of the kinds of proof: what they keep is theirs. Nothing has to be kept: a requirement
without clues borrows words of the catalogue when a dossier is read (`matching/lending.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import Embedder
from assistant.matching.lending import Lenders
from assistant.referentiel.model import Criterion, Referentiel, Requirement
from assistant.text import content_words, fold, stems

NEIGHBOURS = 6
LEAST = 0.45
"""Cosine below which a requirement asks something else: clues lent from 0.16 on find less than none do (3 dossiers)."""
MOST_CLUES = 14
OF_ONE = 6
SHOWN_OF_ONE = 3
SHOWN_LEAST = 0.3
"""The same for what a person is only shown: they leave what does not fit."""
FROM_THESAURUS = 6


@dataclass(frozen=True, slots=True)
class Lender:
    """One requirement of another référentiel, with the criterion that asks it."""

    id: str
    said: str
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class Lent:
    """The référentiel with proposed clues, and how many requirements got some."""

    referentiel: Referentiel
    requirements: int
    clues: int


def with_lent_clues(
    referentiel: Referentiel, others: Sequence[Referentiel], embedder: Embedder, store: VectorStore
) -> Lent:
    """Fills the requirements that have no clue yet. Raises IndexFailure when the index cannot be used."""
    lenders = [one for other in others if other.id != referentiel.id for one in lenders_of(other)]
    asking = [
        (criterion, requirement)
        for criterion in referentiel.criteria()
        for requirement in criterion.requirements
        if not requirement.clues
    ]
    if not asking:
        return Lent(referentiel, 0, 0)
    proposed = _proposed(asking, lenders, embedder, store)
    blocs = []
    for bloc in referentiel.blocs:
        criteria = []
        for criterion in bloc.criteria:
            own = tuple(
                one.model_copy(update={"clues": proposed[one.id]}) if one.id in proposed else one
                for one in criterion.requirements
            )
            criteria.append(criterion.model_copy(update={"requirements": own}))
        blocs.append(bloc.model_copy(update={"criteria": tuple(criteria)}))
    made = referentiel.model_copy(update={"blocs": tuple(blocs)})
    return Lent(made, sum(bool(clues) for clues in proposed.values()), sum(len(c) for c in proposed.values()))


def lenders_of(referentiel: Referentiel) -> list[Lender]:
    return [
        Lender(f"{referentiel.id}/{requirement.id}", _said(criterion, requirement), requirement)
        for criterion in referentiel.criteria()
        for requirement in criterion.requirements
        if requirement.clues
    ]


def _said(criterion: Criterion, requirement: Requirement) -> str:
    """The requirement's words twice, for they say it; the criterion's once, for they say what it is about."""
    return f"{requirement.text} {requirement.text} {criterion.text}"


def _proposed(
    asking: Sequence[tuple[Criterion, Requirement]], lenders: Sequence[Lender], embedder: Embedder, store: VectorStore
) -> dict[str, tuple[str, ...]]:
    queries = embedder.embed([_said(criterion, requirement) for criterion, requirement in asking])
    scores = np.zeros((len(asking), len(lenders)), dtype=np.float32)
    if lenders:
        ids = [one.id for one in lenders]
        texts = [one.said for one in lenders]
        name = store.fill("lenders", ids, texts, embedder.embed(texts), embedder.name)
        scores = store.search(name, ids, queries, NEIGHBOURS).scores
    made: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for row, (criterion, requirement) in enumerate(asking):
        lent: list[str] = []
        for place in np.argsort(-scores[row], kind="stable")[:NEIGHBOURS]:
            if scores[row, place] < LEAST:
                break
            lent += lenders[place].requirement.clues[:OF_ONE]
        clues: list[str] = []
        for clue in lent[:MOST_CLUES]:
            key = fold(clue)
            if key not in taken and clue not in clues and _says_more(clue, criterion):
                clues.append(clue)
        taken |= {fold(clue) for clue in clues}
        made[requirement.id] = tuple(clues)
    return made


def proposed_clues(criterion: Criterion, requirement: Requirement, lenders: Lenders) -> tuple[str, ...]:
    """Clues that a person may keep for a requirement: those of the nearest ones, then kinds of proof."""
    near = lenders.nearest(requirement.text, criterion.text, NEIGHBOURS)
    found = [clue for one, cosine in near if cosine >= SHOWN_LEAST for clue in one.clues[:SHOWN_OF_ONE]]
    found += _from_thesaurus(requirement, criterion)[:FROM_THESAURUS]
    known = {fold(clue) for clue in requirement.clues}
    return tuple(one for one in dict.fromkeys(found) if fold(one) not in known and _says_more(one, criterion))


def _says_more(clue: str, criterion: Criterion) -> bool:
    return bool(set(stems(clue)) - set(stems(criterion.text)))


@cache
def _thesaurus() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    raw: Any = yaml.safe_load(Path(__file__).with_name("thesaurus.yaml").read_text(encoding="utf-8"))
    return tuple((frozenset(stem for word in row["said"] for stem in stems(word)), tuple(row["proofs"])) for row in raw)


def _from_thesaurus(requirement: Requirement, criterion: Criterion) -> list[str]:
    """What a dossier writes where these words are asked; the requirement's own words first, then the criterion's."""
    own = set(stems(" ".join(content_words(requirement.text))))
    around = set(stems(" ".join(content_words(criterion.text))))
    rows = [(len(keys & own), len(keys & around), proofs) for keys, proofs in _thesaurus()]
    hit = sorted((row for row in rows if row[0]), key=lambda row: -row[0])
    found: list[str] = []
    for depth in range(FROM_THESAURUS):
        found += [proofs[depth] for _, _, proofs in hit if depth < len(proofs)]
    return found
