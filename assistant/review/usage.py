"""What people do with what was drafted: counted over many dossiers, never told of one candidate or one juror.

Method: shares with a 95 % interval of Wilson (1927), which holds for small counts and for shares near 0 or 1.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.review.values import ItemKind, Verdict

LEAST_ITEMS = 30
"""Items below which nothing is told."""
LEAST_DOSSIERS = 3
"""Dossiers below which a share would speak of one candidate."""
Z = 1.959964
"""Of the normal distribution, for an interval of 95 %."""


@dataclass(frozen=True, slots=True)
class TreatedItem:
    """One drafted item that a person treated, in which dossier."""

    dossier: str
    kind: ItemKind
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`, with the bounds of its interval, from 0 to 1."""

    count: int
    total: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Usage:
    """Statements (questions among them) taken over as they are, edited, set aside; gaps confirmed or answered « C’est là ».

    None where there is not enough to tell.
    """

    dossiers: int
    statements: int
    taken: Share | None
    edited: Share | None
    set_aside: Share | None
    gaps: int
    confirmed: Share | None
    answered: Share | None


def wilson(count: int, total: int) -> Share:
    """The share of `count` in `total` (at least 1) with its interval."""
    share, square = count / total, Z * Z / total
    middle = (share + square / 2) / (1 + square)
    half = Z * math.sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return Share(count, total, max(0.0, middle - half), min(1.0, middle + half))


def usage_of(items: Iterable[TreatedItem]) -> Usage:
    """Counts what was done with the items of one référentiel and one drafter."""
    treated = list(items)
    gaps = [one for one in treated if one.kind == "gap"]
    said = [one for one in treated if one.kind != "gap"]
    return Usage(
        len({one.dossier for one in treated}),
        len(said),
        _share(said, "adopted"),
        _share(said, "edited"),
        _share(said, "rejected"),
        len(gaps),
        _share(gaps, "adopted", "edited"),
        _share(gaps, "rejected"),
    )


def _share(items: list[TreatedItem], *verdicts: Verdict) -> Share | None:
    enough = len(items) >= LEAST_ITEMS and len({one.dossier for one in items}) >= LEAST_DOSSIERS
    return wilson(sum(one.verdict in verdicts for one in items), len(items)) if enough else None
