"""The candidates' list of an organisation (CSV or XLSX), and files matched to it by number or by name. Pure."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from assistant.errors import InvalidInput
from assistant.store.names import kept_name

HEADINGS: Mapping[str, frozenset[str]] = {
    "number": frozenset({"numero", "n", "no", "num", "number", "numero candidat", "numero du candidat", "n candidat"}),
    "name": frozenset({"nom", "name", "candidat", "nom et prenom", "nom prenom", "nom du candidat"}),
    "first_name": frozenset({"prenom", "first name"}),
    "company": frozenset({"entreprise", "societe", "company", "structure"}),
    "trainer": frozenset({"formateur", "formatrice", "trainer", "formateur du candidat"}),
    "accommodations": frozenset({"amenagement", "amenagements", "accommodations", "tiers temps"}),
    "blocs": frozenset({"bloc", "blocs"}),
    "email": frozenset({"courriel", "email", "e mail", "mail", "adresse"}),
}
"""What a column may be called, without accents, capitals and signs."""
MOST_LINES = 20_000
NOBODY = "Aucun numéro ni nom de la liste n’est dans ce nom de fichier."
SHORTEST = 3
MOST_NAMED = 5
NO_NAMES = frozenset({
    "annexe", "annexes", "candidat", "candidate", "definitif", "docx", "dossier", "final", "finale", "memoire", "pdf",
    "projet", "rapport", "version",
})  # fmt: skip
"""Words of file names that are nobody's name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate as the list says; "" where it says nothing."""

    number: str
    name: str = ""
    company: str = ""
    trainer: str = ""
    accommodations: str = ""
    blocs: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The candidates read, and a French sentence for each line that could not be."""

    lines: tuple[Line, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """By candidate (an id), the places of their files in order; and why each other file found nobody."""

    files: Mapping[str, tuple[int, ...]]
    unmatched: tuple[tuple[int, str], ...]


def read_roster(name: str, data: bytes) -> Roster:
    """The list in a file. Raises InvalidInput for what is no table, or has no column of numbers."""
    rows = _sheet(data) if data[:2] == b"PK" else _lines(data)
    filled = [row for row in rows if any(cell.strip() for cell in row)][: MOST_LINES + 1]
    if not filled:
        raise InvalidInput("Cette liste est vide\u00a0: vérifiez le fichier.")
    columns = {
        place: known for place, cell in enumerate(filled[0])
        if (known := next((one for one, names in HEADINGS.items() if bare(cell) in names), None))
    }  # fmt: skip
    if "number" not in columns.values():
        raise InvalidInput(
            "Cette liste n’a pas de colonne «\u00a0Numéro\u00a0»\u00a0: sa première ligne doit nommer les colonnes (numéro, "
            "nom, entreprise, formateur, aménagements, bloc, courriel)."
        )
    made: dict[str, Line] = {}
    problems = []
    for at, row in enumerate(filled[1:], start=2):
        said = {known: row[place].strip() for place, known in columns.items() if place < len(row)}
        number = said.get("number", "")
        if not number:
            problems.append(f"Ligne {at}\u00a0: il n’y a pas de numéro.")
        elif number in made:
            problems.append(f"Ligne {at}\u00a0: le numéro {number} est déjà dans la liste.")
        else:
            made[number] = _line(number, said)
    return Roster(tuple(made.values()), tuple(problems))


def matched(candidates: Mapping[str, tuple[str, str]], files: Sequence[str]) -> Matched:
    """Whose each file is, by its name: the candidate's number in it, else every part of their name.

    `candidates`: number and name by id. A file that two candidates could claim is given to none.
    """
    found: dict[str, list[int]] = {}
    unmatched = []
    for place, name in enumerate(files):
        stem = name.rsplit(".", 1)[0]
        owners = [one for one, (number, _) in candidates.items() if _has_number(stem, number)]
        if len(owners) != 1:
            named = [one for one, (_, who) in candidates.items() if _has_name(stem, who)]
            owners = [one for one in owners if one in named] or owners or named
        if len(owners) == 1:
            found.setdefault(owners[0], []).append(place)
        elif owners:
            unmatched.append((place, _several([candidates[one][0] for one in owners])))
        else:
            alike = [number for number, who in candidates.values() if _is_part(stem, who)]
            unmatched.append((place, _several(alike) if alike else NOBODY))
    return Matched({one: tuple(places) for one, places in found.items()}, tuple(unmatched))


def bare(text: str) -> str:
    """Small letters without accents, words of letters and figures."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("°", " "))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _line(number: str, said: Mapping[str, str]) -> Line:
    name = " ".join(part for part in (said.get("first_name", ""), said.get("name", "")) if part)
    blocs = tuple(part for part in re.split(r"[,;/\s]+", said.get("blocs", "")) if part)
    return Line(
        kept_name(number, 60), kept_name(name, 200), kept_name(said.get("company", ""), 200), said.get("trainer", ""),
        said.get("accommodations", ""), blocs, said.get("email", "")[:200],
    )  # fmt: skip


def _has_number(stem: str, number: str) -> bool:
    """The number stands alone in the name: « 0417 » is in « dossier_0417_v2 », not in « 104170 »."""
    wanted = re.sub(r"^0+(?=\d)", "", number.strip().casefold())
    return bool(re.search(rf"(?<![a-z0-9])0*{re.escape(wanted)}(?![a-z0-9])", stem.casefold().replace("_", " ")))


def _has_name(stem: str, name: str) -> bool:
    words = {one for one in bare(name).split() if len(one) >= SHORTEST}
    return bool(words) and words <= set(bare(re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])", " ", stem)).split())


def _is_part(stem: str, name: str) -> bool:
    """Whether a file is called by nothing but a part of a name, as its surname: « Martin » for Léa Martin."""
    words = {one for one in bare(stem).split() if len(one) >= SHORTEST and one.isalpha()} - NO_NAMES
    return bool(words) and words <= set(bare(name).split())


def _several(numbers: Sequence[str]) -> str:
    """Why a file that these candidates could claim is given to none."""
    said = ", ".join(f"n° {one}" for one in numbers[:MOST_NAMED]) + (", …" if len(numbers) > MOST_NAMED else "")
    if len(numbers) == 1:
        return f"Un candidat porte une partie de ce nom\u00a0: {said}. Dites si ce fichier est le sien."
    count = {2: "Deux", 3: "Trois", 4: "Quatre"}.get(len(numbers), str(len(numbers)))
    return f"{count} candidats portent ce nom\u00a0: {said}. Dites duquel est ce fichier."


def _lines(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidInput("Cette liste ne se lit pas\u00a0: enregistrez-la en CSV (UTF-8) ou en XLSX.")
    first = text.lstrip().partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        return list(csv.reader(StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise InvalidInput("Cette liste ne se lit pas\u00a0: enregistrez-la en CSV (UTF-8) ou en XLSX.") from error


def _sheet(data: bytes) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        rows: Iterable[Any] = book.worksheets[0].iter_rows(max_row=MOST_LINES + 1, max_col=40, values_only=True)
        return [[_cell(cell) for cell in row] for row in rows]
    except (BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise InvalidInput("Ce classeur ne se lit pas\u00a0: enregistrez-le de nouveau en XLSX, ou en CSV.") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
