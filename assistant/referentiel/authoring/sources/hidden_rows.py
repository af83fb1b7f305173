"""The rows of a table without rules: where a cell begins in the column of competences, all columns' lines are cut."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.referentiel.authoring.sources.gutters import rows_of
from assistant.referentiel.authoring.sources.lines import HANGING, Line, Word, capitals
from assistant.referentiel.authoring.structure import (
    CHECKED,
    UNCHECKED,
    begins_item,
    begins_with_verb,
    column_role,
    competence_code,
)

SPACE = 1.0
"""As a share of a line's height: the gap from which on two words are of two columns, or far apart within one."""
AGAIN, ROOM = 1.6, 1.3
"""Steps between lines, as shares of the usual one: a column begins again, a row of cells ends."""
LEVEL = 2.0


@dataclass(slots=True)
class Run(Line):
    """Words of a line with nothing but spaces between them."""

    @property
    def bold(self) -> bool:
        return 2 * sum(len(w.text) for w in self.words if w.bold) > sum(len(w.text) for w in self.words)


@dataclass(slots=True)
class Band:
    """Everything that stands at one height of a page."""

    runs: list[Run]

    @property
    def top(self) -> float:
        return min(word.top for run in self.runs for word in run.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for run in self.runs for word in run.words)

    @property
    def text(self) -> str:
        return " ".join(run.text for run in self.runs)


def bands_of(words: Sequence[Word]) -> list[Band]:
    """The lines of a page from top to bottom, each cut where two words stand far apart."""
    made = []
    for row in rows_of([word for word in words if word.upright]):
        runs: list[Run] = []
        for word in sorted(row, key=lambda w: w.x0):
            if runs and word.x0 - runs[-1].words[-1].x1 <= SPACE * (word.bottom - word.top):
                runs[-1].words.append(word)
            else:
                runs.append(Run([word]))
        made.append(Band(runs))
    return sorted(made, key=lambda band: band.top)


def cuts_of(
    bands: Sequence[Band], lines: Sequence[dict[int, Run]], columns: int, pitch: float, rules: Sequence[float],
    competence: int | None, criteria: int | None, head: int | None, centred: bool, under: Collection[int] = (),
) -> list[list[int]]:  # fmt: skip
    """For each column, the lines (from 0) at which a cell of it begins.

    `head`: the line that names the criteria; `rules`: heights in points; `centred`: competences stand amid their criteria;
    `under`: the columns below a heading over several.
    """
    body = _body(bands, lines, pitch, rules, criteria, head)
    marks = _marks(lines, criteria, body)
    rows = {0, body, *([head] if head else [])}
    for n in range(body + 1, len(bands)):
        marked = bool(marks & set(lines[n]))
        if marked or _row_begins(bands, lines, n, pitch, rules, competence, criteria, centred, body):
            rows.add(n)
    made = []
    for at in range(columns):
        own = [0]
        for n in sorted(rows - {0}):
            if n == head and n < body and at not in under and not _apart_above(bands, lines, n, at, pitch):
                continue
            always = at == criteria or (centred and at == competence) or n <= body or _between(bands, n, rules)
            if always or (at in lines[n] and _begins_cell(bands, lines, n, at, pitch, body, at == competence)):
                own.append(n)
        made.append(own)
    return made


def _body(
    bands: Sequence[Band], lines: Sequence[dict[int, Run]], pitch: float, rules: Sequence[float], criteria: int | None,
    head: int | None,
) -> int:  # fmt: skip
    """The first line below the headings."""
    if head is None or criteria is None:
        return 0
    said = lines[head][criteria].text if criteria in lines[head] else ""
    for n in range(head + 1, len(bands)):
        step = bands[n].top - bands[n - 1].top
        if _between(bands, n, rules) or step > ROOM * pitch + 1:
            return n
        flips = any(
            at in lines[n - 1] and lines[n - 1][at].bold and not run.bold for at, run in lines[n].items()
        ) and not any(run.bold for run in lines[n].values())
        if flips or any(begins_item(run.text) for run in lines[n].values()):
            return n
        asked = lines[n].get(criteria)
        if asked is None:
            continue
        goes_on = asked.text[:1].islower() or column_role(asked.text) or (capitals(said) and capitals(asked.text))
        if not goes_on or asked.bold != lines[head][criteria].bold:
            return n
        said = f"{said} {asked.text}"
    return len(bands)


