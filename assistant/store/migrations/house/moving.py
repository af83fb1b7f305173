"""Moves what was in version 0002 to the tables of the house: every writing, decision, lock and agreement as it was."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from assistant.store.chain import JOURNAL_CHAIN, moment, seal
from assistant.store.migrations.house import before, tables
from assistant.store.migrations.house.before import Before
from assistant.store.migrations.house.snapshots import Snapshots
from assistant.store.migrations.house.values import Written, journal_of, phrases_of

BANK = "bank:"
BEGAN = "began"
LOCAL = "local"
"""The person who used an installation before any profile was made."""


@dataclass
class Places:
    """Where each old run is found now: the pre-read of a candidacy, and each person's own outside any session."""

    of_candidacy: dict[str, str] = field(default_factory=dict)
    own: dict[tuple[str, str], str] = field(default_factory=dict)

    def review(self, space: str, person: str) -> str:
        """The review that an old space became for its author."""
        if space in self.of_candidacy:
            return space
        return f"own-{self.own.get((space, person), space)}"


def move(connection: Connection, old: Before) -> None:
    """Fills the new tables."""
    places = Places()
    snapshots = Snapshots(connection)
    runs = {run["key"]: run for run in old.runs}
    sessions = {session["id"]: session for session in old.sessions}
    hashes = {key: snapshots.of_run(run, before.payload(connection, key, "result")) for key, run in runs.items()}
    _sessions(connection, old, snapshots, hashes)
    for one in old.candidacies:
        session = sessions[one["session"]]
        _candidacy(connection, one, session["created_by"], runs.get(one["run_key"]), hashes, places)
    for row in old.assignments:
        connection.execute(insert(tables.SEATS).values(**row))
    for run in old.runs:
        for person in _owners(run["key"], old, places):
            name = _free(run["key"], person, places)
            places.own[run["key"], person] = name
            dossier = _dossier(connection, name, person, run["file"], run, run["started"])
            _preread(connection, name, person, dossier, run, hashes)
    _journal(connection, old, places)


def _owners(run: str, old: Before, places: Places) -> list[str]:
    """Who asked for a run or wrote on it outside any session, the first one first; the local person when nobody did."""
    people = list(dict.fromkeys(entry["author"] for entry in old.entries if entry["space"] == run))
    asked = {entry["author"] for entry in old.entries if entry["space"] == run and entry["topic"] == BEGAN}
    people.sort(key=lambda person: person not in asked)
    return people or ([] if run in places.of_candidacy.values() else [LOCAL])


def _free(run: str, who: str, places: Places) -> str:
    """The old key as long as nobody has it, so that addresses kept in a browser still lead there; else another for each."""
    taken = {*places.of_candidacy.values(), *places.own.values()}
    return run if run not in taken else hashlib.sha256(f"{run}:{who}".encode()).hexdigest()


def _sessions(connection: Connection, old: Before, snapshots: Snapshots, hashes: Mapping[str, str]) -> None:
    """A session keeps to the version its pre-reads were made with, or to the one there is."""
    for session in old.sessions:
        used = [hashes.get(one["run_key"], "") for one in old.candidacies if one["session"] == session["id"]]
        kept = {name: session[name] for name in ("id", "title", "held", "blind_first", "created_by", "created")}
        connection.execute(
            insert(tables.SESSIONS).values(
                **kept,
                referentiel_id=session["referentiel"],
                referentiel_sha256=next(filter(None, used), None) or snapshots.present(session["referentiel"]),
                blocs=_blocs(session["blocs"]),
            )
        )


def _candidacy(
    connection: Connection,
    one: Mapping[str, Any],
    organiser: str,
    run: Mapping[str, Any] | None,
    hashes: Mapping[str, str],
    places: Places,
) -> None:
    """A candidacy with its dossier and its own pre-read; where the file was refused, with neither file nor pre-read."""
    dossier = _dossier(connection, one["id"], organiser, one["file"], run, one["created"])
    name = None
    if run is not None:
        name = _free(run["key"], one["id"], places)
        _preread(connection, name, organiser, dossier, run, hashes)
    places.of_candidacy[one["id"]] = name or ""
    connection.execute(
        insert(tables.CANDIDACIES).values(
            **{
                column: one[column]
                for column in ("id", "session", "number", "trainer", "accommodations", "shown_to_jury", "created")
            },
            name="",
            company="",
            dossier=dossier,
            preread=name,
        )
    )


