"""Criteria of several competences that an extraction has run together: each is given the competence it speaks of.

Both stand in the order of the page, so the criteria are cut into as many runs as there are competences, where the words
that a run has in common with its competence weigh most (dynamic programming; rare words weigh more than common ones).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from assistant.referentiel.authoring.draft import Competence, Criterion, Draft
from assistant.referentiel.authoring.structure import plainly

STEM, LEAST = 5, 4


def share_out(draft: Draft, criteria: Sequence[Criterion], competences: Sequence[Competence]) -> None:
    """Gives each criterion one of the competences, and says so among the doubts."""
    if len(competences) < 2 or len(criteria) < len(competences):
        return
    cuts = _cuts(
        [_stems(" ".join([c.text, *c.indicators])) for c in criteria], [_stems(one.text) for one in competences]
    )
    for criterion, owner in zip(criteria, cuts, strict=True):
        criterion.competences = [competences[owner]]
    texts = " ; ".join(
        f"{competences[owner].code or owner + 1} : {c.text[:60]}" for c, owner in zip(criteria, cuts, strict=True)
    )
    draft.doubt("shared_out", f"Rattachement proposé d’après les mots et l’ordre : {texts}", criteria[0].page)


def _stems(text: str) -> Counter[str]:
    return Counter(word[:STEM] for word in re.findall(r"[a-z]+", plainly(text)) if len(word) >= LEAST)


def _cuts(criteria: list[Counter[str]], competences: list[Counter[str]]) -> list[int]:
    """For each criterion the place of its competence; places never fall, and each is taken at least once."""
    every = [*criteria, *competences]
    spread = Counter(stem for words in every for stem in words)
    weight = {stem: math.log(len(every) / times) + 0.01 for stem, times in spread.items()}

    def near(one: Counter[str], other: Counter[str]) -> float:
        common = sum(weight[stem] for stem in one.keys() & other.keys())
        size = math.sqrt(sum(weight[s] for s in one) * sum(weight[s] for s in other))
        return common / size if size else 0.0

    count, owners = len(criteria), len(competences)
    best = [[-math.inf] * owners for _ in range(count)]
    for n in range(count):
        for k in range(max(0, owners - (count - n)), min(owners, n + 1)):
            before = 0.0 if n == 0 else max(best[n - 1][k], best[n - 1][k - 1] if k else -math.inf)
            best[n][k] = before + near(criteria[n], competences[k])
    places = [owners - 1]
    for n in range(count - 1, 0, -1):
        k = places[-1]
        places.append(k - 1 if k and best[n - 1][k - 1] >= best[n - 1][k] else k)
    return places[::-1]
