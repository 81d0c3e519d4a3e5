"""What has been kept long enough goes in short transactions; stories, and what they need, stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_letter,
    make_report,
    make_story,
    make_update,
    save_story,
    swept_through,
)
from watchers.store.rows import Channel
from watchers.store.rows_articles import Taken
from watchers.store.seeds import ChannelSeed

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.clock import SteppedClock
    from watchers.store.store import Store

DAY = timedelta(days=1)
OLD = NOON - 200 * DAY
CUT = NOON - 180 * DAY
BLANK = '{"a": 0}'
GONE = "slack:C1"
HOME = "slack:C2"


async def store_unmatched(store: Store, *names: str, seen: datetime = OLD) -> list[int]:
    """Store articles that were read and are in no story."""
    entries = await store.entries.add(
        [replace(make_entry(name, summary=f"All of {name}."), seen=seen) for name in names]
    )
    await store.stories.save_reports([(make_report(one), "store") for one in entries])
    return [one.number for one in entries]


async def sweep_texts(store: Store, *, limit: int = 3) -> int:
    return await swept_through(partial(store.pruning.texts, before=CUT), limit=limit)


async def test_an_old_article_in_no_story_keeps_its_headline_alone(newsroom: Store) -> None:
    (number,) = await store_unmatched(newsroom, "barge")
    assert await newsroom.pruning.count_texts(before=CUT) == 1
    assert await sweep_texts(newsroom) == 1
    entry = await newsroom.entries.get(number)
    assert entry is not None
    assert (entry.title, entry.summary, entry.body) == ("The barge sails", "", "")
    assert await newsroom.replayed.stood([number]) == ()
    assert await newsroom.entries.unread() == ()
    total, _ = await newsroom.search.find("barge")
    assert total == 1, "its headline is still found"
    total, _ = await newsroom.search.find('"All of barge"')
    assert total == 0
    assert await sweep_texts(newsroom) == 0
    assert await newsroom.pruning.count_texts(before=CUT) == 0


async def test_a_feed_that_still_lists_a_pruned_article_brings_no_news(newsroom: Store) -> None:
    await store_unmatched(newsroom, "barge")
    await sweep_texts(newsroom)
    again = make_entry("barge", summary="All of barge.")
    changed = make_entry("barge", summary="All 17 of barge, for $5.5 million.")
    assert await newsroom.entries.add([again]) == ()
    assert await newsroom.entries.add([changed]) == ()
    assert await newsroom.entries.unread() == ()


async def test_recent_articles_and_the_facts_of_stories_stay(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig", "sloop", at=OLD)
    await store_unmatched(newsroom, "barge", "punt", "scow", "raft")
    (fresh,) = await store_unmatched(newsroom, "tug", seen=NOON - 100 * DAY)
    assert await sweep_texts(newsroom) == 4, "those of the story have a headline alone"
    kept = await newsroom.stories.get(story.number)
    assert kept is not None
    assert [one.facts != () for one in kept.reports] == [True, True]
    assert len(await newsroom.replayed.stood([fresh])) == 1


async def test_an_old_article_of_a_story_loses_its_text_and_keeps_what_was_read_in_it(
    newsroom: Store,
) -> None:
    text = make_entry("brig", summary="All of brig.")
    (entry,) = await newsroom.entries.add([replace(text, body="Brig at length.", seen=OLD)])
    report = make_report(entry)
    story = make_story(report)
    async with newsroom.transaction() as rooms:
        await rooms.stories.save_reports([(report, "now")])
        await rooms.stories.save_updates([make_update(story, report, at=OLD)])
    await newsroom.articles.want([entry.number], at=OLD)
    assert await newsroom.pruning.count_texts(before=CUT) == 1
    assert await sweep_texts(newsroom) == 1
    assert await newsroom.pruning.count_texts(before=CUT) == 0
    assert await sweep_texts(newsroom) == 0
    assert await newsroom.replayed.stood([entry.number]) == (), "nor is it read again"
    bare = replace(entry, summary="", body="")
    assert (await newsroom.search.find("brig"))[0] == 1, "its headline is still found"
    assert (await newsroom.search.find('"Brig at length"'))[0] == 0
    why = await newsroom.find.why(entry.number)
    assert why is not None
    assert why.report == replace(report, entry=bare)
    assert why.story == 1
    again = [text, replace(text, summary="All 17 of brig, for $5.5 million.")]
    for one in again:
        assert await newsroom.entries.add([one]) == ()
    assert await newsroom.entries.unread() == ()
    assert await newsroom.articles.due(now=NOON, limit=9) == ()
    assert list(await newsroom.replayed.order()) == [], "read again, it would lose its facts"


async def test_an_article_whose_pages_text_was_deleted_is_not_replayed(newsroom: Store) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig", summary="A teaser.")])
    await newsroom.articles.want([entry.number], at=OLD)
    taken = Taken(entry=entry.number, text="Brig at length.", url=entry.link, text_hash="0" * 32)
    await newsroom.articles.fill(taken, at=OLD)
    (whole,) = await newsroom.entries.unread()
    await newsroom.stories.save_reports([(make_report(whole), "store")])
    assert list(await newsroom.replayed.order()) == [entry.number]
    assert await newsroom.articles.drop(before=CUT, limit=9) == 1
    assert list(await newsroom.replayed.order()) == [], "its teaser alone would lose its facts"


async def arrived(store: Store, key: str, *, story: int | None = None, **values: object) -> int:
    """Write a message that arrives at once, and return its id."""
    await store.outbox.enqueue(replace(make_letter(key, story=story), **values))  # type: ignore[arg-type]
    (item,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await store.outbox.delivered(item, at=store.outbox._access.clock.now(), receipt=f"p{item.id}")
    return item.id


async def test_settled_messages_are_emptied_and_what_a_story_needs_stays(
    newsroom: Store, clock: SteppedClock
) -> None:
    clock.move_to(OLD)
    story = (await save_story(newsroom, "brig", at=OLD)).number
    card = await arrived(newsroom, "card", story=story)
    await newsroom.announcements.note_card(story, MAIN, outbox=card, facts=[])
    edit = await arrived(newsroom, "edit", story=story, op="edit", target=card)
    notice = await arrived(newsroom, "notice")
    waiting = await newsroom.outbox.enqueue(make_letter("waiting"))
    clock.move_to(NOON)
    recent = await arrived(newsroom, "waiting anew")
    assert recent == waiting, "the one that waited went out now"
    assert await newsroom.pruning.count_messages(before=CUT, blank=BLANK) == 2
    swept = [await newsroom.pruning.messages(before=CUT, after=0, limit=50, blank=BLANK) for _ in range(2)]
    assert [one.gone for one in swept] == [2, 0]
    found = [await newsroom.outbox.get(one) for one in (card, edit, notice, recent)]
    assert [one.payload == BLANK for one in found if one] == [False, True, True, False]
    assert [one.id for one in await newsroom.outbox.posts_of(story)] == [card]


async def test_changes_mutes_and_askings_go_by_their_age_a_few_at_a_time(
    newsroom: Store, clock: SteppedClock
) -> None:
    story = (await save_story(newsroom, "brig")).number
    clock.move_to(OLD)
    for i in range(5):
        await newsroom.audits.note(MAIN, asker="slack:U1", asker_name="Ada", command=f"c{i}", line="did")
        await newsroom.asked.first(f"e{i}", OLD)
    ended = await newsroom.mutes.add(MAIN, kind="words", target="parade", until=OLD + DAY)
    await newsroom.mutes.hold(ended.number, story, OLD)
    endless = await newsroom.mutes.add(MAIN, kind="words", target="drill", until=None)
    clock.move_to(NOON)
    await newsroom.audits.note(MAIN, asker="slack:U1", asker_name="Ada", command="new", line="did")
    counts = {
        kind: await newsroom.pruning.count(kind, before=CUT) for kind in ("changes", "mutes", "askings")
    }
    assert counts == {"changes": 5, "mutes": 1, "askings": 5}
    assert [await newsroom.pruning.changes(before=CUT, limit=3) for _ in range(3)] == [3, 2, 0]
    assert [await newsroom.pruning.askings(before=CUT, limit=3) for _ in range(3)] == [3, 2, 0]
    assert [await newsroom.pruning.mutes(before=CUT, limit=3) for _ in range(2)] == [1, 0]
    assert [one.command for one in await newsroom.audits.listed(MAIN)] == ["new"]
    assert await newsroom.mutes.running(MAIN, NOON) == (endless,)


async def test_notes_of_digests_go_but_the_last_that_arrived(newsroom: Store, clock: SteppedClock) -> None:
    one = await newsroom.subscriptions.add(MAIN, name="daily", at="08:00", days="daily", timezone="UTC")
    for day in range(4):
        at = OLD + day * DAY
        clock.move_to(at)
        run = await newsroom.digests.claim(one.number, at.date(), start=at - DAY, end=at, at=at)
        assert run is not None
        if day < 2:
            await newsroom.digests.posted(run.number, outbox=await arrived(newsroom, f"digest {day}"))
    clock.move_to(NOON)
    begins = await newsroom.digests.told_to(one.number)
    assert await newsroom.pruning.digests(before=CUT, limit=50) == 2
    left = [run.local_date for run in await newsroom.digests.runs(one.number)]
    assert left == [(OLD + 3 * DAY).date(), (OLD + DAY).date()]
    assert await newsroom.digests.told_to(one.number) == begins


async def test_translated_headlines_go_with_the_number_of_their_article(newsroom: Store) -> None:
    await store_unmatched(newsroom, "barge", "punt")
    await store_unmatched(newsroom, "tug", seen=NOON)
    for number in (1, 2, 3, 12):
        await newsroom.kept.put(f"gloss/a{number}/tr", "{}")
    oldest = await newsroom.pruning.oldest(since=CUT)
    assert oldest == 3
    assert await newsroom.pruning.noted("gloss/a", below=oldest, dry=True) == 2
    assert await newsroom.pruning.noted("gloss/a", below=oldest) == 2
    kept = [n for n in (1, 2, 3, 12) if await newsroom.kept.get(f"gloss/a{n}/tr")]
    assert kept == [3, 12]


async def test_what_a_model_worded_goes_with_the_number_of_the_last_story_that_is_silent(
    newsroom: Store,
) -> None:
    for name, at in (("barge", OLD), ("punt", OLD), ("tug", NOON)):
        await save_story(newsroom, name, at=at)
    for number in (1, 2, 3, 12):
        await newsroom.kept.put(f"extraction/t{number}", "{}")
    still = await newsroom.pruning.oldest(since=CUT, story=True)
    assert still == 3
    assert await newsroom.pruning.noted("extraction/t", below=still) == 2
    kept = [n for n in (1, 2, 3, 12) if await newsroom.kept.get(f"extraction/t{n}")]
    assert kept == [3, 12]


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
