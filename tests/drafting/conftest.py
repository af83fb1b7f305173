"""Drafting is tried on dossiers that are read once for all its tests: reading is tried elsewhere."""

import pytest


@pytest.fixture(autouse=True)
def _read_once(shared_readings: None) -> None:
    pass
