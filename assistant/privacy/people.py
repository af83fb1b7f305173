"""Who is named in a dossier: people told by what surrounds a name, by lists, and by a named-entity model, together.

A run of capitals alone says nothing: sentences begin with one, headings are written in them, brands and towns carry
them. For each run the signs are weighed as rules a reader can read (`_is_person`); a word that the dossier also
writes in lower case, that follows an article, or that is a common word of the language is nobody's name unless
something else says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.lexicon.french import (
    first_names,
    is_french_word,
    proper_nouns,
)
from assistant.privacy.entities import Recogniser
from assistant.privacy.grammar import (
    Run,
    acts,
    are_things,
    beside_a_first_name,
    invented,
    is_common,
    is_family,
    is_first,
    labelled,
    only_a_word,
    speaks,
    stands_after,
)
from assistant.privacy.tokens import Token, folded, tokens_of
from assistant.privacy.words import (
    ARTICLES,
    BEFORE_A_NAME,
    BEFORE_A_NAME_IN_CAPITALS,
    BEFORE_SOMEBODY,
    CIVILITIES,
    FEASTS,
    GIVEN_AS_A_NAME,
    LOCATIVES,
    NAMED_AFTER,
    PARTICLES,
    TELLS_A_PERSON,
    folded_relations,
    let_through,
)

CONTEXTS = 3
"""Sentences shown to the model for one name: enough for a majority."""
WINDOW = 140
"""Characters around a name that the model is shown: it needs no more, and its time grows with them."""
LONGEST_NAME = 5
BEFORE = 6
"""Words before a name that are looked at: "ma voisine de bureau, Phuong"."""
Standing = Literal["own", "named"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person's words as written ("Léa", "Le Bihan"), in order; `own` for the candidate and whoever was given at
    upload."""

    words: tuple[str, ...]
    standing: Standing = "named"


@dataclass(slots=True)
class _Seen:
    """What the whole dossier shows of one folded word."""

    lower: int = 0
    after_article: int = 0
    after_locative: int = 0
    inside: int = 0
    """Times written with a capital that no sentence's beginning explains."""


def people_in(
    texts: Sequence[str],
    recognise: Recogniser,
    *,
    own: Iterable[str] = (),
    vocabulary: frozenset[str] = frozenset(),
    author: str = "",
) -> tuple[Person, ...]:
    """The people named in a dossier's sentences, the given ones (`own`) first.

    `vocabulary`: folded words of the référentiel, which are nobody's names. `author`: the file's own property,
    believed only where it is written like a name. Raises PrivacyUnavailable when a name has to be asked of a model
    that is not installed."""
    given = [Person(_name_words(name), "own") for name in own if _name_words(name)]
    if author and _like_a_name(author):
        given.append(Person(_name_words(author), "own"))
    tokens = [tokens_of(text) for text in texts]
    seen = _seen(tokens)
    runs = [run for number, line in enumerate(tokens) for run in _runs(number, line)]
    signs = _Signs(seen, vocabulary, frozenset(folded(word) for person in given for word in person.words))
    certain: list[Run] = []
    open_runs: list[Run] = []
    for run in runs:
        verdict = signs.verdict(run)
        (certain if verdict == "person" else open_runs if verdict == "ask" else []).append(run)
    certain += _asked(open_runs, texts, recognise, signs)
    found = [Person(run.words) for run in certain]
    return tuple(dict.fromkeys([*given, *_longest_first(found)]))


def _longest_first(found: Sequence[Person]) -> list[Person]:
    """Full names before their parts, in the order of the dossier otherwise."""
    return sorted(found, key=lambda person: -len(person.words))


def _name_words(name: str) -> tuple[str, ...]:
    words = [token.text for token in tokens_of(name)]
    return tuple(word for word in words if folded(word) not in CIVILITIES)


def name_in(title: str) -> str:
    """What of a title given by hand may be a name: "Dossier Tanguy, menuiserie" gives "Tanguy"."""
    return " ".join(token.text for token in tokens_of(title) if not only_a_word(token.text))


