"""`prelecture read`: what was read of some files, page by page, and what was not."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.access.actor import LOCAL
from assistant.application.reading import read_files
from assistant.commands.files import input_files, watched, write_text
from assistant.commands.shown import plain
from assistant.reading_report import ReadingReport
from assistant.settings import load_settings
from assistant.text import NBSP

READ = {
    "text": "texte",
    "ocr": "image (OCR)",
    "text+ocr": "texte et images (OCR)",
    "partial": "lue en partie",
    "none": "non lue",
}
KINDS = {"main": "dossier", "annex": "annexe", "deliverable": "livrable"}


def run(paths: Sequence[Path], output: Path | None) -> None:
    """Raises PrelectureError when nothing can be read."""
    files = input_files(paths)
    with watched() as tell:
        report = read_files(LOCAL, load_settings(), files, tell)
    if output:
        write_text(output, report.to_json())
    _summary(Console(), report)


def _summary(console: Console, report: ReadingReport) -> None:
    for file in report.files:
        said = (
            f"– {KINDS[file.kind]}, {file.pages}{NBSP}page{'s' if file.pages > 1 else ''}"
            if file.pages
            else f"– {KINDS[file.kind]}, non lu"
        )
        console.print(plain(file.name, "bold"), said, highlight=False)
    table = Table(show_lines=False)
    for heading in ("Page", "Fichier", "Lecture", "Phrases", "Remarque"):
        table.add_column(heading)
    for page in report.pages:
        count = sum(sentence.pages[0] == page.page for sentence in report.sentences)
        table.add_row(str(page.page), plain(page.file), READ[page.read], str(count), plain(page.reason or ""))
    console.print(table)
    body = sum(sentence.role == "body" for sentence in report.sentences)
    rest = len(report.sentences) - body
    console.print(
        f"{body}{NBSP}phrases lues, et {rest}{NBSP}mises à part (en-têtes, sommaires, textes du référentiel).",
        highlight=False,
    )
    for notice in report.notices:
        place = f"p.{NBSP}{notice.page}{NBSP}: " if notice.page else ""
        console.print(plain(f"• {place}{notice.text} {notice.detail}".rstrip()))
