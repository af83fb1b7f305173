"""The words by which a référentiel is built: codes, headings, the names of columns and sections."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Role = Literal["activity", "competence", "modality", "criteria", "deliverable", "points", "verdict", "level", "scale",
               "bloc", "duration", "evaluated", "other", "evaluation"]  # fmt: skip
Section = Literal["criteria", "common", "modality", "deliverable", "competence", "activity", "jury", "audience",
                  "prerequisites", "accommodations", "other"]  # fmt: skip

_NUMBER = r"\d{1,3}(?:\s?[.\-]\s?\d{1,3}){0,3}"
_AFTER = r"\.?\s*(?:[-–—:)|/]+\s*|\s+)(?=\S)"
_GENERIC = re.compile(
    rf"^\(?(?P<code>(?:[A-Z][A-Za-z]{{0,2}}(?:\.\s?[A-Z])?\.?\s?{_NUMBER}|[A-Z](?=[.)])|{_NUMBER}(?=[.)])|\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?"
    rf"|[IVX]{{1,5}}(?=[.)]|\s?[-–—]\s))(?:(?<=\d)\.)?(?:[a-z]\b(?=[.)\s]))?){_AFTER}"
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
    rf"\s*[-–]?\s*(?:n\s?°\s?)?(?:(?:[A-Z]{{1,2}}\s?)?{_NUMBER}|[IVX]{{1,5}}\b))\s*(?:[-–—:.)|/]+\s*)?",
    re.IGNORECASE,
)
_FICHE = re.compile(
    r"^fiche\s+(?P<what>activit[ée][\s-]type|comp[ée]tence(?:\s+professionnelle)?)\s*(?:n\s?°\s?(?P<code>\d+))?\s*:?\s*",
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
    if not found or re.match(r"\w", text[found.end() - 1 : found.end()]) and text[found.end() : found.end() + 1].isalpha():
        return Coded(None, text)
    rest = text[found.end() :].strip()
    if rest[:1] and (rest[0].islower() or rest[0] in ",;") or len(rest.split()) > 60:
        return Coded(None, text)
    code = found["code"].strip()
    lettered = re.search(r"(?<![A-Za-z])[A-Z]{1,2}\s?\d[\d.]*$", code)
    return Coded(lettered[0] if lettered and not code.startswith("RNCP") else code, rest.strip(" «»"))


def fiche(text: str) -> tuple[str, str | None, str] | None:
    """« FICHE COMPÉTENCE PROFESSIONNELLE N° 3 »: bloc or competence, number, what follows."""
    found = _FICHE.match(text)
    if not found:
        return None
    return ("bloc" if plainly(found["what"]).startswith("activ") else "competence", found["code"], text[found.end() :])


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


COLUMNS: tuple[tuple[Role, str], ...] = (
    ("level", r"^(non )?(valide|acquis|maitrise)e?s?\s*\+*$|^(a ameliorer|en cours d'acquisition|partiel|insuffisant|satisfaisant|tres satisfaisant|excellent)|^niveau \d"),
    ("scale", r"^niveaux?( de .*)?$|^echelle|^signification"),
    ("verdict", r"^(oui|non|na|nv|v|a|en cours|validation|resultat|decision|conforme)\b.{0,20}$|observations? (du|de)|^(observations?|commentaires?|appreciations?|remarques?)\b"),
    ("points", r"^(points?|pts|baremes?|notes?|notation|coef\w*|score|ponderation|nombre de points)\b.{0,30}$"),
    ("duration", r"^duree"),
    ("evaluated", r"^competences? (evaluees?|visees?|concernees?|mobilisees?)"),
    ("other", r"^(ressources|moyens|savoirs?|connaissances?|conditions|contexte|donnees|n°|numero|exemples?|logiciels?|equipements?|limites? de connaissances?)\b"),
    ("deliverable", r"^(livrables?|productions? attendues?|documents? (a remettre|attendus?)|preuves?)"),
    ("criteria", r"^(les |principaux |exemples? d')?(criteres?|indicateurs?)\b|\b(criteres?|indicateurs?) (d'evaluation|de performance|de reussite)|^(observables|resultats? attendus?|attendus)\b"),
    ("modality", r"^modalites?|modalites d'evaluation|^epreuves?|^(mise en situation|entretien|questionnaire|questionnement|dossier|soutenance|oral|evaluations? compl|type d'(evaluation|epreuve)|situation d'evaluation)"),
    ("evaluation", r"^referentiel d'evaluation|^evaluation"),
    ("bloc", r"^(blocs?|activites?[ -]types?|ccp|certificats? de competences?|fonctions?|poles?)\b"),
    ("competence", r"^(les |liste des |blocs? de |referentiel de )?(sous-)?competences?\b|^capacites?|^savoir-faire|^intitule|^(etre capable|objectifs?)\b"),
    ("activity", r"^referentiel d'activite|^(les )?activites?\b|^taches?|^missions?|^situations? de travail"),
)  # fmt: skip


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
    return next((role for role, words in COLUMNS if re.search(words, flat)), None)


_HEADINGS = re.compile(
    r"^(referentiel d'(activites?|evaluation)|referentiel de competences?|modalites? d'evaluation( criteres? d'evaluation)?"
    r"|criteres? d'evaluation|decrit les situations de travail|identifie les competences|definit les criteres"
    r"|ou emplois vises)"
)


def is_column_heading(text: str) -> bool:
    """A heading of the usual three-column table, standing alone where an extraction has lost the table."""
    flat = plainly(text)
    return bool(_HEADINGS.match(flat)) and len(flat.split()) <= 14


def begins_item(text: str) -> bool:
    """Whether a line begins something by its code."""
    coded = any(cut(text).code for cut in (criterion_code, competence_code, bloc_code))
    return coded or bool(activity_code(text).code) or fiche(text) is not None


SECTIONS: tuple[tuple[Section, str], ...] = (
    ("common", r"^(indicateurs?|criteres?)( d'evaluation| de performance)? (communs?|transvers\w*|generaux|partages)"),
    ("criteria", r"^(les )?(criteres?|indicateurs?)( (d'evaluation|de performance|de reussite|d'appreciation|retenus|associes|observables))*( :| \(.*)?$|^resultats? attendus?( observables?)?$"),
    ("jury", r"^(composition du |le |regles? du )?jury\b.{0,40}$|^(deliberation|constitution du jury)"),
    ("accommodations", r"^(personnes?|candidats?|publics?|amenagements?)\b.{0,40}\b(handicap|amenagement)"),
    ("prerequisites", r"^pre-?\s?requis"),
    ("audience", r"^(publics?|public vise|beneficiaires)\b.{0,20}$"),
    ("deliverable", r"^(livrables?|productions? (attendues?|demandees?)|documents? (a remettre|attendus?))\b.{0,40}$"),
    ("modality", r"^(modalites?|epreuves?|conditions? de realisation|deroulement de l'epreuve|situations? d'evaluation)\b.{0,60}$"),
    ("competence", r"^(liste des )?competences?( professionnelles?| visees| attestees| evaluees)*( :)?$"),
    ("activity", r"^(description de la competence|contexte|description|activites?|taches?)\b.{0,60}$"),
    ("other", r"^(savoir-faire|savoirs?|connaissances?|ressources|moyens|conditions|technologies?|outils|definition|relations|debouches|bibliographie|glossaire|annexes?|sommaire|suivi|evolution|emplois? metiers?|reglementation|liste des (competences|activites))\b.{0,80}$"),
)  # fmt: skip


def section(text: str) -> Section | None:
    """The part of a fiche that a short line opens."""
    flat = plainly(text).strip(" .*")
    if len(flat.split()) > 10:
        return None
    flat = re.sub(r"^(?:\d+[.)]|[ivx]+[.)]|[a-z]\))\s*", "", flat)
    return next((name for name, words in SECTIONS if re.search(words, flat.rstrip(" :"))), None)
