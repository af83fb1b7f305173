"""Whence a drafted text comes: the model, and what it was sent, word for word."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.access.actor import Actor
from assistant.application.installation import Installation
from assistant.application.prereads import PreReads
from assistant.components import calls_of
from assistant.errors import PromptError
from assistant.llm.prompts import load_prompt
from assistant.review.items import items_of


@dataclass(frozen=True, slots=True)
class Sent:
    """One prompt: a French sentence about it, and its words; "" where they are gone."""

    about: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who drafted, in French, and what they were asked."""

    drafter: str
    sent: tuple[Sent, ...]


class Provenance:
    """For « D’où vient ce texte ? »."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._prereads = PreReads(installation)

    def of(self, actor: Actor, preread_id: str, prompts: Sequence[str]) -> Origin:
        """The model and the exact prompts behind some items of a pre-read one may read."""
        loaded = self._prereads.open(actor, preread_id)
        about = loaded.preread.provenance
        known = {item.prompt for part in loaded.preread.criteria for item in items_of(part)}
        checked = "vérifiés un à un" if about.support_check else "non vérifiés par un second appel"
        tokens = f"{about.tokens.input + about.tokens.output:,}".replace(",", "\u202f")
        said = (
            f"Rédigé par le modèle « {about.drafter} » ; énoncés {checked}. "
            f"{about.calls} appels et {tokens} jetons pour ce dossier."
        )
        asked = sorted({prompt for prompt in prompts if prompt in known})
        return Origin(said, tuple(part for prompt in asked for part in self._sent(prompt)))

    def _sent(self, prompt: str) -> tuple[Sent, ...]:
        """What was sent where the call is kept here; else the prompt file, and whether it changed since."""
        name, reference, *call = prompt.split(" ")
        sent = calls_of(self._installation.settings).request(call[0]) if call else None
        if sent is not None:
            about = f"Ce qui a été envoyé, mot pour mot (prompt « {name} », appel {call[0]}) :"
            return (Sent(about, f"{sent.system}\n\n{sent.user}"),)
        try:
            known = load_prompt(name)
        except PromptError as error:
            return (Sent(error.message),)
        changed = f"Le prompt « {name} » a changé depuis (alors {reference}, aujourd’hui {known.reference})."
        return (Sent(changed if known.reference != reference else "", known.text),)
