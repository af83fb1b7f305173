import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import DOSSIERS, share
from tests.dossier.pages import lines, pdf
from tests.forking import forker

PLUMBER = DOSSIERS / "cycle-client-plombier" / "dossier.pdf"


def run(tmp_path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return forker().run(arguments, environment(tmp_path))


def run_cold(tmp_path: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """The same from nothing, as a person's terminal starts it."""
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment(tmp_path) | more,
    )


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "PRELECTURE_DATA_DIR": str(tmp_path / "data"), "COLUMNS": "160"}


def test_review_writes_json_and_html_and_prints_a_summary(tmp_path: Path) -> None:
    output, page = tmp_path / "out.json", tmp_path / "out.html"
    asked = ("review", str(PLUMBER), "-r", "cycle-client-ia", "--output", str(output), "--html", str(page))
    done = run_cold(tmp_path, *asked, PRELECTURE_OCR="off")
    assert done.returncode == 0, done.stderr
    result = json.loads(output.read_text(encoding="utf-8"))
    assert result["format"] == "prelecture/1"
    assert len(result["criteria"]) == 9
    assert "18\u00a0pages" in done.stdout
    assert "Cr1.2" in done.stdout
    assert '<html lang="fr">' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "vide"), (b"bonjour", "pas un PDF"), (pdf(lines(["x"]), encrypt="k"), "mot de passe")]
)
def test_a_dossier_that_cannot_be_read_is_one_sentence_and_exit_code_1(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "dossier.pdf"
    file.write_bytes(data)
    done = run(tmp_path, "review", str(file), "-r", "cycle-client-ia")
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_an_unknown_referentiel_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    done = run(tmp_path, "review", str(PLUMBER), "-r", "inconnu")
    assert done.returncode == 1
    assert "n’existe pas" in done.stderr


def test_wrong_use_is_exit_code_2(tmp_path: Path) -> None:
    assert run(tmp_path, "review").returncode == 2
    assert run(tmp_path, "unknown").returncode == 2


def test_the_referentiels_are_listed_shown_and_checked(tmp_path: Path) -> None:
    assert "cycle-client-ia" in run(tmp_path, "referentiel", "list").stdout
    assert "Au moins deux" not in run(tmp_path, "referentiel", "show", "efficacite-tpe-ia").stdout
    assert "cartographie" in run(tmp_path, "referentiel", "show", "cycle-client-ia").stdout
    checked = run(tmp_path, "referentiel", "check")
    assert checked.returncode == 0, checked.stdout
    assert "213" in str(sum(int(line.split()[1]) for line in checked.stdout.splitlines() if " critères, " in line))


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, assistant.cli; heavy = {'chromadb','streamlit','openai','langchain','pydantic','numpy','pypdfium2'}"
        " & set(sys.modules); sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    start = time.monotonic()
    assert "referentiel" in run_cold(tmp_path, "--help").stdout
    assert time.monotonic() - start < 5


def test_evaluate_prints_our_figures_beside_the_usual_recipe(tmp_path: Path, readings: Path) -> None:
    share(readings, tmp_path / "data")
    one = tmp_path / "cases" / "one"
    one.mkdir(parents=True)
    for name in ("dossier.pdf", "gold.yaml"):
        (one / name).write_bytes((DOSSIERS / "cycle-client-plombier" / name).read_bytes())
    figures = tmp_path / "figures.json"
    done = run(tmp_path, "evaluate", str(tmp_path / "cases"), "--json", str(figures))
    assert done.returncode == 0, done.stderr
    lines_of = {(line["case"], line["way"]): line["shares"] for line in json.loads(figures.read_text(encoding="utf-8"))}
    ours, usual = lines_of["overall", "prelecture"], lines_of["overall", "chunks, vectors"]
    assert ours["found in 500 words"] > usual["found in 500 words"]
    assert ours["citations exact"] == 1.0


def test_labels_that_do_not_validate_are_named(tmp_path: Path) -> None:
    one = tmp_path / "cases" / "one"
    one.mkdir(parents=True)
    (one / "gold.yaml").write_text(
        "case: x\nreferentiel: cycle-client-ia\ncriteria: []\nnote_finale: 12\n", encoding="utf-8"
    )
    done = run(tmp_path, "evaluate", str(tmp_path / "cases"))
    assert done.returncode == 1
    assert "note_finale" in done.stderr


BRACKETS = "[bold]Cas [link=x]n° 4[red] :smile: [] .pdf"


def test_a_file_name_is_shown_as_it_is_never_as_markup(tmp_path: Path) -> None:
    file = tmp_path / BRACKETS
    file.write_bytes(pdf(lines(["J’ai suivi le parcours du client de bout en bout."])))
    done = run(tmp_path, "review", str(file), "-r", "cycle-client-ia")
    assert done.returncode == 0, done.stderr
    assert BRACKETS in done.stdout


def test_what_a_terminal_obeys_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[31m\u202egpj.exe\x07\n.pdf"
    for data in (pdf(lines(["J’ai suivi le parcours du client."])), b"rien"):
        file.write_bytes(data)
        done = run(tmp_path, "review", str(file), "-r", "cycle-client-ia")
        assert [c for c in "\x1b\u202e\x07" if c in done.stdout + done.stderr] == []


def test_a_file_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/\xe9tude.pdf"
    Path(os.fsdecode(file)).write_bytes(pdf(lines(["J’ai suivi le parcours du client."])))
    done = run(tmp_path, "review", os.fsdecode(file), "-r", "cycle-client-ia")
    assert done.returncode == 0, done.stderr


def test_markup_in_a_referentiel_and_in_a_page_s_notice_is_text() -> None:
    from assistant.commands.shown import block, harmless, plain

    assert plain("[red]Cr1[/red] :smile: [/]").plain == "[red]Cr1[/red] :smile: [/]"
    assert plain("[red]Cr1").spans == []
    assert harmless("18\u00a0pages\r\nsuite\u2028fin") == "18\u00a0pages suite fin"
    assert block("un [b]\n\x1b[31mdeux").plain == "un [b]\n[31mdeux"


def test_an_unknown_drafter_is_wrong_use(tmp_path: Path) -> None:
    done = run(tmp_path, "evaluate", str(DOSSIERS), "--drafter", "xyz")
    assert done.returncode == 2
    assert "llm" in done.stderr


def test_a_port_that_is_taken_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run_cold(tmp_path, "app", "--port", str(taken.getsockname()[1]), "--no-example")
    assert done.returncode == 1
    assert "n’est pas libre" in done.stderr
