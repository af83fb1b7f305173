"""What is written where, before any file is opened: the same for a workbook and for a Word document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.exporting.grid import Grid, GridCriterion
from assistant.exporting.own_grid.mapping import (
    FIELDS,
    CriterionPlaces,
    Field,
    GridMap,
    Head,
    Place,
    Skipped,
    head_text,
    texts_of,
)
from assistant.text import fold

EMPTY_BOXES = "☐□❑❒"
TICKED = "☒"


@dataclass(frozen=True, slots=True)
class Written:
    """One cell to write. `said`: the words by which a drop-down may name it; `number` where a cell may count with it."""

    criterion: str
    field: str
    place: Place
    text: str
    said: tuple[str, ...]
    number: float | None = None


HEAD_WORDS: dict[Head, str] = {"candidate": "candidat", "date": "date du jury", "jury": "jurés", "total": "total"}
"""What a grid that is handed over says of itself somewhere; a session's title it may do without."""
BY_HAND = "aucune case reconnue, à écrire à la main"
FIELD_WORDS: dict[Field, str] = {
    "findings": "les constats", "gaps": "les points non trouvés", "questions": "les questions", "decision": "la décision",
    "motivation": "le texte du jury", "points": "les points",
}  # fmt: skip
_DOTS = r"(?:[._…](?:\s?[._…])+|…)"
_BLANK = re.compile(rf"{_DOTS}(?:\s?/\s?{_DOTS}){{2}}|{_DOTS}")
"""A run of dots or lines; three with strokes between them are one date."""
_HOLDER = re.compile(r"\[[^\[\]]*\]|<[^<>]*>")
"""A place holder, whatever it says."""
_ASKS = re.compile(
    r"\b(?:a |de )?(?:saisi(?:r|ssez)|cliqu(?:er|ez)|click|complet(?:er|ez)|rempli(?:r|ssez)|ecri(?:re|vez)|"
    r"indiqu(?:er|ez)|choisi(?:r|ssez)|renseign(?:er|ez)|inscri(?:re|vez)|texte libre|texte ici)\b"
)
_ASKED = frozenset(
    """
    a ou or et pour to ici here ci dessous dans cette case zone cellule champ par la le les l un une du de des d votre vos tap
    appuyer appuyez entrer enter saisir taper inserer selectionner choisir texte text date valeur element note points
    commentaire commentaires observation observations appreciation appreciations motivation justification constat constats
    question questions decision reponse nom candidat jury jure jures evaluateur evaluateurs examinateur examinateurs libre
    """.split()  # noqa: SIM905 - read more easily so
)
"""What a hint is made of besides the verb: with any other word, or a figure, it is printed matter."""
_UNIT = re.compile(r"/.*|sur \d.*|%.*|(?:points?|pts?|point\(s\))[ .\d/]*")

TOLD: tuple[Field, ...] = ("findings", "gaps", "questions", "motivation")
"""What several criteria may say in one cell, each under its code."""


def to_write(map_: GridMap, grid: Grid) -> tuple[list[Written], list[Skipped]]:
    """The cells that get something, and what has no cell; one for which there is nothing stays as the certifier left it.

    A cell merged beside several criteria holds the words of all of them. Decisions or points that differ do not go into
    one cell: they are told with what could not be written.
    """
    shared: dict[Place, list[Written]] = {}
    for one in _each(map_, grid):
        shared.setdefault(one.place, []).append(one)
    made: list[Written] = []
    skipped: list[Skipped] = without_place(map_, grid)
    for several in shared.values():
        first = several[0]
        if len(several) == 1 or all(one.text == first.text and one.field not in TOLD for one in several):
            made.append(first)
        elif len({one.criterion for one in several}) == 1 and not all(one.field in TOLD for one in several):
            made += several
        elif all(one.field in TOLD for one in several):
            made.append(replace(first, text=_together(several), said=(_together(several),)))
        else:
            named = ", ".join(dict.fromkeys(one.criterion for one in several))
            why = f"cette case vaut pour {named}, dont les décisions ou les points diffèrent"
            skipped += [Skipped(criterion=one.criterion, field=one.field, why=why) for one in several]
    return made, skipped


def _together(several: list[Written]) -> str:
    return "\n".join(f"{one.criterion}\u00a0: {one.text}" for one in several)


