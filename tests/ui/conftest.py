"""Pages are tried by several people in one process; the local mode and the providers have tests of their own."""

import pytest

from tests.signing import named_in_the_address


@pytest.fixture(autouse=True)
def several_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ui.identity.way", named_in_the_address)
