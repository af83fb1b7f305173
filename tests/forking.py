"""Commands in processes of their own that start at once: forked from one that has loaded the program already.

Tests that start the same command dozens of times would spend nearly all of their time on imports. A forked process is
killed, and leaves its files, like any other.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parent.parent


class Forker:
    """Starts `prelecture` commands; each is a process of its own."""

    def __enter__(self) -> "Forker":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forking"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=20)

    def start(self, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
        """The id of the process that now runs the command."""
        return int(self._asked({"start": list(arguments), "environment": dict(environment)}))

    def wait(self, process: int) -> int:
        """Its exit code once it has ended; below zero, the signal that ended it."""
        return int(self._asked({"wait": process}))

    def _asked(self, what: Mapping[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _start(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    process = os.fork()
    if process:
        return process
    from assistant.cli import main

    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["prelecture", *arguments]
    code = 1
    try:
        main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


def serve() -> None:
    """Loads what a review with a model needs, then does as it is told, a line at a time."""
    import chromadb  # noqa: F401  # loaded once for all
    import langchain_openai  # noqa: F401

    import assistant.application.jobs
    import assistant.application.prereads
    import assistant.commands.review
    import assistant.drafting.model_drafter
    import assistant.llm.client  # noqa: F401

    for line in sys.stdin:
        told = json.loads(line)
        if "start" in told:
            answer = _start(told["start"], told["environment"])
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(told["wait"], 0)[1])
        print(answer, flush=True)


if __name__ == "__main__":
    serve()
