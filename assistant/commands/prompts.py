"""`prelecture prompts`: what is sent to the model, word for word."""

from rich.console import Console

from assistant.llm.prompts import load_prompt, prompt_names


def list_all() -> None:
    """One line per prompt."""
    console = Console(highlight=False)
    for name in prompt_names():
        prompt = load_prompt(name)
        console.print(f"{name}\t{prompt.reference}\t{prompt.front.purpose}")


def show(name: str) -> None:
    """The file as it is. Raises PromptError."""
    Console(highlight=False, markup=False, soft_wrap=True).print(load_prompt(name).text)
