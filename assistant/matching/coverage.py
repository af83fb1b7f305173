"""What a dossier covers, counted over a cohort without a model: states estimated for all dossiers and criteria at once.

One dossier alone tells little: how near its sentences come to a criterion depends on the words of the criterion and on
how the person writes. Over a cohort both can be told apart. Model: the level of dossier i on criterion c is normal around
m[state] + criterion[c] + dossier[i], where criteria and dossiers differ normally and the states of a criterion have a
share of their own, drawn towards the usual shares (a mixture with random effects, fitted by expectation-maximisation).
Its constants were fitted on eight labelled dossiers; `benchmarks/cohort_fit.py` fits them anew after a calibration, and
says how well those left out are counted.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.matching.match import CriterionMatch, Ranking
from assistant.result import CriterionPart, PreRead, RequirementState

Numbers = NDArray[np.float64]
Presence = Literal["found", "partial", "not_found"]
LEVELS = np.array([-6.665, -5.862, -5.278])
"""Mean level of a criterion that is absent, partly there, there, in a dossier of USUAL sentences."""
SPREAD, CRITERIA_SPREAD, DOSSIERS_SPREAD = 0.67, 0.51, 0.39
"""Standard deviations: around that mean, between criteria, between dossiers."""
SHARES = np.array([0.295, 0.187, 0.518])
"""Usual shares of the three states; they count for as much as PRIOR dossiers."""
PRIOR = 3.0
USUAL, PER_DOUBLING = 59, 1.0
"""A longer dossier comes nearer by chance: so much, on a level, for twice the sentences."""
ROUNDS = 60
PASSAGES = 3


class PassageAt(BaseModel):
    """A sentence found for a criterion, at its page (1-based)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    page: int
    text: str


class CoveragePart(BaseModel):
    """How near a dossier comes to one criterion: log odds of its likeliest sentences, and of each requirement's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    near: float
    requirements: Mapping[str, float]
    states: Mapping[str, RequirementState]
    told: tuple[str, ...] = ()
    """Sentences that may speak of it."""
    passages: tuple[PassageAt, ...] = ()
    """The first of those found for it, or of those shown, in reading order."""

    @property
    def level(self) -> float:
        """The criterion's sentences and the requirements', each for half."""
        return self.near + sum(self.requirements.values()) / max(1, len(self.requirements))


class Coverage(BaseModel):
    """One dossier: what drafted its pre-read, how many of its sentences could be evidence, and each criterion."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    drafter: str
    sentences: int
    criteria: tuple[CoveragePart, ...]


def coverage_of(ranking: Ranking, preread: PreRead, sentences: int) -> Coverage:
    """What of a pre-read and its ranking a cohort is counted from."""
    matches = {match.id: match for match in ranking.criteria}
    return Coverage(
        drafter=preread.provenance.drafter,
        sentences=sentences,
        criteria=tuple(_part(part, matches.get(part.id)) for part in preread.criteria),
    )


def _part(part: CriterionPart, match: CriterionMatch | None) -> CoveragePart:
    found = {sid for one in part.requirements if one.state == "found" for sid in one.evidence}
    # Where none was held found, those shown to be looked at: over a cohort they may turn out to be passages.
    read = [item for item in part.evidence if item.id in (found or part.shown)]
    return CoveragePart(
        id=part.id,
        near=match.near if match else 0.0,
        requirements={one.id: one.near for one in match.requirements} if match else {},
        states={one.id: one.state for one in part.requirements},
        told=match.told if match else (),
        passages=tuple(PassageAt(id=one.id, page=one.page, text=one.quote) for one in read[:PASSAGES]),
    )


def states(coverages: Sequence[Coverage], criteria: Sequence[str]) -> list[dict[str, Presence]]:
    """For each dossier, the state of each of these criteria that it was searched for.

    The counts of a criterion come first (what the shares of its states add up to); the dossiers nearest to it get them.
    """
    if not coverages or not criteria:
        return [{} for _ in coverages]
    level = np.full((len(coverages), len(criteria)), np.nan)
    place = {name: number for number, name in enumerate(criteria)}
    for row, one in enumerate(coverages):
        longer = np.log2(max(1, one.sentences) / USUAL)
        for part in one.criteria:
            if part.id in place:
                level[row, place[part.id]] = part.level - PER_DOUBLING * longer
    shares = shares_of(level)
    found: list[dict[str, Presence]] = [{} for _ in coverages]
    for column, name in enumerate(criteria):
        known = np.flatnonzero(~np.isnan(level[:, column]))
        for row, state in _assigned(shares[known, column], known):
            found[row][name] = state
    return found


def _assigned(shares: Numbers, rows: NDArray[np.int64]) -> list[tuple[int, Presence]]:
    there = round(float(shares[:, 1:].sum()))
    wholly = min(there, round(float(shares[:, 2].sum())))
    nearest = np.argsort(shares[:, 0], kind="stable")
    whole = set(sorted(nearest[:there].tolist(), key=lambda row: -shares[row, 2])[:wholly])
    return [
        (int(rows[row]), "found" if row in whole else "partial" if rank < there else "not_found")
        for rank, row in enumerate(nearest.tolist())
    ]


def shares_of(level: Numbers) -> Numbers:
    """Likelihood of each state, of shape (dossiers, criteria, 3), for levels of which some may be unknown (nan)."""
    known = (~np.isnan(level)).astype(np.float64)
    value = np.nan_to_num(level)
    criterion, dossier = np.zeros(level.shape[1]), np.zeros(level.shape[0])
    share = np.tile(SHARES, (level.shape[1], 1))
    likely = np.tile(SHARES, (*level.shape, 1))
    for _ in range(ROUNDS):
        off = value[:, :, None] - LEVELS - criterion[None, :, None] - dossier[:, None, None]
        likely = share[None] * np.exp(-(off**2) / (2 * SPREAD**2)) + 1e-300
        likely /= likely.sum(axis=2, keepdims=True)
        left = (value - (likely * LEVELS).sum(axis=2)) * known
        criterion = (left - dossier[:, None] * known).sum(axis=0) / (
            known.sum(axis=0) + (SPREAD / CRITERIA_SPREAD) ** 2
        )
        dossier = (left - criterion[None] * known).sum(axis=1) / (known.sum(axis=1) + (SPREAD / DOSSIERS_SPREAD) ** 2)
        counted = (likely * known[:, :, None]).sum(axis=0) + PRIOR * SHARES
        share = counted / counted.sum(axis=1, keepdims=True)
    return likely