def _like_a_name(author: str) -> bool:
    words = _name_words(author)
    return (
        2 <= len(words) <= LONGEST_NAME
        and any(is_first(word) for word in words)
        and all(w[0].isupper() for w in words if folded(w) not in PARTICLES)
    )


def _seen(lines: Sequence[Sequence[Token]]) -> Mapping[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for line in lines:
        before = ""
        for place, token in enumerate(line):
            one = seen.setdefault(folded(token.text), _Seen())
            if token.text[0].islower():
                one.lower += 1
            else:
                one.after_article += before in ARTICLES
                one.after_locative += before in LOCATIVES
                one.inside += place > 0 and not token.text.isupper() and not line[place - 1].ends
            before = token.text.lower()
    return seen


def _runs(number: int, line: Sequence[Token]) -> list[Run]:
    """The runs of capitalised words of a sentence; particles inside a run belong to it, civilities end it."""
    capitals = sum(token.text.isupper() for token in line) > len(line) / 2 and len(line) > 3
    runs, at = [], 0
    while at < len(line):
        if not _opens(line[at]) or (capitals and only_a_word(line[at].text)):
            if _in_small_letters(line, at):
                runs.append(Run((line[at],), tuple(line[max(0, at - BEFORE) : at]), (), number, False, False))
            at += 1
            continue
        end = _end_of_run(line, at, capitals)
        initial = at == 0 or line[at - 1].ends
        start = at + (initial and end - at > 1 and only_a_word(line[at].text))
        while start < end - 1 and folded(line[start].text) in PARTICLES and line[start].text[0].islower():
            start += 1
        for first in range(start, end, LONGEST_NAME):
            part = tuple(line[first : min(end, first + LONGEST_NAME)])
            before, after = tuple(line[max(0, first - BEFORE) : first]), tuple(line[end : end + 3])
            runs.append(Run(part, before, after, number, initial and first == at, capitals))
        at = end
    return runs


def _in_small_letters(line: Sequence[Token], at: int) -> bool:
    """Whether a word is a first name written without its capital: no other word, no place, and where a person is told.

    Looking like a name is not enough: "j’explique a kevin" holds one, "le jersey" does not."""
    word = line[at].text
    return (
        at > 0
        and not line[at - 1].ends
        and len(word) > 3
        and word.islower()
        and word in first_names()
        and not is_french_word(word)
        and word not in proper_nouns()
        and (
            folded(line[at - 1].text) in TELLS_A_PERSON
            or folded(line[at - 1].text) in folded_relations()
            or (at > 1 and line[at - 1].text == "et" and _in_small_letters(line, at - 2))
        )
    ) or _after_small_civility(line, at)


def _after_small_civility(line: Sequence[Token], at: int) -> bool:
    """ "mme de la fayolle": a civility in small letters, particles, and a word that is none."""
    before = at - 1
    while before > 0 and before > at - 4 and folded(line[before].text) in PARTICLES:
        before -= 1
    word = line[at].text
    return (
        0 <= before < at
        and line[before].text in {"mme", "mr", "mlle", "monsieur", "madame"}
        and not line[at - 1].ends
        and len(word) > 3
        and word.islower()
        and not is_french_word(word)
    )


def _end_of_run(line: Sequence[Token], at: int, capitals: bool) -> int:
    """In a line of capitals, a common word ends a name."""
    end = at + 1
    while end < len(line) and line[end - 1].joined:
        if capitals and only_a_word(line[end].text) and folded(line[end].text) not in PARTICLES:
            break
        if line[end].ends and folded(line[end].text) in GIVEN_AS_A_NAME:
            break
        if _opens(line[end]):
            end += 1
        elif (
            folded(line[end].text) in PARTICLES
            and end + 1 < len(line)
            and line[end].joined
            and _opens(line[end + 1])
            and end + 1 - at < LONGEST_NAME
        ):
            end += 2
        else:
            break
    return end


def _opens(token: Token) -> bool:
    """Whether a word may be of a name: a capital, an initial with its full stop, and no civility."""
    return token.text[0].isupper() and (len(token.text) > 1 or token.initial) and folded(token.text) not in CIVILITIES


class _Signs:
    """What speaks for and against a run, given the whole dossier."""

    def __init__(self, seen: Mapping[str, _Seen], vocabulary: frozenset[str], own: frozenset[str]) -> None:
        self._seen, self._vocabulary, self._own = seen, vocabulary, own

    def verdict(self, run: Run) -> Literal["person", "nobody", "ask"]:
        words = [token.text for token in run.tokens if token.initial or folded(token.text) not in PARTICLES]
        if not words or all(folded(word) in self._own for word in words):
            return "nobody"
        if invented(run):
            return "nobody"
        if labelled(run) and not all(only_a_word(word) for word in words):
            return "person"
        if run.words[0].islower():
            return "nobody" if self._is_known(words[0]) else "person"
        if self._after_civility(run):
            return "person" if any(self._may_be_called(word) for word in words) else "nobody"
        if self._named_after(run) or folded(words[0]).startswith(("saint-", "sainte-", "st-", "ste-")):
            return "nobody"
        if any(self._is_known(word) for word in words) and not (
            len(words) > 1 and is_first(words[0]) and self._unknown(words[-1])
        ):
            return "nobody"
        if len(words) > 1:
            return self._of_several(run, words)
        return self._in_capitals(run, words[0]) if run.capitals else self._of_one(run, words[0])

    def _after_civility(self, run: Run) -> bool:
        before = [token for token in run.before if folded(token.text) not in PARTICLES]
        return bool(before) and folded(before[-1].text) in CIVILITIES and before[-1].text[0].isupper()

    def _may_be_called(self, word: str) -> bool:
        """After a civility: "M. Boulanger" is a name, "Monsieur Client" and "Madame la Directrice" are not."""
        return not only_a_word(word)

    def _of_several(self, run: Run, words: Sequence[str]) -> Literal["person", "nobody", "ask"]:
        if any(token.initial for token in run.tokens) and any(
            self._unknown(word) or is_family(word) for word in words if len(word) > 1
        ):
            return "person"
        firsts = [is_first(word) for word in words]
        others = [word for word, first in zip(words, firsts, strict=True) if not first]
        plain = [word for word in others if only_a_word(word)]
        if (firsts[0] or firsts[-1]) and not plain:
            ambiguous = all(is_common(word) or word.lower() in proper_nouns() for word in words)
            if not ambiguous or any(is_family(word) for word in others):
                return "person"
            return "ask"
        if (run.capitals and not self._told(run)) or len(plain) == len(words):
            return "nobody"
        if any(self._unknown(word) or is_family(word) for word in words):
            return "person" if self._told(run) and not plain else "ask"
        return "nobody"

    def _in_capitals(self, run: Run, word: str) -> Literal["person", "nobody"]:
        """A lone word of a heading: a name where somebody is told, or after a small word if it is a first name alone."""
        known = (is_first(word) or is_family(word)) and not is_common(word) and word.lower() not in proper_nouns()
        if (self._told(run) and (known or self._born_so(run, word))) or (
            len(word) > 4 and known and is_first(word) and stands_after(run, BEFORE_A_NAME_IN_CAPITALS)
        ):
            return "person"
        return "nobody"

    def _born_so(self, run: Run, word: str) -> bool:
        """ "Mme CLAIRE née VILLEJOUBERT"."""
        return bool(run.before) and folded(run.before[-1].text) == "nee" and self._unknown(word)

    def _of_one(self, run: Run, word: str) -> Literal["person", "nobody", "ask"]:
        if word.isupper() and len(word) <= 5 and not is_first(word):
            return "nobody"
        seen = self._seen[folded(word)]
        common = is_common(word)
        place = word.lower() in proper_nouns()
        bare = is_first(word) and not seen.after_article and not seen.lower and folded(word) not in FEASTS
        if bare and (acts(run.tokens[-1], run.after) or beside_a_first_name(run.before, run.tokens[-1], run.after)):
            return "person"
        if bare and place and not run.initial and stands_after(run, BEFORE_SOMEBODY):
            return "person"
        if common and is_family(word) and self._told(run) and run.before[-1].ends and not seen.lower:
            return "person"
        if common and bare and not place and stands_after(run, BEFORE_A_NAME) and not run.initial:
            return "person"
        if common and (seen.lower or run.initial or not is_first(word)):
            return "ask" if is_first(word) and seen.inside and not seen.after_article and not seen.lower else "nobody"
        if (self._told(run) or speaks(run)) and not common and not seen.after_article:
            return "person"
        if is_first(word):
            if place or common:
                return "nobody" if seen.after_locative and place else "ask"
            return "person"
        if place or seen.after_article:
            return "nobody"
        return "ask"

    def _told(self, run: Run) -> bool:
        """A word of relation just before, or a few words before with a comma; or in apposition just after."""
        relations = folded_relations()
        if run.before and folded(run.before[-1].text) in relations:
            return True
        if run.before and run.before[-1].comma and any(folded(token.text) in relations for token in run.before):
            return True
        after = [folded(token.text) for token in run.after]
        return len(after) > 1 and run.tokens[-1].comma and after[0] in ARTICLES and after[1] in relations

    def _named_after(self, run: Run) -> bool:
        """A method, a school or a thing that bears a name: "diagramme d’Ishikawa", "lycée Jules-Ferry", "une chaise
        Thonet"."""
        before = [folded(token.text) for token in run.before]
        last = before[-1] if before else ""
        if last in {"de", "d", "du"} and len(before) > 1:
            last = before[-2]
            return last in NAMED_AFTER
        if last in NAMED_AFTER:
            return True
        determined = len(before) > 1 and before[-2] in ARTICLES and not run.before[-1].comma
        if len(run.words) > 1 and determined and are_things(run.before[-2].text, run.before[-1].text):
            return True
        return (
            determined
            and is_french_word(run.before[-1].text)
            and last not in folded_relations()
            and not any(map(is_first, run.words))
        )

    def _is_known(self, word: str) -> bool:
        plain = folded(word)
        return plain in let_through() or (plain in self._vocabulary and not is_first(word))

    def _unknown(self, word: str) -> bool:
        lower = word.lower()
        return not is_common(word) and lower not in proper_nouns() and folded(word) not in let_through()


@dataclass(slots=True)
class _Votes:
    """What the model took one name for, over a few of its sentences."""

    person: int = 0
    asked: int = 0
    runs: list[Run] = field(default_factory=list)


def _asked(runs: Sequence[Run], texts: Sequence[str], recognise: Recogniser, signs: _Signs) -> list[Run]:
    """The runs that the model takes for a person in most of the sentences it was shown."""
    votes: dict[tuple[str, ...], _Votes] = {}
    for run in runs:
        votes.setdefault(run.key, _Votes()).runs.append(run)
    shown = [(key, run) for key, vote in votes.items() for run in vote.runs[:CONTEXTS]]
    windows = [_window(texts[run.text], run) for _, run in shown]
    for (key, run), (offset, _), entities in zip(shown, windows, recognise([text for _, text in windows]), strict=True):
        start, end = run.tokens[0].start - offset, run.tokens[-1].end - offset
        vote = votes[key]
        vote.asked += 1
        vote.person += any(one.label == "PER" and one.start <= start and end <= one.end + 1 for one in entities)
    return [vote.runs[0] for vote in votes.values() if vote.person * 2 > vote.asked]


def _window(text: str, run: Run) -> tuple[int, str]:
    """The neighbourhood of a run, cut between words, with where it begins."""
    start, end = max(0, run.tokens[0].start - WINDOW), run.tokens[-1].end + WINDOW
    if start:
        start = text.find(" ", start) + 1 or start
    return start, text[start:end]
