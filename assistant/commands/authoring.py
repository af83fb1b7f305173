"""`prelecture referentiel workbook|read-workbook|grid|map-grid|fill-grid`, and clues that the catalogue lends."""

from pathlib import Path

from rich.console import Console

from assistant.access.actor import LOCAL, OPERATOR
from assistant.application import authoring
from assistant.commands.shown import plain
from assistant.errors import ReferentielError, StoreError
from assistant.settings import load_settings
from assistant.text import NBSP


def export_workbook(name: str, output: Path) -> None:
    """Raises ReferentielError and StoreError."""
    _write(output, authoring.workbook(OPERATOR, name))
    Console().print(
        plain(f"{output.name}{NBSP}: modifiez-le, puis{NBSP}: prelecture referentiel read-workbook {output.name}")
    )


def read_workbook(file: Path, output: Path) -> None:
    """Raises ReferentielError, after every fault was shown with its place."""
    found = authoring.read_back(OPERATOR, file)
    console = Console()
    for fault in found.faults:
        console.print("  ", plain(fault))
    if found.faults:
        raise ReferentielError(f"{len(found.faults)} erreurs dans {file.name}{NBSP}: corrigez-les, puis recommencez.")
    _write(output, found.text.encode())
    console.print(plain(f"{output.name}{NBSP}: {found.criteria} critères"))


def blank_grid(name: str, output: Path) -> None:
    """Raises ReferentielError and StoreError."""
    _write(output, authoring.empty_grid(OPERATOR, name, output.suffix.lower().lstrip(".")))


def map_grid(template: Path, name: str, output: Path) -> None:
    """Raises InvalidInput, ReferentielError and StoreError."""
    found = authoring.propose_map(OPERATOR, template, name)
    _write(output, found.map.model_dump_json(indent=1).encode())
    console = Console()
    console.print(plain(f"{len(found.map.criteria)} critères retrouvés dans {template.name}. Relisez {output.name}."))
    for missing in found.missing:
        console.print("  ", plain(f"{missing}{NBSP}: non retrouvé"))


def fill_grid(template: Path, map_file: Path, review: str, collegial: bool, output: Path) -> None:
    """Raises PrelectureError for whatever keeps the grid from being filled."""
    from assistant.application.door import Application
    from assistant.application.own_grids import GridMap, left_blank, report

    application = Application(load_settings())
    grid = application.exports.grid(LOCAL, review, "collegial" if collegial else "individual")
    made = authoring.fill(template, map_file, grid)
    _write(output, made.data)
    map_ = GridMap.model_validate_json(map_file.read_bytes())
    Console().print(plain(report(made.skipped, left_blank(map_, grid))))


def lend_clues(source: Path, output: Path) -> None:
    """Raises ReferentielError and StoreError."""
    made = authoring.lent(OPERATOR, load_settings(), source)
    _write(output, made.text.encode())
    console = Console()
    console.print(
        plain(f"{made.requirements} exigences ont reçu {made.clues} indices, prêtés par les autres référentiels.")
    )
    console.print(plain(f"À relire par une personne, puis{NBSP}: prelecture referentiel check {output}"))


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise StoreError(
            f"Le fichier {file.name} ne peut pas être écrit{NBSP}: choisissez un autre endroit."
        ) from error
