"""Plain text as other tools extract it: tab-separated rows with HTML in their cells, wrapped lines, interleaved columns."""

import re
from pathlib import Path

from assistant.referentiel.authoring.sources.lines import HANGING
from assistant.referentiel.authoring.sources.markup import fragment
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Source, Table, clean, paragraph
from assistant.referentiel.authoring.structure import begins_item, is_column_heading

TERMINAL = re.compile(r"[.!?…;:»)]\s*$")
_EXAMPLE = re.compile(r"\b(par exemple|notamment|tel(?:le)?s? que|comme)$", re.IGNORECASE)
WINDOW = 24
_MARKED = re.compile(r"^\s*(#{1,6})\s+")
_TAGS = re.compile(r"</?[a-z][^<>]*>")


def read_text(path: Path) -> Source:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    pieces: list[Paragraph | Table] = []
    rows: list[list[str]] = []
    lines: list[str] = []
    page = 1

    def close_rows() -> None:
        if rows:
            pieces.append(_table(rows, page))
            rows.clear()

    def close_lines() -> None:
        pieces.extend(unwrapped(lines, page))
        lines.clear()

    for number, sheet in enumerate(text.replace("\r\n", "\n").split("\f"), start=1):
        page = number
        for line in sheet.split("\n"):
            if "\t" in line:
                close_lines()
                rows.append(line.split("\t"))
            elif line.strip() or not rows:
                close_rows()
                lines.append(line)
    close_lines()
    close_rows()
    plain = [(1, _TAGS.sub(" ", line)) for line in text.split("\n") if line.strip()]
    return Source(pieces, plain)


def _table(rows: list[list[str]], page: int) -> Table:
    """Rows of tab-separated cells; a row cut short is one whose last cells are empty."""
    width = max(len(row) for row in rows)
    cells = []
    for number, row in enumerate(rows):
        full = [col for col, text in enumerate(row) if text.strip()]
        alone = len(full) == 1 and full[0] == 0 and len(row) >= 3
        for col, text in enumerate(row):
            if text.strip():
                cells.append(Cell(number, col, 1, width if alone else 1, fragment(text, page)))
    return Table(cells, page)


def unwrapped(lines: list[str], page: int) -> list[Paragraph]:
    """Lines put back together: a line that begins small goes on with the last one left open.

    Columns that an extraction has interleaved are told so too: what is left open above waits for its end.
    """
    made: list[Paragraph] = []
    touched: Paragraph | None = None
    blank = True
    for line in lines:
        turned = line[:1] == " " and line[1:2].strip() != ""
        marked = _MARKED.match(line)
        text = clean(_MARKED.sub("", line).replace("**", "")) if "**" in line or marked else clean(line)
        if not text:
            blank = True
            continue
        fresh = paragraph(text, page, heading=len(marked[1]) if marked else 0)
        if fresh is None:
            continue
        before = _cut_by_page(made, fresh) if turned else None
        resumed = touched is not None and bool(made) and touched is not made[-1]
        before = before or _left_hanging(touched, fresh, resumed) or _open(made, fresh, blank)
        if before is None or marked:
            made.append(fresh)
            touched = fresh
        else:
            before.text = joined(before.text, fresh.text)
            touched = before
        blank = False
    return made


def _cut_by_page(made: list[Paragraph], fresh: Paragraph) -> Paragraph | None:
    """At the head of a page the first column goes on: the oldest line of a list or with a code that is still open."""
    if not (fresh.text[:1].islower() or fresh.text[:1] in "(,;"):
        return None
    for earlier in made[-12:]:
        if not TERMINAL.search(earlier.text) and (earlier.bullet or begins_item(earlier.text)):
            return earlier
    return None


def _left_hanging(touched: Paragraph | None, fresh: Paragraph, resumed: bool) -> Paragraph | None:
    """The paragraph that the line before went on with: it still asks for a word, or was taken up again and not ended."""
    if touched is None or touched.heading or fresh.bullet or not fresh.text[:1].islower():
        return None
    open_end = resumed and not TERMINAL.search(touched.text)
    return touched if open_end or HANGING.search(touched.text) else None


def _open(made: list[Paragraph], fresh: Paragraph, blank: bool) -> Paragraph | None:
    """The paragraph that a line goes on with, if any."""
    if not made or fresh.bullet or begins_item(fresh.text) or is_column_heading(fresh.text):
        return None
    small = fresh.text[:1].islower() or fresh.text[:1] in ",;)(" or fresh.text[:1].isdigit()
    last = made[-1]
    if HANGING.search(last.text) and not last.heading:
        return last
    if last.heading or is_column_heading(last.text):
        if not small:
            return None
    elif not TERMINAL.search(last.text) and (small or not blank):
        return last
    elif not small and TERMINAL.search(last.text) and not blank and last.text[-1] in ".)»" and not last.bullet:
        return last if not fresh.upper else None
    if small:
        earlier = [one for one in reversed(made[-WINDOW:]) if not TERMINAL.search(one.text) and not one.heading]
        earlier = [one for one in earlier if not is_column_heading(one.text)]
        asking = [one for one in earlier if HANGING.search(one.text) or _EXAMPLE.search(one.text)]
        if earlier:
            found = (asking or earlier)[0]
            found.guessed |= len(asking) > 1
            return found
        return last if not last.heading and last.text[-1] not in ".:" else None
    return None


def joined(first: str, second: str) -> str:
    """Two parts of one text; a word cut by a hyphen that stays is not given a space."""
    return first + second if re.search(r"\w-$", first) and second[:1].islower() else f"{first} {second}"
