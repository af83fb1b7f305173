"""A référentiel of the installation's own: imported, put right, published, used; nobody's change is lost."""

import io

import openpyxl
import pytest

from assistant.access.actor import Actor
from assistant.application.handing_in import UploadedFile
from assistant.application.own_grids import OwnGrids
from assistant.errors import AccessDenied, EditConflict, InvalidInput, NotFound, ReferentielError, StoreError
from assistant.ui.desk.door import ApplicationDoor
from tests.application.house import House

PAGE = (
    "<h1>Titre Agent de comptoir</h1><table><tr><th>Compétences</th><th>Critères d’évaluation</th></tr>"
    "<tr><td>C1 - Servir le client</td><td><p>Le client est salué</p><p>Le café est chaud</p></td></tr></table>"
)
FILE = UploadedFile("titre.html", PAGE.encode())


@pytest.fixture
def draft(made: House) -> str:
    return made.app.referentiels.import_file(made.organiser, FILE)


def test_an_import_is_a_draft_with_requirements_and_its_source(made: House, draft: str) -> None:
    view = made.app.referentiels.draft(made.organiser, draft)
    (bloc,) = view.content["blocs"]
    assert [one["text"] for one in bloc["criteria"]] == ["Le client est salué", "Le café est chaud"]
    assert all(one["requirements"] for one in bloc["criteria"])
    assert made.app.referentiels.source(made.organiser, draft) == ("titre.html", PAGE.encode())
    shown = made.app.source_pages.page(made.organiser, draft, 1)
    assert "Le café est chaud" in shown.lines


def test_changes_are_undone_one_after_the_other_and_stay_in_the_history(made: House, draft: str) -> None:
    use, who = made.app.referentiels, made.organiser
    begun = use.draft(who, draft).content
    name = begun["blocs"][0]["criteria"][0]["id"]
    for text in ("Premier", "Deuxième"):
        base = use.draft(who, draft).version
        use.act(who, draft, base, {"do": "correct", "kind": "criterion", "id": name, "field": "text", "value": text})
    once = use.undo(who, draft, 3)
    assert once.content["blocs"][0]["criteria"][0]["text"] == "Premier"
    twice = use.undo(who, draft, 4)
    assert (twice.content, twice.can_undo) == (begun, False)
    with pytest.raises(InvalidInput):
        use.undo(who, draft, 5)
    assert [one.version for one in use.history(who, draft)] == [5, 4, 3, 2, 1]
    assert [one.field for one in use.compare(who, draft, 1, 3) if one.kind == "criterion"] == ["text"]
    assert use.restore(who, draft, 5, 3).content["blocs"][0]["criteria"][0]["text"] == "Deuxième"


def test_two_people_cannot_write_over_each_other(made: House, draft: str) -> None:
    use = made.app.referentiels
    use.act(made.organiser, draft, 1, {"do": "add", "kind": "bloc", "text": "Bloc"})
    with pytest.raises(EditConflict):
        use.act(made.organiser, draft, 1, {"do": "add", "kind": "bloc", "text": "Autre"})


def test_what_is_published_is_frozen_offered_and_taken_by_a_session(made: House, draft: str) -> None:
    use, who = made.app.referentiels, made.organiser
    line = use.publish(who, draft, 1, "1")
    assert line.id in {one.id for one in use.choosable(made.anne)}
    session = made.app.sessions.found(who, "Juin", None, line.id, (), blind_first=False)
    with pytest.raises(StoreError):
        use.publish(who, draft, 1, "1")
    view = use.act(who, draft, 1, {"do": "correct", "field": "title", "value": "Titre Agent de salle"})
    use.publish(who, draft, view.version, "2")
    titles = {one.id: one.referentiel for one in made.app.sessions.list(who)}
    assert titles[session] == "Titre Agent de comptoir"
    assert next(one for one in use.choosable(who) if one.id == line.id).title == "Titre Agent de salle"
    for version in ("2", "1"):
        use.withdraw(who, line.id, version)
    assert line.id not in {one.id for one in use.choosable(who)}


def test_a_bundled_id_cannot_be_taken(made: House) -> None:
    use, who = made.app.referentiels, made.organiser
    copied = use.begin_from(who, "cycle-client-ia")
    with pytest.raises(ReferentielError, match="fourni"):
        use.publish(who, copied, 1, "2")
    named = use.name(who, copied, 1, "mon-cycle-client")
    assert use.publish(who, copied, named.version, "1").id == "mon-cycle-client"


