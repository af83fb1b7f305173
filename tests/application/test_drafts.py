"""A candidate's drafts: advice without a grade, versions, a report, and who sees them."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from assistant.access.actor import OPERATOR, Actor
from assistant.application.advice import advice_on
from assistant.application.handing_in import UploadedFile
from assistant.errors import AccessDenied, InvalidInput, NotFound
from assistant.referentiel.model import Criterion, Requirement
from assistant.result import CriterionPart, RequirementPart, Search
from assistant.store.engine import reading
from assistant.store.prereads import PreReads
from tests.application.house import PDF, House


@pytest.fixture
def theo(made: House) -> Actor:
    return made.app.people.join(OPERATOR, "Théo", "trainer")


@pytest.fixture
def lea(made: House) -> Actor:
    return made.app.people.join(OPERATOR, "Léa", "candidate")


def draft_of(made: House, lea: Actor) -> str:
    return made.own(lea).removeprefix("own-")


def test_a_draft_says_where_it_speaks_of_a_criterion_and_never_how_well(made: House, lea: Actor) -> None:
    draft = made.app.candidates.draft(lea, draft_of(made, lea))
    assert (draft.version, draft.before, draft.changed, draft.owned) == (1, None, None, True)
    assert [(one.id, [(place.page, place.quote) for place in one.places]) for one in draft.criteria] == [
        ("C1", [(4, "Je relève deux frictions.")]), ("C2", [(4, "Je relève deux frictions.")]),
    ]  # fmt: skip
    assert (draft.pages, draft.pages_read) == (9, 9)


def part(state: str, nearest: tuple[str, ...] = ()) -> CriterionPart:
    search = Search(pages_read=9, pages_unread=(), nearest=nearest)
    requirement = RequirementPart.model_validate(
        {"id": "C1.r1", "text": "deux points", "state": state, "evidence": (), "search": search}
    )
    return CriterionPart(
        id="C1",
        assessed_by=("dossier",),
        requirements=(requirement,),
        evidence=(),
        observation=(),
        gaps=(),
        questions=(),
    )


def test_what_was_not_found_is_advice_and_a_question_in_full() -> None:
    asked = Requirement(id="C1.r1", text="deux points", label="deux points de friction", min_count=2, unit="points")
    (advice,) = advice_on(part("not_found"), Criterion(id="C1", text="Deux points.", requirements=(asked,))).advice
    assert advice.text == "«\u00a0deux points de friction\u00a0»\u00a0: pas repéré dans ce dossier, à vérifier."
    assert advice.question == "Le référentiel demande au moins 2 points\u00a0: à quelles pages les lit-on\u00a0?"


def test_a_point_not_looked_for_everywhere_is_not_called_unfound() -> None:
    asked = Requirement(id="C1.r1", text="un schéma", kinds=("figure",))
    (advice,) = advice_on(part("unread"), Criterion(id="C1", text="Un schéma.", requirements=(asked,))).advice
    assert "n’a pas été cherché partout" in advice.text
    assert advice.question.startswith("Quel schéma ou quelle image")


def test_the_next_version_takes_the_place_of_all_files_and_knows_the_one_before(
    made: House, lea: Actor, theo: Actor
) -> None:
    first = draft_of(made, lea)
    files = [UploadedFile("v2.pdf", PDF + b"2"), UploadedFile("annexe.pdf", PDF + b"3", "annex")]
    second = made.app.candidates.new_version(lea, first, files)
    with reading(made.app.engine) as connection:
        record = PreReads(connection).get(second)
    assert record is not None
    assert record.supersedes == first
    with pytest.raises(NotFound):
        made.app.candidates.draft(lea, second)
    with pytest.raises(AccessDenied):
        made.app.candidates.new_version(theo, first, files)


def test_a_report_comes_as_word_and_pdf_and_says_that_no_jury_sees_it(made: House, lea: Actor) -> None:
    preread = draft_of(made, lea)
    word = made.app.candidates.report(lea, preread, "docx")
    text = ZipFile(BytesIO(word.data)).read("word/document.xml").decode()
    assert "Je relève deux frictions." in text
    assert "aucun jury ne le voit" in text
    assert made.app.candidates.report(lea, preread, "pdf").data.startswith(b"%PDF")


def test_nobody_sees_a_draft_before_it_is_shared_nor_after(made: House, lea: Actor, theo: Actor) -> None:
    preread, app = draft_of(made, lea), made.app
    everyone = (theo, made.anne, made.organiser, made.administrator)
    for other in everyone:
        with pytest.raises(AccessDenied):
            app.candidates.draft(other, preread)
    app.candidates.share(lea, preread, theo.person)
    shown = app.candidates.draft(theo, preread)
    assert (shown.owned, shown.shown_to) == (False, ("Théo",))
    for other in everyone[1:]:
        with pytest.raises(AccessDenied):
            app.candidates.draft(other, preread)
    app.candidates.unshare(lea, preread, theo.person)
    with pytest.raises(AccessDenied):
        app.prereads.page_png(theo, preread, 1, 1.0)


def test_a_draft_is_shared_by_its_owner_with_a_trainer_and_nobody_else(made: House, lea: Actor, theo: Actor) -> None:
    preread = draft_of(made, lea)
    with pytest.raises(InvalidInput, match="formateur"):
        made.app.candidates.share(lea, preread, made.anne.person)
    with pytest.raises(AccessDenied):
        made.app.candidates.share(theo, preread, theo.person)
    assert [one.name for one in made.app.candidates.trainers(lea)] == ["Théo"]


def test_what_was_handed_in_to_a_session_is_no_draft(made: House, theo: Actor) -> None:
    preread = made.view(made.candidate()).preread or ""
    with pytest.raises(NotFound, match="session"):
        made.app.candidates.share(made.organiser, preread, theo.person)
