"""A référentiel from its source, with the list of what a person has to check. Needs no installation: nothing is kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.access.actor import Actor
from assistant.access.matrix import allow

if TYPE_CHECKING:
    from assistant.referentiel.authoring.importing import Imported


def import_file(actor: Actor, file: Path) -> "Imported":
    """The référentiel read from a file, in the format of the bundled ones. Raises ReferentielError, AccessDenied."""
    from assistant.referentiel.authoring.importing import import_file as imported

    allow(actor, "maintain")
    return imported(file)


def compared(actor: Actor, name: str, source: Path) -> tuple[str, list[str]]:
    """The id of a référentiel (an id of the catalogue, or a file) and its texts that `source` does not hold."""
    from assistant.referentiel.authoring.sources.reading import read_source
    from assistant.referentiel.authoring.verbatim import strays
    from assistant.referentiel.catalogue import load, load_file

    allow(actor, "maintain")
    content = (load_file(Path(name)) if name.endswith((".yaml", ".yml")) else load(name)).content
    return content.id, strays(content, read_source(source))
