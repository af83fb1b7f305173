"""A process that reads pictures one after the other: starting one for each takes a fifth of the time of reading it.

A picture that crashes or stalls it costs that picture only: the next one gets another process.
"""

import json
import queue
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, Any

from assistant.dossier.isolation.process import Ceilings, Child, TooLong, Watch
from assistant.places import ROOT

WORKER = "assistant.dossier.ocr.picture_worker"
LOOSE_WORKER = "assistant.dossier.ocr.loose_worker"


class Asked:
    """A process that answers each line of JSON with one; asked by one thread at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._child: Child | None = None
        self._said: queue.Queue[bytes] = queue.Queue()

    def ask(self, told: object, ceilings: Ceilings, keep_going: Callable[[], bool]) -> dict[str, Any]:
        """What the process answers for a picture, counted from now.

        Raises TooLong when it goes over its ceilings or is not to go on, OSError when the process ends or cannot start.
        """
        child = self._alive()
        watch = Watch(child, ceilings)
        assert child.process.stdin is not None
        try:
            child.process.stdin.write(json.dumps(told).encode() + b"\n")
            child.process.stdin.flush()
            answer = self._answer(watch, keep_going)
        except (OSError, TooLong):
            self.close()
            raise
        return answer

    def close(self) -> None:
        """Ends the process with whatever it started."""
        if self._child is not None:
            self._child.end()
            if self._child.process.stdin is not None:
                with suppress(OSError):
                    self._child.process.stdin.close()
            self._child = None

    def _answer(self, watch: Watch, keep_going: Callable[[], bool]) -> dict[str, Any]:
        while True:
            try:
                line = self._said.get(timeout=watch.patience())
                break
            except queue.Empty:
                if watch.over() or not keep_going():
                    raise TooLong from None
        if not line.endswith(b"\n"):
            raise ChildProcessError("the reader of pictures ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _alive(self) -> Child:
        if self._child is not None and self._child.process.poll() is not None:
            self.close()
        if self._child is None:
            self._said = queue.Queue()
            self._child = Child(self._command, ROOT, own_session=False, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            Thread(target=_listen, args=(self._child.process.stdout, self._said), daemon=True).start()
        return self._child


class Lane(Asked):
    """Reads the pictures of one PDF."""

    def __init__(self, engine: str, file: Path, cache_folder: Path | None) -> None:
        super().__init__((sys.executable, "-m", WORKER, engine, str(file.resolve()), str(cache_folder or "")))


class LooseLane(Asked):
    """Reads pictures that stand in files of their own."""

    def __init__(self, engine: str) -> None:
        super().__init__((sys.executable, "-m", LOOSE_WORKER, engine))


def _listen(pipe: IO[bytes], said: "queue.Queue[bytes]") -> None:
    """Passes each line on; an empty one says that the process ended."""
    with pipe:
        for line in pipe:
            said.put(line)
    said.put(b"")
