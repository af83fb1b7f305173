"""What the command line does with référentiel files: workbooks out and in, blank grids, the certifier's own grid."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.application.own_grids import GridMap, Proposal, filled, propose
from assistant.errors import ReferentielError, StoreError
from assistant.exporting.grid import Grid
from assistant.exporting.own_grid.workbook import Filled
from assistant.referentiel.catalogue import load, load_file
from assistant.referentiel.model import Referentiel
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A workbook read back: the text of the référentiel's file, or the faults, each with its place, in French."""

    text: str
    criteria: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A référentiel's file with requirements by rules and lent clues."""

    text: str
    requirements: int
    clues: int


def named(name: str) -> Referentiel:
    """A référentiel by its id or its file. Raises ReferentielError."""
    return (load_file(Path(name)) if name.endswith((".yaml", ".yml")) else load(name)).content


def workbook(actor: Actor, name: str) -> bytes:
    """The commented workbook of a référentiel. Raises ReferentielError."""
    from assistant.referentiel.authoring.workbook.writing import as_workbook

    allow(actor, "read the catalogue")
    return as_workbook(named(name))


def read_back(actor: Actor, file: Path) -> ReadBack:
    """A workbook that a person edited. Raises ReferentielError when it is no workbook."""
    from assistant.referentiel.authoring.publishing import as_file
    from assistant.referentiel.authoring.workbook.reading import read_workbook

    allow(actor, "read the catalogue")
    found = read_workbook(file)
    if found.referentiel is None:
        return ReadBack("", 0, tuple(str(fault) for fault in found.faults))
    made = found.referentiel
    return ReadBack(as_file(made.model_dump(mode="json")), len(list(made.criteria())), ())


def empty_grid(actor: Actor, name: str, form: str) -> bytes:
    """The empty grid, as `docx` or `xlsx`. Raises ReferentielError."""
    from importlib.metadata import version

    from assistant.exporting.blank_grid import blank_grid

    allow(actor, "read the catalogue")
    if form not in {"docx", "xlsx"}:
        raise ReferentielError("Donnez à la grille un nom qui finit par .docx ou .xlsx.")
    return blank_grid(named(name), form, datetime.now(UTC), f"prelecture {version('prelecture')}")


def lent(actor: Actor, settings: Settings, source: Path) -> Proposed:
    """Requirements by rules, and clues lent by the catalogue, for a file that has none. Raises ReferentielError."""
    from assistant.matching.chroma import VectorStore
    from assistant.matching.embedding import embedder
    from assistant.referentiel.authoring.lending import with_lent_clues
    from assistant.referentiel.authoring.publishing import as_file
    from assistant.referentiel.authoring.requirements import with_requirements
    from assistant.referentiel.catalogue import available

    allow(actor, "maintain")
    whole = with_requirements(load_file(source).content)
    others = [load(name).content for name in available()]
    with tempfile.TemporaryDirectory() as folder:
        made = with_lent_clues(whole, others, embedder(settings), VectorStore(Path(folder) / "chroma"))
    return Proposed(as_file(made.referentiel.model_dump(mode="json")), made.requirements, made.clues)


def propose_map(actor: Actor, template: Path, name: str) -> Proposal:
    """The map of a certifier's grid by words alone. Raises InvalidInput and ReferentielError."""
    allow(actor, "read the catalogue")
    return propose(_bytes(template), template.name, named(name))


def fill(template: Path, map_file: Path, grid: Grid) -> Filled:
    """A certifier's grid filled. Raises ReferentielError."""
    try:
        map_ = GridMap.model_validate_json(map_file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReferentielError(f"La correspondance {map_file.name} n’est pas valide\u00a0: refaites-la.") from error
    return filled(_bytes(template), map_, grid)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StoreError(f"Le fichier {file.name} ne peut pas être lu\u00a0: vérifiez qu’il existe.") from error
