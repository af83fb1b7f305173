"""PDF: pdfplumber's ruled tables; pages that are pictures go through the project's reader of scans."""

import os
import re
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.sources.geometry import Box, open_ends, page_pieces
from assistant.referentiel.authoring.sources.glyphs import page_words
from assistant.referentiel.authoring.sources.hidden import LoosePage, hidden_tables, level_rules, loose
from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.sources.pieces import FURNITURE, Paragraph, Source, Table
from assistant.referentiel.authoring.structure import begins_item, column_role, section

LEAST_LETTERS = 20
EDGE = 0.14
REPEATED = 3
MARK = 3
"""Characters of a page number, or of a box to tick."""
PART = 16
"""Pages for which a further process is worth its start."""


def read_pdf(path: Path, kept: Path | None = None) -> Source:
    """Every page's words; a page without any is read as a picture. Raises ReferentielError if it cannot be opened."""
    import pdfplumber
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    try:
        with pdfplumber.open(path) as document:
            count = len(document.pages)
        read = _in_parts(path, count)
    except (OSError, MalformedPDFException, PdfminerException) as error:
        raise ReferentielError(
            "Le fichier PDF ne peut pas être lu : exportez-le à nouveau, sans mot de passe."
        ) from error
    hidden = hidden_tables([page.loose for page in read if page.loose is not None])
    pieces: list[Paragraph | Table] = []
    for page in read:
        if page.number in hidden and page.loose is not None and not _headed(page.pieces):
            pieces += page_pieces(page.loose.words, hidden[page.number], page.number, page.width)
        else:
            pieces += page.pieces
    words = [(page.number, page.words) for page in read if not page.picture]
    pictures = [page.number for page in read if page.picture]
    heights = {page.number: page.height for page in read}
    unread: list[tuple[int, str]] = []
    if pictures:
        from assistant.referentiel.authoring.sources.scan import read_pictures

        scanned = read_pictures(path, pictures, kept)
        pieces = sorted([*pieces, *scanned.pieces], key=lambda piece: piece.page)
        words += scanned.words
        unread = scanned.unread
        heights |= dict.fromkeys(pictures, 842.0)
    return Source(without_furniture(pieces, heights), sorted(words), unread)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page (from 1); `picture` where it has no text and is to be read as it is shown."""

    number: int
    height: float
    words: str = ""
    pieces: tuple[Paragraph | Table, ...] = ()
    picture: bool = False
    width: float = 0.0
    loose: LoosePage | None = None
    """The page once more, where hardly anything of it stands in ruled cells."""


def _headed(pieces: Iterable[Paragraph | Table]) -> bool:
    """Whether a ruled table of the page has headings and something below them: no other is to be looked for."""
    for table in (piece for piece in pieces if isinstance(piece, Table)):
        heads = [cell for cell in table.cells if cell.row == 0 and column_role(cell.text)]
        if len(heads) > 1 and any(cell.text for cell in table.cells if cell.row > 0):
            return True
    return False


def _in_parts(path: Path, count: int) -> list[ReadPage]:
    """All pages; those of a long document are shared out, for a page of a dense table takes a third of a second."""
    workers = min(os.cpu_count() or 1, 4, count // PART)
    if workers < 2:
        return _read_pages(path, range(1, count + 1))
    parts = [range(first, count + 1, workers) for first in range(1, workers + 1)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        found = [page for pages in pool.map(_read_pages, [path] * workers, parts) for page in pages]
    return sorted(found, key=lambda page: page.number)


def _read_pages(path: Path, numbers: Iterable[int]) -> list[ReadPage]:
    import pdfplumber

    made = []
    with pdfplumber.open(path) as document:
        for number in numbers:
            page = document.pages[number - 1]
            found = page_words(page)
            height = float(page.height)
            if sum(c.isalpha() for word in found for c in word.text) < LEAST_LETTERS and page.images:
                made.append(ReadPage(number, height, picture=True))
            else:
                tables = _tables(page)
                pieces = tuple(page_pieces(found, tables, number, float(page.width)))
                own = _loose(page, found, tables)
                said = " ".join(word.text for word in found)
                made.append(ReadPage(number, height, said, pieces, width=float(page.width), loose=own))
            page.close()
    return made


def words_of(path: Path, number: int) -> list[Word]:
    """The words of one page (from 1), in points of the displayed page; none where it is a picture."""
    import pdfplumber

    with pdfplumber.open(path, pages=[number]) as document:
        found = page_words(document.pages[0])
    return found if sum(c.isalpha() for word in found for c in word.text) >= LEAST_LETTERS else []


def _tables(page: Any) -> list[list[Box]]:
    """The boxes of each ruled table's cells."""
    if not (page.lines or page.rects or page.curves):
        return []
    how = {"snap_tolerance": 3, "join_tolerance": 4, "intersection_tolerance": 4}
    tables = page.find_tables({**how, "explicit_horizontal_lines": open_ends(page.edges)})
    return [
        [(float(a), float(b), float(c), float(d)) for a, b, c, d in table.cells]
        for table in tables
        if len(table.cells) > 1
    ]


