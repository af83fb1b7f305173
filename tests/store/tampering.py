"""Ways of falsifying a journal, as somebody with full access to the database would try them.

`python -m tests.store.tampering` prints what becomes of each of them on SQLite.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import DBAPIError

from assistant.errors import StoreError
from assistant.store.audit import Audit
from assistant.store.chain import AUDIT_CHAIN, JOURNAL_CHAIN, Chain, Head, seal
from assistant.store.engine import open_database, writing
from assistant.store.journal import Journal, Key
from assistant.store.protection import check_protection, protections
from assistant.store.tables import CHAIN_HEADS, JOURNAL
from assistant.store.verification import verify_everything

Act = Callable[[Connection], None]
Way = Literal["head on", "behind the triggers", "on the triggers"]
SQLITE, POSTGRESQL, BOTH = ("sqlite",), ("postgresql",), ("sqlite", "postgresql")


@dataclass(frozen=True)
class Tampering:
    """`way`: with the triggers in place, with the triggers taken away and put back, or on the triggers themselves.

    `printed`: only the head that was printed on an export gives it away.
    """

    name: str
    way: Way
    act: Act
    on: tuple[str, ...] = BOTH
    printed: bool = False


def written(engine: Engine) -> Head:
    """Two reviews and an audit to falsify: notes, a choice, a lock; returns the head of the first, as a grid prints it."""
    with writing(engine) as connection:
        journal, audit = Journal(connection), Audit(connection)
        for review in ("r1", "r2"):
            note = Key(review, "anne", "C1", "note")
            for number, words in enumerate(("un", "un deux", "un deux trois")):
                journal.record(note, {"text": words}, number, event=f"{review}-{number}")
            journal.record(Key(review, "anne", "C1", "choice", "o1"), {"verdict": "adopted", "text": ""}, 0)
            journal.record(Key(review, "bruno", "C1", "note"), {"text": "autre"}, 0)
            audit.append("anne", "write", review, {"kind": "note"})
            lock = journal.lock(review, "anne")
            if review == "r2":
                audit.append("anne", "lock", review, revision=lock)
            audit.append("bruno", "lock", review)
        return journal.head("r1")


def sql(statement: str) -> Act:
    def run(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return run


def both(*acts: Act) -> Act:
    def run(connection: Connection) -> None:
        for act in acts:
            act(connection)

    return run


def resealed(chain: Chain = JOURNAL_CHAIN, scope: str = "r1", *, with_head: bool = False, locks: bool = False) -> Act:
    """Makes every hash of a chain right again, as somebody would who knows how they are made."""

    def run(connection: Connection) -> None:
        table, position = chain.table, chain.table.c[chain.position]
        mine = [table.c[chain.scope] == scope] if chain.scope else []
        last = chain.first(scope)
        number = 0
        for number, row in enumerate(connection.execute(select(table).where(*mine).order_by(position)).all(), 1):
            values: dict[str, Any] = {**row._mapping, chain.position: number, "previous_hash": last}
            if locks and values.get("kind") == "lock":
                values["value"] = f'{{"head": "{last}"}}'
            values["hash"] = last = seal(values)
            connection.execute(update(table).where(*mine, position == row._mapping[chain.position]).values(**values))
        if with_head:
            head = (CHAIN_HEADS.c.chain == chain.name, CHAIN_HEADS.c.scope == scope)
            connection.execute(update(CHAIN_HEADS).where(*head).values(length=number, hash=last))

    return run


def resealed_row(position: int) -> Act:
    """Makes the hash of one row right again."""

    def run(connection: Connection) -> None:
        here = (JOURNAL.c.review == "r1", JOURNAL.c.position == position)
        row = connection.execute(select(JOURNAL).where(*here)).one()
        connection.execute(update(JOURNAL).where(*here).values(hash=seal(dict(row._mapping))))

    return run


def unguarded(act: Act) -> Act:
    """Takes the protection away, acts, and puts it back as it was."""

    def run(connection: Connection) -> None:
        unprotect(connection)
        act(connection)
        for statement in protections(connection.dialect.name):
            connection.exec_driver_sql(statement)

    return run


def unprotect(connection: Connection) -> None:
    for table in ("journal", "audit", "chain_heads"):
        if connection.dialect.name == "sqlite":
            for name in ("update", "delete", "replace"):
                connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{name}")
        else:
            connection.exec_driver_sql(f"DROP FUNCTION {table}_append_only() CASCADE")


def moved(old: int, new: int) -> str:
    return f"UPDATE journal SET position = {new} WHERE review = 'r1' AND position = {old}"


R1 = "review = 'r1'"
COLUMNS = "review, position, person, criterion, kind, item, version, value, event, written, previous_hash, hash"
SWAPPED = both(sql(moved(2, 99)), sql(moved(3, 2)), sql(moved(99, 3)))
CLOSED_UP = both(sql(f"DELETE FROM journal WHERE {R1} AND position = 2"),
                 *(sql(moved(old, old - 1)) for old in (3, 4, 5, 6)))  # fmt: skip
ROW = "'r1', {position}, 'eve', 'C9', 'note', '', 1, '{{\"text\": \"faux\"}}', NULL, '2026-01-01T00:00:00.000000+00:00'"
LATEST = "(SELECT hash FROM journal WHERE review = 'r1' AND position = 6)"
ALTERED = sql(f'UPDATE journal SET value = \'{{"text": "faux"}}\' WHERE {R1} AND position = 3')


def added(position: int, previous: str, own: str, verb: str = "INSERT") -> Act:
    return sql(f"{verb} INTO journal ({COLUMNS}) VALUES ({ROW.format(position=position)}, {previous}, {own})")


def set_to(column: str, value: str) -> Act:
    return sql(f"UPDATE journal SET {column} = {value} WHERE {R1} AND position = 2")


def upsert_row(key: str, position: int = 2, event: str = "NULL") -> Act:
    """A new row that meets an old one on `key`, and would change it."""
    version = 2 if "version" in key else 77
    return sql(
        f"INSERT INTO journal ({COLUMNS}) VALUES ('r1', {position}, 'anne', 'C1', 'note', '', {version}, "
        f"'{{}}', {event}, 'x', 'x', 'x') ON CONFLICT ({key}) DO UPDATE SET value = '{{}}'"
    )


def replaced(position: int, version: int, event: str) -> Act:
    return both(
        sql("PRAGMA recursive_triggers=OFF"),
        sql(
            f"INSERT OR REPLACE INTO journal ({COLUMNS}) VALUES ('r1', {position}, 'anne', 'C1', 'note', '', {version}, "
            f"'{{}}', {event}, 'x', 'x', 'x')"
        ),
    )


HEAD_ON: tuple[Tampering, ...] = tuple(
    Tampering(name, "head on", act, on)
    for name, act, on in (
        ("UPDATE of a value", set_to("value", "'{}'"), BOTH),
        ("UPDATE of the author", set_to("person", "'eve'"), BOTH),
        ("UPDATE of every row", sql("UPDATE journal SET value = '{}'"), BOTH),
        ("UPDATE OR REPLACE", sql(f"UPDATE OR REPLACE journal SET position = 3 WHERE {R1} AND position = 2"), SQLITE),
        ("DELETE of a row", sql(f"DELETE FROM journal WHERE {R1} AND position = 2"), BOTH),
        ("DELETE of everything", sql("DELETE FROM journal"), BOTH),
        ("INSERT OR REPLACE at the same position", replaced(2, 77, "NULL"), SQLITE),
        ("INSERT OR REPLACE of the same version", replaced(77, 2, "NULL"), SQLITE),
        ("INSERT OR REPLACE of the same event", replaced(77, 77, "'r1-1'"), SQLITE),
        ("REPLACE from the row itself", sql(f"REPLACE INTO journal SELECT * FROM journal WHERE {R1}"), SQLITE),
        ("ON CONFLICT DO UPDATE by position", upsert_row("review, position"), BOTH),
        ("ON CONFLICT DO UPDATE by version",
         upsert_row("review, person, criterion, kind, item, version", 77), BOTH),
        ("ON CONFLICT DO UPDATE by event", upsert_row("event", 77, "'r1-1'"), BOTH),
        ("TRUNCATE", sql("TRUNCATE journal"), POSTGRESQL),
        ("TRUNCATE with all that refers to it", sql("TRUNCATE journal, chain_heads, audit CASCADE"), POSTGRESQL),
        ("UPDATE as a replica, where ordinary triggers sleep",
         both(sql("SET LOCAL session_replication_role = replica"), set_to("value", "'{}'")), POSTGRESQL),
        ("a head made shorter", sql("UPDATE chain_heads SET length = length - 1"), BOTH),
        ("a head with another hash", sql("UPDATE chain_heads SET hash = 'x'"), BOTH),
        ("a head removed", sql("DELETE FROM chain_heads"), BOTH),
        ("a head replaced",
         sql("INSERT OR REPLACE INTO chain_heads SELECT chain, scope, 0, hash FROM chain_heads"), SQLITE),
        ("UPDATE of an audit entry", sql("UPDATE audit SET actor = 'eve'"), BOTH),
        ("DELETE of an audit entry", sql("DELETE FROM audit WHERE seq = 5"), BOTH),
        ("INSERT OR REPLACE of an audit entry",
         sql("REPLACE INTO audit SELECT seq, at, 'eve', act, subject, detail, previous_hash, hash FROM audit"), SQLITE),
        ("TRUNCATE of the audit", sql("TRUNCATE audit"), POSTGRESQL),
    )
)  # fmt: skip

BEHIND: tuple[Tampering, ...] = tuple(
    Tampering(name, "behind the triggers", unguarded(act), on)
    for name, act, on in (
        ("a value altered", ALTERED, BOTH),
        ("a value written with other spaces", set_to("value", "'{\"text\":\"un deux\"}'"), BOTH),
        ("a value turned into bytes", set_to("value", "CAST(value AS BLOB)"), SQLITE),
        ("a value that is no JSON any more", set_to("value", "'['"), BOTH),
        ("the moment altered", set_to("written", "'2026-01-01T00:00:00.000000+00:00'"), BOTH),
        ("the author altered", set_to("person", "'eve'"), BOTH),
        ("the criterion altered", set_to("criterion", "'C2'"), BOTH),
        ("the kind altered", set_to("kind", "'motivation'"), BOTH),
        ("the item altered", set_to("item", "'o9'"), BOTH),
        ("the version altered", set_to("version", "9"), BOTH),
        ("the event altered", set_to("event", "NULL"), BOTH),
        ("the hash altered", set_to("hash", "'0'"), BOTH),
        ("the hash before altered", set_to("previous_hash", "'0'"), BOTH),
        ("the salt altered", set_to("salt", "'0'"), BOTH),
        ("the commitment altered", set_to("commitment", "'0'"), BOTH),
        ("the commitment removed", set_to("commitment", "NULL"), BOTH),
        ("words erased as a purge erases them, without a purge",
         sql(f"UPDATE journal SET value = 'null', salt = '' WHERE {R1} AND position = 2"), BOTH),
        ("words erased and the commitment removed",
         sql(f"UPDATE journal SET value = 'null', salt = '', commitment = NULL WHERE {R1} AND position = 2"), BOTH),
        ("words replaced and called erased",
         sql(f"UPDATE journal SET value = '{{}}', salt = '' WHERE {R1} AND position = 2"), BOTH),
        ("a row of one review moved to another",
         sql(f"UPDATE journal SET review = 'r2', position = 7, version = 9 WHERE {R1} AND position = 6"), BOTH),
        ("a row sealed anew, those after it left", both(ALTERED, resealed_row(3)), BOTH),
        ("a row altered, all hashes made right but the head", both(ALTERED, resealed()), BOTH),
        ("a row altered, all hashes and the head made right",
         both(ALTERED, resealed(with_head=True)), BOTH),
        ("a row removed in the middle", sql(f"DELETE FROM journal WHERE {R1} AND position = 2"), BOTH),
        ("a row removed, the others closed up", CLOSED_UP, BOTH),
        ("a row removed, the others closed up, all hashes made right", both(CLOSED_UP, resealed()), BOTH),
        ("the first row removed", sql(f"DELETE FROM journal WHERE {R1} AND position = 1"), BOTH),
        ("the last row removed", sql(f"DELETE FROM journal WHERE {R1} AND position = 6"), BOTH),
        ("the last rows removed", sql(f"DELETE FROM journal WHERE {R1} AND position > 3"), BOTH),
        ("all rows of a review removed", sql(f"DELETE FROM journal WHERE {R1}"), BOTH),
        ("two rows swapped", SWAPPED, BOTH),
        ("two rows swapped, all hashes made right", both(SWAPPED, resealed()), BOTH),
        ("a row slipped in at the end without a hash", added(7, LATEST, "'0'"), BOTH),
        ("a row slipped in at the end that follows nothing", added(7, "'0'", "'0'"), BOTH),
        ("a row slipped in at the end, sealed as it should be", both(added(7, LATEST, "'0'"), resealed()), BOTH),
        ("a row slipped in in the middle",
         both(*(sql(moved(old, old + 1)) for old in (6, 5, 4, 3)), added(3, "'0'", "'0'")), BOTH),
        ("a row slipped in in the middle, all hashes made right",
         both(*(sql(moved(old, old + 1)) for old in (6, 5, 4, 3)), added(3, "'0'", "'0'"), resealed()), BOTH),
        ("one review written over another",
         both(sql(f"DELETE FROM journal WHERE {R1}"),
              sql("UPDATE journal SET event = NULL"),
              sql("UPDATE journal SET review = 'r1' WHERE review = 'r2'"),
              sql("DELETE FROM chain_heads WHERE scope = 'r1'"),
              sql("UPDATE chain_heads SET scope = 'r1' WHERE scope = 'r2'")), BOTH),
        ("a head removed", sql("DELETE FROM chain_heads WHERE scope = 'r1'"), BOTH),
        ("a head with another hash", sql("UPDATE chain_heads SET hash = '0' WHERE scope = 'r1'"), BOTH),
        ("a head that is longer", sql("UPDATE chain_heads SET length = 9 WHERE scope = 'r1'"), BOTH),
        ("the lock's own head altered",
         both(sql(f"UPDATE journal SET value = '{{\"head\": \"0\"}}' WHERE {R1} AND position = 6"),
              resealed(with_head=True)), BOTH),
        ("an audit entry altered", sql("UPDATE audit SET actor = 'eve' WHERE seq = 2"), BOTH),
        ("an audit entry altered, all hashes made right",
         both(sql("UPDATE audit SET actor = 'eve' WHERE seq = 2"), resealed(AUDIT_CHAIN, "")), BOTH),
        ("an audit entry removed", sql("DELETE FROM audit WHERE seq = 2"), BOTH),
        ("the last audit entry removed", sql("DELETE FROM audit WHERE seq = 5"), BOTH),
        ("the whole audit removed", sql("DELETE FROM audit"), BOTH),
        ("a row that the audit names removed, the head made right",
         both(sql("DELETE FROM journal WHERE review = 'r2' AND position = 6"), resealed(scope="r2", with_head=True)),
         BOTH),
        ("a row altered; all hashes, the lock and the head made right, but the audit names the lock",
         both(sql("UPDATE journal SET person = 'eve' WHERE review = 'r2' AND position = 3"),
              resealed(scope="r2", with_head=True, locks=True)), BOTH),
        ("a whole review that the audit names removed with its head",
         both(sql("DELETE FROM journal WHERE review = 'r2'"), sql("DELETE FROM chain_heads WHERE scope = 'r2'")), BOTH),
    )
) + tuple(
    Tampering(name, "behind the triggers", unguarded(act), BOTH, printed=True)
    for name, act in (
        ("a row altered; all hashes, the lock and the head made right",
         both(ALTERED, resealed(with_head=True, locks=True))),
        ("the last rows removed and the head made shorter",
         both(sql(f"DELETE FROM journal WHERE {R1} AND position > 3"), resealed(with_head=True))),
        ("a whole review removed with its head",
         both(sql(f"DELETE FROM journal WHERE {R1}"), sql("DELETE FROM chain_heads WHERE scope = 'r1'"))),
    )
)  # fmt: skip


NOTHING_SQLITE = "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT 1; END"
PERMISSIVE = "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN {value}; END $$"
ON_TRIGGERS: tuple[Tampering, ...] = tuple(
    Tampering(name, "on the triggers", act, on)
    for name, act, on in (
        ("every protection dropped", unprotect, BOTH),
        ("one trigger dropped", sql("DROP TRIGGER journal_no_delete"), SQLITE),
        ("one trigger dropped", sql("DROP TRIGGER journal_no_truncate ON journal"), POSTGRESQL),
        ("the trigger of replacements dropped", sql("DROP TRIGGER audit_no_replace"), SQLITE),
        ("a trigger of the same name that does nothing",
         both(sql("DROP TRIGGER journal_no_update"), sql(NOTHING_SQLITE)), SQLITE),
        ("a trigger's function that lets all pass",
         sql(PERMISSIVE.format(name="journal_append_only", value="NEW")), POSTGRESQL),
        ("a trigger switched off", sql("ALTER TABLE journal DISABLE TRIGGER journal_no_change"), POSTGRESQL),
        ("all triggers switched off", sql("ALTER TABLE audit DISABLE TRIGGER ALL"), POSTGRESQL),
        ("a trigger that sleeps in replicas", sql("ALTER TABLE journal ENABLE TRIGGER journal_no_change"), POSTGRESQL),
        ("one more trigger, which swallows new rows",
         sql("CREATE TRIGGER quiet BEFORE INSERT ON journal BEGIN SELECT RAISE(IGNORE); END"), SQLITE),
        ("one more trigger, which swallows new rows",
         both(sql(PERMISSIVE.format(name="quiet", value="NULL")),
              sql("CREATE TRIGGER quiet BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION quiet()")), POSTGRESQL),
        ("a rule that turns changes into nothing",
         sql("CREATE RULE quiet AS ON INSERT TO journal DO INSTEAD NOTHING"), POSTGRESQL),
        ("the table put away and another in its place",
         both(sql("ALTER TABLE journal RENAME TO kept"), sql("CREATE TABLE journal AS SELECT * FROM kept")), BOTH),
        ("a view in the place of the table",
         both(sql("ALTER TABLE journal RENAME TO kept"), sql("CREATE VIEW journal AS SELECT * FROM kept")), BOTH),
        ("the table dropped", sql("DROP TABLE audit"), BOTH),
    )
)  # fmt: skip
EVERY = (*HEAD_ON, *BEHIND, *ON_TRIGGERS)


def noticed(engine: Engine, tampering: Tampering, printed: Head) -> str:
    """What becomes of it: who notices, in one line; "" when nobody does. The database is left as it was."""
    with engine.connect() as connection:
        try:
            tampering.act(connection)
            check_protection(connection)
        except DBAPIError as error:
            return "refused by the database" if "append-only" in str(error) else f"failed: {error.orig}"
        except StoreError:
            return "noticed at start"
        known = printed if tampering.printed else None
        faults = (*verify_everything(connection), *Journal(connection).verify("r1", known))
        return (
            f"found by verify: {faults[0].kind} at {faults[0].scope or 'audit'} {faults[0].position}" if faults else ""
        )


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'x.db'}")
        printed = written(engine)
        for tampering in EVERY:
            if "sqlite" in tampering.on:
                outcome = noticed(engine, tampering, printed) or "NOT NOTICED"
                print(f"{tampering.way:22} {tampering.name:62} {outcome}")
        engine.dispose()


if __name__ == "__main__":
    main()
