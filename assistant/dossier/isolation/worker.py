"""The process that reads one file for `sandbox.py`: it may crash, stall or be killed without harm to anybody.

It is given a folder with `order.json` and the file, says on stdout when it is ready and what it is about to do, one
JSON object a line, and leaves `dossier.json` there. It opens no connection, starts nothing that the file names, and is
given no key.
"""

import gc
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from assistant.dossier.isolation.order import DOSSIER, FILE, ORDER, ReadingOrder
from assistant.dossier.model import dossier_adapter
from assistant.dossier.pdf.source import KeptSource, PdfSource
from assistant.dossier.steps import OPENING, READY

End = Literal["done", "refused", "memory"]


def work(folder: Path, source: PdfSource, say: Callable[[dict[str, Any]], None]) -> None:
    """Reads the file in `folder`, saying each step before it is done and how it ended."""
    from assistant.dossier.read import read_pages
    from assistant.errors import UnreadableDossier

    def announce(step: str, done: int, total: int) -> None:
        say({"step": step, "done": done, "total": total})

    order = ReadingOrder.from_json((folder / ORDER).read_text(encoding="utf-8"))
    hold_memory(order.memory_mb)
    kept = KeptSource(source, folder, order.lost, order.again, order.structure_lost, order.pictures_lost, announce)
    adapter = dossier_adapter()
    announce(READY, 0, 1)
    announce(OPENING, 0, 1)
    try:
        dossier = read_pages((folder / FILE).read_bytes(), order.file, order.official, announce, kept)
        (folder / DOSSIER).write_bytes(adapter.dump_json(dossier))
    except UnreadableDossier as error:
        say({"end": "refused", "message": error.message})
    except MemoryError:
        say({"end": "memory"})
    else:
        say({"end": "done"})


def hold_memory(megabytes: int) -> None:
    """Asks the system to refuse this process more memory than that; where it cannot (Windows), time alone is held."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 2**20, hard))


def say_on_stdout(message: dict[str, Any]) -> None:
    """One line, at once."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main(source: PdfSource | None = None) -> None:
    """`python -m assistant.dossier.isolation.worker FOLDER`."""
    logging.disable(logging.CRITICAL)
    # Nothing here makes cycles, and the process ends with its file: looking for them takes a tenth of the time.
    gc.disable()
    work(Path(sys.argv[-1]), source or PdfSource(), say_on_stdout)


if __name__ == "__main__":
    main()
