"""Runs with their steps, and notes whose texts can only be added to."""

import sqlalchemy as sa
from alembic import op

from assistant.store.migrations.append_only import refused_changes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("dossier_sha256", sa.String(64), nullable=False, index=True),
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("referentiel", sa.String(100), nullable=False),
        sa.Column("blocs", sa.String(255), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "steps",
        sa.Column("run_key", sa.String(64), sa.ForeignKey("runs.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("run_key", sa.String(64), nullable=False),
        sa.Column("criterion", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("person", "run_key", "criterion", "version", name="one_text_per_version"),
    )
    for statement in refused_changes("notes", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for table in ("notes", "steps", "runs"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION IF EXISTS notes_append_only()")
