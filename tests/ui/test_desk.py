"""« Mes sessions » and the juror's desk in every state, without a browser."""

import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from assistant.service import Desk, components_of
from streamlit.testing.v1 import AppTest
from tests.review.people import house

from assistant.access.actor import Actor
from assistant.preread import PreReadRequest, run_key
from assistant.referentiel.catalogue import available, load
from assistant.review.decision import Decision
from assistant.review.items import Choice, Item, items_of
from assistant.review.work import CriterionWork
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf
from tests.ui.test_app import _clear, app, text_of

POINTS = "cycle-client-ia"
ACQUIS, FREE = (next(n for n in available() if load(n).content.scale == scale) for scale in ("acquis", "none"))
SMALL = pdf(lines(["Je note les demandes des clients dans un tableau partagé."]))
CRITERION = next(one for one in load(POINTS).content.criteria() if one.id == "Cr1.2")
Kept = tuple[Path, dict[str, str]]


@pytest.fixture(scope="module")
def kept(plumber: bytes, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Pre-reads made once, one for each scale: where they are kept, and their keys."""
    folder = tmp_path_factory.mktemp("kept")
    desk, files = Desk(Settings(data_dir=folder)), {POINTS: plumber, ACQUIS: SMALL, FREE: SMALL}
    return folder, {
        name: desk.review(PreReadRequest.of(data, "dossier.pdf", load(name))).key for name, data in files.items()
    }


class Jury:
    """An installation whose session « Juin » has candidate 0417, read by Anne and Bruno, who declared no link."""

    def __init__(self, settings: Settings, kept: Kept) -> None:
        _clear()
        shutil.copytree(kept[0], settings.data_dir, ignore=shutil.ignore_patterns("chroma", "ocr"))
        self.desk, self.runs = Desk(settings), kept[1]
        self.people = people = house(self.desk.engine)
        self.office, self.odile, self.chloe = people.office, people.organiser, people.chloe
        self.anne, self.bruno = people.anne, people.bruno
        self.space = self.candidate("0417", self.anne, self.bruno)

    def candidate(self, number: str, *jurors: Actor, referentiel: str = POINTS, blind: bool = False) -> str:
        session = self.office.found(self.odile, "Juillet", None, POINTS, (), blind_first=True) if blind else None
        people = replace(self.people, session=session or self.people.session)
        return people.seat(people.candidate(number, self.runs[referentiel]), *jurors)

    def on(self, space: str = "", criterion: str = "Cr1.2") -> CriterionWork:
        return self.office.work(self.anne, space or self.space).on(criterion)

    def items(self, criterion: str = "Cr1.2") -> tuple[Item, ...]:
        found = self.desk.result(self.runs[POINTS])
        return next(items_of(part) for part in found.criteria if part.id == criterion) if found else ()

    def write(self, topic: str, text: str, actor: Actor | None = None) -> None:
        self.office.replace_text(actor or self.anne, self.space, f"Cr1.2/{topic}", text)

    def read(self, actor: Actor | None = None, view: str = "", criterion: str = "Cr1.2", space: str = "") -> AppTest:
        at = page(actor or self.anne, space or self.space, criterion)
        return at.segmented_control(key="view").set_value(view).run() if view else at


@pytest.fixture
def jury(settings: Settings, kept: Kept) -> Jury:
    return Jury(settings, kept)


def page(actor: Actor | None = None, space: str = "", criterion: str = "") -> AppTest:
    def shown() -> None:
        import streamlit as st

        from assistant.ui.sessions import sessions_page

        st.html("<style></style>")
        sessions_page()

    at = AppTest.from_function(shown, default_timeout=60)
    given = {"qui": actor.person if actor else "", "dossier": space, "critere": criterion}
    at.query_params.update({name: value for name, value in given.items() if value})
    assert not at.run().exception
    return at


def said(at: AppTest) -> str:
    more = [str(one.value) for one in (*at.subheader, *at.success, *at.text)]
    return "\n".join([text_of(at), *more]).replace("\u00a0", " ").replace("\\", "")


def click(at: AppTest, name: str) -> AppTest:
    """Clicks the first button of this label or key."""
    assert not next(one for one in at.button if name in {one.label, one.key}).click().run().exception
    return at


def test_a_profile_needs_a_name_is_kept_in_the_address_and_founds_a_session(settings: Settings) -> None:
    _clear()
    at = page()
    assert "Aucun profil sur cette installation." in said(at)
    assert "Donnez un nom" in click(at, "Créer ce profil").error[0].value
    at.text_input[0].set_value("Anne Lys")
    kept = click(at, "Créer ce profil").query_params["qui"]
    assert click(page(), "Anne Lys – juré").query_params["qui"] == kept
    at = page(Actor(str(kept), "juror"))
    assert "Aucune session pour l’instant" in at.info[0].value
    at.text_input(key="new-title").set_value("Septembre")
    assert "Septembre" in said(click(at, "Créer la session"))
    assert "Qui êtes-vous" in click(at, "Anne Lys – changer de profil").title[0].value


def test_the_list_shows_one_s_own_progress_and_is_searched_and_filtered(jury: Jury) -> None:
    jury.office.open_criterion(jury.anne, jury.candidate("0418", jury.anne), "Cr1.1")
    at = page(jury.anne)
    assert "1 critères lus sur 9, 37 éléments de l’IA à traiter." in said(at)
    for wanted, only, seen in (
        ("0417", "Tous", "0417"), ("juin", "Tous", "0417 0418"), ("rien", "Tous", ""),
        ("", "À lire", "0417"), ("", "En cours", "0418"), ("", "Verrouillés", ""),
    ):  # fmt: skip
        at.text_input(key="search").set_value(wanted)
        at.segmented_control(key="only").set_value(only).run()
        assert [one.value[-6:-2] for one in at.markdown if "Candidat" in one.value] == seen.split()


def test_candidates_stand_by_number_and_nothing_shows_merit(jury: Jury) -> None:
    for number, points in (("0419", 2.0), ("0416", 0.0), ("0418", 1.0)):
        space = jury.candidate(number, jury.anne)
        jury.office.decide(jury.anne, space, CRITERION, "points", Decision(points=points))
    at = page(jury.anne)
    assert [one.value[-6:-2] for one in at.markdown if "Candidat" in one.value] == ["0416", "0417", "0418", "0419"]
    assert not [*at.metric, *at.get("progress"), *at.dataframe]
    assert not any(f":{colour}" in said(at) for colour in ("red", "green", "orange", "blue"))


def test_candidate_9_stands_before_candidate_10(jury: Jury) -> None:
    assert [jury.candidate(number, jury.anne) for number in ("10", "9")]
    assert said(page(jury.anne)).partition("n° 9")[2].count("n° 10") == 1


def test_accommodations_are_shown_to_the_jury_only_when_the_organiser_says_so(jury: Jury) -> None:
    for told in (False, True):
        jury.office.accommodate(jury.odile, jury.space, "Tiers temps", shown=told)
        assert ("Tiers temps" in said(jury.read())) is told


def test_accommodations_kept_from_the_jury_are_not_called_communicated(jury: Jury) -> None:
    jury.office.accommodate(jury.odile, jury.space, "Tiers temps", shown=False)
    assert "communiqués au jury" not in said(jury.read(jury.odile))


def test_a_link_is_asked_first_and_a_declared_trainer_is_refused_in_one_sentence(jury: Jury) -> None:
    jury.people.seat(jury.space, jury.chloe, link="", first=3)
    at = jury.read(jury.chloe)
    assert not at.selectbox
    click(at, "J’ai formé ce candidat")
    assert [one.value.count(".") for one in at.error] == [1]
    assert "un autre juré doit lire son dossier" in said(at)
    assert not at.selectbox


def test_the_list_does_not_ask_again_for_a_link_that_was_declared(jury: Jury) -> None:
    jury.people.seat(jury.space, jury.chloe, link="trainer", first=3)
    assert "déclarez d’abord" not in said(page(jury.chloe))


def test_a_dossier_of_others_is_refused_in_one_sentence_that_leads_back(jury: Jury) -> None:
    at = jury.read(jury.chloe)
    assert [one.value for one in at.error] == ["Ce dossier ne vous est pas attribué."]
    assert click(at, "Revenir à mes sessions").title[0].value == "Mes sessions"


def test_an_organiser_reads_a_dossier_without_writing(jury: Jury) -> None:
    at = jury.read(jury.odile)
    assert not at.error
    assert at.selectbox(key="page")


def test_an_interrupted_pre_read_is_taken_up_again(settings: Settings, plumber: bytes) -> None:
    _clear()
    desk, order = Desk(settings), PreReadRequest.of(plumber, "dossier.pdf", load(POINTS))
    people, key = house(desk.engine), run_key(order, components_of(settings))
    desk.runs.start(key, desk.files.put(plumber), order.files[0].name, POINTS, ("B0",))
    at = page(people.anne, people.seat(people.candidate(run=key), people.anne))
    assert "n’est pas terminée" in at.info[0].value
    click(at, "Reprendre la lecture")
    until = time.monotonic() + 30
    while "Ce que le critère demande" not in said(at.run()) and time.monotonic() < until:
        time.sleep(0.2)
    assert "18 pages lues sur 18" in said(at)


def test_a_criterion_stands_word_for_word_with_requirements_and_passages(jury: Jury) -> None:
    at = jury.read()
    assert all(text.strip() in said(at) for text in (CRITERION.text, *(one.text for one in CRITERION.asked)))
    click(at, next(str(one.key) for one in at.button if str(one.key).startswith("go-Cr1.2")))
    assert at.session_state.chosen


def test_a_citation_is_in_one_of_three_states_in_words(jury: Jury) -> None:
    assert "◆ Lue par reconnaissance de caractères (OCR)" in said(jury.read(criterion="Cr1.1"))
    assert "■ Retrouvée mot à mot dans le dossier" in said(jury.read())
    result = jury.desk.open(jury.runs[POINTS]).preread  # type: ignore[union-attr]
    bare = [one.model_copy(update={"evidence": (), "requirements": (), "gaps": ()}) for one in result.criteria]
    made = result.model_copy(update={"criteria": tuple(bare)})
    jury.desk.runs.save_step(jury.runs[POINTS], "result", made.to_json().encode())
    _clear()
    assert "∅ Sans source : aucune phrase du dossier n’est citée" in said(jury.read())


def test_items_are_adopted_edited_rejected_and_undone_one_by_one(jury: Jury) -> None:
    first, second, _, question, _ = jury.items()
    at = jury.read()
    assert [sum(one.label == name for one in at.button) for name in ("Reprendre", "Modifier", "Écarter")] == [5] * 3
    assert not [one.label for one in at.button if one.label.startswith("Tout")]
    for key in (f"adopt-{first.id}", f"reject-{question.id}", f"edit-{second.id}"):
        click(at, key)
    jury.write(f"edit/{second.id}", " ")
    assert "Écrivez votre version" in click(at, f"keep-{second.id}").error[0].value
    jury.write(f"edit/{second.id}", "Chiffré p. 6.")
    click(at, f"keep-{second.id}")
    edited = {second.id: Choice("edited", "Chiffré p. 6."), question.id: Choice("rejected")}
    assert jury.on().choices == edited | {first.id: Choice("adopted")}
    assert all(word in said(at) for word in ("✔ Repris tel quel", "✎ Repris et modifié", "✖ Écarté", "Texte de l’IA"))
    click(at, f"undo-{first.id}")
    assert jury.on().choices == edited


def test_a_gap_is_adopted_only_after_its_search_was_shown(jury: Jury) -> None:
    gap = next(item for item in jury.items() if item.kind == "gap")
    at = click(jury.read(), f"adopt-{gap.id}")
    assert not jury.on().choices
    assert "voyez comment il a été cherché" in said(at)
    click(at, f"confirm-{gap.id}")
    assert jury.on().choices == {gap.id: Choice("adopted")}


def test_ignoring_the_ai_hides_every_item_of_the_dossier(jury: Jury) -> None:
    at = jury.read()
    at.toggle(key=f"ignore-{jury.space}").set_value(True).run()
    for _ in range(2):
        assert "Vous avez choisi d’ignorer l’IA pour ce dossier." in said(at)
        assert "brouillon IA" not in said(at)
        click(at, "next-criterion")


def test_where_one_reads_first_items_wait_for_a_note_or_a_request_that_is_logged(jury: Jury) -> None:
    jury.space = jury.candidate("1", jury.anne, blind=True)
    at = jury.read()
    assert "brouillon IA" not in said(at)
    jury.write("note", "Deux frictions, p. 2.")
    assert "brouillon IA" in said(at.run())
    assert jury.on().asked_ai is None
    assert "brouillon IA" not in said(click(at, "next-criterion"))
    assert "brouillon IA" in said(click(at, "ask-Cr1.3"))
    assert jury.on(criterion="Cr1.3").asked_ai


def test_a_locked_reading_is_not_told_to_ask_for_what_stays_hidden(jury: Jury) -> None:
    jury.space = jury.people.lock(jury.candidate("1", jury.anne, blind=True), jury.anne)
    assert "le demander maintenant" not in said(jury.read())


def test_own_texts_have_pages_of_this_dossier_and_phrases_are_kept_and_inserted(jury: Jury) -> None:
    at = jury.read()
    jury.write("own-draft", "Coût *chiffré*.")
    at.checkbox(key="own-keep-Cr1.2").check()
    for pages, refused in (("99", True), ("trois", True), ("3, 7-9", False)):
        at.text_input(key="own-pages-Cr1.2").set_value(pages)
        assert bool(click(at, "own-add-Cr1.2").error) is refused
        assert bool(jury.on().own) is not refused
    assert "Coût *chiffré*. (p. 3, 7, 8, 9)" in said(at)
    assert jury.office.text(jury.anne, jury.space, "Cr1.2/own-draft").value == ""
    click(at, next(str(one.key) for one in at.button if str(one.key).startswith("phrase-")))
    assert jury.office.text(jury.anne, jury.space, "Cr1.2/own-draft").value == "Coût *chiffré*."


def test_a_sentence_or_a_page_is_chosen_as_a_passage(jury: Jury) -> None:
    at = jury.read()
    click(at, "pick-add-Cr1.2-2")
    at.multiselect(key="pick-Cr1.2-2").set_value([jury.items()[0].citations[0]]).run()
    click(at, "Ajouter ces phrases")
    page_alone, sentence = jury.on().evidence
    assert (page_alone.page, page_alone.quote, sentence.page) == (2, "", 2)
    assert f"p. 2 : « {sentence.quote} »" in said(at)


def test_points_are_empty_until_filled_within_the_printed_maximum_and_can_be_changed(jury: Jury) -> None:
    at, key = jury.read(), f"points-{jury.space}-Cr1.2"
    for points, kept in ((None, None), (2.5, None), (1.5, 1.5), (2.0, 2.0), (0.0, 0.0)):
        at.number_input(key=key).set_value(points).run()
        assert jury.on().decision.points == kept


def test_points_taken_back_leave_the_decision_empty(jury: Jury) -> None:
    at, key = jury.read(), f"points-{jury.space}-Cr1.2"
    for points in (1.5, 2.0, None):
        at.number_input(key=key).set_value(points).run()
    assert jury.on().decision.empty


def test_a_level_is_empty_until_chosen_and_can_be_changed_and_taken_back(jury: Jury) -> None:
    space, name = jury.candidate("1", jury.anne, referentiel=ACQUIS), next(load(ACQUIS).content.criteria()).id
    at, key = jury.read(space=space, criterion=name), f"level-{space}-{name}"
    assert at.segmented_control(key=key).value is None
    for level in ("acquis", "non_acquis", None):
        at.segmented_control(key=key).set_value(level).run()
        assert jury.on(space, name).decision.level == level


def test_without_a_scale_the_decision_is_in_the_juror_s_words(jury: Jury) -> None:
    space, criterion = jury.candidate("1", jury.anne, referentiel=FREE), next(load(FREE).content.criteria())
    at = jury.read(space=space, criterion=criterion.id)
    assert not [*at.number_input, *at.text_area]
    assert "Vide tant que vous ne l’avez pas renseignée" in said(at)
    jury.office.decide_in_words(jury.anne, space, criterion, "none", "Convaincant", 0)
    jury.people.lock(space, jury.anne)
    assert "Convaincant" in said(jury.read(space=space, criterion=criterion.id))


def test_outside_a_session_nobody_decides(settings: Settings) -> None:
    _clear()
    at = app(Desk(settings).review(PreReadRequest.of(SMALL, "d.pdf", load(POINTS))).key)
    assert "Mon travail" in said(at)
    assert "Ma décision" not in said(at)
    assert not at.number_input


def test_what_is_left_is_counted_before_locking(jury: Jury) -> None:
    at = jury.read()
    at.number_input[0].set_value(1.0)
    click(at, f"adopt-{jury.items()[0].id}")
    at = jury.read(view="Terminer et exporter")
    counted = ("Critères lus : 1 sur 9.", "Décisions renseignées : 1 sur 9.", "Éléments de l’IA non traités : 36.")
    assert all(one in said(at) for one in counted)
    assert next(one for one in at.button if one.label == "Verrouiller ma lecture").disabled
    at.checkbox(key=f"sure-{jury.space}").check().run()
    assert "Votre lecture est verrouillée" in click(at, "Verrouiller ma lecture").success[0].value


def test_a_locked_reading_is_shown_and_not_edited(jury: Jury) -> None:
    jury.office.choose(jury.anne, jury.space, "Cr1.2", jury.items()[0].id, Choice("adopted"))
    jury.write("note", "Deux frictions.")
    jury.people.lock(jury.space, jury.anne)
    at = jury.read()
    assert all(word in said(at) for word in ("Deux frictions.", "✔ Repris tel quel", "Non renseignée."))
    assert not {"Reprendre", "Modifier", "Écarter", "Annuler", "Retirer", "Ajouter"} & {one.label for one in at.button}
    assert not [*at.number_input, *at.text_area, *at.toggle, *at.checkbox]


def test_readings_are_harmonised_once_both_are_locked(jury: Jury) -> None:
    jury.write("note", "Note A")
    jury.write("note", "Note B", jury.bruno)
    jury.people.lock(jury.space, jury.anne)
    at = jury.read()
    assert "Harmoniser" not in at.segmented_control(key="view").options
    assert "Note B" not in said(at)
    jury.people.lock(jury.space, jury.bruno)
    at = jury.read(view="Harmoniser")
    assert all(word in said(at) for word in ("**Anne**", "**Bruno**", "Note A", "Note B"))
    shown = {one.label for one in at.expander}
    assert {"Cr1.2 – à arrêter · différences : notes", "Cr1.1 – à arrêter · aucune différence"} <= shown
    at.number_input(key=f"points-{jury.space}-Cr1.2-jury-0").set_value(1.5)
    assert "Proposé par Anne ; y consentent : Anne." in said(click(at, "propose-Cr1.2"))
    at = click(jury.read(jury.bruno, "Harmoniser"), "consent-Cr1.2")
    assert "y consentent : Anne, Bruno." in said(at)
    assert "1 critères arrêtés sur 9." in said(at)


def test_a_motivation_is_compared_letter_for_letter(jury: Jury) -> None:
    jury.write("motivation", "Voir *p. 4*")
    jury.people.lock(jury.space, jury.anne, jury.bruno)
    assert not any("Voir *p. 4*" in str(one.value) for one in jury.read(view="Harmoniser").markdown)
