"""The tables of what people did in chat: muted, voted, followed, changed, took back."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text

from watchers.store.columns import metadata, number, one_of, reference, time, where_said, words

# Who asks is known by the platform's id with its name in front, such as "slack:U0123".

mute = Table(
    "mute",
    metadata,
    number(),
    reference("channel", "channel.id"),
    one_of("kind", "story", "source", "rule", "words"),
    Column("target", Text, nullable=False),  # the number of a story, source or rule; or the words
    time("until"),  # NULL: no end
    words("by"),
    words("by_name"),
    time("at", required=True),
    time("ended_at"),  # NULL: nobody ended it by hand
    Index(None, "channel"),
    sqlite_autoincrement=True,
)

held = Table(
    "held",
    metadata,
    reference("mute", "mute.number", key=True),
    reference("story", "story.number", key=True),
    time("at", required=True),
)

vote = Table(
    "vote",
    metadata,
    reference("channel", "channel.id", key=True),
    reference("story", "story.number", key=True),
    Column("asker", Text, primary_key=True),
    Column("value", Integer, CheckConstraint("value IN (-1, 1)", name="value"), nullable=False),
    time("at", required=True),
)

follower = Table(
    "follower",
    metadata,
    reference("story", "story.number", key=True),
    reference("channel", "channel.id", key=True),
    Column("asker", Text, primary_key=True),
    time("at", required=True),
)

audit = Table(
    "audit",
    metadata,
    number(),
    Column("channel", Text, nullable=False),  # no reference: people also ask where no row is
    time("at", required=True),
    Column("asker", Text, nullable=False),
    words("asker_name"),
    Column("command", Text, nullable=False),
    Column("line", Text, nullable=False),  # what was done, as the channel was told
    words("undo"),  # the command that takes it back; empty: final
    time("undone_at"),
    words("home"),  # the channel whose rules, sources and the like it changed; empty: only its own channel's
    words("about"),  # the things it changed, with blanks between, such as "r3.name"; empty: not known
    Column("takes_back", Integer),  # the number of the change that it took back; NULL: of none
    Index(None, "channel"),
    where_said("ix_audit_home", "home"),
    sqlite_autoincrement=True,
)

asked = Table(
    "asked", metadata, Column("event", Text, primary_key=True), time("at", required=True), Index(None, "at")
)

retraction = Table(
    "retraction",
    metadata,
    reference("story", "story.number", key=True),
    time("at", required=True),
    Column("by", Text, nullable=False),
    words("reason"),
    Column("keys", Text, nullable=False),  # of the story's entries then: what a restored copy must not tell
)

setting = Table(
    "setting", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False)
)
