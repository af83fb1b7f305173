"""A reader that a server forked, as whoever watches it sees it: like a process they started themselves."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

SECONDS = 10.0
"""To be told the number of a reader; a server that takes longer is not waited for."""


class ForkedReader:
    """What is used of a `subprocess.Popen`: its number, what it writes, how it ended. Raises OSError without a server."""

    def __init__(self, server: Path, arguments: Sequence[str]) -> None:
        self.returncode: int | None = None
        self._server = socket.socket(socket.AF_UNIX)
        written, writing = os.pipe()
        self.stdout: IO[bytes] = os.fdopen(written, "rb")
        try:
            self._server.settimeout(SECONDS)
            self._server.connect(str(server))
            socket.send_fds(self._server, [json.dumps(list(arguments)).encode()], [writing])
            self._told = self._server.makefile("rb")
            self.pid: int = json.loads(self._line())["reader"]
        except (OSError, ValueError, KeyError) as error:
            self.stdout.close()
            self._server.close()
            raise OSError("no reader from the server") from error
        finally:
            os.close(writing)

    def wait(self, timeout: float | None = None) -> int:
        """How it ended; below zero, the signal. Raises subprocess.TimeoutExpired."""
        if self.returncode is None:
            self._server.settimeout(timeout)
            try:
                self.returncode = int(json.loads(self._line())["code"])
            except TimeoutError as error:
                raise subprocess.TimeoutExpired("reader", timeout or 0.0) from error
            except (OSError, ValueError, KeyError):
                self.returncode = -signal.SIGKILL  # the server is gone, and its readers with it
            self._told.close()
            self._server.close()
        return self.returncode

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def _line(self) -> bytes:
        return self._told.readline()
