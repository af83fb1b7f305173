"""Reading on a machine that is busy with something else: nothing is refused or given up that reads alone.

40 real-sized dossiers, read 4 at a time beside 8 processes that never rest.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.components import reader_of
from assistant.dossier.files.reading import DossierReader
from assistant.dossier.isolation.process import Child
from assistant.dossier.model import Dossier, InputFile
from assistant.errors import UnreadableDossier
from assistant.places import ROOT
from assistant.progress import silent
from assistant.settings import Settings
from benchmarks.dossiers import LONG, SHORT, of_length

DOSSIERS, AT_ONCE, LOAD = 40, 4, 8
PAGES = (12, 18, 23, 32, 40, 60)


@dataclass(frozen=True, slots=True)
class Trial:
    """One dossier read: why it was refused, or the pages that were given up."""

    name: str
    refused: str
    given_up: tuple[int, ...]
    seconds: float


def print_busy(dossiers: int = DOSSIERS) -> None:
    """What is refused or given up, which should be nothing."""
    print(f"{dossiers} dossiers, {AT_ONCE} at a time, beside {LOAD} busy processes on {os.cpu_count()} processors")
    sources = [(f"{source.parent.name}-{n}", of_length(source, n)) for n in PAGES for source in (SHORT, LONG)]
    with tempfile.TemporaryDirectory() as folder:
        alone = {name: _trial(_reader(Path(folder) / "alone"), name, data) for name, data in sources}
        wanted = [sources[number % len(sources)] for number in range(dossiers)]
        start = time.monotonic()
        with _busy(), ThreadPoolExecutor(AT_ONCE) as pool:
            readers = [_reader(Path(folder) / str(number)) for number in range(dossiers)]
            trials = list(pool.map(lambda reader, source: _trial(reader, *source), readers, wanted))
        seconds = time.monotonic() - start
    worse = [trial for trial in trials if trial.refused or set(trial.given_up) - set(alone[trial.name].given_up)]
    print(
        f"  alone: {max(t.seconds for t in alone.values()):.1f} s at most; busy: {max(t.seconds for t in trials):.1f} s"
    )
    print(f"  refused {sum(bool(t.refused) for t in trials)}, with pages given up {len(worse)}; {seconds:.0f} s in all")
    for trial in worse:
        print(f"  {trial.name}: {trial.refused or trial.given_up}")


def _reader(folder: Path) -> DossierReader:
    return replace(reader_of(Settings(data_dir=folder)), kept=None)


def _trial(reader: DossierReader, name: str, data: bytes) -> Trial:
    start = time.monotonic()
    try:
        dossier: Dossier | None = reader((InputFile(f"{name}.pdf", data),), (), silent)
        refused = ""
    except UnreadableDossier as error:
        dossier, refused = None, error.message
    given_up = (*dossier.unread_pages, *dossier.partial_pages) if dossier else ()
    return Trial(name, refused, given_up, time.monotonic() - start)


@contextmanager
def _busy() -> Iterator[None]:
    with ExitStack() as load:
        for _ in range(LOAD):
            load.enter_context(Child([sys.executable, "-c", "while True: pass"], ROOT))
        yield


if __name__ == "__main__":
    print_busy(int(sys.argv[1]) if len(sys.argv) > 1 else DOSSIERS)
