"""Polls that are handed out, the queue's own tables, and short ways to what refers to a message."""

import sqlalchemy as sa
from alembic import op

from watchers.store.engines.queue_tables import make

revision = "0007"
down_revision = "0006"

# What refers to a message or a report, or is empty: without an index each look for it reads the whole table.
REFERENCES = (("outbox", "target"), ("outbox", "parent"), ("digest_run", "outbox"), ("promise", "decided_by"))


def upgrade() -> None:
    op.add_column("feed", sa.Column("claimed_until", sa.DateTime(timezone=True)))
    for table, column in (("feed", "claimed_until"), *REFERENCES):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_{table}_{column}"), table, [column], sqlite_where=there, postgresql_where=there
        )
    op.create_index(op.f("ix_posted_outbox"), "posted", ["outbox"])
    make(op.get_bind())
