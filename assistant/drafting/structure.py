"""What a drafted statement may look like: its signs, its length, its quotations, and the verbs of its few usual subjects.

Everything here can be read in `structure.yaml`. Marks, symbols, colours and English are refused whatever is said, unless they
stand word for word in the cited sentences; a quotation that does not stand there is withheld.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.drafting.clauses import QUOTE, plain, sentences, tokens
from assistant.drafting.turns import copied, spaced, turns_of
from assistant.text import fold

FILE = Path(__file__).with_name("structure.yaml")
Form = Literal["form", "turn", "length", "quotation", "english", "verb"]
_MACRO = re.compile(r"<([a-z_]+)>")
_SKIPPED = frozenset(["ne", "n", "se", "s", "y", "en", "lui", "leur", "le", "la", "l", "les", "me", "nous", "vous"])
_AUXILIARY = frozenset(
    ["a", "ont", "est", "sont", "etait", "etaient", "avait", "avaient", "fut", "sera", "seront", "peut", "doit", "ete"]
)
_CUT = re.compile(r"(?<!\d),|,(?!\d)|[:()–—]|\s-\s")
_ENDINGS = re.compile(r"(?:ees|ee|es|e|s)$")
ENGLISH_ALONE = 4
"""A statement of at most so many words is English when every word is."""


class Shape(BaseModel):
    """A pattern that is refused; `unless` spares the clause it is found in."""

    model_config = ConfigDict(extra="forbid")

    name: str
    pattern: str
    unless: str | None = None


class Subject(BaseModel):
    """Verbs that may follow certain nouns at the beginning of a clause, and participles that may follow "est"."""

    model_config = ConfigDict(extra="forbid")

    about: str
    nouns: str
    verbs: str
    be: str


class StructureFile(BaseModel):
    """What `structure.yaml` may hold."""

    model_config = ConfigDict(extra="forbid")

    most_words: int
    words: dict[str, str]
    forms: list[Shape]
    folded: list[Shape]
    english: str
    says: str
    subjects: list[Subject]


@dataclass(frozen=True, slots=True)
class Fault:
    """Words of a statement that may not stand, as they read (folded where case says nothing), and why.

    Not `firm` where they could be said more plainly and judge nothing.
    """

    why: Form
    words: str
    firm: bool = True


@dataclass(frozen=True, slots=True)
class _Shape:
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Subject:
    nouns: re.Pattern[str]
    verbs: frozenset[str]
    be: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Structure:
    most_words: int
    forms: tuple[_Shape, ...]
    folded: tuple[_Shape, ...]
    english: frozenset[str]
    says: frozenset[str]
    subjects: tuple[_Subject, ...]


@cache
def _structure() -> _Structure:
    file = StructureFile.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    return _Structure(
        file.most_words,
        tuple(_shape(one, file.words) for one in file.forms),
        tuple(_shape(one, file.words) for one in file.folded),
        frozenset(file.english.split()),
        frozenset(_bare(word) for word in fold(file.says).split()),
        tuple(
            _Subject(
                re.compile(rf"^(?:(?:et|mais|car|que|or) )?{_filled(one.nouns, file.words)} "),
                frozenset(_bare(word) for word in fold(one.verbs).split()),
                frozenset(_bare(word) for word in fold(one.be).split()),
            )
            for one in file.subjects
        ),
    )


def _shape(one: Shape, words: Mapping[str, str]) -> _Shape:
    unless = re.compile(_filled(one.unless, words)) if one.unless else None
    return _Shape(re.compile(_filled(one.pattern, words)), unless)


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda match: words[match.group(1)], pattern)
    return pattern


def _bare(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > 3 else word


def structural_faults(text: str, cited: Sequence[str] = (), quotable: Sequence[str] = ()) -> tuple[Fault, ...]:
    """What in the look of a statement may not stand; `cited` and `quotable` as for the gate (`neutrality.py`)."""
    source = folded_source(cited)
    return (
        *_quotations(text, folded_source([*cited, *quotable])),
        *_forms(text, source),
        *(Fault("turn", turn.words, turn.firm) for turn in turns_of(text, source)),
        *_length(text),
        *_english(text),
        *_verbs(text),
    )


def folded_source(cited: Sequence[str]) -> str:
    """The cited sentences as quotes are compared with them."""
    return " ".join(spaced(one) for one in cited)


def _quotations(text: str, source: str) -> Iterator[Fault]:
    for match in QUOTE.finditer(text):
        inside = spaced(match.group()[1:-1]).strip(" .,;:!?…")
        if not inside or inside not in source:
            yield Fault("quotation", match.group())


def _forms(text: str, source: str) -> Iterator[Fault]:
    own = QUOTE.sub(" « » ", text)
    for shape in _structure().forms:
        if shape.unless is not None and shape.unless.search(fold(own)):
            continue
        for match in shape.pattern.finditer(own):
            if not copied(match.group(), source):
                yield Fault("form", match.group().strip())
    for sentence in sentences(plain(text)):
        for shape in _structure().folded:
            for match in shape.pattern.finditer(sentence):
                spared = shape.unless is not None and shape.unless.search(around(sentence, match))
                if not spared and not copied(match.group(), source):
                    yield Fault("form", match.group().strip())


def around(sentence: str, match: re.Match[str]) -> str:
    """The clause that a match stands in, from one comma, colon, bracket or dash to the next."""
    start = max((cut.end() for cut in _CUT.finditer(sentence, 0, match.start())), default=0)
    after = _CUT.search(sentence, match.end())
    return sentence[start : after.start() if after else len(sentence)]


def _length(text: str) -> Iterator[Fault]:
    if len(QUOTE.sub(" ", text).split()) > _structure().most_words:
        yield Fault("length", " ".join(text.split()[:8]))


def _english(text: str) -> Iterator[Fault]:
    said = tokens(plain(text))
    found = [token for token in dict.fromkeys(said) if token in _structure().english]
    words = [token for token in said if token.isalpha()]
    alone = 0 < len(words) <= ENGLISH_ALONE and all(word in _structure().english for word in words)
    if alone or len(found) >= 3:
        yield Fault("english", " ".join(found))


def _verbs(text: str) -> Iterator[Fault]:
    for sentence in sentences(plain(text)):
        for subject in _structure().subjects:
            match = subject.nouns.match(sentence)
            if match and not _described(sentence[match.end() :], subject):
                said = [token for token in tokens(sentence[match.end() :]) if token not in _SKIPPED]
                rare = bool(subject.verbs) and bool(said) and _bare(said[0]) in _structure().says
                yield Fault("verb", " ".join(sentence.split()[:6]), firm=not rare)


def _described(rest: str, subject: _Subject) -> bool:
    said = [token for token in tokens(rest) if token not in _SKIPPED]
    if not said or said[0] in {"de", "du", "des", "d", "«", "qui", "que"} or said[0][0].isdigit():
        return bool(subject.verbs)
    if said[0] not in _AUXILIARY:
        if _bare(said[0]) in subject.be and len(said) > 1:
            return True
        return _bare(said[0]) in subject.verbs
    after = [
        token for token in said[1:4] if token not in {*_AUXILIARY, "pas", "plus", "deja", "aussi", "ensuite", "jamais"}
    ]
    return bool(after) and (_bare(after[0]) in subject.be or _bare(after[0]) in subject.verbs)
