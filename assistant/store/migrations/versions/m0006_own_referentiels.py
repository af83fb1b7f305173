"""Référentiels of the installation: drafts with every version of theirs, what was published, the certifier's own grids."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "referentiel_drafts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("source_name", sa.String(255), nullable=False),
        sa.Column("source_sha256", sa.String(64), nullable=False),
        sa.Column("doubts", sa.LargeBinary, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("withdrawn", MOMENT, nullable=True),
    )
    op.create_table(
        "referentiel_draft_versions",
        sa.Column("draft", sa.String(64), sa.ForeignKey("referentiel_drafts.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("drawn_from", sa.Integer, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("written", MOMENT, nullable=False),
        sa.Column("operation", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "referentiels_published",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("version", sa.String(60), primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("referentiels.sha256"), nullable=False),
        sa.Column("draft", sa.String(64), sa.ForeignKey("referentiel_drafts.id"), nullable=False, index=True),
        sa.Column("draft_version", sa.Integer, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("published", MOMENT, nullable=False),
        sa.Column("withdrawn", MOMENT, nullable=True),
    )
    op.create_table(
        "referentiel_grid_maps",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("referentiel_id", sa.String(100), nullable=False, index=True),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("template_sha256", sa.String(64), nullable=False),
        sa.Column("map", sa.Text, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("written", MOMENT, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("what people wrote is not thrown away")
