"""`prelecture worker` and `prelecture queue …`: the shared queue, from a machine of the installation."""

import os
import sys

from rich.console import Console

from assistant.access.actor import OPERATOR, PROGRAM
from assistant.application.door import Application
from assistant.settings import load_settings
from assistant.text import NBSP

WORKER = "assistant.worker"


def work(concurrency: int, until_empty: bool) -> None:
    """Becomes a worker. Raises SettingsError where the installation has no shared queue, StoreError without database."""
    Application(load_settings()).working.ready(PROGRAM)
    given = ["--concurrency", str(concurrency), *(["--until-empty"] if until_empty else [])]
    os.execv(sys.executable, [sys.executable, "-m", WORKER, *given])


def show() -> None:
    """How much waits, and who works."""
    state = Application(load_settings()).queue.state(OPERATOR)
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    dossiers = "dossier" if state.waiting < 2 else "dossiers"
    console.print(f"{state.waiting} {dossiers} en attente, {state.at_work} en cours de lecture.")
    console.print(f"{state.workers} processus de lecture en service.")
    if state.paused:
        console.print(f"La file est en pause{NBSP}: prelecture queue resume la reprend.")
    elif state.waiting and not state.workers:
        console.print(f"Personne ne lit{NBSP}: lancez prelecture worker.")


def pause(*, on: bool) -> None:
    """Takes nothing more up, or goes on."""
    Application(load_settings()).queue.pause(OPERATOR, on=on)
    said = "La file est en pause\u00a0; ce qui est en cours de lecture se termine." if on else "La file reprend."
    Console(highlight=False).print(said)
