"""The page « Référentiels » : who may not write is told so; a draft is opened, put right and undone."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.access.actor import LOCAL, OPERATOR
from assistant.application.handing_in import UploadedFile
from assistant.ui.identity import LocalSignIn, in_space
from assistant.ui.state import application
from tests.application.house import PDF

PAGE = (
    "<h1>Titre Agent de comptoir</h1><table><tr><th>Compétences</th><th>Critères d’évaluation</th></tr>"
    "<tr><td>C1 - Servir le client</td><td><p>Le client est salué</p><p>Le café est chaud</p></td></tr></table>"
)


def _page() -> None:
    from assistant.ui.referentiels.page import referentiels_page

    referentiels_page()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("PRELECTURE_DATA_DIR", str(tmp_path))
    application.clear()
    return AppTest.from_function(_page, default_timeout=30)


def test_a_juror_reads_that_organisers_change_referentiels(page: AppTest) -> None:
    page.query_params["qui"] = application().people.join(OPERATOR, "Anne", "juror").person
    page.run()
    assert not page.exception
    assert "organisateurs" in page.info[0].value


def test_alone_on_their_machine_a_person_imports_publishes_and_hands_in_against_it(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Local mode, in whatever space they stand: bring your own référentiel."""
    monkeypatch.setattr("assistant.ui.identity.way", LocalSignIn)
    page.run()
    assert not page.exception
    assert "Importer" in [one.label for one in page.button]
    draft = application().referentiels.import_file(LOCAL, UploadedFile("titre.html", PAGE.encode()))
    page.query_params["brouillon"] = draft
    page.session_state["draft-part"] = "Publier"
    page.run()
    next(one for one in page.button if one.label == "Publier cette version").click().run()
    assert not page.exception
    assert not page.error
    (line,) = application().referentiels.published(in_space("trainer"))
    assert line.id in {one.id for one in application().referentiels.choosable(in_space("candidate"))}
    assert application().prereads.add(LOCAL, [UploadedFile("dossier.pdf", PDF)], line.id)


def test_a_criterion_is_corrected_and_the_change_undone(page: AppTest) -> None:
    who = application().people.join(OPERATOR, "Odile", "organiser")
    draft = application().referentiels.import_file(who, UploadedFile("titre.html", PAGE.encode()))
    page.query_params["qui"] = who.person
    page.query_params["brouillon"] = draft
    page.run()
    assert not page.exception
    area = next(one for one in page.text_area if one.label == "Texte, mot pour mot")
    area.set_value("Le client est accueilli").run()
    assert not page.exception
    criteria = application().referentiels.draft(who, draft).content["blocs"][0]["criteria"]
    assert criteria[0]["text"] == "Le client est accueilli"
    next(one for one in page.button if one.label == "Annuler").click().run()
    criteria = application().referentiels.draft(who, draft).content["blocs"][0]["criteria"]
    assert criteria[0]["text"] == "Le client est salué"
    for part in ("Structure et épreuves", "Règles", "Historique", "Publier"):
        page.segmented_control[0].set_value(part).run()
        assert not page.exception, part
        labels = [one.label for kind in (page.text_area, page.text_input, page.button, page.selectbox) for one in kind]
        assert not [label for label in labels if r"\\" in label], "escaped twice"


def test_undoing_shows_the_place_that_it_changed(page: AppTest) -> None:
    who = application().people.join(OPERATOR, "Odile", "organiser")
    draft = application().referentiels.import_file(who, UploadedFile("titre.html", PAGE.encode()))
    first, second = (one["id"] for one in application().referentiels.draft(who, draft).content["blocs"][0]["criteria"])
    page.query_params["qui"], page.query_params["brouillon"] = who.person, draft
    page.session_state["chosen-criterion"] = second
    page.run()
    next(one for one in page.text_area if one.label == "Texte, mot pour mot").set_value("Le café est brûlant").run()
    page.segmented_control[0].set_value("Règles").run()
    page.session_state["chosen-criterion"] = first
    next(one for one in page.button if one.label == "Annuler").click().run()
    assert not page.exception
    assert next(one for one in page.text_area if one.label == "Texte, mot pour mot").value == "Le café est chaud"


