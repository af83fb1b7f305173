"""Checks all that is chained: each review, the audit, and what the audit says of the journal."""

import json

from sqlalchemy import Connection, select

from assistant.store.audit import NAMED, Audit
from assistant.store.chain import Fault
from assistant.store.journal import Journal
from assistant.store.tables import AUDIT, JOURNAL

PURGED = "purge"
"""The act under which the audit names a review whose words were erased."""


def verify_everything(connection: Connection) -> tuple[Fault, ...]:
    """Where the journal and the audit are broken, or do not agree; empty when all is whole."""
    return (
        *Journal(connection).verify(),
        *Audit(connection).verify(),
        *_disagreements(connection),
        *_erased_by_nobody(connection),
    )


def _erased_by_nobody(connection: Connection) -> list[Fault]:
    """Rows whose words are gone although no purge in the audit names their review, or that were written after it."""
    purged = {
        row.subject: row.at
        for row in connection.execute(select(AUDIT).where(AUDIT.c.act == PURGED).order_by(AUDIT.c.seq))
    }
    rows = connection.execute(
        select(JOURNAL.c.review, JOURNAL.c.position, JOURNAL.c.written).where(JOURNAL.c.salt == "")
    )
    return [
        Fault(row.review, row.position, "erased")
        for row in rows
        if row.review not in purged or row.written > purged[row.review]
    ]


def _disagreements(connection: Connection) -> list[Fault]:
    """The rows of the journal that the audit names by their hash, and that are not there any more."""
    named = select(AUDIT.c.detail).where(AUDIT.c.detail.contains(f'"{NAMED}": ')).order_by(AUDIT.c.seq)
    faults = []
    for entry in connection.execute(named).all():
        try:
            row = json.loads(entry.detail).get(NAMED)
        except ValueError:
            continue  # found as altered by the audit's own chain
        if not isinstance(row, dict) or not {"review", "position", "hash"} <= row.keys():
            continue
        here = (JOURNAL.c.review == row["review"], JOURNAL.c.position == row["position"])
        if connection.execute(select(JOURNAL.c.hash).where(*here)).scalar_one_or_none() != row["hash"]:
            faults.append(Fault(row["review"], row["position"], "replaced"))
    return faults
