"""Whatever a file, a candidate, a session or a person is called, it is that name and nothing else wherever it is shown."""

import io
import json
import zipfile
from typing import Any

import pytest
from docx import Document as word_document
from lxml import html as parsed_html
from openpyxl import load_workbook
from sqlalchemy import event

from assistant.access.actor import OPERATOR
from assistant.application.case_files import as_html, as_json
from assistant.application.context import Decision
from assistant.application.handing_in import UploadedFile
from assistant.application.roster import read_roster
from assistant.commands.shown import plain as on_a_terminal
from assistant.settings import Settings
from assistant.ui.words import plain
from tests.application.house import PDF, House, house, items
from tests.exporting.opened import docx_text, pdf_text

NAMES = (
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "<script>alert(1)</script>", "<img src=http://127.0.0.1:9/x>",
    "![x](http://127.0.0.1:9/x.png)", "[lien](javascript:alert(1))", "{{ 7*7 }} {% raw %}", "**gras** :red[rouge] $x$",
    "dossier\u202efdp.exe", "A\u200bn\u2066ne", "deux\nlignes\r\nici", "x" * 5_000, "\x00\x0b\x1b[31mrouge",
    "../../etc/passwd", '"; DROP TABLE people; --', "#strong[typst] \\ $1+1$ @ref", "&lt;b&gt; &amp;",
)  # fmt: skip

