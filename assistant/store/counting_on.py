"""After rows were put in with their numbers: the database gives the next row the next number."""

from sqlalchemy import Connection, Integer, func, select, text

from assistant.store.tables import METADATA


def count_on(connection: Connection) -> None:
    """PostgreSQL counts by itself, whatever rows it was given; SQLite looks at the rows."""
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        counted = table.autoincrement_column
        if counted is None or not isinstance(counted.type, Integer):
            continue
        named = {"table": table.name, "column": counted.name}
        if connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), named).scalar() is None:
            continue
        last = connection.execute(select(func.max(counted))).scalar()
        if last:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"), {**named, "last": last}
            )
