"""Who is named in a dossier: people told by what surrounds a name, by lists, and by a named-entity model, together.

A run of capitals alone says nothing: sentences begin with one, headings are written in them, brands and towns carry
them. For each run the signs are weighed as rules a reader can read (`_is_person`); a word that the dossier also
writes in lower case, that follows an article, or that is a common word of the language is nobody's name unless
something else says so."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.lexicon.french import (
    brands,
    is_french_word,
    proper_nouns,
)
from assistant.privacy.asking import taken_for_people
from assistant.privacy.entities import Recogniser
from assistant.privacy.grammar import (
    Run,
    acts,
    among_names,
    are_things,
    beside_a_first_name,
    case_of,
    has_foreign_letters,
    has_no_accents,
    in_apposition,
    invented,
    is_an_office,
    is_common,
    is_family,
    is_first,
    is_household,
    is_initials,
    is_nickname,
    is_owned,
    is_somebody,
    keeps_apostrophe,
    labelled,
    listed,
    made_by,
    may_be_called,
    met,
    only_a_word,
    speaks,
    stands_after,
)
from assistant.privacy.runs import LONGEST_NAME, runs_of, with_particle
from assistant.privacy.shown import Shown, shown_in
from assistant.privacy.speakers import speakers_in
from assistant.privacy.spelled import NOTHING_SPELLED, Spelled, in_file_names
from assistant.privacy.tokens import folded, tokens_of
from assistant.privacy.words import (
    ARTICLES,
    BEFORE_A_NAME,
    BEFORE_A_NAME_IN_CAPITALS,
    BEFORE_SOMEBODY,
    BY_ANOTHER_NAME,
    CIVILITIES,
    FEASTS,
    NAMED_AFTER,
    PARTICLES,
    SHORT_CIVILITIES,
    folded_relations,
    let_through,
)

LONGEST_ABBREVIATION = 3
"""Letters of "Mme" and "Dr"; longer civilities are believed in small letters too."""
LONGEST_FOREIGN = 3
LEAST_AMONG_NAMES = 2
LEAST_IN_CAPITALS = 4
LEAST_OF_A_CALL = 3
LONGEST_SIGN = 5
"""Letters of a sign in capitals ("DUERP") that may also be a name."""
_CONTACT = re.compile(r"@|\d(?:[ .-]?\d){8}|(?<!\d)\d{5} [A-ZÀ-Ý]")
"""What a line of somebody's particulars holds: an address of mail, a long number, a postcode."""
_TOWN = re.compile(r"-(?:sur|sous|lès|les|en)-[A-ZÀ-Ýl]")
Standing = Literal["own", "named"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person's words as written ("Léa", "Le Bihan"), in order; `own` for the candidate and whoever was given at
    upload."""

    words: tuple[str, ...]
    standing: Standing = "named"


def people_in(
    texts: Sequence[str],
    recognise: Recogniser,
    *,
    own: Iterable[str] = (),
    vocabulary: frozenset[str] = frozenset(),
    author: str = "",
    spelled: Spelled = NOTHING_SPELLED,
) -> tuple[Person, ...]:
    """The people named in a dossier's sentences, the given ones (`own`) first.

    `vocabulary`: folded words of the référentiel, which are nobody's names. `author`: the file's own property,
    believed only where it is written like a name. `spelled`: what addresses spell. Raises PrivacyUnavailable when a
    name has to be asked of a model that is not installed."""
    given = [Person(_name_words(name), "own") for name in own if _name_words(name)]
    if author and _like_a_name(author):
        given.append(Person(_name_words(author), "own"))
    tokens = [tokens_of(text) for text in texts]
    seen = shown_in(tokens)
    runs = [run for number, line in enumerate(tokens) for run in runs_of(number, line)]
    signs = _Signs(
        seen,
        vocabulary,
        frozenset(folded(word) for person in given for word in person.words),
        spelled,
        frozenset(number for number, text in enumerate(texts) if _CONTACT.search(text)),
    )
    certain: list[Run] = []
    open_runs: list[Run] = []
    for run in runs:
        verdict = signs.verdict(run)
        (certain if verdict == "person" else open_runs if verdict == "ask" else []).append(run)
    certain += taken_for_people(open_runs, texts, recognise)
    found = [Person(tuple(name.split())) for name in speakers_in(texts)]
    found += [Person(words) for words in in_file_names(texts)]
    found += [Person(words) for run in certain for words in dict.fromkeys([with_particle(run), run.words])]
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


class _Signs:
    """What speaks for and against a run, given the whole dossier."""

    def __init__(
        self,
        seen: Mapping[str, Shown],
        vocabulary: frozenset[str],
        own: frozenset[str],
        spelled: Spelled,
        contacts: frozenset[int],
    ) -> None:
        self._seen, self._vocabulary, self._own, self._spelled = seen, vocabulary, own, spelled
        self._contacts = contacts

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
        if self._after_civility(run) and is_an_office(run):
            return "nobody"
        if self._after_civility(run):
            called = any(map(may_be_called, words)) or (
                self._civility(run) in SHORT_CIVILITIES and is_somebody(words[0])
            )
            return "person" if called else "nobody"
        if case_of(run) and self._may_name_a_client(words):
            return "person"
        if folded(words[0]).startswith(("saint-", "sainte-", "st-", "ste-")) or any(map(_TOWN.search, run.words)):
            return "nobody"
        if self._spelled.names(words):
            return "person"
        if self._named_after(run) or all(token.initial or len(token.text) == 1 for token in run.tokens):
            return "nobody"
        if any(self._is_known(word) for word in words) and not (
            len(words) > 1 and is_first(words[0]) and self._unknown(words[-1])
        ):
            return "nobody"
        if len(words) > 1:
            return self._of_several(run, words)
        return self._in_capitals(run, words[0]) if run.capitals else self._of_one(run, words[0])

    def _civility(self, run: Run) -> str:
        return folded([token for token in run.before if folded(token.text) not in PARTICLES][-1].text)

    def _after_civility(self, run: Run) -> bool:
        before = [token for token in run.before if folded(token.text) not in PARTICLES]
        if not before or folded(before[-1].text) not in CIVILITIES or before[-1].ends:
            return False
        civility = before[-1].text
        return civility[0].isupper() or len(civility) > LONGEST_ABBREVIATION or civility in {"mme", "mlle", "mr"}

    def _may_name_a_client(self, words: Sequence[str]) -> bool:
        """ "le chantier Belkacem", "Dossier LE DRÉAU": a frequent family name, or an unknown word beside a first name."""
        return not any(self._is_known(word) for word in words) and all(
            (is_family(word) or is_first(word)) and not is_common(word) and word.lower() not in proper_nouns()
            for word in words
        )

    def _of_several(self, run: Run, words: Sequence[str]) -> Literal["person", "nobody", "ask"]:
        if any(token.initial or is_initials(token.text) for token in run.tokens) and any(
            self._unknown(word) or is_family(word) or is_first(word) for word in words if len(word) > 1
        ):
            return "person"
        if len(words) <= LONGEST_FOREIGN and all(map(self._unknown, words)) and any(map(has_foreign_letters, words)):
            return "person"
        firsts = [is_first(word) for word in words]
        others = [word for word, first in zip(words, firsts, strict=True) if not first]
        sure = any(first and self._unknown(word) for word, first in zip(words, firsts, strict=True))
        plain = [word for word in others if only_a_word(word) and not (sure and has_no_accents(word))]
        if (firsts[0] or firsts[-1]) and not plain:
            ambiguous = all(is_common(word) or word.lower() in proper_nouns() for word in words)
            if not ambiguous or any(is_family(word) for word in others):
                return "person"
            return "ask"
        if sure and firsts[0] and len(words) == LEAST_AMONG_NAMES and not run.capitals and self._is_called(words[1]):
            return "person"
        if run.capitals and 1 < len(words) <= LONGEST_FOREIGN and all(self._called_in_capitals(word) for word in words):
            return "person"
        if self._stands_alone(run, words) or (listed(run) and any(map(self._unknown, words))):
            return "person"
        if firsts[0] and not run.capitals and len(words) == LEAST_AMONG_NAMES and self._is_called(words[1]):
            return "ask"
        if (run.capitals and not self._told(run)) or len(plain) == len(words):
            return "nobody"
        if any(self._unknown(word) or is_family(word) for word in words):
            return "person" if self._told(run) and not plain else "ask"
        return "nobody"

    def _in_capitals(self, run: Run, word: str) -> Literal["person", "nobody"]:
        """A lone word of a heading: a name where somebody is told, or after a small word if it is a first name alone."""
        known = (is_first(word) or is_family(word)) and not is_common(word) and word.lower() not in proper_nouns()
        told = self._told(run) or made_by(run)
        if told and (known or self._born_so(run, word) or self._labelled_in_capitals(run, word)):
            return "person"
        if known and len(word) > LEAST_AMONG_NAMES and among_names(run):
            return "person"
        if len(word) > LONGEST_SIGN and self._unknown(word) and is_family(word):
            return "person"
        certain = len(word) > LEAST_IN_CAPITALS or not word.isascii()
        if certain and known and is_first(word) and stands_after(run, BEFORE_A_NAME_IN_CAPITALS):
            return "person"
        return "nobody"

    def _stands_alone(self, run: Run, words: Sequence[str]) -> bool:
        """A piece of a line of particulars, or a family name on a line of its own, of words of no other use:
        "Karinette Bastouil - 6 impasse du Four 24310 …"."""
        last = run.tokens[-1]
        whole = not run.before and not run.after
        return (
            (run.text in self._contacts or (whole and any(map(is_family, words))))
            and (not run.before or run.before[-1].ends)
            and (last.ends or last.comma or not run.after)
            and all(self._unknown(word) or is_first(word) or is_family(word) for word in words)
            and any(map(self._unknown, words))
        )

    def _labelled_in_capitals(self, run: Run, word: str) -> bool:
        """ "TUTEUR : COULAUDIN", "PRÉSENTÉ PAR COULAUDIN": an unknown word, too long for a sign."""
        return len(word) > LONGEST_SIGN and self._unknown(word) and (run.before[-1].ends or made_by(run))

    def _is_only_family(self, run: Run, word: str) -> bool:
        """After "avec" and "selon", where a firm's name is rare."""
        return folded(run.before[-1].text) in {"avec", "selon"} and is_family(word) and self._unknown(word)

    def _is_called(self, word: str) -> bool:
        """After a first name of no other use: "Aubin Charrue", not "Nadège Directrice"."""
        return len(word) > LEAST_OF_A_CALL and not word.isupper() and folded(word) not in folded_relations()

    def _called_in_capitals(self, word: str) -> bool:
        """A word of a heading that is a family's or a first name and nothing else."""
        return (is_family(word) or is_first(word)) and len(word) > 3 and self._unknown(word)

    def _born_so(self, run: Run, word: str) -> bool:
        """ "Mme CLAIRE née VILLEJOUBERT"."""
        return bool(run.before) and folded(run.before[-1].text) in BY_ANOTHER_NAME and self._unknown(word)

    def _of_one(self, run: Run, word: str) -> Literal["person", "nobody", "ask"]:
        particle = run.tokens[0].text
        if (
            folded(particle) in PARTICLES
            and particle[0].isupper()
            and len(run.tokens) == 2
            and self._unknown(word)
            and not run.initial
        ):
            return "person"
        if word.isupper() and len(word) <= LONGEST_SIGN and not (len(word) > 3 and is_first(word)):
            told = self._told(run) and is_family(word) and self._unknown(word)
            return "person" if told else "nobody"
        seen = self._seen[folded(word)]
        if folded(word) in FEASTS and not self._told(run):
            return "nobody"
        if is_household(run) and not seen.lower and folded(word) not in brands():
            return "person"
        common = is_common(word)
        place = word.lower() in proper_nouns()
        bare = is_first(word) and not seen.after_article and not seen.lower and folded(word) not in FEASTS
        if bare and (acts(run.tokens[-1], run.after) or beside_a_first_name(run.before, run.tokens[-1], run.after)):
            return "person"
        if bare and not run.initial and (self._told(run) or met(run) or speaks(run)):
            return "person"
        if bare and (in_apposition(run.tokens[-1], run.after) or (speaks(run) and not place)):
            return "person"
        if bare and place and not run.initial and stands_after(run, BEFORE_SOMEBODY):
            return "person"
        if not seen.after_article and not seen.lower and (is_nickname(word) or (keeps_apostrophe(word) and not place)):
            return "person"
        if common and is_family(word) and self._told(run) and run.before[-1].ends and not seen.lower:
            return "person"
        if common and bare and not place and stands_after(run, BEFORE_A_NAME) and not run.initial:
            return "person"
        if common and (seen.lower or run.initial or not is_first(word)):
            return "ask" if is_first(word) and seen.inside and not seen.after_article and not seen.lower else "nobody"
        if (
            any((self._told(run), speaks(run), met(run), listed(run), made_by(run)))
            and not common
            and not seen.after_article
        ):
            return "person"
        if word.isupper() and self._unknown(word) and not seen.after_article and acts(run.tokens[-1], run.after):
            return "person"
        if stands_after(run, BEFORE_SOMEBODY) and (
            self._called_in_capitals(word)
            if word.isupper()
            else self._is_only_family(run, word) and not seen.after_article
        ):
            return "person"
        if is_family(word) and self._unknown(word) and not seen.after_article and acts(run.tokens[-1], run.after):
            return "person"
        if is_first(word):
            if place or common:
                return "nobody" if seen.after_locative and place else "ask"
            return "ask" if is_owned(run) else "person"
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
        if not after or not run.tokens[-1].comma:
            return False
        if len(run.words) > 1 and run.after[0].text.islower() and after[0] in relations:
            return True
        return in_apposition(run.tokens[-1], run.after)

    def _named_after(self, run: Run) -> bool:
        """A method, a school or a thing that bears a name: "diagramme d’Ishikawa", "lycée Jules-Ferry", "une chaise
        Thonet"."""
        before = [folded(token.text) for token in run.before]
        last = before[-1] if before else ""
        if last in {"de", "d", "du"} and len(before) > 1:
            last = before[-2]
            return last in NAMED_AFTER and before[-3:-2] != ["arret"]
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
