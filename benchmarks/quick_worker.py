"""`python -m benchmarks.quick_worker`: a worker that takes another for dead after seconds, not half a minute."""

from assistant.application import shared_queue, working
from assistant.queueing import engine
from assistant.worker import supervising
from assistant.worker.__main__ import main

SILENT = 4.0


def hasten() -> None:
    """The same rules, with less patience; the sign of life of a run comes every second as ever."""
    for one in (engine, working, shared_queue):
        vars(one)["SILENT"] = SILENT
    engine.HEARTBEAT, engine.POLL = 1.0, 0.5
    supervising.SWEEP = 1.0
    working.AWAY = working.LATER


if __name__ == "__main__":
    hasten()
    main()
