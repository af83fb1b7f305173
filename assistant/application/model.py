"""The language model as an administrator sees it: whether it answers, and what is sent to it."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.components import calls_of, client_of
from assistant.errors import PromptError, SettingsError
from assistant.llm.answers import SupportAnswer
from assistant.llm.calls import CallStore
from assistant.llm.client import Meter
from assistant.llm.prompts import load_prompt, prompt_names
from assistant.settings import Settings

STATEMENT = (
    "Énoncé 1 (énoncé) : Le dossier compte onze étapes.\n<phrases>\ns1 : Le parcours compte onze étapes.\n</phrases>"
)
"""In the words of the prompt `support`, as a dossier's statements are sent."""
TOKENS = 20_000


@dataclass(frozen=True, slots=True)
class Answered:
    """How the model answered one call."""

    model: str
    seconds: float
    way: str
    tokens_in: int
    tokens_out: int
    context: int
    output: int


@dataclass(frozen=True, slots=True)
class PromptLine:
    """A prompt file: its name, its version and hash, what it is for."""

    name: str
    reference: str
    purpose: str


def check_model(actor: Actor, settings: Settings) -> Answered:
    """One call to the endpoint. Raises SettingsError without a model, and the ModelErrors."""
    allow(actor, "maintain")
    if settings.model is None:
        raise SettingsError("Aucun modèle n’est réglé\u00a0: donnez PRELECTURE_MODEL (voir docs/settings.md).")
    with tempfile.TemporaryDirectory() as folder:
        client = client_of(settings, CallStore(Path(folder)))
        start = time.monotonic()
        answered = client.ask(load_prompt("support").filled(statements=STATEMENT), SupportAnswer, Meter(TOKENS))
    return Answered(
        settings.model,
        time.monotonic() - start,
        str(client.way),
        answered.tokens.input,
        answered.tokens.output,
        settings.model_context,
        settings.model_output,
    )


def prompts(actor: Actor) -> tuple[PromptLine, ...]:
    """Every prompt file."""
    allow(actor, "read the catalogue")
    loaded = ((name, load_prompt(name)) for name in prompt_names())
    return tuple(PromptLine(name, one.reference, one.front.purpose) for name, one in loaded)


def prompt_text(actor: Actor, name: str) -> str:
    """The file as it is. Raises PromptError."""
    allow(actor, "read the catalogue")
    return load_prompt(name).text


def sent(actor: Actor, settings: Settings, name: str, call: str) -> tuple[str, str]:
    """What was sent for a kept call, word for word: instructions and message. Raises PromptError when it is not kept."""
    allow(actor, "maintain")
    request = calls_of(settings).request(call)
    if request is None or request.prompt != name:
        raise PromptError(f"Aucun appel «\u00a0{name}\u00a0» de cette clé n’est gardé dans cette installation.")
    return request.system, request.user
