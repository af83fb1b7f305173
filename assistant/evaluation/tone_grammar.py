"""Sentences made of frames and of the words of the lexicon, by kind: what the tone learns beside the written tables.

Agreement is not cared for: the tone sees stems. The same file gives the same sentences.
"""

import random
import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.drafting.lexicon import lexicon

FILE = Path(__file__).with_name("tone_grammar.yaml")
PER_FRAME = 16
"""Sentences made from one frame."""
Side = Literal["verdicts", "harmless"]
_SLOT = re.compile(r"\{(\w+)\}")


class Grammar(BaseModel):
    """What `tone_grammar.yaml` may hold: words by list, frames by kind."""

    model_config = ConfigDict(extra="forbid")

    lists: dict[str, str]
    verdicts: dict[str, list[str]]
    harmless: dict[str, list[str]]


@cache
def _grammar() -> Grammar:
    return Grammar.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@cache
def _lists() -> dict[str, list[str]]:
    known = {name: words.split() for name, words in lexicon().items()}
    own = {name: [one.strip() for one in words.split("|")] for name, words in _grammar().lists.items()}
    verbs = {
        "weigh3": [_third(verb) for verb in known["weigh"]],
        "weighed": [_participle(verb) for verb in known["weigh"]],
        "act2": [_participle(verb) for verb in known["act"]],
    }
    return known | own | verbs


def _third(verb: str) -> str:
    """The present tense's third person, near enough for a stem."""
    if verb.endswith("er"):
        return verb[:-1]
    return verb[:-2] + "t" if verb.endswith(("ir", "re")) else verb


def _participle(verb: str) -> str:
    if verb.endswith("er"):
        return verb[:-2] + "é"
    return verb[:-1] if verb.endswith("ir") else verb[:-2] + "u"


def made(side: Side) -> dict[str, list[str]]:
    """Sentences by kind, in a fixed order."""
    chance = random.Random(7)
    kinds = _grammar().verdicts if side == "verdicts" else _grammar().harmless
    return {
        kind: list(dict.fromkeys(_filled(frame, chance) for frame in frames for _ in range(PER_FRAME)))
        for kind, frames in kinds.items()
    }


def _filled(frame: str, chance: random.Random) -> str:
    text = _SLOT.sub(lambda slot: chance.choice(_lists()[slot.group(1)]), frame)
    return f"{text[:1].upper()}{text[1:]}."
