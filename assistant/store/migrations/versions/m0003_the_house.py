"""The house: dossiers, pre-reads, snapshots, sessions that keep to them, and a journal and an audit chained by hash."""

from alembic import op

from assistant.store.migrations.house import before, moving, tables
from assistant.store.protection import BEFORE_PURGES, protections

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    old = before.read(connection)
    before.make_room(connection)
    tables.METADATA.create_all(connection)
    moving.move(connection, old)
    before.clear_away(connection)
    for statement in protections(connection.dialect.name, BEFORE_PURGES):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    raise NotImplementedError("what people wrote is not thrown away")
