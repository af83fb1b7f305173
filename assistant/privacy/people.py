"""Who is named in a dossier: people told by what surrounds a name, by lists, and by a named-entity model, together.

A run of capitals alone says nothing: sentences begin with one, headings are written in them, brands and towns carry
them. For each run the signs are weighed as rules a reader can read (`_is_person`); a word that the dossier also
writes in lower case, that follows an article, or that is a common word of the language is nobody's name unless
something else says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.lexicon.french import (
    family_names,
    first_names,
    given_and_family_without_accents,
    is_french_in_capitals,
    is_french_word,
    proper_nouns,
)
from assistant.privacy.entities import Recogniser
from assistant.privacy.tokens import Token, folded, tokens_of
from assistant.privacy.words import (
    ACTS,
    ARTICLES,
    BEFORE_A_NAME,
    BEFORE_A_NAME_IN_CAPITALS,
    BEFORE_SOMEBODY,
    CIVILITIES,
    FEASTS,
    GIVEN_AS_A_NAME,
    LOCATIVES,
    NAMED_AFTER,
    NOBODY_HERE,
    PARTICLES,
    SAID_OF_A_PERSON,
    SAYS_OF_A_PERSON,
    TELLS_A_PERSON,
    WITH_ONE,
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


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring capitalised words of one sentence, with what stands before and after."""

    tokens: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    text: int
    initial: bool
    capitals: bool
    """The whole sentence is in capitals: a heading."""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens)

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(folded(word) for word in self.words)


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
    certain: list[_Run] = []
    open_runs: list[_Run] = []
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
    return " ".join(token.text for token in tokens_of(title) if not _only_a_word(token.text))


