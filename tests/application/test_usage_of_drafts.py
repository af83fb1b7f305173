"""What juries do with drafts is for the organiser, of locked readings, and of nobody in particular."""

import pytest

from assistant.errors import AccessDenied
from assistant.settings import Settings
from tests.application.house import House, house, items


@pytest.fixture
def made(settings: Settings) -> House:
    return house(settings)


def test_only_locked_readings_count_and_one_dossier_tells_no_share(made: House) -> None:
    review = made.jury()
    observation, gap, _ = items("C1")
    made.choose(made.anne, review, observation, "adopted")
    made.choose(made.anne, review, gap, "rejected")
    made.choose(made.bruno, review, observation, "rejected")
    assert [line.usage.statements for line in made.app.usage.lines(made.organiser)] == [0]
    made.lock(review, made.anne)
    (line,) = made.app.usage.lines(made.organiser)
    assert (line.usage.statements, line.usage.gaps, line.usage.taken) == (1, 1, None)
    assert line.drafter == "extractive"


def test_only_whoever_organises_sees_it(made: House) -> None:
    made.jury()
    for actor in (made.anne, made.trainer):
        with pytest.raises(AccessDenied):
            made.app.usage.lines(actor)
    assert made.app.usage.lines(made.administrator)
