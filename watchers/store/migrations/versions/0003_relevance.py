"""Exemplars and likenesses of a channel's own, what entries are to them, and a channel's alert budget."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("channel", sa.Column("budget", sa.Integer(), server_default="8", nullable=False))
    op.add_column("channel", sa.Column("base", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    # Written out: Alembic adds no constraint to a table of SQLite, though SQLite takes one with its column.
    op.execute(
        "ALTER TABLE exemplar ADD COLUMN watch INTEGER CONSTRAINT fk_exemplar_watch REFERENCES watch (number)"
    )
    op.add_column("exemplar", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.add_column("exemplar", sa.Column("by_name", sa.Text(), server_default="", nullable=False))
    op.add_column("exemplar", sa.Column("removed_at", TIME))
    op.add_column("report", sa.Column("views", sa.Text(), server_default="[1,[]]", nullable=False))
