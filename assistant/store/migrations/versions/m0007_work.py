"""The work queue that several machines share."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "work",
        sa.Column("preread", sa.String(64), sa.ForeignKey("prereads.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("state", sa.String(8), nullable=False, index=True),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("claim", sa.String(64), nullable=False),
        sa.Column("beat", MOMENT, nullable=True),
        sa.Column("stop", sa.Boolean, nullable=False),
        sa.Column("job", sa.BigInteger, nullable=True, index=True),
        sa.Column("asked", MOMENT, nullable=False),
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("what people wrote is not thrown away")
