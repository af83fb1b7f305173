"""Prompts are files that say what they need; what is missing or unused is an error at load."""

from pathlib import Path

import pytest

from assistant.errors import PromptError
from assistant.llm.answers import SCHEMAS
from assistant.llm.prompts import load_prompt, prompt_names

HEAD = "---\nid: essai\nversion: 1\npurpose: essai\nvariables: [a]\noutput: draft\n---\n"
GOOD = f"{HEAD}Consigne.\n\n# Message\nVoici {{{{a}}}}.\n"


def written(folder: Path, text: str) -> Path:
    (folder / "essai.md").write_text(text, encoding="utf-8")
    return folder


def test_every_bundled_prompt_loads_and_names_a_schema() -> None:
    assert set(prompt_names()) == {"choosing", "clues", "drafting", "reading", "support"}
    for name in prompt_names():
        assert load_prompt(name).front.output in SCHEMAS


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("[a]", "[a, b]"),
        GOOD.replace("{{a}}", "{{a}} {{b}}"),
        GOOD.replace("version: 1", "version: un"),
        GOOD.replace("purpose", "but"),
        GOOD.replace("id: essai", "id: autre"),
        GOOD.replace("# Message", "# Autre"),
        "sans en-tête",
    ],
)
def test_a_prompt_at_fault_is_named(text: str, tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="essai"):
        load_prompt("essai", written(tmp_path, text))


def test_values_must_be_exactly_the_variables_and_are_put_in_once(tmp_path: Path) -> None:
    prompt = load_prompt("essai", written(tmp_path, GOOD))
    assert prompt.filled(a="{{a}} et {{b}}").user == "Voici {{a}} et {{b}}."
    with pytest.raises(PromptError):
        prompt.filled()
    with pytest.raises(PromptError):
        prompt.filled(a="1", b="2")
