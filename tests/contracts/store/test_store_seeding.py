"""The file seeds, the database rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.errors import StoreError
from watchers.store.rows import Polled
from watchers.store.seeds import ChannelSeed, FeedSeed, Seeded, SubscriptionSeed, WatchSeed
from watchers.types import Watch

if TYPE_CHECKING:
    from watchers.store.store import Store

CHANNEL = ChannelSeed(id=MAIN, name="Main")
FEED = FeedSeed(url="https://harbour.example/feed", name="Harbour", tags=("sea",), channels=(MAIN,))
WATCH = WatchSeed(channel=MAIN, name="ships", expression="brig")
DIGEST = SubscriptionSeed(channel=MAIN, at="08:00")
NOTHING = Seeded()


async def seed(
    store: Store,
    *,
    channel: ChannelSeed | None = CHANNEL,
    feed: FeedSeed | None = FEED,
    watch: WatchSeed | None = WATCH,
    digest: SubscriptionSeed | None = DIGEST,
) -> Seeded:
    return await store.seeding.seed(
        channels=[channel] if channel else [],
        feeds=[feed] if feed else [],
        watches=[watch] if watch else [],
        subscriptions=[digest] if digest else [],
    )


async def test_the_first_start_writes_everything_and_marks_it(store: Store) -> None:
    assert (await seed(store)).added == (
        ("channel", MAIN),
        ("feed", FEED.url),
        ("link", f"{MAIN} {FEED.url}"),
        ("watch", f"{MAIN} ships"),
        ("subscription", f"{MAIN} digest"),
    )
    (channel,) = await store.channels.all()
    (link,) = await store.channels.feeds()
    (watch,) = await store.watches.listed(MAIN)
    (digest,) = await store.subscriptions.listed()
    assert {channel.origin, link.origin, watch.origin, digest.origin} == {"file"}
    assert (link.name, link.tags, watch.watch.expression, digest.at) == ("Harbour", ("sea",), "brig", "08:00")


async def test_the_same_file_again_changes_nothing(store: Store) -> None:
    await seed(store)
    assert await seed(store) == NOTHING


async def test_a_changed_entry_is_applied(store: Store) -> None:
    await seed(store)
    changed = await seed(
        store,
        channel=replace(CHANNEL, threshold=0.6),
        feed=replace(FEED, every=60 * MINUTE, tags=("land",)),
        watch=replace(WATCH, expression="sloop"),
        digest=replace(DIGEST, at="07:30"),
    )
    assert len(changed.changed) == 5
    (channel,) = await store.channels.all()
    (feed,) = await store.feeds.all()
    (link,) = await store.channels.feeds()
    (watch,) = await store.watches.active()
    (digest,) = await store.subscriptions.listed()
    assert (channel.threshold, feed.every, link.tags) == (0.6, 60 * MINUTE, ("land",))
    assert (watch.expression, digest.at) == ("sloop", "07:30")


async def test_what_was_changed_in_chat_stays_while_the_file_stays(store: Store) -> None:
    await seed(store)
    (watch,) = await store.watches.active()
    await store.watches.edit(replace(watch, expression="brig OR cutter"))
    assert await seed(store) == NOTHING
    await seed(store, watch=replace(WATCH, alert="now"))
    (kept,) = await store.watches.active()
    assert (kept.expression, kept.alert) == ("brig OR cutter", "now"), "only what the file changed is applied"
    await seed(store, watch=replace(WATCH, alert="now", expression="sloop"))
    (taken,) = await store.watches.active()
    assert taken.expression == "sloop"


async def test_what_was_removed_in_chat_stays_away(store: Store) -> None:
    await seed(store)
    (watch,) = await store.watches.active()
    (feed,) = await store.feeds.all()
    await store.watches.remove(MAIN, watch.number)
    await store.channels.unfollow(MAIN, feed.number)
    assert await seed(store, watch=replace(WATCH, expression="sloop")) == NOTHING
    assert await store.watches.listed(MAIN) == ()
    assert await store.channels.feeds() == ()


async def test_what_is_taken_out_is_paused_and_named_once(store: Store) -> None:
    await seed(store)
    out = await seed(store, feed=None, watch=None, digest=None)
    assert set(out.taken_out) == {
        ("feed", FEED.url),
        ("link", f"{MAIN} {FEED.url}"),
        ("watch", f"{MAIN} ships"),
        ("subscription", f"{MAIN} digest"),
    }
    assert await store.feeds.due(now=NOON) == ()
    assert await store.watches.active() == ()
    assert await store.subscriptions.due(now=NOON) == ()
    assert await seed(store, feed=None, watch=None, digest=None) == NOTHING


async def test_what_comes_back_is_as_it_was_in_chat(store: Store) -> None:
    await seed(store)
    (watch,) = await store.watches.active()
    await store.watches.edit(replace(watch, expression="brig OR cutter"))
    await seed(store, watch=None)
    assert (await seed(store)).returned == (("watch", f"{MAIN} ships"),)
    assert await store.watches.active() == (replace(watch, expression="brig OR cutter"),)


async def test_a_pause_made_in_chat_survives_the_file(store: Store) -> None:
    await seed(store)
    (watch,) = await store.watches.active()
    await store.watches.pause(MAIN, watch.number, paused=True)
    await seed(store, watch=None)
    await seed(store)
    (listed,) = await store.watches.listed(MAIN)
    assert (listed.paused, listed.taken_out) == (True, False)


async def test_a_person_may_resume_what_the_file_no_longer_has(store: Store) -> None:
    await seed(store)
    (feed,) = await store.feeds.all()
    await seed(store, feed=None)
    await store.channels.pause_feed(MAIN, feed.number, paused=False)
    assert await seed(store, feed=None) == NOTHING
    assert len(await store.feeds.due(now=NOON)) == 1


async def test_a_channel_taken_out_rests_with_all_that_is_its(store: Store) -> None:
    await seed(store)
    out = await store.seeding.seed(channels=(), feeds=[FEED], watches=[WATCH], subscriptions=[DIGEST])
    assert out.taken_out == (("channel", MAIN),)
    (channel,) = await store.channels.all()
    assert not channel.active
    assert await store.feeds.due(now=NOON) == ()
    assert await store.watches.active() == ()
    assert await store.subscriptions.due(now=NOON) == ()


async def test_the_file_never_takes_over_what_chat_made(store: Store) -> None:
    await seed(store, watch=None)
    mine = await store.watches.add(Watch(number=0, channel=MAIN, name="ships", expression="mine"))
    assert await seed(store) == NOTHING
    assert await store.watches.active() == (mine,)
    assert await seed(store, watch=None) == NOTHING
    assert await store.watches.active() == (mine,)


async def test_a_source_that_moved_is_still_the_files(store: Store) -> None:
    await seed(store)
    (feed,) = await store.feeds.all()
    await store.feeds.record(
        Polled(feed=feed.number, at=NOON, next_poll_at=NOON, moved_to="https://new.example/")
    )
    assert await seed(store) == NOTHING
    assert len(await store.feeds.all()) == 1
    await seed(store, feed=replace(FEED, name="Port"))
    (renamed,) = await store.feeds.all()
    assert (renamed.name, renamed.url) == ("Port", "https://new.example/")


async def test_a_file_that_names_an_unknown_channel_changes_nothing(store: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        await seed(store, channel=None)
    assert await store.feeds.all() == ()
