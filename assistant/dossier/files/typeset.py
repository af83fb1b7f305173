"""Texts and workbooks as a PDF, typeset by Typst: `python -m assistant.dossier.files.typeset KIND SOURCE PDF ROWS`.

What they say is given to Typst as data, never as its language. Beside the PDF, the rows of its tables are written page
by page, for `cells`: what stands in a workbook needs no guessing.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.dossier.files.kinds import text_of
from assistant.dossier.files.sheets import Row, workbook_of
from assistant.dossier.isolation.worker import hold_memory

MEMORY_MB = 1_300
ROWS_PER_PAGE = 40
LONG_LINE = 60
"""Letters of a line that was broken because it was full, not because something ended."""
ITEM = re.compile(r"\s*(?:[-*•–—▪◦]|\d{1,3}[.)]|[a-zA-Z][.)])\s+\S")
Block = dict[str, Any]
TEMPLATE = """
#set document(date: none)
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 11pt, lang: "fr", hyphenate: false)
#set par(leading: 0.6em, spacing: 1.1em)
#let cells(rows) = table(
  columns: rows.at(0).len(), stroke: 0.5pt, inset: 5pt, align: left + top,
  ..rows.map(row => row.map(it => if it.len() > 60 { box(width: 230pt, it) } else { it })).flatten(),
)
#let draw(it) = {
  if it.kind == "heading" { heading(level: it.level, it.text) }
  else if it.kind == "bullet" { list(it.text) }
  else if it.kind == "item" { [#it.mark #it.text] + parbreak() }
  else if it.kind == "code" { raw(it.text, block: true) }
  else if it.kind == "table" { cells(it.rows) }
  else { it.text + parbreak() }
}
#let content = json(bytes(sys.inputs.content))
#if content.sheets.len() > 0 {
  set page(width: auto, height: auto, margin: 36pt)
  set text(size: 9pt)
  for sheet in content.sheets { page[#heading(level: 1, sheet.name) #cells(sheet.rows)] }
} else {
  set page(paper: "a4", margin: 2.2cm)
  for it in content.blocks { draw(it) }
}
"""


def main() -> None:
    """Writes the PDF and its rows; an error ends the process with a code that is not 0."""
    import typst

    hold_memory(MEMORY_MB)
    kind, source, made, rows = sys.argv[1], *map(Path, sys.argv[2:5])
    content: dict[str, Any] = {"sheets": [], "blocks": []}
    beside: dict[str, Any] = {"pages": [], "hidden": [], "cut": []}
    if kind in {"xlsx", "ods"}:
        book = workbook_of(source, kind)
        content["sheets"] = [
            {"name": sheet.name, "rows": part}
            for sheet in book.sheets
            for table in sheet.tables
            for part in _parts(table)
        ]
        beside = {
            "pages": [sheet["rows"] for sheet in content["sheets"]],
            "hidden": book.hidden,
            "cut": [sheet.name for sheet in book.sheets if sheet.cut],
        }
    else:
        text = text_of(source.read_bytes()) or ""
        content["blocks"] = list(_markdown(text) if kind == "markdown" else _plain(text))
    if not (content["sheets"] or content["blocks"]):
        sys.exit(3)
    pdf = typst.compile(TEMPLATE.encode(), sys_inputs={"content": json.dumps(content)})
    rows.write_text(json.dumps(beside, ensure_ascii=False), encoding="utf-8")
    made.write_bytes(pdf)


def _parts(table: Sequence[Row]) -> Iterator[list[Row]]:
    """A long table on several pages, each with its headings."""
    head, *rest = table
    for start in range(0, max(1, len(rest)), ROWS_PER_PAGE):
        yield [head, *rest[start : start + ROWS_PER_PAGE]]


def _plain(text: str) -> Iterator[Block]:
    """Paragraphs of a plain text: lines that were broken because they were full are joined."""
    run = ""
    full = False
    for line in [*text.splitlines(), ""]:
        said = " ".join(line.split())
        goes_on = full and said and not ITEM.match(line) and not run.endswith((".", "!", "?", ":", ";"))
        if run and not goes_on:
            yield _paragraph(run)
            run = ""
        run = f"{run} {said}".strip()
        full = len(said) >= LONG_LINE


def _paragraph(text: str) -> Block:
    bullet = re.match(r"[-*•▪◦]\s+(.*)", text)
    return {"kind": "bullet", "text": bullet[1]} if bullet else {"kind": "prose", "text": text}


def _markdown(text: str) -> Iterator[Block]:
    """Blocks of a Markdown text; emphasis and links leave their words only."""
    from markdown_it import MarkdownIt

    kind, level, mark = "prose", 1, ""
    lists: list[int | None] = []
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and lists:
            number = lists[-1]
            kind, mark = ("bullet", "") if number is None else ("item", f"{number}.")
            lists[-1] = None if number is None else number + 1
        elif token.type == "heading_open":
            kind, level = "heading", int(token.tag[1])
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in {"fence", "code_block", "html_block"}:
            yield {"kind": "code" if token.type != "html_block" else "prose", "text": token.content.strip()}
        elif token.type == "table_close":
            yield {"kind": "table", "rows": rows}
            rows = []
        elif token.type == "inline":
            said = _inline(token)
            if rows:
                rows[-1].append(said)
            elif said:
                yield {"kind": kind, "level": level, "mark": mark, "text": said}
            if not rows:
                kind, mark = "prose", ""


def _inline(token: Any) -> str:
    said = "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children or ())
    return " ".join(said.split())


if __name__ == "__main__":
    main()
