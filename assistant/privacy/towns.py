"""Towns that a sentence ties to somebody: where one lives, works, learned or went, told by the words around.

A town of fewer than 100,000 people with a trade and a date points at one person; "le marché de Lyon" does not. So a small
town is told by a place before it ("à", "la mairie de"), a large one or one abroad only by somebody's life ("arrivée de
Douala", "j’ai travaillé à Lyon"). A speciality bears a town's name and tells of nobody ("la saucisse de Morteau").
"""

import re
from collections.abc import Iterator, Sequence

from assistant.lexicon.french import cities, is_french_in_capitals, proper_nouns, towns
from assistant.privacy.form import DATE
from assistant.privacy.grammar import is_family, is_first
from assistant.privacy.seen import plain
from assistant.privacy.tokens import Token, folded, tokens_of
from assistant.privacy.words import (
    COMES_FROM,
    HOUSES,
    LABELS_OF_PLACES,
    LIVES_IN,
    OF_A_LIFE,
    TOWN_HALLS,
    folded_relations,
    let_through,
)

LEAST_OF_A_PLACE = 4
_ENDS_OF_PLACES = ("ac", "ville", "court", "heim", "bourg", "ouse", "igny", "ieux", "ens", "on")
"""How names of places end that no list holds."""
LONGEST = 5
"""Words of a town's name that are written apart."""
_SPLIT = re.compile(r"[^a-z0-9]+")
_AT = frozenset(["à", "a", "vers", "sur", "depuis", "rejoindre", "quitté", "quitter", "près", "via"])
_MINE = re.compile(r"(?i)(?<![\w’'])(?:j[’']|je |m[’']|mon |ma |mes |moi[ ,])")
_DATED = re.compile(rf",? le (?:{DATE}|(?:1er|\d{{1,2}})\b)")


def towns_in(texts: Sequence[str]) -> tuple[str, ...]:
    """The towns that are tied to somebody, as written, each once, in the order of the texts."""
    found: dict[str, None] = {}
    for text in texts:
        for town in _told_in(plain(text)):
            found.setdefault(town)
    return tuple(found)


def _told_in(text: str) -> Iterator[str]:
    tokens = tokens_of(text)
    at = 0
    while at < len(tokens):
        size, small = _town_at(tokens, at)
        if not size and _is_an_unknown_place(tokens, at):
            yield tokens[at].text
        if size and _is_told(text, tokens, at, size, small):
            yield text[tokens[at].start : tokens[at + size - 1].end]
        at += max(1, size)


def _town_at(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """How many words from here on name a town, and whether it is a small one."""
    if not tokens[at].text[0].isupper() or len(tokens[at].text) < 2:
        return 0, False
    words: list[str] = []
    best = (0, False)
    for size in range(1, min(LONGEST, len(tokens) - at) + 1):
        words += [part for part in _SPLIT.split(folded(tokens[at + size - 1].text)) if part]
        name = " ".join(words)
        if tokens[at + size - 1].text[0].isupper() and (name in towns() or name in cities()):
            best = (size, name in towns())
        if not tokens[at + size - 1].joined:
            break
    return best


def _is_told(text: str, tokens: Sequence[Token], at: int, size: int, small: bool) -> bool:
    town, last = tokens[at], tokens[at + size - 1]
    if size == 1 and town.text.isupper() and len(town.text) < 5:
        return False
    before = [folded(token.text) for token in tokens[max(0, at - 4) : at]]
    elided = text[town.start - 2 : town.start].lower() in {"d'", "d’"}
    if (at == 0 or tokens[at - 1].ends) and _DATED.match(text, last.end):
        return True
    if small and _is_between_brackets(text, town, last) and _is_a_name(tokens[at - 1]):
        return True
    if at and tokens[at - 1].labels and before[-1] in LABELS_OF_PLACES:
        return True
    if not before or (tokens[at - 1].ends and not elided):
        return False
    if small and before[-1] in LIVES_IN:
        return True
    if size == 1 and is_french_in_capitals(town.text.upper()):
        return _told_of_a_word(before, elided) and (small or _of_a_life(text, tokens)) and not _is_heading(tokens)
    named = size == 1 and (is_first(town.text) or (is_family(town.text) and not small))
    if elided or before[-1] in {"de", "du"}:
        told = before if elided else before[:-1]
        return bool(told) and not named and (told[-1] in COMES_FROM or (small and told[-1] in HOUSES))
    if tokens[at - 1].text.lower() not in _AT or named:
        return False
    return small or _of_a_life(text, tokens)


def _is_an_unknown_place(tokens: Sequence[Token], at: int) -> bool:
    """A capital inside a sentence that no list holds, where a place stands: "j’ai déménagé à Yverdon"."""
    word = tokens[at].text
    if at < 2 or tokens[at - 1].text != "à" or len(word) < LEAST_OF_A_PLACE or word.isupper() or not word[0].isupper():
        return False
    moves = any(folded(token.text).startswith(OF_A_LIFE) for token in tokens[max(0, at - 4) : at - 1])
    return (moves or word.endswith(_ENDS_OF_PLACES)) and not (
        is_french_in_capitals(word) or is_first(word) or is_family(word) or word.lower() in proper_nouns()
        or folded(word) in let_through()
    )  # fmt: skip


def _is_between_brackets(text: str, town: Token, last: Token) -> bool:
    return text[max(0, town.start - 1) : town.start] == "(" and text[last.end : last.end + 1] == ")"


def _is_a_name(token: Token) -> bool:
    """Whether somebody’s name stands before, whose town it is: "Suzel Kieffermann (Munster)"."""
    return token.text[0].isupper() and not is_french_in_capitals(token.text)


def _told_of_a_word(before: Sequence[str], elided: bool) -> bool:
    """What tells a town that is also a common word: "à Vitré", "la mairie de Fougères", not "sur Vitre"."""
    if elided or before[-1] == "de":
        told = before if elided else before[:-1]
        return bool(told) and told[-1] in TOWN_HALLS
    return before[-1] == "a"


def _is_heading(tokens: Sequence[Token]) -> bool:
    """Whether most longer words have their capital, as titles do."""
    long = [token for token in tokens if len(token.text) > 3]
    return sum(token.text[0].isupper() for token in long) * 2 > len(long)


def _of_a_life(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a sentence speaks of somebody's own way: of the writer's or of a relation's, and of a life's verb."""
    words = [folded(token.text) for token in tokens]
    somebody = _MINE.search(text) is not None or any(word in folded_relations() for word in words)
    return somebody and any(word.startswith(OF_A_LIFE) for word in words)
