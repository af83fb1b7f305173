"""The words by which a référentiel is built: codes, headings, the names of columns and sections."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

Role = Literal["activity", "competence", "modality", "criteria", "deliverable", "points", "verdict", "level", "scale",
               "bloc", "kind", "duration", "evaluated", "other", "evaluation"]  # fmt: skip
Section = Literal["criteria", "common", "modality", "deliverable", "competence", "activity", "jury", "audience",
                  "prerequisites", "accommodations", "other"]  # fmt: skip

_NUMBER = r"\d{1,3}(?:\s?[.\-]\s?\d{1,3}){0,3}"
_AFTER = r"\.?\s*(?:[-–—:)|/]+\s*|\s+)(?=\S)"
_GENERIC = re.compile(
    rf"^\(?(?P<code>(?:[A-Z][A-Za-z]{{0,2}}(?:\.\s?[A-Z])?\.?\s?{_NUMBER}|[A-Z](?=[.)])|{_NUMBER}(?=[.)])|\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?"
    rf"|[IVX]{{1,5}}(?=[.)]|\s?[-–—]\s)|[a-z](?=\)\s+[A-ZÀ-Ý«]))(?:(?<=\d)\.)?(?:[a-z]\b(?=[.)\s]))?){_AFTER}"
)
_CRITERION = re.compile(
    rf"^\(?(?P<code>(?:C\.?\s?[rR]|C\.?\s?E|CE|CR|Cr|K|IE|Crit(?:[eè]re)?|Ind(?:icateur)?)\.?\s?(?:n°\s?)?{_NUMBER}\.?){_AFTER}"
)
_COMPETENCE = re.compile(
    rf"^\(?(?:comp[ée]tences?\s+(?:professionnelles?\s+)?(?:n\s?°\s?)?)?\(?(?P<code>(?:RNCP\d+\s?)?(?:BC\d+\s?[-.]?\s?)?C(?:P|omp\.?)?\s?\.?\s?{_NUMBER}\.?){_AFTER}",
    re.IGNORECASE,
)
_NUMBERED_COMPETENCE = re.compile(
    rf"^comp[ée]tences?\s+(?:professionnelles?\s+)?(?P<code>(?:n\s?°\s?)?{_NUMBER}){_AFTER}", re.IGNORECASE
)
_ACTIVITY = re.compile(
    rf"^(?P<code>A\s?{_NUMBER}|(?:sous-)?activit[ée]s?\s*(?:n\s?°\s?)?{_NUMBER}|t[âa]che\s*(?:n\s?°\s?)?{_NUMBER})(?:{_AFTER}|\.?\s*:?\s*$)",
    re.IGNORECASE,
)
_BLOC = re.compile(
    rf"^(?P<code>(?:RNCP\s?\d+\s?[-.]?\s?)?(?:blocs?(?:\s+de\s+comp[ée]tences?)?|BC|CCP|activit[ée][\s-]type|capacit[ée]|fonction|p[ôo]le|unit[ée](?:\s+d[’']\w+)?|UC|module|domaine)"
    rf"\s*[-–]?\s*(?:n\s?°\s?)?(?:(?:[A-Z]{{1,2}}\s?)?{_NUMBER}|[IVX]{{1,5}}\b))\s*(?:[-–—:.)|/·•]+\s*)?",
    re.IGNORECASE,
)
_FICHE = re.compile(
    r"^fiche\s+(?:des?\s+)?(?P<what>activit[ée]s?[\s-]types?|comp[ée]tences?\s+transversales?|comp[ée]tences?(?:\s+professionnelles?)?)"
    r"(?:\s+de l\s?[’']\s?emploi[\s-]type)?\s*(?:n\s?°\s?(?P<code>\d+))?\s*:?\s*",
    re.IGNORECASE,
)
POINTS = re.compile(
    r"\s*[(\[]\s*(?P<points>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:pts?\b\.?|points?\b)\s*(?:max\w*\.?)?\s*[)\]]\s*[.;]?\s*$"
    r"|\s*[:–—-]\s*(?P<after>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:pts?\b\.?|points?\b)\s*$"
    r"|\s+(?P<short>\d{1,3}(?:[.,]\d{1,2})?)\s*pts?\.?\s*$"
    r"|\s*[(\[]\s*(?:/|sur)\s*(?P<over>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:pts?|points?)?\s*[)\]]\s*$"
    r"|\s/\s?(?P<bare>\d{1,2})\s*(?:pts?|points?)?\s*$",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"(?<=[a-zà-ÿ»)])(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?=[\s.,;:)]|$)")
CHECKED = set("☒☑✓✔✗✘■⊠xX\uf054\uf0fe\uf0fd\uf078\uf053\uf052\uf0fc")
UNCHECKED = set("☐□◻❑❒\uf0a3\uf0a8\uf06f\uf071\uf072oO")


@dataclass(frozen=True, slots=True)
class Coded:
    """A text cut into its printed code and the rest."""

    code: str | None
    text: str


@lru_cache(maxsize=16_384)
def plainly(text: str) -> str:
    """Small letters without accents, apostrophes straight, white space as one."""
    flat = unicodedata.normalize("NFKD", text.replace("’", "'"))
    flat = "".join(c for c in flat if not unicodedata.combining(c)).lower().replace("œ", "oe")
    return re.sub(r"\s+", " ", flat).strip()


def criterion_code(text: str) -> Coded:
    return _cut(_CRITERION, text)


def generic_code(text: str) -> Coded:
    """Whatever code begins a cell's line: a letter, a number, a roman number, letters and numbers."""
    return _cut(_GENERIC, text)


