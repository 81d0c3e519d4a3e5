"""What the page has people run on a database that pg_restore brought back: no number is given twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg

from tests.contracts.store.store_builders import NOON, make_letter, save_story
from tests.docs.test_docs import blocks
from tests.watchers.store.postgres_desk import opened, url
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from watchers.store.store import Store

__all__ = ["url"]  # a fixture

PAGE = "docs/postgresql.md"


async def tell(store: Store, name: str) -> tuple[int, int]:
    """Store a story with a message about it to a channel of its own; return the numbers of both."""
    channel = f"preview:{name}"
    await store.channels.save(Channel(id=channel, name="Desk"))
    story = await save_story(store, name)
    message = await store.outbox.enqueue(make_letter(name, channel=channel, story=story.number))
    assert message is not None
    return story.number, message


async def test_after_a_restore_numbers_go_on_higher_and_what_waited_is_looked_for(url: str) -> None:
    async with opened(url) as store:
        await store.feeds.add("https://harbour.example/feed", name="Harbour", every=timedelta(hours=1))
        before = await tell(store, "brig")
    (told,) = [block for block in blocks("sql") if block.page == PAGE]
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await connection.execute("\n".join(told.lines).encode())
    async with opened(url) as store:
        after = await tell(store, "sloop")
        waiting = await store.outbox.lease(2, now=NOON, until=NOON + timedelta(minutes=1))
    assert [there - here for here, there in zip(before, after, strict=True)] == [100_001, 100_001]
    assert {one.key: one.uncertain for one in waiting} == {"brig": True, "sloop": False}
