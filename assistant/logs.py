"""Structured logs: one JSON object a line, with ids, numbers and durations, and never a word that a person wrote.

That is held by the shape of a line, not by care: an event has a closed set of fields, each an identifier, a word of
the program's own vocabulary or a number; anything else becomes "?". An error leaves its types and the places it came
through, not its message, since messages quote what they stumbled on; what a library says is reduced to where it said it.

Entry points call `set_up` once; importing this module does nothing.
"""

import json
import logging
import re
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

from assistant.places import ROOT
from assistant.rotation import SharedRotatingFile

LOGGER = "prelecture"
FOLDER, FILE = "logs", "prelecture.log"
HIDDEN = "?"
FRAMES, CAUSES = 40, 5
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and figures that nobody mistakes for one another, on the telephone either."""


class Fields(TypedDict, total=False):
    """What a line may hold. Ids are hexadecimal or numbers; words are names in the program's own code."""

    preread: str
    dossier: str
    review: str
    session: str
    candidacy: str
    person: str
    call: str
    reference: str
    command: str
    step: str
    state: str
    kind: str
    prompt: str
    engine: str
    reason: str
    seconds: float
    pages: int
    page: int
    unread: int
    criteria: int
    calls: int
    input_tokens: int
    output_tokens: int
    count: int
    kept: bool


IDS = frozenset({"preread", "dossier", "review", "session", "candidacy", "person", "call", "reference"})
_ID = re.compile(r"(?:own-)?[0-9a-f][0-9a-f-]{0,63}|[0-9A-Z]{4}-[0-9A-Z]{4}")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")
_bound: ContextVar[Fields] = ContextVar("log fields", default=Fields())  # noqa: B039 - never changed, only replaced


@dataclass(frozen=True, slots=True)
class Destination:
    """Where lines go: a rotating file under the data `folder`, and stderr or not."""

    folder: Path
    stderr: bool


def event(name: str, level: int = logging.INFO, **fields: Unpack[Fields]) -> None:
    """Writes one line: the event's name, the ids that are bound, and these fields."""
    _write(level, name, fields)


@contextmanager
def bound(**fields: Unpack[Fields]) -> Iterator[None]:
    """Adds these fields to every line written inside the block by this thread (and what copies its context)."""
    token = _bound.set({**_bound.get(), **fields})
    try:
        yield
    finally:
        _bound.reset(token)


@contextmanager
def timed(name: str, **fields: Unpack[Fields]) -> Iterator[Fields]:
    """One line when the block ends, with its seconds and how it ended; the block may add fields to what it is given."""
    start = time.monotonic()
    added: Fields = {**fields}
    try:
        yield added
    except BaseException as error:
        _write(
            logging.WARNING, name, {**added, "state": "failed", "kind": type(error).__name__, "seconds": _since(start)}
        )
        raise
    _write(logging.INFO, name, {"state": "done", **added, "seconds": _since(start)})


def failure(name: str, error: BaseException, **fields: Unpack[Fields]) -> str:
    """Writes an unexpected error with the places it came through; returns the reference a person can quote."""
    reference = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(2))
    _write(logging.ERROR, name, {**fields, "reference": reference}, error)
    return reference


def apology(reference: str) -> str:
    """What the person is told of an unexpected error."""
    return (
        f"Un défaut du programme a interrompu cette opération (référence\u00a0{reference}). Réessayez\u00a0; "
        "si cela recommence, donnez cette référence à la personne qui tient l’installation."
    )


def set_up(program: str, destination: Callable[[], Destination]) -> None:
    """Sends the lines of this process where `destination` says; it is asked at the first line, not before.

    Done once: a second call changes nothing.
    """
    root = logging.getLogger()
    if any(isinstance(handler, _OnDemand) for handler in root.handlers):
        return
    root.addHandler(_OnDemand(program, destination))
    logging.getLogger(LOGGER).setLevel(logging.INFO)
    # A line that cannot be written must not print what it was about.
    logging.raiseExceptions = False


def _since(start: float) -> float:
    return round(time.monotonic() - start, 3)


def _write(level: int, name: str, fields: Fields, error: BaseException | None = None) -> None:
    logger = logging.getLogger(LOGGER)
    if logger.isEnabledFor(level):
        kept = {key: _safe(key, value) for key, value in {**_bound.get(), **fields}.items()}
        about = (type(error), error, error.__traceback__) if error else None
        logger.log(level, name if _WORD.fullmatch(name) else HIDDEN, exc_info=about, extra={"fields": kept})


def _safe(key: str, value: object) -> object:
    if key not in Fields.__annotations__:
        return HIDDEN
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    return value if isinstance(value, str) and (_ID if key in IDS else _WORD).fullmatch(value) else HIDDEN


class JsonLines(logging.Formatter):
    """One JSON object a line. Of a library's line only the logger, the module and the line number are kept."""

    def __init__(self, program: str) -> None:
        super().__init__()
        self._program = program

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "program": self._program,
            "process": record.process,
        }
        fields = getattr(record, "fields", None)
        if record.name == LOGGER and isinstance(fields, dict):
            line |= {"event": record.msg, **fields}
        else:
            line |= {"event": "library", "logger": record.name, "place": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[1] is not None:
            line["errors"] = [_trace(error) for error in _causes(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False, default=lambda _: HIDDEN)


def _causes(error: BaseException) -> list[BaseException]:
    """The error and what it came from, the last one first."""
    chain: list[BaseException] = []
    after: BaseException | None = error
    while after is not None and len(chain) < CAUSES and after not in chain:
        chain.append(after)
        after = after.__cause__ or (None if after.__suppress_context__ else after.__context__)
    return chain


def _trace(error: BaseException) -> dict[str, object]:
    """Type and places, innermost last; of a system error also its number. The message stays out."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    kind = type(error)
    traced: dict[str, object] = {"type": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")}
    if isinstance(error, OSError) and error.errno is not None:
        traced["errno"] = error.errno
    return traced | {"trace": [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]}


def _place(file: str) -> str:
    """A source file by its place in the project or in the installed packages: folders of a person's machine stay out."""
    if "site-packages/" in file:
        return file.rsplit("site-packages/", 1)[1]
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])


class _OnDemand(logging.Handler):
    """Opens the file at the first line: a command that logs nothing leaves no folder behind."""

    def __init__(self, program: str, destination: Callable[[], Destination]) -> None:
        super().__init__()
        self._program, self._destination = program, destination
        self._handlers: list[logging.Handler] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < (logging.INFO if record.name == LOGGER else logging.WARNING):
            return
        if self._handlers is None:
            self._handlers = self._opened()
        for handler in self._handlers:
            handler.handle(record)

    def _opened(self) -> list[logging.Handler]:
        """Without a place to write to, stderr is left: an error must be told somewhere."""
        from assistant.errors import PrelectureError

        on_stderr = logging.StreamHandler(sys.stderr)
        on_stderr.setFormatter(JsonLines(self._program))
        try:
            place = self._destination()
            in_file = SharedRotatingFile(place.folder / FOLDER / FILE)
        except (OSError, PrelectureError):
            return [on_stderr]
        in_file.setFormatter(JsonLines(self._program))
        return [in_file, on_stderr] if place.stderr else [in_file]