def competence_code(text: str) -> Coded:
    if criterion_code(text).code:
        return Coded(None, text)
    found = _cut(_COMPETENCE, text)
    return found if found.code else _cut(_NUMBERED_COMPETENCE, text)


def activity_code(text: str) -> Coded:
    return _cut(_ACTIVITY, text)


def bloc_code(text: str) -> Coded:
    """« BLOC 1 - Gestion… », « CAPACITE C3 : Organiser », « Activité type n° 2 »: the code and the title."""
    found = _BLOC.match(text)
    if not found or (
        re.match(r"\w", text[found.end() - 1 : found.end()]) and text[found.end() : found.end() + 1].isalpha()
    ):
        return Coded(None, text)
    rest = text[found.end() :].strip()
    if (rest[:1] and (rest[0].islower() or rest[0] in ",;")) or len(rest.split()) > 60:
        return Coded(None, text)
    code = found["code"].strip()
    lettered = re.search(r"(?<![A-Za-z])[A-Z]{1,2}\s?\d[\d.]*$", code)
    return Coded(lettered[0] if lettered and not code.startswith("RNCP") else code, rest.strip(" «»"))


def fiche(text: str) -> tuple[str, str | None, str] | None:
    """« FICHE COMPÉTENCE PROFESSIONNELLE N° 3 »: `bloc`, `competence` or `transversal`, number, what follows."""
    found = _FICHE.match(text)
    if not found:
        return None
    what = plainly(found["what"])
    kind = "bloc" if what.startswith("activ") else "transversal" if "transversal" in what else "competence"
    return (kind, found["code"], text[found.end() :])


def transversal(text: str) -> str:
    """The words « compétences transversales » of a fiche's heading, as a title."""
    found = _FICHE.match(text)
    return found["what"].capitalize() if found else text


_LABELLED = re.compile(
    r"^(?P<what>blocs?(?: de comp[ée]tences)?"
    r"|comp[ée]tences?(?: professionnelles?)?(?: vis[ée]es?| [ée]valu[ée]es?| attest[ée]es?)?)"
    r"\s*:\s*(?=[A-ZÀ-Ý«])",
    re.IGNORECASE,
)
_VERB = re.compile(r"^(?:S[’'])?[A-ZÀ-Ý][a-zà-ÿ]+(?:er|ir|re|oir)\b")
_NO_VERB = re.compile(
    r"^(?:Titre|Cadre|Chapitre|Cahier|Dossier|Crit[èe]re|Mati[èe]re|Membre|Nombre|Ordre|Lettre|Centre|Registre|Calendrier"
    r"|Atelier|Fichier|M[ée]tier|Premier|Dernier|Autre|Notre|Votre|Contre|Entre|Article|Sommaire|Glossaire"
    r"|Territoire|Histoire|Laboratoire|Janvier|Février|Manager|Leader|Customer|Partner|Center|Newsletter|Twitter|Power|User"
    r"|Computer|Server|Number|Order)\b"
)


