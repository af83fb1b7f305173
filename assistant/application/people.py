"""The people of an installation and their roles, which an organiser gives and nobody takes."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection

from assistant.access.actor import LOCAL, OPERATOR, ROLES, Actor, Role
from assistant.access.addresses import canonical
from assistant.access.matrix import allow
from assistant.application.auditing import audited
from assistant.application.installation import Installation
from assistant.errors import AccessDenied, InvalidInput, NotFound
from assistant.store.identities import Identities, SignIns
from assistant.store.names import kept_name
from assistant.store.people import LONGEST_NAME, Person
from assistant.store.people import People as Records

__all__ = ["LOCAL", "OPERATOR", "ROLES", "Actor", "Member", "People", "Role"]
GIVEN_BY_ORGANISERS: frozenset[Role] = frozenset({"juror", "trainer", "candidate"})
"""The administrator gives every role; an organiser gives these."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who signed in or was invited; `person` is "" for an address that never signed in."""

    person: str
    name: str
    email: str
    role: Role | None


class People:
    """The profiles of an installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def profiles(self, actor: Actor) -> tuple[Actor, ...]:
        """Everyone who has a role, by name."""
        self._installation.let(actor, "see people")
        with self._installation.reading() as connection:
            return tuple(actor_of(one) for one in Records(connection).all() if one.role)

    def enter(self, actor: Actor, person: str) -> Actor | None:
        """The person of that id, as they are now; None for nobody, or where no role is given."""
        self._installation.let(actor, "sign in")
        with self._installation.reading() as connection:
            found = Records(connection).get(person)
        return actor_of(found) if found and found.role else None

    def join(self, actor: Actor, name: str, role: Role) -> Actor:
        """Adds a person by name. Raises InvalidInput for an empty name, AccessDenied for a role not one's to give."""
        with self._installation.writing() as connection:
            self._may_give(actor, role)
            if not kept_name(name, LONGEST_NAME):
                raise InvalidInput("Donnez un nom\u00a0: il figure sur la grille.")
            made = actor_of(Records(connection).add(name.strip(), role))
            audited(connection, actor, "person added", made.person, given=role)
        return made

    def members(self, actor: Actor) -> tuple[Member, ...]:
        """Everyone known or invited, by name, for whoever gives roles."""
        self._installation.let(actor, "grant roles")
        with self._installation.reading() as connection:
            emails = Identities(connection).emails()
            known = [
                Member(one.id, one.name, emails.get(one.id, ""), cast(Role, one.role) if one.role else None)
                for one in Records(connection).all()
            ]
            invited = [Member("", "", one.email, cast(Role, one.role)) for one in Identities(connection).invitations()]
        return (*known, *invited)

    def invite(self, actor: Actor, email: str, role: Role) -> Person | None:
        """Gives a role to an address: at once to whoever signed in with it and whose provider vouches for it, who is
        returned; else to whoever will. Who has another role keeps it until it is changed under their name.

        Raises AccessDenied, and InvalidInput for what is no address or is somebody's who has another role.
        """
        address = canonical(email)
        with self._installation.writing() as connection:
            self._may_give(actor, role)
            if not address:
                raise InvalidInput(
                    "Cette adresse n’est pas celle d’un courriel, ou contient autre chose que des lettres sans accent, des "
                    "chiffres et des signes courants\u00a0: corrigez-la, ou donnez le rôle après la première connexion."
                )
            known = self._signed_in(connection, address)
            if known is not None and known.role not in {"", role} and actor != OPERATOR:
                raise InvalidInput(
                    f"Cette adresse est celle de {known.name}, qui a déjà un autre rôle\u00a0: changez-le sous son nom."
                )
            if known is not None:
                Identities(connection).forget(address)
                if known.role != role:
                    self._give(connection, actor, known, role)
                return known
            Identities(connection).invite(address, role, actor.person)
            audited(connection, actor, "role", "invitation", given=role)
        return None

    def withdraw_invitation(self, actor: Actor, email: str) -> None:
        """Takes back a role that waits for an address. Raises NotFound, and AccessDenied for a role not one's to give."""
        with self._installation.writing() as connection:
            allow(actor, "grant roles")
            invited = Identities(connection).invitation(canonical(email))
            if invited is None:
                raise NotFound("Cette invitation n’est plus là\u00a0: elle a été prise, ou retirée.")
            self._may_give(actor, cast(Role, invited.role))
            Identities(connection).forget(invited.email)
            audited(connection, actor, "role", "invitation", given="", before=invited.role)

    def grant(self, actor: Actor, person: str, role: Role | None) -> None:
        """Gives a role to somebody who signed in, or takes it; their open windows close. Nobody changes their own."""
        with self._installation.writing() as connection:
            if role is not None:
                self._may_give(actor, role)
            allow(actor, "grant roles")
            if person == actor.person:
                raise AccessDenied(
                    _own_role(actor, Records(connection)),
                    person=actor.person, act="grant roles", subject=person,
                )  # fmt: skip
            known = Records(connection).get(person)
            if known is None:
                raise NotFound("Cette personne n’est pas dans cette installation.")
            if known.role:
                self._may_give(actor, cast(Role, known.role))
            self._give(connection, actor, known, role)

    def _signed_in(self, connection: Connection, address: str) -> Person | None:
        """Whoever signed in with this address, as their provider vouches for it; one of several who has no role yet."""
        people = Records(connection)
        found = [people.get(person) for person in Identities(connection).holders(address)]
        return min((one for one in found if one is not None), key=lambda one: (bool(one.role), one.id), default=None)

    def _give(self, connection: Connection, actor: Actor, known: Person, role: Role | None) -> None:
        if known.id == actor.person:
            raise AccessDenied(
                _own_role(actor, Records(connection)), person=actor.person, act="grant roles", subject=known.id
            )
        Records(connection).set_role(known.id, role or "")
        # Who had no role has nothing open that was drawn for it, and goes on without signing in again.
        if known.role:
            SignIns(connection).end_of(known.id)
        audited(connection, actor, "role", known.id, given=role or "", before=known.role)

    def _may_give(self, actor: Actor, role: Role) -> None:
        allow(actor, "grant roles")
        if actor.role != "administrator" and role not in GIVEN_BY_ORGANISERS:
            raise AccessDenied("Seul l’administrateur donne ce rôle.", person=actor.person, act="grant roles")


def _own_role(actor: Actor, people: Records) -> str:
    """Whom to ask; the only administrator has nobody but the command line."""
    why = "Personne ne change son propre rôle\u00a0: "
    if actor.role != "administrator":
        return f"{why}demandez à un autre organisateur, ou à l’administrateur."
    if sum(one.role == "administrator" for one in people.all()) > 1:
        return f"{why}demandez à un autre administrateur."
    return (
        f"{why}vous êtes le seul administrateur. Donnez d’abord ce rôle à une autre personne, ou changez le vôtre sur le "
        "serveur (prelecture people grant)."
    )


def actor_of(person: Person, sign_in: str = "") -> Actor:
    """A person with a role, as the one who acts."""
    return Actor(person.id, cast(Role, person.role), person.name, sign_in)
