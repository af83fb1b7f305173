"""`prelecture compare`: what changed from one version of a dossier to the next. Never which one is better."""

from collections import Counter
from pathlib import Path

from rich.console import Console

from assistant.access.actor import LOCAL
from assistant.application.door import Application
from assistant.commands.files import input_files, watched, write_text
from assistant.commands.shown import plain
from assistant.comparison_report import ChangeName, ComparisonReport
from assistant.settings import load_settings
from assistant.text import NBSP

KINDS: dict[ChangeName, str] = {
    "added": "ajoutées", "removed": "supprimées", "reworded": "reformulées", "moved": "déplacées",
    "figure_changed": "dont un chiffre a changé",
}  # fmt: skip


def run(before: Path, after: Path, referentiel: str, blocs: tuple[str, ...], output: Path | None) -> None:
    """Raises PrelectureError for whatever keeps one of them from being pre-read."""
    application = Application(load_settings())
    prereads = []
    for path in (before, after):
        preread = application.prereads.add(LOCAL, input_files([path]), referentiel, blocs)
        with watched() as tell:
            application.jobs.run(LOCAL, preread, tell)
        prereads.append(preread)
    report = application.comparisons.compare(LOCAL, *prereads)
    if output:
        write_text(output, report.to_json())
    _summary(Console(), report)


def _summary(console: Console, report: ComparisonReport) -> None:
    counts = Counter(one.change for one in report.sentences)
    told = [f"{counts[kind]} {words}" for kind, words in KINDS.items() if counts[kind]]
    console.print(f"Phrases{NBSP}: {', '.join([*told, f'{report.unchanged} inchangées'])}.", highlight=False)
    for part in report.criteria:
        for words, texts in (("gagne", part.gained), ("perd", part.lost)):
            for text in texts:
                console.print(plain(f"{part.id} {words}{NBSP}: «{NBSP}{text}{NBSP}»"))
    console.print("Cette comparaison dit ce qui a changé\u00a0; elle ne dit pas si c’est mieux.")
