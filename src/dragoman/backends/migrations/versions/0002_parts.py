"""Parts of the record that were computed before."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the cache that makes resolving incremental."""
    op.create_table(
        "parts",
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", "id", name=op.f("pk_parts")),
    )
