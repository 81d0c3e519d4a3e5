"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)
NO = sa.text("false")
UNREAD = sa.text("read_at IS NULL")
UNANNOUNCED = sa.text("announced_at IS NULL")


def upgrade() -> None:
    _sources()
    _channels()
    _watches()
    _entries()
    _reports()
    _stories()
    _outbox()
    _delivery()


def _sources() -> None:
    op.create_table(
        "feed",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("url", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lang", sa.Text(), server_default="", nullable=False),
        sa.Column("every_seconds", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(4), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("etag", sa.Text(), server_default="", nullable=False),
        sa.Column("last_modified", sa.Text(), server_default="", nullable=False),
        sa.Column("body_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("next_poll_at", TIME),
        sa.Column("polled_at", TIME),
        sa.Column("ok_at", TIME),
        sa.Column("new_at", TIME),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failing_since", TIME),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("gone", sa.Boolean(), server_default=NO, nullable=False),
        sa.CheckConstraint("origin IN ('file', 'chat')", name=op.f("ck_feed_origin")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_feed_next_poll_at"), "feed", ["next_poll_at"])


def _channels() -> None:
    op.create_table(
        "channel",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("lang", sa.Text(), server_default="", nullable=False),
        sa.Column("timezone", sa.Text(), server_default="", nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("origin", sa.String(4), nullable=False),
        sa.Column("taken_out", sa.Boolean(), server_default=NO, nullable=False),
        sa.CheckConstraint("origin IN ('file', 'chat')", name=op.f("ck_channel_origin")),
    )
    op.create_table(
        "channel_feed",
        sa.Column("channel", sa.Text(), sa.ForeignKey("channel.id"), primary_key=True),
        sa.Column("feed", sa.Integer(), sa.ForeignKey("feed.number"), primary_key=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="[]", nullable=False),
        sa.Column("origin", sa.String(4), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("taken_out", sa.Boolean(), server_default=NO, nullable=False),
        sa.CheckConstraint("origin IN ('file', 'chat')", name=op.f("ck_channel_feed_origin")),
    )
    op.create_index(op.f("ix_channel_feed_feed"), "channel_feed", ["feed"])
    op.create_table(
        "exemplar",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("channel", sa.Text(), sa.ForeignKey("channel.id"), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_exemplar_channel"), "exemplar", ["channel"])


def _watches() -> None:
    op.create_table(
        "watch",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("channel", sa.Text(), sa.ForeignKey("channel.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("alert", sa.Text(), server_default="", nullable=False),
        sa.Column("threshold", sa.Float()),
        sa.Column("origin", sa.String(4), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("taken_out", sa.Boolean(), server_default=NO, nullable=False),
        sa.CheckConstraint("origin IN ('file', 'chat')", name=op.f("ck_watch_origin")),
        sa.UniqueConstraint("channel", "name", name=op.f("uq_watch_channel_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "subscription",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("channel", sa.Text(), sa.ForeignKey("channel.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("empty", sa.String(4), nullable=False),
        sa.Column("origin", sa.String(4), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("taken_out", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("next_run_at", TIME),
        sa.CheckConstraint("origin IN ('file', 'chat')", name=op.f("ck_subscription_origin")),
        sa.UniqueConstraint("channel", "name", name=op.f("uq_subscription_channel_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subscription_next_run_at"), "subscription", ["next_run_at"])


def _entries() -> None:
    op.create_table(
        "entry",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("feed", sa.Integer(), sa.ForeignKey("feed.number"), nullable=False),
        sa.Column("guid", sa.Text(), server_default="", nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("lang", sa.Text(), server_default="", nullable=False),
        sa.Column("outlet", sa.Text(), server_default="", nullable=False),
        sa.Column("published", TIME),
        sa.Column("utc_offset", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen", TIME, nullable=False),
        sa.Column("archive", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("content_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("read_at", TIME),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_entry_content_hash"), "entry", ["content_hash"])
    op.create_index(op.f("ix_entry_feed"), "entry", ["feed"])
    op.create_index(op.f("ix_entry_link"), "entry", ["link"])
    op.create_index(op.f("ix_entry_seen"), "entry", ["seen"])
    op.create_index("ix_entry_unread", "entry", ["number"], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_table(
        "sighting",
        sa.Column("entry", sa.Integer(), sa.ForeignKey("entry.number"), primary_key=True),
        sa.Column("feed", sa.Integer(), sa.ForeignKey("feed.number"), primary_key=True),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.Column("seen", TIME, nullable=False),
    )


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("entry", sa.Integer(), sa.ForeignKey("entry.number"), primary_key=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("decision", sa.String(6), nullable=False),
        sa.Column("relevance", sa.Text(), nullable=False),
        sa.Column("matches", sa.Text(), nullable=False),
        sa.Column("mentions", sa.Text(), nullable=False),
        sa.Column("embedder", sa.Text(), server_default="", nullable=False),
        sa.Column("vector", sa.LargeBinary()),
    )
    op.create_table(
        "fact",
        sa.Column("entry", sa.Integer(), sa.ForeignKey("report.entry"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("value_text", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("mention", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Text(), server_default="", nullable=False),
        sa.Column("approx", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("said_by", sa.Text(), server_default="", nullable=False),
        sa.Column("hedge", sa.String(10), nullable=False),
        sa.Column("rule", sa.Text(), server_default="", nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
    )
    op.create_index(op.f("ix_fact_type_value_text"), "fact", ["type", "value_text"])


def _stories() -> None:
    op.create_table(
        "story",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("opened", TIME, nullable=False),
        sa.Column("updated", TIME, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_story_updated"), "story", ["updated"])
    op.create_table(
        "story_report",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number"), nullable=False),
        sa.Column("entry", sa.Integer(), sa.ForeignKey("report.entry"), nullable=False, unique=True),
        sa.Column("joined_at", TIME, nullable=False),
    )
    op.create_index(op.f("ix_story_report_story"), "story_report", ["story"])
    op.create_table(
        "story_update",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number"), nullable=False),
        sa.Column("entry", sa.Integer(), sa.ForeignKey("report.entry"), nullable=False),
        sa.Column("kind", sa.String(6), nullable=False),
        sa.Column("new_facts", sa.Text(), nullable=False),
        sa.Column("new_origin", sa.Boolean(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("announced_at", TIME),
        sa.UniqueConstraint("entry", "kind", name=op.f("uq_story_update_entry_kind")),
    )
    op.create_index(op.f("ix_story_update_story"), "story_update", ["story"])
    op.create_index(
        "ix_story_update_unannounced",
        "story_update",
        ["id"],
        sqlite_where=UNANNOUNCED,
        postgresql_where=UNANNOUNCED,
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number")),
        sa.Column("urgent", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("uncertain", sa.Boolean(), server_default=NO, nullable=False),
        sa.Column("leased_until", TIME),
        sa.Column("lease_token", sa.Text()),
        sa.Column("state", sa.String(9), server_default="queued", nullable=False),
        sa.Column("delivered_at", TIME),
        sa.Column("receipt", sa.Text(), server_default="", nullable=False),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('queued', 'delivered', 'dead')", name=op.f("ck_outbox_state")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_channel_story"), "outbox", ["channel", "story"])
    op.create_index(op.f("ix_outbox_state_channel_urgent_id"), "outbox", ["state", "channel", "urgent", "id"])


def _delivery() -> None:
    op.create_table(
        "posted",
        sa.Column("story", sa.Integer(), sa.ForeignKey("story.number"), primary_key=True),
        sa.Column("channel", sa.Text(), sa.ForeignKey("channel.id"), primary_key=True),
        sa.Column("outbox", sa.Integer(), sa.ForeignKey("outbox.id"), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
    )
    op.create_table(
        "digest_run",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("subscription", sa.Integer(), sa.ForeignKey("subscription.number"), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("window_start", TIME, nullable=False),
        sa.Column("window_end", TIME, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("outbox", sa.Integer(), sa.ForeignKey("outbox.id")),
        sa.UniqueConstraint("subscription", "local_date", name=op.f("uq_digest_run_subscription_local_date")),
    )
    op.create_table(
        "seed",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("taken_out", sa.Boolean(), server_default=NO, nullable=False),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("at", TIME, nullable=False),
    )
