"""One installation for each test."""

import pytest

from assistant.settings import Settings
from tests.application.house import House, house


@pytest.fixture
def made(settings: Settings) -> House:
    return house(settings)


@pytest.fixture
def review(made: House) -> str:
    """A candidate whom Anne and Bruno read."""
    return made.jury()