def _dossier(
    connection: Connection, name: str, owner: str, title: str, run: Mapping[str, Any] | None, created: datetime
) -> str:
    connection.execute(
        insert(tables.DOSSIERS).values(
            id=name, owner=owner, candidate_name="", company="", title=title, created=created, withdrawn=None
        )
    )
    if run is not None:
        connection.execute(
            insert(tables.DOSSIER_FILES).values(
                dossier=name,
                position=0,
                sha256=run["dossier_sha256"],
                name=run["file"],
                kind="main",
                added=run["started"],
                removed=None,
            )
        )
    return name


def _preread(
    connection: Connection, name: str, owner: str, dossier: str, run: Mapping[str, Any], hashes: Mapping[str, str]
) -> None:
    result, read = (before.payload(connection, run["key"], step) for step in ("result", "dossier"))
    about = json.loads(result)["provenance"] if result else {}
    connection.execute(
        insert(tables.PREREADS).values(
            id=name,
            owner=owner,
            dossier=dossier,
            referentiel_sha256=hashes[run["key"]],
            referentiel_id=run["referentiel"],
            blocs=_blocs(run["blocs"]),
            settings=json.dumps(
                {key: about[key] for key in ("settings_sha256", "drafter", "embedding", "software") if key in about},
                sort_keys=True,
            ),
            status=run["status"],
            reasons=json.dumps([run["message"]] if run["message"] else []),
            step=run["step"],
            done=run["done"],
            total=run["total"],
            created=run["started"],
            started=run["started"],
            updated=run["updated"],
            finished=None if run["status"] == "running" else run["updated"],
            supersedes=None,
        )
    )
    if result is not None and read is not None:
        connection.execute(insert(tables.RESULTS).values(preread=name, payload=result, dossier=read))


def _journal(connection: Connection, old: Before, places: Places) -> None:
    """One chain per review. What says who asked for a run has become its owner."""
    reviews: dict[str, list[Mapping[str, Any]]] = {}
    for entry in old.entries:
        space = entry["space"]
        if entry["topic"] == BEGAN:
            continue
        bank = space.startswith(BANK)
        name = f"phrases-{space.removeprefix(BANK)}" if bank else places.review(space, entry["author"])
        reviews.setdefault(name, []).append(entry)
    for name, entries in reviews.items():
        _sealed(connection, name, (phrases_of if name.startswith("phrases-") else journal_of)(entries))


def _sealed(connection: Connection, review: str, rows: Iterable[Written]) -> None:
    versions: dict[tuple[str, str, str, str], int] = {}
    last, position = JOURNAL_CHAIN.first(review), 0
    made = []
    for position, row in enumerate(rows, start=1):
        key = (row.person, row.criterion, row.kind, row.item)
        versions[key] = versions.get(key, 0) + 1
        value = {"head": last} if row.kind == "lock" and row.value is not None else row.value
        sealed = {
            "review": review,
            "position": position,
            "person": row.person,
            "criterion": row.criterion,
            "kind": row.kind,
            "item": row.item,
            "version": versions[key],
            "value": json.dumps(value, sort_keys=True),
            "event": None,
            "written": moment(row.at),
            "previous_hash": last,
        }
        last = seal(sealed)
        made.append({**sealed, "hash": last})
    if made:
        connection.execute(insert(tables.JOURNAL), made)
        connection.execute(
            insert(tables.CHAIN_HEADS).values(chain=JOURNAL_CHAIN.name, scope=review, length=position, hash=last)
        )


def _blocs(joined: str) -> str:
    return json.dumps([name for name in joined.split(",") if name])
