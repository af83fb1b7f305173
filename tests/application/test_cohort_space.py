"""A trainer's cohorts: presence by dossier, in neutral order, of dossiers that may be seen."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from assistant.access.actor import OPERATOR, Actor
from assistant.application.coverages import coverages_of
from assistant.application.handing_in import UploadedFile
from assistant.errors import AccessDenied, InvalidInput, NotFound
from assistant.matching.coverage import Coverage, CoveragePart, PassageAt
from assistant.privacy import dossier_mask
from assistant.store.cohorts import Cohorts as Records
from assistant.store.cohorts import Coverages
from assistant.store.engine import writing
from assistant.store.prereads import PreReads
from assistant.store.sessions import Sessions
from assistant.store.tables import PREREADS
from tests.application.house import PDF, House, essay

LEVEL = {"found": -2.0, "partial": -2.85, "not_found": -3.6}


@pytest.fixture
def theo(made: House) -> Actor:
    return made.app.people.join(OPERATOR, "Théo", "trainer")


@pytest.fixture
def lea(made: House) -> Actor:
    return made.app.people.join(OPERATOR, "Léa", "candidate")


@pytest.fixture
def cohort(made: House, theo: Actor) -> str:
    loaded = essay()
    with writing(made.app.engine) as connection:
        return Records(connection).add(theo.person, "Automne", loaded.sha256, "cycle-client-ia", ("B0",)).id


def cover(made: House, preread: str, first: str, second: str = "found") -> str:
    """Says how near a dossier comes to C1 and C2; the id of its dossier."""

    def part(name: str, state: str) -> CoveragePart:
        found = "not_found" if state == "not_found" else "found"
        passages = (PassageAt(id="p4s1", page=4, text="Je relève deux frictions."),) if found == "found" else ()
        return CoveragePart.model_validate(
            {"id": name, "near": LEVEL[state], "requirements": {f"{name}.r1": LEVEL[state]},
             "states": {f"{name}.r1": found}, "passages": passages}
        )  # fmt: skip

    made_of = Coverage(drafter="extractive", sentences=59, criteria=(part("C1", first), part("C2", second)))
    with writing(made.app.engine) as connection:
        Coverages(connection).save(preread, made_of.model_dump_json())
        record = PreReads(connection).get(preread)
        assert record is not None
        return record.dossier


def member(made: House, cohort: str, first: str, owner: Actor) -> tuple[str, str]:
    preread = made.own(owner).removeprefix("own-")
    dossier = cover(made, preread, first)
    with writing(made.app.engine) as connection:
        Records(connection).join(cohort, dossier)
    return preread, dossier


def stands_for_the_essay(made: House, preread: str) -> None:
    with writing(made.app.engine) as connection:
        connection.execute(update(PREREADS).where(PREREADS.c.id == preread).values(referentiel_id="cycle-client-ia"))


def test_each_cell_says_whether_there_are_passages_and_no_row_adds_up(made: House, cohort: str, theo: Actor) -> None:
    for state in ("found", "found", "not_found", "not_found", "found", "found"):
        member(made, cohort, state, theo)
    view = made.app.cohorts.view(theo, cohort)
    assert [row.number for row in view.rows] == [1, 2, 3, 4, 5, 6]
    assert [row.states["C1"] for row in view.rows][2:4] == ["not_found", "not_found"]
    first = view.criteria[0]
    assert (first.with_all + first.with_part, first.without) == (4, 2)
    assert [one.id for one in view.to_take_up] == ["C1"]
    assert view.mode == "without"
    assert not {"total", "score", "rank", "share"} & set(view.rows[0].__dataclass_fields__)


def test_a_draft_is_in_a_cohort_only_while_it_is_shared(made: House, cohort: str, lea: Actor, theo: Actor) -> None:
    preread = made.own(lea).removeprefix("own-")
    dossier = cover(made, preread, "found")
    with pytest.raises(AccessDenied):
        made.app.cohorts.join(theo, cohort, dossier)
    made.app.candidates.share(lea, preread, theo.person)
    assert [one.dossier for one in made.app.cohorts.shared(theo, cohort)] == [dossier]
    made.app.cohorts.join(theo, cohort, dossier)
    (row,) = made.app.cohorts.view(theo, cohort).rows
    assert row.shared
    assert [one.page for one in made.app.cohorts.passages(theo, cohort, "C1")] == [4]
    made.app.candidates.unshare(lea, preread, theo.person)
    assert made.app.cohorts.view(theo, cohort).rows == ()
    assert made.app.cohorts.passages(theo, cohort, "C1") == ()


def test_a_dossier_handed_in_to_a_session_leaves_every_cohort(made: House, cohort: str, theo: Actor) -> None:
    _, dossier = member(made, cohort, "found", theo)
    with writing(made.app.engine) as connection:
        Sessions(connection).add_candidacy(made.session, "9", dossier=dossier)
    assert made.app.cohorts.view(theo, cohort).rows == ()


def test_a_cohort_is_its_trainer_s_alone(made: House, cohort: str, lea: Actor, theo: Actor) -> None:
    other = made.app.people.join(OPERATOR, "Tom", "trainer")
    for actor in (other, lea, made.anne, made.organiser, made.administrator):
        with pytest.raises(AccessDenied):
            made.app.cohorts.view(actor, cohort)
        with pytest.raises(AccessDenied):
            made.app.examples.workbook(actor, cohort)
    with pytest.raises(AccessDenied):
        made.app.cohorts.found(lea, "Automne", "cycle-client-ia")
    with pytest.raises(InvalidInput):
        made.app.cohorts.found(theo, " ", "cycle-client-ia")
    assert [one.title for one in made.app.cohorts.list(theo)] == ["Automne"]
    made.app.cohorts.close(theo, cohort)
    assert made.app.cohorts.list(theo) == ()


def test_versions_tell_how_many_first_ones_had_passages(made: House, cohort: str, theo: Actor) -> None:
    preread, _ = member(made, cohort, "not_found", theo)
    files = [UploadedFile("v2.pdf", PDF + b"2")]
    later = made.app.candidates.new_version(theo, preread, files)
    made.finish(later)
    stands_for_the_essay(made, later)
    cover(made, later, "found")
    view = made.app.cohorts.view(theo, cohort)
    assert [row.version for row in view.rows] == [2]
    assert (view.criteria[0].at_first, view.criteria[0].with_all + view.criteria[0].with_part) == (0, 1)


def test_a_trainer_hands_in_a_new_version_of_their_own_upload_and_sees_what_changed(
    made: House, cohort: str, lea: Actor, theo: Actor
) -> None:
    _, dossier = member(made, cohort, "not_found", theo)
    assert made.app.cohorts.evolution(theo, cohort, 1) is None
    later = made.app.cohorts.new_version(theo, cohort, dossier, UploadedFile("v2.pdf", PDF + b"later"))
    assert made.app.cohorts.evolution(theo, cohort, 1) is None, "it is not read yet"
    made.finish(later)
    stands_for_the_essay(made, later)
    cover(made, later, "found")
    changed = made.app.cohorts.evolution(theo, cohort, 1)
    assert changed is not None
    assert (changed.report.unchanged, [one.id for one in changed.report.criteria]) == (3, ["C1", "C2"])
    assert changed.passages == (), "nothing changed"
    shared, of_lea = member(made, cohort, "found", lea)
    made.app.candidates.share(lea, shared, theo.person)
    with pytest.raises(AccessDenied, match="lui seul"):
        made.app.cohorts.new_version(theo, cohort, of_lea, UploadedFile("v2.pdf", PDF + b"shared"))
    with pytest.raises(NotFound):
        made.app.cohorts.new_version(theo, cohort, "elsewhere", UploadedFile("v2.pdf", PDF))
    for other in (made.app.people.join(OPERATOR, "Tom", "trainer"), lea):
        with pytest.raises(AccessDenied):
            made.app.cohorts.new_version(other, cohort, dossier, UploadedFile("v3.pdf", PDF + b"other"))
        with pytest.raises(AccessDenied):
            made.app.cohorts.evolution(other, cohort, 1)


def test_examples_leave_masked_and_only_while_their_dossier_may_be_seen(
    made: House, cohort: str, lea: Actor, monkeypatch: pytest.MonkeyPatch, theo: Actor
) -> None:
    defaults = dossier_mask.mask_of.__kwdefaults__ or {}
    monkeypatch.setitem(defaults, "recognise", lambda texts: [() for _ in texts])
    preread, _ = member(made, cohort, "found", lea)
    made.app.candidates.share(lea, preread, theo.person)
    with pytest.raises(InvalidInput, match="exemples"):
        made.app.examples.sheet(theo, cohort)
    made.app.examples.choose(theo, cohort, preread, "C1", "p4s1")
    (chosen,) = made.app.examples.chosen(theo, cohort)
    assert (chosen.number, chosen.page, chosen.text) == (1, 4, "Je relève deux frictions.")
    sheet = ZipFile(BytesIO(made.app.examples.sheet(theo, cohort).data)).read("word/document.xml").decode()
    assert "Je relève deux frictions." in sheet
    made.app.candidates.unshare(lea, preread, theo.person)
    assert made.app.examples.chosen(theo, cohort) == ()


def test_the_workbook_has_a_row_per_dossier_and_no_column_that_adds_up(made: House, cohort: str, theo: Actor) -> None:
    for state in ("found", "not_found"):
        member(made, cohort, state, theo)
    book = load_workbook(BytesIO(made.app.examples.workbook(theo, cohort).data))
    sheet = book["Présence"]
    assert [cell.value for cell in sheet[1]] == ["Dossier", "C1", "C2"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [1, 2]


def test_a_result_without_coverage_is_searched_again_once(made: House, theo: Actor) -> None:
    preread = made.own(theo).removeprefix("own-")
    with writing(made.app.engine) as connection:
        record = PreReads(connection).get(preread)
    assert record is not None
    installation = made.app.cohorts._installation
    found = coverages_of(installation, [record])[preread]
    assert [part.states for part in found.criteria] == [{"C1.r1": "found"}, {"C2.r1": "found"}]
    with writing(made.app.engine) as connection:
        assert preread in Coverages(connection).many([preread])
