"""Asks the model for a typed answer: finds a way it understands, waits and tries again, counts, and keeps every
answer."""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pydantic import ValidationError

from assistant import logs
from assistant.errors import (
    BudgetSpent,
    Cancelled,
    ModelAnswerUnusable,
    ModelContextExceeded,
    ModelError,
    ModelRequestRefused,
    ModelUnreachable,
)
from assistant.llm.answers import Answer
from assistant.llm.breaker import Breaker
from assistant.llm.calls import CallStore, Request, StoredAnswer
from assistant.llm.endpoint import Completion, WayOfAsking
from assistant.llm.line import Line
from assistant.llm.parsing import object_in
from assistant.llm.prompts import Filled
from assistant.llm.rates import Turn
from assistant.privacy.mask import Masked
from assistant.result import Tokens
from assistant.settings import Method

T = TypeVar("T", bound=Answer)
ORDER: tuple[WayOfAsking, ...] = ("json_schema", "function_calling", "json_mode")
TRIES = 5
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
LETTERS_PER_TOKEN = 3.6
"""French text, measured on tokenizers of 2024 to 2026: 3.4 to 4.1 characters."""


class Completes(Protocol):
    """The seam to an endpoint."""

    def get_ready(self) -> None: ...

    def complete(
        self, system: Masked, user: Masked, name: str, schema: Mapping[str, Any], way: WayOfAsking
    ) -> Completion: ...


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """An answer, what it cost when it was given, and the key of its call."""

    value: T
    tokens: Tokens
    call: str


@dataclass(slots=True)
class Meter:
    """Calls made and tokens spent on one dossier, out of `budget`; `seconds` after its first call, and it is late."""

    budget: int
    seconds: float = 3600.0
    started: float | None = None
    calls: int = 0
    input: int = 0
    output: int = 0
    waited: float = 0.0
    """Seconds during which a call of it waited for its turn: they are nobody's fault, and are not counted."""
    _in_line: int = 0
    _since: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, tokens: Tokens) -> None:
        with self._lock:
            self.calls += 1
            self.input += tokens.input
            self.output += tokens.output

    @contextmanager
    def in_line(self) -> Iterator[None]:
        """A call waits for its turn; several at once count once."""
        with self._lock:
            self._since = self._since if self._in_line else time.monotonic()
            self._in_line += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_line -= 1
                if not self._in_line:
                    self.waited += time.monotonic() - self._since

    @property
    def waits(self) -> bool:
        """Whether a call of it waits for its turn now."""
        return self._in_line > 0

    def so_far(self) -> str:
        """What was spent, for people: " (3 appels, 12 000 jetons)"; empty before the first call."""
        with self._lock:
            if not self.calls:
                return ""
            tokens = f"{self.input + self.output:,}".replace(",", "\u202f")
            return f" ({self.calls}\u00a0appel{'s' if self.calls > 1 else ''}, {tokens}\u00a0jetons)"

    def check(self, estimate: int) -> None:
        """Raises BudgetSpent when a call of that size does not fit any more, or the time of the run is over."""
        with self._lock:
            self.started = time.monotonic() if self.started is None else self.started
        if time.monotonic() - self.started - self.waited > self.seconds:
            raise BudgetSpent(
                "Le temps prévu pour ce dossier est écoulé (PRELECTURE_MODEL_RUN_SECONDS)\u00a0; relancez-le."
            )
        with self._lock:
            if self.input + self.output + estimate > self.budget:
                raise BudgetSpent("Le nombre de jetons prévu pour ce dossier est atteint (PRELECTURE_MODEL_BUDGET).")


def tokens_of(text: str) -> int:
    """An estimate, for budgets only."""
    return round(len(text) / LETTERS_PER_TOKEN) + 1


