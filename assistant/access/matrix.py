"""Who may do what: the one function every use case passes. What it applies is the matrix of `grants`."""

from dataclasses import dataclass
from typing import Literal

from assistant.access.actor import Actor
from assistant.access.grants import (
    ACT_REFUSED,
    INCOMPLETE,
    LOCKED_REFUSED,
    RELATION_REFUSED,
    RELATIONS,
    SEATED_REFUSED,
    Relation,
    granted,
)
from assistant.access.grants import Act as Act
from assistant.errors import AccessDenied, IncompleteDossier

Link = Literal["", "none", "trainer", "relation"]
"""What a juror declared about the candidate: nothing yet, no link, own trainee, or another relation."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One assigned juror of a candidacy, as far as access goes."""

    person: str
    part: int
    link: Link
    locked: bool


@dataclass(frozen=True, slots=True)
class CandidacyAccess:
    """What access to one candidacy rests on; or, outside any session, who owns the dossier.

    `others`: who organises the session besides `organiser`; `shared_with`: the trainers to whom the owner of a dossier
    outside any session shows it; `subject`: the id that a refusal is recorded under; `incomplete`: the organiser says that
    the file is, so that its reading waits.
    """

    organiser: str = ""
    trainer: str = ""
    seats: tuple[Seat, ...] = ()
    in_session: bool = False
    accommodations_shown: bool = False
    owner: str = ""
    others: frozenset[str] = frozenset()
    shared_with: frozenset[str] = frozenset()
    subject: str = ""
    incomplete: bool = False

    def seat(self, person: str) -> Seat | None:
        return next((seat for seat in self.seats if seat.person == person), None)

    @property
    def all_locked(self) -> bool:
        """Both jurors (and the third reader, where there is one) have locked their reading."""
        return len(self.seats) >= 2 and all(seat.locked for seat in self.seats)


NOTHING = CandidacyAccess()
"""Acts that concern no dossier."""


def own(person: str, shared_with: frozenset[str] = frozenset(), subject: str = "") -> CandidacyAccess:
    """A dossier that belongs to no session: a candidate's own check, a try. It is its owner's alone, unless shared."""
    return CandidacyAccess(owner=person, shared_with=shared_with, subject=subject)


def allow(actor: Actor, act: Act, access: CandidacyAccess = NOTHING) -> None:
    """Lets an act pass, or raises AccessDenied with the reason in French."""
    relations = relations_of(actor, access)
    if not granted(actor.role, act, relations):
        said = _reason(actor, act, access, relations)
        kind = IncompleteDossier if said == INCOMPLETE else AccessDenied
        raise kind(said, person=actor.person, act=act, subject=access.subject)


def allowed(actor: Actor, act: Act, access: CandidacyAccess = NOTHING) -> bool:
    """Whether `allow` would let it pass: for what the app shows."""
    return granted(actor.role, act, relations_of(actor, access))


def relations_of(actor: Actor, access: CandidacyAccess) -> frozenset[Relation]:
    """Where the actor stands. Whoever is seated on a dossier does not organise it, whatever else they are."""
    found: set[Relation] = {"anyone", "alone"} if actor.alone else {"anyone"}
    seat = access.seat(actor.person)
    if not access.in_session:
        if access.owner:
            found.add(_outside(actor, access))
    elif seat is not None:
        found.add(_seated(actor, seat, access))
        if access.accommodations_shown and seat.link == "none" and access.trainer != actor.person:
            found.add("told")
    elif actor.role == "administrator" or actor.person == access.organiser or actor.person in access.others:
        found.add("organises, file incomplete" if access.incomplete else "organises")
    else:
        found.add("not assigned")
    return frozenset(found)


def _outside(actor: Actor, access: CandidacyAccess) -> Relation:
    if access.owner == actor.person:
        return "own"
    return "shared" if actor.person in access.shared_with else "other's"


def _seated(actor: Actor, seat: Seat, access: CandidacyAccess) -> Relation:
    if access.trainer and access.trainer == actor.person:
        return "trained"
    if seat.link in {"trainer", "relation"}:
        return "link declared, locked" if seat.locked else "link declared"
    if seat.link == "":
        return "link declared, locked" if seat.locked else "link not declared"
    if not seat.locked:
        return "reads, file incomplete" if access.incomplete else "reads"
    return "all locked" if access.all_locked else "locked"


def _reason(actor: Actor, act: Act, access: CandidacyAccess, relations: frozenset[Relation]) -> str:
    seat = access.seat(actor.person)
    if act in {"organise", "unlock"} and seat is not None and _would_organise(actor, access):
        return SEATED_REFUSED
    if seat is not None and seat.locked and act in LOCKED_REFUSED and "trained" not in relations:
        return LOCKED_REFUSED[act]
    if act in ACT_REFUSED and (access.in_session or act not in {"organise", "unlock", "read accommodations"}):
        return ACT_REFUSED[act]
    where = [one for one in RELATIONS if one in relations and one not in {"anyone", "alone", "told"}]
    return RELATION_REFUSED[where[0] if where else "anyone"]


def _would_organise(actor: Actor, access: CandidacyAccess) -> bool:
    return actor.role == "administrator" or actor.person == access.organiser or actor.person in access.others
