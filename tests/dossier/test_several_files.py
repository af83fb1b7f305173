"""Several files are one dossier: in order, numbered through, each named, and what cannot be read leaves the others."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from assistant.components import reader_of
from assistant.dossier.files.intake import MOST_FILES, unpacked
from assistant.dossier.files.reading import DossierReader
from assistant.dossier.model import Dossier, InputFile
from assistant.dossier.report import report_of
from assistant.errors import UnreadableDossier
from assistant.progress import silent
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf

MAIN = ["Le comptoir ouvre à huit heures et les premiers artisans attendent déjà."]
MORE = ["La deuxième page raconte les relances faites au printemps."]
ANNEX = ["Le client a signé le devis le 12 mars 2025."]
TWO_PAGES = InputFile("dossier.pdf", pdf(lines(MAIN), lines(MORE)))
ONE_PAGE = InputFile("devis.pdf", pdf(lines(ANNEX)), "annex")
BROKEN = InputFile("plan.pdf", b"%PDF-1.7 rien", "annex")


@pytest.fixture
def reader(settings: Settings) -> DossierReader:
    return reader_of(settings.model_copy(update={"ocr": "off"}))


def read(reader: DossierReader, *files: InputFile) -> Dossier:
    return reader(files, (), silent)


def archive(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(name, data)
    return file.getvalue()


def workbook(rows: Sequence[Sequence[object]], hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Suivi"
    for row in rows:
        sheet.append(list(row))
    if hidden:
        book.create_sheet(hidden).sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_pages_are_numbered_through_and_named_by_their_file(reader: DossierReader) -> None:
    dossier = read(reader, TWO_PAGES, ONE_PAGE, InputFile("photos.pdf", pdf(lines(MORE)), "annex"))
    assert [page.number for page in dossier.pages] == [1, 2, 3, 4]
    assert [(page.file, page.number_in_file) for page in dossier.pages] == [(0, 1), (0, 2), (1, 1), (2, 1)]
    assert [entry.page for entry in dossier.ledger] == [1, 2, 3, 4]
    assert [(s.id, s.page, s.text) for s in dossier.sentences][2] == ("p3s1", 3, ANNEX[0])
    assert dossier.place(2) == "dossier, p.\u00a02"
    assert dossier.place(4) == "annexe\u00a02, p.\u00a01"
    ids = {sentence.id for sentence in dossier.sentences}
    assert {sid for passage in dossier.passages for sid in passage.sentence_ids} <= ids


def test_a_dossier_of_one_file_has_plain_pages(reader: DossierReader) -> None:
    assert read(reader, TWO_PAGES).place(2) == "p.\u00a02"


def test_a_file_that_cannot_be_read_is_named_and_leaves_the_others(reader: DossierReader) -> None:
    dossier = read(reader, TWO_PAGES, BROKEN, ONE_PAGE)
    assert [(file.name, file.pages) for file in dossier.files] == [
        ("dossier.pdf", 2),
        ("plan.pdf", 0),
        ("devis.pdf", 1),
    ]
    (notice,) = [notice for notice in dossier.notices if notice.kind == "unread_file"]
    assert "plan.pdf" in notice.detail
    assert dossier.sentences[-1].id == "p3s1"


def test_a_dossier_of_which_nothing_can_be_read_is_refused_with_every_name(reader: DossierReader) -> None:
    with pytest.raises(UnreadableDossier) as caught:
        read(reader, BROKEN, InputFile("vide.pdf", b"", "annex"))
    assert "plan.pdf" in caught.value.message
    assert "vide.pdf" in caught.value.message


def test_what_did_not_change_is_not_read_again(reader: DossierReader, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(reader, TWO_PAGES, ONE_PAGE)
    monkeypatch.setattr("subprocess.Popen", None)
    turned = read(reader, ONE_PAGE, TWO_PAGES)
    assert [s.text for s in turned.sentences] == ANNEX + MAIN + MORE
    assert read(reader, TWO_PAGES, ONE_PAGE) == first
    assert [file.kind for file in turned.files] == ["annex", "main"]


def test_a_zip_becomes_what_it_holds(reader: DossierReader) -> None:
    data = archive(
        ("mon dossier/annexe 10.pdf", ONE_PAGE.data), ("mon dossier/annexe 2.pdf", ONE_PAGE.data),
        ("dossier.pdf", TWO_PAGES.data), ("__MACOSX/._dossier.pdf", b"x"), ("mon dossier/.DS_Store", b"x"),
    )  # fmt: skip
    dossier = read(reader, InputFile("tout.zip", data))
    assert [(f.name, f.kind, f.pages) for f in dossier.files] == [
        ("dossier.pdf", "main", 2), ("annexe 2.pdf", "annex", 1), ("annexe 10.pdf", "annex", 1),
    ]  # fmt: skip


def test_parts_of_a_zip_that_reach_outside_swell_or_nest_are_left_out_and_named() -> None:
    inner = archive(("a.pdf", ONE_PAGE.data))
    data = archive(
        ("../../etc/cron.pdf", ONE_PAGE.data), ("/absolu.pdf", ONE_PAGE.data), ("C:\\windows.pdf", ONE_PAGE.data),
        ("bombe.txt", b" " * (60 * 2**20)), ("un.zip", archive(("deux.zip", inner))), ("bon.pdf", ONE_PAGE.data),
    )  # fmt: skip
    files = unpacked([InputFile("tout.zip", data)])
    assert [(file.name, file.failure is None) for file in files if file.failure is None] == [("bon.pdf", True)]
    assert {file.name for file in files if file.failure} == {
        "cron.pdf", "absolu.pdf", "windows.pdf", "bombe.txt", "deux.zip",
    }  # fmt: skip


def test_a_damaged_or_protected_archive_is_named() -> None:
    whole = archive(("a.pdf", ONE_PAGE.data * 50))
    (damaged,) = unpacked([InputFile("tout.zip", whole[: len(whole) // 2])])
    assert "tout.zip" in (damaged.failure or "")


def test_more_files_than_a_dossier_holds_are_refused() -> None:
    many = archive(*((f"{number}.txt", b"Bonjour.") for number in range(MOST_FILES + 1)))
    with pytest.raises(UnreadableDossier, match=str(MOST_FILES)):
        unpacked([InputFile("tout.zip", many)])
    with pytest.raises(UnreadableDossier, match=str(MOST_FILES)):
        unpacked([InputFile(f"{number}.txt", b"Bonjour.") for number in range(MOST_FILES + 1)])


def test_files_of_one_name_are_told_apart() -> None:
    files = unpacked([TWO_PAGES, TWO_PAGES, InputFile("dossier (2).pdf", b"%PDF-")])
    assert len({file.name for file in files}) == 3


ROWS: list[list[object]] = [
    ["Mois", "Appels", "Durée", "Part", "Suite"],
    ["janv. 2025", 58, 4.5, 0.4, "4 prestas sur 14"],
    ["févr. 2025", None, 3.25, 0.125, "#let x = *gras*"],
    ["Total", 112, "", "", "=1+1"],
]


def test_the_rows_of_a_workbook_come_with_their_cells(reader: DossierReader) -> None:
    dossier = read(reader, InputFile("suivi.xlsx", workbook(ROWS[:3], hidden="Brouillon"), "annex"))
    rows = [sentence.cells for sentence in dossier.sentences if sentence.kind == "row"]
    assert rows[1:] == [
        ("janv. 2025", "58", "4,5", "0,4", "4 prestas sur 14"),
        ("févr. 2025", "", "3,25", "0,125", "#let x = *gras*"),
    ]
    assert all(
        sentence.context for sentence in dossier.sentences if sentence.kind == "row" and sentence.cells[1:2] == ("58",)
    )
    assert any("Brouillon" in notice.detail for notice in dossier.notices)
    report = report_of(dossier)
    assert all((sentence.cells is not None) == (sentence.kind == "row") for sentence in report.sentences)


TEXT = (
    "Relance des devis\n\nNous avons compté neuf heures par semaine à recopier les mêmes informations dans\n"
    "trois outils. La relance part cinq jours après l’envoi.\n\n- Le premier point.\n- Le second point.\n"
)
MARKDOWN = (
    "# Relance des devis\n\nNous **avons** compté [neuf heures](https://exemple.fr) par semaine.\n\n"
    "1. Le premier point.\n2. Le second point.\n\n| Mois | Appels |\n|---|---|\n| janvier | 58 |\n\n```\nx = 1\n```\n"
)


def test_a_plain_text_is_read(reader: DossierReader) -> None:
    said = [s.text for s in read(reader, InputFile("notes.txt", TEXT.encode())).sentences]
    whole = "Nous avons compté neuf heures par semaine à recopier les mêmes informations dans trois outils."
    assert whole in said
    assert any("Le second point." in text for text in said)


def test_a_markdown_text_is_read_without_its_marks(reader: DossierReader) -> None:
    dossier = read(reader, InputFile("notes.md", MARKDOWN.encode()))
    said = " ".join(s.text for s in dossier.sentences)
    assert "Nous avons compté neuf heures par semaine." in said
    assert "Relance des devis" in said
    assert "**" not in said
    assert "58" in said


def test_a_text_in_another_alphabet_is_read(reader: DossierReader) -> None:
    dossier = read(reader, InputFile("notes.txt", "L’été, à Orléans.".encode("cp1252")))
    assert dossier.sentences[0].text == "L’été, à Orléans."


def test_two_readings_of_the_same_files_give_the_same_bytes(settings: Settings, tmp_path: Path) -> None:
    made, book = [], InputFile("s.xlsx", workbook(ROWS), "annex")
    for place in ("a", "b"):
        fresh = reader_of(settings.model_copy(update={"ocr": "off", "data_dir": tmp_path / place}))
        made.append(report_of(fresh([TWO_PAGES, book], (), silent)).to_json())
    assert made[0] == made[1]
