"""The audit: who did what to what, an entry per act, chained by hash and written in the transaction of the act."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from assistant.store import chain
from assistant.store.chain import AUDIT_CHAIN, Fault, Head
from assistant.store.chaining import add
from assistant.store.journal import Revision
from assistant.store.tables import AUDIT

NAMED = "journal"
"""Where an entry's detail names the row of the journal that its act wrote."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: `seq` counts from 1 without a gap."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    detail: Mapping[str, Any]
    hash: str


class Audit:
    """The audit, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self,
        actor: str,
        act: str,
        subject: str,
        detail: Mapping[str, Any] | None = None,
        *,
        revision: Revision | None = None,
    ) -> AuditEntry:
        """Adds an entry. Called last in its transaction: from here to its end no other act is recorded (PostgreSQL).

        `revision`: what the act wrote in the journal. Its place and hash go into the detail, so that `verify_everything`
        misses it when it is cut off or rewritten, even with its head.
        """
        if revision is not None:
            named = {"review": revision.key.review, "position": revision.position, "hash": revision.hash}
            detail = {**(detail or {}), NAMED: named}
        values = {
            "at": chain.moment(),
            "actor": actor,
            "act": act,
            "subject": subject,
            "detail": json.dumps(dict(detail or {}), sort_keys=True, allow_nan=False),
        }
        return _entry(add(self._connection, AUDIT_CHAIN, "", values))

    def entries(self, subject: str | None = None, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """The latest entries first; those about one subject when it is given."""
        query = select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(limit)
        if subject is not None:
            query = query.where(AUDIT.c.subject == subject)
        return tuple(_entry(dict(row)) for row in self._connection.execute(query).mappings())

    def of_actor(self, actor: str, act: str, since: datetime) -> tuple[AuditEntry, ...]:
        """One person's acts of one kind since a moment, the oldest first."""
        query = select(AUDIT).where(AUDIT.c.actor == actor, AUDIT.c.act == act, AUDIT.c.at >= chain.moment(since))
        return tuple(_entry(dict(row)) for row in self._connection.execute(query.order_by(AUDIT.c.seq)).mappings())

    def about(self, subjects: Sequence[str]) -> tuple[AuditEntry, ...]:
        """Every entry about any of these, in order."""
        query = select(AUDIT).where(AUDIT.c.subject.in_(sorted(set(subjects)))).order_by(AUDIT.c.seq)
        return tuple(_entry(dict(row)) for row in self._connection.execute(query).mappings())

    def head(self) -> Head:
        """Length and last hash, to keep elsewhere."""
        return chain.head(self._connection, AUDIT_CHAIN, "")

    def verify(self, known: Head | None = None) -> tuple[Fault, ...]:
        """Where the audit is broken; empty when it is whole. `known`: a head kept elsewhere."""
        return chain.verify(self._connection, AUDIT_CHAIN, "", {"": known} if known else None)


def _entry(row: Mapping[str, Any]) -> AuditEntry:
    return AuditEntry(
        row["seq"],
        datetime.fromisoformat(row["at"]),
        row["actor"],
        row["act"],
        row["subject"],
        json.loads(row["detail"]),
        row["hash"],
    )
