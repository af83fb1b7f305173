"""A juror's notes on a criterion: every version is kept, none can be changed, two tabs cannot overwrite each other."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.errors import AccessDenied, EditConflict
from assistant.review.actor import Actor
from assistant.review.tables import NOTES
from assistant.store.engine import writing

LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Note:
    """`version` is 0 where nothing was written yet."""

    text: str
    version: int
    written: datetime | None = None


class Notes:
    """The notes of one database; each call says who acts, and only reads or writes that person's own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, actor: Actor, run_key: str, criterion: str) -> Note:
        """The latest text. Raises AccessDenied."""
        _may_write(actor)
        with writing(self._engine) as connection:
            return _latest(connection, actor, run_key, criterion)

    def history(self, actor: Actor, run_key: str, criterion: str) -> tuple[Note, ...]:
        """Every version, the latest first. Raises AccessDenied."""
        _may_write(actor)
        with writing(self._engine) as connection:
            rows = connection.execute(
                select(NOTES.c.text, NOTES.c.version, NOTES.c.written)
                .where(*_mine(actor, run_key, criterion))
                .order_by(NOTES.c.version.desc())
            ).all()
        return tuple(Note(*row) for row in rows)

    def write(self, actor: Actor, run_key: str, criterion: str, text: str, base: int) -> Note:
        """Adds a version after version `base`; the same text again adds nothing.

        Raises EditConflict when the text was changed elsewhere since `base`, AccessDenied.
        """
        _may_write(actor)
        with writing(self._engine) as connection:
            latest = _latest(connection, actor, run_key, criterion)
            if text[:LONGEST] == latest.text:
                return latest
            if latest.version != base:
                raise EditConflict(
                    "Cette note a été modifiée dans une autre fenêtre\u00a0: rechargez la page pour voir l’autre texte, "
                    "le vôtre n’a rien remplacé."
                )
            note = Note(text[:LONGEST], base + 1, datetime.now(UTC))
            try:
                connection.execute(
                    insert(NOTES).values(
                        person=actor.person,
                        run_key=run_key,
                        criterion=criterion,
                        version=note.version,
                        text=note.text,
                        written=note.written,
                    )
                )
            except IntegrityError as error:
                raise EditConflict("Cette note vient d’être modifiée ailleurs\u00a0: rechargez la page.") from error
        return note

    def written(self, actor: Actor, run_key: str) -> frozenset[str]:
        """The criteria on which this person has a note."""
        _may_write(actor)
        with writing(self._engine) as connection:
            rows = connection.execute(
                select(NOTES.c.criterion, func.max(NOTES.c.version))
                .where(NOTES.c.person == actor.person, NOTES.c.run_key == run_key)
                .group_by(NOTES.c.criterion)
            ).all()
        return frozenset(row[0] for row in rows)


def _may_write(actor: Actor) -> None:
    if actor.role not in {"juror", "candidate", "trainer"}:
        raise AccessDenied("Seules les personnes qui lisent un dossier y prennent des notes.")


def _mine(actor: Actor, run_key: str, criterion: str) -> tuple[ColumnElement[bool], ...]:
    return (NOTES.c.person == actor.person, NOTES.c.run_key == run_key, NOTES.c.criterion == criterion)


def _latest(connection: Connection, actor: Actor, run_key: str, criterion: str) -> Note:
    row = connection.execute(
        select(NOTES.c.text, NOTES.c.version, NOTES.c.written)
        .where(*_mine(actor, run_key, criterion))
        .order_by(NOTES.c.version.desc())
        .limit(1)
    ).first()
    return Note(*row) if row else Note("", 0)
