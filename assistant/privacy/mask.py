"""The mask of one dossier: what is personal becomes placeholders before it leaves, and is put back, letter for
letter, after.

The same words get the same placeholder each time; another spelling of them (capitals, no accents) gets its own
letter, so that what comes back stands exactly as it was written. The table never leaves the machine."""

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.lexicon.french import is_french_in_capitals, is_french_word, proper_nouns
from assistant.privacy.form import Span
from assistant.privacy.forms import forms_in
from assistant.privacy.grammar import acts, beside_a_first_name, in_apposition, is_subject
from assistant.privacy.health import facts_in
from assistant.privacy.known import Corrections
from assistant.privacy.people import Person
from assistant.privacy.seen import plain
from assistant.privacy.tokens import Token, folded, tokens_of
from assistant.privacy.words import GIVEN_AS_A_NAME, LEGAL_FORMS, PARTICLES, folded_relations, let_through
from assistant.text import fold

PERSON, COMPANY, PLACE, OTHER, LITERAL = "PERSONNE", "ENTREPRISE", "VILLE", "MASQUÉ", "TEXTE"
PLACEHOLDER = re.compile(r"\[[A-ZÉ]{2,20}_\d{1,5}[a-z]{0,3}\]")
_LINK = re.compile(
    r"(?i)\b(?:https?://|www\.)[^\s<>()«»\"]{2,200}|\b(?:[a-z0-9-]{1,60}\.){1,4}[a-z]{2,10}\b(?:/[^\s<>()«»\"]{0,160})?"
)
_DOTTED = re.compile(r"\.\w")
_AGE = re.compile(
    r"(?i)(?:,? \(?|\()(?:qui a |a |âgée? (?:de |d[’']))?"
    r"(?P<it>(?:\d{1,3}|(?:dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|quatre)"
    r"(?:[ -](?:et|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?)){0,3})"
    r" ans(?: le \d{1,2} [a-zéû]{3,9})?)(?! (?:d[e’']|à\b|dans|chez|plus|après|en)|\w)"
)
"""An age right after a name: "Huguette, 83 ans", not "Nadège, 12 ans d’expérience"."""
_BORN = re.compile(r"(?:, ?| ?[(–-] ?| )(?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?:19[2-9]\d|200\d))(?!\d)")
"""A date of before 2010 right after a name: when somebody was born."""
LEAST_IN_A_LINK = 4
LEAST_ALONE = 5
"""Letters of a company's word that is hidden by itself."""


class Masked(str):
    """Text that may leave the machine: made by `Mask.hide`, or of the program's own words by `own_words`."""

    __slots__ = ()


