"""Which stories something reached in a span of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from watchers.store.schema import entry, story_update
from watchers.store.schema_articles import article

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select


def reached(
    *, start: datetime, end: datetime | None, after: int, fresh_from: datetime | None
) -> Select[tuple[int]]:
    """Select the numbers of stories that an update with an id beyond `after` reached in [start, end).

    `fresh_from` leaves out what came with a feed's archive and was published before: it is no news. An entry
    without a date counts as fresh.
    """
    query = select(story_update.c.story).where(story_update.c.at >= start, story_update.c.id > after)
    query = query.where(story_update.c.kind != "carried")  # nothing new was said
    query = query.where(story_update.c.at < end) if end is not None else query
    gone = select(article.c.entry).where(article.c.state.in_(("gone", "withdrawn")))
    nothing = (story_update.c.new_facts == "[]") & (story_update.c.was == "[]")
    marks = (story_update.c.kind == "corrected") & nothing & story_update.c.entry.in_(gone)
    query = query.where(~marks)  # that an article was taken down is on its card, and no news
    if fresh_from is None:
        return query
    fresh = or_(entry.c.archive.is_(False), entry.c.published.is_(None), entry.c.published >= fresh_from)
    return query.join(entry, entry.c.number == story_update.c.entry).where(fresh)
