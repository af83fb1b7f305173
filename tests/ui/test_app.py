"""Every page of the app in every state, without a browser."""

import time
from pathlib import Path
from typing import Any

import pytest
from assistant.review.office import Office
from assistant.service import Desk
from streamlit.testing.v1 import AppTest

from assistant.llm.stub import Reply, StubModel
from assistant.places import ROOT
from assistant.preread import PreReadRequest
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf


def _clear() -> None:
    import streamlit as st

    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """The app opens its installation once per process; each test has its own."""
    _clear()


def app(run: str | None = None) -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if run:
        at.query_params["run"] = run
    return at.run()


def text_of(at: AppTest) -> str:
    shown = (*at.markdown, *at.caption, *at.warning, *at.error, *at.info, *at.title)
    return "\n".join(str(e.value) for e in shown).replace("\\", "")


def test_the_first_page_asks_for_a_dossier_and_a_referentiel(settings: Settings) -> None:
    at = app()
    assert not at.exception
    assert at.title[0].value == "Prélire un dossier"
    assert [button.label for button in at.button][:2] == ["Prélire ce dossier", "Ouvrir l’exemple"]
    assert at.button[0].disabled
    assert len(at.selectbox[0].options) == 5


def test_a_pre_read_dossier_shows_the_criterion_word_for_word_and_its_passages(
    settings: Settings, plumber: bytes
) -> None:
    key = Desk(settings).review(PreReadRequest.of(plumber, "dossier.pdf", load("cycle-client-ia"))).key
    at = app(key)
    assert not at.exception
    shown = text_of(at)
    assert "Le candidat cartographie les étapes du cycle client" in shown
    assert "18 pages lues sur 18" in shown
    assert "Proposé par l’IA, à vérifier" in shown
    assert any(button.label == "p. 4" for button in at.button)


def test_a_click_on_a_citation_shows_its_page(settings: Settings, plumber: bytes) -> None:
    key = Desk(settings).review(PreReadRequest.of(plumber, "dossier.pdf", load("cycle-client-ia"))).key
    at = app(key)
    at.selectbox(key="criterion").select("Cr1.2").run()
    button = next(b for b in at.button if b.key and b.key.startswith("go-Cr1.2"))
    button.click().run()
    assert not at.exception
    assert f"p. {at.session_state.page}" == button.label
    assert at.session_state.chosen == (str(button.key).rsplit("-", 1)[1],)


@pytest.mark.parametrize("criterion", [c.id for c in load("cycle-client-ia").content.criteria()])
def test_every_criterion_can_be_read(settings: Settings, plumber: bytes, criterion: str) -> None:
    key = Desk(settings).review(PreReadRequest.of(plumber, "dossier.pdf", load("cycle-client-ia"))).key
    at = app(key)
    at.selectbox(key="criterion").select(criterion).run()
    assert not at.exception
    words = next(c.text for c in load("cycle-client-ia").content.criteria() if c.id == criterion)
    assert words.strip() in text_of(at)


def test_pages_not_read_are_always_in_sight(settings: Settings) -> None:
    data = pdf(
        lines(["Je note les demandes des clients dans un tableau partagé."]), lambda canvas: canvas.rect(50, 50, 80, 80)
    )
    key = Desk(settings).review(PreReadRequest.of(data, "d.pdf", load("cycle-client-ia"))).key
    at = app(key)
    assert "Pages non lues : 2" in at.warning[0].value


def test_an_unknown_run_leads_back_with_a_word(settings: Settings) -> None:
    at = app("0" * 64)
    assert not at.exception
    assert "déposez-le de nouveau" in at.info[0].value


def test_the_about_page_says_what_is_never_done(settings: Settings) -> None:
    def page() -> None:
        from assistant.ui.about import about_page

        about_page()

    at = AppTest.from_function(page).run()
    assert "Elle ne note pas" in at.markdown[0].value


def test_an_installation_that_cannot_write_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRELECTURE_DATABASE_URL", "sqlite:////proc/nowhere/x.db")
    at = app()
    assert not at.exception
    assert "PRELECTURE_DATABASE_URL" in at.error[0].value


def test_a_draft_by_a_model_says_whence_it_comes_and_what_its_sources_say(settings: Settings, plumber: bytes) -> None:
    desk = Desk(settings.model_copy(update={"model": "fake"}))
    key = desk.review(PreReadRequest.of(plumber, "dossier.pdf", load("cycle-client-ia"))).key
    at = app(key)
    at.selectbox(key="criterion").select("Cr1.1").run()
    assert not at.exception
    assert "Les phrases citées disent cela" in text_of(at)
    assert any(box.label == "D’où vient ce texte ?" for box in at.expander)
    assert any("Vous préparez, pour un jury" in str(code.value) for code in at.code)


def test_a_criterion_whose_draft_failed_says_so_and_offers_to_try_again(
    settings: Settings, plumber: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(request: dict[str, Any], number: int) -> Reply | None:
        return Reply(401, b"{}") if "points de friction" in str(request["messages"][1]["content"]) else None

    with StubModel(refuse) as model:
        monkeypatch.setenv("PRELECTURE_MODEL", "stub")
        monkeypatch.setenv("PRELECTURE_MODEL_BASE_URL", model.address)
        monkeypatch.setenv("PRELECTURE_MODEL_METHOD", "json_schema")
        run = Desk(Settings()).review(PreReadRequest.of(plumber, "dossier.pdf", load("cycle-client-ia")))
        failed = next(part.id for part in run.preread.criteria if part.failure)
        at = app(run.key)
        at.selectbox(key="criterion").select(failed).run()
        assert "clé du modèle est refusée" in text_of(at)
        model.script = lambda request, number: None
        next(button for button in at.button if button.label == "Réessayer").click().run()
        until = time.monotonic() + 30
        while at.run() and not any(box.key == "criterion" for box in at.selectbox) and time.monotonic() < until:
            time.sleep(0.3)
        at.selectbox(key="criterion").select(failed).run()
        assert "clé du modèle est refusée" not in text_of(at)


def test_what_a_model_will_cost_is_said_before_the_start(
    settings: Settings, plumber: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.ui.state import estimate

    assert estimate(plumber, "dossier.pdf", "cycle-client-ia", ()) == ""
    monkeypatch.setenv("PRELECTURE_MODEL", "fake")
    _clear()
    said = estimate(plumber, "dossier.pdf", "cycle-client-ia", ())
    assert "appels" in said
    assert "jetons" in said


def test_a_candidate_s_own_check_is_listed_to_nobody_else(settings: Settings, plumber: bytes) -> None:
    desk, office = Desk(settings), Office(Desk(settings).engine)
    candidate, juror = office.join("Camille", "candidate"), office.join("Jeanne", "juror")
    key = desk.review(PreReadRequest.of(plumber, "mon-essai.pdf", load("cycle-client-ia"))).key
    office.began(candidate, key)
    for actor, listed in ((candidate, True), (juror, False), (None, False)):
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        if actor is not None:
            at.query_params["qui"] = actor.person
        at.run()
        assert any(button.key == f"open-{key}" for button in at.button) is listed
