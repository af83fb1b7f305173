"""Readers forked from a process that has loaded reading already: they start in milliseconds, and are as apart as before.

`python -m assistant.dossier.isolation.server SOCKET` holds nothing but the program: no key, no dossier, no connection but
its socket. Whoever asks gives the arguments of `ocr.reading` and what the reader writes its messages to, and learns its
number, then how it ended. A reader ends with the connection that asked for it, whatever becomes of who asked.
"""

import contextlib
import gc
import json
import logging
import os
import selectors
import signal
import socket
import sys
import tempfile
from pathlib import Path

from assistant.places import ROOT

LONGEST = 65_536
"""Bytes of what is asked."""


class Server:
    """Serves until its input is closed, which happens when the process that started it ends."""

    def __init__(self, address: Path) -> None:
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(address))
        self._listening.listen(64)
        self._asked: dict[int, socket.socket] = {}
        """By reader's number: who asked for it."""
        self._woken, waking = os.pipe()
        for end in (self._woken, waking):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waking)

    def serve(self) -> None:
        with selectors.DefaultSelector() as ready:
            for end in (self._listening, self._woken, sys.stdin.fileno()):
                ready.register(end, selectors.EVENT_READ)
            while True:
                for key, _ in ready.select():
                    if key.fileobj is self._listening:
                        ready.register(self._listening.accept()[0], selectors.EVENT_READ)
                    elif key.fileobj == self._woken:
                        self._reap()
                    elif key.fileobj == sys.stdin.fileno():
                        self._end_all()
                        return
                    elif isinstance(key.fileobj, socket.socket) and not self._heard(key.fileobj):
                        ready.unregister(key.fileobj)
                        key.fileobj.close()

    def _heard(self, who: socket.socket) -> bool:
        """Does what is asked; False once whoever asked is gone, and the reader with them."""
        try:
            said, given, _, _ = socket.recv_fds(who, LONGEST, 1)
        except OSError:
            said, given = b"", []
        if not said:
            for reader in [number for number, asking in self._asked.items() if asking is who]:
                del self._asked[reader]
                _kill(reader)
            return False
        reader = os.fork()
        if reader == 0:
            try:
                _read(given[0], json.loads(said))
            finally:
                os._exit(1)
        for one in given:
            os.close(one)
        self._asked[reader] = who
        _tell(who, {"reader": reader})
        return True

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._woken, 4_096)
        with contextlib.suppress(ChildProcessError):
            while True:
                reader, status = os.waitpid(-1, os.WNOHANG)
                if reader == 0:
                    return
                who = self._asked.pop(reader, None)
                if who is not None:
                    _tell(who, {"code": os.waitstatus_to_exitcode(status)})

    def _end_all(self) -> None:
        for reader in self._asked:
            _kill(reader)


def _tell(who: socket.socket, what: dict[str, int]) -> None:
    with contextlib.suppress(OSError):
        who.sendall(json.dumps(what).encode() + b"\n")


def _kill(reader: int) -> None:
    """A reader is the first of its family, unless it has not come so far."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(reader, signal.SIGKILL)
        os.killpg(reader, signal.SIGKILL)


def _read(output: int, arguments: list[str]) -> None:
    """The life of a reader."""
    from assistant.dossier.ocr.reading import main

    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream, end in enumerate((nothing, output, nothing)):
        os.dup2(end, stream)
    os.closerange(3, 256)
    sys.argv = ["reading", *arguments]
    main()
    sys.stdout.flush()
    os._exit(0)


def load() -> None:
    """Reads the example once, so that all that reading loads when it comes to it is there."""
    from assistant.dossier.isolation.pace import slowness
    from assistant.dossier.model import dossier_adapter
    from assistant.dossier.ocr.pictures import TextOnlySource
    from assistant.dossier.pdf.source import KeptSource
    from assistant.dossier.read import read_pages
    from assistant.places import EXAMPLE

    with tempfile.TemporaryDirectory(prefix="prelecture-") as folder:
        source = KeptSource(TextOnlySource(), Path(folder), {}, (), False, "", lambda *_: None)
        read = read_pages(EXAMPLE.read_bytes(), EXAMPLE.name, (), lambda *_: None, source)
        dossier_adapter().dump_json(read)
    slowness()
    gc.collect()
    gc.freeze()


def main() -> None:
    """Says that it is ready on its output, once."""
    logging.disable(logging.CRITICAL)
    os.chdir(ROOT)
    load()
    server = Server(Path(sys.argv[1]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve()


if __name__ == "__main__":
    main()
