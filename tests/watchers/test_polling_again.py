"""Polls of sources that are known already: what of their documents is new, and what counts as news."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.feeddocuments import rss
from tests.feedserver import Answer
from tests.watchers.polling_desk import EVERY, MAIN, Desk, document, open_desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path, empty_database: Path) -> Path:
    path = tmp_path / "v.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    return path


@pytest.fixture
async def desk(database: Path) -> AsyncIterator[Desk]:
    async with open_desk(database, parsing=True) as opened:
        yield opened


def notices(count: int) -> Answer:
    """Serve so many notices of a site that gives all of them the link of one page."""
    link = "<link>https://ministry.example/notices</link>"
    items = (f"<title>Notice {n}</title>{link}<guid>urn:{n}</guid>" for n in range(count))
    return Answer(body=rss(*items).encode())


async def test_a_site_that_links_every_notice_to_one_page_loses_none(desk: Desk) -> None:
    await desk.follow("/f")
    desk.server.routes["/f"] = [notices(count) for count in (1, 2, 3, 5)]
    for new in (1, 1, 1, 2):
        assert (await desk.poller.poll_due()).new == new
        desk.later()


async def test_what_a_source_holds_that_nobody_read_for_a_while_is_an_archive(desk: Desk) -> None:
    (number,) = await desk.follow("/f")
    desk.server.routes["/f"] = [Answer(body=document(*names)) for names in ("ab", "abc", "cd")]
    await desk.poller.poll_due()
    rhythm = (await desk.health(number)).rhythm
    await desk.store.channels.unfollow(MAIN, number)
    desk.later(timedelta(days=1))
    assert (await desk.poller.poll_due()).polled == 0
    await desk.follow("/f")
    for _ in range(2):
        assert (await desk.poller.poll_due()).new == 1
        desk.later()
    found = {entry.title[0]: entry.archive for entry in await desk.store.entries.unread()}
    assert found == {"a": True, "b": True, "c": True, "d": False}
    assert sum((await desk.health(number)).rhythm.hours) > sum(rhythm.hours)  # what was learnt of it stays


async def test_a_page_that_is_read_by_another_selector_is_read_although_it_is_as_it_was(desk: Desk) -> None:
    page = b"<html><body><p><a href='/a-1'>Ostia floats out</a></p><h2><a href='/b-1'>Brest</a></h2></body>"
    desk.server.routes["/page"] = Answer(body=page, headers={"ETag": '"1"'})
    address = desk.server.url("/page")
    feed = await desk.store.feeds.add(address, name="Yard", every=EVERY, kind="page", selector="p a")
    await desk.store.channels.follow(MAIN, feed.number)
    assert (await desk.poller.poll_due()).new == 1
    await desk.store.channels.unfollow(MAIN, feed.number)
    await desk.store.feeds.edit(feed.number, name=feed.name, every=feed.every, selector="h2 a")
    await desk.store.channels.follow(MAIN, feed.number)
    desk.later()
    assert (await desk.poller.poll_due()).new == 1
    assert {entry.title: entry.archive for entry in await desk.store.entries.unread()} == {
        "Ostia floats out": True,
        "Brest": True,
    }
