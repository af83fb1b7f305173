"""The pages of the app in their states, without a browser; the desk itself is tested with its routes and in a browser."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.access.actor import LOCAL, OPERATOR
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.places import ROOT
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf
from tests.installed import pre_read

SMALL = pdf(lines(["Je note les demandes des clients dans un tableau partagé."]))


def clear() -> None:
    """The app opens its installation once per process; each test has its own."""
    import streamlit as st

    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    clear()


def app(**address: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.query_params.update(address)
    return at.run()


def text_of(at: AppTest) -> str:
    shown = (*at.markdown, *at.caption, *at.warning, *at.error, *at.info, *at.title, *at.text, *at.header)
    return "\n".join(str(e.value) for e in shown).replace("\\", "").replace("\u00a0", " ")


def test_the_first_page_asks_for_a_dossier_and_a_referentiel(settings: Settings) -> None:
    at = app()
    assert not at.exception
    assert at.title[0].value == "Prélire un dossier"
    assert [button.label for button in at.button][:2] == ["Prélire ce dossier", "Ouvrir l’exemple"]
    assert at.button[0].disabled
    assert len(at.selectbox[0].options) == 5


def test_a_dossier_read_before_is_listed_and_opened(settings: Settings) -> None:
    loaded = pre_read(settings, SMALL)
    at = app()
    assert "dossier.pdf" in text_of(at)
    at.button(key=f"open-{loaded.id}").click().run()
    assert not at.exception
    assert at.query_params["run"] == loaded.id
    assert "Dossiers déjà lus" not in text_of(at)


def test_an_unknown_run_leads_back_with_a_word(settings: Settings) -> None:
    at = app(run="0" * 64)
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
    assert "PRELECTURE_DATABASE_URL" in at.error[0].value.replace("\\", "")


def test_what_a_model_will_cost_is_said_before_the_start(
    settings: Settings, plumber: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.ui.dossiers import estimate

    files = (UploadedFile("dossier.pdf", plumber),)
    assert estimate(LOCAL, files, "cycle-client-ia", ()) == ""
    monkeypatch.setenv("PRELECTURE_MODEL", "fake")
    clear()
    said = estimate(LOCAL, files, "cycle-client-ia", ())
    assert "appels" in said
    assert "jetons" in said


def test_a_dossier_of_one_s_own_is_listed_and_opened_to_nobody_else(settings: Settings) -> None:
    application = Application(settings)
    candidate = application.people.join(OPERATOR, "Camille", "juror")
    juror = application.people.join(OPERATOR, "Jeanne", "juror")
    preread = application.prereads.add(candidate, [UploadedFile("mon-essai.pdf", SMALL)], "cycle-client-ia")
    application.jobs.run(candidate, preread, lambda *_: None)
    for person, listed in ((candidate.person, True), (juror.person, False), ("", False)):
        at = app(**({"qui": person} if person else {}))
        assert any(button.key == f"open-{preread}" for button in at.button) is listed
    at = app(qui=juror.person, run=preread)
    assert "n’est visible que de la personne qui l’a déposé" in at.error[0].value


def test_a_run_stopped_is_listed_with_a_way_to_go_on(settings: Settings) -> None:
    application = Application(settings)
    preread = application.prereads.add(LOCAL, [UploadedFile("d.pdf", SMALL)], "cycle-client-ia")
    at = app()
    at.button(key=f"again-{preread}").click().run()
    until = time.monotonic() + 60
    while application.jobs.progress(LOCAL, preread).state not in {"complete", "partial"}:
        assert time.monotonic() < until
        time.sleep(0.2)
    assert not at.run().exception


def test_a_file_that_is_no_dossier_is_one_sentence_on_the_page(settings: Settings) -> None:
    def page() -> None:
        import streamlit as st

        from assistant.application.handing_in import UploadedFile
        from assistant.ui import dossiers
        from assistant.ui.identity import present_or_local

        files = (UploadedFile("lettre.pdf", b"ceci n'est pas un PDF"),)
        st.button("Essayer", on_click=dossiers._on_add, args=(present_or_local(), files, "cycle-client-ia", ()))
        dossiers.dossiers_page()

    at = AppTest.from_function(page, default_timeout=60).run()
    next(one for one in at.button if one.label == "Essayer").click().run()
    assert not at.exception
    assert "n’est pas un PDF" in at.error[0].value
    assert at.title[0].value == "Prélire un dossier"
