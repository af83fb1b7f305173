"""`prelecture read`: the account of what was read, for a person and as a contract for programs."""

import json
from pathlib import Path

from tests.dossier.pages import lines, pdf
from tests.dossier.test_several_files import ANNEX, MAIN, MORE, ROWS, workbook
from tests.test_cli import run


def test_what_was_read_is_told_in_french_and_written_as_json(tmp_path: Path) -> None:
    main, annex, broken = tmp_path / "dossier.pdf", tmp_path / "[suivi].xlsx", tmp_path / "plan.pdf"
    main.write_bytes(pdf(lines(MAIN), lines(MORE)))
    annex.write_bytes(workbook(ROWS[:3]))
    broken.write_bytes(b"%PDF-1.7 rien")
    output = tmp_path / "lu.json"
    done = run(tmp_path, "read", str(main), str(annex), str(broken), "--json", str(output))
    assert done.returncode == 0, done.stderr
    assert "[suivi].xlsx" in done.stdout
    assert "plan.pdf" in done.stdout
    report = json.loads(output.read_text(encoding="utf-8"))
    assert list(report) == ["format", "files", "pages", "sentences", "notices"]
    assert report["format"] == "prelecture-reading/1"
    assert [(f["name"], f["kind"], f["pages"]) for f in report["files"]] == [
        ("dossier.pdf", "main", 2), ("[suivi].xlsx", "annex", 1), ("plan.pdf", "annex", 0),
    ]  # fmt: skip
    assert [(p["page"], p["file"], p["read"], p["reason"]) for p in report["pages"]] == [
        (1, "dossier.pdf", "text", None), (2, "dossier.pdf", "text", None), (3, "[suivi].xlsx", "text", None),
    ]  # fmt: skip
    first, *_, last = report["sentences"]
    assert list(first) == ["id", "pages", "text", "kind", "role", "section"]
    assert (first["id"], first["pages"], first["text"]) == ("p1s1", [1], MAIN[0])
    assert (last["kind"], last["cells"][1]) == ("row", "")
    assert any("plan.pdf" in notice["detail"] for notice in report["notices"])


def test_files_of_which_nothing_can_be_read_are_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF-1.7 rien")
    done = run(tmp_path, "read", str(file))
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)


def test_a_pre_read_of_several_files_names_them(tmp_path: Path) -> None:
    main, annex = tmp_path / "dossier.pdf", tmp_path / "devis.pdf"
    main.write_bytes(pdf(lines(MAIN), lines(MORE)))
    annex.write_bytes(pdf(lines(ANNEX)))
    output = tmp_path / "out.json"
    done = run(tmp_path, "review", str(main), str(annex), "-r", "cycle-client-ia", "--output", str(output))
    assert done.returncode == 0, done.stderr
    dossier = json.loads(output.read_text(encoding="utf-8"))["dossier"]
    assert dossier["pages"] == 3
    assert [file["name"] for file in dossier["files"]] == ["dossier.pdf", "devis.pdf"]
