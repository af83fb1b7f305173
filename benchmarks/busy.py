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
    pages: int
    seconds: float


def print_busy(dossiers: int = DOSSIERS, load: int = LOAD) -> None:
    """What is refused or given up, which should be nothing; only what is given up is read again alone."""
    print(f"{dossiers} dossiers, {AT_ONCE} at a time, beside {load} busy processes on {os.cpu_count()} processors")
    sources = [(f"{source.parent.name}-{n}", of_length(source, n)) for n in PAGES for source in (SHORT, LONG)]
    wanted = [sources[number % len(sources)] for number in range(dossiers)]
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        with busy_processes(load), ThreadPoolExecutor(AT_ONCE) as pool:
            readers = [_reader(Path(folder) / str(number)) for number in range(dossiers)]
            trials = list(pool.map(lambda reader, source: _trial(reader, *source), readers, wanted))
        seconds = time.monotonic() - start
        worse = [trial for trial in trials if trial.refused or _given_up_here_only(trial, dict(sources), Path(folder))]
    pages = sum(trial.pages for trial in trials)
    print(f"  {pages} pages in {seconds:.0f} s, a dossier in {max(trial.seconds for trial in trials):.0f} s at most")
    print(f"  refused {sum(bool(trial.refused) for trial in trials)}, pages given up that read alone in {len(worse)}")
    for trial in worse:
        print(f"  {trial.name}: {trial.refused or trial.given_up}")


def _given_up_here_only(trial: Trial, sources: dict[str, bytes], folder: Path) -> bool:
    if not trial.given_up:
        return False
    alone = _trial(_reader(folder / f"alone-{trial.name}"), trial.name, sources[trial.name])
    return bool(set(trial.given_up) - set(alone.given_up))


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
    seconds = time.monotonic() - start
    print(f"    {name}: {len(dossier.pages) if dossier else 0} pages in {seconds:.0f} s {refused}", flush=True)
    return Trial(name, refused, given_up, len(dossier.pages) if dossier else 0, seconds)


@contextmanager
def busy_processes(processes: int) -> Iterator[None]:
    """So many processes that never rest, for as long as the block lasts."""
    with ExitStack() as load:
        for _ in range(processes):
            load.enter_context(Child([sys.executable, "-c", "while True: pass"], ROOT))
        yield


if __name__ == "__main__":
    print_busy(*map(int, sys.argv[1:3]))
