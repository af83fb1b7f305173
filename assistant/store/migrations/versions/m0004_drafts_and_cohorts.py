"""Drafts that candidates share with a trainer, cohorts of dossiers, and the examples chosen from them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("dossier", sa.String(64), sa.ForeignKey("dossiers.id"), nullable=False, index=True),
        sa.Column("person", sa.String(64), nullable=False, index=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("ended", MOMENT, nullable=True),
    )
    op.create_table(
        "cohorts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("referentiel_sha256", sa.String(64), nullable=False),
        sa.Column("referentiel_id", sa.String(100), nullable=False),
        sa.Column("blocs", sa.Text, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("closed", MOMENT, nullable=True),
    )
    op.create_table(
        "cohort_dossiers",
        sa.Column("cohort", sa.String(64), sa.ForeignKey("cohorts.id"), primary_key=True),
        sa.Column("dossier", sa.String(64), sa.ForeignKey("dossiers.id"), primary_key=True, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("added", MOMENT, nullable=False),
        sa.Column("removed", MOMENT, nullable=True),
    )
    op.create_table(
        "examples",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("cohort", sa.String(64), sa.ForeignKey("cohorts.id"), nullable=False, index=True),
        sa.Column("dossier", sa.String(64), sa.ForeignKey("dossiers.id"), nullable=False, index=True),
        sa.Column("preread", sa.String(64), sa.ForeignKey("prereads.id"), nullable=False),
        sa.Column("criterion", sa.String(64), nullable=False),
        sa.Column("sentence", sa.String(32), nullable=False),
        sa.Column("chosen", MOMENT, nullable=False),
    )
    op.create_table(
        "coverages",
        sa.Column("preread", sa.String(64), sa.ForeignKey("prereads.id"), primary_key=True),
        sa.Column("payload", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for name in ("coverages", "examples", "cohort_dossiers", "cohorts", "shares"):
        op.drop_table(name)
