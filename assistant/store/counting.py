"""Counts what a piece of work asks of the database: tests hold pages to a number of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event


@dataclass(slots=True)
class Counted:
    """The statements that were sent, in order; what begins and ends a transaction is not among them."""

    statements: list[str] = field(default_factory=list)

    @property
    def writes(self) -> list[str]:
        """Those that change something."""
        return [one for one in self.statements if not one.lstrip().upper().startswith(("SELECT", "WITH"))]


@contextmanager
def counted(engine: Engine) -> Iterator[Counted]:
    """Counts the statements sent through `engine` while it lasts, by any thread."""
    made = Counted()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        made.statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)
