"""The workers that are known, and when each gave its last sign of life."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("machine", sa.String(64), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("concurrency", sa.Integer, nullable=False),
        sa.Column("began", MOMENT, nullable=False),
        sa.Column("beat", MOMENT, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("what people wrote is not thrown away")