def own_words(text: str) -> Masked:
    """Marks a text that the program itself wrote (a prompt, a référentiel's clue): it holds nothing of a dossier."""
    return Masked(text)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to look for, as folded words. `whole`: not a part of a longer one; `plain`: its word is also a common
    word or a place; `small`: the dossier writes it without its capital."""

    number: int
    kind: str
    whole: bool
    plain: bool
    own: bool
    small: bool = False


@dataclass(slots=True)
class Mask:
    """The placeholders of one dossier. `hide` what leaves, `show` what comes back, `spans` for a person to check."""

    people: Sequence[Person] = ()
    companies: Sequence[str] = ()
    organisations: Sequence[str] = ()
    """Those that the dossier names, told with capitals only; `companies` are given, and told however written."""
    towns: Sequence[str] = ()
    """Those that the dossier ties to somebody, told with their capital."""
    corrections: Corrections = field(default_factory=Corrections)
    _names: dict[tuple[str, ...], _Name] = field(default_factory=dict)
    _labels: dict[tuple[str, str], str] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)
    _hidden: dict[str, Masked] = field(default_factory=dict)
    """What was asked for before: a sentence is sent several times."""
    _counts: dict[str, int] = field(default_factory=dict)
    _forms: dict[tuple[str, int], int] = field(default_factory=dict)
    _never: frozenset[tuple[str, ...]] = frozenset()
    _begun: dict[str, int] = field(default_factory=dict)
    """For each first word of a name, the words of the longest name that begins with it."""
    _spelled: frozenset[str] = frozenset()
    _numbering: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._never = frozenset(_folded(words) for words in self.corrections.never)
        for person in self.people:
            self._learn(person.words, PERSON, own=person.standing == "own")
        for company in self.companies:
            self._learn_company(company, own=True)
        for organisation in self.organisations:
            self._learn_company(organisation, own=False)
        for town in self.towns:
            self._learn(tuple(token.text for token in tokens_of(town)), PLACE, own=False, parts=False)
        for also in self.corrections.also:
            self._learn(tuple(token.text for token in tokens_of(also)), OTHER, own=True, parts=False)
        for key in self._names:
            self._begun[key[0]] = max(len(key), self._begun.get(key[0], 0))
        self._spelled = self._spelled_out()

    def hide(self, text: str) -> Masked:
        """`text` with placeholders for personal data."""
        known = self._hidden.get(text)
        if known is None:
            known = self._hidden[text] = self._hide(text)
        return known

    def _hide(self, text: str) -> Masked:
        pieces, at = [], 0
        for span in self.spans(text):
            pieces += [text[at : span.start], self._placeholder(span.kind, text[span.start : span.end])]
            at = span.end
        return Masked("".join([*pieces, text[at:]]))

    def seal(self, text: str) -> Masked:
        """A composed text (a whole prompt) once more through the mask: what it let through is hidden, its
        placeholders stay."""
        pieces, at = [], 0
        for match in PLACEHOLDER.finditer(text):
            pieces += [
                self.hide(text[at : match.start()]),
                match.group() if match.group() in self._written else self.hide(match.group()),
            ]
            at = match.end()
        return Masked("".join([*pieces, self.hide(text[at:])]))

    def show(self, text: str) -> str:
        """`text` with what the placeholders stand for; one that was never given stays as it is."""
        return PLACEHOLDER.sub(lambda match: self._written.get(match.group(), match.group()), text)

    def spans(self, text: str) -> tuple[Span, ...]:
        """What of `text` is hidden, in order, not overlapping."""
        text = plain(text)
        found = [Span(match.start(), match.end(), LITERAL) for match in PLACEHOLDER.finditer(text)]
        taken = bytearray(len(text))
        for span in found:
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
        forms = tuple(forms_in(text))
        told = [span for span in forms if span.kind != PERSON]
        initials = [span for span in forms if span.kind == PERSON]
        for span in [*told, *self._links(text), *self._named(text), *initials]:
            if taken.find(1, span.start, span.end) < 0 and not self._let_through(text[span.start : span.end]):
                found.append(span)
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
        for span in [one for one in found if one.kind.startswith(PERSON)]:
            for pattern, kind in ((_AGE, "AGE"), (_BORN, "NAISSANCE")):
                told_after = pattern.match(text, span.end)
                if told_after is not None and taken.find(1, *told_after.span("it")) < 0:
                    found.append(Span(*told_after.span("it"), kind))
        people = [one for one in found if one.kind.startswith(PERSON)]
        found += [
            fact
            for fact in facts_in(text, people)
            if taken.find(1, fact.start, fact.end) < 0 and not self._let_through(text[fact.start : fact.end])
        ]
        return tuple(sorted(found, key=lambda span: span.start))

    def _let_through(self, written: str) -> bool:
        return bool(self._never) and _folded(written) in self._never

    def _learn(self, words: Sequence[str], kind: str, *, own: bool, parts: bool = True) -> None:
        key = tuple(part for word in words for part in _folded(word))
        small = bool(words) and words[0].islower() and kind == PERSON
        if key in self._names and small:
            self._names[key] = replace(self._names[key], small=True)
        if not key or key in self._names:
            return
        number = self._number_of(words, kind, own=own)
        is_plain = is_french_in_capitals(words[0].upper()) if kind == PLACE else _is_plain(words[0])
        self._names[key] = _Name(number, kind, True, len(key) == 1 and is_plain, own, small)
        if not parts or len(words) < 2:
            return
        for word in words:
            part = _folded(word)
            if len(word) > 1 and folded(word) not in PARTICLES:
                self._names.setdefault(part, _Name(number, kind, False, len(part) == 1 and _is_plain(word), own))

    def _learn_company(self, company: str, *, own: bool) -> None:
        """A company's name whole, up to its "&" or comma, and by each word of it that is a word of nothing else."""
        pieces = [company, *re.split(r"[&,/|()+–—]| et | - ", company)[:1]]
        for piece in pieces:
            words = tuple(token.text for token in tokens_of(piece) if folded(token.text) not in LEGAL_FORMS)
            if piece is company or len(words) > 1:
                self._learn(words, COMPANY, own=own, parts=False)
        number = self._counts.get(COMPANY, 0)
        for token in tokens_of(company):
            word = token.text
            if len(word) >= LEAST_ALONE and not _is_plain(word) and folded(word) not in let_through() | LEGAL_FORMS:
                self._names.setdefault(_folded(word), _Name(number, COMPANY, True, False, own))

    def _number_of(self, words: Sequence[str], kind: str, *, own: bool) -> int:
        """A lone first name or surname that belongs to a full name already met is that person."""
        known = self._names.get(_folded(words[0])) if len(words) == 1 else None
        if known is not None and known.kind == kind:
            return known.number
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]

    def _named(self, text: str) -> Iterable[Span]:
        tokens = [part for token in tokens_of(text) for part in _parts(token, text)]
        words = [folded(token.text) for token in tokens]
        at = 0
        while at < len(tokens):
            name, size = self._longest_at(tokens, words, at, text)
            if name is None:
                at += 1
                continue
            end = self._through(tokens, words, at + size, text)
            yield Span(tokens[at].start, tokens[end - 1].end, f"{name.kind}#{name.number}")
            at = end

    def _longest_at(
        self, tokens: Sequence[Token], words: Sequence[str], at: int, text: str
    ) -> tuple[_Name | None, int]:
        """The longest name that begins with this word; most words begin none."""
        most = min(self._begun.get(words[at], 0), len(tokens) - at)
        together = 1
        while together < most and _linked(text, tokens[at + together - 1], tokens[at + together]):
            together += 1
        for size in range(min(most, together), 0, -1):
            name = self._names.get(tuple(words[at : at + size]))
            if name is not None and self._holds(name, tokens[at : at + size], tokens, at):
                return name, size
        return None, 0

    def _holds(self, name: _Name, run: Sequence[Token], tokens: Sequence[Token], at: int) -> bool:
        """Whether this run is the name and not a word that is written like it."""
        if len(run) > 1 and name.whole:
            return run[0].text[0].isupper() or run[-1].text[0].isupper() or name.own or _in_small_letters(name, run)
        word = run[0].text
        capital = word[0].isupper()
        if not name.plain:
            return capital or ((name.own or name.small) and not is_french_word(word)) or _in_small_letters(name, run)
        begins = at == 0 or tokens[at - 1].ends
        beside = (
            at + len(run) < len(tokens) and tokens[at + len(run) - 1].joined and tokens[at + len(run)].text[0].isupper()
        )
        dated = name.kind == PLACE and run[-1].comma and any(one.text == "le" for one in tokens[at + 1 : at + 2])
        return capital and (
            not begins
            or dated
            or beside
            or (word.isupper() and name.own)
            or _stands_as_a_name(tokens, at, at + len(run))
        )

    def _through(self, tokens: Sequence[Token], words: Sequence[str], end: int, text: str) -> int:
        """A name goes on through the parts of the same or of another that stand right after it: "Tanguy Léa", "Le
        Bihan-Morel"."""
        while end < len(tokens) and _near(text, tokens[end - 1], tokens[end]):
            name, size = self._longest_at(tokens, words, end, text)
            if name is None or name.kind != PERSON:
                break
            end += size
        return end

    def _links(self, text: str) -> Iterable[Span]:
        """Addresses on the web that spell the name of someone given: "lea-tanguy.fr"."""
        if not self._spelled or _DOTTED.search(text) is None:
            return
        for match in _LINK.finditer(text):
            spelled = re.sub(r"[^a-z0-9]", "", fold(match.group()))
            if any(part in spelled for part in self._spelled):
                yield Span(match.start(), len(match.group().rstrip(".,;:")) + match.start(), "LIEN")

    def _spelled_out(self) -> frozenset[str]:
        """How an address would spell whoever was given: a name's parts, a company's words run together."""
        parts = set()
        for key, name in self._names.items():
            if name.own and name.kind == COMPANY:
                parts.add("".join(key))
            elif name.own:
                parts |= {part for part in key if not is_french_word(part) or len(key) == 1}
                parts.add("".join(key))
            elif name.kind == PERSON:
                parts |= {part for part in key if len(part) >= LEAST_ALONE and not _is_plain(part)}
        return frozenset(part for part in parts if len(part) >= LEAST_IN_A_LINK and part not in let_through())

    def _placeholder(self, kind: str, written: str) -> str:
        """The same for the same words, whichever of the threads that ask meets them first."""
        with self._numbering:
            known = self._labels.get((kind, written))
            return known if known is not None else self._numbered(kind, written)

    def _numbered(self, kind: str, written: str) -> str:
        name, _, number = kind.partition("#")
        if not number:
            self._counts[name] = self._counts.get(name, 0) + 1
            number = str(self._counts[name])
        form = self._forms.get((name, int(number)), 0)
        self._forms[name, int(number)] = form + 1
        known = f"[{name}_{number}{_letters(form)}]"
        self._labels[kind, written] = known
        self._written[known] = written
        return known


