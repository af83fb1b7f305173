"""People, certification sessions, their candidates, and who reads whom."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError

from assistant.access.actor import Actor, Role
from assistant.access.matrix import Link
from assistant.errors import StoreError
from assistant.review.tables import ASSIGNMENTS, CANDIDACIES, PEOPLE, SESSIONS
from assistant.store.engine import writing


@dataclass(frozen=True, slots=True)
class Session:
    """A certification session. `blind_first`: a juror reads before seeing what was drafted."""

    id: str
    title: str
    held: date | None
    referentiel: str
    blocs: tuple[str, ...]
    blind_first: bool
    created_by: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Candidacy:
    """One candidate's dossier in a session, by number; `trainer` is the id of the candidate's trainer, or ""."""

    id: str
    session: str
    number: str
    trainer: str
    run_key: str
    file: str
    accommodations: str
    shown_to_jury: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reads a dossier: part 1, 2, or 3 for the third reader."""

    candidacy: str
    person: str
    part: int
    link: Link


class Sessions:
    """The sessions of one database. Rules of access are applied above, in `Office`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_person(self, name: str, role: Role) -> Actor:
        """A new profile."""
        actor = Actor(uuid.uuid4().hex, role, name[:120])
        self._insert(PEOPLE, id=actor.person, name=actor.name, role=role, created=datetime.now(UTC))
        return actor

    def people(self) -> tuple[Actor, ...]:
        """Every profile, by name."""
        return tuple(
            Actor(row["id"], row["role"], row["name"]) for row in self._rows(select(PEOPLE).order_by(PEOPLE.c.name))
        )

    def person(self, name: str) -> Actor | None:
        rows = self._rows(select(PEOPLE).where(PEOPLE.c.id == name))
        return Actor(rows[0]["id"], rows[0]["role"], rows[0]["name"]) if rows else None

    def add_session(
        self, title: str, held: date | None, referentiel: str, blocs: Sequence[str], blind_first: bool, by: str
    ) -> Session:
        """A new session."""
        made = Session(
            uuid.uuid4().hex, title[:200], held, referentiel, tuple(blocs), blind_first, by, datetime.now(UTC)
        )
        self._insert(
            SESSIONS, id=made.id, title=made.title, held=held, referentiel=referentiel, blocs=",".join(blocs),
            blind_first=blind_first, created_by=by, created=made.created,
        )  # fmt: skip
        return made

    def sessions(self) -> tuple[Session, ...]:
        """Every session, the latest made first."""
        rows = self._rows(select(SESSIONS).order_by(SESSIONS.c.created.desc(), SESSIONS.c.id))
        return tuple(_session(row) for row in rows)

    def session(self, name: str) -> Session | None:
        rows = self._rows(select(SESSIONS).where(SESSIONS.c.id == name))
        return _session(rows[0]) if rows else None

    def add_candidacy(self, session: str, number: str, trainer: str, run_key: str, file: str) -> Candidacy:
        """A candidate's dossier. Raises StoreError when the number is taken in this session."""
        made = Candidacy(uuid.uuid4().hex, session, number[:60], trainer, run_key, file[:255], "", False)
        try:
            self._insert(
                CANDIDACIES, id=made.id, session=session, number=made.number, trainer=trainer, run_key=run_key,
                file=made.file, accommodations="", shown_to_jury=False, created=datetime.now(UTC),
            )  # fmt: skip
        except StoreError as error:
            if isinstance(error.__cause__, IntegrityError):
                raise StoreError(
                    f"Le candidat n° {number} est déjà dans cette session\u00a0: donnez un autre numéro."
                ) from error
            raise
        return made

    def candidacies(self, session: str) -> tuple[Candidacy, ...]:
        """The candidates of a session, by number: 9 before 10."""
        rows = self._rows(select(CANDIDACIES).where(CANDIDACIES.c.session == session))
        return tuple(sorted((_candidacy(row) for row in rows), key=lambda one: _in_order(one.number)))

    def candidacy(self, name: str) -> Candidacy | None:
        rows = self._rows(select(CANDIDACIES).where(CANDIDACIES.c.id == name))
        return _candidacy(rows[0]) if rows else None

    def candidacies_of_run(self, run_key: str) -> tuple[Candidacy, ...]:
        """The candidacies a pre-read belongs to."""
        return tuple(_candidacy(row) for row in self._rows(select(CANDIDACIES).where(CANDIDACIES.c.run_key == run_key)))

    def set_accommodations(self, candidacy: str, text: str, shown: bool) -> None:
        with writing(self._engine) as connection:
            connection.execute(
                update(CANDIDACIES)
                .where(CANDIDACIES.c.id == candidacy)
                .values(accommodations=text, shown_to_jury=shown)
            )

    def assign(self, candidacy: str, person: str, part: int) -> None:
        """Gives a dossier to a juror; a seat taken before by someone else is theirs no more."""
        with writing(self._engine) as connection:
            connection.execute(
                delete(ASSIGNMENTS).where(
                    ASSIGNMENTS.c.candidacy == candidacy,
                    (ASSIGNMENTS.c.person == person) | (ASSIGNMENTS.c.part == part),
                )
            )
            connection.execute(insert(ASSIGNMENTS).values(candidacy=candidacy, person=person, part=part, link=""))

    def assignments(self, candidacy: str) -> tuple[Assignment, ...]:
        """Who reads a dossier, by part."""
        rows = self._rows(select(ASSIGNMENTS).where(ASSIGNMENTS.c.candidacy == candidacy).order_by(ASSIGNMENTS.c.part))
        return tuple(Assignment(**row) for row in rows)

    def assignments_of(self, person: str) -> tuple[Assignment, ...]:
        """What a person reads."""
        rows = self._rows(select(ASSIGNMENTS).where(ASSIGNMENTS.c.person == person))
        return tuple(Assignment(**row) for row in rows)

    def declare(self, candidacy: str, person: str, link: Link) -> None:
        with writing(self._engine) as connection:
            connection.execute(
                update(ASSIGNMENTS)
                .where(ASSIGNMENTS.c.candidacy == candidacy, ASSIGNMENTS.c.person == person)
                .values(link=link)
            )

    def _insert(self, table: Any, **values: Any) -> None:
        with writing(self._engine) as connection:
            connection.execute(insert(table).values(**values))

    def _rows(self, query: Any) -> Sequence[RowMapping]:
        with writing(self._engine) as connection:
            return connection.execute(query).mappings().all()


def _in_order(number: str) -> list[tuple[int, str]]:
    """Figures by their value, letters as they are."""
    pieces = re.split(r"(\d+)", number.casefold())
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in pieces if piece]


def _session(row: RowMapping) -> Session:
    return Session(**{**row, "blocs": tuple(name for name in row["blocs"].split(",") if name)})


def _candidacy(row: RowMapping) -> Candidacy:
    return Candidacy(**{name: value for name, value in row.items() if name != "created"})
