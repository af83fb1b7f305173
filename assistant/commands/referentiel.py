"""`prelecture referentiel list|show|check`."""

from rich.console import Console

from assistant.access.actor import OPERATOR
from assistant.application.catalogue import checked, choosable, shown
from assistant.commands.shown import plain
from assistant.errors import ReferentielError
from assistant.text import NBSP

SHOWN = 5


def list_all() -> None:
    """One line per référentiel."""
    console = Console()
    for one in choosable(OPERATOR):
        blocs = ", ".join(name for name, _ in one.blocs)
        console.print(plain(one.id, "bold"), plain(one.title))
        console.print(plain(f"blocs {blocs}{NBSP}; {one.criteria}{NBSP}critères"))


def show(name: str) -> None:
    """Blocs, criteria and requirements, word for word."""
    console = Console()
    for bloc in shown(OPERATOR, name).blocs:
        console.print()
        console.print(plain(bloc.id, "bold"), plain(bloc.title or ""))
        for criterion in bloc.criteria:
            points = f" ({criterion.points:g} points)" if criterion.points is not None else ""
            console.print(" ", plain(criterion.id, "bold"), plain(criterion.text + points))
            for requirement in criterion.requirements:
                console.print("     ", plain(f"{requirement.id} {requirement.text}"))


def check(names: tuple[str, ...]) -> None:
    """Checks the catalogue, or the référentiels and files named. Raises ReferentielError when one is wrong."""
    console = Console()
    wrong = []
    for report in checked(OPERATOR, names):
        criteria, with_requirements, requirements, unlabelled, clues = report.counts
        counted = (
            f"{criteria} critères, {with_requirements} avec exigences, "
            f"{requirements} exigences ({unlabelled} sans libellé), {clues} indices"
        )
        console.print(plain(report.id, "bold"), counted, highlight=False)
        for title, lines in report.findings:
            if lines:
                console.print(f"  {title}{NBSP}: {len(lines)}", highlight=False)
                for line in lines[:SHOWN]:
                    console.print("   ", plain(line))
        wrong += [report.id] if report.wrong else []
    if wrong:
        raise ReferentielError(
            f"À corriger dans {', '.join(wrong)} : les lignes « hors du critère », « libellés » et « communs »."
        )
