"""The tables of what the program makes: runs, their finished steps, the pre-reads. Nothing here is a person's work."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

RUNS = Table(
    "runs",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("dossier_sha256", String(64), nullable=False, index=True),
    Column("file", String(255), nullable=False),
    Column("referentiel", String(100), nullable=False),
    Column("blocs", String(255), nullable=False),
    Column("status", String(16), nullable=False),
    Column("message", Text, nullable=False, default=""),
    Column("step", String(64), nullable=False, default=""),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("started", DateTime(timezone=True), nullable=False),
    Column("updated", DateTime(timezone=True), nullable=False),
)

STEPS = Table(
    "steps",
    METADATA,
    Column("run_key", String(64), ForeignKey("runs.key", ondelete="CASCADE"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)
