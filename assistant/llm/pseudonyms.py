"""Personal data stays home: before a call it becomes placeholders, the same each time, put back in the answer.

Names come from the dossier's own identity lines (cover, headers, civilities) and the file's properties. E-mails, phone
numbers, postal addresses, IBAN, SIRET and SIREN, social security numbers and number plates are told by their form, and by
their check digits where they have some. The table of placeholders never leaves the machine.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stdnum import iban, luhn

_WORD = r"(?:[A-ZÀ-ÖØ-ÝŒ][\wà-öø-ÿœ’'-]*[\wà-öø-ÿœ]|[A-ZÀ-ÖØ-Ý]{2,})"
_PARTICLE = r"(?:(?:de la|de|du|des|d[’']|le|la|Le|La|Van|von|El|Ben) ?)"
_NAME = rf"{_WORD}(?:[ \u00a0]{_PARTICLE}?{_WORD}){{1,3}}"
_CIVIL = r"(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur|Maître|Me)"
_BY = (
    r"(?:(?:présentée?|réalisée?|rédigée?|écrite?|soutenue?|proposée?|établie?) par"
    r"|(?:dossier|mémoire|rapport|projet|étude|portfolio)(?: [\wà-ÿ’']+){0,3} d(?:e|’|')"
    r"|(?:nom(?: et prénom)?s?|prénoms?(?: et nom)?|candidate?|auteure?|stagiaire|apprentie?|étudiante?|tut(?:eur|rice)"
    r"[^:\n]{0,25}|maître d[’'][^:\n]{0,15}|maître de stage|responsable|gérante?|dirigeante?|formateur|formatrice)\s*:)"
)
_INTRODUCED = re.compile(rf"(?i:{_BY})[ \u00a0]*(?:{_CIVIL}[ \u00a0]*)?({_NAME})")
_ALONE = re.compile(rf"^(?:{_CIVIL}[ \u00a0])?({_NAME})(?:, [a-zà-ÿ]|$)")
_CALLED = re.compile(rf"\b{_CIVIL}[ \u00a0]({_WORD}(?:[ \u00a0]{_PARTICLE}?{_WORD}){{0,2}})")
_NO_NAMES = frozenset(
    """
    sarl sas sasu eurl sa sci bloc session dossier projet annexe annexes partie chapitre titre certification page sommaire
    introduction conclusion ia rgpd tpe pme formation promotion janvier février mars avril
    mai juin juillet août septembre octobre novembre décembre
    """.split()  # noqa: SIM905 - three lines of words read better than one word a line
)
_PARTICLES = frozenset(["le", "la", "les", "un", "une", "des", "du", "de", "et", "ou"])
COVER_PAGES = 2
LEAST_PART = 3

_STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|allées|quai|route|square|cours|passage|sentier|hameau|lotissement"
    r"|résidence|zone|za|zi|zac|lieu-dit|ruelle|esplanade|faubourg|venelle|villa|cité)"
)
_GAP = r"[ \u00a0]?"


def _form(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts).replace("~", _GAP))


FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("COURRIEL", _form(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
    ("IBAN", _form(r"\b[A-Z]{2}\d{2}(?:~[A-Z0-9]{4}){3,7}(?:~[A-Z0-9]{1,3})?\b")),
    ("NIR", _form(r"\b[12]~\d{2}~(?:0[1-9]|1[0-2]|[2-9]\d)~(?:\d{2}|2[AB])~\d{3}~\d{3}(?:~\d{2})?\b")),
    (
        "TÉLÉPHONE",
        _form(r"(?<![\d/])(?:(?:\+|00)33[ \u00a0.-]?(?:\(0\)~)?|0)[1-9]", r"([ \u00a0.\-]?)\d{2}(?:\1\d{2}){3}(?!\d)"),
    ),
    ("SIRET", _form(r"(?<![\d,.])\d{3}~\d{3}~\d{3}(?:~\d{5})?(?!\d|,\d)")),
    ("IMMATRICULATION", _form(r"\b[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}\b")),
    (
        "ADRESSE",
        _form(
            rf"\b\d{{1,4}}~(?:bis|ter|quater|[A-D])?,?[ \u00a0](?i:{_STREET})\b[^.;:()\n]{{2,60}}?",
            r"(?:\b\d{5}\b[ \u00a0][A-ZÀ-Ý][\wà-ÿ’' -]{1,30}|(?=[.;:()\n,]|$))",
            r"(?:,? (?:\d{5} )?[A-ZÀ-Ý][\wà-ÿ’'-]+(?: \([^)]*\))?)?",
        ),
    ),
    ("VILLE", _form(r"\b\d{5}[ \u00a0][A-ZÀ-Ý][A-Za-zà-ÿ’'-]+(?:[ -][A-ZÀ-Ý][\wà-ÿ’'-]+)*")),
)
"""How each kind of data is written, in the order in which they are looked for; `~` stands for a space or none."""


def names_in(cover: Iterable[str], everything: Iterable[str], metadata: Mapping[str, str]) -> tuple[str, ...]:
    """Names of people: from the lines of the first pages, from civilities anywhere, and from the file's author."""
    found: list[str] = []
    for line in cover:
        found += _INTRODUCED.findall(line)
        found += [name for name in _ALONE.findall(line) if name.split()[0].lower() not in _PARTICLES]
    for text in everything:
        found += _CALLED.findall(text)
    author = metadata.get("author", "")
    if re.fullmatch(_NAME, author):
        found.append(author)
    return tuple(dict.fromkeys(name.strip() for name in found if _is_name(name)))


