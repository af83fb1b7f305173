"""What becomes of somebody whom a provider has identified: which person they are, in which role, and for how long.

The provider's word (an id token that Streamlit checked and keeps in a signed cookie) says who; a role comes from an
invitation to a verified address, from a claim that the settings name, or from an organiser: never from the person.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import Connection

from assistant.access.actor import LOCAL, OPERATOR, ROLES, Actor, Role
from assistant.access.addresses import canonical
from assistant.application.auditing import audited
from assistant.application.installation import Installation
from assistant.application.people import GIVEN_BY_ORGANISERS, actor_of
from assistant.errors import AccessDenied, SettingsError
from assistant.store.identities import Identities, SignIn, SignIns, Work
from assistant.store.names import kept_name
from assistant.store.people import LONGEST_NAME, People, Person

SIGN_OF_LIFE = timedelta(seconds=30)
"""How often the last sign of life is written."""
STRONGEST: tuple[Role, ...] = ("administrator", "organiser", "juror", "trainer", "candidate")
"""Of several roles in a claim, the first of these."""
NO_ISSUER = (
    "Le réglage PRELECTURE_ROLES_CLAIM demande PRELECTURE_ROLES_ISSUER\u00a0: l’adresse du fournisseur dont l’attribut donne "
    "des rôles (son « issuer »). Les autres fournisseurs n’en donnent pas."
)
OF_THE_SIGN_IN = ("iss", "sub", "iat", "auth_time", "sid", "jti", "nonce")
"""The claims that tell one sign-in of a person from the next."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """`actor` is None for somebody without a role, and when the sign-in is over (`ended`)."""

    actor: Actor | None
    name: str = ""
    ended: bool = False


class SigningIn:
    """Sign-ins of one installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._idle = timedelta(minutes=installation.settings.idle_minutes)

    def arrive(self, claims: Mapping[str, object]) -> Arrival:
        """Called each time a page is drawn, with what the provider said at sign-in."""
        issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
        if not issuer or not subject:
            raise AccessDenied(
                "Votre fournisseur d’identité ne dit pas qui vous êtes\u00a0: prévenez l’administrateur."
            )
        name = sign_in_of(claims)
        with self._installation.writing() as connection:
            known = SignIns(connection).get(name)
            if known is not None:
                return self._again(connection, known)
            person = self._person(connection, issuer, subject, claims)
            SignIns(connection).begin(name, person.id)
            actor = actor_of(person, name) if person.role else None
            audited(connection, actor or Actor(person.id, "candidate"), "sign in", person.id, with_role=person.role)
        return Arrival(actor, person.name)

    def leave(self, actor: Actor) -> None:
        """Signs out, in every window that came by this sign-in."""
        if not actor.sign_in:
            return
        with self._installation.writing() as connection:
            SignIns(connection).end(actor.sign_in)
            audited(connection, actor, "sign out", actor.person)

    def alive(self, name: str) -> bool:
        """Whether a sign-in still holds; asking is a sign of life."""
        with self._installation.reading() as connection:
            known = SignIns(connection).get(name)
        if known is None or known.ended is not None or self._is_idle(known):
            return False
        if datetime.now(UTC) - known.seen > SIGN_OF_LIFE:
            with self._installation.writing() as connection:
                SignIns(connection).see(name)
        return True

    def still(self, actor: Actor) -> bool:
        """Whether the sign-in that an actor came by holds, in the role they had then. No sign of life: a page that draws
        itself anew keeps nobody signed in."""
        if not actor.sign_in:
            return True
        with self._installation.reading() as connection:
            known = SignIns(connection).get(actor.sign_in)
            person = People(connection).get(actor.person)
        holds = known is not None and known.ended is None and not self._is_idle(known)
        return holds and person is not None and person.role == actor.role

    def only_person(self) -> Actor:
        """Whose machine this is, in local mode. Raises SettingsError when the database holds the work of several people."""
        with self._installation.writing() as connection:
            workers = Work(connection).people()
            people = People(connection)
            if len(workers) > 1:
                raise SettingsError(
                    "Cette base contient le travail de plusieurs personnes : elle ne s’ouvre pas en mode local. "
                    "Réglez la connexion des personnes (PRELECTURE_SIGN_IN=oidc), ou un autre dossier de données."
                )
            known = people.get(next(iter(workers))) if workers else None
            if known is not None and known.role:
                return replace(actor_of(known), alone=True)
            if people.get(LOCAL.person) is None:
                people.add(LOCAL.name, LOCAL.role, LOCAL.person)
        return LOCAL

    def _again(self, connection: Connection, known: SignIn) -> Arrival:
        person = People(connection).get(known.person)
        if person is None or known.ended is not None:
            return Arrival(None, ended=True)
        if self._is_idle(known):
            SignIns(connection).end(known.id)
            audited(connection, Actor(person.id, "candidate"), "sign-in ended", person.id, idle=True)
            return Arrival(None, ended=True)
        if datetime.now(UTC) - known.seen > SIGN_OF_LIFE:
            SignIns(connection).see(known.id)
        return Arrival(actor_of(person, known.id) if person.role else None, person.name)

    def _is_idle(self, known: SignIn) -> bool:
        return datetime.now(UTC) - known.seen > self._idle

    def _person(self, connection: Connection, issuer: str, subject: str, claims: Mapping[str, object]) -> Person:
        """The person, made at the first sign-in; a claim sets the role each time, an invitation once."""
        identities, people = Identities(connection), People(connection)
        # An address that its provider does not vouch for says nothing: anybody may have typed it.
        email = canonical(claims.get("email")) if claims.get("email_verified") is True else ""
        said = kept_name(str(claims.get("name") or ""), LONGEST_NAME) or email or "Sans nom"
        name = identities.person_of(issuer, subject)
        known = people.get(name) if name else None
        if known is None:
            known = people.add(said, "")
            identities.bind(issuer, subject, known.id, email)
        elif email:
            identities.note_address(issuer, subject, email)
        invitation = identities.invitation(email) if email else None
        role = self._claimed(people, issuer, claims)
        if invitation is not None:
            identities.forget(email)
            if role is None and _may_change(people, known, invitation.given_by):
                role = cast(Role, invitation.role)
        if role is not None and role != known.role:
            people.set_role(known.id, role)
        found = people.get(known.id)
        assert found is not None
        return found

    def _claimed(self, people: People, issuer: str, claims: Mapping[str, object]) -> Role | None:
        """The role that a claim of the provider that gives roles names. The first administrator is made by the command
        on the server alone, so that no claim does while there is none. Raises SettingsError without that provider."""
        settings = self._installation.settings
        if not settings.roles_claim:
            return None
        if not settings.roles_issuer:
            raise SettingsError(NO_ISSUER)
        if issuer != settings.roles_issuer:
            return None
        value = claims.get(settings.roles_claim)
        said = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)} if value else set()
        given = [role for role in STRONGEST if f"{settings.roles_prefix}{role}" in said]
        if "administrator" in given and not any(one.role == "administrator" for one in people.all()):
            given.remove("administrator")
        return next(iter(given), None)


def _may_change(people: People, known: Person, giver: str) -> bool:
    """Whether an invitation may give this person another role: an organiser's changes none that an organiser could not
    have given, and nobody's changes their own."""
    by = people.get(giver)
    ruled = giver == OPERATOR.person or (by is not None and by.role == "administrator")
    return giver != known.id and (ruled or not known.role or known.role in GIVEN_BY_ORGANISERS)


def sign_in_of(claims: Mapping[str, object]) -> str:
    """What one sign-in is known by: a hash, for the claims are nobody else's business."""
    assert set(STRONGEST) == set(ROLES)
    told = {name: str(claims[name]) for name in OF_THE_SIGN_IN if claims.get(name) is not None}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
