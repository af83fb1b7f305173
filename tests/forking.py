"""Commands and servers in processes of their own that start at once: forked from one that has loaded the program already.

Tests that start the same command dozens of times would spend nearly all of their time on imports. A forked process is
killed, and leaves its files, like any other.
"""

import atexit
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from tests import forked_readers, migrated

ROOT = Path(__file__).parent.parent
Program = Literal["prelecture", "app", "example"]
"""The command line, the app as `tests.signing` serves it, or what reads the bundled example beside it."""


LOADED = (
    "bm25s", "chromadb.api.rust", "jiter", "langchain_core.tracers.langchain", "langchain_openai",
    "openai.resources.chat.completions.completions", "streamlit.web.bootstrap", "uvicorn", "assistant.cli",
    "assistant.application.jobs", "assistant.application.prereads", "assistant.commands.example", "assistant.commands.review",
    "assistant.drafting.model_drafter", "assistant.llm.client", "tests.signing",
)  # fmt: skip
SERVED = "assistant.ui.server"
"""Streamlit runs it as its script."""


class Forker:
    """Starts `prelecture` commands; each is a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forking"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        atexit.register(self._process.communicate, timeout=20)

    def run(self, arguments: Sequence[str], environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
        """What the command answered, once it has ended."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            code = self.wait(self.start(arguments, environment, out, err))
            said = [file.read_text(encoding="utf-8", errors="replace") for file in (out, err)]
        return subprocess.CompletedProcess(["prelecture", *arguments], code, *said)

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        out: Path = Path(os.devnull),
        err: Path = Path(os.devnull),
        program: Program = "prelecture",
    ) -> int:
        """The id of the process that now runs the command; what it prints is written to `out` and `err`."""
        told = {"start": list(arguments), "environment": dict(environment), "out": str(out), "err": str(err)}
        return self._asked({**told, "program": program})

    def wait(self, process: int) -> int:
        """Its exit code once it has ended; below zero, the signal that ended it."""
        return self._asked({"wait": process})

    def _asked(self, what: Mapping[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@cache
def forker() -> Forker:
    """The one of this test process."""
    return Forker()


def _start(told: Mapping[str, Any]) -> int:
    process = os.fork()
    if process:
        return process
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, file in ((1, told["out"]), (2, told["err"])):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), stream)
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.argv = [told["program"], *told["start"]]
    code = 1
    try:
        _run(told["program"])
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run(program: Program) -> None:
    if program == "app":
        from tests.signing import main as serve

        serve(sys.argv[1])
    elif program == "example":
        from assistant.commands.example import main as read_example

        read_example()
    else:
        from assistant.cli import main

        main()


def _ended(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def serve() -> None:
    """Loads what a review with a model and the app need, then does as it is told, a line at a time."""
    import assistant.ui
    from assistant.application.door import Application
    from assistant.lexicon.french import french_words
    from assistant.settings import Settings

    pages = [one.name for one in pkgutil.walk_packages(assistant.ui.__path__, "assistant.ui.")]
    for module in (*LOADED, *pages):
        if module != SERVED:
            import_module(module)
    french_words()
    migrated.install()
    forked_readers.install()
    with tempfile.TemporaryDirectory() as folder:
        Application(Settings(data_dir=Path(folder))).engine.dispose()
    for line in sys.stdin:
        told = json.loads(line)
        print(_start(told) if "start" in told else _ended(told["wait"]), flush=True)


if __name__ == "__main__":
    serve()