def _loose(page: Any, found: list[Word], tables: list[list[Box]]) -> LoosePage | None:
    if not loose(found, tables):
        return None
    return LoosePage(page.page_number, float(page.height), tuple(found), _level(page), float(page.width))


def _level(page: Any) -> tuple[float, ...]:
    """The heights of the page's long level rules."""
    if not (page.lines or page.rects or page.curves):
        return ()
    across = [edge for edge in page.edges if edge["orientation"] == "h"]
    return level_rules([(e["x0"], e["x1"], e["top"]) for e in across], float(page.width))


def without_furniture(pieces: list[Paragraph | Table], heights: dict[int, float]) -> list[Paragraph | Table]:
    """The pieces without what stands again at the head or foot of several pages (and stays to be listed as such)."""
    seen: Counter[str] = Counter()
    for key in {(_key(text), page) for text, page in _edge_texts(pieces, heights)}:
        seen[key[0]] += 1
    often = {key for key, times in seen.items() if times >= REPEATED and not _says(key)}
    if not often:
        return pieces
    kept: list[Paragraph | Table] = []
    for piece in pieces:
        if isinstance(piece, Paragraph):
            if _key(piece.text) in often and _at_edge(piece.top, piece.bottom, heights.get(piece.page, 0)):
                piece.heading = FURNITURE
            kept.append(piece)
            continue
        again = {cell.row for cell in piece.cells if _key(cell.text) in often and _low(cell, piece, heights)}
        # A row of a table that says something new beside words said before is no foot of a page.
        rows = again - {c.row for c in piece.cells if len(c.text) > MARK and _key(c.text) not in often}
        for cell in piece.cells:
            if cell.row in rows and cell.text:
                for one in cell.paragraphs:
                    one.heading = FURNITURE
                    kept.append(one)
        piece.cells = [cell for cell in piece.cells if cell.row not in rows]
        if piece.cells:
            kept.append(piece)
    return kept


def _says(key: str) -> bool:
    """A line that opens a part of the document, however often it stands at the head of a page."""
    text = key.replace("#", "1")
    # The key is in small letters, and what a code heads begins with a capital.
    return (
        begins_item(text)
        or begins_item(text.upper())
        or section(text) is not None
        or column_role(text) is not None
        or text.startswith("n°")
    )


def _edge_texts(pieces: list[Paragraph | Table], heights: dict[int, float]) -> list[tuple[str, int]]:
    found = []
    for piece in pieces:
        if isinstance(piece, Paragraph):
            if _at_edge(piece.top, piece.bottom, heights.get(piece.page, 0)):
                found.append((piece.text, piece.page))
        else:
            found += [(c.text, piece.page) for c in piece.cells if len(c.text) > 2 and _low(c, piece, heights)]
    return found


def _low(cell: Any, table: Table, heights: dict[int, float]) -> bool:
    """A cell of a table at the very foot of the page, or of a small one at its head."""
    height = heights.get(table.page, 0)
    tops = [one.top for one in cell.paragraphs]
    if not tops or not height:
        return False
    return min(tops) > height * (1 - EDGE) or (table.bottom < height * EDGE)


def _at_edge(top: float, bottom: float, height: float) -> bool:
    return bool(height) and (bottom < height * EDGE or top > height * (1 - EDGE))


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip().lower())
