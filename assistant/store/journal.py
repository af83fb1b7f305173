"""What people write, kept for ever: each change is a new version, none is overwritten, two windows cannot collide.

Knows nothing of what a value means: `review` does. Values are JSON objects, or None where something was taken back.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Row, Select, and_, bindparam, func, select, union_all, update

from assistant.errors import EditConflict, InvalidInput, StoreError
from assistant.store import chain
from assistant.store.chain import JOURNAL_CHAIN, Fault, Head
from assistant.store.tables import JOURNAL

LONGEST = 200_000
"""Characters of one value."""
LONGEST_NAMES = {"review": 120, "person": 64, "criterion": 64, "kind": 32, "item": 100, "event": 64}
"""Characters of what a row is known by."""
KEY = ("review", "person", "criterion", "kind", "item")
LOCK = "lock"
"""The kind of the row that holds the head of its review at the moment of locking."""


@dataclass(frozen=True, slots=True)
class Key:
    """What has versions: one person's thing of one `kind` in a review; `item` where there are several of them."""

    review: str
    person: str
    criterion: str = ""
    kind: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a thing, numbered from 1; `value` is None when it was taken back; `position` is place in the review."""

    key: Key
    version: int
    value: Any
    written: datetime
    position: int
    hash: str
    event: str | None = None


class Journal:
    """The journal, on one connection. Who may read or write is decided above."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, review: str) -> Head:
        """Nobody else writes in this review until the transaction ends: what is read from here on stays true.

        For a rule that rests on what the journal says (a lock, a consent): hold, read, then record.
        """
        return chain.hold(self._connection, JOURNAL_CHAIN, review)

    def record(
        self,
        key: Key,
        value: Any,
        base: int,
        *,
        event: str | None = None,
        written: datetime | None = None,
        head: Head | None = None,
    ) -> Revision:
        """Adds a version after version `base`; the same value again adds nothing.

        `head`: as `hold` gave it, where nothing was recorded in this review since. `event` names the act in the window it
        came from: sent twice, it is stored once and answered with what was stored.
        Raises EditConflict, with the latest version as `current`, when another came in between, StoreError when the
        value is too long, and InvalidInput when a key or event has no place in the table.
        """
        _check_names(key, event)
        text = _written_value(value)
        head = head or self.hold(key.review)
        known, latest = self._before(key, event)
        if known is not None:
            if known.key != key:
                raise EditConflict(
                    "Cet enregistrement est déjà celui d’un autre texte\u00a0: rechargez la page.", known
                )
            return known
        if latest is not None and latest.value == value:
            return latest
        if (latest.version if latest else 0) != base:
            raise EditConflict(
                "Ce texte a été modifié dans une autre fenêtre\u00a0: rien n’a été remplacé, choisissez celui à garder.",
                latest,
            )
        salt = secrets.token_hex(16)
        row = {
            "salt": salt,
            "commitment": chain.commitment(salt, text),
            "person": key.person,
            "criterion": key.criterion,
            "kind": key.kind,
            "item": key.item,
            "version": base + 1,
            "value": text,
            "event": event,
            "written": chain.moment(written),
        }
        made = chain.append(self._connection, JOURNAL_CHAIN, key.review, row, head)
        return Revision(
            key, base + 1, value, datetime.fromisoformat(made["written"]), made["position"], made["hash"], event
        )

    def lock(self, review: str, person: str, *, event: str | None = None) -> Revision:
        """Writes the head of the review as this person's lock; a second lock changes nothing."""
        head = self.hold(review)
        key = Key(review, person, kind=LOCK)
        latest = self.latest(key)
        if latest is not None and latest.value is not None:
            return latest
        return self.record(key, {"head": head.hash}, latest.version if latest else 0, event=event)

    def latest(self, key: Key) -> Revision | None:
        """The latest version; None where nothing was written yet."""
        row = self._connection.execute(_of_key(key).order_by(JOURNAL.c.version.desc()).limit(1)).first()
        return _revision(row) if row else None

    def history(self, key: Key) -> tuple[Revision, ...]:
        """Every version, the latest first."""
        rows = self._connection.execute(_of_key(key).order_by(JOURNAL.c.version.desc()))
        return tuple(_revision(row) for row in rows)

    def current(self, review: str, person: str | None = None) -> tuple[Revision, ...]:
        """The latest version of everything in a review (of one person), in the order it was written. One statement."""
        if person is None:
            return tuple(_revision(row) for row in self._connection.execute(_current(), {"in_review": review}))
        return self._latest_of(and_(JOURNAL.c.review == review, JOURNAL.c.person == person))

    def current_of(
        self, reviews: Sequence[str], kinds: Sequence[str], person: str | None = None
    ) -> tuple[Revision, ...]:
        """The latest versions of these kinds in many reviews: locks and progress of a whole session. One statement."""
        wanted = and_(JOURNAL.c.review.in_(reviews), JOURNAL.c.kind.in_(kinds))
        return self._latest_of(wanted if person is None else and_(wanted, JOURNAL.c.person == person))

    def head(self, review: str) -> Head:
        """The head of a review, to print on what is taken away."""
        return chain.head(self._connection, JOURNAL_CHAIN, review)

    def verify(self, review: str | None = None, known: Head | None = None) -> tuple[Fault, ...]:
        """Where the journal of a review (of all of them) is broken; empty when it is whole.

        `known`: the head of this review as it was kept elsewhere. Each lock is checked against the row before it.
        """
        faults = chain.verify(
            self._connection, JOURNAL_CHAIN, review, {review: known} if review is not None and known else None
        )
        return (*faults, *self._false_locks(review))

    def _false_locks(self, review: str | None) -> list[Fault]:
        query = select(JOURNAL).where(JOURNAL.c.kind == LOCK)
        if review is not None:
            query = query.where(JOURNAL.c.review == review)
        faults = []
        for row in self._connection.execute(query):
            try:
                value = json.loads(row.value)
            except (TypeError, ValueError):
                value = {"head": ""}
            if not chain.is_erased(dict(row._mapping)) and value is not None and value.get("head") != row.previous_hash:
                faults.append(Fault(row.review, row.position, "replaced"))
        return faults

    def erase(self, review: str) -> int:
        """Erases the words of a review for good; who wrote, when and in what order stays, and the chain holds. How many.

        The audit must name the review in the same transaction (act "purge"), or `verify_everything` misses the words.
        """
        self.hold(review)
        mine = and_(JOURNAL.c.review == review, func.coalesce(JOURNAL.c.salt, "-") != "")
        return self._connection.execute(update(JOURNAL).where(mine).values(value=chain.ERASED, salt="")).rowcount

    def _before(self, key: Key, event: str | None) -> tuple[Revision | None, Revision | None]:
        """What this event wrote before; where that is nothing, the latest version. One statement."""
        if event is None:
            return None, self.latest(key)
        given = {f"of_{name}": getattr(key, name) for name in KEY}
        rows = self._connection.execute(_before_event(), {**given, "in_event": event})
        found = [_revision(row) for row in rows]
        known = next((one for one in found if one.event == event), None)
        return known, None if known or not found else found[0]

    def _latest_of(self, wanted: Any) -> tuple[Revision, ...]:
        return tuple(_revision(row) for row in self._connection.execute(_latest_where(wanted)))


