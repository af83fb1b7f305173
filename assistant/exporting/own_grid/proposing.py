"""A map proposed by the words: criteria are found by theirs, the cells beside them by the headings of their columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.exporting.own_grid.mapping import CriterionPlaces, Field, GridMap, Head, Place, Tick
from assistant.referentiel.model import Criterion, Referentiel
from assistant.text import content_words, fold

ENOUGH = 0.6
"""Share of the words that a cell and a criterion have in common (of both together), from which they are the same."""
_FIELDS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (
        "gaps",
        re.compile(r"\b(manques?|ecarts?|non reperes?|points? (faibles?|a ameliorer)|absences?|insuffisances?|axes?)"),
    ),
    ("questions", re.compile(r"\b(questions?|a demander|oral)\b")),
    ("motivation", re.compile(r"\b(motivations?|motifs?|justifications?|argumentaires?)\b")),
    (
        "findings",
        re.compile(
            r"\b(constats?|observations?|observes?|preuves?|elements? (releves?|observes?|constates?|reperes?)"
            r"|commentaires?|remarques?|appreciations?)\b"
        ),
    ),
    ("points", re.compile(r"\b(points? (obtenus?|attribues?)|notes?|score|notation)\b|^points?$")),
    (
        "decision",
        re.compile(r"\b(decisions?|avis|resultats?|validations?|niveaux?|evaluations? du jury|acquis ?/ ?non)"),
    ),
)
_TICKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Non acquis", re.compile(r"^(non[ -]acquise?s?|non[ -]validee?s?|na|nv|non)$")),
    ("Partiellement acquis", re.compile(r"^(partiellement( acquis)?|en cours( d'acquisition)?|eca|partiel)$")),
    ("Acquis", re.compile(r"^(acquise?s?|validee?s?|a|v|oui)$")),
)
_HEADS: tuple[tuple[Head, re.Pattern[str]], ...] = (
    (
        "candidate",
        re.compile(
            r"^(n(o|°|um(ero)?)?\.? ?(du )?candidat|(nom|prenom|nom et prenom|identite)( de la| du)?( candidate?)?"
            r"|candidate?)\b.{0,12}:?$"
        ),
    ),
    ("session", re.compile(r"^session\b.{0,20}:?$")),
    ("date", re.compile(r"^date\b.{0,30}:?$")),
    ("jury", re.compile(r"^(membres? du jury|jury|jures?|evaluateurs?|noms? des jures?)\b.{0,20}:?$")),
    ("total", re.compile(r"^total\b.{0,20}:?$")),
)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a template as it is read: `columns` and `rows` it is merged over; `free` whether it may be written."""

    place: Place
    text: str
    rows: int = 1
    columns: int = 1
    free: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """The map, the criteria that no cell holds, and the cells as they were read."""

    map: GridMap
    missing: tuple[str, ...]
    cells: tuple[GridCell, ...] = ()


def proposed(cells: Sequence[GridCell], referentiel: Referentiel, form: str, sha256: str) -> Proposal:
    """The map by words alone; a person looks at it once."""
    held = _criteria_cells(cells, tuple(referentiel.criteria()))
    by_part: dict[str, list[GridCell]] = {}
    for cell in cells:
        by_part.setdefault(cell.place.part, []).append(cell)
    places = {name: _beside(cell, by_part[cell.place.part]) for name, cell in held.items()}
    heads: dict[Head, Place] = {}
    for cell in cells:
        head = next((name for name, words in _HEADS if words.match(fold(cell.text).strip(" .…_"))), None)
        room = _right_of(cell, by_part[cell.place.part]) if head else None
        if head and room and head not in heads and not room.text.strip(" .…_"):
            heads[head] = room.place
    made = GridMap(form=form, template_sha256=sha256, criteria=places, heads=heads)
    missing = tuple(one.id for one in referentiel.criteria() if one.id not in places)
    return Proposal(made, missing, tuple(cells))


def _criteria_cells(cells: Sequence[GridCell], criteria: Sequence[Criterion]) -> dict[str, GridCell]:
    """Each criterion's cell: the one with the most words in common, each cell for one criterion only."""
    worded = [(cell, set(content_words(cell.text))) for cell in cells if len(content_words(cell.text)) > 2]
    pairs: list[tuple[float, int, str, GridCell]] = []
    for order, criterion in enumerate(criteria):
        whole = " ".join(text for text in (criterion.lead, criterion.text, *criterion.indicators) if text)
        for wanted in {criterion.text, whole}:
            own = set(content_words(wanted))
            for cell, said in worded:
                share = len(own & said) / max(1, len(own | said))
                if share >= ENOUGH:
                    coded = criterion.source_code or criterion.id
                    bonus = 0.5 if re.match(rf"\W*{re.escape(fold(coded))}\b", fold(cell.text)) else 0.0
                    pairs.append((-(share + bonus), order, criterion.id, cell))
    found: dict[str, GridCell] = {}
    taken: set[Place] = set()
    for _, _, name, cell in sorted(pairs, key=lambda pair: (*pair[:3], pair[3].place.part, pair[3].place.row)):
        if name not in found and cell.place not in taken:
            found[name] = cell
            taken.add(cell.place)
    return found


def _beside(criterion: GridCell, cells: Sequence[GridCell]) -> CriterionPlaces:
    fields: dict[Field, Place] = {}
    ticks: list[Tick] = []
    own = range(criterion.place.column, criterion.place.column + criterion.columns)
    for cell in cells:
        beside = cell.place.row <= criterion.place.row < cell.place.row + cell.rows
        if not beside or cell.place.column in own or not cell.free:
            continue
        heading = _heading(cell, cells)
        decision = next((name for name, words in _TICKS if words.match(heading)), None)
        if decision:
            ticks.append(Tick(decision=decision, place=cell.place))
            continue
        field = next((name for name, words in _FIELDS if words.search(heading)), None)
        if field and field not in fields:
            fields[field] = cell.place
    return CriterionPlaces(criterion=criterion.place, fields=fields, ticks=tuple(ticks))


def _heading(cell: GridCell, cells: Sequence[GridCell]) -> str:
    """The nearest words above in the same column that name one of the fields."""
    above = [
        one
        for one in cells
        if one.place.row < cell.place.row
        and one.place.column <= cell.place.column < one.place.column + one.columns
        and one.text.strip()
    ]
    for one in sorted(above, key=lambda c: -c.place.row):
        said = fold(one.text).strip(" :.*")
        known = any(words.match(said) for _, words in _TICKS) or any(words.search(said) for _, words in _FIELDS)
        if len(said.split()) <= 8 and known:
            return said
    return ""


def _right_of(cell: GridCell, cells: Sequence[GridCell]) -> GridCell | None:
    column = cell.place.column + cell.columns
    return next((c for c in cells if c.place.row == cell.place.row and c.place.column == column and c.free), None)
