"""What is written down of what people and the program do: one entry per act, in the transaction of what it records.

Details hold ids, hashes, numbers and words of the program; never a name, a text or a file name, so that nothing of a
person is left in the audit when everything else of theirs is purged.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.store.audit import Audit
from assistant.store.journal import Revision

AuditAct = Literal[
    "sign in", "sign out", "sign-in ended", "person added", "role",
    "session", "session opened", "session changed", "session archived", "session deleted", "organiser",
    "candidate", "candidate changed", "upload", "file replaced", "withdrawn", "completeness", "presence",
    "preread asked", "preread", "preread failed", "view", "seat", "unseat", "link", "link corrected", "accommodations",
    "write", "item", "decision", "lock", "unlock", "agreement", "consent", "revocation",
    "export", "share", "share ended", "cohort", "cohort closed", "cohort dossier", "example", "phrase",
    "begin a référentiel", "edit a référentiel", "publish a référentiel", "withdraw a référentiel",
    "discard a référentiel", "map a grid", "refusal", "purge", "backup", "restore", "case file", "queue",
    "database copied", "files copied",
]  # fmt: skip
AUDIT_ACTS: tuple[AuditAct, ...] = get_args(AuditAct)
Detail = str | int | float | bool | None | list[str] | dict[str, str]


VIEWED_AGAIN = timedelta(hours=1)
"""An opening is written down once in that time for each person and dossier, however often the page is drawn."""


def viewed_lately(connection: Connection, actor: Actor, subject: str) -> bool:
    """Whether it is written down already that this person opened this."""
    since = datetime.now(UTC) - VIEWED_AGAIN
    return any(one.subject == subject for one in Audit(connection).of_actor(actor.person, "view", since))


def audited(
    connection: Connection,
    actor: Actor,
    act: AuditAct,
    subject: str,
    *,
    revision: Revision | None = None,
    **detail: Detail,
) -> None:
    """Adds an entry; call it last in its transaction. `subject`: an id: candidacy, review, session, pre-read, person."""
    said: Mapping[str, Detail] = {"role": actor.role, **detail}
    Audit(connection).append(actor.person, act, subject[:120], said, revision=revision)