def _like_a_name(author: str) -> bool:
    words = _name_words(author)
    return (
        2 <= len(words) <= LONGEST_NAME
        and any(_is_first(word) for word in words)
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


def _runs(number: int, line: Sequence[Token]) -> list[_Run]:
    """The runs of capitalised words of a sentence; particles inside a run belong to it, civilities end it."""
    capitals = sum(token.text.isupper() for token in line) > len(line) / 2 and len(line) > 3
    runs, at = [], 0
    while at < len(line):
        if not _opens(line[at]) or (capitals and _only_a_word(line[at].text)):
            if _in_small_letters(line, at):
                runs.append(_Run((line[at],), tuple(line[max(0, at - BEFORE) : at]), (), number, False, False))
            at += 1
            continue
        end = _end_of_run(line, at, capitals)
        initial = at == 0 or line[at - 1].ends
        start = at + (initial and end - at > 1 and _only_a_word(line[at].text))
        while start < end - 1 and folded(line[start].text) in PARTICLES and line[start].text[0].islower():
            start += 1
        for first in range(start, end, LONGEST_NAME):
            part = tuple(line[first : min(end, first + LONGEST_NAME)])
            before, after = tuple(line[max(0, first - BEFORE) : first]), tuple(line[end : end + 3])
            runs.append(_Run(part, before, after, number, initial and first == at, capitals))
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
        if capitals and _only_a_word(line[end].text) and folded(line[end].text) not in PARTICLES:
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


def _is_first(word: str) -> bool:
    lower = word.lower()
    known = given_and_family_without_accents()[0] if word.isupper() and word.isascii() else first_names()
    return lower in known or any(part in known for part in lower.split("-") if len(part) > 2 and "-" in lower)


def _is_family(word: str) -> bool:
    known = given_and_family_without_accents()[1] if word.isupper() and word.isascii() else family_names()
    return word.lower() in known


def _only_a_word(word: str) -> bool:
    """A common word that is neither a first name nor a frequent family name: "Avec", "Notre", "Client"."""
    return _is_common(word) and not _is_first(word) and not _is_family(word)


def _is_common(word: str) -> bool:
    return is_french_in_capitals(word) if word.isupper() else is_french_word(word)


class _Signs:
    """What speaks for and against a run, given the whole dossier."""

    def __init__(self, seen: Mapping[str, _Seen], vocabulary: frozenset[str], own: frozenset[str]) -> None:
        self._seen, self._vocabulary, self._own = seen, vocabulary, own

    def verdict(self, run: _Run) -> Literal["person", "nobody", "ask"]:
        words = [token.text for token in run.tokens if token.initial or folded(token.text) not in PARTICLES]
        if not words or all(folded(word) in self._own for word in words):
            return "nobody"
        if _invented(run):
            return "nobody"
        if _labelled(run) and not all(_only_a_word(word) for word in words):
            return "person"
        if run.words[0].islower():
            return "nobody" if self._is_known(words[0]) else "person"
        if self._after_civility(run):
            return "person" if any(self._may_be_called(word) for word in words) else "nobody"
        if self._named_after(run) or folded(words[0]).startswith(("saint-", "sainte-", "st-", "ste-")):
            return "nobody"
        if any(self._is_known(word) for word in words) and not (
            len(words) > 1 and _is_first(words[0]) and self._unknown(words[-1])
        ):
            return "nobody"
        if len(words) > 1:
            return self._of_several(run, words)
        return self._in_capitals(run, words[0]) if run.capitals else self._of_one(run, words[0])

    def _after_civility(self, run: _Run) -> bool:
        before = [token for token in run.before if folded(token.text) not in PARTICLES]
        return bool(before) and folded(before[-1].text) in CIVILITIES and before[-1].text[0].isupper()

    def _may_be_called(self, word: str) -> bool:
        """After a civility: "M. Boulanger" is a name, "Monsieur Client" and "Madame la Directrice" are not."""
        return not _only_a_word(word)

    def _of_several(self, run: _Run, words: Sequence[str]) -> Literal["person", "nobody", "ask"]:
        if any(token.initial for token in run.tokens) and any(
            self._unknown(word) or _is_family(word) for word in words if len(word) > 1
        ):
            return "person"
        firsts = [_is_first(word) for word in words]
        others = [word for word, first in zip(words, firsts, strict=True) if not first]
        plain = [word for word in others if _only_a_word(word)]
        if (firsts[0] or firsts[-1]) and not plain:
            ambiguous = all(_is_common(word) or word.lower() in proper_nouns() for word in words)
            if not ambiguous or any(_is_family(word) for word in others):
                return "person"
            return "ask"
        if (run.capitals and not self._told(run)) or len(plain) == len(words):
            return "nobody"
        if any(self._unknown(word) or _is_family(word) for word in words):
            return "person" if self._told(run) and not plain else "ask"
        return "nobody"

    def _in_capitals(self, run: _Run, word: str) -> Literal["person", "nobody"]:
        """A lone word of a heading: a name where somebody is told, or after a small word if it is a first name alone."""
        known = (_is_first(word) or _is_family(word)) and not _is_common(word) and word.lower() not in proper_nouns()
        if (self._told(run) and (known or self._born_so(run, word))) or (
            len(word) > 4 and known and _is_first(word) and _after(run, BEFORE_A_NAME_IN_CAPITALS)
        ):
            return "person"
        return "nobody"

    def _born_so(self, run: _Run, word: str) -> bool:
        """ "Mme CLAIRE née VILLEJOUBERT"."""
        return bool(run.before) and folded(run.before[-1].text) == "nee" and self._unknown(word)

    def _of_one(self, run: _Run, word: str) -> Literal["person", "nobody", "ask"]:
        if word.isupper() and len(word) <= 5 and not _is_first(word):
            return "nobody"
        seen = self._seen[folded(word)]
        common = _is_common(word)
        place = word.lower() in proper_nouns()
        bare = _is_first(word) and not seen.after_article and not seen.lower and folded(word) not in FEASTS
        if bare and (acts(run.tokens[-1], run.after) or beside_a_first_name(run.before, run.tokens[-1], run.after)):
            return "person"
        if bare and place and not run.initial and _after(run, BEFORE_SOMEBODY):
            return "person"
        if common and _is_family(word) and self._told(run) and run.before[-1].ends and not seen.lower:
            return "person"
        if common and bare and not place and _after(run, BEFORE_A_NAME) and not run.initial:
            return "person"
        if common and (seen.lower or run.initial or not _is_first(word)):
            return "ask" if _is_first(word) and seen.inside and not seen.after_article and not seen.lower else "nobody"
        if (self._told(run) or _speaks(run)) and not common and not seen.after_article:
            return "person"
        if _is_first(word):
            if place or common:
                return "nobody" if seen.after_locative and place else "ask"
            return "person"
        if place or seen.after_article:
            return "nobody"
        return "ask"

    def _told(self, run: _Run) -> bool:
        """A word of relation just before, or a few words before with a comma; or in apposition just after."""
        relations = folded_relations()
        if run.before and folded(run.before[-1].text) in relations:
            return True
        if run.before and run.before[-1].comma and any(folded(token.text) in relations for token in run.before):
            return True
        after = [folded(token.text) for token in run.after]
        return len(after) > 1 and run.tokens[-1].comma and after[0] in ARTICLES and after[1] in relations

    def _named_after(self, run: _Run) -> bool:
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
        if len(run.words) > 1 and determined and _are_things(run.before[-2].text, run.before[-1].text):
            return True
        return (
            determined
            and is_french_word(run.before[-1].text)
            and last not in folded_relations()
            and not any(map(_is_first, run.words))
        )

    def _is_known(self, word: str) -> bool:
        plain = folded(word)
        return plain in let_through() or (plain in self._vocabulary and not _is_first(word))

    def _unknown(self, word: str) -> bool:
        lower = word.lower()
        return not _is_common(word) and lower not in proper_nouns() and folded(word) not in let_through()


def _are_things(article: str, noun: str) -> bool:
    """ "les montres Pierre Lannier": several things of one name are of its make."""
    return (
        article.lower() in {"les", "des", "ces", "nos", "leurs"}
        and noun[0].islower()
        and noun[-1] in "sx"
        and folded(noun) not in folded_relations()
        and folded(noun).rstrip("sx") not in folded_relations() | {"epou", "monsieur", "famille"}
    )


def _after(run: _Run, small: frozenset[str]) -> bool:
    return bool(run.before) and not run.before[-1].ends and run.before[-1].text.lower() in small


def _labelled(run: _Run) -> bool:
    """Whether a label with its colon says that this is a name: "Nom : Blanc"."""
    return bool(run.before) and run.before[-1].ends and folded(run.before[-1].text) in GIVEN_AS_A_NAME


def _invented(run: _Run) -> bool:
    """Whether the words around say that nobody is meant: "notre persona Sophie". Who is real is named elsewhere too."""
    return any(folded(token.text) in NOBODY_HERE for token in (*run.before, *run.after))


def acts(last: Token, following: Sequence[Token]) -> bool:
    """Whether a verb whose subject it is follows the word `last` at once, or another subject: "Pierre a préparé", "Rose
    s’est portée", "Olive et Ambre ont"."""
    if not following or last.comma or last.ends:
        return False
    after = [token.text for token in following]
    elided = following[0].start - last.end > len(" ")
    if after[0] in ACTS or (elided and after[0] in {"est", "était"}):
        return True
    return (
        after[0] == "et"
        and len(after) > 1
        and (after[1] in WITH_ONE or (after[1][0].isupper() and after[2:3] == ["ont"]))
    )


def beside_a_first_name(before: Sequence[Token], last: Token, following: Sequence[Token]) -> bool:
    """Whether a comma or "et" ties this name to one that is a first name and nothing else: "Angélique, Manon et Rose"."""
    if before and before[-1].text == "et" and len(before) > 1:
        return _certainly_first(before[-2].text)
    if before and before[-1].comma and _certainly_first(before[-1].text):
        return True
    if last.comma and following:
        return _certainly_first(following[0].text)
    return len(following) > 1 and following[0].text == "et" and not last.ends and _certainly_first(following[1].text)


def _certainly_first(word: str) -> bool:
    return word[0].isupper() and _is_first(word) and not _is_common(word) and word.lower() not in proper_nouns()


def _speaks(run: _Run) -> bool:
    """Whether what follows is said of a person: "Emre est chargé des livraisons", "Ghjulia s’occupe de"."""
    after = [folded(token.text) for token in run.after]
    if not after or run.tokens[-1].comma or run.tokens[-1].ends:
        return False
    if after[0] == "et":
        return len(after) > 1 and after[1] in WITH_ONE
    if after[0] in {"est", "etait", "sera"}:
        return len(after) > 1 and after[1] in SAID_OF_A_PERSON
    return after[0] in SAYS_OF_A_PERSON


@dataclass(slots=True)
class _Votes:
    """What the model took one name for, over a few of its sentences."""

    person: int = 0
    asked: int = 0
    runs: list[_Run] = field(default_factory=list)


def _asked(runs: Sequence[_Run], texts: Sequence[str], recognise: Recogniser, signs: _Signs) -> list[_Run]:
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


def _window(text: str, run: _Run) -> tuple[int, str]:
    """The neighbourhood of a run, cut between words, with where it begins."""
    start, end = max(0, run.tokens[0].start - WINDOW), run.tokens[-1].end + WINDOW
    if start:
        start = text.find(" ", start) + 1 or start
    return start, text[start:end]
