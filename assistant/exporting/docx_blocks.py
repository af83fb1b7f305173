"""A document's blocks as the paragraphs, lists and tables of a Word document (WordprocessingML), in its own styles.

Elements are made directly: python-docx looks a style up, and counts a table's cells again, each time one is touched,
which took seconds for a grid of 25 criteria.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.exporting.breaking import kept_whole
from assistant.exporting.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Heading,
    Inline,
    PageReference,
    Paragraph,
    SignatureBlock,
    Table,
    is_lead_in,
    spelled,
    storable,
)
from assistant.exporting.wording import NBSP

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

Element = Any
"""An element of the document; lxml has no types for those that python-docx makes."""
LIST, CELL, CELL_LIST, COLUMN_TITLE = "List Bullet", "Cellule", "Liste de cellule", "Titre de colonne"
STYLES = {"lead": "Subtitle", "small": "Précision"}
SIGNER, SIGNATURE, ASIDE = "Signataire", "Ligne de signature", "Origine"
PALE, LINE = "EDEDED", "767676"
SIGNATURE_END = 6_200
"""Where a line to sign on ends, in twentieths of a point."""
EMU_IN_TWIP, TWIPS_IN_POINT, A4_ROOM = 635, 20, 9_600


def word_elements(word: "WordDocument", heading: str, blocks: Sequence[Block]) -> "list[BaseOxmlElement]":
    """The title and the blocks, in their order; a style that the document's template lacks is done without."""
    styles = {style.name: style.style_id for style in word.styles if style.name}
    writer = _Writer(styles, _room(word))
    return [writer.styled("Heading 1", (_run(storable(heading)),)), *writer.elements(blocks)]


def _room(word: "WordDocument") -> int:
    """Between the last section's margins, in twips; an A4 page's where the template does not say."""
    for section in reversed(word.sections):
        room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        return room // EMU_IN_TWIP if room > 0 else A4_ROOM
    return A4_ROOM


