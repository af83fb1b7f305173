"""« Organisation », without a browser: an incomplete file, what waits for it, and what is erased for good."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from assistant.access.actor import Actor
from assistant.application import jobs as jobs_module
from assistant.application.batch_progress import ToLookAt
from assistant.application.batches import GivenDossier, HandedIn
from assistant.application.context import Decision
from assistant.application.handing_in import UploadedFile
from assistant.application.left_out import LeftOut
from assistant.application.previewing import Corrections, Previews, SentSentence
from assistant.application.roster import Line
from assistant.referentiel.catalogue import loaded_from
from assistant.settings import Settings
from assistant.ui.organiser.batch import on_give
from assistant.ui.organiser.page import rows_now
from assistant.ui.state import application
from tests.application.house import PDF, SOURCE, House, house
from tests.application.test_jobs import Pipeline
from tests.ui.test_app import clear, text_of


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(Settings(data_dir=tmp_path_factory.mktemp("organiser")))


@pytest.fixture
def made(installation: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A session of its own in one installation."""
    monkeypatch.setenv("PRELECTURE_DATA_DIR", str(installation.app.settings.data_dir))
    clear()
    installation.session = installation.founded(installation.organiser)
    return installation


def page(made: House, actor: Actor) -> AppTest:
    def organiser() -> None:
        from assistant.ui.organiser.page import organiser_page

        organiser_page()

    def juror() -> None:
        from assistant.ui.sessions import sessions_page

        sessions_page()

    at = AppTest.from_function(organiser if actor.role == "organiser" else juror, default_timeout=60)
    at.query_params.update({"qui": actor.person, "session": made.session})
    assert not at.run().exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    assert not at.button(key=key).click().run().exception
    return at


def candidates(at: AppTest) -> Any:
    """The table of candidates, whichever others are drawn."""
    print([list(one.value.columns) for one in at.dataframe], [one.value for one in at.info])
    return next(one.value for one in at.dataframe if "Dossier" in one.value.columns)


def test_an_incomplete_file_says_what_is_missing_to_the_jury_and_is_read_once_complete(made: House) -> None:
    review = made.seat(made.candidate("0417", trained=False), made.anne)
    at = page(made, made.organiser)
    at.radio(key=f"complete-{review}").set_value("incomplete")
    at.text_input(key=f"complete-note-{review}-").set_value("L’annexe 2 manque")
    assert "Candidat n° 0417 : dossier incomplet." in text_of(click(at, f"save-complete-{review}"))
    assert candidates(at)["Dossier"][0] == "incomplet\u00a0: L’annexe 2 manque"
    assert candidates(at)["Prélecture"][0] == "faite, fermée au jury"
    listed = page(made, made.anne)
    assert "Dossier incomplet : L’annexe 2 manque. Sa lecture attend." in text_of(listed)
    assert listed.button(key=f"read-{review}").disabled
    seen = page(made, made.anne)
    seen.query_params["dossier"] = review
    assert "sa lecture attend que l’organisateur le dise complet" in text_of(seen.run())
    assert "Ce qui manque : L’annexe 2 manque" in text_of(seen)
    at.radio(key=f"complete-{review}").set_value("complete")
    assert "dossier complet." in text_of(click(at, f"save-complete-{review}"))
    listed = page(made, made.anne)
    assert "Dossier incomplet" not in text_of(listed)
    assert not listed.button(key=f"read-{review}").disabled


def test_dates_that_were_set_stay_when_the_title_changes_and_a_candidate_is_corrected(made: House) -> None:
    review = made.candidate("0418", trained=False)
    day = date(2027, 1, 15)
    made.app.organising.change(
        made.organiser, made.session, title="Janvier", held=day, jury_by=day, notify_by=day + timedelta(days=15)
    )
    at = page(made, made.organiser)
    at.text_input(key=f"title-{made.session}").set_value("Session de janvier")
    at.button(key=f"FormSubmitter:change-{made.session}-Enregistrer").click().run()
    assert "L’intitulé et les dates de la session sont enregistrés." in text_of(at)
    state = made.app.organising.state(made.organiser, made.session)
    assert (state.title, state.jury_by, state.notify_by) == ("Session de janvier", day, day + timedelta(days=15))
    at.text_input(key=f"name-{review}").set_value("Léa Martin")
    at.text_input(key=f"email-{review}").set_value("léa@exemple.fr")
    at.button(key=f"FormSubmitter:named-{review}-Enregistrer la fiche").click().run()
    assert "pas une adresse de courriel" in text_of(at)
    assert made.view(review).name == "Léa Martin"


