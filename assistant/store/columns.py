"""What every table is made of: the list of tables, and times."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, MetaData, TypeDecorator, func, select
from sqlalchemy.engine import Dialect

METADATA = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware time, in UTC: SQLite would hand it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        made: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return made


def moment(connection: Connection) -> Any:
    """This moment, as a value to write, by the clock that all machines of an installation share: the database's.

    A SQLite file is on one machine, whose own clock it is.
    """
    return func.clock_timestamp() if connection.dialect.name == "postgresql" else datetime.now(UTC)


def clock(connection: Connection) -> datetime:
    """What that clock says."""
    if connection.dialect.name != "postgresql":
        return datetime.now(UTC)
    said: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return said.astimezone(UTC)
