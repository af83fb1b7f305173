"""Lines of candidates' lists that were left over when the files came: each held a name and a company that no purge found."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAMING = ("dossier_files", "prereads", "candidacies", "shares", "cohort_dossiers")


def upgrade() -> None:
    named = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.dossier = dossiers.id)" for table in NAMING)
    op.execute(f"DELETE FROM dossiers WHERE {named}")


def downgrade() -> None:
    raise NotImplementedError("what was erased stays erased")