class _Writer:
    """Makes elements for a document with these styles (ids by name) and this room (twips) between its margins."""

    def __init__(self, styles: Mapping[str, str], room: int) -> None:
        self._styles = styles
        self._room = room

    def elements(self, blocks: Sequence[Block]) -> Iterator[Element]:
        for block, following in itertools.pairwise((*blocks, None)):
            match block:
                case Heading(level, text):
                    yield self.styled(f"Heading {level}", (_run(storable(text)),))
                case Paragraph():
                    yield self._paragraph(block, "", kept=is_lead_in(block) and following is not None)
                case BulletList(items, room):
                    for item in items:
                        yield self.styled(LIST, self._runs(item))
                        yield from (self.styled("", (), _line_below()) for _ in range(room))
                case SignatureBlock(name, note):
                    yield from self._signature(name, note, isinstance(following, SignatureBlock))
                case Table():
                    yield self._table(block)
                    yield self.styled("", ())

    def styled(self, style: str, runs: Sequence[Element], *properties: Element) -> Element:
        """A paragraph in a style ("" for the document's normal one)."""
        named = (_element("pStyle", val=self._styles[style]),) if style in self._styles else ()
        return _with(_element("p"), _with(_element("pPr"), *named, *properties), *runs)

    def _paragraph(self, block: Paragraph, style: str, *, kept: bool = False) -> Element:
        """`kept`: on the page of what follows."""
        aligned = (_element("jc", val="right"),) if block.style == "right" else ()
        with_next = (_element("keepNext"),) if kept else ()
        return self.styled(STYLES.get(block.style, style), self._runs(block.content), *with_next, *aligned)

    def _runs(self, content: Sequence[Inline]) -> list[Element]:
        return [self._inline(run) for run in content]

    def _inline(self, run: Inline) -> Element:
        if isinstance(run, PageReference) or run.emphasis == "plain":
            return _run(spelled(run))
        if run.emphasis == "strong":
            return _run(spelled(run), _element("b"))
        if ASIDE in self._styles:
            return _run(spelled(run), _element("rStyle", val=self._styles[ASIDE]))
        return _run(spelled(run), _element("i"))

    def _signature(self, name: str, note: str, followed: bool) -> Iterator[Element]:
        """`followed` by another one: all of them stay on one page."""
        said = [_run(storable(name), _element("b")), *([_run(f"\n{storable(note)}")] if note else [])]
        yield self.styled(SIGNER, said)
        stop = _with(_element("tabs"), _element("tab", val="right", leader="underscore", pos=str(SIGNATURE_END)))
        kept = (_element("keepNext"),) if followed else ()
        yield self.styled(SIGNATURE, (_run(f"Signature{NBSP}:\t"),), *kept, stop)

    def _table(self, table: Table) -> Element:
        shown = [place for place, column in enumerate(table.columns) if not column.workbook_only]
        columns = [table.columns[place] for place in shown]
        widths = self._widths(columns)
        grid = _with(_element("tblGrid"), *(_element("gridCol", w=str(width)) for width in widths))
        # The head goes where the first row goes, and so does the heading above it.
        titles = [
            _cell(
                width,
                [self.styled(COLUMN_TITLE, (_run(column.title, _element("b")),), _element("keepNext"))],
                shaded=True,
            )
            for column, width in zip(columns, widths, strict=True)
        ]
        head = _with(_element("tr"), _with(_element("trPr"), _element("cantSplit"), _element("tblHeader")), *titles)
        rows = [
            self._row([row[place] for place in shown], widths, first=not number)
            for number, row in enumerate(table.rows)
        ]
        return _with(_element("tbl"), _table_properties(storable(table.name)), grid, head, *rows)

    def _row(self, cells: Sequence[Cell], widths: Sequence[int], *, first: bool) -> Element:
        whole = kept_whole(cells, [width / TWIPS_IN_POINT for width in widths], first=first)
        properties = (_with(_element("trPr"), _element("cantSplit")),) if whole else ()
        inside = (_cell(width, self._inside(one)) for one, width in zip(cells, widths, strict=True))
        return _with(_element("tr"), *properties, *inside)

    def _inside(self, cell: Cell) -> list[Element]:
        """A cell's paragraphs: one at least, as the format wants."""
        inside: list[Element] = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                inside.append(self._paragraph(block, CELL))
            else:
                style = CELL_LIST if CELL_LIST in self._styles else LIST
                inside += [self.styled(style, self._runs(item)) for item in block.items]
        return inside or [self.styled(CELL, ())]

    def _widths(self, columns: Sequence[Column]) -> list[int]:
        """Of each column, in twips: together, the room between the page's margins."""
        whole = sum(column.width for column in columns)
        return [round(self._room * column.width / whole) for column in columns]


def _table_properties(caption: str) -> Element:
    """Borders of the table's own, fixed columns, and a caption for screen readers, in the schema's order."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (_element(side, val="single", sz="4", space="0", color=LINE) for side in sides)
    return _with(
        _element("tblPr"),
        _element("tblW", w="0", type="auto"),
        _with(_element("tblBorders"), *borders),
        _element("tblLayout", type="fixed"),
        _element("tblLook", val="0020", firstRow="1"),
        _element("tblCaption", val=caption),
    )


def _cell(width: int, paragraphs: Sequence[Element], *, shaded: bool = False) -> Element:
    shade = (_element("shd", val="clear", color="auto", fill=PALE),) if shaded else ()
    properties = _with(_element("tcPr"), _element("tcW", w=str(width), type="dxa"), *shade)
    return _with(_element("tc"), properties, *paragraphs)


def _line_below() -> Element:
    """What makes an empty paragraph a line to write on."""
    return _with(_element("pBdr"), _element("bottom", val="single", sz="4", space="1", color=LINE))


def _run(text: str, *properties: Element) -> Element:
    """A run of letters; its line breaks and tabs become the format's own."""
    from docx.oxml.text.run import CT_R

    made = _element("r")
    assert isinstance(made, CT_R)
    made.text = text
    if properties:
        made.insert(0, _with(_element("rPr"), *properties))
    return made


def _with(parent: Element, *children: Element) -> Element:
    parent.extend(children)
    return parent


def _element(name: str, **attributes: str) -> Element:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
