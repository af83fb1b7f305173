"""`prelecture referentiel list|show|check`."""

from pathlib import Path

from rich.console import Console

from assistant.commands.shown import plain
from assistant.errors import ReferentielError
from assistant.referentiel.catalogue import LoadedReferentiel, available, load, load_file
from assistant.text import NBSP

SHOWN = 5


def list_all() -> None:
    """One line per référentiel."""
    console = Console()
    for name in available():
        content = load(name).content
        criteria = len(list(content.criteria()))
        blocs = ", ".join(bloc.id for bloc in content.blocs)
        console.print(plain(name, "bold"), plain(content.title or ""))
        console.print(plain(f"blocs {blocs}{NBSP}; {criteria}{NBSP}critères"))


def show(name: str) -> None:
    """Blocs, criteria and requirements, word for word."""
    content = load(name).content
    console = Console()
    for bloc in content.blocs:
        console.print()
        console.print(plain(bloc.id, "bold"), plain(bloc.title or ""))
        for criterion in bloc.criteria:
            points = f" ({criterion.points:g} points)" if criterion.points is not None else ""
            console.print(" ", plain(criterion.id, "bold"), plain(criterion.text + points))
            for requirement in criterion.requirements:
                console.print("     ", plain(f"{requirement.id} {requirement.text}"))


def check(names: tuple[str, ...]) -> None:
    """Checks the catalogue, or the référentiels and files named. Raises ReferentielError when one is wrong."""
    from assistant.matching.embedding import LexicalEmbedder
    from assistant.referentiel.authoring.clue_check import check as check_clues

    console = Console()
    wrong = []
    for loaded in [_loaded(name) for name in names or available()]:
        report = check_clues(loaded, LexicalEmbedder())
        console.print(
            plain(loaded.content.id, "bold"),
            f"{report.criteria} critères, {report.with_requirements} avec exigences, "
            f"{report.requirements} exigences ({report.unlabelled} sans libellé), {report.clues} indices",
            highlight=False,
        )
        for title, lines in (
            ("exigences hors du critère", report.strays),
            ("libellés d’exigences à revoir", report.labels),
            ("indices communs à deux critères", report.shared),
            ("mots du critère sans exigence", report.uncovered),
            ("indices plus proches d’une autre exigence", report.misplaced),
            ("indices proches de textes neutres", report.neutral),
        ):
            if lines:
                console.print(f"  {title}{NBSP}: {len(lines)}", highlight=False)
                for line in lines[:SHOWN]:
                    console.print("   ", plain(line))
        wrong += [loaded.content.id] if report.wrong else []
    if wrong:
        raise ReferentielError(
            f"À corriger dans {', '.join(wrong)} : les lignes « hors du critère », « libellés » et « communs »."
        )


def _loaded(name: str) -> LoadedReferentiel:
    return load_file(Path(name)) if name.endswith((".yaml", ".yml")) else load(name)