def _latest_where(wanted: Any) -> Select[Any]:
    columns = [JOURNAL.c[name] for name in KEY]
    last = select(*columns, func.max(JOURNAL.c.version).label("version")).where(wanted).group_by(*columns).subquery()
    same = [JOURNAL.c[name] == last.c[name] for name in (*KEY, "version")]
    return select(JOURNAL).join(last, and_(*same)).order_by(JOURNAL.c.review, JOURNAL.c.position)


@cache
def _current() -> Select[Any]:
    """Made once, as what is asked with every save: making it takes as long as asking."""
    return _latest_where(JOURNAL.c.review == bindparam("in_review", type_=JOURNAL.c.review.type))


@cache
def _before_event() -> CompoundSelect[Any]:
    """The row of an event, and the latest of a key."""
    ours = [JOURNAL.c[name] == bindparam(f"of_{name}", type_=JOURNAL.c[name].type) for name in KEY]
    latest = select(JOURNAL).where(*ours).order_by(JOURNAL.c.version.desc()).limit(1).subquery()
    event = JOURNAL.c.event == bindparam("in_event", type_=JOURNAL.c.event.type)
    return union_all(select(JOURNAL).where(event), select(latest))


def _check_names(key: Key, event: str | None) -> None:
    """Keys come from outside too: what a column cannot hold is refused before a database chokes on it."""
    for name, most in LONGEST_NAMES.items():
        said = (event or "") if name == "event" else getattr(key, name)
        if len(said) > most or any(char == "\0" or "\ud800" <= char <= "\udfff" for char in said):
            raise InvalidInput("Cet enregistrement n’a pas la forme attendue\u00a0: rechargez la page.")


def _written_value(value: Any) -> str:
    # Escaped: a text may hold half a character, which a database cannot.
    written = json.dumps(value, sort_keys=True, allow_nan=False)
    if len(json.dumps(value, ensure_ascii=False)) > LONGEST:
        raise StoreError("Ce texte est trop long pour être enregistré\u00a0: répartissez-le sur plusieurs critères.")
    return written


def _of_key(key: Key) -> Select[Any]:
    return select(JOURNAL).where(
        JOURNAL.c.review == key.review,
        JOURNAL.c.person == key.person,
        JOURNAL.c.criterion == key.criterion,
        JOURNAL.c.kind == key.kind,
        JOURNAL.c.item == key.item,
    )


def _revision(row: Row[Any]) -> Revision:
    key = Key(row.review, row.person, row.criterion, row.kind, row.item)
    return Revision(
        key,
        row.version,
        json.loads(row.value),
        datetime.fromisoformat(row.written),
        row.position,
        row.hash,
        row.event,
    )
