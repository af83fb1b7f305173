"""A worker that takes another for dead after seconds, not half a minute.

With a stub it reads nothing: processes, queue, database, files and steps are the product's, the pipeline is a moment's work
whose result still depends on the file, so that hundreds of dossiers are read in a minute.
"""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.application import jobs, shared_queue, working
from assistant.application.working import Claimed
from assistant.dossier.model import Dossier
from assistant.matching.match import Ranking
from assistant.preread import PreReadRequest
from assistant.progress import Progress
from assistant.queueing import engine
from assistant.result import PreRead
from assistant.settings import Settings
from assistant.step_keys import hash_of
from assistant.worker import child, supervising
from assistant.worker.__main__ import main
from assistant.worker.child import read_one
from tests.application.house import dossier, result

SILENT = 4.0
STEP = 0.1
"""Seconds of each of the two steps of the stub."""
LITTLE = ["benchmarks.quick_worker", "assistant.components", "psycopg", "sqlalchemy.dialects.postgresql.psycopg"]


def hasten() -> None:
    """The same rules, with less patience; the sign of life of a run comes every second as ever."""
    for one in (engine, working, shared_queue):
        vars(one)["SILENT"] = SILENT
    engine.HEARTBEAT, engine.POLL = 1.0, 0.5
    supervising.SWEEP = 1.0
    working.AWAY = working.LATER


def read_nothing(settings: Settings, held: Claimed, readers: Path | None = None) -> None:
    """`read_one` with the pipeline replaced."""

    def pipeline(request: PreReadRequest, parts: object, steps: Any, progress: Progress) -> PreRead:
        made = replace(dossier(), sha256=hash_of(request.files[0].data))
        found = {
            "dossier": TypeAdapter(Dossier).dump_json(made),
            "ranking": TypeAdapter(Ranking).dump_json(Ranking((), ())),
        }
        for place, (name, payload) in enumerate(found.items()):
            progress("lecture", place, 2)
            if steps.load(name, f"{name}-{held.preread}") is None:
                time.sleep(STEP)
                steps.save(name, f"{name}-{held.preread}", payload)
        whole = result(request.referentiel)
        return whole.model_copy(update={"dossier": whole.dossier.model_copy(update={"sha256": made.sha256})})

    vars(jobs)["preread"] = pipeline  # this process is made for one dossier and ends with it
    read_one(settings, held)


def begin(*, stub: bool) -> None:
    """The whole life of the worker. Begun by `-c`: a module that is the program is run anew by each process of a dossier."""
    hasten()
    if stub:
        child.LOADED = LITTLE
    main(read_nothing if stub else read_one)
