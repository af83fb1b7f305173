"""Runs of capitalised words, which may be names: where they begin and end, and words in small letters that may be one."""

from collections.abc import Sequence

from assistant.lexicon.french import (
    first_names,
    given_and_family_without_accents,
    is_french_in_capitals,
    is_french_word,
    proper_nouns,
)
from assistant.privacy.grammar import Run, is_family, is_first, only_a_word
from assistant.privacy.tokens import Token, folded
from assistant.privacy.words import (
    ACTS,
    BEFORE_ONE,
    CIVILITIES,
    GIVEN_AS_A_NAME,
    HAS_SAID,
    OF_SOMEBODY,
    PARTICLES,
    SAYS_SO,
    SPEAKS,
    TELLS_A_PERSON,
    folded_relations,
    let_through,
)

LONGEST_NAME = 5
LEAST_OF_A_NAME = 2
LONGEST_SIGN = 4
BEFORE = 6
"""Words before a name that are looked at: "ma voisine de bureau, Phuong"."""


def runs_of(number: int, line: Sequence[Token]) -> list[Run]:
    """The runs of capitalised words of a sentence; particles inside a run belong to it, civilities end it."""
    capitals = sum(token.text.isupper() for token in line) > len(line) / 2 and len(line) > 3
    runs, at = [], 0
    while at < len(line):
        if not _opens(line[at]) or (capitals and only_a_word(line[at].text) and not line[at].initial):
            size = _pair_in_small_letters(line, at) or (
                1 if _in_small_letters(line, at) else _whole_in_small_letters(line, at)
            )
            if size:
                part = tuple(line[at : at + size])
                runs.append(Run(part, tuple(line[max(0, at - BEFORE) : at]), (), number, False, False))
            at += max(1, size)
            continue
        end = _end_of_run(line, at, capitals)
        initial = at == 0 or line[at - 1].ends
        start = at + (initial and end - at > 1 and only_a_word(line[at].text) and not line[at].initial)
        while start < end - 1 and folded(line[start].text) in PARTICLES and line[start].text[0].islower():
            start += 1
        for first in range(start, end, LONGEST_NAME):
            stop = min(end, first + LONGEST_NAME)
            low, high = _name_within(line, first, stop)
            following = end if high == stop else high
            before, after = tuple(line[max(0, low - BEFORE) : low]), tuple(line[following : following + 3])
            runs.append(Run(tuple(line[low:high]), before, after, number, initial and low == at, capitals))
        at = end
    return runs


def with_particle(run: Run) -> tuple[str, ...]:
    """The words of a name with the capital particle that a sentence's beginning left out of the run: "LE BOURHIS"."""
    before = run.before[-1] if run.before else None
    if before is None or not before.joined or not before.text[0].isupper() or folded(before.text) not in PARTICLES:
        return run.words
    return (before.text, *run.words)


