"""Who is known to be named in a dossier: given at upload or to the session. Their names never leave."""

from sqlalchemy import Connection

from assistant.application.handing_in import MASK
from assistant.privacy.known import NO_CORRECTIONS, About, Corrections, KnownIdentity
from assistant.store.dossiers import Dossiers
from assistant.store.people import People
from assistant.store.prereads import PreReads
from assistant.store.sessions import Sessions


def about_dossier(connection: Connection, dossier: str) -> About:
    """The candidate, the company, and the trainer of each candidacy that reads this dossier; a candidate whose own draft
    it is."""
    record = Dossiers(connection).get(dossier)
    people, companies = [], []
    if record is not None and record.candidate_name:
        from assistant.privacy.people import name_in

        people.append(name_in(record.candidate_name))
    if record is not None:
        companies.append(record.company)
        owner = People(connection).get(record.owner)
        if owner is not None and owner.role == "candidate":
            people.append(owner.name)
    for candidacy in Sessions(connection).candidacies_of_dossier(dossier):
        people.append(candidacy.name)
        companies.append(candidacy.company)
        trainer = People(connection).get(candidacy.trainer) if candidacy.trainer else None
        if trainer is not None:
            people.append(trainer.name)
    return About(KnownIdentity(_given(people), _given(companies)), _corrections(connection, dossier))


def _corrections(connection: Connection, dossier: str) -> Corrections:
    """What was corrected last in a preview of this dossier."""
    for record in PreReads(connection).of_dossier(dossier):
        if MASK in record.settings:
            also, never = record.settings[MASK]
            return Corrections(tuple(also), tuple(never))
    return NO_CORRECTIONS


def _given(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
