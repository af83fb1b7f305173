"""`prelecture review`: pre-reads one dossier and prints what a juror wants to know first."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.access.actor import LOCAL
from assistant.application.context import LoadedPreRead
from assistant.application.door import Application
from assistant.commands.files import input_files, watched, write_text
from assistant.commands.shown import plain
from assistant.settings import load_settings
from assistant.text import NBSP

TO_SEE = {"not_found": "non repérée", "oral_only": "à l’oral", "unread": "pages non lues"}
"""States told by the name of the requirement: a count of them would read like a mark."""


def run(
    paths: Sequence[Path], referentiel: str, blocs: tuple[str, ...], output: Path | None, html: Path | None
) -> None:
    """Raises PrelectureError for whatever keeps the dossier from being pre-read."""
    application = Application(load_settings())
    preread = application.prereads.add(LOCAL, input_files(paths), referentiel, blocs)
    with watched() as tell:
        application.jobs.run(LOCAL, preread, tell)
    opened = application.prereads.open(LOCAL, preread)
    if output:
        write_text(output, opened.preread.to_json())
    if html:
        write_text(html, application.exports.page(LOCAL, preread))
    _summary(Console(), opened)


def _summary(console: Console, opened: LoadedPreRead) -> None:
    preread, dossier = opened.preread, opened.preread.dossier
    console.print(
        plain(dossier.file, "bold"), f"– {dossier.pages}{NBSP}pages, {dossier.words}{NBSP}mots", highlight=False
    )
    texts = {criterion.id: criterion.text for criterion in opened.referentiel.content.criteria()}
    table = Table(show_lines=False)
    for heading in ("Critère", "Énoncé", "À vérifier", "Pages"):
        table.add_column(heading)
    for part in preread.criteria:
        to_see = "\n".join(
            f"{TO_SEE[one.state]}{NBSP}: {one.label or one.text}" for one in part.requirements if one.state in TO_SEE
        )
        cited = {sid for requirement in part.requirements for sid in requirement.evidence}
        pages = sorted({evidence.page for evidence in part.evidence if evidence.id in cited})
        table.add_row(
            plain(part.id), plain(texts[part.id][:70]), plain(to_see or "–"), ", ".join(map(str, pages)) or "–"
        )
    console.print(table)
    for notice in dossier.notices:
        place = f"p.{NBSP}{notice.page}{NBSP}: " if notice.page else ""
        console.print(plain(f"• {place}{notice.text} {notice.detail}".rstrip()))
    if preread.status == "partial":
        console.print(plain(f"Prélecture partielle. {' '.join(preread.reasons)}", "yellow"))
    console.print("Prélecture repère des passages ; elle ne note pas et ne décide rien.")
