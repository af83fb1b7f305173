"""Drafting is tried on dossiers that are read once for all its tests: reading is tried elsewhere."""

from pathlib import Path

import pytest

from assistant.settings import Settings


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readings")


@pytest.fixture(autouse=True)
def _read_once(settings: Settings, readings: Path) -> None:
    """Each installation finds what another one read; keys hold the file, its name and the code that reads."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    (settings.data_dir / "readings").symlink_to(readings, target_is_directory=True)
