"""`prelecture review`: pre-reads one dossier and prints what a juror wants to know first."""

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from assistant.commands.shown import harmless, plain
from assistant.errors import UnreadableDossier
from assistant.preread import PreReadRequest
from assistant.referentiel.catalogue import LoadedReferentiel, load
from assistant.result import PreRead
from assistant.service import Desk
from assistant.settings import load_settings
from assistant.text import NBSP

STATES = {"found": "repérée", "not_found": "non repérée", "oral_only": "à l’oral", "unread": "pages non lues"}


def run(path: Path, referentiel: str, blocs: tuple[str, ...], output: Path | None, html: Path | None) -> None:
    """Raises PrelectureError for whatever keeps the dossier from being pre-read."""
    loaded = load(referentiel)
    blocs = loaded.choose(blocs)
    # A name that is not UTF-8 comes with stand-ins that no file could be written with.
    name = path.name.encode("utf-8", "replace").decode()
    order = PreReadRequest.of(_data(path), name, loaded, blocs)
    console = Console(stderr=True)
    with Progress(TextColumn("{task.description}", markup=False), BarColumn(), console=console, transient=True) as bar:
        tasks: dict[str, object] = {}

        def tell(step: str, done: int, total: int) -> None:
            name = step.split(" (")[0]
            shown = harmless(step).capitalize()
            if name not in tasks:
                tasks[name] = bar.add_task(shown, total=total)
            bar.update(tasks[name], completed=done, total=total, description=shown)  # type: ignore[arg-type]  # rich's TaskID

        opened = Desk(load_settings()).review(order, tell)
    if output:
        _write(output, opened.preread.to_json())
    if html:
        from assistant.exporting.html import as_html
        from assistant.exporting.preread_document import preread_document

        _write(html, as_html(preread_document(opened.preread, loaded, datetime.now(UTC))))
    _summary(Console(), opened.preread, loaded)


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDossier(f"Le fichier « {path.name} » ne peut pas être lu{NBSP}: vérifiez son nom.") from error


def _write(path: Path, text: str) -> None:
    from assistant.errors import StoreError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"Le fichier « {path.name} » ne peut pas être écrit{NBSP}: choisissez un autre endroit."
        ) from error


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
