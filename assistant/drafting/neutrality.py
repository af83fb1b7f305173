"""The neutrality gate: no drafted sentence may decide, weigh or praise.

What is judged (a criterion, the dossier, the candidate) and what is said of it are told apart: a facture may be
validated, a criterion may not; a stock may be insufficient, an analysis may not. The words and rules stand in
`neutrality.yaml`; wordings no rule foresees are told by their tone (`tone.py`). Words in quotation marks are never
checked: they are the candidate's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.drafting.tone import judges, score
from assistant.text import fold

Kind = Literal["decision", "points", "merit", "opinion", "comparison", "person", "tone"]
FIRM: frozenset[Kind] = frozenset(["decision", "points"])
"""Kinds that the tone of a sentence cannot excuse."""
CALM = -1.5
"""Below this score of tone, a sentence that only a softer rule stops passes."""
FILE = Path(__file__).with_name("neutrality.yaml")
QUOTE = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_MACRO = re.compile(r"<([a-z_]+)>")


class Rule(BaseModel):
    """A pattern that amounts to a verdict; `unless` names a kind of clause (under `spared`) in which it does not."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    pattern: str
    unless: str | None = None


class GateFile(BaseModel):
    """What `neutrality.yaml` may hold."""

    model_config = ConfigDict(extra="forbid")

    words: dict[str, list[str]]
    spared: dict[str, str]
    rules: list[Rule]


@dataclass(frozen=True, slots=True)
class Offence:
    """Words that amount to a verdict, folded, and of what kind."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class _Check:
    kind: Kind
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def _gate() -> tuple[_Check, ...]:
    file = GateFile.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    words: dict[str, str] = {}
    for name, alternatives in file.words.items():
        words[name] = f"(?:{'|'.join(_filled(one, words) for one in alternatives)})"
    spared = {name: re.compile(_filled(pattern, words)) for name, pattern in file.spared.items()}
    return tuple(
        _Check(rule.kind, re.compile(_filled(rule.pattern, words)), spared[rule.unless] if rule.unless else None)
        for rule in file.rules
    )


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    return _MACRO.sub(lambda match: words[match.group(1)], pattern)


def offences(text: str) -> tuple[Offence, ...]:
    """What in a drafted text amounts to a verdict; empty when it is neutral."""
    plain = re.sub(r"\s+", " ", fold(QUOTE.sub(" « » ", text)).replace("’", "'")).strip()
    found = _broken_rules(plain)
    if score(text) < CALM:
        found = tuple(one for one in found if one.kind in FIRM)
    if not found and judges(text):
        found = (Offence("tone", plain),)
    return found


def _broken_rules(plain: str) -> tuple[Offence, ...]:
    return tuple(
        Offence(check.kind, match.group())
        for check in _gate()
        for match in check.pattern.finditer(plain)
        if check.unless is None or not check.unless.search(_clause(plain, match.start()))
    )


def is_neutral(text: str) -> bool:
    """Whether a drafted text may be shown."""
    return not offences(text)


def _clause(plain: str, place: int) -> str:
    """From one full stop or semicolon to the next."""
    start = max(plain.rfind(mark, 0, place) for mark in ".;") + 1
    ends = [end for mark in ".;" if (end := plain.find(mark, place)) >= 0]
    return plain[start : min(ends, default=len(plain))]
