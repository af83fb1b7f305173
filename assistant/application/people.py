"""Who uses an installation in local mode, where the machine is trusted; sign-in takes this module's place."""

from typing import cast

from assistant.access.actor import LOCAL, ROLES, Actor, Role
from assistant.access.matrix import allow
from assistant.application.installation import Installation
from assistant.errors import InvalidInput
from assistant.store.people import People as Records
from assistant.store.people import Person

__all__ = ["LOCAL", "ROLES", "Actor", "People", "Role"]


class People:
    """The profiles of an installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def profiles(self, actor: Actor) -> tuple[Actor, ...]:
        """Every profile, by name."""
        allow(actor, "choose a profile")
        with self._installation.reading() as connection:
            return tuple(_actor(one) for one in Records(connection).all())

    def enter(self, actor: Actor, person: str) -> Actor | None:
        """The profile of that id, or None."""
        allow(actor, "choose a profile")
        with self._installation.reading() as connection:
            found = Records(connection).get(person)
        return _actor(found) if found else None

    def join(self, actor: Actor, name: str, role: Role) -> Actor:
        """Makes a profile. Raises InvalidInput for an empty name."""
        allow(actor, "choose a profile")
        if not name.strip():
            raise InvalidInput("Donnez un nom\u00a0: il figure sur la grille.")
        with self._installation.writing() as connection:
            return _actor(Records(connection).add(name.strip(), role))


def _actor(person: Person) -> Actor:
    return Actor(person.id, cast(Role, person.role), person.name)