def labelled(text: str) -> tuple[str, str] | None:
    """« Compétence : Rédiger… », « Bloc de compétences : Gérer… »: what it is, and its words."""
    found = _LABELLED.match(text)
    if not found:
        return None
    return ("bloc" if plainly(found["what"]).startswith("bloc") else "competence", text[found.end() :].strip(" «»"))


def begins_with_verb(text: str) -> bool:
    """« Rédiger… »: how competences begin."""
    return bool(_VERB.match(text)) and not _NO_VERB.match(text)


def _cut(pattern: re.Pattern[str], text: str) -> Coded:
    found = pattern.match(text)
    if not found:
        return Coded(None, text)
    return Coded(found["code"].strip(), text[found.end() :].strip())


def normal_code(code: str) -> str:
    """The code as an id: no spaces or final dot, `CE`, `Cr`, `C` and `A` written one way; any other as it is."""
    flat = re.sub(r"[\s()]", "", code).rstrip(".)")
    letters, numbers = re.match(r"^(\D*)(.*)$", flat).groups()  # type: ignore[union-attr]
    letters = letters.replace(".", "")
    known = {"CE": "CE", "CR": "Cr", "C": "C", "A": "A", "ACTIVITE": "A", "ACTIVITÉ": "A", "K": "K"}
    letters = known.get(letters.upper(), letters)
    return letters + numbers.replace("-", ".")


def digits(code: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", code or ""))


def cut_points(text: str) -> tuple[str, float | None, str]:
    """The text without the points printed at its end, the points, and how they were printed."""
    found = POINTS.search(text)
    if not found:
        return text, None, ""
    value = next(group for group in found.groups() if group)
    return text[: found.start()].rstrip(), float(value.replace(",", ".")), found[0].strip()


@cache
def _columns() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((row["role"], re.compile(row["words"])) for row in _headings()["columns"])


@cache
def _sections() -> tuple[tuple[Section, re.Pattern[str]], ...]:
    return tuple((row["name"], re.compile(row["words"])) for row in _headings()["sections"])


@cache
def _headings() -> Any:
    return yaml.safe_load(Path(__file__).with_name("headings.yaml").read_text(encoding="utf-8"))


def column_role(text: str) -> Role | None:
    """What a heading promises of its column; None where the words are no heading of a référentiel."""
    flat = plainly(text).strip(" :.*")
    if not flat or len(flat.split()) > 32:
        return None
    if re.match(r"referentiel de competences?( et d'evaluation)?", flat):
        return "competence"
    if re.match(r"referentiel d'evaluation", flat):
        return "evaluation"
    if re.match(r"referentiel d'activite", flat):
        return "activity"
    if len(flat.split()) > 14:
        return None
    return next((role for role, words in _columns() if words.search(flat)), None)


_HEADINGS = re.compile(
    r"^(referentiel d'(activites?|evaluation)|referentiel de competences?|modalites? d'evaluation( criteres? d'evaluation)?"
    r"|criteres? d'evaluation|decrit les situations de travail|identifie les competences|definit les criteres"
    r"|ou emplois vises)"
)


def is_column_heading(text: str) -> bool:
    """A heading of the usual three-column table, standing alone where an extraction has lost the table."""
    flat = plainly(text)
    return bool(_HEADINGS.match(flat)) and len(flat.split()) <= 14


_LETTERED = re.compile(r"^[a-z]\)\s+[A-ZÀ-Ý«]")


def begins_item(text: str) -> bool:
    """Whether a line begins something by its code."""
    coded = any(cut(text).code for cut in (criterion_code, competence_code, bloc_code)) or bool(_LETTERED.match(text))
    return coded or bool(activity_code(text).code) or fiche(text) is not None


def section(text: str) -> Section | None:
    """The part of a fiche that a short line opens."""
    flat = plainly(text).strip(" .*")
    if len(flat.split()) > 10:
        return None
    flat = re.sub(r"^(?:\d+[.)]|[ivx]+[.)]|[a-z]\))\s*", "", flat)
    return next((name for name, words in _sections() if words.search(flat.rstrip(" :"))), None)
