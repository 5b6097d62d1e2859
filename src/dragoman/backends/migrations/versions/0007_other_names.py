"""Names of actors are looked up only where they are not the code too."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Put a smaller index in place of the one of all names."""
    op.drop_index(op.f("ix_claim_actors_name_newness"), table_name="claim_actors")
    named = sa.text("name != actor")
    op.create_index(
        op.f("ix_claim_actors_other_name"),
        "claim_actors",
        ["name", "newness", "part"],
        sqlite_where=named,
        postgresql_where=named,
    )
