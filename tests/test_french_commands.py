"""The command line speaks French, its frame included; what was mistyped is quoted as it was typed."""

import pytest
from typer.testing import CliRunner

from assistant.cli import app

ENGLISH = (
    "Show this message",
    "Commands",
    "No such",
    "Missing",
    "Error",
    "Invalid",
    "Try ",
    "Did you mean",
    "required",
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--help"], "Montre cette aide."),
        (["referentiel", "import", "--help"], "obligatoire"),
        (["nimporte"], "La commande « nimporte » n’existe pas."),
        (["referentiel", "imprt", "x"], "Vouliez-vous dire « import » ?"),
        (["referentiel", "import"], "Il manque l’argument « file »."),
        (["referentiel", "import", "x", "--foo"], "L’option --foo n’existe pas."),
        (["app", "--port", "abc"], "un nombre est attendu."),
        (["evaluate", "x", "--drafter", "foo"], "« foo » n’est pas parmi « extractive », « llm »"),
    ],
)
def test_help_and_refusals_are_in_french(typed: list[str], said: str) -> None:
    found = CliRunner().invoke(app, typed, env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})
    shown = " ".join(found.output.replace("\u00a0", " ").replace("│", " ").split())
    assert said in shown
    assert not [word for word in ENGLISH if word in shown]
    assert found.exit_code == (0 if "--help" in typed else 2)
