"""What will leave is seen before the first run and corrected by whoever hands in; the run hides what was agreed."""

import pytest

from assistant.access.actor import LOCAL
from assistant.application.batches import GivenDossier
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.known_people import about_dossier
from assistant.application.roster import Line
from assistant.errors import AccessDenied
from assistant.privacy.known import Corrections
from assistant.settings import Settings
from assistant.store.engine import reading
from assistant.store.prereads import PreReads
from assistant.store.sessions import Sessions
from tests.application.house import House, house
from tests.dossier.pages import lines, pdf

FILES = (
    UploadedFile("d.pdf", pdf(lines(["Mme Tanguy signe le devis du projet Hermine.", "M. Kerjean relit le tout."]))),
)
CORRECTED = Corrections(also=("projet Hermine",), never=("Kerjean",))


@pytest.fixture
def app(settings: Settings) -> Application:
    return Application(
        settings.model_copy(update={"model": "stub", "model_base_url": "http://127.0.0.1:9/v1", "ocr": "off"})
    )


def test_every_sentence_is_shown_as_it_leaves_and_corrections_count(app: Application) -> None:
    said = app.previews.sent(LOCAL, FILES, "cycle-client-ia")
    assert [line.text for line in said] == [
        "Mme [PERSONNE_1] signe le devis du projet Hermine.", "M. [PERSONNE_2] relit le tout."
    ]  # fmt: skip
    assert said[0].hidden == (("Tanguy", "[PERSONNE_1]"),)
    mended = app.previews.sent(LOCAL, FILES, "cycle-client-ia", corrections=CORRECTED)
    assert [line.text for line in mended] == [
        "Mme [PERSONNE_1] signe le devis du [MASQUÉ_1].", "M. Kerjean relit le tout."
    ]  # fmt: skip


def test_nothing_is_shown_where_nothing_leaves(settings: Settings) -> None:
    assert Application(settings).previews.sent(LOCAL, FILES, "cycle-client-ia") == ()


def test_corrections_are_kept_with_the_dossier_and_used_by_its_runs(app: Application) -> None:
    first = app.prereads.add(LOCAL, FILES, "cycle-client-ia")
    mended = app.prereads.add(LOCAL, FILES, "cycle-client-ia", corrections=CORRECTED)
    assert mended != first
    assert mended == app.prereads.add(LOCAL, FILES, "cycle-client-ia", corrections=CORRECTED)
    with reading(app.engine) as connection:
        record = PreReads(connection).get(mended)
        assert record is not None
        assert about_dossier(connection, record.dossier).corrections == CORRECTED


def test_the_organiser_sees_what_leaves_of_a_candidate_and_corrects_it(settings: Settings) -> None:
    made: House = house(
        settings.model_copy(update={"model": "stub", "model_base_url": "http://127.0.0.1:9/v1", "ocr": "off"})
    )
    review = made.app.sessions.add_candidate(
        made.organiser, made.session, "0417", list(FILES), name="Léa Hermine", company="Vélovert"
    )
    first = made.view(review).preread
    said = made.app.previews.of_candidate(made.organiser, review)
    assert [line.text for line in said] == [
        "Mme [PERSONNE_2] signe le devis du projet [PERSONNE_1].", "M. [PERSONNE_3] relit le tout."
    ]  # fmt: skip
    with pytest.raises(AccessDenied):
        made.app.previews.of_candidate(made.anne, review)
    with pytest.raises(AccessDenied):
        made.app.sessions.mask_again(made.anne, review, CORRECTED)
    again, waited = made.app.sessions.mask_again(made.organiser, review, CORRECTED)
    assert (waited, made.view(review).preread) == (first, again)
    assert made.app.previews.kept(made.organiser, review) == CORRECTED
    assert "M. Kerjean relit le tout." in [line.text for line in made.app.previews.of_candidate(made.organiser, review)]


def test_corrections_are_taken_back_by_a_run_without_them(settings: Settings) -> None:
    made: House = house(settings)
    review = made.app.sessions.add_candidate(made.organiser, made.session, "0417", list(FILES), corrections=CORRECTED)
    assert made.app.previews.kept(made.organiser, review) == CORRECTED
    made.app.sessions.mask_again(made.organiser, review, Corrections())
    assert made.app.previews.kept(made.organiser, review) == Corrections()


def test_files_are_shown_as_they_will_leave_before_they_join_a_session(settings: Settings) -> None:
    made: House = house(
        settings.model_copy(update={"model": "stub", "model_base_url": "http://127.0.0.1:9/v1", "ocr": "off"})
    )
    said = made.app.previews.for_session(made.organiser, made.session, FILES)
    assert said[0].hidden == (("Tanguy", "[PERSONNE_1]"),)
    with pytest.raises(AccessDenied):
        made.app.previews.for_session(made.anne, made.session, FILES)


def test_candidate_company_and_trainer_of_a_session_are_known(settings: Settings) -> None:
    made: House = house(settings)
    review = made.app.sessions.add_candidate(
        made.organiser, made.session, "0417", list(FILES), name="Léa Tanguy", company="Vélovert",
        trainer=made.trainer.person,
    )  # fmt: skip
    with reading(made.app.engine) as connection:
        record = PreReads(connection).get(made.view(review).preread or "")
        assert record is not None
        known = about_dossier(connection, record.dossier).known
    assert set(known.people) == {"Léa Tanguy", made.trainer.name}
    assert known.companies == ("Vélovert",)


def test_of_a_title_only_what_may_be_a_name_is_known(app: Application) -> None:
    preread = app.prereads.add(LOCAL, FILES, "cycle-client-ia", candidate="Dossier menuiserie Tanguy")
    with reading(app.engine) as connection:
        record = PreReads(connection).get(preread)
        assert record is not None
        assert about_dossier(connection, record.dossier).known.people == ("Tanguy",)


def test_many_dossiers_are_seen_with_their_candidates_names_and_corrected_once(settings: Settings) -> None:
    made: House = house(
        settings.model_copy(update={"model": "stub", "model_base_url": "http://127.0.0.1:9/v1", "ocr": "off"})
    )
    made.app.organising.enrol(made.organiser, made.session, [Line("0417", "Léa Hermine", "Vélovert", "")])
    before = made.app.previews.for_session(made.organiser, made.session, FILES, number="0417")
    assert "Hermine" not in before[0].text
    assert "Hermine" in made.app.previews.for_session(made.organiser, made.session, FILES)[0].text
    dossiers = [GivenDossier("0417", lambda: FILES), GivenDossier("0418", lambda: FILES)]
    made.app.batches.pause(made.organiser, made.session, on=True)
    made.app.batches.hand_in(made.organiser, made.session, dossiers, corrections=CORRECTED)
    with reading(made.app.engine) as connection:
        given = [one.dossier for one in Sessions(connection).candidacies(made.session)]
        assert [about_dossier(connection, one).corrections for one in given] == [CORRECTED, CORRECTED]
