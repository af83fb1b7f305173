"""The tables of people, of sessions and of what people write. Writings can only be added to: triggers refuse the rest."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

PEOPLE = Table(
    "people",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("held", Date, nullable=True),
    Column("referentiel", String(100), nullable=False),
    Column("blocs", String(255), nullable=False),
    Column("blind_first", Boolean, nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
)

CANDIDACIES = Table(
    "candidacies",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("session", String(64), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("number", String(60), nullable=False),
    Column("trainer", String(64), nullable=False),
    Column("run_key", String(64), nullable=False, index=True),
    Column("file", String(255), nullable=False),
    Column("accommodations", Text, nullable=False),
    Column("shown_to_jury", Boolean, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    UniqueConstraint("session", "number", name="one_number_per_session"),
)

ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("candidacy", String(64), ForeignKey("candidacies.id"), primary_key=True),
    Column("person", String(64), ForeignKey("people.id"), primary_key=True),
    Column("part", Integer, nullable=False),
    Column("link", String(16), nullable=False),
)
"""Who reads what: `part` 1, 2 or 3 (third reader); `link` what the person declared about the candidate, "" before."""

ENTRIES = Table(
    "entries",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("space", String(64), nullable=False),
    Column("author", String(64), nullable=False),
    Column("topic", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("written", DateTime(timezone=True), nullable=False),
    UniqueConstraint("space", "author", "topic", "version", name="one_value_per_version"),
)
"""What people write, one row per version: `space` is a candidacy (or a pre-read outside any session)."""
