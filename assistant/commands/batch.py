"""`prelecture batch`: all the dossiers of a session, handed in and read, with how long it still takes."""

import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from assistant.access.actor import OPERATOR
from assistant.application.batch_progress import ToLookAt, in_words
from assistant.application.door import Application
from assistant.commands.given import given
from assistant.commands.shown import counted, plain
from assistant.settings import load_settings
from assistant.text import NBSP

LOOK, SAY_EVERY = 2.0, 60.0
"""Seconds between two looks, and between two lines where there is no terminal to draw on."""


def run(source: Path | None, session: str, wait: bool) -> None:
    """A batch ends whatever its dossiers are: what could not be read is named, to be looked at."""
    application = Application(load_settings())
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    began = datetime.now(UTC)
    not_taken: list[ToLookAt] = []
    if source is not None:
        not_taken = _hand_in(application, console, source, session)
    if wait:
        _follow(application, console, session, began)
    elif application.batches.shared:
        console.print(f"La lecture continue sans cette fenêtre{NBSP}: prelecture batch --session {session} la suit.")
    progress = application.batches.progress(OPERATOR, session, began)
    for one in (*not_taken, *(progress.to_look_at if progress.over else ())):
        console.print(plain(f"À regarder{NBSP}: {one.number}. {one.reason}"))
    if progress.over:
        looked = len(not_taken) + len(progress.to_look_at)
        console.print(f"Terminé{NBSP}: {progress.read} lu{'s' if progress.read > 1 else ''}, {looked} à regarder.")


def stop(session: str) -> None:
    """Stops what waits and what is read."""
    stopped = Application(load_settings()).batches.stop(OPERATOR, session)
    Console(highlight=False).print(
        f"{counted(stopped, 'lecture arrêtée', 'lectures arrêtées')}. Ce qui était lu est gardé."
    )


def _hand_in(application: Application, console: Console, source: Path, session: str) -> list[ToLookAt]:
    """Each dossier to its candidate; those that could not be, with the reason."""
    found = given(source)
    for problem in found.problems:
        console.print(plain(problem))
    if found.roster:
        enrolled = application.organising.enrol(OPERATOR, session, found.roster)
        console.print(
            f"{counted(enrolled.added, 'candidat inscrit', 'candidats inscrits')}, {enrolled.changed} mis à jour."
        )
        for one in enrolled.refused:
            console.print(plain(one))
    made = application.batches.hand_in(OPERATOR, session, found.dossiers, background=False)
    console.print(
        f"{counted(made.new, 'dossier remis', 'dossiers remis')}, {made.known} déjà là, {len(made.not_taken)} à regarder."
    )
    return list(made.not_taken)


def _follow(application: Application, console: Console, session: str, began: datetime) -> None:
    """Says how far it is, until nothing waits and nothing is read; without workers, reads them here."""
    said = 0.0
    with console.status("") as line:
        while True:
            progress = application.batches.progress(OPERATOR, session, began)
            if progress.over:
                return
            line.update(in_words(progress))
            if not console.is_terminal and time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                console.print(in_words(progress))
            if not application.batches.shared:
                application.batches.read_next(OPERATOR, session)
            else:
                time.sleep(LOOK)
