"""The tables of what is on its way to channels, and of what arrived there."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from watchers.store.columns import flag, metadata, number, one_of, reference, time, where_set, words

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),  # no reference: an operator's notice may go where no row is
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("version", Integer, nullable=False),
    reference("story", "story.number", optional=True),
    flag("urgent"),
    time("created", required=True),
    time("not_before", required=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    flag("uncertain"),
    flag("asked"),  # the platform named the time in not_before: nothing may shorten the wait
    Column(
        "rank", Integer, nullable=False, server_default="0"
    ),  # among its channel's; 0 unless a backlog is sorted
    time("leased_until"),
    Column("lease_token", Text),
    one_of("state", "queued", "delivered", "dead", first="queued"),
    time("delivered_at"),
    words("receipt"),
    flag("repeat"),  # the post says that it may be a repeat
    words("last_error"),
    one_of("op", "post", "edit", "delete", first="post"),
    reference("target", "outbox.id", optional=True),  # the post to edit or delete
    reference("parent", "outbox.id", optional=True),  # the post in whose thread it goes
    where_set("ix_outbox_target", "target"),
    where_set("ix_outbox_parent", "parent"),
    Index(None, "state", "channel", "urgent", "id"),
    Index(None, "channel", "story"),
    sqlite_autoincrement=True,
)

# Short lists of what waits, in the order in which it goes out, and of what of it was tried: outbox_choice.py.
# The story is there so that no message need be read to find those of a story taken back.
_QUEUED, _TRIED = text("state = 'queued'"), text("state = 'queued' AND attempts > 0")
Index(
    "ix_outbox_queued",
    outbox.c.state,
    outbox.c.channel,
    outbox.c.urgent.desc(),
    outbox.c.rank.desc(),
    outbox.c.id,
    outbox.c.story,
    sqlite_where=_QUEUED,
    postgresql_where=_QUEUED,
)
Index(
    "ix_outbox_tried",
    outbox.c.state,
    outbox.c.channel,
    outbox.c.attempts,
    sqlite_where=_TRIED,
    postgresql_where=_TRIED,
)

posted = Table(
    "posted",
    metadata,
    reference("story", "story.number", key=True),
    reference("channel", "channel.id", key=True),
    Column("outbox", ForeignKey("outbox.id"), nullable=False, index=True),
    Column("facts", Text, nullable=False),  # keys of the facts the channel was told
    flag("exempt"),  # its card counts towards no budget
)

deferred = Table(
    "deferred",
    metadata,
    reference("story", "story.number", key=True),
    reference("channel", "channel.id", key=True),
    Column("budget", Integer, nullable=False),  # which it was over
    time("at", required=True),  # the last time
    Index(None, "channel", "at"),
)

digest_run = Table(
    "digest_run",
    metadata,
    number(),
    reference("subscription", "subscription.number"),
    Column("local_date", Date, nullable=False),
    time("window_start", required=True),
    time("window_end", required=True),
    time("at", required=True),
    Column("outbox", ForeignKey("outbox.id")),  # the part whose delivery completes it; NULL: nothing was sent
    where_set("ix_digest_run_outbox", "outbox"),
    UniqueConstraint("subscription", "local_date"),
)
