"""« Mes sessions » and its candidates in every state, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.access.actor import OPERATOR, Actor
from assistant.application.context import Decision
from assistant.application.handing_in import UploadedFile
from assistant.settings import Settings
from tests.application.house import PDF, House, house, items
from tests.ui.test_app import clear, text_of


@pytest.fixture
def jury(settings: Settings) -> House:
    clear()
    return house(settings)


def page(actor: Actor | None = None, dossier: str = "") -> AppTest:
    def shown() -> None:
        import streamlit as st

        from assistant.ui.sessions import sessions_page

        st.html("<style></style>")
        sessions_page()

    at = AppTest.from_function(shown, default_timeout=60)
    given = {"qui": actor.person if actor else "", "dossier": dossier}
    at.query_params.update({name: value for name, value in given.items() if value})
    assert not at.run().exception
    return at


def click(at: AppTest, name: str) -> AppTest:
    """Clicks the first button of this label or key."""
    assert not next(one for one in at.button if name in {one.label, one.key}).click().run().exception
    return at


def numbers(at: AppTest) -> list[str]:
    return [one.value.strip("*").rpartition(" ")[2] for one in at.markdown if "Candidat" in one.value]


def test_somebody_unknown_is_asked_to_sign_in_and_a_juror_founds_a_session(jury: House) -> None:
    assert "Qui êtes-vous" in page().title[0].value
    at = page(jury.chloe)
    assert "Aucune session pour l’instant" in at.info[0].value
    at.text_input(key="new-title").set_value("Septembre")
    at.selectbox(key="new-referentiel").set_value("cycle-client-ia").run()
    assert "Septembre" in text_of(click(at, "Créer la session"))


def test_the_list_shows_one_s_own_progress_and_is_searched_and_filtered(jury: House) -> None:
    jury.jury("0417")
    second = jury.seat(jury.candidate("0418"), jury.anne)
    jury.write(jury.anne, second, "read", "C1", {"value": True})
    at = page(jury.anne)
    assert "1 critère lu par vous, sur 2, 6 éléments repérés par le programme à traiter." in text_of(at)
    assert "0 critère lu par vous, sur 2" in text_of(at)
    for wanted, only, seen in (
        ("0417", "Tous", "0417"), ("juin", "Tous", "0417 0418"), ("rien", "Tous", ""),
        ("", "À lire", "0417"), ("", "En cours", "0418"), ("", "Verrouillés", ""),
    ):  # fmt: skip
        at.text_input(key="search").set_value(wanted)
        at.segmented_control(key="only").set_value(only).run()
        assert numbers(at) == seen.split()


def test_candidates_stand_by_number_and_nothing_shows_merit(jury: House) -> None:
    for number, points in (("10", 2.0), ("8", 0.0), ("9", 1.0)):
        jury.decide(jury.anne, jury.seat(jury.candidate(number), jury.anne), Decision(points=points))
    at = page(jury.anne)
    assert numbers(at) == ["8", "9", "10"]
    assert not [*at.metric, *at.get("progress"), *at.dataframe]
    assert not any(f":{colour}" in text_of(at) for colour in ("red", "green", "orange", "blue"))


def test_a_link_is_asked_first_and_a_declared_trainer_is_refused_in_one_sentence(jury: House) -> None:
    review = jury.seat(jury.jury(), jury.chloe, link="", first=3)
    at = page(jury.chloe, review)
    assert "dites si vous avez un lien" in text_of(at)
    click(at, "J’ai formé ce candidat")
    assert [one.value.count(".") for one in at.error] == [1]
    assert "un autre juré doit lire son dossier" in text_of(at)


def test_the_list_does_not_ask_again_for_a_link_that_was_declared(jury: House) -> None:
    jury.seat(jury.jury(), jury.chloe, link="trainer", first=3)
    assert "déclarez d’abord" not in text_of(page(jury.chloe))


def test_a_dossier_of_others_is_refused_in_one_sentence_that_leads_back(jury: House) -> None:
    at = page(jury.chloe, jury.jury())
    assert [one.value.replace("\\", "") for one in at.error] == ["Ce dossier ne vous est pas attribué."]
    assert click(at, "Revenir à mes sessions").title[0].value == "Mes sessions"


def test_an_unknown_dossier_leads_back_to_the_list(jury: House) -> None:
    assert page(jury.anne, "nothing").title[0].value == "Mes sessions"


def test_a_juror_and_the_organiser_open_a_dossier(jury: House) -> None:
    review = jury.jury()
    for actor in (jury.anne, jury.organiser):
        at = page(actor, review)
        assert not at.error
        assert "Mes sessions" not in text_of(at)


def test_an_organiser_seats_jurors_and_says_what_the_jury_may_know(jury: House) -> None:
    review = jury.candidate("0417")
    at = page(jury.organiser)
    at.selectbox(key=f"seat-{review}-1").set_value(jury.anne.person).run()
    click(at, f"assign-{review}-1")
    assert "Premier juré : Anne (lien non déclaré)" in text_of(at)
    at.text_area(key=f"acc-{review}").set_value("Tiers temps")
    at.checkbox(key=f"acc-shown-{review}").check()
    click(at, f"acc-save-{review}")
    assert jury.view(review).accommodations == "Tiers temps"
    at.selectbox(key=f"seat-{review}-2").set_value(jury.trainer.person).run()
    assert "formé le candidat" in click(at, f"assign-{review}-2").error[0].value


def test_a_failed_file_can_be_replaced_or_its_dossier_withdrawn(jury: House) -> None:
    """Fault 2: nothing replaced or deleted a refused file."""
    review = jury.app.sessions.add_candidate(jury.organiser, jury.session, "0417", [UploadedFile("d.pdf", PDF)])
    with pytest.raises(Exception, match="PDF"):
        jury.app.jobs.run(jury.organiser, jury.view(review).preread or "", lambda *_: None)
    at = page(jury.organiser)
    assert "remplacez-le, ou retirez ce dossier" in text_of(at)
    assert at.button(key=f"replace-{review}").disabled
    at.checkbox(key=f"sure-withdraw-{review}").check().run()
    click(at, f"withdraw-{review}")
    assert "Aucun dossier dans cette session." in text_of(at)
    assert jury.candidate("0417")


def test_an_interrupted_pre_read_can_be_taken_up_from_the_dossier(jury: House) -> None:
    review = jury.seat(
        jury.app.sessions.add_candidate(jury.organiser, jury.session, "1", [UploadedFile("d.pdf", PDF)]), jury.anne
    )
    at = page(jury.anne, review)
    assert "n’est pas terminée" in at.info[0].value
    assert any(one.label == "Reprendre la lecture" for one in at.button)


def test_foreign_text_in_names_and_numbers_is_text(jury: House) -> None:
    """Fault 8: names of people, sessions, candidates and files were read as Markdown, pictures fetched and all."""
    foreign = "![x](http://127.0.0.1/x) **gras** <b>"
    juror = jury.app.people.join(OPERATOR, foreign, "juror")
    session = jury.founded(jury.organiser, foreign)
    review = jury.seat(jury.candidate(foreign[:40], session=session), juror)
    for actor in (jury.organiser, juror):
        at = page(actor)
        raw = [str(one.value) for one in (*at.markdown, *at.caption, *at.header, *at.info)]
        raw += [str(one.label) for one in (*at.button, *at.expander)]
        assert any("gras" in one for one in raw)
        assert not any("![x](" in one or "**gras**" in one or "<b>" in one for one in raw if "style" not in one), raw
    assert jury.view(review).number.startswith("![x]")


def test_items_are_counted_as_treated_whatever_was_done_with_them(jury: House) -> None:
    review = jury.jury()
    for item, verdict in zip(items("C1"), ("adopted", "edited", "rejected"), strict=True):
        jury.choose(jury.anne, review, item, verdict, "autrement" if verdict == "edited" else "")
    assert "3 éléments repérés par le programme à traiter" in text_of(page(jury.anne))
    jury.write(jury.anne, review, "drafts_ignored", "", {"value": True})
    assert "éléments repérés" not in text_of(page(jury.anne))
