"""The tables of news and of who reads it, as SQLAlchemy Core sees them.

Numbers are never given twice: `a88` stays one article. What is on its way to channels is in
`schema_delivery.py`, what people did in chat in `schema_chat.py`.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from watchers.store.columns import (
    UtcDateTime,
    flag,
    metadata,
    number,
    one_of,
    reference,
    time,
    where_null,
    where_said,
    where_set,
    words,
)

feed = Table(
    "feed",
    metadata,
    number(),
    Column("url", Text, nullable=False, unique=True),
    words("name"),
    words("owner"),
    words("lang"),
    Column("every_seconds", Integer, nullable=False),
    one_of("origin", "file", "chat"),
    time("added_at", required=True),
    words("etag"),
    words("last_modified"),
    words("body_hash"),
    Column("next_poll_at", UtcDateTime, index=True),  # NULL: never asked for, due at once
    time("claimed_until"),  # until when somebody is about to ask for it; NULL: nobody is
    where_set("ix_feed_claimed_until", "claimed_until"),
    time("polled_at"),
    time("ok_at"),
    time("new_at"),
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row
    time("failing_since"),
    words("last_error"),
    words("fault"),  # what kind of failure the last error was; empty: none, or one of no kind
    flag("gone"),
    Column("kind", String(7), nullable=False, server_default="feed"),
    words("selector"),
    flag("fixed"),  # somebody set the interval, which no rhythm changes
    words("rhythm"),  # JSON; empty: nothing is known of it
    words("wishes"),  # JSON; empty: the publisher asks for nothing
    time("changed_at"),  # when its bytes were last others than before
    Column("beyond", Integer, nullable=False, server_default="0"),  # entries that it held and we did not keep
    time("failed_from"),  # when the last incident began that is over
    time("well_at"),  # and when it was over; NULL: there was none
    sqlite_autoincrement=True,
)

channel = Table(
    "channel",
    metadata,
    Column("id", Text, primary_key=True),
    words("name"),
    words("lang"),
    words("timezone"),
    Column("threshold", Float, nullable=False),
    one_of("origin", "file", "chat"),
    flag("taken_out"),
    one_of("editors", "managers", "everyone", first="managers"),
    words("quiet"),  # such as "22:00-07:00"; empty: never
    words("layout"),  # parts of a card with commas between; empty: all
    flag("public"),
    words("bound_to"),  # the channel whose watches, sources and scores it shares; empty: its own
    Column("budget", Integer, nullable=False, server_default="8"),  # alerts a local day; 0: no limit
    Column("base", Boolean, nullable=False, server_default=text("true")),  # shared exemplars count too
    Column("lull", Integer, nullable=False, server_default="0"),  # minutes without talk; 0: nothing waits
    Column("lull_most", Integer, nullable=False, server_default="60"),  # minutes that anything waits for one
    words("unreachable"),  # why the platform lets nothing in; empty: it does
    time("unreachable_at"),
)

channel_feed = Table(
    "channel_feed",
    metadata,
    reference("channel", "channel.id", key=True),
    reference("feed", "feed.number", key=True),
    words("name"),  # empty: the feed's own
    Column("tags", Text, nullable=False, server_default="[]"),
    one_of("origin", "file", "chat"),
    flag("paused"),
    flag("taken_out"),
    Index(None, "feed"),
)

watch = Table(
    "watch",
    metadata,
    number(),
    reference("channel", "channel.id"),
    Column("name", Text, nullable=False),
    Column("expression", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    words("alert"),
    Column("threshold", Float),
    one_of("origin", "file", "chat"),
    flag("paused"),
    flag("taken_out"),
    words("mention"),  # such as "role:123"; empty: nobody is called
    flag("internal"),
    UniqueConstraint("channel", "name"),
    sqlite_autoincrement=True,
)

exemplar = Table(
    "exemplar",
    metadata,
    number(),
    reference("channel", "channel.id"),
    Column("good", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    words("lang"),
    time("added_at", required=True),
    reference("watch", "watch.number", optional=True),  # NULL: the channel's, else that likeness's
    words("note"),
    words("by_name"),
    time("removed_at"),  # NULL: in use
    Index(None, "channel"),
    sqlite_autoincrement=True,
)

subscription = Table(
    "subscription",
    metadata,
    number(),
    reference("channel", "channel.id"),
    Column("name", Text, nullable=False),
    Column("at", String(5), nullable=False),
    Column("days", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("empty", String(4), nullable=False),
    one_of("origin", "file", "chat"),
    flag("paused"),
    flag("taken_out"),
    Column("next_run_at", UtcDateTime, index=True),  # NULL: to be computed
    UniqueConstraint("channel", "name"),
    sqlite_autoincrement=True,
)

entry = Table(
    "entry",
    metadata,
    number(),
    Column("key", Text, nullable=False, unique=True),
    reference("feed", "feed.number"),
    words("guid"),
    words("link"),
    words("title"),
    words("summary"),
    words("body"),
    words("lang"),
    words("outlet"),
    time("published"),
    Column("utc_offset", Integer, nullable=False, server_default="0"),  # minutes
    time("seen", required=True),
    flag("archive"),
    words("content_hash"),  # empty: too little content to know the entry by
    time("read_at"),  # NULL: stored, and still to be read, the first time or again
    time("revised_at"),  # NULL: its figures are still those it came with
    Column("revision", Integer, nullable=False, server_default="0"),
    words("key_now"),  # what its feed calls it since it changed the key; empty: as it was
    words("link_now"),
    Index(None, "link"),
    where_said("ix_entry_key_now", "key_now"),
    where_said("ix_entry_link_now", "link_now"),
    Index(None, "content_hash"),
    Index(None, "feed"),
    Index(None, "seen"),
    where_null("ix_entry_unread", "number", "read_at"),
    sqlite_autoincrement=True,
)

sighting = Table(
    "sighting",
    metadata,
    reference("entry", "entry.number", key=True),
    reference("feed", "feed.number", key=True),
    words("link"),
    time("seen", required=True),
)

report = Table(
    "report",
    metadata,
    reference("entry", "entry.number", key=True),
    Column("score", Float, nullable=False),
    Column("decision", String(6), nullable=False),
    Column("relevance", Text, nullable=False),
    Column("matches", Text, nullable=False),
    Column("mentions", Text, nullable=False),
    words("embedder"),
    Column("vector", LargeBinary),
    Column("views", Text, nullable=False, server_default="[1,[]]"),  # relevance to other exemplars
)

fact = Table(
    "fact",
    metadata,
    reference("entry", "report.entry", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("type", String(20), nullable=False),
    words("role"),
    Column("value_text", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("mention", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    words("bound"),
    flag("approx"),
    words("said_by"),
    Column("hedge", String(10), nullable=False),
    words("rule"),
    Column("confidence", Float, nullable=False),
    Index(None, "type", "value_text"),
)

story = Table(
    "story",
    metadata,
    number(),
    Column("key", Text, nullable=False, unique=True),
    time("opened", required=True),
    Column("updated", UtcDateTime, nullable=False, index=True),
    reference("merged_into", "story.number", optional=True),  # NULL: it stands by itself
    sqlite_autoincrement=True,
)

story_report = Table(
    "story_report",
    metadata,
    Column("id", Integer, primary_key=True),  # the order of joining
    reference("story", "story.number"),
    Column("entry", ForeignKey("report.entry"), nullable=False, unique=True),
    time("joined_at", required=True),
    Index(None, "story"),
)

story_update = Table(
    "story_update",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("story", "story.number"),
    reference("entry", "report.entry"),
    Column("kind", String(9), nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),  # which correction of the entry; 0: none
    Column("new_facts", Text, nullable=False),  # positions among the report's facts
    Column("was", Text, nullable=False, server_default="[]"),  # facts that a correction took back
    Column("new_origin", Boolean, nullable=False),
    time("at", required=True),
    time("announced_at"),  # NULL: nobody was told yet
    UniqueConstraint("entry", "kind", "revision"),
    Index(None, "story"),
    where_null("ix_story_update_unannounced", "id", "announced_at"),
)

seed = Table(
    "seed",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),  # what the file said when it was last applied
    Column("target", Text, nullable=False),  # primary key of the row it was written to
    flag("taken_out"),
)
