"""`prelecture prompts`: what is sent to the model, word for word."""

from rich.console import Console

from assistant.commands.shown import block
from assistant.errors import PromptError
from assistant.llm.prompts import load_prompt, prompt_names
from assistant.service import calls_of
from assistant.settings import load_settings


def list_all() -> None:
    """One line per prompt."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for name in prompt_names():
        prompt = load_prompt(name)
        console.print(f"{name}\t{prompt.reference}\t{prompt.front.purpose}")


def show(name: str, call: str | None) -> None:
    """The file as it is, or, for the key of a kept call, what was sent word for word. Raises PromptError."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    if call is None:
        console.print(block(load_prompt(name).text))
        return
    request = calls_of(load_settings()).request(call)
    if request is None or request.prompt != name:
        raise PromptError(f"Aucun appel «\u00a0{name}\u00a0» de cette clé n’est gardé dans cette installation.")
    console.print(block(f"{request.system}\n\n# Message\n{request.user}"))
