"""Child processes: the one way to start, watch and end them.

A ceiling counts the processor time of a process and of all it started: waiting for a processor, a disk or a child is
not work, and a busy machine makes nothing fail. What sleeps for ever is ended by the clock on the wall, far away.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import IO, Any, cast

import psutil

from assistant.dossier.isolation.forked import ForkedReader

POLL, POLL_FAMILY = 0.2, 0.5
"""Seconds between two looks at a process that says nothing; looking at a family of processes costs milliseconds."""


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Seconds: of processor time, without any of it, and by the clock on the wall."""

    cpu: float
    idle: float = 60.0
    wall: float = 600.0


@dataclass(frozen=True, slots=True)
class Finished:
    """How a process ended and what it wrote."""

    code: int
    output: bytes
    errors: bytes


class TooLong(Exception):
    """A process went over one of its ceilings and was ended."""


class Child:
    """A process under watch; gone when the block is left, with whatever it started.

    In a session of its own, unless it is started by a process that is itself a child: then the whole family ends with
    the first of them.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str] | None = None,
        *,
        own_session: bool = True,
        stdin: int | None = subprocess.DEVNULL,
        stdout: int | IO[bytes] = subprocess.DEVNULL,
        stderr: int | IO[bytes] = subprocess.DEVNULL,
        started: ForkedReader | None = None,
    ) -> None:
        """`started`: a process of its own session that runs already, in the place of `command`."""
        self._own_session = own_session
        # What is used of one that was forked is there as well.
        self.process = cast("subprocess.Popen[bytes]", started) or subprocess.Popen(
            command,
            cwd=folder,
            env=None if environment is None else dict(environment),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            start_new_session=own_session,
        )
        self._cpu = {True: 0.0, False: 0.0}
        self._ended = False
        with suppress(psutil.Error):
            self._measured = psutil.Process(self.process.pid)

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def cpu(self, *, family: bool = True) -> float:
        """Processor seconds used so far, by what it started as well (`family`); it never falls."""
        self._cpu[family] = max(self._cpu[family], self._now(family))
        return self._cpu[family]

    def _now(self, family: bool) -> float:
        with suppress(psutil.Error, AttributeError):
            times = self._measured.cpu_times()
            if not family:
                return float(times.user + times.system)
            worked = _with_ended(times)
            for child in self._measured.children(recursive=True):
                with suppress(psutil.Error):
                    worked += _with_ended(child.cpu_times())
            return worked
        return 0.0

    def end(self) -> None:
        """Ends the process and its family."""
        if self._ended:
            return
        self._ended = True
        family = self._family()
        if self._own_session and sys.platform != "win32":
            import signal

            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        for member in family:
            with suppress(psutil.Error):
                member.kill()
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def _family(self) -> list[psutil.Process]:
        with suppress(psutil.Error, AttributeError):
            # Stopped first, so that it starts nothing more while its family is listed.
            self._measured.suspend()
            return list(self._measured.children(recursive=True))
        return []


def _with_ended(times: Any) -> float:
    """Processor seconds of a process and of those of its children that ended."""
    ended = getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
    return float(times.user + times.system + ended)


class Watch:
    """Whether a child still keeps within its ceilings, counted from now."""

    def __init__(self, child: Child, ceilings: Ceilings, *, family: bool = True) -> None:
        self._child, self._ceilings, self._family = child, ceilings, family
        self._started = self._moved = monotonic()
        self._begun = self._last = child.cpu(family=family)

    @property
    def worked(self) -> float:
        """Processor seconds since the watch began."""
        return self._child.cpu(family=self._family) - self._begun

    def over(self) -> bool:
        """Whether one of the ceilings is passed."""
        cpu, now = self._child.cpu(family=self._family), monotonic()
        if cpu > self._last:
            self._last, self._moved = cpu, now
        held = self._ceilings
        return cpu - self._begun > held.cpu or now - self._moved > held.idle or now - self._started > held.wall

    def patience(self) -> float:
        """Seconds until it is worth looking again: nothing runs faster than one processor allows for long."""
        most = POLL_FAMILY if self._family else POLL
        return max(0.02, min(most, self._ceilings.cpu - (self._last - self._begun)))


def run(
    command: Sequence[str],
    folder: Path,
    ceilings: Ceilings,
    environment: Mapping[str, str] | None = None,
    *,
    given: bytes | None = None,
    own_session: bool = True,
    family: bool = True,
    keep_going: Callable[[], bool] = lambda: True,
) -> Finished:
    """Runs a process to its end; `family`: what it starts counts as well. `given` is written to its input.

    Raises TooLong, and OSError when it cannot start.
    """
    with Child(
        command,
        folder,
        environment,
        own_session=own_session,
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        watch = Watch(child, ceilings, family=family)
        written: dict[str, bytes] = {}
        pipes = [
            Thread(target=_drain, args=(child.process.stdout, written, "output"), daemon=True),
            Thread(target=_drain, args=(child.process.stderr, written, "errors"), daemon=True),
        ]
        if given is not None:
            pipes.append(Thread(target=_feed, args=(child.process.stdin, given), daemon=True))
        for pipe in pipes:
            pipe.start()
        while True:
            try:
                child.process.wait(watch.patience())
                break
            except subprocess.TimeoutExpired:
                if watch.over() or not keep_going():
                    raise TooLong from None
        # What it left running would hold the pipes open.
        child.end()
        for pipe in pipes:
            pipe.join()
    return Finished(child.process.returncode, written.get("output", b""), written.get("errors", b""))


def _drain(pipe: IO[bytes], written: dict[str, bytes], name: str) -> None:
    with pipe:
        written[name] = pipe.read()


def _feed(pipe: IO[bytes], given: bytes) -> None:
    # A process may end without reading all it was given.
    with suppress(BrokenPipeError), pipe:
        pipe.write(given)
