"""Certification sessions, their candidacies, and who reads whom. The rules of access are applied above."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, true, update

from assistant.errors import StoreError
from assistant.store.ids import new_id
from assistant.store.names import kept_name
from assistant.store.tables import CANDIDACIES, ORGANISERS, REFERENTIELS, SEATS, SESSIONS

Link = Literal["", "none", "trainer", "relation"]
Presence = Literal["", "absent", "excused"]
Completeness = Literal["", "complete", "incomplete"]


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A certification session. `blind_first`: a juror reads before seeing what was drafted.

    `opened`: when its settings were frozen, as `frozen` holds them; `jury_by` and `notify_by`: dates kept to; `others`:
    who organises it besides the person who made it; `referentiel_title`: that of the version it keeps to.
    """

    id: str
    title: str
    held: date | None
    referentiel_sha256: str
    referentiel_id: str
    blocs: tuple[str, ...]
    blind_first: bool
    created_by: str
    created: datetime
    opened: datetime | None = None
    archived: datetime | None = None
    frozen: Mapping[str, Any] = field(default_factory=dict)
    jury_by: date | None = None
    notify_by: date | None = None
    others: frozenset[str] = frozenset()
    referentiel_title: str = ""


@dataclass(frozen=True, slots=True)
class CandidacyRecord:
    """One candidate of a session, by number. `preread`: the one the jury reads, None while there is none; `trainer`:
    the person who trained the candidate, or ""."""

    id: str
    session: str
    number: str
    name: str
    company: str
    dossier: str
    preread: str | None
    trainer: str
    accommodations: str
    shown_to_jury: bool
    created: datetime
    email: str = ""
    blocs: tuple[str, ...] = ()
    presence: Presence = ""
    presence_note: str = ""
    complete: Completeness = ""
    complete_note: str = ""


@dataclass(frozen=True, slots=True)
class SeatRecord:
    """Who reads a dossier: part 1, 2, or 3 for the third reader; `link` is what they declared, "" before."""

    candidacy: str
    person: str
    part: int
    link: Link