def _in_small_letters(name: _Name, run: Sequence[Token]) -> bool:
    """Whether somebody named elsewhere is meant by words without capitals, none of which is a word or a place:
    "demande a kevin"."""
    return name.kind == PERSON and all(
        len(token.text) > 2
        and not _is_plain(token.text)
        and not is_french_in_capitals(token.text)
        and folded(token.text) not in let_through()
        for token in run
    )


def _letters(form: int) -> str:
    """ "" for the first spelling, then a, b, …, z, aa, ab, …"""
    letters = ""
    while form:
        form, rest = divmod(form - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _folded(words: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[^a-z0-9]+", fold(words)) if part)


def _parts(token: Token, text: str) -> Iterable[Token]:
    """A compound word as its parts, so that "Le-Bihan" and "Le Bihan" are one name."""
    if not re.search(r"['’-]", token.text):
        yield token
        return
    pieces = list(re.finditer(r"[^'’-]+", token.text))
    for piece in pieces:
        last = piece is pieces[-1]
        yield Token(
            piece.group(), token.start + piece.start(), token.start + piece.end(),
            token.joined if last else True, token.ends if last else False, token.comma if last else False, False,
        )  # fmt: skip


def _near(text: str, before: Token, after: Token) -> bool:
    return re.fullmatch(r"\.?[ \u00a0\u202f\n'’-]{0,2}|_|\.", text[before.end : after.start]) is not None


def _linked(text: str, before: Token, after: Token) -> bool:
    """As `_near`, or by what stands inside a firm's name: "Martin & Fils", "La Table d’Aziliz"."""
    between = text[before.end : after.start]
    return _near(text, before, after) or re.fullmatch(r" ?[&+] ?| ?[dl]['’]", between) is not None


def _stands_as_a_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a capital that a sentence's beginning explains is a name all the same: its verb follows, or a label stands
    before."""
    label = start > 0 and folded(tokens[start - 1].text) in GIVEN_AS_A_NAME | folded_relations()
    last, following = tokens[end - 1], tokens[end : end + 3]
    if is_subject(tokens[max(0, start - 2) : start], last, following) or in_apposition(last, following):
        return True
    return label or acts(last, following) or beside_a_first_name(tokens[max(0, start - 2) : start], last, following)


def _is_plain(word: str) -> bool:
    """Whether a name is also a word or a place: "Petit", "Rose", "Paris"."""
    return is_french_word(word) or word.lower() in proper_nouns()
