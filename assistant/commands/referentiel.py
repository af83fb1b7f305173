"""`prelecture referentiel list|show|check`."""

from rich.console import Console
from rich.text import Text

from assistant.access.actor import OPERATOR
from assistant.application.catalogue import checked, choosable, shown
from assistant.errors import ReferentielError

SHOWN = 5


def list_all() -> None:
    """One line per référentiel."""
    console = Console(highlight=False, markup=False)
    for one in choosable(OPERATOR):
        blocs = ", ".join(name for name, _ in one.blocs)
        console.print(Text.assemble((one.id, "bold"), f"  {one.title}\n  blocs {blocs} ; {one.criteria} critères"))


def show(name: str) -> None:
    """Blocs, criteria and requirements, word for word."""
    console = Console(highlight=False, markup=False)
    for bloc in shown(OPERATOR, name).blocs:
        console.print(Text.assemble("\n", (bloc.id, "bold"), f" {bloc.title or ''}"))
        for criterion in bloc.criteria:
            points = f" ({criterion.points:g} points)" if criterion.points is not None else ""
            console.print(Text.assemble("  ", (criterion.id, "bold"), f" {criterion.text}{points}"))
            for requirement in criterion.requirements:
                console.print(f"      {requirement.id} {requirement.text}")


def check(names: tuple[str, ...]) -> None:
    """Checks the catalogue, or the référentiels and files named. Raises ReferentielError when one is wrong."""
    console = Console(highlight=False, markup=False)
    wrong = []
    for report in checked(OPERATOR, names):
        criteria, with_requirements, requirements, clues = report.counts
        counted = f" {criteria} critères, {with_requirements} avec exigences, {requirements} exigences, {clues} indices"
        console.print(Text.assemble((report.id, "bold"), counted))
        for title, lines in report.findings:
            if lines:
                console.print(f"  {title} : {len(lines)}")
                for line in lines[:SHOWN]:
                    console.print(f"    {line}")
        wrong += [report.id] if report.wrong else []
    if wrong:
        raise ReferentielError(f"À corriger dans {', '.join(wrong)} : les lignes « hors du critère » et « communs ».")
