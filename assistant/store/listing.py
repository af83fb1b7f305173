"""What a list of many candidates needs, in one statement each: no list asks the database once per line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, select

from assistant.store.prereads import Status
from assistant.store.sessions import CandidacyRecord, SeatRecord, candidacy_of
from assistant.store.tables import CANDIDACIES, DOSSIERS, PREREADS, SEATS


@dataclass(frozen=True, slots=True)
class Listed:
    """A candidacy with its dossier's title and how far its pre-read is; None where it has none."""

    candidacy: CandidacyRecord
    title: str
    withdrawn: datetime | None
    status: Status | None


def candidates_of(connection: Connection, sessions: Iterable[str]) -> Mapping[str, tuple[Listed, ...]]:
    """The candidates of these sessions, by session. One statement."""
    query = (
        select(
            CANDIDACIES,
            DOSSIERS.c.title.label("listed_title"),
            DOSSIERS.c.withdrawn.label("listed_withdrawn"),
            PREREADS.c.status.label("listed_status"),
        )
        .join(DOSSIERS, DOSSIERS.c.id == CANDIDACIES.c.dossier)
        .outerjoin(PREREADS, PREREADS.c.id == CANDIDACIES.c.preread)
        .where(CANDIDACIES.c.session.in_(sorted(set(sessions))))
    )
    found: dict[str, list[Listed]] = {}
    for row in connection.execute(query):
        candidacy = candidacy_of({column.name: row._mapping[column] for column in CANDIDACIES.c})
        status = cast("Status | None", row.listed_status)
        listed = Listed(candidacy, row.listed_title, row.listed_withdrawn, status)
        found.setdefault(candidacy.session, []).append(listed)
    return {session: tuple(listed) for session, listed in found.items()}


def seats_of(connection: Connection, sessions: Iterable[str]) -> Mapping[str, tuple[SeatRecord, ...]]:
    """Who reads the dossiers of these sessions, by candidacy and part. One statement."""
    inside = select(CANDIDACIES.c.id).where(CANDIDACIES.c.session.in_(sorted(set(sessions))))
    query = select(SEATS).where(SEATS.c.candidacy.in_(inside)).order_by(SEATS.c.candidacy, SEATS.c.part)
    found: dict[str, list[SeatRecord]] = {}
    for row in connection.execute(query):
        values: dict[str, Any] = dict(row._mapping)
        found.setdefault(row.candidacy, []).append(SeatRecord(**values))
    return {candidacy: tuple(seats) for candidacy, seats in found.items()}


def dossiers_in_sessions(connection: Connection, dossiers: Iterable[str]) -> frozenset[str]:
    """Those of these dossiers that were handed in for a session. One statement."""
    query = select(CANDIDACIES.c.dossier).where(CANDIDACIES.c.dossier.in_(sorted(set(dossiers))))
    return frozenset(connection.execute(query).scalars())
