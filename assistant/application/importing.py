"""A référentiel from its source, with the list of what a person has to check. Needs no installation: nothing is kept."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.referentiel.authoring.importing import Imported


def import_file(file: Path) -> "Imported":
    """The référentiel read from a file, in the format of the bundled ones. Raises ReferentielError."""
    from assistant.referentiel.authoring.importing import import_file as imported

    return imported(file)
