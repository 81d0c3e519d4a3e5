"""Channels that let nothing in or wait for a lull, and messages whose wait the platform named."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    no = sa.text("false")
    op.add_column("channel", sa.Column("lull", sa.Integer(), server_default="0", nullable=False))
    op.add_column("channel", sa.Column("lull_most", sa.Integer(), server_default="60", nullable=False))
    op.add_column("channel", sa.Column("unreachable", sa.Text(), server_default="", nullable=False))
    op.add_column("channel", sa.Column("unreachable_at", sa.DateTime(timezone=True)))
    op.add_column("outbox", sa.Column("asked", sa.Boolean(), server_default=no, nullable=False))
    op.add_column("outbox", sa.Column("repeat", sa.Boolean(), server_default=no, nullable=False))
    op.add_column("outbox", sa.Column("rank", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_outbox_queued",
        "outbox",
        ["state", "channel", sa.text("urgent DESC"), sa.text("rank DESC"), "id", "story"],
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "ix_outbox_tried",
        "outbox",
        ["state", "channel", "attempts"],
        sqlite_where=sa.text("state = 'queued' AND attempts > 0"),
        postgresql_where=sa.text("state = 'queued' AND attempts > 0"),
    )
