"""Generations of views, how far each has come, and the events that were set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "generations",
        sa.Column("view", TEXT, primary_key=True),
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("began_at", TEXT, nullable=False),
        sa.Column("switched_at", TEXT),
    )
    live = sa.text("state = 'live'")
    op.create_index(
        "one_live_generation", "generations", ["view"], unique=True, sqlite_where=live, postgresql_where=live
    )
    op.create_table(
        "tracking",
        sa.Column("view", TEXT, primary_key=True),
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("share", sa.Integer, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("leaf", TEXT, nullable=False),
    )
    op.create_table(
        "dead_letters",
        sa.Column("view", TEXT, primary_key=True),
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("event_id", TEXT, nullable=False),
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("error", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("skipped", sa.Boolean, nullable=False),
        sa.Column("set_aside_at", TEXT, nullable=False),
    )
