"""The workers of a shared queue, as `prelecture doctor` looks at them: alive, and of the same version as what asks them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from assistant import __version__
from assistant.application.findings import Finding
from assistant.store.work import Work
from assistant.store.workers import WorkerRecord, Workers
from assistant.text import NBSP

NAME = "Processus de lecture"
SILENT = 60.0
"""Seconds after which a worker, which gives a sign of life every fifteen, is taken for dead."""


def workers_found(connection: Connection) -> tuple[Finding, ...]:
    """One line for all, and one for each that is not as it should be."""
    return findings(Workers(connection).all(), sum(Work(connection).counts().values()), __version__)


def findings(known: Sequence[WorkerRecord], waiting: int, version: str) -> tuple[Finding, ...]:
    """`waiting`: dossiers in line or at work."""
    alive = [one for one in known if one.silent < SILENT]
    return (
        _all(alive, waiting),
        *(_one(one, version) for one in known if one.silent >= SILENT or one.version != version),
    )


def _all(alive: Sequence[WorkerRecord], waiting: int) -> Finding:
    if not alive:
        said = f"aucun en vie, {_dossiers(waiting)} en file" if waiting else "aucun en vie"
        return Finding(
            NAME, "fault" if waiting else "warning", said, "Lancez prelecture worker sur une machine au moins."
        )
    together = sum(one.concurrency for one in alive)
    last = max(one.silent for one in alive)
    return Finding(
        NAME, "ok", f"{len(alive)} en vie ({_dossiers(together)} à la fois), dernier signe de chacun il y a moins de "
        f"{last + 1:.0f}{NBSP}s",
    )  # fmt: skip


def _one(one: WorkerRecord, version: str) -> Finding:
    name = f"Processus de lecture {one.id[:8]}"
    if one.silent >= SILENT:
        return Finding(
            name, "warning", f"sur {one.machine}, sans signe de vie depuis {_since(one.silent)}",
            "Regardez son journal sur cette machine, puis relancez-le ; ce qu’il lisait est repris par les autres.",
        )  # fmt: skip
    return Finding(
        name, "warning", f"sur {one.machine}, version {one.version}, et non {version}",
        "Mettez-le à jour et relancez-le\u00a0: deux versions ne lisent pas forcément de même.",
    )  # fmt: skip


def _dossiers(count: int) -> str:
    return f"{count} dossier" if count < 2 else f"{count} dossiers"


def _since(seconds: float) -> str:
    if seconds < 5_400:
        return f"{seconds / 60:.0f}{NBSP}min"
    return f"{seconds / 3_600:.0f}{NBSP}h"
