"""Sources that nobody read for a while, and those that moved onto one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, NOON
from watchers.store.rows import Channel, Polled
from watchers.store.seeds import ChannelSeed, FeedSeed
from watchers.types import Validators

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from watchers.store.store import Store

OTHER = "preview:other"
HARBOUR, COAST = 1, 2
MARKS = Validators(etag='"1"', last_modified="then", body_hash="abc")
POLLED = Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON, validators=MARKS)


async def marks(store: Store) -> Validators:
    feed = await store.feeds.get(HARBOUR)
    assert feed is not None
    return feed.validators


async def added_again(store: Store) -> None:
    await store.channels.unfollow(MAIN, HARBOUR)
    await store.channels.follow(MAIN, HARBOUR)


async def resumed(store: Store) -> None:
    await store.channels.pause_feed(MAIN, HARBOUR, paused=True)
    await store.channels.pause_feed(MAIN, HARBOUR, paused=False)


async def opened_again(store: Store) -> None:
    channel = await store.channels.get(MAIN)
    assert channel is not None
    await store.channels.save(replace(channel, active=False))
    await store.channels.save(channel)


async def in_the_file_again(store: Store) -> None:
    await store.channels.unfollow(MAIN, HARBOUR)
    feed = FeedSeed(url="https://harbour.example/feed", name="Harbour", channels=(MAIN,))
    await store.seeding.seed(channels=[ChannelSeed(id=MAIN, name="Main")], feeds=[feed])


async def asked_for_when_gone(store: Store) -> None:
    await store.feeds.record(Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON, gone=True))
    await store.feeds.hurry([HARBOUR])


@pytest.mark.parametrize(
    "come_back", [added_again, resumed, opened_again, in_the_file_again, asked_for_when_gone]
)
async def test_a_source_that_is_read_again_begins_anew(
    newsroom: Store, come_back: Callable[[Store], Awaitable[None]]
) -> None:
    await newsroom.feeds.record_all([POLLED, replace(POLLED, feed=COAST)])
    await come_back(newsroom)
    assert await marks(newsroom) == Validators()
    assert HARBOUR in [feed.number for feed in await newsroom.feeds.due(now=NOON)]
    if come_back is not opened_again:
        coast = await newsroom.feeds.get(COAST)
        assert coast is not None
        assert coast.validators == MARKS


@pytest.mark.parametrize("come_back", [added_again, resumed, opened_again])
async def test_a_source_that_somebody_read_all_the_while_goes_on(
    newsroom: Store, come_back: Callable[[Store], Awaitable[None]]
) -> None:
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    await newsroom.channels.follow(OTHER, HARBOUR)
    await newsroom.feeds.record(POLLED)
    await come_back(newsroom)
    await newsroom.feeds.hurry([HARBOUR])
    assert await marks(newsroom) == MARKS


MOVED = Polled(feed=COAST, at=NOON, next_poll_at=NOON, moved_to="https://harbour.example/feed")


async def test_a_source_that_was_gone_is_read_again_when_another_moves_to_it(newsroom: Store) -> None:
    await newsroom.feeds.record(POLLED)
    await newsroom.feeds.record(Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON, gone=True))
    assert await newsroom.feeds.record(MOVED) == HARBOUR
    assert [feed.number for feed in await newsroom.feeds.due(now=NOON)] == [HARBOUR]
    assert await marks(newsroom) == Validators()


@pytest.mark.parametrize("reads_the_one_that_moves", [True, False])
async def test_a_channel_reads_on_where_it_had_put_off_what_its_source_moves_to(
    newsroom: Store, *, reads_the_one_that_moves: bool
) -> None:
    await newsroom.channels.pause_feed(MAIN, HARBOUR, paused=True)
    await newsroom.channels.pause_feed(MAIN, COAST, paused=not reads_the_one_that_moves)
    await newsroom.feeds.record(MOVED)
    (link,) = await newsroom.channels.feeds(MAIN)
    assert (link.feed, link.active) == (HARBOUR, reads_the_one_that_moves)


async def test_a_channel_reads_on_where_the_file_took_out_what_its_source_moves_to(store: Store) -> None:
    main = ChannelSeed(id=MAIN, name="Main")
    feed = FeedSeed(url="https://harbour.example/feed", name="Harbour", channels=(MAIN,))
    await store.seeding.seed(channels=[main], feeds=[feed])
    await store.seeding.seed(channels=[main], feeds=[])
    coast = await store.feeds.add("https://coast.example/feed", name="Coast", every=feed.every)
    await store.channels.follow(MAIN, coast.number)
    await store.feeds.record(replace(MOVED, feed=coast.number))
    (link,) = await store.channels.feeds(MAIN)
    assert (link.name, link.active) == ("Harbour", True)
