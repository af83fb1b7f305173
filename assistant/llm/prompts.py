"""Prompts are files: `prompts/*.md`, French, with front matter. What is missing or unused is an error at load."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import PromptError
from assistant.places import PROMPTS

PARTING = "\n---\n"
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
USER = "\n# Message\n"
"""Parts the instructions (the same for every call, so that providers can cache them) from what is asked each time."""


class FrontMatter(BaseModel):
    """`variables` of the instructions and the message; `output` names the schema of the answer."""

    model_config = ConfigDict(extra="forbid")

    id: str
    version: int
    purpose: str
    variables: list[str]
    output: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A prompt with its variables filled in: what is sent."""

    id: str
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file; `sha256` is the file's."""

    front: FrontMatter
    system: str
    user: str
    text: str
    sha256: str

    @property
    def reference(self) -> str:
        """Version and hash, as provenance keeps them: "3:1f0a…"."""
        return f"{self.front.version}:{self.sha256[:16]}"

    def filled(self, **values: str) -> Filled:
        """Raises PromptError when the values are not exactly the prompt's variables."""
        if set(values) != set(self.front.variables):
            raise PromptError(f"Le prompt « {self.front.id} » attend les variables {', '.join(self.front.variables)}.")
        return Filled(self.front.id, _put(self.system, values), _put(self.user, values))


def _put(text: str, values: dict[str, str]) -> str:
    """All at once: a value that looks like a variable is text."""
    return _VARIABLE.sub(lambda match: values[match.group(1)], text)


@cache
def load_prompt(name: str, folder: Path = PROMPTS) -> Prompt:
    """Raises PromptError naming the file and what is wrong with it."""
    file = folder / f"{name}.md"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(f"Le prompt « {name} » est introuvable dans le dossier prompts.") from error
    if not text.startswith("---\n") or PARTING not in text or USER not in text:
        raise PromptError(f"{file.name} : il faut un en-tête entre deux lignes « --- » et une partie « # Message ».")
    head, body = text[4:].split(PARTING, 1)
    try:
        front = FrontMatter.model_validate(yaml.safe_load(head))
    except (ValidationError, yaml.YAMLError) as error:
        raise PromptError(f"{file.name} : en-tête non valable ({str(error).splitlines()[0]}).") from error
    used = set(_VARIABLE.findall(body))
    if front.id != name or used != set(front.variables):
        wrong = sorted(used ^ set(front.variables)) or [front.id]
        raise PromptError(f"{file.name} : variable manquante ou inutilisée, ou nom différent ({', '.join(wrong)}).")
    system, user = body.split(USER, 1)
    return Prompt(front, system.strip(), user.strip(), text, hashlib.sha256(text.encode()).hexdigest())


def prompt_names(folder: Path = PROMPTS) -> tuple[str, ...]:
    """The prompts there are, in order."""
    return tuple(sorted(file.stem for file in folder.glob("*.md")))
