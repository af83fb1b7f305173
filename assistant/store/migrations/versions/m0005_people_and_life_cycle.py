"""Sign-in, roles by invitation, organisers, frozen sessions, presence; and a journal whose words can be erased for good."""

import sqlalchemy as sa
from alembic import op

from assistant.store.protection import dropped, protections
from assistant.store.tables import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _new_columns() -> None:
    op.add_column("journal", sa.Column("salt", sa.String(32), nullable=True))
    op.add_column("journal", sa.Column("commitment", sa.String(64), nullable=True))
    for name, kind, default in (
        ("opened", Moment(), None),
        ("archived", Moment(), None),
        ("frozen", sa.Text(), "{}"),
        ("jury_by", sa.Date(), None),
        ("notify_by", sa.Date(), None),
    ):
        op.add_column("sessions", sa.Column(name, kind, nullable=default is None, server_default=default))
    for name, kind_of_text, default in (
        ("email", sa.String(200), ""),
        ("blocs", sa.Text(), "[]"),
        ("presence", sa.String(16), ""),
        ("presence_note", sa.Text(), ""),
        ("complete", sa.String(16), ""),
        ("complete_note", sa.Text(), ""),
    ):
        op.add_column("candidacies", sa.Column(name, kind_of_text, nullable=False, server_default=default))


def _new_tables() -> None:
    op.create_table(
        "organisers",
        sa.Column("session", sa.String(64), sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True, index=True),
    )
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(255), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("email", sa.String(200), nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("email", sa.String(200), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("given_by", sa.String(64), nullable=False),
        sa.Column("created", Moment(), nullable=False),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("started", Moment(), nullable=False),
        sa.Column("seen", Moment(), nullable=False),
        sa.Column("ended", Moment(), nullable=True),
    )
    op.create_table(
        "kept_grids",
        sa.Column("candidacy", sa.String(64), primary_key=True),
        sa.Column("session", sa.String(64), nullable=False, index=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("kept", Moment(), nullable=False),
    )


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in dropped(dialect):
        op.execute(statement)
    _new_columns()
    _new_tables()
    for statement in protections(dialect):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    raise NotImplementedError("what people wrote is not thrown away")
