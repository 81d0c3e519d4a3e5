"""Sources, channels, watches and digest schedules."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry
from watchers.errors import StoreError
from watchers.store.rows import Channel, Polled
from watchers.types import Beat, Exemplar, Validators, Watch

if TYPE_CHECKING:
    from watchers.store.store import Store

OTHER = "preview:other"
HARBOUR, COAST = 1, 2
WATCH = Watch(number=0, channel=MAIN, name="ships", expression="brig OR sloop", kind="rule", threshold=0.5)


async def test_an_address_is_one_source_for_all(store: Store) -> None:
    first = await store.feeds.add("https://a.example/feed", name="A", every=MINUTE)
    again = await store.feeds.add("https://a.example/feed", name="B", every=2 * MINUTE)
    assert again == first == await store.feeds.get(first.number)
    assert await store.feeds.edit(first.number, name="C", every=3 * MINUTE)
    assert await store.feeds.all() == (replace(first, name="C", every=3 * MINUTE),)
    assert not await store.feeds.edit(77, name="C", every=MINUTE)
    assert await store.feeds.get(77) is None


async def test_new_sources_are_due_first_then_the_longest_overdue(newsroom: Store) -> None:
    fresh = await newsroom.feeds.add("https://new.example/feed", name="New", every=MINUTE)
    await newsroom.channels.follow(MAIN, fresh.number)
    for number, minutes in ((HARBOUR, 5), (COAST, 4)):
        await newsroom.feeds.record(Polled(feed=number, at=NOON, next_poll_at=NOON + minutes * MINUTE))
    due = await newsroom.feeds.due(now=NOON + 5 * MINUTE)
    assert [feed.number for feed in due] == [fresh.number, COAST, HARBOUR]
    assert [feed.number for feed in await newsroom.feeds.due(now=NOON + 4 * MINUTE, limit=2)] == [
        fresh.number,
        COAST,
    ]
    assert await newsroom.feeds.next_due() == NOON + 4 * MINUTE


async def test_a_source_nobody_reads_is_not_due(newsroom: Store) -> None:
    await newsroom.channels.pause_feed(MAIN, HARBOUR, paused=True)
    assert [feed.number for feed in await newsroom.feeds.due(now=NOON)] == [COAST]
    await newsroom.channels.pause_feed(MAIN, HARBOUR, paused=False)
    await newsroom.channels.unfollow(MAIN, COAST)
    assert [feed.number for feed in await newsroom.feeds.due(now=NOON)] == [HARBOUR]
    await newsroom.feeds.record(Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON, gone=True))
    assert await newsroom.feeds.due(now=NOON) == ()


async def test_a_source_paused_in_one_channel_is_still_polled_for_another(newsroom: Store) -> None:
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    await newsroom.channels.follow(OTHER, HARBOUR)
    await newsroom.channels.pause_feed(MAIN, HARBOUR, paused=True)
    assert [feed.number for feed in await newsroom.feeds.due(now=NOON)] == [HARBOUR, COAST]


async def test_a_poll_that_went_well_keeps_validators_and_clears_the_failure(newsroom: Store) -> None:
    marks = Validators(etag='"1"', last_modified="Tue", body_hash="ab")
    bad = Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON + MINUTE, error="HTTP 503 " * 100)
    await newsroom.feeds.record(bad)
    await newsroom.feeds.record(replace(bad, at=NOON + MINUTE))
    health = (await newsroom.feeds.health())[0]
    assert (health.state, health.failures, health.failing_since, len(health.last_error)) == (
        "failing",
        2,
        NOON,
        500,
    )
    later = NOON + 2 * MINUTE
    await newsroom.feeds.record(Polled(feed=HARBOUR, at=later, next_poll_at=later, validators=marks, new=3))
    await newsroom.feeds.record(Polled(feed=HARBOUR, at=later + MINUTE, next_poll_at=later))
    feed = await newsroom.feeds.get(HARBOUR)
    assert feed is not None
    assert (feed.validators, feed.failures, feed.polled_at) == (marks, 0, later + MINUTE)
    health = (await newsroom.feeds.health())[0]
    assert (health.state, health.failing_since, health.last_error) == ("ok", None, "")
    assert (health.new_at, health.ok_at) == (later, later + MINUTE)


async def test_health_tells_how_each_source_is_doing(newsroom: Store) -> None:
    await newsroom.entries.add([make_entry("brig"), make_entry("sloop")])
    await newsroom.feeds.record(Polled(feed=COAST, at=NOON, next_poll_at=NOON, gone=True))
    lonely = await newsroom.feeds.add("https://lonely.example/feed", name="Lonely", every=MINUTE)
    states = [(one.number, one.state, one.entries) for one in await newsroom.feeds.health()]
    assert states == [(HARBOUR, "new", 2), (COAST, "gone", 0), (lonely.number, "paused", 0)]
    assert [one.number for one in await newsroom.feeds.health(channel_id=MAIN)] == [HARBOUR, COAST]
    await newsroom.feeds.hurry([COAST])
    assert COAST in [feed.number for feed in await newsroom.feeds.due(now=NOON)]


async def test_a_source_that_moved_keeps_its_number(newsroom: Store) -> None:
    moved = Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON, moved_to="https://new.example/feed")
    assert await newsroom.feeds.record(moved) == HARBOUR
    feed = await newsroom.feeds.get(HARBOUR)
    assert feed is not None
    assert feed.url == "https://new.example/feed"


async def test_a_source_that_moved_to_an_address_that_no_index_holds_is_asked_where_it_was(
    newsroom: Store,
) -> None:
    far = f"https://new.example/{''.join(sha256(bytes([n])).hexdigest() for n in range(50))}"
    moved = Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON, moved_to=far)
    assert await newsroom.feeds.record(moved) == HARBOUR
    feed = await newsroom.feeds.get(HARBOUR)
    assert feed is not None
    assert (feed.url, feed.polled_at) == ("https://harbour.example/feed", NOON)


async def test_a_source_that_moved_to_another_gives_it_its_readers(newsroom: Store) -> None:
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    await newsroom.channels.follow(OTHER, HARBOUR, name="Ours", tags=("sea",))
    moved = Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON, moved_to="https://coast.example/feed")
    assert await newsroom.feeds.record(moved) == COAST
    assert [feed.number for feed in await newsroom.feeds.due(now=NOON)] == [COAST]
    links = {(link.channel, link.feed, link.name, link.tags) for link in await newsroom.channels.feeds()}
    assert links == {(MAIN, COAST, "Coast", ()), (OTHER, COAST, "Ours", ("sea",))}


async def test_a_channel_is_changed_by_saving_it_again(store: Store) -> None:
    channel = Channel(
        id=MAIN, name="Main", lang="tr", timezone="Europe/Istanbul", threshold=0.6, origin="chat"
    )
    await store.channels.save(channel)
    await store.channels.save(replace(channel, name="News", origin="file"))
    assert await store.channels.get(MAIN) == replace(channel, name="News")
    assert await store.channels.all() == (replace(channel, name="News"),)
    assert await store.channels.get(OTHER) is None


async def test_a_channel_names_its_sources_as_it_likes(newsroom: Store) -> None:
    assert not await newsroom.channels.follow(MAIN, HARBOUR)
    assert await newsroom.channels.relabel(MAIN, HARBOUR, name="Port", tags=("sea", "İzmir"))
    links = await newsroom.channels.feeds(MAIN)
    assert [(link.name, link.tags, link.active) for link in links] == [
        ("Port", ("sea", "İzmir"), True),
        ("Coast", (), True),
    ]
    assert not await newsroom.channels.relabel(OTHER, HARBOUR, name="x", tags=())
    assert await newsroom.channels.unfollow(MAIN, HARBOUR)
    assert not await newsroom.channels.unfollow(MAIN, HARBOUR)


async def test_a_link_to_nothing_is_refused(newsroom: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        await newsroom.channels.follow(MAIN, 99)


async def test_exemplars_belong_to_their_channel(newsroom: Store) -> None:
    one = await newsroom.exemplars.add(
        MAIN, title="T", text="T. Text.", lang="en", good=False, note="off topic", by_name="Ada"
    )
    assert one.exemplar == Exemplar(
        key="x1", title="T", text="T. Text.", lang="en", good=False, note="off topic"
    )
    assert await newsroom.exemplars.listed(MAIN) == (one,)
    assert await newsroom.exemplars.listed(OTHER) == ()
    assert not await newsroom.exemplars.remove(OTHER, 1)
    assert await newsroom.exemplars.remove(MAIN, 1)
    assert not await newsroom.exemplars.remove(MAIN, 1)
    again = await newsroom.exemplars.add(MAIN, title="T", text="T. Text.", lang="en")
    assert again.exemplar.key == "x2", "a number is never given twice"
    assert await newsroom.exemplars.restore(MAIN, 1)
    assert await newsroom.exemplars.listed(MAIN) == (one, again)


async def test_a_channels_exemplars_come_beside_the_shared_ones_unless_it_put_those_off(
    newsroom: Store,
) -> None:
    shared = (Exemplar(key="s", title="S", text="S. Text.", lang="en"),)
    assert await newsroom.exemplars.beats(shared) == ()
    own = (await newsroom.exemplars.add(MAIN, title="T", text="T. Text.", lang="en")).exemplar
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    await newsroom.exemplars.add(OTHER, title="B", text="B. Text.", lang="en", good=False)
    assert (await newsroom.exemplars.beats(shared))[0] == Beat(key=MAIN, exemplars=(*shared, own))
    channel = await newsroom.channels.get(MAIN)
    other = await newsroom.channels.get(OTHER)
    assert channel is not None
    assert other is not None
    await newsroom.channels.save(replace(channel, base=False))
    await newsroom.channels.save(replace(other, base=False))
    assert await newsroom.exemplars.beats(shared) == (Beat(key=MAIN, exemplars=(own,)),), (
        "bad ones alone say nothing"
    )


async def test_a_likeness_has_exemplars_of_its_own_which_outlast_it(newsroom: Store) -> None:
    watch = await newsroom.watches.add(replace(WATCH, kind="like"))
    one = await newsroom.exemplars.add(MAIN, title="T", text="T. Text.", lang="en", watch_number=watch.number)
    assert await newsroom.exemplars.listed(MAIN) == ()
    assert await newsroom.exemplars.listed(MAIN, watch_number=watch.number) == (one,)
    assert await newsroom.exemplars.beats(()) == (Beat(key=f"r{watch.number}", exemplars=(one.exemplar,)),)
    assert await newsroom.watches.pause(MAIN, watch.number, paused=True)
    assert await newsroom.exemplars.beats(()) == ()
    assert await newsroom.watches.remove(MAIN, watch.number)
    kept = await newsroom.exemplars.get(MAIN, one.number)
    assert kept == replace(one, watch=None, removed=True)


async def test_a_source_that_was_muted_stays_so_where_it_moved_to_another(newsroom: Store) -> None:
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    await newsroom.channels.follow(OTHER, HARBOUR)
    for channel in (MAIN, OTHER):  # the main one reads both, and wants to hear of the other
        await newsroom.mutes.add(channel, kind="source", target=str(HARBOUR), until=None)
    moved = Polled(feed=HARBOUR, at=NOON, next_poll_at=NOON, moved_to="https://coast.example/feed")
    assert await newsroom.feeds.record(moved) == COAST
    for channel, target in ((MAIN, HARBOUR), (OTHER, COAST)):
        (muted,) = await newsroom.mutes.running(channel, NOON)
        assert muted.target == str(target)


async def test_a_watch_is_added_changed_paused_and_removed_in_its_channel(newsroom: Store) -> None:
    watch = await newsroom.watches.add(WATCH)
    assert watch == replace(WATCH, number=1)
    with pytest.raises(StoreError, match='a watch "ships" already'):
        await newsroom.watches.add(WATCH)
    changed = replace(watch, expression="cutter", alert="now", threshold=None)
    assert await newsroom.watches.edit(changed)
    assert not await newsroom.watches.edit(replace(changed, channel=OTHER))
    assert await newsroom.watches.active() == (changed,)
    assert await newsroom.watches.pause(MAIN, 1, paused=True)
    assert await newsroom.watches.active() == ()
    (listed,) = await newsroom.watches.listed(MAIN)
    assert (listed.watch, listed.active, listed.origin) == (changed, False, "chat")
    assert await newsroom.watches.pause(MAIN, 1, paused=False)
    assert not await newsroom.watches.remove(OTHER, 1)
    assert await newsroom.watches.remove(MAIN, 1)
    assert await newsroom.watches.listed(MAIN) == ()


async def test_a_sign_of_life_is_the_last_one(store: Store) -> None:
    await store.pulse.beat("poll", at=NOON)
    await store.pulse.beat("poll", at=NOON + MINUTE)
    await store.pulse.beat("deliver", at=NOON)
    assert await store.pulse.beats() == {"poll": NOON + MINUTE, "deliver": NOON}
