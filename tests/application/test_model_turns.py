"""Workers that ask one model stand in one line: what the endpoint takes a minute is shared by all of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from assistant.application.model_turns import SharedTurns, turns_of
from assistant.drafting.calling import IN_LINE, Calls
from assistant.errors import Cancelled
from assistant.llm.answers import ReadingAnswer
from assistant.llm.calls import CallStore
from assistant.llm.client import Meter, ModelClient
from assistant.llm.endpoint import Completion
from assistant.llm.line import Line
from assistant.llm.prompts import Filled
from assistant.llm.rates import MINUTE, Rates
from assistant.privacy.mask import Masked
from assistant.settings import Settings
from assistant.store import model_turns
from assistant.store.engine import open_database
from tests.store.conftest import open_engine

PER_MINUTE = 3


class Clock:
    """The time of everybody in a test: it passes where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Endpoint:
    """Answers at once, and remembers when it was asked."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.asked = clock, list[float]()

    def get_ready(self) -> None: ...

    def complete(self, *_: object) -> Completion:
        self.asked.append(self.clock.now)
        return Completion('{"finds": []}', 50, 10)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(model_turns, "time", clock)
    return clock


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[list[Engine]]:
    """One database, as two workers open it."""
    opened = [open_database(f"sqlite:///{tmp_path / 'p.db'}") for _ in range(2)]
    yield opened
    for one in opened:
        one.dispose()


def prompt(number: int) -> Filled:
    return Filled("reading", "Consigne.", Masked(f"Extrait {number}."))


def client(endpoint: Endpoint, engine: Engine, folder: Path, rates: Rates) -> ModelClient:
    line = Line(SharedTurns(engine, "e", rates), output=100)
    return ModelClient(endpoint, "m", "json_schema", CallStore(folder), 300.0, endpoint.clock.sleep, line)


def test_two_workers_together_ask_no_more_than_the_endpoint_takes(
    clock: Clock, engines: list[Engine], tmp_path: Path
) -> None:
    endpoint = Endpoint(clock)
    workers = [client(endpoint, one, tmp_path / str(n), Rates(PER_MINUTE, None)) for n, one in enumerate(engines)]
    for number in range(8):
        workers[number % 2].ask(prompt(number), ReadingAnswer, Meter(10**6))
    for moment in endpoint.asked:
        assert sum(moment - MINUTE < one <= moment for one in endpoint.asked) <= PER_MINUTE
    assert clock.now - 1_000.0 == pytest.approx(2 * MINUTE)


def test_a_call_that_took_less_than_it_was_held_to_lets_the_next_one_leave_sooner(
    clock: Clock, engines: list[Engine]
) -> None:
    first, second = (SharedTurns(one, "e", Rates(None, 1_000)) for one in engines)
    held = first.ask(900)
    waits = second.ask(500)
    assert held.seconds == 0.0
    assert waits.seconds == pytest.approx(MINUTE)
    first.settle(held, 400)
    assert second.ask_again(waits).seconds == 0.0


def test_what_is_asked_of_another_endpoint_waits_for_nobody(clock: Clock, engines: list[Engine]) -> None:
    one, other = SharedTurns(engines[0], "e", Rates(1, None)), SharedTurns(engines[1], "f", Rates(1, None))
    assert [one.ask(1).seconds, other.ask(1).seconds] == [0.0, 0.0]
    assert one.ask(1).seconds == pytest.approx(MINUTE)


def test_a_worker_that_waits_says_so_and_its_waiting_is_not_counted_against_the_dossier(
    clock: Clock, engines: list[Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.drafting.calling.LOOK", 0.01)
    SharedTurns(engines[1], "e", Rates(1, None)).ask(1)
    asking = client(Endpoint(clock), engines[0], tmp_path / "calls", Rates(1, None))
    calls = Calls(asking, 1, 10**6, 1.0)
    said: list[str] = []

    def slept(seconds: float) -> None:
        while not any(IN_LINE in one for one in said):
            pass
        clock.sleep(seconds)

    monkeypatch.setattr(asking, "_sleep", slept)
    outcome = calls.all(
        [lambda: calls.ask(prompt(1), ReadingAnswer, Masked)], "lecture", lambda step, *_: said.append(step)
    )
    assert not isinstance(outcome[0][1], Exception)
    assert f"lecture{IN_LINE}" in said
    assert len(said[-1]) <= 64


def test_a_run_that_is_stopped_while_it_waits_leaves_the_line(
    clock: Clock, engines: list[Engine], tmp_path: Path
) -> None:
    turns = SharedTurns(engines[0], "e", Rates(1, None))
    turns.ask(1)
    asking = client(Endpoint(clock), engines[1], tmp_path, Rates(1, None))
    asking._sleep = lambda _: asking.stopped.set()
    with pytest.raises(Cancelled):
        asking.ask(prompt(1), ReadingAnswer, Meter(10**6))
    assert turns.ask(1).seconds == pytest.approx(MINUTE)


def test_only_an_endpoint_that_is_limited_has_a_line(engines: list[Engine], settings: Settings) -> None:
    assert turns_of(settings, engines[0]) is None
    with_model = settings.model_copy(update={"model": "m"})
    assert turns_of(with_model, engines[0]) is None
    assert turns_of(with_model.model_copy(update={"model_calls_per_minute": 3}), engines[0]) is not None


def test_on_postgresql_everybody_at_once_gets_a_place_of_their_own(postgres: str) -> None:
    engine = open_engine(postgres)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE turns"))
    engine.dispose()
    several = [open_database(make_url(postgres).set(database="turns").render_as_string(False)) for _ in range(2)]
    lines = [SharedTurns(one, "e", Rates(2, None)) for one in several]
    with ThreadPoolExecutor(6) as pool:
        waits = sorted(turn.seconds for turn in pool.map(lambda number: lines[number % 2].ask(1), range(6)))
    for one in several:
        one.dispose()
    assert waits[:2] == [0.0, 0.0]
    assert all(55 < one <= 60 for one in waits[2:4])
    assert all(115 < one <= 120 for one in waits[4:])
