"""How far a long piece of work is, told to whoever watches."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""(what is being done, done, total). What it raises ends the work."""


def silent(_step: str, _done: int, _total: int) -> None:
    """Progress nobody watches."""
