"""What the program writes about its own work: steps, ids and durations, and nothing that a person wrote."""

import json
import logging
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from assistant import logs
from assistant.rotation import SharedRotatingFile
from assistant.settings import Settings
from tests.conftest import DOSSIERS
from tests.dossier.pages import lines, pdf
from tests.forking import forker

PLANTED = ("Xylocopine", "Zanthoxyle", "Quokkadrome", "sk-Vorticelle-4417", "Ylangaudin", "jeanne@wombatier.example")
"""Name, firm, sentence, key, file name and address that occur nowhere else."""


class Failing(RuntimeError):
    """What goes wrong quotes what it stumbled on, as messages do."""


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """A process that logs to a file: its handlers are taken away again."""
    root, level, raising = logging.getLogger(), logging.getLogger(logs.LOGGER).level, logging.raiseExceptions
    before = list(root.handlers)
    logs.set_up("test", lambda: logs.Destination(tmp_path, stderr=False))
    yield tmp_path / "logs" / "prelecture.log"
    root.handlers = before
    logging.getLogger(logs.LOGGER).setLevel(level)
    logging.raiseExceptions = raising


def told(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def everything_under(folder: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.log*"))


def planted_dossier(folder: Path) -> Path:
    name, firm, sentence, _, file_name, address = PLANTED
    said = [f"Dossier de Jeanne {name}, entreprise {firm}, {address}", f"J’ai suivi le parcours client {sentence}."]
    file = folder / f"{file_name} [bold]dossier.pdf"
    file.write_bytes(pdf(lines(said)))
    return file


def review(folder: Path, file: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    mine = {"PRELECTURE_DATA_DIR": str(folder), "PRELECTURE_MODEL_API_KEY": PLANTED[3]}
    return forker().run(["review", str(file), "-r", "cycle-client-ia"], {**os.environ, **mine, **environment})


@pytest.mark.parametrize("model", [{}, {"PRELECTURE_MODEL": "fake"}], ids=["extractive", "model"])
def test_a_whole_pre_read_logs_its_steps_and_no_word_of_the_dossier(tmp_path: Path, model: dict[str, str]) -> None:
    done = review(tmp_path / "data", planted_dossier(tmp_path), PRELECTURE_LOG_STDERR="on", **model)
    assert done.returncode == 0, done.stderr
    log = tmp_path / "data" / "logs" / "prelecture.log"
    assert [word for word in PLANTED if word in everything_under(tmp_path / "data" / "logs") + done.stderr] == []
    steps = [line for line in told(log) if line["event"] == "step"]
    names = [line["step"] for line in steps]
    # The two in the middle run beside each other.
    assert [names[0], *sorted(names[1:3]), *names[3:]] == ["dossier", "full_reading", "ranking", "choice", "drafting"]
    assert all(isinstance(line["seconds"], float) and line["state"] == "done" for line in steps)
    assert len({line["preread"] for line in steps}) == 1
    calls = [line for line in told(log) if line["event"] == "call"]
    assert bool(calls) is bool(model)
    assert {call["preread"] for call in calls} <= {steps[0]["preread"]}
    (whole,) = [line for line in told(log) if line["event"] == "preread"]
    assert (whole["state"], whole["pages"]) == ("complete", 1)


def test_a_dossier_that_is_refused_logs_why_and_no_name(tmp_path: Path) -> None:
    file = tmp_path / f"{PLANTED[4]}.pdf"
    file.write_bytes(f"{PLANTED[0]} n’est pas un PDF".encode())
    done = review(tmp_path / "data", file)
    assert done.returncode == 1
    log = tmp_path / "data" / "logs" / "prelecture.log"
    assert told(log)[-1]["kind"] == "UnreadableDossier"
    assert [word for word in PLANTED if word in everything_under(tmp_path / "data" / "logs")] == []


def test_the_terminal_is_left_to_the_answer_and_the_files_to_their_owner(tmp_path: Path) -> None:
    done = review(tmp_path / "data", planted_dossier(tmp_path))
    assert "{" not in done.stderr
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").rglob("*")}
    assert {str(path): oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


def test_an_error_leaves_its_types_and_places_and_a_reference_but_not_its_message(written: Path) -> None:
    def stumble() -> None:
        try:
            int(PLANTED[2])
        except ValueError as error:
            raise Failing(f"sur {PLANTED[0]}") from error

    with pytest.raises(Failing) as caught:
        stumble()
    reference = logs.failure("crash", caught.value, preread="a" * 64)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", reference)
    assert f"référence\u00a0{reference}" in logs.apology(reference)
    (line,) = told(written)
    assert line["reference"] == reference
    assert line["preread"] == "a" * 64
    first, cause = line["errors"]
    assert (first["type"], cause["type"]) == (f"{Failing.__module__}.Failing", "ValueError")
    assert first["trace"][-1].startswith("tests/test_logs.py:")
    assert first["trace"][-1].endswith(" stumble")
    assert [word for word in PLANTED if word in written.read_text(encoding="utf-8")] == []


def test_the_values_of_a_failed_statement_stay_out(written: Path) -> None:
    with pytest.raises(SQLAlchemyError) as caught, create_engine("sqlite://").connect() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:note)"), {"note": PLANTED[2]})
    assert PLANTED[2] in str(caught.value)
    logs.failure("saving", caught.value)
    assert PLANTED[2] not in written.read_text(encoding="utf-8")


def test_what_a_library_says_is_reduced_to_where_it_said_it(written: Path) -> None:
    logging.getLogger("library").warning("cannot parse %s", PLANTED[0])
    logging.getLogger("library").error(f"{PLANTED[1]}")
    logging.getLogger("library").info("never kept")
    assert [line["logger"] for line in told(written)] == ["library", "library"]
    assert [word for word in PLANTED if word in written.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("value", ["Jeanne Xylocopine", "dossier de stage.pdf", "é", "", "a" * 200])
def test_what_is_neither_an_id_nor_a_word_of_the_program_is_hidden(written: Path, value: str) -> None:
    logs.event("step", step=value, preread=value)
    (line,) = told(written)
    assert (line["step"], line["preread"]) == ("?", "?")


def test_a_name_given_for_an_id_is_hidden(written: Path) -> None:
    logs.event("step", preread="Xylocopine", person="jeanne", unheard_of="x")  # type: ignore[call-arg]
    (line,) = told(written)
    assert (line["preread"], line["person"], line["unheard_of"]) == ("?", "?", "?")


def test_ids_are_bound_for_a_block_and_a_failed_step_says_so(written: Path) -> None:
    with pytest.raises(Failing), logs.bound(preread="0a"), logs.timed("step", step="drafting"):
        raise Failing(PLANTED[0])
    logs.event("after")
    failed, after = told(written)
    assert (failed["preread"], failed["state"], failed["kind"]) == ("0a", "failed", "Failing")
    assert "preread" not in after


def test_nothing_is_made_before_the_first_line(tmp_path: Path, written: Path) -> None:
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_to_write_errors_go_to_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: Path
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", encoding="utf-8")
    logs.event("started")
    assert json.loads(capsys.readouterr().err)["event"] == "started"


WRITER = """
import logging, sys
from pathlib import Path
from typing import Any
from assistant.rotation import SharedRotatingFile
handler = SharedRotatingFile(Path(sys.argv[1]), max_bytes=4000, files=200)
for number in range(400):
    handler.handle(logging.LogRecord("x", logging.INFO, "x", 1, f"{sys.argv[2]}-{number}-" + "x" * 40, None, None))
"""


def test_processes_that_share_a_file_lose_and_tear_no_line_when_it_is_moved_on(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "shared.log"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), str(name)]) for name in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    files = [path for path in file.parent.iterdir() if path.suffix != ".lock"]
    found = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {f"{name}-{number}-" + "x" * 40 for name in range(3) for number in range(400)}
    assert len(files) > 5
    assert sorted(found) == sorted(wanted)


def test_only_so_many_files_are_kept(tmp_path: Path) -> None:
    handler = SharedRotatingFile(tmp_path / "logs" / "kept.log", max_bytes=500, files=2)
    for number in range(200):
        handler.handle(logging.LogRecord("x", logging.INFO, "x", 1, f"line {number}", None, None))
    handler.close()
    assert len([path for path in (tmp_path / "logs").iterdir() if path.suffix != ".lock"]) == 3


def test_importing_the_program_sets_up_nothing() -> None:
    code = "import logging, assistant.logs, assistant.cli; raise SystemExit(len(logging.getLogger().handlers))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_crash_of_a_command_is_one_french_sentence_with_a_reference(tmp_path: Path, settings: Settings) -> None:
    crash = (
        "import assistant.commands.review as review, assistant.cli as cli\n"
        f"def run(*_): raise RuntimeError({PLANTED[0]!r})\n"
        "review.run = run\ncli.main()"
    )
    file = DOSSIERS / "cycle-client-plombier" / "dossier.pdf"
    done = subprocess.run(
        [sys.executable, "-c", crash, "review", str(file), "-r", "cycle-client-ia"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PRELECTURE_DATA_DIR": str(tmp_path / "data")},
    )
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    (line,) = told(tmp_path / "data" / "logs" / "prelecture.log")
    assert str(line["reference"]) in sentence
    assert "Traceback" not in done.stderr
    assert PLANTED[0] not in sentence + everything_under(tmp_path / "data")