def _is_name(name: str) -> bool:
    return not any(word.lower() in _NO_NAMES for word in re.split(r"[ \u00a0]", name))


@dataclass(slots=True)
class Pseudonyms:
    """The placeholders of one dossier. Use `hide` on what leaves and `show` on what comes back."""

    names: tuple[str, ...]
    _given: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _parts: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, name in enumerate(self.names, start=1):
            words = [word for word in re.split(r"[ \u00a0]", name) if len(word) >= LEAST_PART and word[0].isupper()]
            for place, written in enumerate([name, *words]):
                label = f"[PERSONNE_{number}{'' if place == 0 else chr(96 + place)}]"
                for cased in dict.fromkeys((written, written.upper())):
                    form = r"[ \u00a0]".join(map(re.escape, re.split(r"[ \u00a0]", cased)))
                    self._parts.append((re.compile(rf"(?<![\w-]){form}(?![\w])"), label))
                self._given.setdefault(label, written)

    def hide(self, text: str) -> str:
        """`text` with placeholders for personal data."""
        for label, pattern in FORMS:
            text = pattern.sub(lambda match, label=label: self._placeholder(label, match.group()), text)  # type: ignore[misc]
        for pattern, placeholder in self._parts:
            text = pattern.sub(placeholder, text)
        return text

    def show(self, text: str) -> str:
        """`text` with what the placeholders stand for."""
        return re.sub(r"\[[A-ZÉ]+_\d+[a-z]?\]", lambda match: self._given.get(match.group(), match.group()), text)

    def _placeholder(self, label: str, written: str) -> str:
        if not _is_sound(label, written):
            return written
        known = next(
            (name for name, value in self._given.items() if value == written and name.startswith(f"[{label}_")), None
        )
        if known is None:
            self._counts[label] = self._counts.get(label, 0) + 1
            known = f"[{label}_{self._counts[label]}]"
            self._given[known] = written
        return known


def _is_sound(label: str, written: str) -> bool:
    """Whether the check digits agree, for numbers that have some: other figures of that length are left alone."""
    digits = re.sub(r"\D", "", written)
    if label == "IBAN":
        return bool(iban.is_valid(re.sub(r"\s", "", written)))
    if label == "SIRET":
        return len(digits) in {9, 14} and bool(luhn.is_valid(digits))
    return True
