"""Personal data stays home: before a call it becomes placeholders, the same each time, put back in the answer.

Names come from the dossier's own identity lines (cover, headers, civilities) and the file's properties. E-mails, phone
numbers, postal addresses, IBAN, SIRET and SIREN, social security numbers and number plates are told by their form, and by
their check digits where they have some. The table of placeholders never leaves the machine.
"""

import re
import unicodedata
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
_ALSO_WORDS = frozenset(
    """
    abel aime ambre anges ange arnaud avril banc barbier baron barre bas beau beaux bel bellet berger bernard besson
    billet blanc blanche blond boeuf bois boisson bon bonheur bonne bonnet bord bouche boucher boulanger bourgeois
    bouton bras brasseur brun brune camus carre carpentier cerise cesar chapelle chapuis charpentier charron chateau
    chef cheval chevalier chevallier chretien clair claire clavier clement clerc cloche colin collet combe comte
    constant content coq cordier cordonnier costa cote coulon coupe cour courtois cousin couturier couvreur croix
    dauphin deschamps desire dimanche doux duc dupont dur dure eau enfant etienne faure fer ferme feu feuille fevre
    fidele fils fin fleur fleury florent fontaine force forestier fort fortune fournier franc france francois frere
    froid gaillard gain garcon garde garnier gentil geoffroy germain gobert grand grange gras gros guerin guide
    guillaume guillot hardy haut henry heureux hiver hotel humbert ile jacob jacquet jade jardin jaune jean jeune
    joli jolie jour joyeux juge juillet juin julienne juste labbe lac lacroix lambert langlois lant large laurent
    laurier lavande leger legrand lemaire levant levy lieu lion lis loiseau long longue lot loup louis lune lys
    macon mai maillard main maire mairie maison maitre mallet marchand marche marcher marechal marguerite marie
    marin marine mars martel martin masse masson matin maurice mayer merci mercier mercure mere merle messager
    meunier michel midi millet moine mollet monnier mont moreau morin moulin mouton navarre neige neveu noble noel
    noir normand notaire nuit ocean olive olivier ours page pain papillon parent parfait paris pascal pasteur
    patience paul perle perrin petit petite picard pierre pin pinson pion place plage plat plume poirier poisson
    pommier pont porte portier potier poulain pre prevost prieur prince printemps prudence quentin raison rappel
    raymond renard renaud rene rey reine rich riche rives riviere robe robert robin roche roger roi rolland romain
    rose rosier rossignol rouge rousseau roussel roux roy rue sable sage saint salle salmon samedi sauvage savoie
    seigneur serre serrurier simon soleil sorel source tailleur tellier temple terre texier thomas tissier tour
    tournier tranchant vacher val valentin vallee valet vent vert verite vial vidal vigne villa ville vincent violet
    violette vitrier voisin
    """.split()  # noqa: SIM905 - read more easily so
)
"""Names that are words (or other people's first names) in lower case."""
COVER_PAGES = 2
LEAST_PART = 3

_ACCENTED = {
    plain: plain + accented
    for lower, letters in {"a": "àâä", "c": "ç", "e": "éèêë", "i": "îï", "o": "ôö", "u": "ùûü", "y": "ÿ"}.items()
    for plain, accented in ((lower, letters), (lower.upper(), letters.upper()))
}
"""The letters a name may be written with when its accents are left out or added."""

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
                for form in _forms(written, whole=place == 0):
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


def _forms(written: str, *, whole: bool) -> list[str]:
    """A name is told in any case; a part that is also a word ("petit") only with its capital."""
    if whole or unaccented(written) not in _ALSO_WORDS:
        return [f"(?i:{_any_accent(written)})"]
    return [_any_accent(written), _any_accent(written.upper())]


def unaccented(written: str) -> str:
    """Lower case, without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", written.lower()) if not unicodedata.combining(char))


def _any_accent(written: str) -> str:
    """A pattern for a name with or without its accents, its words parted by any space or hyphen."""
    return "".join(_letter(char) for char in written)


def _letter(char: str) -> str:
    if char in " \u00a0":
        return r"[\s\u00a0-]+"
    bare = unicodedata.normalize("NFD", char)[0]
    return re.escape(char) if bare == char and char not in _ACCENTED else f"[{_ACCENTED.get(bare, bare + char)}]"


def _is_sound(label: str, written: str) -> bool:
    """Whether the check digits agree, for numbers that have some: other figures of that length are left alone."""
    digits = re.sub(r"\D", "", written)
    if label == "IBAN":
        return bool(iban.is_valid(re.sub(r"\s", "", written)))
    if label == "SIRET":
        return len(digits) in {9, 14} and bool(luhn.is_valid(digits))
    return True