def test_an_archived_session_is_out_of_the_list_until_it_is_asked_for(made: House) -> None:
    made.seat(made.candidate("0777", trained=False), made.anne)
    made.app.organising.change(
        made.organiser, made.session, title="Session rangée", held=None, jury_by=None, notify_by=None
    )
    made.app.organising.archive(made.organiser, made.session, archived=True)
    at = page(made, made.anne)
    assert "Session rangée" not in text_of(at)
    at.toggle(key="with-archived").set_value(True).run()
    assert "Session rangée" in text_of(at)


def test_a_rule_that_was_misread_is_said_so_beside_the_list_of_independent_jurors(made: House) -> None:
    rule = "Un binôme de jurés dont un extérieur au centre."
    made.session = made.founded(
        made.organiser,
        referentiel=loaded_from(f"{SOURCE.format(version=9, more='')}jury_rules:\n  - {rule}\n", "essai.yaml"),
    )
    made.candidate("1")
    at = AppTest.from_function(_independent_jurors, args=(made.organiser, made.session, {made.anne.person: "Anne"}))
    assert not at.run().exception
    ((key, label),) = [(str(one.key), one.label) for one in at.checkbox]
    assert "Un binôme de jurés dont un extérieur" in label
    assert [one.key for one in at.multiselect] == [f"independent-{made.session}"]
    at.checkbox(key=key).check().run()
    assert made.app.sessions.independent(made.organiser, made.session)[0] == 0
    assert not at.multiselect


def test_each_act_on_a_candidate_is_confirmed_and_only_a_decision_can_be_revoked(made: House) -> None:
    review = made.lock(made.jury("1"), made.anne, made.bruno)
    made.propose(made.anne, review, Decision(points=1), "Le texte")
    at = page(made, made.organiser)
    assert [one.label for one in at.button].count("Enregistrer") == 1, "that of the session's settings, on its own tab"
    at.radio(key=f"presence-{review}").set_value("excused")
    assert "Candidat n° 1 : excusé, enregistré." in text_of(click(at, f"save-presence-{review}"))
    at.text_input(key=f"revoke-why-{review}").set_value("Pièce fausse").run()
    assert "la décision du jury est révoquée" in text_of(click(at, f"revoke-{review}"))
    assert "La session est archivée" in text_of(click(at, f"archive-{made.session}"))


