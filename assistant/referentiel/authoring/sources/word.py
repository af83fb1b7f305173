"""DOCX: paragraphs, tables with merged cells, content controls, text boxes, list levels, headers and footers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.sources.pieces import FURNITURE, Cell, Paragraph, Source, Table, kept, paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def read_docx(path: Path) -> Source:
    """The document as written; pages are those that Word last broke, where it wrote them down.

    Raises ReferentielError when it is no Word file.
    """
    import docx

    try:
        document = docx.Document(str(path))
    except Exception as error:  # python-docx lets zip, XML and key errors through as they come
        raise ReferentielError(
            "Le fichier Word ne peut pas être lu : ouvrez-le et enregistrez-le à nouveau."
        ) from error
    reader = _Reader(document)
    pieces = list(reader.blocks(document.element.body))
    around: list[Paragraph] = []
    for part in {id(s): s for section in document.sections for s in _around(section)}.values():
        for piece in reader.blocks(part._element):
            around += list(piece.paragraphs()) if isinstance(piece, Table) else [piece]
    unique = {one.text: one for one in around}
    for one in unique.values():
        one.heading = FURNITURE
    source = Source([*pieces, *unique.values()], [])
    source.words = [(one.page, one.text) for one in _texts(document.element.body)] + [(1, text) for text in unique]
    return source


def _around(section: Any) -> list[Any]:
    parts = [section.header, section.footer, section.first_page_header, section.first_page_footer]
    return [part for part in parts if not part.is_linked_to_previous]


class _Reader:
    def __init__(self, document: Any) -> None:
        self.page = 1
        self.styles = {style.style_id: style for style in document.styles if getattr(style, "style_id", None)}

    def blocks(self, parent: Any) -> Iterator[Paragraph | Table]:
        for node in parent:
            if node.tag == W + "p":
                yield from self.paragraphs(node)
            elif node.tag == W + "tbl":
                made = self.table(node)
                if made.cells:
                    yield made
            elif node.tag == W + "sdt":
                content = node.find(W + "sdtContent")
                if content is not None:
                    yield from self.blocks(content)
            elif node.tag in {W + "ins", W + "smartTag", W + "customXml"}:
                yield from self.blocks(node)

    def paragraphs(self, node: Any) -> Iterator[Paragraph | Table]:
        """The paragraph, cut where a line break begins a new line of a list; then what its text boxes hold."""
        before = self.page
        text, boxes = _text(node)
        self.page += sum(1 for _ in node.iter(W + "lastRenderedPageBreak"))
        style = self._style(node)
        numbered = node.find(f"{W}pPr/{W}numPr")
        level_node = numbered.find(W + "ilvl") if numbered is not None else None
        heading = re.match(r"(?:heading|titre)\s*(\d)", style, re.IGNORECASE)
        listed = "list" in style.lower() or "puce" in style.lower() or "liste" in style.lower()
        how = {
            "bullet": (numbered is not None and not heading) or listed,
            "level": int(level_node.get(W + "val")) if level_node is not None else 0,
            "heading": int(heading[1]) if heading else 1 if style.lower() in {"title", "titre"} else 0,
            "bold": _bold(node),
            "x0": _indent(node),
        }
        yield from kept(paragraph(line, before, **how) for line in _broken(text))
        for box in boxes:
            yield from self.blocks(box)

    def _style(self, node: Any) -> str:
        found = node.find(f"{W}pPr/{W}pStyle")
        style = self.styles.get(found.get(W + "val")) if found is not None else None
        return str(style.name) if style is not None and style.name else ""

    def table(self, node: Any) -> Table:
        page = self.page
        cells: list[Cell] = []
        open_cells: dict[int, Cell] = {}
        rows = [row for row in node.iter(W + "tr") if next(row.iterancestors(W + "tbl"), None) is node]
        for number, row in enumerate(rows):
            col = _number(row.find(f"{W}trPr/{W}gridBefore"))
            for tc in row.iter(W + "tc"):
                if next(tc.iterancestors(W + "tr"), None) is not row:
                    continue
                wide = _number(tc.find(f"{W}tcPr/{W}gridSpan")) or 1
                merged = tc.find(f"{W}tcPr/{W}vMerge")
                inside = [
                    one
                    for piece in self.blocks(tc)
                    for one in (piece.paragraphs() if isinstance(piece, Table) else [piece])
                ]
                if merged is not None and merged.get(W + "val") != "restart" and col in open_cells:
                    open_cells[col].rows = number - open_cells[col].row + 1
                    open_cells[col].paragraphs += inside
                else:
                    cell = Cell(number, col, 1, wide, inside)
                    cells.append(cell)
                    open_cells[col] = cell
                col += wide
        return Table(cells, page)


def _number(node: Any) -> int:
    return int(node.get(W + "val") or 0) if node is not None else 0


def _text(node: Any) -> tuple[str, list[Any]]:
    """The words of a paragraph, without the marks of notes; and the text boxes anchored in it."""
    parts: list[str] = []
    boxes: list[Any] = []

    def walk(inner: Any) -> None:
        for child in inner:
            if child.tag == W + "t":
                parts.append(child.text or "")
            elif child.tag in {W + "br", W + "cr"}:
                parts.append("\n")
            elif child.tag == W + "tab":
                parts.append(" ")
            elif child.tag == W + "noBreakHyphen":
                parts.append("-")
            elif child.tag == W + "sym":
                parts.append(chr(int(child.get(W + "char") or "0020", 16)))
            elif child.tag == W + "txbxContent":
                boxes.append(child)
            elif child.tag == W + "r" and _raised(child):
                continue
            elif child.tag not in {W + "del", W + "pPr", W + "rPr", W + "instrText", MC + "Fallback"}:
                walk(child)

    walk(node)
    return "".join(parts), boxes


def _raised(run: Any) -> bool:
    """A footnote's digits typed by hand as superscript."""
    found = run.find(f"{W}rPr/{W}vertAlign")
    text = "".join(t.text or "" for t in run.iter(W + "t"))
    return found is not None and found.get(W + "val") == "superscript" and bool(re.fullmatch(r"\W*\d{1,2}\W*", text))


