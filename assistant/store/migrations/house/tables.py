"""The tables as version 0003 made them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

MOMENT = DateTime(timezone=True)

PEOPLE = Table(
    "people",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created", MOMENT, nullable=False),
)

DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("candidate_name", String(200), nullable=False),
    Column("company", String(200), nullable=False),
    Column("title", String(255), nullable=False),
    Column("created", MOMENT, nullable=False),
    Column("withdrawn", MOMENT, nullable=True),
)

DOSSIER_FILES = Table(
    "dossier_files",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dossier", String(64), ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("name", String(255), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("added", MOMENT, nullable=False),
    Column("removed", MOMENT, nullable=True),
)

REFERENTIELS = Table(
    "referentiels",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("id", String(100), nullable=False, index=True),
    Column("version", String(60), nullable=False),
    Column("title", String(300), nullable=False),
    Column("content", Text, nullable=False),
    Column("kept", MOMENT, nullable=False),
)

PREREADS = Table(
    "prereads",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("dossier", String(64), ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("referentiel_sha256", String(64), nullable=False, index=True),
    Column("referentiel_id", String(100), nullable=False),
    Column("blocs", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("reasons", Text, nullable=False),
    Column("step", String(64), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("created", MOMENT, nullable=False),
    Column("started", MOMENT, nullable=True),
    Column("updated", MOMENT, nullable=False),
    Column("finished", MOMENT, nullable=True),
    Column("supersedes", String(64), ForeignKey("prereads.id"), nullable=True, index=True),
)

RESULTS = Table(
    "results",
    METADATA,
    Column("preread", String(64), ForeignKey("prereads.id"), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
    Column("dossier", LargeBinary, nullable=False),
)

STEPS = Table(
    "steps",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("created", MOMENT, nullable=False, index=True),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("held", Date, nullable=True),
    Column("referentiel_sha256", String(64), nullable=False),
    Column("referentiel_id", String(100), nullable=False),
    Column("blocs", Text, nullable=False),
    Column("blind_first", Boolean, nullable=False),
    Column("created_by", String(64), nullable=False, index=True),
    Column("created", MOMENT, nullable=False),
)

CANDIDACIES = Table(
    "candidacies",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("session", String(64), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("number", String(60), nullable=False),
    Column("name", String(200), nullable=False),
    Column("company", String(200), nullable=False),
    Column("dossier", String(64), ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("preread", String(64), ForeignKey("prereads.id"), nullable=True, index=True),
    Column("trainer", String(64), nullable=False),
    Column("accommodations", Text, nullable=False),
    Column("shown_to_jury", Boolean, nullable=False),
    Column("created", MOMENT, nullable=False),
    UniqueConstraint("session", "number", name="one_candidate_per_number"),
)

SEATS = Table(
    "seats",
    METADATA,
    Column("candidacy", String(64), ForeignKey("candidacies.id"), primary_key=True),
    Column("person", String(64), ForeignKey("people.id"), primary_key=True, index=True),
    Column("part", Integer, nullable=False),
    Column("link", String(16), nullable=False),
    UniqueConstraint("candidacy", "part", name="one_juror_per_part"),
)

CHAIN_HEADS = Table(
    "chain_heads",
    METADATA,
    Column("chain", String(16), primary_key=True),
    Column("scope", String(120), primary_key=True),
    Column("length", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    sqlite_with_rowid=False,
)

JOURNAL = Table(
    "journal",
    METADATA,
    Column("review", String(120), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person", String(64), nullable=False),
    Column("criterion", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("item", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("event", String(64), nullable=True),
    Column("written", String(32), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("review", "person", "criterion", "kind", "item", "version", name="one_value_per_version"),
    UniqueConstraint("event", name="one_row_per_event"),
    sqlite_with_rowid=False,
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("act", String(64), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_by_subject", "subject", "seq"),
    sqlite_with_rowid=False,
)
