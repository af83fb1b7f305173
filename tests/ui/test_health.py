"""What a proxy or a supervisor asks: does the process answer, and can it serve people."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.application.door import Application
from assistant.application.readiness import Ready
from assistant.errors import StoreError
from assistant.settings import Settings
from assistant.ui.health import health_routes


def test_an_installation_that_works_is_ready(settings: Settings) -> None:
    app = Application(settings)
    client = TestClient(Starlette(routes=health_routes(app.readiness.check)))
    assert client.get("/health").json() == {"status": "ok"}
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": True, "files": True})
    assert answer.headers["cache-control"] == "no-store"


def test_one_whose_database_goes_away_is_alive_and_not_ready(settings: Settings, tmp_path: Path) -> None:
    app = Application(settings)
    app.engine.dispose()
    for file in settings.data_dir.glob("prelecture.db*"):
        file.unlink()
    (settings.data_dir / "prelecture.db").mkdir()
    client = TestClient(Starlette(routes=health_routes(app.readiness.check)))
    assert client.get("/health").status_code == 200
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_one_that_cannot_even_be_opened_is_not_ready() -> None:
    def away() -> Ready:
        raise StoreError("La base de données ne peut pas être ouverte.")

    answer = TestClient(Starlette(routes=health_routes(away))).get("/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
