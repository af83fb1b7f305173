"""How often pages ask the database: a change of criterion, a list of thirty candidates; and reading takes no lock."""

import pytest

from assistant.application.context import Decision
from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.store.counting import Counted, counted
from assistant.store.engine import writing
from tests.application.house import House, items

CRITERION, LIST, ACT = 12, 6, 12
"""An act writes a row of the journal, the head of its chain, and its line of the audit."""


@pytest.fixture
def lived_in(made: House, review: str) -> str:
    """A review with some work of every kind."""
    observation, gap, _ = items("C1")
    made.note(made.anne, review, "une note")
    made.decide(made.anne, review, Decision(points=1))
    made.choose(made.anne, review, observation, "adopted")
    made.choose(made.anne, review, gap, "edited", "autrement")
    made.app.phrases.keep(made.anne, "essai", "C1", "À préciser.")
    return review


def listed(app: Application, made: House, actor: str) -> Counted:
    with counted(app.engine) as seen:
        app.sessions.list(getattr(made, actor))
    return seen


@pytest.mark.parametrize("actor", ["anne", "organiser", "administrator"])
def test_thirty_candidates_are_listed_in_six_statements(made: House, actor: str) -> None:
    """Fault 4: 370, each with a write lock."""
    for number in range(30):
        made.seat(made.candidate(str(number)), made.anne)
    made.founded(made.organiser, "Juillet")
    fresh = Application(made.app.settings)
    cold, warm = listed(fresh, made, actor), listed(fresh, made, actor)
    assert len(warm.statements) <= len(cold.statements) <= LIST, cold.statements
    assert cold.writes == warm.writes == []


def test_a_desk_opens_in_twelve_statements_and_writes_nothing(made: House, lived_in: str) -> None:
    """Fault 4: 67 write locks for a change of criterion."""
    fresh = Application(made.app.settings)
    with counted(fresh.engine) as cold:
        fresh.reviews.desk(made.anne, lived_in)
    with counted(fresh.engine) as warm:
        fresh.reviews.desk(made.anne, lived_in)
    assert len(warm.statements) <= len(cold.statements) <= CRITERION, cold.statements
    assert cold.writes == warm.writes == []


def test_an_act_takes_few_statements(made: House, lived_in: str) -> None:
    with counted(made.app.engine) as seen:
        made.app.reviews.record(
            made.anne, lived_in, Event(id="c" * 32, kind="note", criterion="C1", value={"text": "deux"}, base=1)
        )
    assert len(seen.statements) <= ACT, seen.statements


def test_reading_goes_on_while_somebody_writes(made: House, lived_in: str) -> None:
    """Fault 4: every read took the database's one write lock, and a failed one said that saving had failed."""
    with writing(made.app.engine) as connection:
        connection.exec_driver_sql("SELECT 1")
        assert made.app.reviews.desk(made.anne, lived_in).work["C1"].note.text == "une note"
        assert made.app.sessions.list(made.anne)
