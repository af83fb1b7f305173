"""The one matrix: which role may do what, in which relation to a dossier. Data alone; `matrix` applies it.

Sources: independence of jurors and refusal of the candidate's trainer are the jury rules printed in the référentiels
(« Les membres du jury ne pourront pas être les formateurs de l'apprenant ») and DESIGN.md's invariant 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.access.actor import ROLES, Role

Act = Literal[
    "sign in",
    "hand in a dossier",
    "keep phrases",
    "read the catalogue",
    "see people",
    "grant roles",
    "maintain",
    "work the queue",
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
ACTS: tuple[Act, ...] = get_args(Act)
Relation = Literal[
    "anyone",
    "alone",
    "own",
    "shared",
    "other's",
    "organises",
    "organises, file incomplete",
    "not assigned",
    "trained",
    "link not declared",
    "link declared",
    "link declared, locked",
    "reads",
    "reads, file incomplete",
    "locked",
    "all locked",
    "told",
]
"""Where a person stands towards a dossier. "anyone": what concerns no dossier; "alone": on one's own
machine, where nobody signs in; "told": reads it, and the organiser lets
the jury know of the accommodations. Several may hold at once."""
RELATIONS: tuple[Relation, ...] = get_args(Relation)

FOUNDERS: frozenset[Role] = frozenset({"juror", "organiser", "administrator"})
STAFF: frozenset[Role] = frozenset({"organiser", "administrator"})
EVERYONE: frozenset[Role] = frozenset(ROLES)
TRAINER: frozenset[Role] = frozenset({"trainer"})
JUROR: frozenset[Role] = frozenset({"juror"})


@dataclass(frozen=True, slots=True)
class Grant:
    """In this relation, these roles may do these acts; what no grant says is refused."""

    relation: Relation
    roles: frozenset[Role]
    acts: frozenset[Act]


READING: frozenset[Act] = frozenset({"run the pre-read", "read the dossier", "read own work", "export"})
GRANTS: tuple[Grant, ...] = (
    Grant("anyone", EVERYONE, frozenset({"sign in", "hand in a dossier", "keep phrases", "read the catalogue"})),
    Grant("anyone", FOUNDERS, frozenset({"found a session", "see people"})),
    Grant("anyone", STAFF, frozenset({"grant roles", "author a référentiel"})),
    Grant("anyone", frozenset({"administrator"}), frozenset({"maintain", "work the queue"})),
    Grant("alone", EVERYONE, frozenset({"author a référentiel"})),
    Grant("own", EVERYONE, READING | {"write own work"}),
    Grant("own", EVERYONE, frozenset({"share"})),
    Grant("own", TRAINER, frozenset({"keep cohorts"})),
    Grant("shared", TRAINER, frozenset({"read the dossier"})),
    Grant(
        "organises",
        FOUNDERS,
        frozenset({"organise", "unlock", "run the pre-read", "read the dossier", "read accommodations"}),
    ),
    # A file that its organiser says is incomplete is not read: neither by the program nor by its jury.
    Grant(
        "organises, file incomplete",
        FOUNDERS,
        frozenset({"organise", "unlock", "read the dossier", "read accommodations"}),
    ),
    Grant("reads, file incomplete", JUROR, frozenset({"declare a link"})),
    Grant("link not declared", JUROR, frozenset({"declare a link"})),
    Grant("link declared", JUROR, frozenset({"declare a link"})),
    Grant("reads", JUROR, READING | {"declare a link", "write own work", "lock"}),
    Grant("locked", JUROR, READING),
    Grant("all locked", JUROR, READING | {"read the others' work", "agree"}),
    Grant("told", JUROR, frozenset({"read accommodations"})),
)

ACT_REFUSED: Mapping[Act, str] = {
    "maintain": "Seul l’administrateur de l’installation peut faire cela.",
    "work the queue": "Seul le programme lit les dossiers de la file.",
    "author a référentiel": "Seuls les organisateurs et l’administrateur modifient les référentiels.",
    "grant roles": "Seuls les organisateurs et l’administrateur donnent des rôles.",
    "see people": "La liste des personnes n’est visible que des jurés et des organisateurs.",
    "found a session": "Seuls les jurés et les organisateurs créent une session.",
    "keep cohorts": "Une promotion n’est visible que du formateur qui la suit.",
    "organise": "Seul l’organisateur de la session peut faire cela.",
    "unlock": "Seul l’organisateur de la session peut faire cela.",
    "read accommodations": "Les aménagements de ce candidat ne sont pas communiqués au jury.",
}
"""Why an act is refused, whatever the relation."""
INCOMPLETE = "Ce dossier est incomplet\u00a0: sa lecture attend que l’organisateur le dise complet."
RELATION_REFUSED: Mapping[Relation, str] = {
    "anyone": "Ce dossier n’appartient à aucune session.",
    "alone": "Ce dossier n’appartient à aucune session.",
    "own": "Ce dossier n’appartient à aucune session.",
    "shared": "Ce dossier vous est partagé pour lecture seulement.",
    "other's": "Ce dossier n’est visible que de la personne qui l’a déposé.",
    "organises": "Ce dossier ne vous est pas attribué.",
    "organises, file incomplete": INCOMPLETE,
    "not assigned": "Ce dossier ne vous est pas attribué.",
    "trained": "Vous avez formé ce candidat\u00a0: vous ne pouvez pas être son juré.",
    "link not declared": "Déclarez d’abord si vous avez un lien avec ce candidat.",
    "link declared": "Vous avez déclaré un lien avec ce candidat\u00a0: un autre juré doit lire son dossier.",
    "link declared, locked": "Vous avez déclaré un lien avec ce candidat\u00a0: un autre juré doit lire son dossier.",
    "reads": "Les autres lectures se découvrent quand tous les jurés ont verrouillé la leur.",
    "reads, file incomplete": INCOMPLETE,
    "locked": "Les autres lectures se découvrent quand tous les jurés ont verrouillé la leur.",
    "all locked": "Votre lecture est verrouillée\u00a0: elle ne change plus.",
    "told": "Ce dossier ne vous est pas attribué.",
}
"""Why anything else is refused in a relation."""
SEATED_REFUSED = "Vous lisez ce dossier pour le jury\u00a0: un autre organisateur s’en occupe."
LOCKED_REFUSED: Mapping[Act, str] = {
    "write own work": "Votre lecture est verrouillée\u00a0: elle ne change plus.",
    "lock": "Votre lecture est verrouillée\u00a0: elle ne change plus.",
    "declare a link": "Votre lecture est verrouillée\u00a0: prévenez l’organisateur.",
}
"""Why one's own closed reading refuses these."""


def granted(role: Role, act: Act, relations: frozenset[Relation]) -> bool:
    """Whether any row of the matrix allows it."""
    return any(one.relation in relations and role in one.roles and act in one.acts for one in GRANTS)