def _each(map_: GridMap, grid: Grid) -> Iterator[Written]:
    for head, top in map_.heads.items():
        text = head_text(grid, head)
        if text:
            yield Written("", head, top, text, (text,), grid.total if head == "total" else None)
    for row in grid.rows:
        name, places = row.id, map_.criteria.get(row.id)
        if places is None:
            continue
        for field in FIELDS:
            place = places.fields.get(field)
            text = _of_the_cell(row, field, places, grid)
            if place is None or not text:
                continue
            said = _said(text, map_) if field == "decision" else (text,)
            number = row.points if field == "points" or (field == "decision" and row.points is not None) else None
            yield Written(name, field, place, said[0], said, number if field == "points" else None)
        for tick in places.ticks:
            if row.decision and fold(row.decision) == fold(tick.decision):
                yield Written(name, "decision", tick.place, map_.mark, (map_.mark, "x", "oui", "1"))


def _of_the_cell(row: GridCriterion, field: Field, places: CriterionPlaces, grid: Grid) -> str:
    """A field's words; where the grid has one column of observations, the motivation stands in it, first."""
    text = texts_of(row, field, grid)
    if field == "findings" and "motivation" not in places.fields:
        return "\n".join(part for part in (texts_of(row, "motivation", grid), text) if part)
    return text


def without_place(map_: GridMap, grid: Grid) -> list[Skipped]:
    """What the grid says and the certifier's grid has no cell for, item by item."""
    made = [
        Skipped(
            criterion="",
            field=head,
            why=f"{words}, «\u00a0{text}\u00a0»\u00a0: {BY_HAND}",
        )
        for head, words in HEAD_WORDS.items()
        if (text := head_text(grid, head)) and head not in map_.heads
    ]
    for row in grid.rows:
        places = map_.criteria.get(row.id)
        told: list[Field] = [field for field in FIELDS if texts_of(row, field, grid)]
        if places is None:
            if told:
                made.append(Skipped(criterion=row.id, field="", why="ce critère n’a pas été reconnu dans la grille"))
            continue
        for field in told:
            if not _has_room(field, places):
                made.append(Skipped(criterion=row.id, field=field, why=f"pas de case pour {FIELD_WORDS[field]}"))
    return made


def _has_room(field: Field, places: CriterionPlaces) -> bool:
    if field in {"decision", "points"}:
        return bool({"decision", "points"} & set(places.fields) or places.ticks)
    return field in places.fields or (field == "motivation" and "findings" in places.fields)


def left_blank(map_: GridMap, grid: Grid) -> list[str]:
    """French sentences on what the jury has not decided, whose cells therefore stay empty; none where all is."""
    open_ones = [row.id for row in grid.rows if not row.decision]
    if not open_ones:
        return []
    done, whole = len(grid.rows) - len(open_ones), len(grid.rows)
    what = "critère décidé" if done < 2 else "critères décidés"
    lines = [f"Grille remplie en partie\u00a0: {done} {what} sur {whole}."]
    lines += [f"{name}\u00a0: aucune décision, qui reste vide" for name in open_ones]
    if "total" in map_.heads or grid.scale == "points":
        lines.append("Total\u00a0: il ne s’écrit qu’une fois tous les critères décidés")
    return lines


def around(held: str, text: str) -> str:
    """What a cell says once `text` is in it: what is printed stays (« / 2 » becomes « 1 / 2 »), dots and hints make room."""
    printed = " ".join(held.split())
    if not printed or _is_hint(printed) or not _BLANK.sub("", printed).strip(" .:"):
        return text
    if text.replace(" ", "").endswith(printed.replace(" ", "")):
        return text
    blank = _BLANK.search(printed)
    if blank:
        before, after = printed[: blank.start()], printed[blank.end() :]
        return f"{before}{' ' * before.endswith(':')}{text}{' ' * after[:1].isalnum()}{after}"
    if _UNIT.fullmatch(fold(printed)):
        return f"{text} {printed}"
    return f"{printed}\n{text}" if "\n" in text else f"{printed} {text}"


def _is_hint(printed: str) -> bool:
    """Whether these words only say what is to be written there: "[texte]", "Saisissez ici…", "(à compléter)"."""
    said = fold(printed)
    if _HOLDER.fullmatch(said):
        return True
    rest, asks = _ASKS.subn(" ", said)
    return asks > 0 and _ASKED.issuperset(re.findall(r"\w+", rest))


def ticked(text: str, said: tuple[str, ...]) -> int | None:
    """Where in a cell's text the box stands that these words name (« ☐ Acquis  ☐ Non acquis »); None where there is none."""
    places = [place for place, char in enumerate(text) if char in EMPTY_BOXES]
    for number, place in enumerate(places):
        end = places[number + 1] if number + 1 < len(places) else len(text)
        words = fold(text[place + 1 : end]).strip(" .;,/-")
        if any(words == fold(one) for one in said):
            return place
    return None


def _said(decision: str, map_: GridMap) -> tuple[str, ...]:
    """The certifier's word for a decision first, then ours."""
    other = next((word for ours, word in map_.words.items() if fold(ours) == fold(decision)), None)
    return (other, decision) if other else (decision,)
