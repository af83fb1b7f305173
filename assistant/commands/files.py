"""Files named on the command line, read and written; progress shown while something works."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from assistant.application.handing_in import InputFile
from assistant.commands.shown import harmless
from assistant.errors import StoreError, UnreadableDossier
from assistant.text import NBSP


def input_files(paths: Sequence[Path]) -> tuple[InputFile, ...]:
    """The first is the main file, the others are annexes. Raises UnreadableDossier."""
    # A name that is not UTF-8 comes with stand-ins that no file could be written with.
    names = [path.name.encode("utf-8", "replace").decode() for path in paths]
    return tuple(
        InputFile(name, _data(path), "annex" if place else "main")
        for place, (path, name) in enumerate(zip(paths, names, strict=True))
    )


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDossier(f"Le fichier « {path.name} » ne peut pas être lu{NBSP}: vérifiez son nom.") from error


def write_text(path: Path, text: str) -> None:
    """Raises StoreError."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"Le fichier « {path.name} » ne peut pas être écrit{NBSP}: choisissez un autre endroit."
        ) from error


@contextmanager
def watched() -> Iterator[Callable[[str, int, int], None]]:
    """Bars on stderr, one a step."""
    console = Console(stderr=True)
    with Progress(TextColumn("{task.description}", markup=False), BarColumn(), console=console, transient=True) as bar:
        tasks: dict[str, object] = {}

        def tell(step: str, done: int, total: int) -> None:
            name = step.split(" (")[0]
            shown = harmless(step).capitalize()
            if name not in tasks:
                tasks[name] = bar.add_task(shown, total=total)
            bar.update(tasks[name], completed=done, total=total, description=shown)  # type: ignore[arg-type]  # rich's TaskID

        yield tell
