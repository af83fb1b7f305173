"""`prelecture access`: the matrix of access as a document."""

from assistant.application.access_table import as_markdown


def show() -> None:
    """Prints docs/access.md."""
    print(as_markdown(), end="")
