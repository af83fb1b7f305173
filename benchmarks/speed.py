"""Seconds and megabytes of `prelecture review`, cold, and of reading alone."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from assistant.dossier.read import read_dossier
from benchmarks.dossiers import LONG, SHORT, of_length

PAGES = (10, 20, 40, 80, 160)
TIMES = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """Wall-clock seconds and the highest memory (resident, MB) of a command with all the processes it starts."""

    seconds: float
    megabytes: float


def review(data: bytes, referentiel: str, *more: str) -> Measure:
    """`prelecture review` on a fresh installation, in processes of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dossier.pdf"
        file.write_bytes(data)
        command = [sys.executable, "-m", "assistant.cli", "review", str(file), "-r", referentiel, *more]
        environment = {**os.environ, "PRELECTURE_DATA_DIR": str(Path(folder) / "data")}
        start = time.monotonic()
        process = psutil.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        highest = 0
        while process.poll() is None:
            try:
                family = [process, *process.children(recursive=True)]
                highest = max(highest, sum(one.memory_info().rss for one in family))
            except psutil.NoSuchProcess:
                continue
            time.sleep(0.02)
        if process.wait() != 0:
            raise RuntimeError("the command failed")
        return Measure(time.monotonic() - start, highest / 2**20)


def print_reading() -> None:
    gc.disable()  # as the reading process does
    print("Reading alone, processor time (target: at most 11 ms a page; twice pdfium's own time is the aim)")
    for name, source in (("18 pages", SHORT), ("23 pages", LONG)):
        data = source.read_bytes()
        pages = len(read_dossier(data, "dossier.pdf").pages)
        ours = least(partial(read_dossier, data, "dossier.pdf")) / pages
        own = least(partial(_by_pdfium, data)) / pages
        print(f"  {name:10} {ours:6.1f} ms a page; pdfium's own {own:6.1f} ms; {ours / own:.1f} times")
    gc.enable()


def least(work: Callable[[], object]) -> float:
    """Milliseconds of this thread that a piece of work takes, the least of TIMES."""
    seconds = []
    for _ in range(TIMES):
        start = time.thread_time()
        work()
        seconds.append(time.thread_time() - start)
    return 1000 * min(seconds)


def _by_pdfium(data: bytes) -> None:
    """What pdfium does of it: load each page, extract its characters, draw it once in small and grey."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        page.render(scale=0.5, grayscale=True)
        text.close()
        page.close()


def print_whole_command() -> None:
    print("Whole command, cold process (targets: 4 s and 600 MB; 8 s)")
    short = review(SHORT.read_bytes(), "cycle-client-ia")
    print(f"  18 pages x  9 criteria {short.seconds:6.2f} s {short.megabytes:6.0f} MB")
    long = review(of_length(LONG, 66), "manager-affaires", "--bloc", "B1")
    print(f"  66 pages x 25 criteria {long.seconds:6.2f} s {long.megabytes:6.0f} MB")


def print_growth() -> None:
    print("Growth with pages (9 criteria); seconds above an empty run stay in proportion")
    for pages in PAGES:
        measure = review(of_length(SHORT, pages), "cycle-client-ia")
        each = 1000 * measure.seconds / pages
        print(f"  {pages:4} pages {measure.seconds:6.2f} s {measure.megabytes:6.0f} MB {each:7.1f} ms a page")


if __name__ == "__main__":
    print_reading()
