"""Who may do what: the one function every use case passes.

Sources: independence of jurors and refusal of the candidate's trainer are the jury rules printed in the référentiels
(« Les membres du jury ne pourront pas être les formateurs de l'apprenant ») and DESIGN.md's invariant 6.
"""

from dataclasses import dataclass
from typing import Literal

from assistant.access.actor import Actor
from assistant.errors import AccessDenied

Act = Literal[
    "choose a profile",
    "hand in a dossier",
    "keep phrases",
    "read the catalogue",
    "maintain",
    "author a référentiel",
    "found a session",
    "organise",
    "unlock",
    "share",
    "keep cohorts",
    "run the pre-read",
    "read the dossier",
    "read own work",
    "write own work",
    "declare a link",
    "lock",
    "read the others' work",
    "agree",
    "read accommodations",
    "export",
]
ANYONE: frozenset[Act] = frozenset({"choose a profile", "hand in a dossier", "keep phrases", "read the catalogue"})
"""Acts that concern nobody else."""
OWN: frozenset[Act] = frozenset(
    {"run the pre-read", "read the dossier", "read own work", "write own work", "export", "share"}
)
"""What the owner of a dossier outside any session may do with it."""
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
    """What access to one candidacy rests on; or, outside any session, who owns the dossier."""

    organiser: str = ""
    trainer: str = ""
    seats: tuple[Seat, ...] = ()
    in_session: bool = False
    accommodations_shown: bool = False
    owner: str = ""
    shared_with: frozenset[str] = frozenset()
    """The trainers to whom the owner of a dossier outside any session shows it."""

    def seat(self, person: str) -> Seat | None:
        return next((seat for seat in self.seats if seat.person == person), None)

    @property
    def all_locked(self) -> bool:
        """Both jurors (and the third reader, where there is one) have locked their reading."""
        return len(self.seats) >= 2 and all(seat.locked for seat in self.seats)


NOTHING = CandidacyAccess()
"""Acts that concern no dossier."""


def own(person: str, shared_with: frozenset[str] = frozenset()) -> CandidacyAccess:
    """What belongs to no session: a candidate's own check, a trainer's cohort. Its owner's alone, unless it is shared."""
    return CandidacyAccess(owner=person, shared_with=shared_with)


def allow(actor: Actor, act: Act, access: CandidacyAccess = NOTHING) -> None:
    """Lets an act pass, or raises AccessDenied with the reason in French."""
    reason = _refusal(actor, act, access)
    if reason:
        raise AccessDenied(reason)


def allowed(actor: Actor, act: Act, access: CandidacyAccess = NOTHING) -> bool:
    """Whether `allow` would let it pass: for what the app shows."""
    return not _refusal(actor, act, access)


def _refusal(actor: Actor, act: Act, access: CandidacyAccess) -> str:
    if act in ANYONE:
        return ""
    if act == "maintain":
        return "" if actor.role == "administrator" else "Seul l’administrateur de l’installation peut faire cela."
    if act == "author a référentiel":
        if actor.role in {"organiser", "administrator"}:
            return ""
        return "Seuls les organisateurs et l’administrateur modifient les référentiels."
    if act == "found a session":
        if actor.role in {"juror", "organiser", "administrator"}:
            return ""
        return "Seuls les jurés et les organisateurs créent une session."
    if not access.in_session:
        return _refusal_outside(actor, act, access)
    if act in {"share", "keep cohorts"}:
        return "Ce dossier appartient à une session\u00a0: il ne se partage pas."
    if act in {"organise", "unlock", "run the pre-read"} and _organises(actor, access):
        return ""
    if act in {"organise", "unlock"}:
        return "Seul l’organisateur de la session peut faire cela."
    if act == "read accommodations":
        seat = access.seat(actor.person)
        reads = seat is not None and seat.link == "none" and access.trainer != actor.person
        if _organises(actor, access) or (access.accommodations_shown and reads):
            return ""
        return "Les aménagements de ce candidat ne sont pas communiqués au jury."
    return _refusal_of_juror(actor, act, access)


def _refusal_outside(actor: Actor, act: Act, access: CandidacyAccess) -> str:
    if act == "keep cohorts":
        if actor.role != "trainer":
            return "Les promotions sont suivies par leurs formateurs."
        return "" if access.owner == actor.person else "Cette promotion n’est visible que du formateur qui la suit."
    if act == "read the dossier" and actor.role == "trainer" and actor.person in access.shared_with:
        return ""
    if act not in OWN:
        return "Ce dossier n’appartient à aucune session."
    return "" if access.owner == actor.person else "Ce dossier n’est visible que de la personne qui l’a déposé."


def _organises(actor: Actor, access: CandidacyAccess) -> bool:
    return actor.role == "administrator" or actor.person == access.organiser


def _refusal_of_juror(actor: Actor, act: Act, access: CandidacyAccess) -> str:
    seat = access.seat(actor.person)
    if seat is None:
        if act == "read the dossier" and _organises(actor, access):
            return ""
        return "Ce dossier ne vous est pas attribué."
    if access.trainer and access.trainer == actor.person:
        return "Vous avez formé ce candidat\u00a0: vous ne pouvez pas être son juré."
    if act == "declare a link":
        return "Votre lecture est verrouillée\u00a0: prévenez l’organisateur." if seat.locked else ""
    if seat.link in {"trainer", "relation"}:
        return "Vous avez déclaré un lien avec ce candidat\u00a0: un autre juré doit lire son dossier."
    if seat.link == "":
        return "Déclarez d’abord si vous avez un lien avec ce candidat."
    if act in {"write own work", "lock"} and seat.locked:
        return "Votre lecture est verrouillée\u00a0: elle ne change plus."
    if act in {"read the others' work", "agree"} and not access.all_locked:
        return "Les autres lectures se découvrent quand tous les jurés ont verrouillé la leur."
    return ""
