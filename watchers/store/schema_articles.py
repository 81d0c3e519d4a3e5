"""The table of articles' own pages: what was fetched, what may not be, and when one is looked at again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Column, Integer, Table, select

from watchers.store.columns import UtcDateTime, metadata, one_of, reference, time, words

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

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

# How long an entry waits for its page before it is told with what its feed gave. A page that comes at once
# takes 0.3 to 2 s with robots.txt before it; docs/articles.md has what was measured.
PATIENCE: Final = timedelta(seconds=5)


def awaits_page(entry: ColumnElement[int], *, now: datetime) -> ColumnElement[bool]:
    """Tell in SQL whether an entry's page is on its way and worth a moment's wait; `entry` is its number.

    One that failed once, or whose host is busy for longer than that, is not waited for; nor is anything
    when the clock was set back.
    """
    waiting = (
        (article.c.state == "wanted")
        & (article.c.tries == 0)
        & (article.c.wanted_at > now - PATIENCE)
        & (article.c.wanted_at <= now)
        & (article.c.next_at <= now + PATIENCE)
    )
    return entry.in_(select(article.c.entry).where(waiting))