def _broken(text: str) -> list[str]:
    """Lines of a paragraph: a line break ends one only where the next begins something new."""
    made: list[str] = []
    for line in text.split("\n"):
        opens = re.match(r"\s*(?:[-–—•●▪*\uf0b7]\s|[A-ZÀ-Ý«\d])", line)
        if made and made[-1].strip() and line.strip() and not opens:
            made[-1] += " " + line
        else:
            made.append(line)
    return made


def _bold(node: Any) -> bool:
    runs = [run for run in node.iter(W + "r") if any((t.text or "").strip() for t in run.iter(W + "t"))]
    return bool(runs) and all(_is_bold(run) for run in runs)


def _is_bold(run: Any) -> bool:
    found = run.find(f"{W}rPr/{W}b")
    return found is not None and found.get(W + "val") not in {"0", "false"}


def _indent(node: Any) -> float:
    found = node.find(f"{W}pPr/{W}ind")
    value = (found.get(W + "left") or found.get(W + "start") or "0") if found is not None else "0"
    return int(value) / 20 if value.lstrip("-").isdigit() else 0.0


def _texts(body: Any) -> Iterator[Paragraph]:
    """Each paragraph's words straight from the XML, by which what was read is checked."""
    for node in body.iter(W + "p"):
        text = "".join(
            t.text or "" if t.tag == W + "t" else " "
            for t in node.iter(W + "t", W + "tab", W + "br", W + "p")
            if next(t.iterancestors(W + "p"), None) is node
            and not any(a.tag == MC + "Fallback" for a in t.iterancestors())
        )
        if text.strip():
            yield Paragraph(text)
