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
    no = sa.text("false")
    op.add_column("posted", sa.Column("exempt", sa.Boolean(), server_default=no, nullable=False))
    op.create_table(
        "deferred",
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number"), primary_key=True),
        sa.Column("channel", sa.Text(), sa.ForeignKey("channel.id"), primary_key=True),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
    )
    op.create_index(op.f("ix_deferred_channel_at"), "deferred", ["channel", "at"])
    op.execute(
        "ALTER TABLE story ADD COLUMN merged_into INTEGER "
        "CONSTRAINT fk_story_merged_into REFERENCES story (number)"
    )
    _add_hands()
    _add_lines()


def _add_hands() -> None:
    op.create_table(
        "story_hand",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(5), nullable=False),
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number"), nullable=False),
        sa.Column("other", sa.Integer(), sa.ForeignKey("story.number"), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("by_name", sa.Text(), server_default="", nullable=False),
        sa.Column("undone_at", TIME),
        sa.CheckConstraint("kind IN ('merge', 'split')", name=op.f("ck_story_hand_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_story_hand_story"), "story_hand", ["story"])
    op.create_index(op.f("ix_story_hand_other"), "story_hand", ["other"])


def _add_lines() -> None:
    op.create_table(
        "story_line",
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number"), primary_key=True),
        sa.Column("earlier", sa.Integer(), sa.ForeignKey("story.number"), nullable=False),
        sa.Column("made_by", sa.String(4), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.CheckConstraint("made_by IN ('bot', 'hand')", name=op.f("ck_story_line_made_by")),
    )
    op.create_index(op.f("ix_story_line_earlier"), "story_line", ["earlier"])
    op.create_table(
        "story_token",
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number"), primary_key=True),
        sa.Column("token", sa.Text(), primary_key=True),
    )
    op.create_index(op.f("ix_story_token_token"), "story_token", ["token"])
