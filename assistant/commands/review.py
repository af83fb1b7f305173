"""`prelecture review`: pre-reads one dossier and prints what a juror wants to know first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.commands.files import input_files, watched, write_text
from assistant.commands.shown import plain
from assistant.dossier.files.intake import unpacked
from assistant.preread import PreReadRequest
from assistant.referentiel.catalogue import LoadedReferentiel, load
from assistant.result import PreRead
from assistant.service import Desk
from assistant.settings import load_settings
from assistant.text import NBSP

STATES = {"found": "repérée", "not_found": "non repérée", "oral_only": "à l’oral", "unread": "pages non lues"}


def run(
    paths: Sequence[Path], referentiel: str, blocs: tuple[str, ...], output: Path | None, html: Path | None
) -> None:
    """Raises PrelectureError for whatever keeps the dossier from being pre-read."""
    loaded = load(referentiel)
    blocs = loaded.choose(blocs)
    order = PreReadRequest(unpacked(input_files(paths)), loaded, blocs)
    with watched() as tell:
        opened = Desk(load_settings()).review(order, tell)
    if output:
        write_text(output, opened.preread.to_json())
    if html:
        from assistant.exporting.html import as_html
        from assistant.exporting.preread_document import preread_document

        write_text(html, as_html(preread_document(opened.preread, loaded, datetime.now(UTC))))
    _summary(Console(), opened.preread, loaded)


def _summary(console: Console, preread: PreRead, referentiel: LoadedReferentiel) -> None:
    dossier = preread.dossier
    console.print(
        plain(dossier.file, "bold"), f"– {dossier.pages}{NBSP}pages, {dossier.words}{NBSP}mots", highlight=False
    )
    texts = {criterion.id: criterion.text for criterion in referentiel.content.criteria()}
    table = Table(show_lines=False)
    for heading in ("Critère", "Énoncé", "Exigences", "Pages"):
        table.add_column(heading)
    for part in preread.criteria:
        states = [STATES[requirement.state] for requirement in part.requirements]
        counted = ", ".join(f"{states.count(name)} {name}" for name in dict.fromkeys(states))
        cited = {sid for requirement in part.requirements for sid in requirement.evidence}
        pages = sorted({evidence.page for evidence in part.evidence if evidence.id in cited})
        table.add_row(plain(part.id), plain(texts[part.id][:70]), counted, ", ".join(map(str, pages)) or "–")
    console.print(table)
    for notice in dossier.notices:
        place = f"p.{NBSP}{notice.page}{NBSP}: " if notice.page else ""
        console.print(plain(f"• {place}{notice.text} {notice.detail}".rstrip()))
    if preread.status == "partial":
        console.print(plain(f"Prélecture partielle. {' '.join(preread.reasons)}", "yellow"))
    console.print("Prélecture repère des passages ; elle ne note pas et ne décide rien.")
