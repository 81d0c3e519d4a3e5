"""The table of articles' own pages: what was fetched, what may not be, and when one is looked at again."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from watchers.store.columns import UtcDateTime, metadata, one_of, reference, time, words

article = Table(
    "article",
    metadata,
    reference("entry", "entry.number", key=True),
    words("url"),  # where it finally came from
    # wanted: to be fetched. read: its text is the entry's body. closed: its publisher keeps it from programs
    # or behind a wall. failed: given up. gone: the server says so. withdrawn: its page says so. dropped: kept
    # long enough, its text is deleted.
    one_of("state", "wanted", "read", "closed", "failed", "gone", "withdrawn", "dropped"),
    words("why"),
    words("text_hash"),
    words("etag"),
    words("last_modified"),
    time("wanted_at", required=True),
    time("read_at"),
    Column("next_at", UtcDateTime, index=True),  # when to fetch it, or look again; NULL: never
    Column("tries", Integer, nullable=False, server_default="0"),  # failures in a row
    Column("looks", Integer, nullable=False, server_default="0"),  # how often it was read
)