def test_where_nobody_but_the_organiser_could_read_the_tab_says_so_and_computes_nothing(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.candidate("1")
    monkeypatch.setattr(type(made.app.people), "profiles", lambda *_: (made.organiser,))
    at = page(made, made.organiser)
    assert "Attribuer des dossiers demande" in text_of(at)
    assert not [one.key for one in at.button if str(one.key).startswith(("propose-", "revoke-"))], (
        "nor is any decision there"
    )


def test_an_absence_is_told_to_the_jury_as_no_failure(made: House) -> None:
    review = made.seat(made.candidate("0419", trained=False), made.anne)
    made.app.organising.say_presence(made.organiser, review, "excused", "")
    assert "Candidat excusé : le jury ne décide rien, et ce n’est pas un échec." in text_of(page(made, made.anne))


def test_a_candidate_and_a_session_are_erased_after_a_confirmation(made: House) -> None:
    first, second = (made.candidate(number) for number in ("1", "2"))
    at = page(made, made.organiser)
    assert at.button(key=f"erase-{first}").disabled
    at.checkbox(key=f"sure-erase-{first}").check().run()
    assert "Le candidat n° 1 est effacé : 1 dossier, 1 fichier." in text_of(click(at, f"erase-{first}"))
    assert list(candidates(at)["N°"]) == ["2"]
    assert at.button(key=f"erase-{made.session}").disabled
    at.checkbox(key=f"sure-erase-{made.session}").check().run()
    assert "1 candidat effacé : 1 dossier, 1 fichier." in text_of(click(at, f"erase-{made.session}"))
    assert "Aucun candidat" in text_of(at)
    assert second not in str([one.key for one in at.button])


def test_who_reads_a_dossier_is_offered_nothing_to_erase_on_it(made: House) -> None:
    session = made.founded(made.anne)
    review = made.candidate("1", trained=False, session=session, by=made.anne)
    made.app.organising.add_organiser(made.anne, session, made.bruno.person)
    made.app.sessions.assign(made.bruno, review, made.anne.person, 1)
    made.session = session
    at = AppTest.from_function(_organiser, default_timeout=60)
    at.query_params.update({"qui": made.anne.person, "session": session})
    at.run()
    assert "un autre organisateur s’en occupe" in text_of(at)
    at.checkbox(key=f"sure-erase-{session}").check().run()
    assert "un autre organisateur s’en occupe" in click(at, f"erase-{session}").error[0].value
    assert made.view(review).number == "1"


def _independent_jurors(actor: "Actor", session: str, jurors: dict[str, str]) -> None:
    from assistant.ui.organiser.assigning import independent_jurors
    from assistant.ui.state import application

    independent_jurors(actor, next(one for one in application().sessions.list(actor) if one.id == session), jurors)


def _organiser() -> None:
    from assistant.ui.organiser.page import organiser_page

    organiser_page()


def test_what_leaves_of_a_candidate_is_seen_and_corrected(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def left(_: Previews, __: Actor, ___: str, said: Corrections | None = None) -> tuple[SentSentence, ...]:
        """What the mask itself would say is another test's."""
        hidden = (("Tanguy", "[PERSONNE_1]"), *((word, "[MASQUÉ_1]") for word in (said.also if said else ())))
        text = "Mme Tanguy signe le devis du projet Hermine."
        for word, label in hidden:
            text = text.replace(word, label)
        return (SentSentence(1, text, hidden),)

    monkeypatch.setenv("PRELECTURE_MODEL", "stub")
    monkeypatch.setenv("PRELECTURE_MODEL_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setattr(Previews, "of_candidate", left)
    monkeypatch.setattr("assistant.application.jobs.Jobs.start", lambda *_: None)
    clear()
    review = made.candidate("0999", trained=False)
    at = page(made, made.organiser)
    assert not at.toggle(key=f"preview-{review}").set_value(True).run().exception
    assert "Mme [PERSONNE_1] signe le devis du projet Hermine." in table_of(at)
    assert not at.text_input(key=f"also-{review}").set_value("projet Hermine").run().exception
    assert "Mme [PERSONNE_1] signe le devis du [MASQUÉ_1]." in table_of(at)
    click(at, f"mask-again-{review}")
    kept = made.app.previews.kept(made.organiser, review)
    assert kept == Corrections(also=("projet Hermine",))
    assert "Ces corrections valent pour la prochaine lecture" in text_of(at)


def table_of(at: AppTest) -> list[str]:
    """The sentences as they leave."""
    return [str(text) for one in at.dataframe for text in one.value.get("Tel que cela part", ())]


def test_a_batch_is_followed_gone_on_with_and_asked_for_again(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handed in by a process that ended: nobody reads; the page says so, and starts it."""
    for number in ("1", "2"):
        made.app.sessions.add_candidate(made.organiser, made.session, number, [UploadedFile("d.pdf", PDF + b"x")])
    at = page(made, made.organiser)
    assert "0 sur 2, interrompu" in text_of(at)
    assert "À regarder (2)" in [one.label for one in click(at, f"stop-all-{made.session}").expander]
    assert "2 lectures arrêtées." in text_of(at)
    monkeypatch.setattr(jobs_module, "preread", Pipeline())
    assert "2 lectures relancées." in text_of(click(at, f"again-{made.session}"))


def test_the_table_s_rows_follow_the_readings_however_old_the_page_is(made: House) -> None:
    application, session = made.app, made.session
    ids = [
        application.sessions.add_candidate(made.organiser, session, n, [UploadedFile("d.pdf", PDF + n.encode())])
        for n in "12"
    ]
    drawn = next(one for one in application.sessions.list(made.organiser) if one.id == session)
    made.finish(made.view(ids[0]).preread or "")
    assert [row["Prélecture"] for row in rows_now(made.organiser, drawn)] == ["faite", "en attente"]


def test_a_file_left_out_stays_listed_until_somebody_says_whose_it_is(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [Line("007", "Léa Martin"), Line("008", "Paul Martin")]
    made.app.organising.enrol(made.organiser, made.session, lines)
    monkeypatch.setattr(jobs_module, "preread", Pipeline())
    at = page(made, made.organiser)
    files = [UploadedFile("Martin.pdf", PDF + b"left out")]
    left = LeftOut((ToLookAt("Martin.pdf", "Deux candidats portent ce nom."),))
    application().batches.keep_left_out(made.organiser, made.session, left)
    assert "Martin.pdf : Deux candidats portent ce nom." in text_of(at.run())
    at = page(made, made.organiser)
    assert "Martin.pdf : Deux candidats portent ce nom." in text_of(at), "the page may be loaded anew"
    at.session_state[f"many-held-{made.session}"] = tuple(files)
    at.selectbox(key=f"whose-{made.session}-Martin.pdf").set_value("008")
    assert "1 dossier remis." in text_of(click(at, f"give-{made.session}"))
    assert "Laissés de côté" not in text_of(at)
    first, second = next(one for one in made.app.sessions.list(made.organiser) if one.id == made.session).candidacies
    assert (first.preread is None, second.preread is None) == (True, False)


def test_a_file_dropped_again_is_given_once_and_what_was_given_leaves_the_memory(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[str, bytes]] = []

    def hand_in(actor: Actor, session: str, dossiers: list[GivenDossier], **_: object) -> HandedIn:
        given.extend((one.name, file.data) for one in dossiers for file in one.files())
        return HandedIn(len(dossiers), 0, ())

    monkeypatch.setattr(application().batches, "hand_in", hand_in)
    left = LeftOut(tuple(ToLookAt(name, "Personne ne porte ce nom.") for name in ("un.pdf", "deux.pdf")))
    application().batches.keep_left_out(made.organiser, made.session, left)
    held, box = f"many-held-{made.session}", io.BytesIO(PDF + b"again")
    box.name = "un.pdf"
    state: dict[str, Any] = {held: tuple(UploadedFile(name, PDF + b"before") for name in ("un.pdf", "deux.pdf"))}
    state |= {f"many-{made.session}-0": [box], f"whose-{made.session}-un.pdf": "008"}
    monkeypatch.setattr(streamlit, "session_state", state)
    on_give(made.organiser, made.session, ("008",))
    assert given == [("008", PDF + b"again")]
    assert [file.name for file in state[held]] == ["deux.pdf"]
    state[f"whose-{made.session}-deux.pdf"] = "008"
    on_give(made.organiser, made.session, ("008",))
    assert held not in state


def test_roles_are_given_and_withdrawn_with_a_word_beside_the_form_and_only_on_purpose(made: House) -> None:
    at = page(made, made.organiser)
    at.text_input(key="invite-email").set_value("faute@exemple.fr")
    invite = next(one for one in at.button if one.label == "Donner ce rôle à cette adresse")
    assert "Aucun courriel n’est envoyé" in invite.click().run().success[0].value
    at.selectbox(key="withdraw-email").set_value("faute@exemple.fr").run()
    assert "L’invitation de faute" in click(at, "withdraw").success[0].value
    trainer = made.trainer
    at.selectbox(key="grant-person").set_value(trainer.person).run()
    role = at.selectbox(key=f"grant-role-{trainer.person}-{trainer.role}")
    assert role.value == trainer.role
    assert at.button(key="grant").disabled
    role.set_value("").run()
    assert at.button(key="grant").disabled, "nothing is withdrawn by one click"
    at.checkbox(key=f"grant-sure-{trainer.person}").check().run()
    assert "n’a plus de rôle" in click(at, "grant").success[0].value
    made.app.people.grant(made.administrator, trainer.person, trainer.role)


def test_what_of_a_list_was_not_taken_stays_until_it_is_put_away(made: House) -> None:
    listed = "numéro;nom;courriel\n1;Luc;luc@x\n1;Léa;\n".encode()
    at = page(made, made.organiser)
    at.file_uploader(key=f"roster-{made.session}").set_value(("liste.csv", listed, "text/csv")).run()
    said = text_of(click(at, f"enrol-{made.session}"))
    assert "1 candidat inscrit" in said
    for _ in range(2):
        assert at.warning[0].value.endswith("2 points")
        assert "« luc@x » n’est pas une adresse de courriel." in text_of(at).replace("\u00a0", " ")
        at.run()
    assert not click(at, f"seen-{made.session}").warning


def test_a_juror_s_list_tells_candidates_by_their_number_and_what_is_theirs_to_do(made: House) -> None:
    named = made.app.sessions.add_candidate(
        made.organiser, made.session, "0503", [UploadedFile("Nadia Ferrand.pdf", PDF + b"0503")], name="Nadia Ferrand"
    )
    made.app.organising.enrol(made.organiser, made.session, [Line("0505", "Hugo Blin")])
    mine = next(one for one in made.app.sessions.list(made.organiser) if one.id == made.session).candidacies
    for one in mine:
        made.app.sessions.assign(made.organiser, one.id, made.anne.person, 1)
    said = text_of(page(made, made.anne))
    assert "Nadia" not in said
    assert "désignés par leur numéro" in said
    assert "Aucun fichier remis" in said.replace("\u00a0", " ")
    with pytest.raises(Exception, match="PDF"):
        made.app.jobs.run(made.organiser, made.view(named).preread or "", lambda *_: None)
    at = page(made, made.anne)
    assert "l’organisateur en remet un autre" in text_of(at)
    assert all(at.button(key=f"read-{one.id}").disabled for one in mine)
