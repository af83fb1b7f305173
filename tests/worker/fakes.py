"""A reader whose dossiers say themselves what becomes of it: the process, the queue and the use case are the real ones."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.application import jobs
from assistant.application.working import Claimed
from assistant.dossier.model import Dossier
from assistant.errors import ReadingTimeout, UnreadableDossier
from assistant.matching.match import Ranking
from assistant.preread import PreReadRequest
from assistant.progress import Progress
from assistant.result import PreRead
from assistant.settings import Settings
from assistant.worker import child
from assistant.worker.child import read_one
from tests.application.house import PDF, dossier, essay, result

POISON, SLOW, ONCE, DAMAGED, DEFECT = (PDF + word for word in (b"poison", b"slow", b"once", b"damaged", b"defect"))
"""Files that kill the process that reads them; take a minute the first time; pass the second time; cannot be read; meet a
defect of the program."""


def loading_little() -> None:
    """The processes that read load what these readers need, and no vector store."""
    child.LOADED = [
        "assistant.application.working",
        "assistant.components",
        "psycopg",
        "sqlalchemy.dialects.postgresql.psycopg",
    ]


def read_quickly(settings: Settings, held: Claimed, readers: Path | None = None) -> None:
    """`read_one` with the pipeline replaced."""
    tries = held.tries

    def pipeline(request: PreReadRequest, parts: object, steps: Any, progress: Progress) -> PreRead:
        data = request.files[0].data
        progress("lecture", 0, 2)
        if data.startswith(POISON):
            os.kill(os.getpid(), signal.SIGKILL)
        if data.startswith(SLOW) and tries == 1:
            time.sleep(60)
        if data.startswith(ONCE) and tries == 1:
            raise ReadingTimeout("La machine est trop chargée.")
        if data.startswith(DAMAGED):
            raise UnreadableDossier("Ce PDF est abîmé\u00a0: exportez-le de nouveau.")
        if data.startswith(DEFECT):
            raise ZeroDivisionError("mots du dossier")
        progress("lecture", 2, 2)
        steps.save("dossier", held.preread, TypeAdapter(Dossier).dump_json(dossier()))
        steps.save("ranking", held.preread, TypeAdapter(Ranking).dump_json(Ranking((), ())))
        return result(essay())

    vars(jobs)["preread"] = pipeline  # this process is made for one dossier and ends with it
    read_one(settings, held)


def cannot_start(settings: Settings, held: Claimed, readers: Path | None = None) -> None:
    """A program that is broken: the process ends before it reads anything."""
    raise ImportError("a library is missing")
