"""How many sources are in each state is counted as each one's own state would be, on both databases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.feeds.health import state_of
from watchers.store.rows import Channel
from watchers.store.rows_feeds import Polled
from watchers.types import Rhythm

if TYPE_CHECKING:
    from watchers.store.store import Store

DAY = timedelta(days=1)


async def test_states_are_counted_as_each_source_has_its_own(store: Store) -> None:
    random = Random(5)
    await store.channels.save(Channel(id=MAIN, name="Main"))
    for number in range(1, 161):
        await store.feeds.add(f"https://s{number}.example/feed", name="", every=15 * MINUTE)
        if random.random() < 0.95:
            await store.channels.follow(MAIN, number)
        if random.random() < 0.95:
            await store.feeds.record_all(_past(number, random))
    counted = await store.feeds.states(now=NOON)
    each = Counter(state_of(one, now=NOON) for one in await store.feeds.health())
    assert dict(counted) == dict(each)
    assert set(each) == {"fresh", "quiet", "unchanged", "failing", "gone", "not a feed", "paused", "new"}


async def test_no_sources_have_no_states(store: Store) -> None:
    assert dict(await store.feeds.states(now=NOON)) == {}


def _past(number: int, random: Random) -> list[Polled]:
    """Return what became of a source: when it was new, when it changed, and how it went at last."""
    days = 20.0
    busy = random.choice((0.05, 0.5, 3.0))
    rhythm = random.choice((None, Rhythm(hours=(busy * days / 24,) * 24, days=days)))
    new_at = NOON - DAY * random.choice((0.1, 2, 2.9, 3.1, 10, 40, 89, 91, 200))
    polled = Polled(feed=number, at=new_at, next_poll_at=NOON, new=random.randint(0, 3), changed=True)
    changed = replace(polled, at=new_at + (NOON - new_at) * random.random(), new=0, rhythm=rhythm)
    last = Polled(feed=number, at=NOON - MINUTE, next_poll_at=NOON)
    ends = (last,) * 8 + (
        replace(last, error="HTTP 503", fault="server"),
        replace(last, error="no feed", fault="not a feed"),
        replace(last, gone=True),
    )
    return [polled, changed, random.choice(ends)]
