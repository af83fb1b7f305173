"""« Mes sessions » and the juror's desk in every state, without a browser."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.preread import Order, run_key
from assistant.referentiel.catalogue import available, load
from assistant.review.actor import Actor
from assistant.review.decision import Decision
from assistant.review.items import Choice, Item, items_of
from assistant.review.work import CriterionWork
from assistant.service import Desk, Opened, tools_of
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf
from tests.review.people import house
from tests.ui.test_app import _clear, app, text_of

POINTS = "cycle-client-ia"
ACQUIS, FREE = (next(n for n in available() if load(n).content.scale == scale) for scale in ("acquis", "none"))
SMALL = pdf(lines(["Je note les demandes des clients dans un tableau partagé."]))
CRITERION = next(one for one in load(POINTS).content.criteria() if one.id == "Cr1.2")
READ, FINISH, AGREE = "Lire", "Terminer et exporter", "Harmoniser"


class Jury:
    """An installation whose session « Juin » has candidate 0417, read by Anne and Bruno, who declared no link."""

    def __init__(self, settings: Settings, made: tuple[Path, str], blind_first: bool) -> None:
        shutil.copytree(made[0], settings.data_dir, ignore=shutil.ignore_patterns("chroma", "ocr"))
        self.desk, self.run = Desk(settings), made[1]
        self.people = people = house(self.desk.engine)
        self.office, self.anne, self.bruno, self.chloe = people.office, people.anne, people.bruno, people.chloe
        if blind_first:
            session = self.office.found(people.organiser, "Juillet", None, POINTS, (), blind_first=True)
            self.people = replace(people, session=session)
        self.space = self.candidate("0417", self.anne, self.bruno)

    def candidate(self, number: str, *jurors: Actor) -> str:
        return self.people.seat(self.people.candidate(number, self.run), *jurors)

    def on(self, criterion: str = "Cr1.2") -> CriterionWork:
        return self.office.work(self.anne, self.space).on(criterion)

    @property
    def opened(self) -> Opened:
        found = self.desk.open(self.run)
        assert found is not None
        return found

    @property
    def items(self) -> dict[str, tuple[Item, ...]]:
        return {part.id: items_of(part) for part in self.opened.preread.criteria}

    def write(self, actor: Actor, topic: str, text: str) -> None:
        self.office.replace_text(actor, self.space, f"Cr1.2/{topic}", text)

    def read(self, actor: Actor | None = None, view: str = READ, criterion: str = "Cr1.2") -> AppTest:
        at = page(actor or self.anne, self.space, criterion)
        return at if view == READ else at.segmented_control(key="view").set_value(view).run()


@pytest.fixture(scope="module")
def preread(plumber: bytes, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], tuple[Path, str]]:
    """Pre-reads made once: where they are kept, and their key."""

    @cache
    def make(referentiel: str, model: str) -> tuple[Path, str]:
        folder, loaded = tmp_path_factory.mktemp("made"), load(referentiel)
        desk = Desk(Settings(data_dir=folder).model_copy(update={"model": model} if model else {}))
        data, blocs = (plumber, ()) if referentiel == POINTS else (SMALL, (loaded.content.blocs[0].id,))
        key = desk.review(Order(data, "dossier.pdf", loaded, blocs)).key
        desk.engine.dispose()
        return folder, key

    return make


@pytest.fixture
def jury(settings: Settings, preread: Callable[[str, str], tuple[Path, str]], request: pytest.FixtureRequest) -> Jury:
    """Parametrised by référentiel, model, and whether one reads first."""
    referentiel, model, blind_first = getattr(request, "param", (POINTS, "", False))
    return Jury(settings, preread(referentiel, model), blind_first)


def drafted(referentiel: str = POINTS, model: str = "", blind_first: bool = False) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("jury", [(referentiel, model, blind_first)], indirect=True, ids=[""])


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    _clear()


def page(actor: Actor | None = None, space: str = "", criterion: str = "") -> AppTest:
    def shown() -> None:
        import streamlit as st

        from assistant.ui.sessions import sessions_page

        st.html("<style></style>")
        sessions_page()

    at = AppTest.from_function(shown, default_timeout=60)
    given = {"qui": actor.person if actor else "", "dossier": space, "critere": criterion}
    at.query_params.update({name: value for name, value in given.items() if value})
    return still(at.run())


def still(at: AppTest) -> AppTest:
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    more = [str(one.value) for one in (*at.subheader, *at.success, *at.text)]
    return "\n".join([text_of(at), *more]).replace("\u00a0", " ").replace("\\", "")


def labels(at: AppTest) -> list[str]:
    return [one.label for one in at.button]


def click(at: AppTest, name: str) -> AppTest:
    """Clicks the first button of this label or key."""
    return still(next(one for one in at.button if name in {one.label, one.key}).click().run())


def test_a_profile_is_asked_for_needs_a_name_and_is_kept_in_the_address(settings: Settings) -> None:
    at = page()
    assert "Aucun profil sur cette installation." in said(at)
    assert "Donnez un nom" in click(at, "Créer ce profil").error[0].value
    at.text_input[0].set_value("Anne Lys")
    kept = click(at, "Créer ce profil").query_params["qui"]
    assert click(page(), "Anne Lys – juré").query_params["qui"] == kept
    at = page(Actor(str(kept), "juror"))
    assert at.title[0].value == "Mes sessions"
    assert "Qui êtes-vous" in click(at, "Anne Lys – changer de profil").title[0].value


def test_a_juror_without_a_session_founds_one(settings: Settings) -> None:
    people = house(Desk(settings).engine)
    at = page(people.anne)
    assert "Aucune session pour l’instant" in at.info[0].value
    at.text_input(key="new-title").set_value("Septembre")
    at.checkbox(key="new-blind").check()
    assert "Septembre" in said(click(at, "Créer la session"))
    assert people.office.sessions(people.anne)[0].blind_first
    assert "Créer la session" not in labels(page(people.office.join("Théa", "trainer")))


def test_the_list_shows_one_s_own_progress_and_is_searched_and_filtered(jury: Jury) -> None:
    jury.office.open_criterion(jury.anne, jury.candidate("0418", jury.anne), "Cr1.1")
    at = page(jury.anne)
    assert f"1 critères lus sur 9, {sum(map(len, jury.items.values()))} éléments de l’IA à traiter." in said(at)
    search = {"0417": [True, False], "juin": [True, True], "rien": [False, False], "": [True, True]}
    states = {"À lire": [True, False], "En cours": [False, True], "Verrouillés": [False, False]}
    for wanted, seen in (search | states).items():
        if wanted in search:
            at.text_input(key="search").set_value(wanted).run()
        else:
            at.segmented_control(key="only").set_value(wanted).run()
        assert [f"n° {number}" in said(at) for number in ("0417", "0418")] == seen


def test_candidates_stand_by_number_and_nothing_shows_merit(jury: Jury) -> None:
    for number, points in (("0419", 2.0), ("0416", 0.0), ("0418", 1.0)):
        space = jury.candidate(number, jury.anne)
        jury.office.decide(jury.anne, space, CRITERION, "points", Decision(points=points))
    at = page(jury.anne)
    assert [one.value[-6:-2] for one in at.markdown if "Candidat" in one.value] == ["0416", "0417", "0418", "0419"]
    assert not [*at.metric, *at.get("progress"), *at.dataframe]
    assert not any(f":{colour}" in said(at) for colour in ("red", "green", "orange", "blue"))


def test_candidate_9_stands_before_candidate_10(jury: Jury) -> None:
    for number in ("10", "9"):
        jury.candidate(number, jury.anne)
    shown = said(page(jury.anne))
    assert shown.index("Candidat n° 9") < shown.index("Candidat n° 10")


def test_accommodations_are_shown_to_the_jury_only_when_the_organiser_says_so(jury: Jury) -> None:
    for told in (False, True):
        jury.office.accommodate(jury.people.organiser, jury.space, "Tiers temps", shown=told)
        assert ("Tiers temps" in said(jury.read())) is told


def test_accommodations_kept_from_the_jury_are_not_called_communicated(jury: Jury) -> None:
    jury.office.accommodate(jury.people.organiser, jury.space, "Tiers temps", shown=False)
    assert "communiqués au jury" not in said(jury.read(jury.people.organiser))


def test_a_link_is_asked_first_and_a_declared_trainer_is_refused_in_one_sentence(jury: Jury) -> None:
    jury.people.seat(jury.space, jury.chloe, link="", first=3)
    at = jury.read(jury.chloe)
    assert not at.selectbox
    at = click(at, "J’ai formé ce candidat")
    assert [one.value.count(".") for one in at.error] == [1]
    assert "un autre juré doit lire son dossier" in said(at)
    assert not at.selectbox
    jury.office.assign(jury.people.organiser, jury.candidate("0418"), jury.chloe.person, 1)
    at = click(page(jury.chloe), "Lire")
    assert at.error or "Ce que le critère demande" in said(click(at, "Je n’ai aucun lien avec ce candidat"))


def test_the_list_does_not_ask_again_for_a_link_that_was_declared(jury: Jury) -> None:
    jury.people.seat(jury.space, jury.chloe, link="trainer", first=3)
    assert "déclarez d’abord" not in said(page(jury.chloe))


def test_a_dossier_of_others_is_refused_in_one_sentence_that_leads_back(jury: Jury) -> None:
    at = jury.read(jury.chloe)
    assert [one.value for one in at.error] == ["Ce dossier ne vous est pas attribué."]
    assert click(at, "Revenir à mes sessions").title[0].value == "Mes sessions"


def test_an_organiser_reads_a_dossier_without_writing(jury: Jury) -> None:
    at = jury.read(jury.people.organiser)
    assert not at.error
    assert "Ma décision" not in said(at)
    assert at.selectbox(key="page")


def test_an_interrupted_pre_read_is_taken_up_again(settings: Settings, plumber: bytes) -> None:
    desk, order = Desk(settings), Order(plumber, "dossier.pdf", load(POINTS))
    people, key = house(desk.engine), run_key(order, tools_of(settings))
    desk.runs.start(key, desk.files.put(plumber), order.file, POINTS, ("B0",))
    desk.runs.finish(key, "stopped")
    at = page(people.anne, people.seat(people.candidate(run=key), people.anne))
    assert "n’est pas terminée" in at.info[0].value
    click(at, "Reprendre la lecture")
    until = time.monotonic() + 30
    while "18 pages lues sur 18" not in said(at.run()) and time.monotonic() < until:
        time.sleep(0.2)
    assert "Ce que le critère demande" in said(at)


def test_a_criterion_stands_word_for_word_with_requirements_and_passages(jury: Jury) -> None:
    at = jury.read()
    assert all(text.strip() in said(at) for text in (CRITERION.text, *(one.text for one in CRITERION.asked)))
    assert any(str(one.key).startswith("go-Cr1.2") for one in at.button)


def test_a_citation_is_in_one_of_three_states_in_words(jury: Jury) -> None:
    assert "◆ Lue par reconnaissance de caractères (OCR)" in said(jury.read(criterion="Cr1.1"))
    assert "■ Retrouvée mot à mot dans le dossier" in said(jury.read())
    result = jury.opened.preread.model_dump(mode="json")
    for statement in (one for part in result["criteria"] for one in part["observation"]):
        statement["citations"] = []
    jury.desk.runs.save_step(jury.run, "result", type(jury.opened.preread)(**result).to_json().encode())
    _clear()
    assert "∅ Sans source : aucune phrase du dossier n’est citée" in said(jury.read())
