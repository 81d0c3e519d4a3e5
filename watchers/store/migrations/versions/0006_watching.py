"""Feeds' habits and health, other kinds of source, articles' pages, and entries' later names."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    no = sa.text("false")
    for name in ("fault", "selector", "rhythm", "wishes"):
        op.add_column("feed", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("changed_at", "failed_from", "well_at"):
        op.add_column("feed", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("feed", sa.Column("kind", sa.String(7), server_default="feed", nullable=False))
    op.add_column("feed", sa.Column("fixed", sa.Boolean(), server_default=no, nullable=False))
    op.add_column("feed", sa.Column("beyond", sa.Integer(), server_default="0", nullable=False))
    for name in ("key_now", "link_now"):
        op.add_column("entry", sa.Column(name, sa.Text(), server_default="", nullable=False))
        said = sa.text(f"{name} != ''")
        op.create_index(f"ix_entry_{name}", "entry", [name], sqlite_where=said, postgresql_where=said)
    op.create_table(
        "article",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("text_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("etag", sa.Text(), server_default="", nullable=False),
        sa.Column("last_modified", sa.Text(), server_default="", nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("looks", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "state IN ('wanted', 'read', 'closed', 'failed', 'gone', 'withdrawn', 'dropped')",
            name=op.f("ck_article_state"),
        ),
        sa.ForeignKeyConstraint(["entry"], ["entry.number"], name=op.f("fk_article_entry")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_article")),
    )
    op.create_index(op.f("ix_article_next_at"), "article", ["next_at"])
