"""The tables of what people write. Texts are append-only: triggers refuse any change of what was written."""

from sqlalchemy import Column, DateTime, Integer, String, Table, Text, UniqueConstraint

from assistant.store.tables import METADATA

NOTES = Table(
    "notes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person", String(64), nullable=False),
    Column("run_key", String(64), nullable=False),
    Column("criterion", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("written", DateTime(timezone=True), nullable=False),
    UniqueConstraint("person", "run_key", "criterion", "version", name="one_text_per_version"),
)