class Sessions:
    """Sessions, candidacies and seats, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        title: str,
        held: date | None,
        referentiel_sha256: str,
        referentiel_id: str,
        blocs: Sequence[str],
        *,
        blind_first: bool,
        created_by: str,
    ) -> SessionRecord:
        """A new session, which keeps to this version of its référentiel."""
        made = SessionRecord(
            new_id(),
            kept_name(title, 200),
            held,
            referentiel_sha256,
            referentiel_id,
            tuple(blocs),
            blind_first,
            created_by,
            datetime.now(UTC),
        )
        self._connection.execute(
            insert(SESSIONS).values(
                id=made.id,
                title=made.title,
                held=held,
                referentiel_sha256=referentiel_sha256,
                referentiel_id=referentiel_id,
                blocs=json.dumps(made.blocs),
                blind_first=blind_first,
                created_by=created_by,
                created=made.created,
            )
        )
        return made

    def get(self, session: str) -> SessionRecord | None:
        return self.many([session]).get(session)

    def many(self, sessions: Iterable[str]) -> Mapping[str, SessionRecord]:
        """Those of these ids that exist. One statement."""
        return {one.id: one for one in self._sessions(SESSIONS.c.id.in_(sorted(set(sessions))))}

    def all(self) -> tuple[SessionRecord, ...]:
        """Every session, the latest made first. One statement."""
        return self._sessions(true())

    def change(self, session: str, **values: Any) -> None:
        """Sets columns of a session: `title`, `held`, `opened`, `archived`, `frozen` (JSON), `jury_by`, `notify_by`."""
        if "title" in values:
            values["title"] = kept_name(values["title"], 200)
        self._connection.execute(update(SESSIONS).where(SESSIONS.c.id == session).values(**values))

    def remove(self, session: str) -> None:
        """Removes a session that holds no candidate any more."""
        self._connection.execute(delete(ORGANISERS).where(ORGANISERS.c.session == session))
        self._connection.execute(delete(SESSIONS).where(SESSIONS.c.id == session))

    def add_organiser(self, session: str, person: str) -> None:
        """One more person organises it; twice is once."""
        self.remove_organiser(session, person)
        self._connection.execute(insert(ORGANISERS).values(session=session, person=person))

    def remove_organiser(self, session: str, person: str) -> None:
        self._connection.execute(
            delete(ORGANISERS).where(ORGANISERS.c.session == session, ORGANISERS.c.person == person)
        )

    def _sessions(self, wanted: Any) -> tuple[SessionRecord, ...]:
        query = (
            select(SESSIONS, ORGANISERS.c.person.label("other"), REFERENTIELS.c.title.label("referentiel_title"))
            .outerjoin(ORGANISERS, ORGANISERS.c.session == SESSIONS.c.id)
            .outerjoin(REFERENTIELS, REFERENTIELS.c.sha256 == SESSIONS.c.referentiel_sha256)
            .where(wanted)
            .order_by(SESSIONS.c.created.desc(), SESSIONS.c.id)
        )
        others: dict[str, set[str]] = {}
        rows: dict[str, Row[Any]] = {}
        for row in self._connection.execute(query):
            rows.setdefault(row.id, row)
            if row.other:
                others.setdefault(row.id, set()).add(row.other)
        return tuple(_session(row, frozenset(others.get(name, ()))) for name, row in rows.items())

    def add_candidacy(
        self,
        session: str,
        number: str,
        *,
        dossier: str,
        preread: str | None = None,
        name: str = "",
        company: str = "",
        trainer: str = "",
    ) -> CandidacyRecord:
        """A candidate of a session. Raises StoreError when the number is taken."""
        number = kept_name(number, 60)
        taken = select(CANDIDACIES.c.id).where(CANDIDACIES.c.session == session, CANDIDACIES.c.number == number)
        if self._connection.execute(taken).first():
            raise StoreError(f"Le candidat n° {number} est déjà dans cette session\u00a0: donnez un autre numéro.")
        made = CandidacyRecord(
            new_id(),
            session,
            number,
            kept_name(name, 200),
            kept_name(company, 200),
            dossier,
            preread,
            trainer,
            "",
            False,
            datetime.now(UTC),
        )
        self._connection.execute(
            insert(CANDIDACIES).values(
                id=made.id,
                session=session,
                number=number,
                name=made.name,
                company=made.company,
                dossier=dossier,
                preread=preread,
                trainer=trainer,
                accommodations="",
                shown_to_jury=False,
                created=made.created,
            )
        )
        return made

    def candidacy(self, candidacy: str) -> CandidacyRecord | None:
        return next(iter(self._candidacies(CANDIDACIES.c.id == candidacy)), None)

    def candidacies(self, session: str) -> tuple[CandidacyRecord, ...]:
        """The candidates of a session, by number: 9 before 10."""
        return tuple(sorted(self._candidacies(CANDIDACIES.c.session == session), key=lambda one: _in_order(one.number)))

    def candidacies_of(self, candidacies: Iterable[str]) -> Mapping[str, CandidacyRecord]:
        """Those of these ids that exist. One statement."""
        return {one.id: one for one in self._candidacies(CANDIDACIES.c.id.in_(sorted(set(candidacies))))}

    def held(self, candidacies: Iterable[str]) -> Mapping[str, CandidacyRecord]:
        """The same, which nobody else changes until the transaction ends: of two who hand in at once, one is second."""
        query = select(CANDIDACIES).where(CANDIDACIES.c.id.in_(sorted(set(candidacies)))).order_by(CANDIDACIES.c.id)
        rows = self._connection.execute(query.with_for_update(key_share=True))
        return {row.id: candidacy_of(dict(row._mapping)) for row in rows}

    def candidacies_of_preread(self, preread: str) -> tuple[CandidacyRecord, ...]:
        """The candidacies whose jury reads this pre-read."""
        return self._candidacies(CANDIDACIES.c.preread == preread)

    def candidacies_of_dossier(self, dossier: str) -> tuple[CandidacyRecord, ...]:
        """The candidacies that hand in this dossier."""
        return self._candidacies(CANDIDACIES.c.dossier == dossier)

    def point_to(self, candidacy: str, preread: str | None) -> None:
        """Says which pre-read the jury reads from now on."""
        self._set(candidacy, preread=preread)

    def accommodate(self, candidacy: str, text: str, *, shown: bool) -> None:
        """Records a candidate's accommodations, and whether the jury reads them."""
        self._set(candidacy, accommodations=text, shown_to_jury=shown)

    def name_candidate(self, candidacy: str, name: str, company: str) -> None:
        """Says who the candidate is."""
        self._set(candidacy, name=kept_name(name, 200), company=kept_name(company, 200))

    def set_details(self, candidacy: str, *, email: str, blocs: Sequence[str], trainer: str) -> None:
        """What the list of candidates says besides number, name and company."""
        self._set(candidacy, email=email[:200], blocs=json.dumps(list(blocs)), trainer=trainer)

    def set_presence(self, candidacy: str, presence: Presence, note: str) -> None:
        """Absent, excused, or neither."""
        self._set(candidacy, presence=presence, presence_note=kept_name(note, 1_000))

    def set_complete(self, candidacy: str, complete: Completeness, note: str) -> None:
        """Whether the file is complete, with a comment."""
        self._set(candidacy, complete=complete, complete_note=kept_name(note, 1_000))

    def hand_in(self, candidacy: str, dossier: str) -> None:
        """The dossier of a candidate who was listed without one."""
        self._set(candidacy, dossier=dossier)

    def unseat(self, candidacy: str, part: int) -> None:
        """Takes a seat away."""
        self._connection.execute(delete(SEATS).where(SEATS.c.candidacy == candidacy, SEATS.c.part == part))

    def remove_candidacy(self, candidacy: str) -> None:
        """Removes a candidacy and its seats; what was written on it stays in the journal."""
        self._connection.execute(delete(SEATS).where(SEATS.c.candidacy == candidacy))
        self._connection.execute(delete(CANDIDACIES).where(CANDIDACIES.c.id == candidacy))

    def seat(self, candidacy: str, person: str, part: int) -> None:
        """Gives a dossier to a juror; a seat taken before by someone else is theirs no more."""
        self._connection.execute(
            delete(SEATS).where(SEATS.c.candidacy == candidacy, (SEATS.c.person == person) | (SEATS.c.part == part))
        )
        self._connection.execute(insert(SEATS).values(candidacy=candidacy, person=person, part=part, link=""))

    def seats(self, candidacy: str) -> tuple[SeatRecord, ...]:
        """Who reads a dossier, by part."""
        return self._seats(SEATS.c.candidacy == candidacy)

    def seats_of_session(self, session: str) -> tuple[SeatRecord, ...]:
        """Who reads the dossiers of a session, by candidacy and part. One statement."""
        return self._seats(SEATS.c.candidacy.in_(select(CANDIDACIES.c.id).where(CANDIDACIES.c.session == session)))

    def seats_of_person(self, person: str) -> tuple[SeatRecord, ...]:
        """What a person reads."""
        return self._seats(SEATS.c.person == person)

    def declare(self, candidacy: str, person: str, link: Link) -> None:
        """Records what a juror declared about the candidate."""
        self._connection.execute(
            update(SEATS).where(SEATS.c.candidacy == candidacy, SEATS.c.person == person).values(link=link)
        )

    def _set(self, candidacy: str, **values: Any) -> None:
        self._connection.execute(update(CANDIDACIES).where(CANDIDACIES.c.id == candidacy).values(**values))

    def _candidacies(self, wanted: Any) -> tuple[CandidacyRecord, ...]:
        query = select(CANDIDACIES).where(wanted).order_by(CANDIDACIES.c.created, CANDIDACIES.c.id)
        return tuple(candidacy_of(dict(row._mapping)) for row in self._connection.execute(query))

    def _seats(self, wanted: Any) -> tuple[SeatRecord, ...]:
        query = select(SEATS).where(wanted).order_by(SEATS.c.candidacy, SEATS.c.part)
        return tuple(SeatRecord(**row._mapping) for row in self._connection.execute(query))


def _in_order(number: str) -> list[tuple[int, str]]:
    """Figures by their value, letters as they are."""
    pieces = re.split(r"(\d+)", number.casefold())
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in pieces if piece]


def _session(row: Row[Any], others: frozenset[str]) -> SessionRecord:
    values = {name: value for name, value in row._mapping.items() if name != "other"}
    read = {"blocs": tuple(json.loads(row.blocs)), "frozen": json.loads(row.frozen), "others": others}
    return SessionRecord(**{**values, **read, "referentiel_title": row.referentiel_title or ""})


def candidacy_of(values: Mapping[str, Any]) -> CandidacyRecord:
    """A row of the candidacies."""
    return CandidacyRecord(**{**values, "blocs": tuple(json.loads(values["blocs"]))})
