"""A printed A4 document in French, laid out by fpdf2: headings, paragraphs, lists, tables, numbered pages.

The only module that imports fpdf2, which is slow to load: it is itself imported by those who need it, when they do.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize
from xml.sax.saxutils import escape

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, TableBordersLayout, VAlign, XPos, YPos
from fpdf.fonts import FontFace, TTFFont
from fpdf.prefs import ViewerPreferences

from assistant.exporting import wording
from assistant.exporting.grid import Grid
from assistant.exporting.parts import AUTHOR
from assistant.exporting.wording import NBSP

FONTS = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}
FONT = "DejaVu"
LACKING = "□"
INK, GREY, PALE, RULE = (27, 27, 27), (80, 80, 80), (237, 237, 237), (150, 150, 150)
MM_PER_POINT = 25.4 / 72
LEADING = 1.4
BODY, SMALL = 9.5, 8.5
MARGIN, FOOT = 20.0, 18.0
INDENT = 5.0
PADDING = 1.2
LONGEST_CELL = 40
"""Lines of one table row: fpdf2 cannot break a row across pages, so that longer ones go on in the next row."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The look of one level: points and millimetres; `follow` is the room what comes next needs on the same page."""

    size: float
    before: float
    after: float
    follow: float


HEADINGS = (
    Heading(17, 0, 1.5, 30),
    Heading(13.5, 7, 2, 22),
    Heading(11.5, 6, 1.2, 22),
    Heading(BODY, 2.5, 0.6, 10),
)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself; `disclosure` is what the AI did, as JSON."""

    title: str
    software: str
    keywords: str
    disclosure: str
    made: datetime

    @staticmethod
    def of(grid: Grid, title: str) -> "About":
        """About a document made from a grid."""
        return About(
            wording.without_controls(title),
            wording.without_controls(grid.ai.software),
            wording.ai_keywords(grid),
            wording.ai_metadata(grid),
            grid.made.astimezone(UTC),
        )


class Paper(FPDF):
    """One document; texts are drawn where the last one ended. Lengths are millimetres, sizes of letters points."""

    def __init__(self, about: About, margin: float = MARGIN) -> None:
        super().__init__()
        self.running = about.title
        self.set_margins(margin, margin)
        self.set_auto_page_break(True, FOOT)
        self.c_margin = 0
        for style, name in FONTS.items():
            self.add_font(FONT, style, Path(__file__).parent / "fonts" / name)
        self.set_font(FONT, "", BODY)
        self.set_text_color(*INK)
        self.set_draw_color(*RULE)
        self._say(about)
        self.add_page()

    def _say(self, about: About) -> None:
        self.set_lang("fr-FR")
        self.set_title(about.title)
        self.set_author(AUTHOR)
        self.set_creator(about.software)
        self.set_keywords(about.keywords)
        self.set_creation_date(about.made)
        self.set_xmp_metadata(_xmp(about))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def header(self) -> None:
        """Nothing to see; from here on « {nb} » in a text is two braces and two letters."""
        self.alias_nb_pages("")

    def footer(self) -> None:
        """What this is, and « page 2 sur 5 »."""
        self.alias_nb_pages("{nb}")
        number = f"page{NBSP}{self.page_no()} sur{NBSP}"
        self.set_y(-FOOT + 7)
        self._write_with(7.5, "", GREY)
        number_width = self.get_string_width(f"{number}00")
        self.cell(self.epw - number_width, 4, self._short(self.running, self.epw - number_width - 5))
        self.cell(number_width, 4, f"{number}{{nb}}", align=Align.R)

    def heading(self, text: str, level: int) -> None:
        """A heading (1 to 4) with its entry in the outline; it never stands alone at the foot of a page."""
        look = HEADINGS[level - 1]
        height = self.height_of(text, self.epw, look.size, "B")
        self.room(look.before + height + look.after + look.follow)
        if self.y > self.t_margin:
            self.ln(look.before)
        self.start_section(wording.without_controls(text).replace("\n", " "), level - 1, strict=False)
        self.paragraph(text, size=look.size, style="B", after=look.after)

    def paragraph(
        self,
        text: str,
        *,
        size: float = BODY,
        style: str = "",
        colour: tuple[int, int, int] = INK,
        after: float = 1.5,
    ) -> None:
        """A text from the left margin to the right one."""
        self._write_with(size, style, colour)
        self.multi_cell(
            0, line_height(size), self.drawable(text, style), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        self.ln(after)

    def item(self, text: str, aside: str = "") -> None:
        """A line of a list, and in italics who wrote it."""
        self._write_with(BODY, "", INK)
        self.room(2 * line_height(BODY))
        self.cell(INDENT, line_height(BODY), "•", align=Align.C)
        with self._indented(INDENT):
            self.write(line_height(BODY), self.drawable(text))
            if aside:
                self._write_with(SMALL, "I", GREY)
                self.write(line_height(BODY), self.drawable(f" – {aside}", "I"))
            self.ln(line_height(BODY))
        self.ln(0.8)

    def ruled(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table whose header comes back on each page; `widths` are shares of the line."""
        self._write_with(SMALL, "", INK)
        whole = sum(widths)
        inner = [self.epw * width / whole - 2 * PADDING - 0.1 for width in widths]
        with self.table(
            borders_layout=TableBordersLayout.ALL,
            col_widths=tuple(widths),
            headings_style=FontFace(emphasis="BOLD", fill_color=PALE),
            line_height=line_height(SMALL),
            padding=PADDING,
            text_align=Align.L,
            v_align=VAlign.T,
        ) as table:
            table.row([self.drawable(title, "B") for title in head])
            for row in rows:
                for part in self._broken(row, inner):
                    table.row(part)
        self.ln(2)

    def _broken(self, row: Sequence[str], widths: Sequence[float]) -> Iterator[list[str]]:
        """A row in pieces that a page can hold; the pieces after the first leave the short cells empty."""
        lines = [self.lines_of(text, width, SMALL) for text, width in zip(row, widths, strict=True)]
        for start in range(0, max(1, *map(len, lines)), LONGEST_CELL):
            yield ["\n".join(cell[start : start + LONGEST_CELL]) for cell in lines]

    def room(self, height: float) -> None:
        """Goes on to the next page when less than this is left of this one."""
        if self.y + height > self.page_break_trigger and self.y > self.t_margin:
            self.add_page()

    def rule(self, width: float, height: float) -> None:
        """A line to write on, with room above it."""
        self.line(self.x, self.y + height, self.x + width, self.y + height)
        self.ln(height)

    def height_of(self, text: str, width: float, size: float, style: str = "") -> float:
        """How high a text stands when it is `width` wide."""
        return len(self.lines_of(text, width, size, style)) * line_height(size)

    def lines_of(self, text: str, width: float, size: float, style: str = "") -> list[str]:
        """The lines a text breaks into."""
        self.set_font(FONT, style, size)
        lines = self.multi_cell(
            width, line_height(size), self.drawable(text, style), align=Align.L, dry_run=True, output=_LINES
        )
        assert isinstance(lines, list)
        return [str(line) for line in lines]

    def drawable(self, text: str, style: str = "") -> str:
        """The text with a □ for each character the font lacks: a reader sees that something stood there."""
        font = self.fonts[f"{FONT.lower()}{style}"]
        assert isinstance(font, TTFFont)
        composed = normalize("NFC", wording.without_controls(text).replace("\t", "    "))
        return "".join(c if c == "\n" or ord(c) in font.cmap else LACKING for c in composed)

    def as_bytes(self) -> bytes:
        """The finished document."""
        return bytes(self.output())

    def _write_with(self, size: float, style: str, colour: tuple[int, int, int]) -> None:
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    @contextmanager
    def _indented(self, width: float) -> Iterator[None]:
        margin = self.l_margin
        self.set_left_margin(margin + width)
        yield
        self.set_left_margin(margin)
        self.set_x(margin)

    def _short(self, text: str, width: float) -> str:
        line = self.drawable(text).replace("\n", " ")
        if self.get_string_width(line) <= width:
            return line
        while line and self.get_string_width(f"{line}…") > width:
            line = line[:-1]
        return f"{line}…"


_LINES = MethodReturnValue.LINES


def line_height(size: float) -> float:
    """Millimetres from one line to the next."""
    return size * MM_PER_POINT * LEADING


def _xmp(about: About) -> str:
    """The metadata that archives and search tools read, with the disclosure in a property of our own."""
    title, author, keywords = escape(about.title), escape(AUTHOR), escape(about.keywords)
    made = about.made.isoformat(timespec="seconds")
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:prelecture="urn:prelecture:1#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<xmp:CreatorTool>{escape(about.software)}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate>
<prelecture:aiDisclosure>{escape(about.disclosure)}</prelecture:aiDisclosure>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>"""
