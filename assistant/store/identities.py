"""Who a provider says somebody is, roles given to addresses that never signed in, and sign-ins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from assistant.store.tables import IDENTITIES, INVITATIONS, JOURNAL, PREREADS, SESSIONS, SIGN_INS

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Invitation:
    """A role that waits for whoever signs in with this address, in small letters."""

    email: str
    role: str
    given_by: str
    created: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in: `seen` is its last sign of life; `ended` when it was closed."""

    id: str
    person: str
    started: datetime
    seen: datetime
    ended: datetime | None


class Identities:
    """Identities and invitations, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def person_of(self, issuer: str, subject: str) -> str | None:
        """The person that a provider's subject is; None when they never signed in."""
        query = select(IDENTITIES.c.person).where(IDENTITIES.c.issuer == issuer, IDENTITIES.c.subject == subject)
        return self._connection.execute(query).scalar_one_or_none()

    def bind(self, issuer: str, subject: str, person: str, email: str) -> None:
        """From now on this subject is this person."""
        self._connection.execute(
            insert(IDENTITIES).values(issuer=issuer, subject=subject, person=person, email=email[:LONGEST])
        )

    def note_address(self, issuer: str, subject: str, email: str) -> None:
        """The address as the provider vouches for it now."""
        mine = (IDENTITIES.c.issuer == issuer) & (IDENTITIES.c.subject == subject)
        self._connection.execute(update(IDENTITIES).where(mine).values(email=email[:LONGEST]))

    def emails(self) -> Mapping[str, str]:
        """The address of everyone who signed in, by person. One statement."""
        return {row.person: row.email for row in self._connection.execute(select(IDENTITIES))}

    def holders(self, email: str) -> tuple[str, ...]:
        """Everyone whose provider vouches for this address."""
        query = select(IDENTITIES.c.person).where(IDENTITIES.c.email == email).distinct()
        return tuple(self._connection.execute(query).scalars()) if email else ()

    def invite(self, email: str, role: str, given_by: str) -> None:
        """Gives a role to an address; one given before is replaced."""
        self.forget(email)
        self._connection.execute(
            insert(INVITATIONS).values(email=email[:LONGEST], role=role, given_by=given_by, created=datetime.now(UTC))
        )

    def invitation(self, email: str) -> Invitation | None:
        row = self._connection.execute(select(INVITATIONS).where(INVITATIONS.c.email == email)).first()
        return Invitation(**row._mapping) if row else None

    def invitations(self) -> tuple[Invitation, ...]:
        """Every one, by address."""
        rows = self._connection.execute(select(INVITATIONS).order_by(INVITATIONS.c.email))
        return tuple(Invitation(**row._mapping) for row in rows)

    def forget(self, email: str) -> None:
        """Takes an invitation back, or away once it was taken up."""
        self._connection.execute(delete(INVITATIONS).where(INVITATIONS.c.email == email))


class SignIns:
    """Sign-ins, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> SignIn | None:
        row = self._connection.execute(select(SIGN_INS).where(SIGN_INS.c.id == name)).first()
        return SignIn(**row._mapping) if row else None

    def begin(self, name: str, person: str) -> SignIn:
        now = datetime.now(UTC)
        self._connection.execute(insert(SIGN_INS).values(id=name, person=person, started=now, seen=now, ended=None))
        return SignIn(name, person, now, now, None)

    def see(self, name: str) -> None:
        """A sign of life."""
        self._connection.execute(update(SIGN_INS).where(SIGN_INS.c.id == name).values(seen=datetime.now(UTC)))

    def end(self, name: str) -> None:
        """It is over, in every window."""
        self._connection.execute(
            update(SIGN_INS).where(SIGN_INS.c.id == name, SIGN_INS.c.ended.is_(None)).values(ended=datetime.now(UTC))
        )

    def end_of(self, person: str) -> None:
        """Every sign-in of a person is over: their role was taken away or changed."""
        self._connection.execute(
            update(SIGN_INS)
            .where(SIGN_INS.c.person == person, SIGN_INS.c.ended.is_(None))
            .values(ended=datetime.now(UTC))
        )


NOBODY = frozenset({"", "jury", "operator", "program"})
"""Ids under which nobody works."""


class Work:
    """Who has work in this database, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def people(self) -> frozenset[str]:
        """Everyone who asked for a pre-read, made a session, or wrote."""
        columns = (PREREADS.c.owner, SESSIONS.c.created_by, JOURNAL.c.person)
        found = {name for column in columns for name in self._connection.execute(select(column).distinct()).scalars()}
        return frozenset(found - NOBODY)
