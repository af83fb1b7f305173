"""`prelecture referentiel clues`: drafts requirements and clues for criteria that have none, for a person to check."""

from pathlib import Path

import yaml
from rich.console import Console

from assistant.access.actor import OPERATOR
from assistant.application.catalogue import with_clues
from assistant.commands.shown import plain
from assistant.errors import StoreError
from assistant.settings import load_settings


def draft(source: Path, output: Path) -> None:
    """Writes `output`, a référentiel file; `source` is never changed. Raises ReferentielError and the ModelErrors."""
    made = with_clues(OPERATOR, load_settings(), source)
    content = made.content.model_dump(mode="json", exclude_defaults=True)
    try:
        output.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"Le fichier «\u00a0{output.name}\u00a0» ne peut pas être écrit\u00a0: choisissez un autre endroit."
        ) from error
    console = Console(highlight=False, markup=False)
    console.print(f"{made.drafted} critères complétés. Laissés de côté : {made.strayed} exigences qui n’étaient pas")
    console.print(f"les mots du critère, {made.repeated} indices déjà dits.")
    console.print(plain(f"À relire par une personne, puis\u00a0: prelecture referentiel check {output}"))
