"""Pre-reads: what was asked, how far it is, how it ended, and its result with the dossier as it was read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, delete, insert, select, update

from assistant.store.columns import moment
from assistant.store.ids import new_id
from assistant.store.tables import COVERAGES, PREREADS, RESULTS

Status = Literal["queued", "running", "complete", "partial", "failed", "stopped"]
STATUSES: tuple[Status, ...] = get_args(Status)
SILENCE = timedelta(seconds=90)
"""A run that said nothing for this long was interrupted; it goes on where it stopped when asked again."""


@dataclass(frozen=True, slots=True)
class NewPreRead:
    """What is asked for. `settings`: those that change a result, as they are now; `supersedes`: the pre-read it replaces."""

    owner: str
    dossier: str
    referentiel_sha256: str
    referentiel_id: str
    blocs: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class PreReadRecord:
    """`reasons`: French sentences that say why it is partial or failed; `done` of `total` in the present `step`."""

    id: str
    owner: str
    dossier: str
    referentiel_sha256: str
    referentiel_id: str
    blocs: tuple[str, ...]
    settings: Mapping[str, Any]
    status: Status
    reasons: tuple[str, ...]
    step: str
    done: int
    total: int
    created: datetime
    started: datetime | None
    updated: datetime
    finished: datetime | None
    supersedes: str | None

    @property
    def interrupted(self) -> bool:
        """Whether it is said to run and gave no sign of life for a while."""
        return self.status == "running" and datetime.now(UTC) - self.updated > SILENCE


@dataclass(frozen=True, slots=True)
class Result:
    """`payload`: the pre-read's JSON; `dossier`: the dossier as it was read for it, whose sentences the citations name."""

    payload: bytes
    dossier: bytes


