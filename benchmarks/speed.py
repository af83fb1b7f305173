"""Seconds and megabytes of `prelecture review`, cold, and of reading alone."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from assistant.dossier.read import read_dossier
from benchmarks.dossiers import LONG, SHORT, of_length

PAGES = (10, 20, 40, 80, 160)


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
    print("Reading alone (target: at most 11 ms a page; twice pdfium's own time is the aim)")
    for name, source in (("18 pages", SHORT), ("23 pages", LONG)):
        data = source.read_bytes()
        read_dossier(data, "dossier.pdf")
        start = time.monotonic()
        dossier = read_dossier(data, "dossier.pdf")
        each = 1000 * (time.monotonic() - start) / len(dossier.pages)
        print(f"  {name:10} {each:6.1f} ms a page; pdfium's own {pdfium_ms(data):6.1f} ms")
    gc.enable()


def pdfium_ms(data: bytes) -> float:
    """Milliseconds a page of what pdfium does of it: load it, extract its characters, draw it once in small and grey."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    start = time.monotonic()
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        page.render(scale=0.5, grayscale=True)
        text.close()
        page.close()
    return 1000 * (time.monotonic() - start) / len(document)


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
