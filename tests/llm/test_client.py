"""Every way an endpoint can fail ends in an answer or in one typed French sentence."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import (
    BudgetSpent,
    CallNotRecorded,
    ModelAnswerUnusable,
    ModelBusy,
    ModelError,
    ModelKeyRefused,
    ModelNotFound,
    ModelRequestRefused,
    ModelUnreachable,
)
from assistant.llm.answers import SCHEMAS, ReadingAnswer
from assistant.llm.calls import CallStore
from assistant.llm.client import Meter, ModelClient, closed_schema
from assistant.llm.endpoint import Endpoint
from assistant.llm.prompts import Filled
from assistant.llm.stub import Reply, Script, StubModel, completion
from assistant.settings import Method, Settings

PROMPT = Filled("reading", "Consigne.", "<extrait>\ns1 : Bonjour.\n</extrait>")
GOOD = json.dumps({"finds": [{"sentence": "s1", "requirement": "R1", "relation": "supports"}]})
PLENTY = 10**6


class Clock:
    """Sleeps nobody waits for, remembered."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def client(
    model: StubModel, folder: Path, clock: Clock | None = None, method: Method = "json_schema", **more: Any
) -> ModelClient:
    chosen = Settings(model="stub", model_base_url=model.address, model_seconds=1.0, **more)
    return ModelClient(Endpoint(chosen), "stub", method, CallStore(folder / "calls"), 300.0, clock or Clock())


def first(reply: Reply | Callable[[dict[str, Any]], Reply], times: int = 1) -> Script:
    """Sends a reply the first `times` times, then a good answer."""

    def script(request: dict[str, Any], number: int) -> Reply:
        if number < times:
            return reply(request) if callable(reply) else reply
        return completion(request, GOOD)

    return script


def error(status: int, *headers: tuple[str, str], html: bool = False) -> Reply:
    kind = "text/html" if html else "application/json"
    body = b"<html><body>Bad Gateway</body></html>" if html else b'{"error": {"message": "no"}}'
    return Reply(status, body, (("Content-Type", kind), *headers))


def saying(text: str, finish: str = "stop") -> Callable[[dict[str, Any]], Reply]:
    return lambda request: completion(request, text, finish)


def refusing(request: dict[str, Any]) -> Reply:
    body = json.loads(completion(request, "").body)
    body["choices"][0]["message"] = {"role": "assistant", "content": None, "refusal": "Non."}
    return Reply(body=json.dumps(body).encode())


