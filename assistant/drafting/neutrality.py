"""The neutrality gate: no drafted sentence may decide, weigh or praise.

Four checks, the most readable first: what a statement may look like and who speaks in it (`structure.py`), words and turns
that amount to a verdict (`neutrality.yaml`), what it adds to the sentences it cites (`added.py`), and, for wordings that no
rule foresees, the tone of its worst clause (`tone.py`). What is judged (a criterion, the dossier, the candidate) and what is
said of it are told apart: a facture may be validated, a criterion not.

A word of the cited sentences is the candidate's and excused; a quotation must stand there word for word. A statement that
adds nothing but ordinary words reports; one that takes up no word of what it cites is not about it.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.drafting.added import Added, added, apart_clauses
from assistant.drafting.clauses import plain, sentences
from assistant.drafting.lexicon import kinds_of, saying, word_stem
from assistant.drafting.structure import Form, around, folded_source, structural_faults
from assistant.drafting.told import as_things, reported
from assistant.drafting.tone import about_nothing_found, excused_by, runs_of, weighed
from assistant.text import STOPWORDS, stem, words

Kind = Literal["decision", "points", "merit", "opinion", "comparison", "person", "phrase", "tone", "apart"] | Form
SET: frozenset[Kind] = frozenset(["points", "phrase"])
"""Kinds of rules that are read in the text as it stands: names of things and what people say excuse nothing."""
FIRM: frozenset[Kind] = frozenset(["decision", "points"])
"""Kinds of rules that only a very calm tone excuses."""
LOUD = 0.0
"""Above this the worst piece of a sentence is taken for a judgment. Chosen on sentences that were not learned from."""
CALM, VERY_CALM, SILENT = -1.5, -3.0, float("-inf")
"""Below these a sentence passes that only a softer rule, or a firm one, stops; set phrases are never excused."""
REPORTS = 2.0
"""By how much louder a statement may sound that adds no word of weight to what it cites."""
TELLS = 1.0
"""By how much louder one may sound that takes up words of what it cites."""
UNFORESEEN, MOST_UNFORESEEN = 0.6, 2
"""By how much calmer it must sound for each word, up to so many, that is neither cited nor ordinary."""
SEVERAL = 3.0
"""By how much calmer one must sound that adds two words or more, of weight or unforeseen: one harmless statement in fifty."""
ASIDE = -4.0
"""Above this a clause that takes up nothing of what is cited is a comment; below it tells of a day, a place or a person."""
MOST_LETTERS = 1_500
"""A longer text is no statement, and is not looked at."""
FILE = Path(__file__).with_name("neutrality.yaml")
_TELLS = frozenset(["who", "describe"])
"""Kinds of words that any statement is told with."""
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
    """Words that amount to a verdict, folded, and of what kind.

    When not `firm` they may as well be plain ones: they are named where their text is asked for again for another reason, and
    shown.
    """

    kind: Kind
    words: str
    firm: bool = True


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


def faults(
    text: str,
    cited: Sequence[str] = (),
    quotable: Sequence[str] = (),
    *,
    known: Sequence[str] = (),
    grounded: bool = True,
) -> tuple[Offence, ...]:
    """What in a drafted text may not be shown, with the words at fault; empty when it is neutral. As `offences`."""
    return firm(offences(text, cited, quotable, known=known, grounded=grounded))


def firm(found: Sequence[Offence]) -> tuple[Offence, ...]:
    """Those for which a text is withheld."""
    return tuple(one for one in found if one.firm)


def offences(
    text: str,
    cited: Sequence[str] = (),
    quotable: Sequence[str] = (),
    *,
    known: Sequence[str] = (),
    grounded: bool = True,
) -> tuple[Offence, ...]:
    """What in a drafted text must be said otherwise, with the words at fault, and whether it is withheld for it.

    `cited`: the sentences it rests on, as they stand, whose words it may take; `quotable`: the référentiel's own words, which
    it may take between quotation marks only; `known`: titles and headings over what is cited; `grounded`: whether it must
    take up a word of what it cites, as an observation does and a gap or a question need not.
    """
    if len(text) > MOST_LETTERS:
        return (Offence("length", " ".join(text[:80].split())),)
    text = _named(text, quotable)
    source = folded_source(cited)
    excused = excused_by(cited)
    heard = weighed(text, excused)
    more = added(text, cited, (*quotable, *known))
    reports = _reports(more)
    found = [Offence(fault.why, fault.words, fault.firm) for fault in structural_faults(text, cited, quotable)]
    found += _apart(text, cited, quotable, more) if cited and grounded else []
    found += [
        one
        for one in _broken_rules(plain(text), source, excused)
        if heard.score >= _excusing(one.kind, more) and not (reports and one.kind not in {*FIRM, "phrase"})
    ]
    if more.tells and more.judging and not _attributed().search(plain(text)):
        found.append(Offence("merit", " ".join(more.judging), firm=set(more.judging) != set(more.doubtful)))
    if not reports and not firm(found) and heard.score > _loud(more) and _sounds_apart(text, excused, more):
        again = weighed(text, excused.union(map(word_stem, (*more.asked, *saying()))), runs_of(cited))
        loud = again.score > _loud(more.without_asked()) and _added_sounds(text, excused, more)
        if loud or not found:
            found.append(Offence("tone", (again if loud and found else heard).words, firm=loud))
    return tuple(dict.fromkeys(found))


def _sounds_apart(text: str, excused: Collection[str], more: Added) -> bool:
    """Whether a piece that holds a word of weight or an unforeseen one is loud, or another very loud; asked where nothing is
    told of what is cited."""
    if more.tells:
        return True
    beside = (*more.weighing, *more.unforeseen)
    return weighed(text, excused).score > LOUD + REPORTS or weighed(text, excused, among=beside).score > LOUD


def _added_sounds(text: str, excused: Collection[str], more: Added) -> bool:
    """Whether what sounds like a judgment holds a word that the statement added: where none of them weighs, a piece of cited
    and ordinary words reports."""
    if not more.tells or more.without_asked().weighing:
        return True
    return weighed(text, excused, among=more.unforeseen).score > _loud(more)


_REQUIREMENT = re.compile(r"(\bl['’](?:exigence|attendu|indicateur)\s+)([^\s«\"“,;:.][^«»\"“,;:.]*)")


def _named(text: str, quotable: Sequence[str]) -> str:
    """A requirement's own words after "l’exigence", given the quotation marks that were left out."""
    known = folded_source(quotable)

    def marked(match: re.Match[str]) -> str:
        said = match.group(2).split()
        for end in range(len(said), 0, -1):
            if " ".join(words(" ".join(said[:end]))) in known:
                return f"{match.group(1)}« {' '.join(said[:end])} » {' '.join(said[end:])}".rstrip()
        return match.group()

    return _REQUIREMENT.sub(marked, text) if quotable else text


