"""The ledger of promises, and which stories a channel's digests told of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _add_promises()
    op.create_table(
        "promise_telling",
        sa.Column("entry", sa.Integer(), sa.ForeignKey("report.entry"), primary_key=True),
        sa.Column("due", sa.Date(), primary_key=True),
        sa.Column("promise", sa.Integer(), sa.ForeignKey("promise.number"), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("sentence", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lang", sa.Text(), server_default="", nullable=False),
    )
    op.create_index(op.f("ix_promise_telling_promise"), "promise_telling", ["promise"])
    op.create_table(
        "promise_name",
        sa.Column("promise", sa.Integer(), sa.ForeignKey("promise.number"), primary_key=True),
        sa.Column("token", sa.Text(), primary_key=True),
    )
    op.create_index(op.f("ix_promise_name_token"), "promise_name", ["token"])
    op.create_table(
        "digest_story",
        sa.Column("channel", sa.Text(), sa.ForeignKey("channel.id"), primary_key=True),
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number"), primary_key=True),
        sa.Column("at", TIME, nullable=False),
    )


def _add_promises() -> None:
    op.create_table(
        "promise",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("entry", sa.Integer(), sa.ForeignKey("report.entry"), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("state", sa.String(7), server_default="open", nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("state_at", TIME),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("report.entry")),
        sa.Column("decided_sentence", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_source", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_day", sa.Date()),
        sa.Column("new_due", sa.Date()),
        sa.Column("later", sa.Integer(), sa.ForeignKey("promise.number")),
        sa.Column("spoken_at", TIME),
        sa.Column("dropped_at", TIME),
        sa.CheckConstraint("state IN ('open', 'kept', 'slipped', 'silent')", name=op.f("ck_promise_state")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_promise_entry"), "promise", ["entry"])
    op.create_index(op.f("ix_promise_due"), "promise", ["due"])
    op.create_index(op.f("ix_promise_state_until"), "promise", ["state", "until"])
