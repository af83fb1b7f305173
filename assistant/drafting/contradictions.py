"""Figures that may contradict each other: the same thing measured in the same unit, another number, however far apart.

Most figures that share a unit measure two things, or one at two moments. A pair is named only where what each sentence
begins with stands in the other, words beside the figures are the same, and neither says that it speaks of another time or of
a goal.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.dossier.model import Sentence
from assistant.drafting.task import OpposedPair
from assistant.text import content_words, fold, stem, stems

SHARED, NEAR = 3, 0.35
"""Content stems two sentences share at least, and their share of the shorter one's."""
BESIDE, SHARED_BESIDE = 6, 2
"""Content stems on each side of a figure that say what it measures, and how many of them both figures share at least."""
SUBJECT = 2
"""The first content stems of a sentence: what it speaks of; they stand in the other one, wherever it speaks of that."""
MOST = 3
_MEASURE = re.compile(r"(\d+(?:[ .]\d{3})*(?:,\d+)?)\s*(%|€|[a-z]{1,20})")
_UNITS = {"euro": "€", "eur": "€", "heur": "h", "minut": "min", "pourcent": "%"}
_NOT_UNITS = frozenset(["a", "et", "ou", "de", "le", "la", "les", "par", "pour", "sur", "en", "dont", "au"])
_MONTHS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()  # noqa: SIM905
)
_PASSING = frozenset(
    stem(word)
    for word in "semaine semaines mois annee annees jour jours chaque heure heures minute minutes total tout moyenne".split()  # noqa: SIM905
)
"""Stems that say when or how much before what is spoken of: "Chaque semaine, la ressaisie…"."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHER_TIME = re.compile(
    r"\b(?:avant|apres|auparavant|desormais|aujourd'hui|maintenant|jadis|objectifs?|cibles?|but|vis(?:e|ait|er|ons)"
    r"|prev(?:u|ue|oit|oyait)|esper\w*|passe(?:e|es|r)? (?:de|a)|au lieu|contre)\b"
)
"""Before and after, hoped for and reached: two numbers for one thing that contradict nothing."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with the stems beside it."""

    unit: str
    value: str
    beside: frozenset[str]


def conflicting_figures(sentences: Sequence[Sentence], found: frozenset[str] | None = None) -> tuple[OpposedPair, ...]:
    """At most `MOST` pairs, the nearest in words first: a hint for whoever drafts, never a finding by itself.

    `found`: ids of which each pair holds one at least. Two rows of tables are no pair: each measures another thing.
    """
    measured = [
        (one, tuple(_measures(one.text)), [word for word in stems(one.text) if not word[0].isdigit()])
        for one in sentences
        if _MEASURE.search(folded := fold(one.text)) and not _OTHER_TIME.search(folded)
    ]
    pairs: list[tuple[float, OpposedPair]] = []
    for (one, figures, said), (other, others, told) in combinations((m for m in measured if m[1]), 2):
        if (found is not None and found.isdisjoint((one.id, other.id))) or one.kind == other.kind == "row":
            continue
        shared = len({*said} & {*told})
        near = shared / max(1, min(len({*said}), len({*told})))
        if (
            shared >= SHARED
            and near >= NEAR
            and _subject(said) <= {*told}
            and _subject(told) <= {*said}
            and _moments(one.text) == _moments(other.text)
            and _differ(figures, others)
        ):
            pairs.append((near, OpposedPair(one.id, other.id)))
    pairs.sort(key=lambda pair: -pair[0])
    return tuple(pair for _, pair in pairs[:MOST])


def _subject(said: Sequence[str]) -> frozenset[str]:
    return frozenset([word for word in said if word not in _PASSING][:SUBJECT])


def _differ(figures: Sequence[_Measured], others: Sequence[_Measured]) -> bool:
    """Whether some figure has another value in the other sentence, which does not give its own as well."""
    return any(
        one.unit == other.unit
        and one.value not in {same.value for same in others if same.unit == one.unit}
        and other.value not in {same.value for same in figures if same.unit == one.unit}
        and len(one.beside & other.beside) >= SHARED_BESIDE
        for one in figures
        for other in others
    )


def _moments(text: str) -> frozenset[str]:
    """The years and months that a sentence names."""
    return frozenset(word for word in content_words(text) if word in _MONTHS or _YEAR.fullmatch(word))


def _measures(text: str) -> Iterator[_Measured]:
    folded = fold(text)
    for match in _MEASURE.finditer(folded):
        number, unit = match.groups()
        if unit in _NOT_UNITS:
            continue
        name = stem(unit) if len(unit) > 3 else unit
        value = number.replace(" ", "").replace(".", "")
        around = (*stems(folded[: match.start()])[-BESIDE:], *stems(folded[match.end() :])[:BESIDE])
        yield _Measured(_UNITS.get(name, name), value, frozenset(word for word in around if not word[0].isdigit()))