def test_doubts_left_are_said_where_one_publishes_instead_of_nothing_hinders(page: AppTest) -> None:
    who = application().people.join(OPERATOR, "Odile", "organiser")
    text = PAGE.replace("</table>", "</table><p>Une note que rien ne place.</p>")
    draft = application().referentiels.import_file(who, UploadedFile("titre.html", text.encode()))
    page.query_params["qui"], page.query_params["brouillon"] = who.person, draft
    page.session_state["draft-part"] = "Publier"
    page.run()
    assert not page.success
    assert any("vérifié" in one.value for one in page.warning)


def test_a_click_that_comes_before_the_edit_is_drawn_is_held_against_that_edit(page: AppTest) -> None:
    """Words typed and a button pressed at once: both are done, and nobody is told of an older version."""
    who = application().people.join(OPERATOR, "Odile", "organiser")
    draft = application().referentiels.import_file(who, UploadedFile("titre.html", PAGE.encode()))
    page.query_params["qui"] = who.person
    page.query_params["brouillon"] = draft
    page.run()
    next(one for one in page.text_area if one.label == "Texte, mot pour mot").set_value("Le client est accueilli")
    next(one for one in page.button if one.label == "Réunir au suivant").click().run()
    assert not page.exception
    assert not page.error
    criteria = application().referentiels.draft(who, draft).content["blocs"][0]["criteria"]
    assert [one["text"] for one in criteria] == ["Le client est accueilli Le café est chaud"]
    assert "est réuni" in page.info[0].value


def test_what_another_person_wrote_meanwhile_is_not_written_over_and_the_words_are_given_back(page: AppTest) -> None:
    who = application().people.join(OPERATOR, "Odile", "organiser")
    draft = application().referentiels.import_file(who, UploadedFile("titre.html", PAGE.encode()))
    page.query_params["qui"] = who.person
    page.query_params["brouillon"] = draft
    page.run()
    name = application().referentiels.draft(who, draft).content["blocs"][0]["criteria"][0]["id"]
    other = {"do": "correct", "kind": "criterion", "id": name, "field": "text", "value": "Le client est servi"}
    application().referentiels.act(who, draft, 1, other)
    area = next(one for one in page.text_area if one.label == "Texte, mot pour mot")
    area.set_value("Le client est accueilli").run()
    assert "Le client est accueilli" in page.error[0].value
    assert next(one for one in page.text_area if one.label == "Texte, mot pour mot").value == "Le client est servi"


def test_several_criteria_are_marked_in_one_step_and_words_without_a_place_are_counted(page: AppTest) -> None:
    who = application().people.join(OPERATOR, "Odile", "organiser")
    draft = application().referentiels.import_file(who, UploadedFile("titre.html", PAGE.encode()))
    names = [one["id"] for one in application().referentiels.draft(who, draft).content["blocs"][0]["criteria"]]
    view = application().referentiels.act(who, draft, 1, {"do": "assess", "ids": names, "by": ["oral"]})
    assert [one["assessed_by"] for one in view.content["blocs"][0]["criteria"]] == [["oral"], ["oral"]]
    page.query_params["qui"] = who.person
    page.query_params["brouillon"] = draft
    page.session_state["draft-part"] = "Marquer"
    page.run()
    assert not page.exception
    assert any("chaque mot est placé ou listé" in one.value for one in page.caption)


def test_doubts_are_marked_as_seen_one_by_one_and_the_list_stays_open(page: AppTest) -> None:
    who = application().people.join(OPERATOR, "Odile", "organiser")
    text = PAGE.replace("</table>", "</table><p>Une note que rien ne place.</p><p>Une autre note, sans place.</p>")
    draft = application().referentiels.import_file(who, UploadedFile("titre.html", text.encode()))
    page.query_params["qui"] = who.person
    page.query_params["brouillon"] = draft
    page.session_state["doubts-open"] = True
    page.run()
    begun = [one for one in page.button if one.label == "Vu"]
    begun[0].click().run()
    assert not page.exception
    assert len([one for one in page.button if one.label == "Vu"]) == len(begun) - 1
    assert sum(one.settled for one in application().referentiels.draft(who, draft).doubts) == 1
