"""What the lists of sessions and candidates show: one's own progress and who reads, never anything about merit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import CandidacyAccess, Link, allowed
from assistant.application.installation import Installation, Summary
from assistant.application.place import ReviewPlace, candidacy_access, locked_in, session_access, typed
from assistant.review.harmony import decides
from assistant.review.values import value_of
from assistant.review.work import work_of
from assistant.store.journal import Journal, Revision
from assistant.store.listing import Listed, candidates_of, seats_of
from assistant.store.people import People
from assistant.store.prereads import Status
from assistant.store.sessions import Completeness, Presence, Sessions

PROGRESS = ("lock", "read", "choice", "note", "motivation", "decision", "own_text", "own_evidence", "drafts_ignored",
            "drafts_asked", "agreed")  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeatView:
    """Who reads a dossier: part 1, 2, or 3 for the third reader."""

    person: str
    name: str
    part: int
    link: Link
    locked: bool
    read: int | None = None
    """Criteria they ticked as read, for the organiser alone; never what they think of them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One's own way through a dossier. `left`: drafted items not treated yet; None where the drafts are ignored."""

    read: int
    criteria: int
    left: int | None
    begun: bool
    locked: bool


@dataclass(frozen=True, slots=True)
class CandidacyView:
    """A candidate as the actor may see them; `file` names the dossier's first file for whoever organises, and is "" for a
    juror: lists tell candidates by their number, and a file is often called by its candidate's name."""

    id: str
    session: str
    number: str
    name: str
    company: str
    file: str
    preread: str | None
    status: Status | None
    trainer: str
    accommodations: str
    shown_to_jury: bool
    seats: tuple[SeatView, ...]
    seat: SeatView | None
    organises: bool
    trained: bool
    trainer_name: str = ""
    email: str = ""
    presence: Presence = ""
    presence_note: str = ""
    complete: Completeness = ""
    complete_note: str = ""
    progress: Progress | None = None
    """None while the dossier is not read, or is not the actor's to read."""
    decided: bool = False
    """Whether the jury has agreed on a decision that may be revoked; told to the organiser alone, never which."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session, with the candidates the actor may see, by number: 9 before 10."""

    id: str
    title: str
    held: date | None
    referentiel: str
    blocs: tuple[str, ...]
    blind_first: bool
    organises: bool
    archived: bool
    candidacies: tuple[CandidacyView, ...]


def session_views(connection: Connection, installation: Installation, actor: Actor) -> tuple[SessionView, ...]:
    """In six statements, however many sessions and candidates there are."""
    sessions = Sessions(connection).all()
    listed = candidates_of(connection, [one.id for one in sessions])
    seats = seats_of(connection, [one.id for one in sessions])
    every = [one for group in listed.values() for one in group]
    rows: dict[str, list[Revision]] = {}
    for row in Journal(connection).current_of([one.candidacy.id for one in every], PROGRESS):
        rows.setdefault(row.key.review, []).append(row)
    names = {one.id: one.name for one in People(connection).all()}
    finished = [
        one.candidacy.preread for one in every if one.candidacy.preread and one.status in {"complete", "partial"}
    ]
    summaries = installation.summaries(connection, [one for one in finished if one])
    views = []
    for session in sessions:
        organises = allowed(actor, "organise", session_access(session))
        mine = []
        for one in sorted(listed.get(session.id, ()), key=lambda each: in_order(each.candidacy.number)):
            own_rows = rows.get(one.candidacy.id, [])
            access = candidacy_access(one.candidacy, session, seats.get(one.candidacy.id, ()), locked_in(own_rows))
            if organises or access.seat(actor.person):
                summary = summaries.get(one.candidacy.preread or "")
                mine.append(_line(one, access, actor, names, own_rows, summary))
        if organises or mine:
            views.append(
                SessionView(
                    session.id,
                    session.title,
                    session.held,
                    session.referentiel_title or session.referentiel_id,
                    session.blocs,
                    session.blind_first,
                    organises,
                    session.archived is not None,
                    tuple(mine),
                )
            )
    return tuple(views)


def candidacy_view(place: ReviewPlace, actor: Actor, names: Mapping[str, str]) -> CandidacyView:
    """One candidacy, without progress."""
    assert place.candidacy is not None
    status = place.preread.status if place.preread else None
    listed = Listed(place.candidacy, "", None, status)
    return _line(listed, place.access, actor, names, [], None)


def _line(
    listed: Listed,
    access: CandidacyAccess,
    actor: Actor,
    names: Mapping[str, str],
    rows: list[Revision],
    summary: Summary | None,
) -> CandidacyView:
    one = listed.candidacy
    organises = allowed(actor, "organise", access)
    seats = tuple(
        SeatView(
            seat.person, names.get(seat.person, "?"), seat.part, seat.link, seat.locked,
            _ticked(rows, seat.person) if organises else None,
        )
        for seat in access.seats
    )  # fmt: skip
    reads = allowed(actor, "read own work", access)
    told = allowed(actor, "read accommodations", access)
    return CandidacyView(
        one.id,
        one.session,
        one.number,
        one.name,
        one.company,
        (summary.file if summary else listed.title) if organises else "",
        one.preread,
        listed.status,
        one.trainer,
        one.accommodations if told else "",
        one.shown_to_jury,
        seats,
        next((seat for seat in seats if seat.person == actor.person), None),
        organises,
        bool(one.trainer) and one.trainer == actor.person,
        names.get(one.trainer, ""),
        one.email if organises else "",
        one.presence,
        one.presence_note if organises else "",
        one.complete,
        one.complete_note,
        _progress(actor, rows, summary) if reads and summary else None,
        organises and _decided(rows),
    )


def _progress(actor: Actor, rows: list[Revision], summary: Summary) -> Progress:
    """Criteria read and items still to treat: the juror's own way through, nothing about the dossier."""
    work = work_of(actor.person, typed(one for one in rows if one.key.person == actor.person))
    left = sum(item not in work.on(name).choices for name, items in summary.items.items() for item in items)
    return Progress(
        sum(work.on(name).read for name in summary.items),
        len(summary.items),
        None if work.ignores_drafts else left,
        any(own.begun for own in work.criteria.values()),
        work.locked is not None,
    )


def _decided(rows: list[Revision]) -> bool:
    return any(decides(value_of("agreed", one.value)) for one in rows if one.key.kind == "agreed")


def _ticked(rows: list[Revision], person: str) -> int:
    return sum(
        bool(one.value and one.value.get("value"))
        for one in rows
        if one.key.kind == "read" and one.key.person == person
    )


def in_order(number: str) -> list[tuple[int, str]]:
    """Figures by their value, letters as they are: 9 before 10."""
    pieces = re.split(r"(\d+)", number.casefold())
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in pieces if piece]


Stage = Literal["À lire", "En cours", "Verrouillés"]


def stage_of(view: CandidacyView) -> Stage:
    """How far the actor is with a dossier, as the list filters it."""
    if view.seat and view.seat.locked:
        return "Verrouillés"
    return "En cours" if view.progress and view.progress.begun else "À lire"
