"""The threshold that keeps a budget is advised from the days there are, and from no fewer than some."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.announcing.alerts import Audience
from bot.announcing.budgeting import advice
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, save_story
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

DAY = timedelta(days=1)
DESK = Audience(
    channel=MAIN,
    home=MAIN,
    name="Desk",
    lang="en",
    zone=ZoneInfo("UTC"),
    threshold=0.7,
    watches=(),
    feeds=frozenset({1}),
    budget=2,
)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path) -> AsyncIterator[Store]:
    """Open a store with one channel that reads one feed."""
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as opened:
        await opened.channels.save(Channel(id=MAIN, name="Main"))
        feed = await opened.feeds.add("https://harbour.example/feed", name="Harbour", every=15 * MINUTE)
        await opened.channels.follow(MAIN, feed.number)
        yield opened


async def busy(store: Store, *, days: int) -> None:
    """Store three stories worth an alert on each of the last days, today included."""
    for back in range(days - 1, -1, -1):
        for ship in ("brig", "ketch", "sloop"):
            await save_story(store, f"{ship}-{back}", at=NOON - back * DAY)


@pytest.mark.parametrize("days", [4, 7, 13])
async def test_days_before_the_first_article_are_not_counted(store: Store, days: int) -> None:
    await busy(store, days=days)
    found = await advice(store, replace(DESK, budget=3), now=NOON)
    assert found is not None
    assert (found.days, found.kept, found.a_day) == (days, days, 3.0)


async def test_no_more_than_two_weeks_count_and_their_days_are_as_many_as_the_stories(store: Store) -> None:
    await busy(store, days=20)
    found = await advice(store, DESK, now=NOON)
    assert found is not None
    assert found.threshold is not None
    assert found.threshold > 0.8, "what keeps two a day where three of .80 came is above them"
    assert (found.days, found.kept, found.a_day) == (14, 14, 0.0)
    at_most_three = await advice(store, replace(DESK, budget=3), now=NOON)
    assert at_most_three is not None
    assert at_most_three.a_day == 3.0


@pytest.mark.parametrize("days", [1, 2, 3])
async def test_nothing_is_advised_from_the_first_days(store: Store, days: int) -> None:
    await busy(store, days=days)
    assert await advice(store, DESK, now=NOON) is None


async def test_nothing_is_advised_to_a_channel_that_read_nothing_or_has_no_budget(store: Store) -> None:
    assert await advice(store, DESK, now=NOON) is None
    await busy(store, days=7)
    assert await advice(store, replace(DESK, budget=0), now=NOON) is None
