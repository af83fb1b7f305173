"""People, sessions, candidacies, assignments, and one append-only table for all that people write; notes move there."""

import json

import sqlalchemy as sa
from alembic import op

from assistant.store.migrations.append_only import refused_changes, without_refusal

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("held", sa.Date, nullable=True),
        sa.Column("referentiel", sa.String(100), nullable=False),
        sa.Column("blocs", sa.String(255), nullable=False),
        sa.Column("blind_first", sa.Boolean, nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "candidacies",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("session", sa.String(64), sa.ForeignKey("sessions.id"), nullable=False, index=True),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("trainer", sa.String(64), nullable=False),
        sa.Column("run_key", sa.String(64), nullable=False, index=True),
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("accommodations", sa.Text, nullable=False),
        sa.Column("shown_to_jury", sa.Boolean, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("session", "number", name="one_number_per_session"),
    )
    op.create_table(
        "assignments",
        sa.Column("candidacy", sa.String(64), sa.ForeignKey("candidacies.id"), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("link", sa.String(16), nullable=False),
    )
    entries = op.create_table(
        "entries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("space", sa.String(64), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("written", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("space", "author", "topic", "version", name="one_value_per_version"),
    )
    notes = sa.table("notes", *(sa.column(name) for name in ("person", "run_key", "criterion", "version", "text")),
                     sa.column("written", sa.DateTime(timezone=True)))  # fmt: skip
    rows = [
        {"space": row.run_key, "author": row.person, "topic": f"{row.criterion}/note", "version": row.version,
         "value": json.dumps(row.text, ensure_ascii=False), "written": row.written}
        for row in op.get_bind().execute(sa.select(notes))
    ]  # fmt: skip
    if rows:
        op.bulk_insert(entries, rows)
    dialect = op.get_bind().dialect.name
    for statement in without_refusal("notes", dialect):
        op.execute(statement)
    op.drop_table("notes")
    for statement in refused_changes("entries", dialect):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what people wrote is not thrown away")
