"""Feeds that are watched, their entries, and alerts on their way out."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables of watching and the outbox of alerts."""
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
    )
    op.create_table(
        "feed_entries",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("seen", sa.Date(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_feed_entries")),
        sa.UniqueConstraint("feed", "key", name=op.f("uq_feed_entries_feed_key")),
    )
    waiting = sa.text("body IS NOT NULL")
    op.create_index(
        op.f("ix_feed_entries_waiting"), "feed_entries", ["attempts", "seq"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_table(
        "alert_rules",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_alert_rules")),
    )
    op.create_table(
        "alert_coverage",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("change", sa.String(length=48), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("rule", "change", "claim", name=op.f("pk_alert_coverage")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alerts",
        sa.Column("seq", _SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_alerts")),
        sa.UniqueConstraint("id", name=op.f("uq_alerts_id")),
    )
    op.create_table(
        "deliveries",
        sa.Column("alert", _SEQUENCE, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", sa.Text()),
        sa.ForeignKeyConstraint(["alert"], ["alerts.seq"], name=op.f("fk_deliveries_alert_alerts")),
        sa.PrimaryKeyConstraint("alert", "channel", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_channel_state_alert"), "deliveries", ["channel", "state", "alert"])
