"""`prelecture referentiel clues`: drafts requirements and clues for criteria that have none, for a person to check."""

from pathlib import Path

import yaml
from rich.console import Console

from assistant.commands.shown import plain
from assistant.errors import SettingsError, StoreError
from assistant.referentiel.authoring.clue_drafter import with_clues
from assistant.referentiel.catalogue import load_file
from assistant.service import calls_of, client_of
from assistant.settings import load_settings


def draft(source: Path, output: Path) -> None:
    """Writes `output`, a référentiel file; `source` is never changed. Raises ReferentielError and the ModelErrors."""
    settings = load_settings()
    if settings.model is None:
        raise SettingsError("Aucun modèle n’est réglé\u00a0: donnez PRELECTURE_MODEL (voir docs/settings.md).")
    made = with_clues(load_file(source).content, client_of(settings, calls_of(settings)), settings.model_budget)
    content = made.referentiel.model_dump(mode="json", exclude_defaults=True)
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