def _apart(text: str, cited: Sequence[str], quotable: Sequence[str], more: Added) -> list[Offence]:
    """A statement of weight, or a clause, about nothing that it cites."""
    beside = (*more.weighing, *more.unforeseen)
    if beside and not more.shares and not about_nothing_found(text):
        return [Offence("apart", " ".join(beside))]
    excused = excused_by(cited)
    return [
        Offence("apart", clause)
        for clause in apart_clauses(text, (*cited, *quotable))
        if weighed(clause, excused).score > ASIDE
    ]


def _reports(more: Added) -> bool:
    """Whether a statement adds only ordinary words to what it cites."""
    return more.tells and not (more.weighing or more.unforeseen)


def _loud(more: Added) -> float:
    """How loud a statement may sound, by what it adds to what it cites; one that cites nothing adds all its words."""
    if not more.tells:
        return LOUD if more.weighing or more.unforeseen else LOUD + REPORTS
    weight = 0.0 if more.weighing else REPORTS
    several = SEVERAL * (len(more.weighing) + len(more.unforeseen) > 1)
    return LOUD + TELLS + weight - several - UNFORESEEN * min(MOST_UNFORESEEN, len(more.unforeseen))


def _excusing(kind: Kind, more: Added) -> float:
    """How calm a statement must sound that breaks a rule and passes all the same."""
    if kind == "phrase":
        return SILENT
    judges = any({"praise", "blame"}.intersection(kinds_of(word)) for word in more.weighing)
    return VERY_CALM if judges or kind in FIRM else CALM


def _broken_rules(folded: str, source: str, excused: Collection[str]) -> list[Offence]:
    return [
        Offence(check.kind, sentence[match.start() : match.end()].strip())
        for sentence in sentences(folded)
        for check in _gate()
        for match in check.pattern.finditer(sentence if check.kind in SET else as_things(sentence))
        if not _their_word(sentence, match, check.kind)
        and not (check.unless and _spared(check.unless, sentence, match))
        and not _candidates(match.group(), check.kind, source, excused)
    ]


def _their_word(sentence: str, match: re.Match[str], kind: Kind) -> bool:
    """Whether a match reaches into what a person is said to say of anything but the work."""
    return kind not in SET and any(match.end() > start and match.start() < end for start, end in reported(sentence))


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
    told = [word for word in words(said) if len(word) > 3 and word not in STOPWORDS and not _TELLS & {*kinds_of(word)}]
    return bool(told) and all(stem(word) in excused for word in told)


def is_neutral(text: str, cited: Sequence[str] = ()) -> bool:
    """Whether a drafted text may be shown."""
    return not faults(text, cited)
