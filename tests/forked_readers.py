"""Processes that read, draw and convert and start at once: forked from one that has loaded what they need.

Such a process spends a second of processor time on imports and the word list, and a hundredth on a page. A forked one
is a process of its own like any other: in a session of its own, under the same ceilings, killed in the same ways. They
start from nothing where a test starts the program as a person does: the wheel, the locks, the command line, the app.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.connection import wait
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import IO, Any

from assistant.dossier.isolation import process

ROOT = Path(__file__).parent.parent
ADDRESS = "TESTS_FORKED_READERS"
"""Environment variable: the socket at which they are asked for."""
FORKED = (
    "assistant.dossier.ocr.reading", "assistant.dossier.isolation.worker", "assistant.dossier.ocr.picture_worker",
    "assistant.dossier.pdf.render", "assistant.dossier.files.typeset", "assistant.dossier.files.picture_to_pdf",
    "tests.dossier.fragile_worker",
)  # fmt: skip
LOADED = (*FORKED, "assistant.dossier.read", "PIL.Image", "PIL.ImageOps", "PIL.ImageSequence", "openpyxl", "typst")
STARTED = subprocess.Popen
LONGEST = 65_536


class ForkedProcess:
    """A process of ours, with as much of `subprocess.Popen` as whoever watches it asks for."""

    def __init__(self, command: Sequence[str], cwd: Path, env: Mapping[str, str] | None, pipes: Sequence[int]) -> None:
        ours, theirs = zip(*(_pipe(kind, number) for number, kind in enumerate(pipes)), strict=True)
        self.stdin, self.stdout, self.stderr = ours
        self.returncode: int | None = None
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._line.connect(os.environ[ADDRESS])
        told = {
            "module": command[2],
            "arguments": command[3:],
            "folder": str(cwd),
            "environment": dict(env or os.environ),
        }
        socket.send_fds(self._line, [json.dumps(told).encode() + b"\n"], theirs)
        for one in theirs:
            os.close(one)
        # Unbuffered: a line that waits is seen to wait.
        self._told, self._lock = self._line.makefile("rb", buffering=0), Lock()
        self.pid = int(self._told.readline())

    def poll(self) -> int | None:
        return self._ended(0.0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("forked", timeout or 0.0)
        return code

    def kill(self) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def _ended(self, timeout: float | None) -> int | None:
        with self._lock:
            if self.returncode is None and wait([self._line], timeout):
                self.returncode = int(self._told.readline() or -signal.SIGKILL)
                self._told.close()
                self._line.close()
            return self.returncode


def _pipe(kind: int, number: int) -> tuple[IO[bytes] | None, int]:
    """Our end and theirs of what was asked for as their stdin (0), stdout or stderr."""
    if kind != subprocess.PIPE:
        return None, os.open(os.devnull, os.O_RDWR)
    reads, writes = os.pipe()
    return (os.fdopen(writes, "wb"), reads) if number == 0 else (os.fdopen(reads, "rb"), writes)


def _start(command: Sequence[str], **more: Any) -> "ForkedProcess | subprocess.Popen[bytes]":
    ours = len(command) > 2 and (command[0], command[1]) == (sys.executable, "-m") and command[2] in FORKED
    if subprocess.Popen is not STARTED or not ours:
        return subprocess.Popen(command, **more)
    return ForkedProcess(command, more["cwd"], more["env"], [more[name] for name in ("stdin", "stdout", "stderr")])


def install() -> None:
    """Has this process fork them, where what forks them was started."""
    if ADDRESS in os.environ:
        names = {name: getattr(subprocess, name) for name in ("DEVNULL", "PIPE", "TimeoutExpired")}
        process.subprocess = SimpleNamespace(Popen=_start, **names)  # type: ignore[attr-defined, assignment]


@contextmanager
def forked_readers() -> Iterator[None]:
    """Starts what forks them, for this process and those it starts with its environment."""
    with tempfile.TemporaryDirectory(prefix="readers-") as folder:
        address = str(Path(folder) / "socket")
        command = [sys.executable, "-m", "tests.forked_readers", address]
        started = STARTED(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert started.stdout is not None
        assert started.stdout.readline() == b"ready\n"
        os.environ[ADDRESS] = address
        install()
        try:
            yield
        finally:
            process.subprocess = subprocess  # type: ignore[attr-defined]
            del os.environ[ADDRESS]
            started.communicate(timeout=20)


def _fork(line: socket.socket, others: Sequence[socket.socket]) -> int:
    """A process as this connection asks for it; its id, once it has a session of its own."""
    data, files, _, _ = socket.recv_fds(line, LONGEST, 3)
    while not data.endswith(b"\n"):
        data += line.recv(LONGEST)
    ready, begun = os.pipe()
    child = os.fork()
    if child:
        for one in (*files, begun):
            os.close(one)
        os.read(ready, 1)
        os.close(ready)
        return child
    code = 1
    try:
        os.setsid()
        os.close(begun)
        for other in (line, *others):
            other.close()
        _run(json.loads(data), files)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        os._exit(code)


def _run(told: Mapping[str, Any], files: Sequence[int]) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.argv = [told["module"], *told["arguments"]]
    import_module(told["module"]).main()


def serve(address: str) -> None:
    """Loads what they need, then forks as often as it is asked to, until whoever started it is gone."""
    from pydantic import TypeAdapter

    from assistant.dossier.model import Dossier
    from assistant.lexicon.french import french_words

    for module in LOADED:
        import_module(module)
    french_words()
    TypeAdapter(Dossier)
    gate = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    gate.bind(address)
    gate.listen(64)
    woken, wake = socket.socketpair()
    for end in (woken, wake):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno())
    asked: dict[socket.socket, int] = {}
    told: set[int] = set()
    print("ready", flush=True)
    while True:
        heard = wait([sys.stdin.fileno(), gate, woken, *asked])
        if sys.stdin.fileno() in heard:
            return
        for line in [one for one in asked if one in heard]:
            told.discard(_gone(asked.pop(line)))
            line.close()
        if woken in heard:
            woken.recv(LONGEST)
        if gate in heard:
            line, _ = gate.accept()
            asked[line] = _fork(line, [gate, woken, wake, *asked])
            line.sendall(f"{asked[line]}\n".encode())
        _tell({line: child for line, child in asked.items() if child not in told}, told)


def _tell(asked: Mapping[socket.socket, int], told: set[int]) -> None:
    """Tells how a process ended; its id stays taken until whoever watches it looks away, and may be killed till then."""
    for line, child in asked.items():
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is not None:
            told.add(child)
            code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
            with suppress(OSError):
                line.sendall(f"{code}\n".encode())


def _gone(child: int) -> int:
    """Nobody watches it any more."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return child


if __name__ == "__main__":
    serve(sys.argv[1])
