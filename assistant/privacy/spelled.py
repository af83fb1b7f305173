"""What addresses of mail, pages on the web and names of files spell: whoever they name is named in the text as well.

"s.bouchareb@…" tells that "Bouchareb" is a name, "atelier-korrigan.fr" that "Atelier Korrigan" is a firm,
"cv-carla-lopes.pdf" whose file it is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.lexicon.french import is_french_word, proper_nouns
from assistant.privacy.grammar import is_common, is_family, is_first
from assistant.privacy.tokens import folded, tokens_of
from assistant.privacy.words import let_through
from assistant.text import fold

LEAST_OF_A_NAME, LEAST_OF_A_FIRM, LONGEST_FIRM = 4, 6, 5
_ENDING = r"(?:pdf|docx?|odt|rtf|txt|xlsx?|ods|csv|pptx?|odp|jpe?g|png|heic|zip|mp[34]|m4a|mov|eml|msg)"
_MAIL = re.compile(
    r"(?<![\w.+-])(?P<who>[\w.+-]{3,64}) ?(?:@|[\[({<] ?(?:at|arobase|@) ?[\])}>]) ?(?P<where>[\w-]{2,63})"
)
_SITE = re.compile(r"(?i)\b(?:https?://|www\.)(?:www\.)?(?P<where>[\w-]{2,63})\.")
_PAGE = re.compile(r"(?i)(?<![\w@.-])[\w-]{2,40}(?:\.[\w-]{2,24}){1,3}/(?P<who>[\w./@-]{3,90})")
_FILE = re.compile(rf"(?i)(?P<who>[\w’'.-]{{3,80}}(?: [\w’'.-]{{1,40}}){{0,5}})\.{_ENDING}\b")
_ENDS = re.compile(rf"(?i)\.{_ENDING}\b")
_SPELLS = re.compile(rf"(?i)@|arobase|[\[({{<] ?at ?[\])}}>]|www\.|/[\w@]|\.{_ENDING}\b")


@dataclass(frozen=True, slots=True)
class Spelled:
    """Folded words that such an address spells: `parts` of people's, `whole` run together, `firms` of a domain."""

    parts: frozenset[str]
    whole: frozenset[str]
    firms: frozenset[str]

    def names(self, words: Sequence[str]) -> bool:
        """Whether an address spells these words, of which one at least is nothing else than a name."""
        plain = [re.sub(r"[^a-z]", "", folded(word)) for word in words]
        rare = [part for word, part in zip(words, plain, strict=True) if len(part) >= LEAST_OF_A_NAME and is_rare(word)]
        if any(part in self.parts for part in rare):
            return True
        if len(words) < 2 or not rare:
            return False
        first, last = plain[0], plain[-1]
        return not self.whole.isdisjoint({first + last, last + first, first[:1] + last, last[:1] + first})


NOTHING_SPELLED = Spelled(frozenset(), frozenset(), frozenset())


def spelled_in(texts: Iterable[str]) -> Spelled:
    """What the addresses of these texts spell."""
    who: set[str] = set()
    where: set[str] = set()
    for text in texts:
        if _SPELLS.search(text) is None:
            continue
        for match in _MAIL.finditer(text):
            who.add(match.group("who"))
            where.add(match.group("where"))
        where.update(match.group("where") for match in _SITE.finditer(text))
        who.update(piece for match in _PAGE.finditer(text) for piece in match.group("who").split("/"))
        if _ENDS.search(text) is not None:
            who.update(match.group("who") for match in _FILE.finditer(text))
    parts = {part for one in who for part in re.split(r"[^a-z]+", fold(one)) if len(part) >= LEAST_OF_A_NAME}
    firms = {re.sub(r"[^a-z0-9]", "", fold(one)) for one in where}
    return Spelled(
        frozenset(parts),
        frozenset(re.sub(r"[^a-z]", "", fold(one)) for one in who),
        frozenset(firm for firm in firms if len(firm) >= LEAST_OF_A_FIRM and firm not in let_through()),
    )


def in_file_names(texts: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """The people whom names of files name, a first name beside a word of no other use: "entretien-lopes-carla.docx"."""
    for text in texts:
        for match in _FILE.finditer(text) if "." in text and _ENDS.search(text) else ():
            words = [one for one in re.split(r"[^A-Za-zÀ-ÿ’']+", match.group("who")) if one]
            for at in range(len(words) - 1):
                pair = tuple(words[at : at + 2])
                if any(map(is_first, pair)) and all(is_rare(word) or is_family(word) for word in pair):
                    yield pair


def firms_spelled(text: str, firms: frozenset[str]) -> Iterable[str]:
    """The names in a text, told by their capital, that a domain spells: "Atelier Korrigan"."""
    tokens = tokens_of(text)
    for at, token in enumerate(tokens):
        joined = re.sub(r"[^a-z0-9]", "", folded(token.text))
        if not token.text[0].isupper() or not any(firm.startswith(joined) for firm in firms):
            continue
        for end in range(at + 1, min(at + LONGEST_FIRM, len(tokens)) + 1):
            if end > at + 1:
                joined = re.sub(r"[^a-z0-9]", "", fold(text[token.start : tokens[end - 1].end]))
            if joined in firms and (end > at + 1 or not is_common(token.text)):
                yield text[token.start : tokens[end - 1].end]


def is_rare(word: str) -> bool:
    """A word that is neither of the language nor a place nor a brand."""
    return not is_french_word(word) and word.lower() not in proper_nouns() and folded(word) not in let_through()