class ModelClient:
    """One model, for many threads. The way of asking that works is found once and remembered."""

    def __init__(
        self,
        endpoint: Completes,
        model: str,
        method: Method,
        calls: CallStore,
        patience: float,
        sleep: Callable[[float], None] = time.sleep,
        line: Line | None = None,
    ) -> None:
        self.model = model
        self._endpoint, self._calls, self._patience, self._sleep = endpoint, calls, patience, sleep
        self._line = line
        self._way: WayOfAsking | None = None if method == "auto" else method
        self._finding = threading.Lock()
        self._breaker = Breaker()
        self.stopped = threading.Event()
        self.has_answered = False
        """Whether the endpoint answered at all: a dead one is not asked again criterion by criterion."""
        self.gave_up: ModelError | None = None
        """Why a call was given up for want of an answer that may come another time; None where every one was answered."""

    @property
    def way(self) -> WayOfAsking | None:
        """How this endpoint is asked for JSON, once that is known."""
        return self._way

    def get_ready(self) -> None:
        """Loads what asking needs, ahead of the first call."""
        self._endpoint.get_ready()

    def ask(self, prompt: Filled, kind: type[T], meter: Meter) -> Answered[T]:
        """Raises the ModelErrors, and Cancelled when the run was stopped meanwhile."""
        schema = closed_schema(kind)
        request = Request(self.model, prompt.id, prompt.system, prompt.user, json.dumps(schema, sort_keys=True))
        kept = self._calls.find(request)
        if kept is not None:
            spent = Tokens(input=kept.input_tokens, output=kept.output_tokens)
            return Answered(_parsed(kept.text, kind), spent, request.key)
        with logs.timed("call", prompt=request.prompt, call=request.key) as line:
            try:
                answered = self._asked(request, schema, kind, meter)
            except ModelError as error:
                self.gave_up = error if error.away else self.gave_up
                raise
            line |= logs.Fields(input_tokens=answered.tokens.input, output_tokens=answered.tokens.output)
        return answered

    def _asked(self, request: Request, schema: dict[str, Any], kind: type[T], meter: Meter) -> Answered[T]:
        if self._way is None:
            with self._finding:
                if self._way is None:
                    return self._found_way(request, schema, kind, meter)
        return self._answered(request, schema, kind, meter, self._way)

    def _found_way(self, request: Request, schema: dict[str, Any], kind: type[T], meter: Meter) -> Answered[T]:
        """Tries each way of asking; servers answer those they do not know with 400, 500, `{}` or broken text."""
        failure: ModelError | None = None
        for way in ORDER:
            try:
                answered = self._answered(request, schema, kind, meter, way, tries=2, answers=1)
            except ModelContextExceeded:
                raise
            except (ModelRequestRefused, ModelAnswerUnusable) as error:
                failure = failure or error
                continue
            except ModelUnreachable as error:
                if not error.answered:
                    raise
                failure = failure or error
                continue
            self._way = way
            return answered
        assert failure is not None
        raise failure

    def _answered(
        self,
        request: Request,
        schema: dict[str, Any],
        kind: type[T],
        meter: Meter,
        way: WayOfAsking,
        tries: int = TRIES,
        answers: int = 2,
    ) -> Answered[T]:
        """One answer; where it cannot be used, `answers` in all, each told what was wrong with the one before."""
        user = request.user
        for turn in range(answers):
            raw = self._patiently(request, user, schema, meter, way, tries)
            try:
                value = _parsed(raw.text, kind)
            except ModelAnswerUnusable as error:
                if turn == answers - 1:
                    raise
                wrong = error.detail or error.message
                user = f"{request.user}\n\nVotre réponse précédente n’était pas valable : {wrong}\nRépondez de nouveau."
                continue
            tokens = _tokens(raw, request)
            self._calls.keep(request, StoredAnswer(raw.text, tokens.input, tokens.output))
            return Answered(value, tokens, request.key)
        raise AssertionError("every turn returns or raises")

    def _patiently(
        self, request: Request, user: str, schema: dict[str, Any], meter: Meter, way: WayOfAsking, tries: int
    ) -> Completion:
        """Waits longer and longer between tries (with jitter), or as long as the endpoint asks, within the patience."""
        system = request.system if way == "json_schema" else f"{request.system}\n\n{_in_words(schema)}"
        size = tokens_of(system) + tokens_of(user)
        spent = 0.0
        for turn in range(tries):
            if self.stopped.is_set():
                raise Cancelled("Lecture arrêtée.")
            meter.check(size)
            if turn == 0:
                self._breaker.check()
            place = self._turn(size, meter)
            start = time.monotonic()
            try:
                raw = self._endpoint.complete(
                    Masked(system), Masked(user), request.prompt.replace("-", "_"), schema, way
                )
            except ModelError as error:
                if isinstance(error, ModelUnreachable):
                    self._breaker.failed(error)
                wait = error.wait if error.wait is not None else _backoff(turn)
                spent += time.monotonic() - start + wait
                late = spent > self._patience
                if not error.retryable or turn == tries - 1 or late:
                    raise
                self._sleep(wait)
                continue
            used = _tokens(raw, request)
            meter.spend(used)
            if self._line and place:
                self._line.settle(place, used.input + used.output)
            self._breaker.succeeded()
            self.has_answered = True
            return raw
        raise AssertionError("every turn returns or raises")

    def _turn(self, size: int, meter: Meter) -> Turn | None:
        """Its turn before the endpoint, where everybody who asks it stands in one line."""
        if self._line is None:
            return None
        with meter.in_line():
            return self._line.wait(size, self.stopped.is_set, self._sleep)


def _backoff(turn: int) -> float:
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2**turn) * random.uniform(0.5, 1.5))


def _tokens(raw: Completion, request: Request) -> Tokens:
    """What the endpoint says, or an estimate where it says nothing."""
    return Tokens(
        input=raw.input_tokens or tokens_of(request.system) + tokens_of(request.user),
        output=raw.output_tokens or tokens_of(raw.text),
    )


def _parsed(text: str, kind: type[T]) -> T:
    """The answer as its type. What was wrong with it is told to the model; a person is never shown the model's own
    keys."""
    try:
        return kind.model_validate(object_in(text))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "la réponse"
        unusable = ModelAnswerUnusable("La réponse du modèle ne suit pas le format demandé.")
        unusable.detail = f"elle ne suit pas le format demandé ({place} : {first['msg']})."
        raise unusable from error


def _in_words(schema: Mapping[str, Any]) -> str:
    """For endpoints that are not given the schema otherwise."""
    written = json.dumps(schema, ensure_ascii=False)
    return f"Répondez uniquement par un objet JSON qui suit ce schéma :\n{written}"


def closed_schema(kind: type[Answer]) -> dict[str, Any]:
    """The JSON schema of an answer as strict endpoints want it: no unknown key, every key required, no references."""
    schema = kind.model_json_schema()
    definitions = schema.pop("$defs", {})

    def whole(node: Any) -> Any:
        if isinstance(node, list):
            return [whole(one) for one in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return whole(definitions[node["$ref"].rsplit("/", 1)[1]])
        kept = {key: whole(value) for key, value in node.items() if key not in {"title", "description", "minItems"}}
        if kept.get("type") == "object":
            kept["required"] = list(kept.get("properties", {}))
        return kept

    closed: dict[str, Any] = whole(schema)
    return closed
