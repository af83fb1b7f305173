"""A copy of everything in one file, made while the app runs, and put back into an empty place.

The copy is a ZIP: `manifest.json`, one JSON line per row under `tables/`, the kept files under `files/`, finished calls to a
model under `calls/`. It is the same for SQLite and PostgreSQL, so that one can be restored into the other. The rows are read
in one transaction: one moment of the database. Caches are not copied; deleting them loses only time. Calls are more than a
cache: they are the record of what was sent and answered, which a desk shows and which is to be kept for months.
"""

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select

from assistant.access.actor import Actor
from assistant.access.keys import SECRET_FILE
from assistant.access.matrix import allow
from assistant.application.auditing import audited
from assistant.application.independence import SAID
from assistant.application.installation import Installation
from assistant.errors import InvalidInput, StoreError
from assistant.store.counting_on import count_on
from assistant.store.engine import HEAD
from assistant.store.places import CALLS
from assistant.store.tables import METADATA, MODEL_TURNS, STEPS, SWITCHES, WORK, WORKERS
from assistant.store.verification import verify_everything

FORMAT = "prelecture-backup/1"
ROWS = 500
NOT_COPIED = frozenset({STEPS.name, WORK.name, MODEL_TURNS.name, WORKERS.name})
"""A cache, and a queue: what waited in it is asked for again where the copy is put back."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How much a backup holds, or brought back."""

    rows: int
    files: int
    calls: int = 0


def back_up(installation: Installation, actor: Actor, target: Path) -> Copied:
    """Writes the copy, whole or not at all. Raises InvalidInput where a file stands, StoreError when the disk refuses."""
    allow(actor, "maintain")
    if target.exists():
        raise InvalidInput(f"Le fichier {target.name} existe déjà\u00a0: donnez un autre nom.")
    fresh = target.with_suffix(f".{os.getpid()}.part")
    rows = files = calls = 0
    try:
        with installation.writing() as connection:
            audited(connection, actor, "backup", "installation")
        with installation.reading() as connection, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            os.chmod(fresh, 0o600)
            for table in METADATA.sorted_tables:
                if table.name not in NOT_COPIED:
                    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as lines:
                        for row in _rows(connection, table):
                            lines.write(json.dumps(row, sort_keys=True).encode() + b"\n")
                            rows += 1
            for name, data in installation.files.all():
                archive.writestr(f"files/{name}", data)
                files += 1
            for name, data in _calls(installation):
                archive.writestr(f"{CALLS}/{name}", data)
                calls += 1
            secret = installation.kept.get(SECRET_FILE)
            if secret is not None:
                archive.writestr(SECRET_FILE, secret)
            about = {
                "format": FORMAT,
                "schema": HEAD,
                "made": datetime.now(UTC).isoformat(),
                "rows": rows,
                "files": files,
                "calls": calls,
            }
            archive.writestr("manifest.json", json.dumps(about))
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StoreError("La sauvegarde n’a pas pu être écrite\u00a0: libérez de la place, puis réessayez.") from error
    return Copied(rows, files, calls)


def restore(installation: Installation, actor: Actor, source: Path) -> Copied:
    """Puts a copy back into an installation that holds nothing yet, and checks its chains.

    Raises InvalidInput for what is no copy of this version, or where something is kept already; StoreError when the copy's
    journal or audit is broken (nothing is then kept).
    """
    allow(actor, "maintain")
    try:
        with zipfile.ZipFile(source) as archive:
            about = json.loads(archive.read("manifest.json"))
            if about.get("format") != FORMAT or about.get("schema") != HEAD:
                raise InvalidInput(
                    "Cette sauvegarde vient d’une autre version\u00a0: restaurez-la avec cette version-là."
                )
            return _restored(installation, actor, archive)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise InvalidInput("Ce fichier n’est pas une sauvegarde de Prélecture, ou il est abîmé.") from error


def _restored(installation: Installation, actor: Actor, archive: zipfile.ZipFile) -> Copied:
    rows = files = calls = 0
    with installation.writing() as connection:
        held = [
            t.name for t in METADATA.sorted_tables if connection.execute(select(func.count()).select_from(t)).scalar()
        ]
        if held:
            raise InvalidInput("Cette installation contient déjà des données\u00a0: restaurez dans un dossier vide.")
        for table in METADATA.sorted_tables:
            if table.name in NOT_COPIED or (
                table is SWITCHES and f"tables/{table.name}.jsonl" not in archive.namelist()
            ):
                continue  # copies of before hold no switches
            with archive.open(f"tables/{table.name}.jsonl") as lines:
                batch = [_value_row(table, json.loads(line)) for line in lines]
            if table.name == "prereads":
                # One that supersedes another comes after it.
                batch.sort(key=lambda row: row["created"])
            for start in range(0, len(batch), ROWS):
                connection.execute(insert(table), batch[start : start + ROWS])
            rows += len(batch)
        count_on(connection)
        faults = verify_everything(connection)
        if faults:
            raise StoreError(
                f"Le journal de cette sauvegarde est abîmé\u00a0: {faults[0].message} Rien n’a été restauré."
            )
        for name in archive.namelist():
            if name.startswith("files/"):
                installation.files.put(archive.read(name))
                files += 1
            elif name.startswith(f"{CALLS}/"):
                installation.kept.under(CALLS).put(PurePosixPath(name).name, archive.read(name))
                calls += 1
        audited(connection, actor, "restore", "installation", rows=rows, files=files)
    if SECRET_FILE in archive.namelist():
        installation.kept.put(SECRET_FILE, archive.read(SECRET_FILE))
    return Copied(rows, files, calls)


def to_copy(table: Table) -> Select[Any]:
    """The rows of a table that a copy takes. Of the switches, not what paused a queue: only what was said of jurors."""
    rows = select(table)
    return rows.where(SWITCHES.c.name.startswith(SAID, autoescape=True)) if table is SWITCHES else rows


def _calls(installation: Installation) -> Iterator[tuple[str, bytes]]:
    """Finished calls as they are kept; one that is purged meanwhile is left out."""
    kept = installation.kept.under(CALLS)
    for name in kept.names():
        data = kept.get(name)
        if data is not None:
            yield name, data


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    for row in connection.execute(to_copy(table).execution_options(yield_per=ROWS)).mappings():
        yield {name: _said(value) for name, value in row.items()}


def _said(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        return {"moment": value.astimezone(UTC).isoformat()}
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _value_row(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items() if name in table.c}


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kind, said = next(iter(value.items()))
    if kind == "bytes":
        return base64.b64decode(said)
    return datetime.fromisoformat(said) if kind == "moment" else date.fromisoformat(said)