def test_clues_are_proposed_where_there_are_none(made: House, draft: str) -> None:
    view = made.app.referentiels.propose_clues(made.organiser, draft, 1)
    welcome, coffee = view.content["blocs"][0]["criteria"]
    proposed = made.app.referentiels.proposed_clues(made.organiser, welcome)
    assert set(proposed) == {one["id"] for one in welcome["requirements"]}
    assert any(proposed.values())
    assert not any(made.app.referentiels.proposed_clues(made.organiser, coffee).values())


def test_doubts_are_worked_off_one_by_one_and_the_draft_keeps_its_version(made: House) -> None:
    use, who = made.app.referentiels, made.organiser
    page = PAGE.replace("</table>", "</table><p>Une note que rien ne place dans le référentiel.</p>")
    draft = use.import_file(who, UploadedFile("titre.html", page.encode()))
    before = use.draft(who, draft)
    assert before.doubts
    assert not any(one.settled for one in before.doubts)
    use.settle(who, draft, (0,))
    after = use.draft(who, draft)
    assert ([one.settled for one in after.doubts].index(True), after.version) == (0, before.version)
    use.settle(who, draft, (0,), settled=False)
    assert use.draft(who, draft) == before
    with pytest.raises(NotFound):
        use.settle(who, draft, (len(before.doubts),))


def test_a_draft_goes_out_to_a_workbook_and_back(made: House, draft: str) -> None:
    use, who = made.app.referentiels, made.organiser
    before = use.draft(who, draft).content
    after = use.read_workbook(who, draft, 1, use.workbook(who, draft))
    assert (after.version, after.content) == (2, before)


def test_jurors_and_candidates_author_nothing(made: House, draft: str) -> None:
    for role in ("juror", "candidate", "trainer"):
        other = Actor("x", role, "X")
        with pytest.raises(AccessDenied):
            made.app.referentiels.draft(other, draft)
        with pytest.raises(AccessDenied):
            made.app.referentiels.import_file(other, FILE)


def test_a_discarded_draft_is_found_no_more(made: House, draft: str) -> None:
    made.app.referentiels.discard(made.organiser, draft)
    assert made.app.referentiels.drafts(made.organiser) == ()
    with pytest.raises(NotFound):
        made.app.referentiels.draft(made.organiser, draft)


def test_a_certifiers_grid_is_kept_with_the_referentiel_and_filled_from_a_review(made: House, review: str) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in (("Critère", "Motivation"), ("Le candidat relève des points de friction.", None)):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    use: OwnGrids = made.app.own_grids
    file = UploadedFile("officielle.xlsx", out.getvalue())
    from assistant.application.own_grids import propose
    from tests.application.house import essay

    kept = use.keep(made.organiser, "essai", file, propose(file.data, file.name, essay().content).map)
    assert [one.name for one in use.of(made.anne, "essai")] == ["officielle.xlsx"]
    made.write(made.anne, review, "motivation", "C1", {"text": "Deux frictions."})
    filled = use.fill(made.anne, review, "individual", kept)
    assert openpyxl.load_workbook(io.BytesIO(filled.file.data)).active["B2"].value == "Deux frictions."  # type: ignore[index]
    # Nothing of a criterion is left out; who the candidate is has no cell in this grid, and that is said.
    assert not [one for one in filled.skipped if one.criterion]
    door = ApplicationDoor(lambda: made.app)
    (offered,) = [one for one in door.view(made.anne, review)["exports"] if one["what"] == f"own-{kept}"]
    assert offered["endings"] == ["xlsx", "txt"]
    taken = door.file(made.anne, review, offered["what"], "xlsx")
    assert openpyxl.load_workbook(io.BytesIO(taken.data)).active["B2"].value == "Deux frictions."  # type: ignore[index]
    assert door.file(made.anne, review, offered["what"], "txt").data.decode().startswith("Grille remplie en partie")


def test_a_workbook_with_another_text_is_read_back_ready_to_be_published(made: House, draft: str) -> None:
    """Requirements that the import made follow, be the workbook older than the draft or not."""
    use, who = made.app.referentiels, made.organiser
    book = openpyxl.load_workbook(io.BytesIO(use.workbook(who, draft)))
    for text in ("Le client est accueilli", "Le client est reçu"):
        book["Critères"]["F2"].value = text
        out = io.BytesIO()
        book.save(out)
        view = use.read_workbook(who, draft, use.draft(who, draft).version, out.getvalue())
        criterion = view.content["blocs"][0]["criteria"][0]
        assert (criterion["text"], criterion["requirements"][0]["text"]) == (text, text)
        assert criterion["id"] in view.said
        assert use.hindrances(who, draft) == ()
