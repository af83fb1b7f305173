"""`prelecture prompts`: what is sent to the model, word for word."""

from rich.console import Console

from assistant.access.actor import OPERATOR
from assistant.application.model import prompt_text, prompts, sent
from assistant.commands.shown import block
from assistant.settings import load_settings


def list_all() -> None:
    """One line per prompt."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in prompts(OPERATOR):
        console.print(f"{line.name}\t{line.reference}\t{line.purpose}")


def show(name: str, call: str | None) -> None:
    """The file as it is, or, for the key of a kept call, what was sent word for word. Raises PromptError."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    if call is None:
        console.print(block(prompt_text(OPERATOR, name)))
        return
    instructions, message = sent(OPERATOR, load_settings(), name, call)
    console.print(block(f"{instructions}\n\n# Message\n{message}"))
