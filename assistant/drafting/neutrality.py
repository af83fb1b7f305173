"""The neutrality gate: no drafted sentence may decide, weigh or praise.

Three checks, the most readable first: what a statement may look like (`structure.py`), words and turns that amount to a
verdict (`neutrality.yaml`), and, for wordings that no rule foresees, the tone of its worst clause (`tone.py`). What is judged
(a criterion, the dossier, the candidate) and what is said of it are told apart: a facture may be validated, a criterion not.

A word of the cited sentences is the candidate's and excused; a quotation must stand there word for word.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.drafting.clauses import plain, sentences
from assistant.drafting.structure import Form, around, folded_source, structural_faults
from assistant.drafting.tone import weighed
from assistant.text import content_words, stem, words

Kind = Literal["decision", "points", "merit", "opinion", "comparison", "person", "phrase", "tone"] | Form
FIRM: frozenset[Kind] = frozenset(["decision", "points"])
"""Kinds of rules that only a very calm tone excuses."""
LOUD = 0.0
"""Above this the worst piece of a sentence is taken for a judgment. Chosen on sentences that were not learned from."""
CALM, VERY_CALM, SILENT = -1.5, -3.0, float("-inf")
"""Below these a sentence passes that only a softer rule, or a firm one, stops; set phrases are never excused."""
FILE = Path(__file__).with_name("neutrality.yaml")
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


def faults(text: str, cited: Sequence[str] = (), quotable: Sequence[str] = ()) -> tuple[Offence, ...]:
    """What in a drafted text may not be shown, with the words at fault; empty when it is neutral.

    `cited`: the sentences it rests on, as they stand, whose words it may take; `quotable`: the référentiel's own words, which
    it may take between quotation marks only.
    """
    source = folded_source(cited)
    excused = {stem(word) if len(word) > 3 else word for sentence in cited for word in content_words(sentence)}
    heard = weighed(text, excused)
    found = [Offence(fault.why, fault.words) for fault in structural_faults(text, cited, quotable)]
    found += [one for one in _broken_rules(plain(text), source, excused) if heard.score >= _excusing(one.kind)]
    if not found and heard.score > LOUD:
        found = [Offence("tone", heard.words)]
    return tuple(dict.fromkeys(found))


def _excusing(kind: Kind) -> float:
    if kind == "phrase":
        return SILENT
    return VERY_CALM if kind in FIRM else CALM


def _broken_rules(folded: str, source: str, excused: Collection[str]) -> list[Offence]:
    return [
        Offence(check.kind, match.group().strip())
        for sentence in sentences(folded)
        for check in _gate()
        for match in check.pattern.finditer(sentence)
        if not (check.unless and _spared(check.unless, sentence, match))
        and not _candidates(match.group(), check.kind, source, excused)
    ]


def _spared(unless: re.Pattern[str], sentence: str, match: re.Match[str]) -> bool:
    """Whether the clause of a match, or an attribution to others anywhere in the sentence, makes it a fact."""
    return bool(unless.search(around(sentence, match)) or _attributed().search(sentence))


@cache
def _attributed() -> re.Pattern[str]:
    words = GateFile.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8"))).words["others"]
    others = f"(?:{'|'.join(words)})"
    said = "juge|jugent|estime|trouve|trouvent|qualifie|parle|dit|disent|ecrit|note|annonce|reproche|rapporte"
    return re.compile(
        rf"\b(?:selon|d'apres|pour) (?:le|la|les|l'|un|une|deux|son|sa|ce|cette)? ?(?:\w+ )?{others}\b"
        rf"|\b{others}\b[^.;,]{{0,30}}\b(?:{said})\b"
    )


def _candidates(said: str, kind: Kind, source: str, excused: Collection[str]) -> bool:
    """Whether words stand in the cited sentences: all of them for a softer rule, in the same order for a firm one."""
    if kind in FIRM:
        return bool(source) and said.strip() in source
    told = [word for word in words(said) if len(word) > 3]
    return bool(told) and all(stem(word) in excused for word in told)


def is_neutral(text: str, cited: Sequence[str] = ()) -> bool:
    """Whether a drafted text may be shown."""
    return not faults(text, cited)
