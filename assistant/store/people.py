"""The people of an installation. What a role may do is decided in `access`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from assistant.store.ids import new_id
from assistant.store.names import kept_name
from assistant.store.tables import PEOPLE

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Person:
    """A profile."""

    id: str
    name: str
    role: str


class People:
    """The profiles, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, role: str, person: str = "") -> Person:
        """A new profile, under a new id unless one is given."""
        made = Person(person or new_id(), kept_name(name, LONGEST_NAME), role)
        self._connection.execute(
            insert(PEOPLE).values(id=made.id, name=made.name, role=role, created=datetime.now(UTC))
        )
        return made

    def set_role(self, person: str, role: str) -> None:
        """Gives a role, "" for none."""
        self._connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(role=role))

    def rename(self, person: str, name: str) -> None:
        """As the person, or who signs them in, writes the name now."""
        self._connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(name=kept_name(name, LONGEST_NAME)))

    def get(self, person: str) -> Person | None:
        return self.many([person]).get(person)

    def many(self, people: Iterable[str]) -> Mapping[str, Person]:
        """Those of these ids that exist. One statement."""
        rows = self._connection.execute(select(PEOPLE).where(PEOPLE.c.id.in_(sorted(set(people)))))
        return {row.id: Person(row.id, row.name, row.role) for row in rows}

    def all(self) -> tuple[Person, ...]:
        """Every profile, by name."""
        rows = self._connection.execute(select(PEOPLE).order_by(PEOPLE.c.name, PEOPLE.c.id))
        return tuple(Person(row.id, row.name, row.role) for row in rows)
