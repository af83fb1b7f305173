"""Ceilings count work: what waits is left alone, what works too long is ended with all it started."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from assistant.dossier.isolation.process import Ceilings, Child, TooLong, run

BUSY = "while True: pass"
FAMILY = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass  # reada-child'])"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_waiting_is_not_work(tmp_path: Path) -> None:
    done = run(python("import time; time.sleep(2); print('là')"), tmp_path, Ceilings(cpu=1.5))
    assert (done.code, done.output.decode().strip()) == (0, "là")


def test_working_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(TooLong):
        run(python(BUSY), tmp_path, Ceilings(cpu=0.5))


def test_what_it_started_counts_and_ends_with_it(tmp_path: Path) -> None:
    with pytest.raises(TooLong):
        run(python(FAMILY), tmp_path, Ceilings(cpu=1.0))
    time.sleep(0.2)
    assert not [p for p in psutil.process_iter(["cmdline"]) if "reada-child" in " ".join(p.info["cmdline"] or ())]


def test_sleeping_for_ever_is_ended(tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(TooLong):
        run(python("import time; time.sleep(600)"), tmp_path, Ceilings(cpu=60.0, idle=1.0))
    assert time.monotonic() - start < 60


def test_what_is_given_and_said_is_whole_however_long(tmp_path: Path) -> None:
    code = "import sys; data = sys.stdin.buffer.read(); sys.stderr.buffer.write(data); sys.stdout.buffer.write(data)"
    given = b"x" * 5_000_000
    done = run(python(code), tmp_path, Ceilings(cpu=30.0), given=given)
    assert (done.output, done.errors) == (given, given)


def test_a_process_that_reads_nothing_of_what_it_is_given_is_no_error(tmp_path: Path) -> None:
    assert run(python("print(1)"), tmp_path, Ceilings(cpu=30.0), given=b"x" * 5_000_000).code == 0


def test_what_it_started_counts_only_where_it_works_for_it(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(9_000_000))']); sys.stdin.read()"
    with Child(python(code), tmp_path, stdin=subprocess.PIPE) as child:
        while child.cpu() < 0.1:
            time.sleep(0.02)
        time.sleep(0.1)
        assert child.cpu(family=False) < child.cpu()
