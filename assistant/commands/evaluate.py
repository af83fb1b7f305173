"""`prelecture evaluate`: prints what was measured on labelled dossiers."""

from pathlib import Path

from rich.console import Console

from assistant.access.actor import OPERATOR
from assistant.application.evaluating import Choices as Choices
from assistant.application.evaluating import evaluate
from assistant.settings import load_settings


def run(folder: Path, choices: Choices) -> None:
    """Raises PrelectureError for labels that do not validate or a dossier that cannot be read."""
    table = evaluate(OPERATOR, load_settings(), folder, choices)
    Console(width=200).print(table, soft_wrap=True, highlight=False, markup=False, emoji=False)
