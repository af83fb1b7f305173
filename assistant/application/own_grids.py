"""The certifier's own grid: mapped once, kept with the référentiel, filled with whatever grid a jury agreed on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.access.actor import Actor
from assistant.application.auditing import audited
from assistant.application.exports import Exports, Whose
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.errors import InvalidInput, NotFound
from assistant.exporting.files import MEDIA_TYPES, ExportedFile, safe_name
from assistant.exporting.grid import Grid
from assistant.exporting.own_grid.filling import left_blank as left_blank
from assistant.exporting.own_grid.mapping import CriterionPlaces as CriterionPlaces
from assistant.exporting.own_grid.mapping import GridMap as GridMap
from assistant.exporting.own_grid.mapping import Place as Place
from assistant.exporting.own_grid.mapping import Skipped as Skipped
from assistant.exporting.own_grid.proposing import Proposal as Proposal
from assistant.exporting.own_grid.table import rows_of, sheets_of, with_rows
from assistant.exporting.own_grid.word import fill_docx, propose_docx
from assistant.exporting.own_grid.workbook import Filled, fill_xlsx, propose_xlsx
from assistant.referentiel.model import Referentiel
from assistant.store.drafts import GridMaps

ENDINGS = (".xlsx", ".docx")
WRONG_FORM = "Donnez la grille au format .xlsx ou .docx."


@dataclass(frozen=True, slots=True)
class KeptGrid:
    """A grid of the certifier's that was mapped."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class FilledGrid:
    """The filled file, and what could not be written where."""

    file: ExportedFile
    skipped: tuple[Skipped, ...]
    blank: tuple[str, ...] = ()
    """What the jury has not decided, and whose cells therefore stay empty, in French sentences."""


def report(made: Sequence[Skipped], blank: Sequence[str]) -> str:
    """The text beside a filled grid: what was not written, item by item, and why."""
    lines = [f"{one.criterion}\u00a0: {one.why}" if one.criterion else _capital(one.why) for one in made]
    return "\n".join([*blank, *(["Non écrit\u00a0:", *lines] if lines else [])] or ["Tout a été écrit."])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def propose(data: bytes, name: str, referentiel: Referentiel) -> Proposal:
    """A map by words alone, for a person to correct. Raises InvalidInput and ReferentielError."""
    if name.lower().endswith(".xlsx"):
        return propose_xlsx(data, referentiel)
    if name.lower().endswith(".docx"):
        return propose_docx(data, referentiel)
    raise InvalidInput(WRONG_FORM)


def filled(data: bytes, map_: GridMap, grid: Grid) -> Filled:
    """Raises ReferentielError."""
    return fill_xlsx(data, map_, grid) if map_.form == "xlsx" else fill_docx(data, map_, grid)


class OwnGrids:
    """The maps of an installation, and their filling."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._exports = Exports(installation)

    def propose(self, actor: Actor, referentiel_id: str, file: UploadedFile) -> Proposal:
        """A map by words alone. Raises InvalidInput and ReferentielError."""
        self._installation.let(actor, "author a référentiel")
        with self._installation.reading() as connection:
            referentiel = self._installation.present(connection, referentiel_id).content
        return propose(file.data, file.name, referentiel)

    def keep(self, actor: Actor, referentiel_id: str, file: UploadedFile, map_: GridMap) -> str:
        """Keeps the template and its corrected map with the référentiel; its id."""
        self._installation.let(actor, "author a référentiel")
        sha256 = self._installation.files.put(file.data)
        if sha256 != map_.template_sha256:
            raise InvalidInput("Ce n’est pas le fichier pour lequel la correspondance a été faite\u00a0: refaites-la.")
        with self._installation.writing() as connection:
            made = GridMaps(connection).keep(referentiel_id, file.name, sha256, map_.model_dump_json(), actor.person)
            audited(connection, actor, "map a grid", referentiel_id, map=made, template=sha256)
        return made

    def rows(self, actor: Actor, referentiel_id: str, map_: GridMap) -> list[dict[str, str]]:
        """The map as rows to correct, one for each criterion of the référentiel."""
        self._installation.let(actor, "author a référentiel")
        with self._installation.reading() as connection:
            referentiel = self._installation.present(connection, referentiel_id).content
        return rows_of(map_, [one.id for one in referentiel.criteria()])

    def sheets(self, actor: Actor, proposal: Proposal) -> dict[str, list[dict[str, str]]]:
        """The grid's own cells by sheet or table, to be looked at beside the rows."""
        self._installation.let(actor, "author a référentiel")
        return sheets_of(proposal.map.form, proposal.cells)

    def keep_rows(
        self, actor: Actor, referentiel_id: str, file: UploadedFile, rows: Sequence[Mapping[str, object]]
    ) -> str:
        """Keeps the proposal as a person corrected its rows; its id. Raises InvalidInput naming what is no cell."""
        proposal = self.propose(actor, referentiel_id, file)
        return self.keep(actor, referentiel_id, file, with_rows(proposal.map, rows))

    def of(self, actor: Actor, referentiel_id: str) -> tuple[KeptGrid, ...]:
        """The certifier's grids that may be filled for this référentiel."""
        self._installation.let(actor, "read the catalogue")
        with self._installation.reading() as connection:
            return tuple(KeptGrid(one.id, one.name) for one in GridMaps(connection).of(referentiel_id))

    def fill(self, actor: Actor, review_id: str, whose: Whose, map_id: str) -> FilledGrid:
        """The certifier's grid with one's own reading, or what the jury agreed on. Raises AccessDenied and NotFound."""
        grid = self._exports.grid(actor, review_id, whose)
        with self._installation.reading() as connection:
            kept = GridMaps(connection).get(map_id)
        if kept is None or kept.referentiel_id != grid.referentiel_id:
            raise NotFound("Cette grille n’est pas celle de ce référentiel\u00a0: choisissez-en une autre.")
        map_ = GridMap.model_validate_json(kept.map)
        made = filled(self._installation.files.get(kept.template_sha256), map_, grid)
        sha256 = hashlib.sha256(made.data).hexdigest()
        with self._installation.writing() as connection:
            audited(
                connection, actor, "export", review_id, whose=whose, document="own grid", form=map_.form, sha256=sha256
            )
        name = f"{kept.name.rsplit('.', 1)[0]}-{safe_name(grid)}.{map_.form}"
        return FilledGrid(
            ExportedFile(name, MEDIA_TYPES[map_.form], made.data), made.skipped, tuple(left_blank(map_, grid))
        )