def _name_within(line: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """A name that signs and common words stand around with their capitals: "Attestation SST Grégoire Puybaret"."""
    noise = [
        _is_noise(line[at]) and not (at > start and folded(line[at - 1].text) in PARTICLES) for at in range(start, end)
    ]
    if not any(noise) or end - start <= LEAST_OF_A_NAME:
        return start, end
    low = start
    while low < end:
        high = low
        while high < end and not noise[high - start]:
            high += 1
        if high - low >= LEAST_OF_A_NAME and any(is_first(line[at].text) for at in range(low, high)):
            return low, high
        low = high + 1
    return start, end


def _is_noise(token: Token) -> bool:
    word = token.text
    if token.initial or is_first(word) or is_family(word) or folded(word) in PARTICLES:
        return False
    return only_a_word(word) or folded(word) in let_through() or (1 < len(word) <= LONGEST_SIGN and word.isupper())


def _whole_in_small_letters(line: Sequence[Token], at: int) -> int:
    """The words of a name that stands by itself without capitals: "teixeira paulo 39 h", "visa du chef : perrachon".

    One of two must be a first name of no other use; a lone one must be told by a label."""
    word = line[at].text
    if not _is_strange(word):
        return 0
    if at > 0 and _is_relation(line[at - 1]) and not line[at - 1].ends and is_family(word):
        return 1
    if not (at == 0 or line[at - 1].ends):
        return 0
    if at + 1 < len(line) and line[at].joined and _is_strange(line[at + 1].text):
        pair = (word, line[at + 1].text)
        alone = at + 2 == len(line) or not line[at + 1].joined
        if alone and any(folded(one) in given_and_family_without_accents()[0] for one in pair):
            return 2
    if folded(word) in given_and_family_without_accents()[0] and at + 2 < len(line):
        both = line[at + 1].text == "et" and _is_strange(line[at + 2].text) and is_first(line[at + 2].text)
        if both or line[at + 1].text in SPEAKS:
            return 1
    if at + 1 < len(line) and line[at].joined and line[at + 1].text in SAYS_SO:
        return 1
    return int(at > 0 and line[at - 1].labels and _is_relation(line[at - 1]) and not line[at].joined)


def _is_relation(token: Token) -> bool:
    return folded(token.text) in folded_relations()


def _pair_in_small_letters(line: Sequence[Token], at: int) -> int:
    """A first name and a family name without capitals, wherever they stand: both words are of no other use, and one is a
    first name ("c’est mathilde guyonvarc’h qui", "le bulletin de morvan elodie")."""
    if at + 1 >= len(line) or not line[at].joined or not _is_strange(line[at].text):
        return 0
    pair = (line[at].text, line[at + 1].text)
    known = any(word in first_names() for word in pair)
    return 2 * (known and _is_strange(pair[1]) and not any(word in proper_nouns() for word in pair))


def _is_strange(word: str) -> bool:
    """A word in small letters that is neither of the language nor a place nor a brand."""
    return (
        len(word) > 3
        and word.islower()
        and not is_french_in_capitals(word)
        and word not in proper_nouns()
        and folded(word) not in let_through()
    )


def _in_small_letters(line: Sequence[Token], at: int) -> bool:
    """Whether a word is a first name written without its capital: no other word, no place, and where a person is told.

    Looking like a name is not enough: "j’explique a kevin" holds one, "le jersey" does not."""
    word = line[at].text
    return (
        at > 0
        and not line[at - 1].ends
        and len(word) > 3
        and word.islower()
        and is_first(word)
        and not is_french_word(word)
        and word not in proper_nouns()
        and (
            folded(line[at - 1].text) in TELLS_A_PERSON
            or folded(line[at - 1].text) in folded_relations() | BEFORE_ONE
            or (at > 1 and line[at - 1].text in {"de", "d"} and folded(line[at - 2].text) in OF_SOMEBODY)
            or _says_something(line[at : at + 3])
            or (line[at - 1].text == "est" and at + 1 < len(line) and line[at + 1].text in {"qui", "de", "du"})
            or (at > 1 and line[at - 1].text == "de" and folded(line[at - 2].text) in folded_relations())
            or (line[at - 1].text == "de" and at == 1 and line[at].labels)
            or (line[at - 1].text == "et" and at == 2 and _is_strange(line[0].text) and is_first(line[0].text))
            or (at > 1 and line[at - 1].text == "et" and _in_small_letters(line, at - 2))
        )
    ) or _after_small_civility(line, at)


def _says_something(words: Sequence[Token]) -> bool:
    """Whether the first of these words is somebody who says something: "quand nadia a expliqué", "nadia arrive"."""
    after = [folded(token.text) for token in words[1:]]
    if not after or words[0].ends or words[0].comma:
        return False
    return words[1].text in SAYS_SO or (after[0] in ACTS and len(after) > 1 and after[1] in HAS_SAID)


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
        if (
            capitals
            and only_a_word(line[end].text)
            and not line[end].initial
            and folded(line[end].text) not in PARTICLES
        ):
            break
        if line[end].ends and folded(line[end].text) in GIVEN_AS_A_NAME:
            break
        if capitals and _is_sign(line[end]):
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


def _is_sign(token: Token) -> bool:
    """A short sign in capitals that is no name: "BTS", "RNCP"."""
    word = token.text
    known = is_first(word) or is_family(word) or folded(word) in PARTICLES
    return 1 < len(word) <= LONGEST_SIGN and word.isupper() and not known


def _opens(token: Token) -> bool:
    """Whether a word may be of a name: a capital, an initial with its full stop, and no civility."""
    return token.text[0].isupper() and (len(token.text) > 1 or token.initial) and folded(token.text) not in CIVILITIES
