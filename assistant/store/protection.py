"""What makes a table append-only in the database itself, and the check that nothing took that away.

SQLite: a row under a key that exists is refused before it is inserted, so that neither INSERT OR REPLACE nor
ON CONFLICT DO UPDATE can put another in its place; UPDATE and DELETE are refused. PostgreSQL: the same three, and
TRUNCATE, by triggers that fire in every session (ENABLE ALWAYS).
"""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, text

from assistant.errors import StoreError

LOST = (
    "La protection du journal a été retirée ou modifiée dans la base de données ({what})\u00a0: gardez une copie de la base, "
    "n’y écrivez plus rien et prévenez la personne qui l’administre."
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """An append-only table; `keys` are its unique keys, each a tuple of columns that are never all the same twice.

    `change`: the one change allowed, as a condition on OLD and NEW: a head becomes one longer, a value is erased.
    """

    table: str
    keys: tuple[tuple[str, ...], ...]
    change: str = ""

    @property
    def refusal(self) -> str:
        return f"{self.table} is append-only"


GROWS = "NEW.chain = OLD.chain AND NEW.scope = OLD.scope AND NEW.length = OLD.length + 1"
KEPT_COLUMNS = (
    "review",
    "position",
    "person",
    "criterion",
    "kind",
    "item",
    "version",
    "written",
    "previous_hash",
    "hash",
)
ERASED = " AND ".join(
    (
        "NEW.value = 'null'",
        "NEW.salt = ''",
        "COALESCE(NEW.commitment, '') = COALESCE(OLD.commitment, '')",
        "COALESCE(NEW.event, '') = COALESCE(OLD.event, '')",
        *(f"NEW.{column} = OLD.{column}" for column in KEPT_COLUMNS),
    )
)
"""A value and its salt go, all else stays: what a purge does. One that no purge in the audit accounts for is found."""
JOURNAL_KEYS = (("review", "position"), ("event",), ("review", "person", "criterion", "kind", "item", "version"))
BEFORE_PURGES = (
    Guarded("journal", JOURNAL_KEYS),
    Guarded("audit", (("seq",),)),
    Guarded("chain_heads", (("chain", "scope"),), GROWS),
)
"""As the house's first migration put it."""
GUARDED = (
    Guarded("journal", JOURNAL_KEYS, ERASED),
    Guarded("audit", (("seq",),)),
    Guarded("chain_heads", (("chain", "scope"),), GROWS),
)


def dropped(dialect: str) -> list[str]:
    """The statements that take the protection away, for a migration."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {one.table}_no_{verb}" for one in GUARDED for verb in ("update", "delete", "replace")]
    return [f"DROP FUNCTION {one.table}_append_only() CASCADE" for one in GUARDED]


def protections(dialect: str, guarded: tuple[Guarded, ...] = GUARDED) -> list[str]:
    """The statements that protect every append-only table."""
    made: list[str] = []
    for one in guarded:
        if dialect == "sqlite":
            made += _sqlite(one).values()
        else:
            made += [_postgresql_function(one), *_postgresql(one).values()]
    return made


def check_protection(connection: Connection) -> None:
    """Raises StoreError when a trigger that protects a table is missing, switched off, altered, or has company."""
    found = _sqlite_triggers(connection) if connection.dialect.name == "sqlite" else _postgresql_triggers(connection)
    wanted: dict[str, str] = {}
    for one in GUARDED:
        if connection.dialect.name == "sqlite":
            wanted |= {name: _plain(statement) for name, statement in _sqlite(one).items()}
        else:
            wanted |= _postgresql_wanted(one)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            raise StoreError(LOST.format(what=name))


def _sqlite(one: Guarded) -> dict[str, str]:
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {one.table} WHERE {' AND '.join(f'{column} = NEW.{column}' for column in key)})"
        for key in one.keys
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{one.refusal}'); END"
    when = f" WHEN NOT ({one.change})" if one.change else ""
    return {
        f"{one.table}_no_update": f"CREATE TRIGGER {one.table}_no_update BEFORE UPDATE ON {one.table}{when} {refuse}",
        f"{one.table}_no_delete": f"CREATE TRIGGER {one.table}_no_delete BEFORE DELETE ON {one.table} {refuse}",
        f"{one.table}_no_replace": (
            f"CREATE TRIGGER {one.table}_no_replace BEFORE INSERT ON {one.table} WHEN {taken} {refuse}"
        ),
    }


def _postgresql_body(one: Guarded) -> str:
    # Apart: in a DELETE there is no NEW to look at.
    allowed = f"IF TG_OP = 'UPDATE' THEN IF {one.change} THEN RETURN NEW; END IF; END IF; " if one.change else ""
    return f" BEGIN {allowed}RAISE EXCEPTION '{one.refusal}'; END "


def _postgresql_function(one: Guarded) -> str:
    return f"CREATE FUNCTION {one.table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $${_postgresql_body(one)}$$"


def _postgresql(one: Guarded) -> dict[str, str]:
    function = f"EXECUTE FUNCTION {one.table}_append_only()"
    return {
        f"{one.table}_no_change": (
            f"CREATE TRIGGER {one.table}_no_change BEFORE UPDATE OR DELETE ON {one.table} FOR EACH ROW {function}"
        ),
        f"{one.table}_no_truncate": (
            f"CREATE TRIGGER {one.table}_no_truncate BEFORE TRUNCATE ON {one.table} FOR EACH STATEMENT {function}"
        ),
        **{
            f"{one.table}_{name} always": f"ALTER TABLE {one.table} ENABLE ALWAYS TRIGGER {one.table}_{name}"
            for name in ("no_change", "no_truncate")
        },
    }


def _sqlite_triggers(connection: Connection) -> dict[str, str]:
    """Every trigger there is on a guarded table, and every view that took the name of one."""
    rows = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master")).all()
    tables = {one.table for one in GUARDED}
    found = {row.name: _plain(row.sql) for row in rows if row.type == "trigger" and row.tbl_name.lower() in tables}
    return found | {
        f"{table} (table)": "" for table in tables if ("table", table) not in {(r.type, r.name) for r in rows}
    }


BEFORE_ROW, BEFORE_STATEMENT = 2 | 1, 2
UPDATE, DELETE, TRUNCATE = 16, 8, 32
"""Bits of pg_trigger.tgtype (PostgreSQL's catalogue: row 1, before 2, delete 8, update 16, truncate 32)."""


def _postgresql_wanted(one: Guarded) -> dict[str, str]:
    body = _postgresql_body(one)
    change, truncate = BEFORE_ROW | UPDATE | DELETE, BEFORE_STATEMENT | TRUNCATE
    return {
        f"{one.table}_no_change": f"A {change} {one.table}_append_only False plpgsql {body}",
        f"{one.table}_no_truncate": f"A {truncate} {one.table}_append_only False plpgsql {body}",
    }


def _postgresql_triggers(connection: Connection) -> dict[str, str]:
    """Every trigger and rule there is on a guarded table, with what it calls."""
    query = text(
        "SELECT t.tgname AS name, t.tgenabled::text AS enabled, t.tgtype AS kind, p.proname AS function,"
        " t.tgqual IS NOT NULL AS conditional, l.lanname AS language, p.prosrc AS body"
        " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang"
        " WHERE NOT t.tgisinternal AND n.nspname = current_schema() AND c.relname = ANY(:tables)"
        " UNION ALL SELECT r.rulename, 'rule', 0, '', false, '', r.definition FROM pg_rules r"
        " WHERE r.schemaname = current_schema() AND r.tablename = ANY(:tables)"
    )
    rows = connection.execute(query, {"tables": [one.table for one in GUARDED]}).all()
    return {
        row.name: f"{row.enabled} {row.kind} {row.function} {row.conditional} {row.language} {row.body}" for row in rows
    }


def _plain(statement: str) -> str:
    return re.sub(r"\s+", " ", statement or "").strip()
