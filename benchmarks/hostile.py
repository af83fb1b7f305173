"""How reading bears damaged, odd and malicious files: each ends in a dossier or in one sentence, in time and memory."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from assistant.components import reader_of
from assistant.dossier.model import Dossier, InputFile
from assistant.errors import NothingReadable, UnreadableDossier
from assistant.places import ROOT
from assistant.progress import silent
from assistant.settings import Settings

Outcome = Literal["read", "nothing to read", "refused", "FAILED"]
Read = Callable[[bytes, str], Dossier]
SECONDS, MEGABYTES = 20.0, 1_500.0
LOOKS = 0.1
"""Seconds between two looks at the memory in use: at fifty a second, looking took a quarter of a processor."""
COUNT_PAGES = "import pypdfium2, sys; print(len(pypdfium2.PdfDocument(sys.argv[1])))"


@dataclass(frozen=True, slots=True)
class Trial:
    """One file: how it ended, what it cost, and the pages accounted for of those pdfium counts (0: it opens nothing)."""

    file: Path
    outcome: Outcome
    says: str
    pages: int
    accounted: int
    unread: int
    seconds: float
    megabytes: float

    @property
    def whole_ledger(self) -> bool:
        return self.pages > 0 and self.accounted == self.pages

    @property
    def within_ceilings(self) -> bool:
        return self.seconds <= SECONDS and self.megabytes <= MEGABYTES


def as_the_app_reads() -> Read:
    """Reading with everything on, on a fresh installation."""
    reading = reader_of(Settings(data_dir=Path(tempfile.mkdtemp(prefix="prelecture-bench-"))))

    def read(data: bytes, file: str) -> Dossier:
        return reading((InputFile(file, data),), (), silent)

    return read


def default_folder() -> Path:
    """Where such files are looked for: PRELECTURE_HOSTILE, or `shared/hostile` beside the project."""
    return Path(os.environ.get("PRELECTURE_HOSTILE", ROOT.parent / "shared" / "hostile"))


def trials(folder: Path, read: Read) -> list[Trial]:
    """Reads every PDF under `folder`."""
    return [trial(file, read) for file in sorted(folder.rglob("*.pdf"))]


def trial(file: Path, read: Read) -> Trial:
    """Reads one file, and watches the memory of the processes started for it."""
    data = file.read_bytes()
    with Watch() as watch:
        start = time.monotonic()
        outcome, says, accounted, unread = _ended(data, read)
        seconds = time.monotonic() - start
    return Trial(file, outcome, says, _pages(file), accounted, unread, seconds, watch.megabytes)


def _ended(data: bytes, read: Read) -> tuple[Outcome, str, int, int]:
    try:
        dossier = read(data, "dossier.pdf")
    except NothingReadable as error:
        return "nothing to read", error.message, len(error.unread), len(error.unread)
    except UnreadableDossier as error:
        return "refused", error.message, 0, 0
    except Exception as error:  # noqa: BLE001 - what must not happen is counted, and the table goes on
        return "FAILED", f"{type(error).__name__}: {error}", 0, 0
    kinds = Counter(notice.kind for notice in dossier.notices)
    says = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    return "read", says, len(dossier.ledger), len(dossier.unread_pages)


def _pages(file: Path) -> int:
    """Pages that pdfium counts, 0 when it cannot open the file; asked in a process of its own."""
    try:
        done = subprocess.run([sys.executable, "-c", COUNT_PAGES, file], capture_output=True, timeout=20, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return 0
    return int(done.stdout)


class Watch:
    """The highest resident memory of the processes started meanwhile."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        here = psutil.Process()
        while not self._over.wait(LOOKS):
            total = 0
            for child in here.children(recursive=True):
                try:
                    total += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.megabytes = max(self.megabytes, total / 2**20)


def print_hostile(folder: Path | None = None) -> None:
    """One line per group of files, then the totals and whatever is out of bounds."""
    folder = folder or default_folder()
    if not folder.is_dir():
        print(f"Damaged files: none at {folder} (set PRELECTURE_HOSTILE)")
        return
    done = trials(folder, as_the_app_reads())
    print(f"Damaged, odd and malicious files ({len(done)}; {SECONDS:.0f} s and {MEGABYTES:.0f} MB at most)")
    print(f"  {'':18} files   read  nothing to read  refused  failed   slowest   largest")
    for group in sorted({t.file.parent.name for t in done}):
        _print_row(group, [t for t in done if t.file.parent.name == group])
    _print_row("all", done)
    opened = [t for t in done if t.pages]
    whole = sum(t.whole_ledger for t in opened)
    print(f"  pdfium opens {len(opened)}; every page accounted for in {whole} ({whole / max(1, len(opened)):.1%})")
    for t in done:
        if t.outcome == "FAILED" or not t.within_ceilings or (t.pages and not t.whole_ledger):
            where = t.file.relative_to(folder)
            print(f"  {where}: {t.outcome}, {t.accounted} of {t.pages} pages, {t.seconds:.1f} s, {t.says}")


def _print_row(name: str, group: list[Trial]) -> None:
    counts = Counter(t.outcome for t in group)
    print(
        f"  {name:18} {len(group):5} {counts['read']:6} {counts['nothing to read']:16} {counts['refused']:8} "
        f"{counts['FAILED']:7} {max(t.seconds for t in group):7.1f} s {max(t.megabytes for t in group):6.0f} MB"
    )


if __name__ == "__main__":
    print_hostile(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
