"""What an import found, held against the right answer: on letters and digits only."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.importing.gold import Gold, GoldCriterion


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one source. `wrong`: criteria found that no right answer has (invented, glued or split)."""

    name: str
    criteria: int
    found: int
    words: int
    places: int
    codes: int
    codes_printed: int
    points: int
    points_printed: int
    deliverables: int
    deliverables_right: int
    competences: int
    competences_right: int
    wrong: int
    unaccounted: int
    seconds: float
    missing: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()
    missing_deliverables: tuple[str, ...] = ()


def letters(text: str) -> str:
    """Letters and digits after NFKC, in small letters."""
    flat = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).lower()
    return re.sub(r"[\W_]+", "", flat)


def score(gold: Gold, content: dict[str, Any], unaccounted: int, seconds: float) -> Score:
    found = [(bloc, criterion) for bloc in content["blocs"] for criterion in bloc["criteria"]]
    texts = {c["id"]: c["text"] for bloc in content["blocs"] for c in bloc["competences"]}
    left = list(found)
    right, places, codes, points = 0, 0, 0, 0
    missing, misplaced = [], []
    for one in gold.criteria:
        mates = [
            pair
            for pair in left
            if letters(_said(pair[1])) == letters(one.text) or letters(_said(pair[1], True)) == letters(one.text)
        ]
        if not mates:
            missing.append(one.text)
            continue
        best = max(mates, key=lambda pair: (_placed(one, pair, texts), _code(one, pair[1])))
        left.remove(best)
        right += 1
        places += _placed(one, best, texts)
        if not _placed(one, best, texts):
            misplaced.append(f"{one.text[:60]} -> {best[1]['competences']} {best[0].get('title')}")
        codes += one.code is not None and _code(one, best[1])
        points += one.points is not None and best[1].get("points") == one.points
    got = Counter(letters(d["text"]) for m in _modalities(content) for d in m.get("deliverables", ()))
    handed = [d for d in gold.deliverables if got[letters(d)] > 0]
    known = {letters(text) for text in texts.values()}
    return Score(
        gold.name, len(gold.criteria), len(found), right, places,
        codes, sum(1 for c in gold.criteria if c.code), points, sum(1 for c in gold.criteria if c.points is not None),
        len(gold.deliverables), len(handed),
        len(gold.competences), sum(1 for c in gold.competences if letters(c) in known),
        len(left), unaccounted, seconds, tuple(missing), tuple(_said(pair[1]) for pair in left), tuple(misplaced),
        tuple(d for d in gold.deliverables if got[letters(d)] == 0),
    )  # fmt: skip


def _said(criterion: dict[str, Any], lead: bool = False) -> str:
    return " ".join([criterion.get("lead", "") if lead else "", criterion["text"], *criterion.get("indicators", ())])


def _modalities(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *content.get("general_modalities", ()),
        *(m for bloc in content["blocs"] for m in bloc.get("modalities", ())),
    ]


def _placed(one: GoldCriterion, pair: tuple[dict[str, Any], dict[str, Any]], texts: dict[str, str]) -> bool:
    bloc, criterion = pair
    owners = {letters(texts[c]) for c in criterion["competences"]}
    wanted = {letters(text) for text in one.owners}
    same_bloc = not one.bloc or letters(one.bloc) in letters(
        " ".join([bloc.get("source_code") or "", bloc.get("title") or ""])
    )
    right = bool(owners) and owners <= wanted if one.any_owner else owners == wanted
    return (right or (not wanted and not owners)) and same_bloc


def _code(one: GoldCriterion, criterion: dict[str, Any]) -> bool:
    return letters(one.code or "") == letters(criterion.get("source_code") or "")