def _marks(lines: Sequence[dict[int, Run]], criteria: int | None, body: int) -> set[int]:
    """Columns of boxes to tick, one a row, the first level with the first criterion."""
    found = set()
    for at in {at for line in lines[body:] for at in line} - {criteria}:
        texts = [line[at].text.replace(" ", "") for line in lines[body:] if at in line]
        if len(texts) > 1 and all(text and set(text) <= CHECKED | UNCHECKED for text in texts):
            first = next(line for line in lines[body:] if at in line)
            if criteria in first and first is next((line for line in lines[body:] if criteria in line), None):
                found.add(at)
    return found


def _row_begins(
    bands: Sequence[Band], lines: Sequence[dict[int, Run]], n: int, pitch: float, rules: Sequence[float],
    competence: int | None, criteria: int | None, centred: bool, body: int,
) -> bool:  # fmt: skip
    if _between(bands, n, rules):
        return True
    here = lines[n]
    telling = {at for at in (competence, criteria) if at is not None}
    if telling & set(here):
        above = max((m for m in range(body, n) if telling & set(lines[m])), default=None)
        if above is not None and bands[n].top - bands[above].top > ROOM * pitch + 1:
            return True
    if competence is None or competence not in here or centred:
        return False
    if competence_code(here[competence].text).code:
        return True
    if _full_stop_above(lines, n, competence, criteria, body):
        return True
    starts = _again(bands, lines, n, competence, pitch, body)
    asked = criteria in here and not here[criteria].text[:1].islower() if criteria is not None else False
    return (starts and (asked or criteria not in here)) or (
        asked and criteria is not None and _again(bands, lines, n, criteria, pitch, body)
    )


def _full_stop_above(lines: Sequence[dict[int, Run]], n: int, competence: int, criteria: int | None, body: int) -> bool:
    """A competence ends with a full stop right above another that begins with a verb, and so do the criteria beside them."""
    if criteria is None or criteria not in lines[n] or not begins_with_verb(lines[n][competence].text):
        return False
    above = [
        next((lines[m][at].text for m in range(n - 1, body - 1, -1) if at in lines[m]), "")
        for at in (competence, criteria)
    ]
    return all(text.rstrip()[-1:] == "." for text in above) and lines[n][criteria].text[:1].isupper()


def _apart_above(bands: Sequence[Band], lines: Sequence[dict[int, Run]], n: int, at: int, pitch: float) -> bool:
    """Whether the heading of a column begins anew at a line, rather than running on there."""
    above = max((m for m in range(n) if at in lines[m]), default=None)
    return at in lines[n] and (above is None or bands[n].top - bands[above].top > ROOM * pitch)


def _begins_cell(
    bands: Sequence[Band], lines: Sequence[dict[int, Run]], n: int, at: int, pitch: float, body: int, competence: bool
) -> bool:
    """Whether a cell of this column begins at a line that begins a row; else it runs on beside several rows."""
    if not competence:
        return _again(bands, lines, n, at, pitch, body)
    above = max((m for m in range(body, n) if at in lines[m]), default=None)
    if above is None or competence_code(lines[n][at].text).code:
        return True
    if begins_with_verb(lines[n][at].text) and not HANGING.search(lines[above][at].text.rstrip()):
        return True
    return bands[n].top - bands[above].top > ROOM * pitch + 1


def _again(bands: Sequence[Band], lines: Sequence[dict[int, Run]], n: int, at: int, pitch: float, body: int) -> bool:
    """Whether a column begins again at a line, with room above it."""
    above = max((m for m in range(body, n) if at in lines[m]), default=None)
    return above is None or bands[n].top - bands[above].top > AGAIN * pitch


def _between(bands: Sequence[Band], n: int, rules: Sequence[float]) -> bool:
    """Whether a rule runs between a line and the one above."""
    return n > 0 and any(bands[n - 1].bottom - LEVEL <= y <= bands[n].top + LEVEL for y in rules)
