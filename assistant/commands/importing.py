"""`prelecture referentiel import`."""

import json
from collections import Counter
from pathlib import Path

from rich.console import Console

from assistant.access.actor import OPERATOR
from assistant.commands.shown import plain
from assistant.errors import ReferentielError
from assistant.text import NBSP


def import_referentiel(file: Path, output: Path, doubts: Path | None) -> None:
    """Writes the référentiel and its doubt list. Raises ReferentielError when the file cannot be read or written."""
    from assistant.application.importing import import_file

    found = import_file(OPERATOR, file)
    try:
        output.write_text(found.as_yaml(), encoding="utf-8")
        if doubts is not None:
            doubts.write_text(json.dumps(found.as_doubts(), ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise ReferentielError(
            f"Le fichier {output.name} ne peut pas être écrit : choisissez un autre dossier."
        ) from error
    console = Console()
    blocs = found.content["blocs"]
    criteria = sum(len(bloc["criteria"]) for bloc in blocs)
    console.print(plain(found.content["id"], "bold"), plain(found.content["title"] or "sans titre imprimé"))
    console.print(plain(f"{len(blocs)} blocs, {criteria} critères"))
    if not criteria:
        console.print(plain(next(doubt.text for doubt in found.doubts if doubt.kind == "no_criteria"), "bold"))
    account = found.account
    console.print(
        plain(
            f"{account.placed} mots placés, {account.listed} mots à vérifier, "
            f"{account.unaccounted} mot non comptabilisé"
        )
    )
    for kind, times in Counter(doubt.kind for doubt in found.doubts).most_common():
        console.print(plain(f"  {kind}{NBSP}: {times}"))


def check_source(names: tuple[str, ...], source: Path) -> None:
    """Looks each text of one référentiel up in its source. Raises ReferentielError when one does not stand there."""
    from assistant.application.importing import compared

    if len(names) != 1:
        raise ReferentielError("Nommez un seul référentiel à comparer avec son fichier d’origine.")
    name, found = compared(OPERATOR, names[0], source)
    console = Console()
    for text in found:
        console.print("  ", plain(text))
    if found:
        raise ReferentielError(f"{len(found)} textes ne sont pas mot pour mot dans {source.name} : corrigez-les.")
    console.print(plain(f"Chaque texte de {name} est mot pour mot dans {source.name}."))
