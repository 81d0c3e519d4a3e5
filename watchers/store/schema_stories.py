"""The tables of what people and the bot made of stories: put together, taken apart, linked."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from watchers.store.columns import metadata, number, one_of, reference, time, words

story_hand = Table(
    "story_hand",
    metadata,
    number(),
    one_of("kind", "merge", "split"),
    reference("story", "story.number"),  # the story that was added to, or taken from
    reference("other", "story.number"),  # the story that went into it, or came out of it
    Column("entries", Text, nullable=False),  # the numbers of those that changed their story
    time("at", required=True),
    words("by"),
    words("by_name"),
    time("undone_at"),
    Index(None, "story"),
    Index(None, "other"),
    sqlite_autoincrement=True,
)

story_line = Table(
    "story_line",
    metadata,
    reference("story", "story.number", key=True),
    reference("earlier", "story.number"),  # the step before it in the same affair
    one_of("made_by", "bot", "hand"),
    time("at", required=True),
    Index(None, "earlier"),
)

story_token = Table(
    "story_token",
    metadata,
    reference("story", "story.number", key=True),
    Column("token", Text, primary_key=True),  # of the affair that it is a step of, see stories/storyline.py
    Index(None, "token"),
)
