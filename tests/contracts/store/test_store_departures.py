"""A channel that stayed away is gone with all that people did there; whoever is back in time keeps it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import MINUTE, NOON, make_letter, save_story
from watchers.store.rows import Channel
from watchers.store.seeds import ChannelSeed

if TYPE_CHECKING:
    from watchers.store.store import Store

DAY = timedelta(days=1)
BLANK = '{"a": 0}'
GONE = "slack:C1"
HOME = "slack:C2"


async def settle(store: Store, channel: str, *, bound_to: str = "") -> int:
    """Set a channel up and let people do things in it; return the story they did them to."""
    await store.channels.save(Channel(id=channel, name=channel, bound_to=bound_to, origin="chat"))
    feed = await store.feeds.add(f"https://{channel[-2:]}.example/feed", name="Feed", every=15 * MINUTE)
    await store.channels.follow(channel, feed.number)
    await store.subscriptions.add(channel, name="daily", at="08:00", days="daily", timezone="UTC")
    story = (await save_story(store, f"brig {channel}")).number
    for asker in ("slack:U1", "slack:U2"):
        await store.votes.cast(channel, story, asker, 1)
        await store.followers.follow(story, channel, asker)
        await store.audits.note(channel, asker=asker, asker_name="Ada", command="vote", line="voted")
    mute = await store.mutes.add(channel, kind="story", target=str(story), until=None)
    await store.mutes.hold(mute.number, story, NOON)
    await store.exemplars.add(channel, title="Tug", text="A tug.", lang="en")
    await store.budgets.defer(story, channel, budget=1, at=NOON)
    await store.ledgers.note_digest(channel, [story], at=NOON)
    await store.kept.put(f"source.offers.{channel}", "{}")
    number = await store.outbox.enqueue(make_letter(f"card {channel}", channel=channel, story=story))
    assert number is not None
    await store.announcements.note_card(story, channel, outbox=number, facts=[])
    await store.outbox.enqueue(
        replace(make_letter(f"reply {channel}", channel=channel, story=story), parent=number)
    )
    return story


async def purge(store: Store, channel: str, *, limit: int = 1) -> int:
    gone = 0
    while count := await store.departures.purge(channel, before=NOON + DAY, limit=limit, blank=BLANK):
        gone += count
    return gone


async def test_a_channel_that_is_back_when_its_turn_comes_keeps_everything(store: Store) -> None:
    await settle(store, GONE)
    await store.channels.close(GONE, why="the app was removed", at=NOON)
    assert await store.departures.gone(before=NOON + DAY) == (GONE,)
    left = await store.departures.left(GONE)
    await store.channels.reopen(GONE)
    assert await purge(store, GONE) == 0
    await store.channels.close(GONE, why="the app was removed", at=NOON + 2 * DAY)
    assert await purge(store, GONE) == 0
    assert await store.departures.left(GONE) == left


async def test_a_channel_that_stayed_away_is_gone_with_all_that_people_did_there(store: Store) -> None:
    story, other = await settle(store, GONE), await settle(store, HOME)
    await store.channels.close(GONE, why="the app was removed", at=NOON)
    assert await store.departures.gone(before=NOON) == ()
    assert await store.departures.gone(before=NOON + DAY) == (GONE,)
    left, there = await store.departures.left(GONE), await store.departures.left(HOME)
    assert await purge(store, GONE) == left > 10
    assert await store.departures.left(GONE) == 0
    assert await store.departures.gone(before=NOON + DAY) == ()
    assert await store.channels.get(GONE) is None
    for number in (1, 2):
        item = await store.outbox.get(number)
        assert item is not None
        assert (item.channel, item.key, item.payload, item.state) == ("", f"gone/{number}", BLANK, "dead")
    assert {one.channel for one in await store.outbox.counts()} == {HOME}, "nobody is bothered with them"
    assert await store.stories.get(story) is not None, "stories are everybody's"
    assert await store.departures.left(HOME) == there
    assert (await store.votes.tally(HOME, other)).up == 2


async def test_whoever_comes_back_in_time_keeps_everything(store: Store) -> None:
    await settle(store, GONE)
    left = await store.departures.left(GONE)
    await store.channels.close(GONE, why="the app was removed", at=NOON)
    await store.channels.reopen(GONE)
    assert await store.departures.gone(before=NOON + 100 * DAY) == ()
    await store.channels.close(GONE, why="again", at=NOON + 40 * DAY)
    assert await store.departures.gone(before=NOON + 30 * DAY) == (), "its time began anew"
    assert await store.departures.left(GONE) == left


async def test_a_restart_does_not_give_a_closed_channel_its_time_anew(store: Store) -> None:
    await settle(store, GONE)
    await store.channels.close(GONE, why="the app was removed", at=NOON)
    for day in (10, 20):
        assert await store.channels.reopen() == (GONE,)
        assert await store.departures.gone(before=NOON + 100 * DAY) == (), "it is tried first"
        assert await store.channels.close(GONE, why="still", at=NOON + day * DAY)
    assert await store.departures.gone(before=NOON + DAY) == (GONE,)


async def test_a_message_that_arrives_gives_a_channel_its_time_anew(store: Store) -> None:
    await settle(store, GONE)
    await store.channels.close(GONE, why="the app was removed", at=NOON)
    await store.channels.reopen()
    (item,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await store.outbox.delivered(item, at=NOON + DAY, receipt="p1")
    await store.channels.close(GONE, why="again", at=NOON + 50 * DAY)
    assert await store.departures.gone(before=NOON + 40 * DAY) == ()
    assert await store.departures.gone(before=NOON + 51 * DAY) == (GONE,)


async def test_a_channel_whose_rules_another_shares_stays_while_that_one_is_there(store: Store) -> None:
    await settle(store, HOME)
    await store.channels.save(Channel(id=GONE, name="Shares", bound_to=HOME, origin="chat"))
    await store.channels.close(HOME, why="deleted", at=NOON)
    assert await store.departures.gone(before=NOON + DAY) == ()
    await store.channels.close(GONE, why="deleted", at=NOON)
    assert await store.departures.gone(before=NOON + DAY) == (GONE, HOME)


async def test_what_the_file_names_stays_and_what_people_did_there_goes(store: Store) -> None:
    await store.seeding.seed(channels=[ChannelSeed(id=GONE, name="From the file")], feeds=())
    await settle(store, GONE)
    await store.channels.close(GONE, why="deleted", at=NOON)
    assert await store.departures.gone(before=NOON + DAY) == (GONE,)
    await purge(store, GONE, limit=5)
    assert await store.channels.get(GONE) is not None
    assert len(await store.channels.feeds(GONE)) == 1
    assert await store.audits.listed(GONE) == ()
    assert await store.departures.gone(before=NOON + DAY) == (), "nothing is left to be purged"


async def test_a_channel_that_the_file_names_anew_is_set_up_anew(store: Store) -> None:
    seeds = [ChannelSeed(id=GONE, name="From the file")]
    await store.seeding.seed(channels=seeds, feeds=())
    await store.seeding.seed(channels=(), feeds=())
    await store.channels.close(GONE, why="deleted", at=NOON)
    assert await purge(store, GONE) > 0
    await store.seeding.seed(channels=seeds, feeds=())
    back = await store.channels.get(GONE)
    assert back is not None
    assert back.active
