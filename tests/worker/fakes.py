"""A reader whose dossiers say themselves what becomes of it: the process, the queue and the use case are the real ones."""

import os
import signal
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.application import jobs, working
from assistant.application.working import Claimed
from assistant.dossier.model import Dossier, Passage
from assistant.errors import ModelUnreachable, ReadingTimeout, UnreadableDossier
from assistant.llm import endpoint
from assistant.llm.endpoint import Completion
from assistant.matching.match import Ranking
from assistant.preread import Components, PreReadRequest
from assistant.progress import Progress
from assistant.referentiel.model import Criterion, Requirement
from assistant.result import PreRead
from assistant.settings import Settings
from assistant.worker import child
from assistant.worker.child import read_one
from tests.application.house import PDF, SENTENCES, dossier, essay, result

POISON, SLOW, STEADY, ONCE, DAMAGED, DEFECT = (
    PDF + word for word in (b"poison", b"slow", b"steady", b"once", b"damaged", b"defect")
)
"""Files that kill the process that reads them; take a minute the first time; take a moment; pass the second time; cannot be
read; meet a defect of the program."""
MOMENT = 0.4
"""Seconds."""
ASKED = (Criterion(id="C1", text="Des frictions.", requirements=(Requirement(id="C1.r1", text="deux frictions"),)),)
AWAY = "model-away"
READ = replace(dossier(), passages=(Passage("p1", 1, "", tuple(SENTENCES), ""),))
WAIT = timedelta(seconds=0.3)
"""Before what is away is asked again."""


def loading_little() -> None:
    """The processes that read load what these readers need, and no vector store."""
    child.LOADED = [
        "assistant.application.working",
        "assistant.components",
        "psycopg",
        "sqlalchemy.dialects.postgresql.psycopg",
    ]


class Answers:
    """A model's endpoint that finds nothing, and does not answer while there is a file `model-away` in the data folder."""

    def __init__(self, settings: Settings) -> None:
        self._away = settings.data_dir / AWAY

    def get_ready(self) -> None:
        pass

    def complete(self, *_: object) -> Completion:
        if self._away.exists():
            raise ModelUnreachable("Le modèle ne répond pas.")
        return Completion('{"finds": []}', 10, 2)


def read_quickly(settings: Settings, held: Claimed, readers: Path | None = None) -> None:
    """`read_one` with the pipeline replaced, and a model that is set asked what a dossier of three sentences asks."""
    tries = held.tries

    def pipeline(request: PreReadRequest, parts: Components, steps: Any, progress: Progress) -> PreRead:
        data = request.files[0].data
        progress("lecture", 0, 2)
        if data.startswith(POISON):
            os.kill(os.getpid(), signal.SIGKILL)
        if data.startswith(SLOW) and tries == 1:
            time.sleep(60)
        if data.startswith(STEADY):
            time.sleep(MOMENT)
        if data.startswith(ONCE) and tries == 1:
            raise ReadingTimeout("La machine est trop chargée.")
        if data.startswith(DAMAGED):
            raise UnreadableDossier("Ce PDF est abîmé\u00a0: exportez-le de nouveau.")
        if data.startswith(DEFECT):
            raise ZeroDivisionError("mots du dossier")
        progress("lecture", 2, 2)
        steps.save("dossier", held.preread, TypeAdapter(Dossier).dump_json(dossier()))
        steps.save("ranking", held.preread, TypeAdapter(Ranking).dump_json(Ranking((), ())))
        read = parts.drafter.read(READ, ASKED, progress)
        return result(essay()).model_copy(update={"status": "partial" if read.failed_pages else "complete"})

    if settings.model is not None:
        from assistant.drafting import model_drafter

        vars(endpoint)["Endpoint"] = Answers
        vars(model_drafter)["faults"] = lambda *_: ()  # nothing is drafted
    vars(working)["AWAY"] = WAIT
    vars(jobs)["preread"] = pipeline  # this process is made for one dossier and ends with it
    read_one(settings, held)


def cannot_start(settings: Settings, held: Claimed, readers: Path | None = None) -> None:
    """A program that is broken: the process ends before it reads anything."""
    raise ImportError("a library is missing")
