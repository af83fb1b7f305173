"""The trainer's page from a new promotion on: what is not read yet, what failed, what is prepared and what is replaced."""

from typing import Any

import pytest
from sqlalchemy import update

from assistant.access.actor import OPERATOR, Actor
from assistant.application import same_dossier
from assistant.application.handing_in import UploadedFile
from assistant.application.same_dossier import hardly_any
from assistant.privacy import dossier_mask
from assistant.settings import Settings
from assistant.store.cohorts import Cohorts as Records
from assistant.store.engine import writing
from assistant.store.tables import PREREADS
from tests.application.house import PDF, House, dossier, essay, house
from tests.application.test_cohort_space import member, stands_for_the_essay
from tests.ui.test_app import clear
from tests.ui.test_spaces import click, page, said


@pytest.fixture
def made(settings: Settings) -> House:
    clear()
    return house(settings)


@pytest.fixture
def theo(made: House) -> Actor:
    return made.app.people.join(OPERATOR, "Théo", "trainer")


@pytest.fixture
def cohort(made: House, theo: Actor) -> str:
    with writing(made.app.engine) as connection:
        return Records(connection).add(theo.person, "Automne", essay().sha256, "cycle-client-ia", ("B0",)).id


def received(made: House, cohort: str, theo: Actor, number: int, **values: Any) -> str:
    preread = made.app.cohorts.add(theo, cohort, UploadedFile(f"recu-{number}.pdf", PDF + b"%d" % number))
    with writing(made.app.engine) as connection:
        connection.execute(update(PREREADS).where(PREREADS.c.id == preread).values(**values or {"status": "queued"}))
    return preread


def test_a_new_promotion_says_how_far_its_reading_is(made: House, cohort: str, theo: Actor) -> None:
    for number in (1, 2):
        received(made, cohort, theo, number)
    at = page("trainer", theo, promotion=cohort)
    assert "2 dossiers reçus, lecture en cours\u00a0: 0 sur 2" in said(at)
    assert "Aucun dossier n’est encore lu." in said(at)
    assert set(at.dataframe[0].value["1"]) == {"…"}


def test_only_what_was_read_is_counted_and_what_failed_is_told_apart(made: House, cohort: str, theo: Actor) -> None:
    for state in ("found", "not_found", "not_found"):
        member(made, cohort, state, theo)
    received(made, cohort, theo, 4)
    received(made, cohort, theo, 5, status="failed")
    at = page("trainer", theo, promotion=cohort)
    assert "5 dossiers reçus, lecture en cours\u00a0: 4 sur 5, non lus\u00a0: 1" in said(at)
    assert "1 dossier sur 3 lus en parle." in said(at)
    table = at.dataframe[0].value
    assert [table[name][0] for name in ("1", "2", "4", "5")] == ["●", "·", "…", "non lu"]
    assert "5 – recu-5.pdf – non lu" in said(at)
    click(at, "Relancer")
    assert made.app.cohorts.progress(theo, cohort).failed == 0


def test_columns_may_be_chosen_so_that_none_is_sorted_by(made: House, cohort: str, theo: Actor) -> None:
    """Streamlit's heads sort by no column where columns are chosen; their menu, which would, is hidden."""
    member(made, cohort, "found", theo)
    at = page("trainer", theo, promotion=cohort)
    proto = at.dataframe[0].proto
    assert proto.SelectionMode.SINGLE_COLUMN in proto.selection_mode
    assert proto.SelectionMode.SINGLE_CELL in proto.selection_mode
    assert any('"stDataFrameColumnMenu"] { display: none; }' in one.proto.body for one in at.get("html"))


def test_what_is_prepared_stays_beside_what_is_prepared_next_until_it_is_out_of_date(
    made: House, cohort: str, theo: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(dossier_mask.mask_of.__kwdefaults__ or {}, "recognise", lambda texts: [() for _ in texts])
    preread, _ = member(made, cohort, "found", theo)
    made.app.examples.choose(theo, cohort, preread, "C1", "p4s1")
    at = page("trainer", theo, promotion=cohort)
    assert "le masquage peut laisser passer un nom" in said(at)
    click(click(at, "make-sheet"), "make-workbook")
    assert {one.key for one in at.get("download_button")} == {"download-sheet", "download-workbook"}
    made.app.examples.choose(theo, cohort, preread, "C1", "p2s3")
    assert {one.key for one in at.run().get("download_button")} == {"download-workbook"}


def test_passages_stand_under_the_name_of_their_criterion(made: House, cohort: str, theo: Actor) -> None:
    member(made, cohort, "found", theo)
    at = page("trainer", theo, promotion=cohort)
    at.selectbox(key="criterion").set_value("C2").run()
    headers = [one.value for one in at.header if "Passages" in one.value]
    assert headers == ["Passages pour C2"]
    assert [str(one.key).split("-")[1] for one in at.button if str(one.key).startswith("keep-")] == ["C2"]


def test_a_file_with_hardly_a_sentence_in_common_is_asked_about(
    made: House, cohort: str, theo: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, own = member(made, cohort, "found", theo)
    same, other = dossier(), dossier()
    for sentence in other.sentences:
        object.__setattr__(sentence, "text", f"Rien de commun {sentence.id} ici")
    read = {b"same": same, b"other": other}
    monkeypatch.setattr(same_dossier, "reader_of", lambda _: lambda files, *_: read[files[0].data])
    monkeypatch.setattr(same_dossier, "unpacked", lambda files: files)
    asked = made.app.same_dossier.hardly
    assert asked(theo, cohort, 1, UploadedFile("b.pdf", b"other"))
    assert not asked(theo, cohort, 1, UploadedFile("b.pdf", b"same"))
    later = made.app.cohorts.new_version(theo, cohort, own, UploadedFile("mai.pdf", PDF + b"later"))
    made.finish(later)
    stands_for_the_essay(made, later)
    assert [row.title for row in made.app.cohorts.view(theo, cohort).rows] == ["mai.pdf"]


def test_a_file_without_sentences_is_told_by_its_reading_alone() -> None:
    assert not hardly_any(frozenset({"a b c"}), frozenset())
    assert hardly_any(frozenset({"a b c"}), frozenset({"d e f"}))
