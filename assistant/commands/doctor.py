"""`prelecture doctor`: each thing the installation needs on a line, with what to do."""

from rich.console import Console

from assistant.access.actor import OPERATOR
from assistant.application.doctor import Finding, examine
from assistant.commands.shown import counted, plain
from assistant.errors import SettingsError
from assistant.settings import load_settings
from assistant.text import NBSP

MARKS = {"ok": ("[bien]", ""), "warning": ("[à voir]", "yellow"), "fault": ("[à corriger]", "red")}
WIDTH = 30


def run() -> None:
    """Raises SettingsError when something must be put right first."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    findings = examine(OPERATOR, load_settings())
    for one in findings:
        _show(console, one)
    faults = sum(one.state == "fault" for one in findings)
    if faults:
        raise SettingsError(
            f"{counted(faults, 'point', 'points')} à corriger avant de travailler{NBSP}: voir ci-dessus."
        )
    console.print("L’installation est prête.")


def _show(console: Console, one: Finding) -> None:
    mark, style = MARKS[one.state]
    console.print(plain(f"{mark:13} {one.name:{WIDTH}} {one.found}", style))
    if one.to_do:
        console.print(plain(f"{'':13} {'':{WIDTH}} → {one.to_do}"))
