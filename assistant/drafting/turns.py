"""Who speaks in a statement, and to whom (`turns.yaml`): asides, exclamations and questions to nobody weigh in disguise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.drafting.clauses import plain, sentences, tokens
from assistant.drafting.lexicon import kinds_of, word_stem
from assistant.text import fold

FILE = Path(__file__).with_name("turns.yaml")
_ASIDE = re.compile(r"\(([^()]{2,40})\)|(?:[:;–—]|,| - )\s*([^,:;.()–—]{2,40})(?=[.\s]*$)")
_PRONOUNS = r"(?:ne |n'|y |en |l'|les? |la |lui |leur |s'|se )*"
_ON = re.compile(rf"\W*(?:l')?on {_PRONOUNS}(\w+)")
_CLAUSE_END = re.compile(r"(?<!\d),|,(?!\d)|[:()–—]|\s-\s")
LEAST_TAKEN_UP = 4
"""Words and signs of a clause that is held to be taken from a cited sentence: "c’était la date"."""
_MODAL = frozenset(
    word_stem(word)
    for word in (
        "aimerait",
        "attend",
        "peut",
        "pouvait",
        "doit",
        "devait",
        "voudrait",
        "dirait",
        "sent",
        "devine",
        "est",
        "a",
    )
)
_QUESTION = re.compile(r"[^.;!?]+(?=\?)")
_TO_CANDIDATE = re.compile(r"\b(?:vous|votre|vos)\b")
_INTERROGATIVE = re.compile(
    r"^(?:(?:et|mais|en|a|aux?|d'|de|du|des|par|pour|sur|dans|avec|depuis|jusqu'a|selon|vers|entre|apres|avant|sous|chez) ?)*"
    r"(?:qu(?:'|e|i|oi)?|quel(?:le)?s?|lesquel(?:le)?s|lequel|laquelle|ou|quand|comment|pourquoi|combien|partir)\b"
)
_OF_A_THING = re.compile(
    r"^(?!(?:le|la|ce|cet|cette|son|sa|une?|tel|quel|pareil) "
    r"(?:dossier|memoire|candidate?|travail|analyse|texte|niveau|demarche)\b)"
    r"(?:y a-t-il|est-ce que|.*\b\w+-(?:t-)?(?:il|elle)s?\b|.*\blequel\b|.*\blaquelle\b)"
)


class Turn(BaseModel):
    """A pattern that is refused in a sentence, unless it also holds `unless`."""

    model_config = ConfigDict(extra="forbid")

    name: str
    pattern: str
    unless: str | None = None


class TurnsFile(BaseModel):
    """What `turns.yaml` may hold."""

    model_config = ConfigDict(extra="forbid")

    turns: list[Turn]


@dataclass(frozen=True, slots=True)
class _Shape:
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def _shapes() -> tuple[_Shape, ...]:
    file = TurnsFile.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    return tuple(_Shape(re.compile(one.pattern), re.compile(one.unless) if one.unless else None) for one in file.turns)


@dataclass(frozen=True, slots=True)
class Refused:
    """The words of a turn; not `firm` where they only take up the candidate's own "on"."""

    words: str
    firm: bool = True


def turns_of(text: str, source: str) -> Iterator[Refused]:
    """Each turn that may not stand; a sentence or an aside copied whole from the cited ones (`source`) may."""
    yield from _turns(text, source)
    yield from _asides(text, source)


def _turns(text: str, source: str) -> Iterator[Refused]:
    folded = plain(text)
    asked = {question.strip() for question in _QUESTION.findall(folded)}
    for sentence in sentences(folded):
        whole = f"{sentence} ?" if sentence in asked else sentence
        for shape in _shapes():
            match = shape.pattern.search(sentence)
            spared = shape.unless is not None and shape.unless.search(whole)
            if match and not spared and not _taken_up(sentence, match, source):
                yield Refused(match.group().strip(" ,:("), firm=not _their_on(sentence, match, source))
    for asked in _QUESTION.findall(folded):
        if not (_TO_CANDIDATE.search(asked) or _asks(asked) or _OF_A_THING.match(asked.strip())):
            yield Refused(asked.strip())


def _asks(question: str) -> bool:
    """Whether a clause of a question begins by an interrogative word: "pour la livraison, qui a signé ?"."""
    first, *others = (clause.strip() for clause in _CLAUSE_END.split(question))
    return bool(_INTERROGATIVE.match(first)) or any(
        _INTERROGATIVE.match(one) and not one.startswith(("a quand", "pour quoi", "que d")) for one in others
    )


def _taken_up(sentence: str, match: re.Match[str], source: str) -> bool:
    """Whether a sentence, or all that follows from a turn to the end of its clause, stands in the cited ones."""
    if sentence.strip(" .") in source:
        return True
    clause = _CLAUSE_END.split(sentence[match.start() :].lstrip(" ,:("))[0]
    return len(tokens(clause)) >= LEAST_TAKEN_UP and copied(clause, source)


def _their_on(sentence: str, match: re.Match[str], source: str) -> bool:
    """Whether "on" does what it does in the cited sentences: it is the candidate's team, a trade or anybody, not a reader."""
    said = _ON.match(sentence, match.start())
    theirs = {word_stem(word) for word in tokens(source)} - _MODAL
    return said is not None and word_stem(said.group(1)) in theirs


def _asides(text: str, source: str) -> Iterator[Refused]:
    """A remark of a word or two, in brackets or set apart at the end, that only weighs."""
    for match in _ASIDE.finditer(plain(text)):
        said = tokens(match.group(1) or match.group(2) or "")
        apart = {"praise", "blame", "degree"} | ({"either"} if match.group()[0] != "," else set())
        weighs = [token for token in said if apart.intersection(kinds_of(token))]
        if said and len(weighs) == len(said) and not copied(match.group(1) or match.group(2), source):
            yield Refused(match.group().strip())


def spaced(text: str) -> str:
    """Folded, straight apostrophes, one space between words: how quotes are compared."""
    return re.sub(r"\s+", " ", fold(text).replace("’", "'")).strip()


def copied(words: str, source: str) -> bool:
    """Whether words stand whole in the cited sentences."""
    told = spaced(words).strip(' :.,;(«»"“”')
    return bool(told) and bool(re.search(rf"(?<!\w){re.escape(told)}(?!\w)", source))
