"""What commands ask the store: what to offer, what matched, what to hand over, what was sent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_letter,
    make_report,
    save_story,
)
from watchers.store.rows import Channel
from watchers.store.schema import seed
from watchers.store.seeds import ChannelSeed
from watchers.types import Match, Watch

if TYPE_CHECKING:
    from watchers.store.store import Store
    from watchers.store.suggest import Suggested

OTHER = "preview:other"


@pytest.fixture
async def desk(newsroom: Store) -> Store:
    """Open a store with some of everything that a channel has, and another channel with nothing."""
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    await newsroom.channels.relabel(MAIN, 2, name="Büyük Lıman", tags=())
    for name in ("ships", "planes"):
        await newsroom.watches.add(Watch(number=0, channel=MAIN, name=name, expression=name))
    await newsroom.mutes.add(MAIN, kind="words", target="parade", until=None)
    await newsroom.mutes.add(MAIN, kind="story", target="1", until=None)
    for name in ("morning", "evening"):
        await newsroom.subscriptions.add(MAIN, name=name, at="08:00", days="daily", timezone="UTC")
    await save_story(newsroom, "brig", "sloop")
    await save_story(newsroom, "cutter")
    return newsroom


@pytest.mark.parametrize(
    ("kind", "words", "values"),
    [
        ("source", "", ["s2", "s1"]),
        ("source", "liman", ["s2"]),
        ("source", "harb", ["s1"]),
        ("rule", "", ["r2", "r1"]),
        ("rule", "SHIP", ["r1"]),
        ("rule", "r1", ["r1"]),
        ("mute", "par", ["m1"]),
        ("mute", "", ["m2", "m1"]),
        ("digest", "even", ["d2"]),
        ("story", "", ["t2", "t1"]),
        ("story", "brig", ["t1"]),
        ("article", "sloop", ["a2"]),
        ("article", "a", ["a3", "a2", "a1"]),
        ("article", "never", []),
    ],
)
async def test_what_fits_is_offered_newest_first(
    desk: Store, kind: Suggested, words: str, values: list[str]
) -> None:
    assert [one.value for one in await desk.find.suggest(kind, MAIN, words)] == values
    assert await desk.find.suggest(kind, OTHER, words) == ()
    assert [one.value for one in await desk.find.suggest(kind, MAIN, words, 1)] == values[:1]


async def test_a_label_begins_with_the_id_and_is_cut_to_a_hundred_characters(desk: Store) -> None:
    await desk.entries.add([make_entry("long", title="Lang\n" + "x" * 200)])
    (first, *_, last) = await desk.find.suggest("article", MAIN, "")
    assert first.label.startswith("a4 Lang xxx")
    assert (len(first.label), first.label[-1]) == (100, "…")
    assert last.label == "a1 The brig sails"
    (source,) = await desk.find.suggest("source", MAIN, "s2")
    assert source.label == "s2 Büyük Lıman"


async def test_an_article_is_offered_to_those_whose_source_carried_it_too(desk: Store) -> None:
    await desk.channels.follow(OTHER, 2)
    assert await desk.find.suggest("article", OTHER, "") == ()
    await desk.entries.add([make_entry("again", feed=2, link="https://harbour.example/brig")])
    assert [one.value for one in await desk.find.suggest("article", OTHER, "")] == ["a1"]
    assert [one.value for one in await desk.find.suggest("story", OTHER, "")] == ["t1"]


async def test_mutes_and_digests_are_found_by_id_and_name(desk: Store) -> None:
    assert await desk.find.mutes(MAIN, "m2") == (2,)
    assert await desk.find.mutes(MAIN, "PARADE") == (1,)
    assert await desk.find.mutes(OTHER, "m2") == ()
    await desk.mutes.end(MAIN, 1, NOON)
    assert await desk.find.mutes(MAIN, "m1") == ()
    assert await desk.find.digests(MAIN, "d2") == (2,)
    assert await desk.find.digests(MAIN, "ing") == (1, 2)
    assert await desk.find.digests(MAIN, "d9") == ()


async def test_what_met_a_watch_is_listed_newest_first(newsroom: Store) -> None:
    entries = await newsroom.entries.add(
        [make_entry(name, seen=NOON + i * MINUTE) for i, name in enumerate(("brig", "sloop", "cutter"))]
    )
    mine, other = (Match(watch=n, channel=MAIN, hits=()) for n in (12, 1))
    for entry, matches in zip(entries, ((mine,), (other,), (other, mine)), strict=True):
        await newsroom.stories.save_reports([(replace(make_report(entry), matches=matches), "store")])
    found = await newsroom.reports.matched(12, NOON)
    assert [(one.entry, one.when, one.title) for one in found] == [
        (3, NOON + 2 * MINUTE, "The cutter sails"),
        (1, NOON, "The brig sails"),
    ]
    assert [one.entry for one in await newsroom.reports.matched(1, NOON)] == [3, 2]
    assert [one.entry for one in await newsroom.reports.matched(12, NOON + MINUTE)] == [3]
    assert await newsroom.reports.matched(2, NOON) == ()


async def test_entries_are_handed_over_with_what_came_of_them(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig")
    (unread,) = await newsroom.entries.add([make_entry("sloop", seen=NOON + MINUTE)])
    last, first = await newsroom.entries.export(NOON, NOON + 2 * MINUTE, limit=5)
    assert (first.entry, first.score, first.decision, first.story) == (
        story.lead.entry,
        0.8,
        "now",
        story.number,
    )
    assert (last.entry, last.score, last.decision, last.story) == (unread, None, None, None)
    assert await newsroom.entries.export(NOON, NOON + MINUTE, limit=5) == (first,)
    assert await newsroom.entries.export(NOON, NOON + 2 * MINUTE, limit=1) == (last,)


async def test_facts_of_the_archive_come_a_page_at_a_time(newsroom: Store) -> None:
    await save_story(newsroom, "brig", "sloop", "cutter")
    pages = [await newsroom.stories.facts(kind="money", limit=2, offset=offset) for offset in (0, 2)]
    assert [[fact.entry for fact in page] for page in pages] == [[3, 2], [1]]


async def test_an_edited_schedule_waits_for_its_next_time_to_be_computed(desk: Store) -> None:
    await desk.subscriptions.schedule(1, next_run_at=NOON)
    changes = {"at": "07:30", "days": "mon-fri", "timezone": "Asia/Tokyo"}
    assert not await desk.subscriptions.edit(OTHER, 1, **changes, empty="skip")
    assert await desk.subscriptions.edit(MAIN, 1, **changes, empty="skip")
    one = await desk.subscriptions.get(1)
    assert one is not None
    assert (one.at, one.days, one.timezone, one.empty, one.next_run_at) == (
        "07:30",
        "mon-fri",
        "Asia/Tokyo",
        "skip",
        None,
    )


async def test_a_channels_digests_are_listed_with_when_they_arrived(desk: Store) -> None:
    day = date(2025, 8, 19)
    for number, local_date in ((1, day), (2, day), (1, day + timedelta(days=1))):
        run = await desk.digests.claim(number, local_date, start=NOON, end=NOON + MINUTE, at=NOON)
        assert run is not None
        if number == 1:
            message = await desk.outbox.enqueue(make_letter(f"digest-{local_date}"))
            assert message is not None
            await desk.digests.posted(run.number, outbox=message)
    (item,) = await desk.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await desk.outbox.delivered(item, at=NOON + MINUTE, receipt="p")
    past = await desk.digests.history(MAIN)
    assert [(one.name, one.local_date, one.sent, one.delivered_at) for one in past] == [
        ("morning", day + timedelta(days=1), True, None),
        ("evening", day, False, None),
        ("morning", day, True, NOON + MINUTE),
    ]
    assert await desk.digests.history(MAIN, limit=1) == past[:1]
    assert await desk.digests.history(OTHER) == ()


async def test_the_file_binds_a_channel_and_a_setting_it_never_had_is_no_change(store: Store) -> None:
    plain = ChannelSeed(id=MAIN, name="Main")
    await store.seeding.seed(channels=[plain], feeds=[])
    async with store._pool.writing() as connection:
        value = json.loads(await connection.scalar(select(seed.c.value)) or "")
        del value["bound_to"]
        await connection.execute(update(seed).values(value=json.dumps(value)))
    assert (await store.seeding.seed(channels=[plain], feeds=[])).changed == ()
    bound = replace(plain, bound_to=OTHER)
    assert (await store.seeding.seed(channels=[bound], feeds=[])).changed == (("channel", MAIN),)
    saved = await store.channels.get(MAIN)
    assert saved is not None
    assert saved.bound_to == OTHER