class PreReads:
    """The pre-reads, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, asked: NewPreRead, status: Status = "queued") -> PreReadRecord:
        """A new pre-read, waiting for its turn."""
        now = moment(self._connection)
        name = new_id()
        self._connection.execute(
            insert(PREREADS).values(
                id=name,
                owner=asked.owner,
                dossier=asked.dossier,
                referentiel_sha256=asked.referentiel_sha256,
                referentiel_id=asked.referentiel_id,
                blocs=json.dumps(asked.blocs),
                settings=json.dumps(dict(asked.settings), sort_keys=True),
                status=status,
                reasons="[]",
                step="",
                done=0,
                total=0,
                created=now,
                started=now if status == "running" else None,
                updated=now,
                finished=None,
                supersedes=asked.supersedes,
            )
        )
        made = self.get(name)
        assert made is not None
        return made

    def get(self, preread: str) -> PreReadRecord | None:
        return self.many([preread]).get(preread)

    def many(self, prereads: Iterable[str]) -> Mapping[str, PreReadRecord]:
        """Those of these ids that exist. One statement."""
        rows = self._connection.execute(select(PREREADS).where(PREREADS.c.id.in_(sorted(set(prereads)))))
        return {row.id: _record(row) for row in rows}

    def of_owner(self, owner: str) -> tuple[PreReadRecord, ...]:
        """What one person asked for, the latest first."""
        query = select(PREREADS).where(PREREADS.c.owner == owner)
        rows = self._connection.execute(query.order_by(PREREADS.c.created.desc(), PREREADS.c.id))
        return tuple(_record(row) for row in rows)

    def of_dossier(self, dossier: str) -> tuple[PreReadRecord, ...]:
        """The pre-reads of one dossier, the latest first."""
        query = select(PREREADS).where(PREREADS.c.dossier == dossier)
        rows = self._connection.execute(query.order_by(PREREADS.c.created.desc(), PREREADS.c.id))
        return tuple(_record(row) for row in rows)

    def of_dossiers(self, dossiers: Iterable[str]) -> Mapping[str, tuple[PreReadRecord, ...]]:
        """The pre-reads of several dossiers, each dossier's latest first. One statement."""
        query = select(PREREADS).where(PREREADS.c.dossier.in_(sorted(set(dossiers))))
        found: dict[str, list[PreReadRecord]] = {}
        for row in self._connection.execute(query.order_by(PREREADS.c.created.desc(), PREREADS.c.id)):
            found.setdefault(row.dossier, []).append(_record(row))
        return {name: tuple(records) for name, records in found.items()}

    def superseded_by(self, preread: str) -> str | None:
        """The pre-read made in the place of this one, the latest if there are several."""
        query = select(PREREADS.c.id).where(PREREADS.c.supersedes == preread).order_by(PREREADS.c.created.desc())
        return self._connection.execute(query.limit(1)).scalar_one_or_none()

    def claim_next(self) -> PreReadRecord | None:
        """The pre-read that waits for longest, now running: no two workers get the same one. None when none waits."""
        query = select(PREREADS.c.id).where(PREREADS.c.status == "queued").order_by(PREREADS.c.updated, PREREADS.c.id)
        name = self._connection.execute(query.limit(1).with_for_update(skip_locked=True)).scalar_one_or_none()
        if name is None:
            return None
        self.start(name)
        return self.get(name)

    def start(self, preread: str) -> None:
        """It runs, from now on."""
        now = moment(self._connection)
        self._set(
            preread, status="running", reasons="[]", step="", done=0, total=0, started=now, updated=now, finished=None
        )

    def requeue(self, preread: str, reason: str = "") -> None:
        """It waits for its turn again, or for what `reason` says; the steps it finished are in the cache."""
        reasons = json.dumps([reason] if reason else [])
        self._set(preread, status="queued", reasons=reasons, step="", done=0, total=0, updated=moment(self._connection))

    def note_progress(self, preread: str, step: str, done: int, total: int) -> None:
        """Says how far it is; also a sign of life."""
        self._set(preread, step=step, done=done, total=total, updated=moment(self._connection))

    def finish(self, preread: str, status: Status, reasons: Sequence[str] = ()) -> None:
        """It ended: complete, partial, failed or stopped, with the sentences that say why."""
        now = moment(self._connection)
        self._set(
            preread,
            status=status,
            reasons=json.dumps([reason for reason in reasons if reason]),
            updated=now,
            finished=now,
        )

    def forget(self, preread: str) -> None:
        """Removes a pre-read and its result: a file that was refused leaves nothing behind.

        A candidacy must not point at it any more.
        """
        self._connection.execute(delete(COVERAGES).where(COVERAGES.c.preread == preread))
        self._connection.execute(delete(RESULTS).where(RESULTS.c.preread == preread))
        self._connection.execute(delete(PREREADS).where(PREREADS.c.id == preread))

    def _set(self, preread: str, **values: Any) -> None:
        self._connection.execute(update(PREREADS).where(PREREADS.c.id == preread).values(**values))


class Results:
    """The results, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, preread: str, payload: bytes, dossier: bytes) -> None:
        """Keeps a result; the one there was before is replaced (a retry that found more)."""
        self._connection.execute(delete(RESULTS).where(RESULTS.c.preread == preread))
        self._connection.execute(insert(RESULTS).values(preread=preread, payload=payload, dossier=dossier))

    def load(self, preread: str) -> Result | None:
        row = self._connection.execute(select(RESULTS).where(RESULTS.c.preread == preread)).first()
        return Result(row.payload, row.dossier) if row else None

    def payloads(self, prereads: Iterable[str]) -> Mapping[str, bytes]:
        """The JSON of several pre-reads, without their dossiers. One statement."""
        query = select(RESULTS.c.preread, RESULTS.c.payload).where(RESULTS.c.preread.in_(sorted(set(prereads))))
        return {row.preread: row.payload for row in self._connection.execute(query)}


def _record(row: Row[Any]) -> PreReadRecord:
    values = dict(row._mapping)
    values["blocs"] = tuple(json.loads(row.blocs))
    values["reasons"] = tuple(json.loads(row.reasons))
    values["settings"] = json.loads(row.settings)
    return PreReadRecord(**values)
