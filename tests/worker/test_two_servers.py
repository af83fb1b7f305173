"""Two application servers of one installation: a person who is sent to the other one finds everything, and may write."""

from assistant.application.door import Application
from tests.application.house import House
from tests.worker.dossiers import asked


def test_what_is_written_through_one_server_is_read_through_the_other(made: House) -> None:
    review = made.jury()
    other = House(**{**{name: getattr(made, name) for name in made.__dataclass_fields__}})
    other.app = Application(made.app.settings)
    made.note(made.anne, review, "écrit par l’un")
    assert other.work(other.anne, review).on("C1").note_text == "écrit par l’un"
    other.note(other.anne, review, "puis par l’autre")
    assert made.work(made.anne, review).on("C1").note_text == "puis par l’autre"
    other.app.engine.dispose()


def test_a_server_that_restarts_loses_no_text_and_no_run(made: House) -> None:
    review, preread = made.jury(), asked(made)
    made.note(made.anne, review, "juste avant")
    made.app.jobs.close()
    made.app.engine.dispose()
    again = Application(made.app.settings)
    made.app = again
    assert made.work(made.anne, review).on("C1").note_text == "juste avant"
    assert again.jobs.progress(made.organiser, preread).state == "queued"


def test_the_key_of_a_desk_opened_on_one_server_opens_it_on_the_other(made: House) -> None:
    review = made.jury()
    key = made.app.keys.grant(made.anne, review)
    other = Application(made.app.settings)
    assert other.keys.seconds_left(key, made.anne.person, review) > 0
    other.engine.dispose()
