"""How each source is doing: in the list, in its own answer and in `status`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import pairs, rows, said
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.store.rows import Polled
from watchers.types import Rhythm, Wishes

if TYPE_CHECKING:
    from datetime import datetime

    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

DAY = timedelta(days=1)
DAILY = Rhythm(hours=(1.0,) * 24, days=24.0)  # one entry a day


async def poll(store: Store, number: int, at: datetime, **more: object) -> None:
    await store.feeds.record(
        Polled(feed=number, at=at, next_poll_at=at + 30 * MINUTE, **more)  # type: ignore[arg-type]  # its own fields
    )


@pytest.fixture
async def states(store: Store, clock: SteppedClock) -> Store:
    """Put eight sources into the eight states there are; s3 is another channel's."""
    for number in range(4, 10):
        feed = await store.feeds.add(
            f"https://more{number}.example/feed", name=f"More {number}", every=MINUTE
        )
        await store.channels.follow(MAIN, feed.number)
    then, now = NOON - 20 * DAY, NOON
    await poll(store, 1, then, new=3, changed=True, rhythm=DAILY)
    await poll(store, 1, now, new=1, changed=True, beyond=1234)
    await poll(store, 2, then, new=3, changed=True, rhythm=DAILY)
    await poll(store, 2, now)
    await poll(store, 4, now - 2 * DAY, new=1, changed=True, rhythm=DAILY)
    await poll(store, 4, now)
    await poll(store, 5, now, error="HTTP 503", fault="status")
    await poll(store, 6, now, gone=True)
    await poll(store, 7, now, error="it sent a page", fault="not a feed")
    await store.channels.pause_feed(MAIN, 9, paused=True)
    clock.move_to(NOON + MINUTE)
    return store


@pytest.mark.usefixtures("states")
@pytest.mark.parametrize(
    ("state", "number"),
    [
        ("fresh", "s1"),
        ("quiet", "s2"),
        ("unchanged", "s4"),
        ("failing", "s5"),
        ("gone", "s6"),
        ('"not a feed"', "s7"),
        ("new", "s8"),
        ("paused", "s9"),
    ],
)
async def test_the_list_of_a_state_has_its_sources_alone(ask: Ask, state: str, number: str) -> None:
    assert [row[0] for row in rows(await ask(f"source list state:{state}"))] == [number]


@pytest.mark.usefixtures("states")
async def test_a_state_and_a_tag_together_leave_what_has_both(ask: Ask) -> None:
    assert [row[0] for row in rows(await ask("source list state:fresh tag:navy"))] == ["s1"]
    reply = await ask("source list state:quiet tag:navy")
    assert "No source here tagged navy is quiet; there are 1 fresh." in said(reply)


async def test_an_unknown_state_is_answered_with_the_nearest(ask: Ask) -> None:
    reply = await ask("source list state:failed")
    assert reply.refused
    assert "state:failing" in said(reply)


@pytest.mark.usefixtures("states")
async def test_a_source_tells_what_was_left_out_and_what_is_usual_for_it(ask: Ask) -> None:
    told = pairs(await ask("source show s1"))
    assert told["Left out"] == "1234 entries of its last document, beyond the newest 2,000"
    assert told["Usual gap"].startswith("1d: about 1 a day")
    assert told["Kind"] == "feed"
    assert told["State"] == "fresh"


async def test_a_source_says_how_often_it_is_asked_and_why(ask: Ask, store: Store) -> None:
    assert (
        pairs(await ask("source show s1"))["Asked"] == "every 15m, until it is known how often it publishes."
    )
    await poll(store, 1, NOON, new=1, rhythm=DAILY, wishes=Wishes(least=60 * MINUTE, skip_hours=(1, 2)))
    assert pairs(await ask("source show s1"))["Asked"] == (
        "every 30m now, as often as it publishes at this hour. "
        "Its publisher wants to be asked at most every 1h, not at 1, 2 h UTC."
    )
    await ask("source edit s1 every:2h")
    assert pairs(await ask("source show s1"))["Asked"].startswith("every 2h, as somebody set it;")


async def test_a_source_that_was_out_of_order_says_when(ask: Ask, store: Store) -> None:
    await poll(store, 1, NOON, error="HTTP 503", fault="status")
    assert "HTTP 503" in pairs(await ask("source show s1"))["Last error"]
    await poll(store, 1, NOON + 60 * MINUTE)
    assert "Last failed" in pairs(await ask("source show s1"))


@pytest.mark.usefixtures("states")
async def test_status_names_each_state_and_counts_what_was_not_kept(ask: Ask) -> None:
    reply = await ask("status of:feeds")
    assert [row[2] for row in rows(reply)] == [
        *("gone", "failing", "not a feed", "quiet", "new", "unchanged", "paused", "fresh")
    ]
    assert "1,234" in said(reply)
    assert "/watch source show s2" in said(reply)
    assert pairs(await ask("status"))["Entries not kept, beyond the newest 2,000 of a document"] == "1,234"