def cut_short(request: dict[str, Any]) -> Reply:
    whole = completion(request, GOOD)
    return Reply(body=whole.body, cut=len(whole.body) // 2)


def half_json(request: dict[str, Any]) -> Reply:
    return Reply(body=completion(request, GOOD).body[:80])


def in_latin1(request: dict[str, Any]) -> Reply:
    return Reply(body=completion(request, '{"finds": "é"}').body.decode().encode("latin-1"))


PASSING = {
    "429 without Retry-After": error(429),
    "429 with Retry-After": error(429, ("Retry-After", "7")),
    "500": error(500),
    "502 with HTML": error(502, html=True),
    "a body cut by a reset": cut_short,
    "a stalled answer": Reply(body=b"{}", hang=2.5),
    "a body that is half a JSON": half_json,
    "another encoding": in_latin1,
    "an answer that breaks the schema": saying('{"finds": [{"sentence": 1}]}'),
    "an answer cut in the middle": saying(GOOD[:20]),
}


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_tried_again(fault: str, tmp_path: Path) -> None:
    clock = Clock()
    with StubModel(first(PASSING[fault])) as model:  # type: ignore[arg-type]
        answered = client(model, tmp_path, clock).ask(PROMPT, ReadingAnswer, Meter(PLENTY))
    assert [pair.sentence for pair in answered.value.finds] == ["s1"]
    assert len(model.received) == 2
    if fault == "429 with Retry-After":
        assert clock.slept == [7.0]


def test_the_second_try_names_what_was_wrong(tmp_path: Path) -> None:
    with StubModel(first(saying('{"finds": [], "note": 3}'))) as model:
        client(model, tmp_path).ask(PROMPT, ReadingAnswer, Meter(PLENTY))
    assert "note" in model.received[1]["messages"][1]["content"]


LASTING: dict[str, tuple[Any, type[ModelError], int]] = {
    "401": (error(401), ModelKeyRefused, 1),
    "404": (error(404), ModelNotFound, 1),
    "400": (error(400), ModelRequestRefused, 1),
    "429": (error(429), ModelBusy, 5),
    "503": (error(503), ModelUnreachable, 5),
    "finish_reason length": (saying(GOOD, "length"), ModelAnswerUnusable, 1),
    "finish_reason content_filter": (saying(GOOD, "content_filter"), ModelAnswerUnusable, 1),
    "a refusal": (refusing, ModelAnswerUnusable, 1),
    "an empty answer": (saying(""), ModelAnswerUnusable, 1),
    "a 5 MB answer": (saying('{"finds": [' + " " * 5_000_000 + "]}"), ModelAnswerUnusable, 1),
    "another schema": (saying('{"criteria": []}'), ModelAnswerUnusable, 2),
    "prose": (saying("Voici les phrases."), ModelAnswerUnusable, 2),
}


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_a_typed_sentence(fault: str, tmp_path: Path) -> None:
    reply, kind, calls = LASTING[fault]
    with StubModel(first(reply, 100)) as model, pytest.raises(kind) as caught:
        client(model, tmp_path).ask(PROMPT, ReadingAnswer, Meter(PLENTY))
    assert caught.value.message.endswith((".", "…"))
    assert len(model.received) == calls


def test_nobody_at_the_address_is_a_typed_sentence(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings = Settings(model="m", model_base_url=f"http://127.0.0.1:{free.getsockname()[1]}/v1", model_seconds=1.0)
        one = ModelClient(Endpoint(settings), "m", "json_schema", CallStore(tmp_path), 300.0, Clock())
        with pytest.raises(ModelUnreachable, match="joint"):
            one.ask(PROMPT, ReadingAnswer, Meter(PLENTY))


def knows_only(way: str) -> Script:
    """A server as found in the field: 400 or 500 for a schema, `{}` for JSON mode, control characters in tool calls."""

    def script(request: dict[str, Any], number: int) -> Reply:
        kind = request.get("response_format", {}).get("type", "function")
        if kind == "json_schema":
            return error(400 if number % 2 == 0 else 500) if way != "json_schema" else completion(request, GOOD)
        if kind == "function":
            if way != "function":
                return completion(request, "{}")
            return completion(request, GOOD.replace('"s1"', '"s1\n"').replace("s1\n", "s1"))
        return completion(request, GOOD if way == "json_object" else "{}")

    return script


@pytest.mark.parametrize("way", ["json_schema", "function", "json_object"])
def test_auto_finds_the_way_that_works_and_remembers_it(way: str, tmp_path: Path) -> None:
    with StubModel(knows_only(way)) as model:
        one = client(model, tmp_path, method="auto")
        one.ask(PROMPT, ReadingAnswer, Meter(PLENTY))
        tries = len(model.received)
        one.ask(Filled("reading", "Consigne.", "<extrait>\ns2 : Encore.\n</extrait>"), ReadingAnswer, Meter(PLENTY))
    assert len(model.received) == tries + 1


def test_auto_says_when_nothing_works(tmp_path: Path) -> None:
    with StubModel(knows_only("nothing")) as model, pytest.raises(ModelError):
        client(model, tmp_path, method="auto").ask(PROMPT, ReadingAnswer, Meter(PLENTY))


def test_control_characters_inside_tool_calls_pass(tmp_path: Path) -> None:
    text = '{"finds": [{"sentence": "s1", "requirement": "R1\t", "relation": "supports"}]}'
    with StubModel(first(saying(text))) as model:
        answered = client(model, tmp_path, method="function_calling").ask(PROMPT, ReadingAnswer, Meter(PLENTY))
    assert answered.value.finds[0].sentence == "s1"


def test_an_identical_call_is_never_made_twice(tmp_path: Path) -> None:
    with StubModel() as model:
        one = client(model, tmp_path)
        first_time = one.ask(PROMPT, ReadingAnswer, Meter(PLENTY))
        again = client(model, tmp_path).ask(PROMPT, ReadingAnswer, Meter(PLENTY))
    assert again.value == first_time.value
    assert len(model.received) == 1


def test_a_recording_replays_without_an_endpoint_and_says_what_it_lacks(tmp_path: Path) -> None:
    with StubModel() as model:
        recorded = client(model, tmp_path).ask(PROMPT, ReadingAnswer, Meter(PLENTY))
    gone = Settings(model="stub", model_base_url="http://127.0.0.1:9/v1")
    replay = ModelClient(Endpoint(gone), "stub", "json_schema", CallStore(tmp_path / "calls", replay_only=True), 1.0)
    assert replay.ask(PROMPT, ReadingAnswer, Meter(PLENTY)).value == recorded.value
    with pytest.raises(CallNotRecorded, match="reading"):
        replay.ask(Filled("reading", "Autre consigne.", "Autre."), ReadingAnswer, Meter(PLENTY))


def test_the_budget_of_a_dossier_is_kept(tmp_path: Path) -> None:
    with StubModel() as model, pytest.raises(BudgetSpent):
        client(model, tmp_path).ask(PROMPT, ReadingAnswer, Meter(5))
    assert model.received == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_schema_has_room_for_a_grade_or_an_unknown_key(name: str) -> None:
    written = json.dumps(closed_schema(SCHEMAS[name]))
    assert "$ref" not in written
    assert '"additionalProperties": true' not in written
    for word in ("score", "grade", "mark", "level", "verdict", "rank", "points", "note"):
        assert f'"{word}"' not in written
