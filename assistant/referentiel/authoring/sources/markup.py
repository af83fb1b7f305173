"""HTML: tables with rowspan and colspan, lists, forms. Scripts and styles are left out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.referentiel.authoring.sources.pieces import (
    Cell,
    Paragraph,
    Source,
    Table,
    clean,
    kept,
    paragraph,
)

BLOCK = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "section", "article",
         "fieldset", "legend", "form", "main", "header", "footer", "nav", "aside", "body", "html", "blockquote", "pre",
         "button", "select", "details", "summary", "figure", "figcaption", "hr", "label", "option", "textarea",
         "address", "tr", "center"}  # fmt: skip
LINE = "\u2028"
SILENT = {"script", "style", "head", "template", "noscript", "svg"}
LARGE = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "legend": 3, "summary": 4, "dt": 5}


def read_html(path: Path) -> Source:
    """The document's body; `title` is the page's own."""
    from lxml import html

    data = path.read_bytes()
    try:
        root = html.document_fromstring(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError):
        root = html.document_fromstring(data)
    named = root.findtext(".//title")
    pieces = list(pieces_of(root))
    return Source(pieces, [(1, text) for text in _texts(root)], title=clean(named) if named else None)


def fragment(text: str, page: int) -> list[Paragraph]:
    """The paragraphs of a piece of HTML, as it stands in the cells that some extractions write."""
    from lxml import html

    if "<" not in text:
        return kept([paragraph(text, page)])
    root = html.fragment_fromstring(text, create_parent="div")
    return [piece for piece in pieces_of(root, page) if isinstance(piece, Paragraph)]


def pieces_of(root: Any, page: int = 1) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in the document's order."""
    run: list[str] = []
    state: dict[str, Any] = {}

    def flush() -> Iterator[Paragraph]:
        lines = broken("".join(run))
        run.clear()
        for line in (item for whole in lines for item in run_together(whole)):
            made = paragraph(line, page, **state)
            if made is not None:
                if state.get("bullet"):
                    state["bullet"] = False
                yield made

    def walk(node: Any, how: dict[str, Any]) -> Iterator[Paragraph | Table]:
        if not isinstance(node.tag, str) or node.tag in SILENT or _hidden(node):
            return
        tag = node.tag.lower()
        if tag == "br":
            run.append(LINE)
            return
        if tag == "textarea":
            run.append(LINE + (node.text or "").replace("\n", LINE) + LINE)
            return
        if tag == "table" and not _layout(node):
            yield from flush()
            made = table_of(node, page)
            if made.cells:
                yield made
            return
        block = tag in BLOCK or tag in {"td", "th", "table", "tbody", "thead"}
        if tag == "label" and "".join(run).strip() in {"☐", "☒"}:
            block = False  # the words of the box before it
        inner = dict(how)
        if block:
            yield from flush()
            inner["heading"] = _rank(node) or inner.get("heading", 0)
            if tag == "li":
                inner["bullet"], inner["level"] = True, inner.get("level", 0) + 1
            state.clear()
            state.update(inner)
        if tag in {"b", "strong"}:
            state["bold"] = True
        if tag == "sup" and re.fullmatch(r"\W*\d{1,2}\W*", node.text_content() or ""):
            pass  # a footnote's mark: its digits are no part of the sentence
        else:
            run.append(node.text or "")
            if tag == "input":
                run.append(_value(node))
            for child in node:
                yield from walk(child, inner)
                run.append(child.tail or "")
                if isinstance(child.tag, str) and child.tag.lower() in BLOCK:
                    state.clear()
                    state.update(inner)
                    if inner.get("bullet") and child.tag.lower() in {"ul", "ol"}:
                        state["bullet"] = False
        if block:
            yield from flush()
            state.clear()
            state.update(how)

    yield from walk(root, {})
    yield from flush()


def _rank(node: Any) -> int:
    """The rank of a heading, by its tag or by the role that a script has given it; 0 where it is none."""
    if node.get("role") == "heading":
        level = node.get("aria-level") or "2"
        return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
    return LARGE.get(node.tag.lower(), 0)


def run_together(text: str) -> list[str]:
    """The lines of a list that an extraction has written one after the other: « - le plan ;- la carte »."""
    if not re.match(r"\s*[-–•]\s", text):
        return [text]
    return re.split(r"(?<=[;.…])\s*(?=[-–•]\s+\S)", text)


def broken(text: str) -> list[str]:
    """The lines that line breaks make; one that begins small goes on with the one before."""
    made: list[str] = []
    for line in text.split(LINE):
        before = made[-1].rstrip()[-1:] if made else ""
        if before and before not in ".;:" and line.strip()[:1].islower():
            made[-1] += " " + line
        else:
            made.append(line)
    return made


def table_of(node: Any, page: int = 1) -> Table:
    """The grid of one <table>, its spans resolved."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = [row for row in node.iter("tr") if next(row.iterancestors("table"), None) is node]
    for number, row in enumerate(rows):
        col = 0
        for td in row:
            if td.tag not in {"td", "th"}:
                continue
            while (number, col) in taken:
                col += 1
            high = min(_span(td, "rowspan") or len(rows), len(rows) - number)
            wide = _span(td, "colspan") or 1
            taken.update((number + r, col + c) for r in range(high) for c in range(wide))
            inside: list[Paragraph] = []
            for piece in pieces_of(td, page):
                inside += list(piece.paragraphs()) if isinstance(piece, Table) else [piece]
            if td.tag == "th":
                for one in inside:
                    one.bold = True
            cells.append(Cell(number, col, max(1, high), wide, inside))
            col += wide
    return Table(cells, page)


def _layout(node: Any) -> bool:
    """A table that only puts other tables or forms on the page."""
    rows = [row for row in node.iter("tr") if next(row.iterancestors("table"), None) is node]
    widest = max((sum(1 for td in row if td.tag in {"td", "th"}) for row in rows), default=0)
    return widest <= 1 and node.find(".//table") is not None


def _span(td: Any, name: str) -> int:
    found = re.match(r"\s*(\d+)", td.get(name) or "1")
    return int(found[1]) if found else 1


def _hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or node.get("hidden") is not None or node.get("type") == "hidden"


def _value(node: Any) -> str:
    kind = (node.get("type") or "text").lower()
    if kind in {"checkbox", "radio"}:
        return " ☒ " if node.get("checked") is not None else " ☐ "
    return " " + (node.get("value") or "") + " " if kind in {"text", "number", "date", "email"} else ""


def _texts(root: Any) -> Iterator[str]:
    """Every visible text, block by block, so that no two words are run together."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if not isinstance(node.tag, str) or node.tag in SILENT or _hidden(node):
            return
        apart = node.tag.lower() in BLOCK | {"br"} or node.tag.lower() in {"td", "th", "table", "tr"}
        pieces.append("\n" if apart else "")
        pieces.append(node.text or "")
        if node.tag == "input":
            pieces.append(_value(node))
        for child in node:
            walk(child)
            pieces.append(child.tail or "")
        pieces.append("\n" if apart else "")

    walk(root)
    yield from (line for line in "".join(pieces).split("\n") if line.strip())
