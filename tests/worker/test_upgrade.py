"""An installation is brought up to date while dossiers wait and one is being read: nothing is lost or read twice."""

from collections.abc import Callable

from sqlalchemy import text

from assistant.access.actor import PROGRAM
from assistant.application.door import Application
from assistant.store.engine import HEAD, reading, writing
from assistant.store.work import Work
from tests.application.house import House
from tests.worker.dossiers import asked, ends, lines

BEFORE = "0007"


def test_what_waits_and_what_was_being_read_goes_on_with_the_next_version(
    made: House, work: Callable[..., None]
) -> None:
    prereads = [asked(made) for _ in range(3)]
    held = made.app.working.take(PROGRAM, prereads[0])
    assert held is not None
    made.app.working.give_back(PROGRAM, held, blame=False)  # as a worker does that is asked to end
    with writing(made.app.engine) as connection:
        for table in ("model_turns", "workers"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": BEFORE})
    made.app.engine.dispose()
    after = Application(made.app.settings)
    with reading(after.engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD
        assert {one.tries for one in Work(connection).all()} == {0}
    work(workers=2)
    assert lines(made) == []
    assert [ends(made, one) for one in prereads] == [1] * 3
    after.engine.dispose()
