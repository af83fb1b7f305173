"""Asks the model for a typed answer: finds a way it understands, waits and tries again, counts, and keeps every answer."""

import json
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pydantic import ValidationError

from assistant import logs
from assistant.errors import (
    BudgetSpent,
    Cancelled,
    ModelAnswerUnusable,
    ModelError,
    ModelRequestRefused,
    ModelUnreachable,
)
from assistant.llm.answers import Answer
from assistant.llm.calls import CallStore, Request, StoredAnswer
from assistant.llm.endpoint import Completion, WayOfAsking
from assistant.llm.prompts import Filled
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

    def complete(
        self, system: str, user: str, name: str, schema: Mapping[str, Any], way: WayOfAsking
    ) -> Completion: ...


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """An answer and the key of its call; `fresh` is False when it was kept from before and cost nothing."""

    value: T
    tokens: Tokens
    fresh: bool
    call: str = ""


@dataclass(slots=True)
class Meter:
    """Calls made and tokens spent on one dossier, out of `budget`."""

    budget: int
    calls: int = 0
    input: int = 0
    output: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, tokens: Tokens) -> None:
        with self._lock:
            self.calls += 1
            self.input += tokens.input
            self.output += tokens.output

    def so_far(self) -> str:
        """What was spent, for people: " (3 appels, 12 000 jetons)"; empty before the first call."""
        with self._lock:
            if not self.calls:
                return ""
            tokens = f"{self.input + self.output:,}".replace(",", "\u202f")
            return f" ({self.calls}\u00a0appel{'s' if self.calls > 1 else ''}, {tokens}\u00a0jetons)"

    def check(self, estimate: int) -> None:
        """Raises BudgetSpent when a call of that size does not fit any more."""
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
    ) -> None:
        self.model = model
        self._endpoint, self._calls, self._patience, self._sleep = endpoint, calls, patience, sleep
        self._way: WayOfAsking | None = None if method == "auto" else method
        self._finding = threading.Lock()
        self.stopped = threading.Event()
        self.has_answered = False
        """Whether the endpoint answered at all: a dead one is not asked again criterion by criterion."""

    @property
    def way(self) -> WayOfAsking | None:
        """How this endpoint is asked for JSON, once that is known."""
        return self._way

    def ask(self, prompt: Filled, kind: type[T], meter: Meter) -> Answered[T]:
        """Raises the ModelErrors, and Cancelled when the run was stopped meanwhile."""
        schema = closed_schema(kind)
        request = Request(self.model, prompt.id, prompt.system, prompt.user, json.dumps(schema, sort_keys=True))
        kept = self._calls.find(request)
        if kept is not None:
            spent = Tokens(input=kept.input_tokens, output=kept.output_tokens)
            return Answered(_parsed(kept.text, kind), spent, False, request.key)
        with logs.timed("call", prompt=request.prompt, call=request.key) as line:
            answered = self._asked(request, schema, kind, meter)
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
                answered = self._answered(request, schema, kind, meter, way, tries=2)
            except (ModelRequestRefused, ModelAnswerUnusable, ModelUnreachable) as error:
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
    ) -> Answered[T]:
        """One answer, with a second chance that names what was wrong with the first."""
        raw = self._patiently(request, request.user, schema, meter, way, tries)
        try:
            value = _parsed(raw.text, kind)
        except ModelAnswerUnusable as error:
            more = f"{request.user}\n\nVotre réponse précédente n’était pas valable : {error.message}\nRépondez de nouveau."
            raw = self._patiently(request, more, schema, meter, way, tries)
            value = _parsed(raw.text, kind)
        tokens = _tokens(raw, request)
        self._calls.keep(request, StoredAnswer(raw.text, tokens.input, tokens.output))
        return Answered(value, tokens, True, request.key)

    def _patiently(
        self, request: Request, user: str, schema: dict[str, Any], meter: Meter, way: WayOfAsking, tries: int
    ) -> Completion:
        """Waits longer and longer between tries (with jitter), or as long as the endpoint asks, within the patience."""
        system = request.system if way == "json_schema" else f"{request.system}\n\n{_in_words(schema)}"
        start = time.monotonic()
        for turn in range(tries):
            if self.stopped.is_set():
                raise Cancelled("Lecture arrêtée.")
            meter.check(tokens_of(system) + tokens_of(user))
            try:
                raw = self._endpoint.complete(system, user, request.prompt.replace("-", "_"), schema, way)
            except ModelError as error:
                wait = error.wait if error.wait is not None else _backoff(turn)
                late = time.monotonic() - start + wait > self._patience
                if not error.retryable or turn == tries - 1 or late:
                    raise
                self._sleep(wait)
                continue
            meter.spend(_tokens(raw, request))
            self.has_answered = True
            return raw
        raise AssertionError("every turn returns or raises")


def _backoff(turn: int) -> float:
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2**turn) * random.uniform(0.5, 1.5))


def _tokens(raw: Completion, request: Request) -> Tokens:
    """What the endpoint says, or an estimate where it says nothing."""
    return Tokens(
        input=raw.input_tokens or tokens_of(request.system) + tokens_of(request.user),
        output=raw.output_tokens or tokens_of(raw.text),
    )


def _parsed(text: str, kind: type[T]) -> T:
    """Control characters inside strings pass; anything else that is not the schema does not."""
    try:
        return kind.model_validate(json.loads(text, strict=False))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "la réponse"
        raise ModelAnswerUnusable(
            f"La réponse du modèle ne suit pas le format demandé ({place} : {first['msg']})."
        ) from error
    except ValueError as error:
        raise ModelAnswerUnusable("La réponse du modèle n’est pas du JSON complet.") from error


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
