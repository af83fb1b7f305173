"""Screens, exports and harmonisation keep the référentiel they began with, and say so when a newer one exists."""

from pathlib import Path

import pytest

from assistant.application import installation
from assistant.application.context import Decision
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.catalogue import newer_than as really_newer
from tests.application.house import House, essay

NEWER = essay("2", " chiffrés par des mesures")


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's catalogue holds another text under the same id."""
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / "essai.yaml").write_text(NEWER.source, encoding="utf-8")

    def newer(loaded: LoadedReferentiel) -> LoadedReferentiel | None:
        return really_newer(loaded, folder)

    monkeypatch.setattr(installation, "newer_than", newer)


@pytest.mark.usefixtures("changed")
def test_an_export_prints_the_words_of_the_version_it_names(made: House, review: str) -> None:
    """Fault 3: the export printed the old version's number over today's words."""
    grid = made.app.exports.grid(made.anne, review, "individual")
    assert (grid.referentiel_version, grid.rows[0].text) == ("1", "Le candidat relève des points de friction.")
    html = made.app.exports.file(made.anne, review, "individual", "grid", "html").data.decode()
    assert "chiffrés par des mesures" not in html
    assert "Une version plus récente existe\u00a0: 2." in html
    made.lock(review, made.anne, made.bruno)
    made.propose(made.anne, review, Decision(points=1))
    collegial = made.app.exports.grid(made.bruno, review, "collegial")
    assert (collegial.referentiel_version, collegial.rows[0].text) == (grid.referentiel_version, grid.rows[0].text)


@pytest.mark.usefixtures("changed")
def test_a_desk_shows_the_words_it_began_with_and_names_the_newer_version(made: House, review: str) -> None:
    view = made.app.reviews.desk(made.anne, review)
    assert (view.referentiel.version, view.referentiel.newer) == ("1", "2")
    assert view.criteria[0].text == "Le candidat relève des points de friction."
    assert made.app.reviews.context(made.anne, review).newer == "2"


def test_nothing_is_said_while_there_is_no_newer_one(made: House, review: str) -> None:
    assert made.app.reviews.desk(made.anne, review).referentiel.newer is None


def test_a_session_keeps_the_version_of_its_first_day_for_every_candidate(made: House) -> None:
    later = made.founded(made.organiser, "Juillet", referentiel=NEWER)
    first, second = made.candidate("1"), made.candidate("1", session=later)
    old, new = (made.app.reviews.desk(made.organiser, one) for one in (first, second))
    assert (old.referentiel.version, new.referentiel.version) == ("1", "2")
    assert "mesures" in new.criteria[0].text
    again = made.candidate("2")
    assert made.app.reviews.desk(made.organiser, again).referentiel.version == "1"