TOGETHER = (
    NAMES[0], " ".join(NAMES[2:4]), " ".join(NAMES[4:6]), " ".join(NAMES[6:8]), " ".join(NAMES[8:11]),
    f"{NAMES[12]} {NAMES[11]}",
)  # fmt: skip
"""The same in fewer names: a jury each takes its time."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> House:
    made = house(Settings(data_dir=tmp_path_factory.mktemp("hostile")))
    made.app.engine.dispose()
    event.listen(made.app.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return made


@pytest.fixture(scope="module")
def named(made: House) -> list[dict[str, Any]]:
    """A whole jury for each name, everything called so; what leaves of it, by format."""
    found = []
    for place, name in enumerate(TOGETHER):
        anne, bruno = (made.app.people.join(OPERATOR, f"{name} {n}", "juror") for n in (1, 2))
        session = made.founded(made.organiser)
        files = [UploadedFile(f"{name}.pdf", PDF)]
        review = made.app.sessions.add_candidate(
            made.organiser, session, f"{place}{name}", files, name=name, company=name
        )
        made.finish(made.app.sessions.candidacy(made.organiser, review).preread or "")
        made.app.organising.say_complete(made.organiser, review, "complete", name)
        made.app.organising.say_presence(made.organiser, review, "excused", name)
        made.app.organising.change(made.organiser, session, title=name, held=None, jury_by=None, notify_by=None)
        made.seat(review, anne, bruno)
        made.note(anne, review, name)
        made.choose(anne, review, items()[0], "edited", name)
        made.decide(anne, review, Decision(points=1))
        grid = {
            form: made.app.exports.file(anne, review, "individual", "grid", form)
            for form in ("docx", "xlsx", "html", "json")
        }
        case = made.app.audit.case_file(made.organiser, review)
        view = next(one for one in made.app.sessions.list(made.organiser) if one.id == session)
        found.append({"name": name, "view": view, "people": (anne, bruno), "case": case, **grid})
    return found


def test_each_name_is_kept_on_one_line_that_shows_all_it_holds(named: list[dict[str, Any]]) -> None:
    for one in named:
        (candidate,) = one["view"].candidacies
        shown = [one["view"].title, candidate.number, candidate.file, candidate.complete_note, candidate.presence_note]
        for text in [*shown, *(seat.name for seat in candidate.seats)]:
            assert text == " ".join(text.split())
            assert not set(text) & set("\u202e\u2066\u200b\x00\x0b\x1b")
            assert len(text) <= 1_000


def test_a_workbook_runs_nothing(named: list[dict[str, Any]]) -> None:
    for one in named:
        book = load_workbook(io.BytesIO(one["xlsx"].data))
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        assert not [cell.hyperlink for cell in cells if cell.hyperlink]


def test_a_word_document_opens_and_holds_the_name_as_letters(named: list[dict[str, Any]]) -> None:
    for one in named:
        word = word_document(io.BytesIO(one["docx"].data))
        targets = [rel.target_ref for rel in word.part.rels.values() if rel.is_external]
        assert targets == []
        assert "49" not in docx_text(one["docx"].data) or "7*7" not in one["name"]


@pytest.mark.parametrize("what", ["html", "case"])
def test_a_page_loads_and_runs_nothing(named: list[dict[str, Any]], what: str) -> None:
    for one in named:
        text = as_html(one["case"]) if what == "case" else one["html"].data.decode()
        page = parsed_html.fromstring(text.encode())
        assert not page.xpath("//script | //img | //iframe | //object | //embed | //link | //form | //svg")
        assert not [name for each in page.iter() if each.attrib for name in each.attrib if name.startswith("on")]
        assert all(each.get("href", "#").startswith("#") for each in page.iter("a"))


def test_data_stays_data(named: list[dict[str, Any]]) -> None:
    for one in named:
        assert json.loads(one["json"].data)
        assert json.loads(as_json(one["case"]))["format"] == "prelecture-case/1"


def test_a_file_that_leaves_has_a_name_of_letters_figures_and_hyphens(named: list[dict[str, Any]]) -> None:
    for one in named:
        for form in ("docx", "xlsx", "html", "json"):
            assert all(letter.isalnum() or letter in "-." for letter in one[form].name)
            assert len(one[form].name) <= 120
            assert not one[form].name.startswith((".", "-"))


def test_a_page_and_a_terminal_show_the_letters(named: list[dict[str, Any]]) -> None:
    for one in named:
        title = one["view"].title
        assert "\n" not in plain(title)
        assert on_a_terminal(title).plain == title


def test_one_of_them_is_printed(made: House, named: list[dict[str, Any]]) -> None:
    """PDFs take longest: one that holds all of it."""
    review = made.candidate("tous", session=made.founded(made.organiser))
    made.seat(review, made.anne, made.bruno)
    everything = " / ".join(name[:80] for name in NAMES)
    made.choose(made.anne, review, items()[0], "edited", everything)
    text = "".join(pdf_text(made.app.exports.file(made.anne, review, "individual", "grid", "pdf").data).split())
    for name in ("<script>alert(1)</script>", "#strong[typst]", "{{7*7}}", "=cmd|", "![x](http:"):
        assert name.replace(" ", "") in text


def test_a_list_of_candidates_holds_texts(made: House) -> None:
    lines = "\n".join(f'{place};"{name.replace(chr(34), chr(34) * 2)[:300]}"' for place, name in enumerate(NAMES))
    read = read_roster("liste.csv", f"Numéro;Nom\n{lines}".encode())
    assert len(read.lines) == len(NAMES)
    session = made.founded(made.organiser)
    made.app.organising.enrol(made.organiser, session, read.lines)
    names = [one.name for one in next(s for s in made.app.sessions.list(made.organiser) if s.id == session).candidacies]
    assert names[0] == NAMES[0], "what looks like a formula is a name like another"
    assert all("\n" not in name for name in names)


def test_a_name_inside_an_archive_leads_nowhere(made: House) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("../../etc/passwd.pdf", "/abs.pdf", "a\u202efdp.exe.pdf", "C:\\x\\y.pdf", "=1+1.pdf", "b\nc.pdf"):
            archive.writestr(name, PDF)
    session = made.founded(made.organiser)
    before = set(made.app.settings.data_dir.parent.rglob("passwd*"))
    made.app.sessions.add_candidate(made.organiser, session, "zip", [UploadedFile("tout.zip", packed.getvalue())])
    assert set(made.app.settings.data_dir.parent.rglob("passwd*")) == before
