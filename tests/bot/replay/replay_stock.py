"""A database as a bot leaves it after weeks of news: seeded, of any size, read without a model.

The news are those that placing is measured with, so many a day, in time order.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.watchers.stories.measure_placing import News
from watchers.lens import closeness_of, read_batch
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.store.seeds import ChannelSeed, FeedSeed
from watchers.stories.cluster import Index
from watchers.worth import STORY_FROM, highest, strongest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchers.store.store import Store
    from watchers.types import Entry, Report

CHANNEL: Final = "preview:desk"
A_DAY: Final = 200
TOGETHER: Final = 500
DISTINCT: Final = 2_500  # texts; by the time that one comes again its story is closed


def plain_lens() -> LensSpec:
    """Return what a bot reads through that has no model and no watches."""
    return LensSpec(exemplars=load_exemplars(SHIPPED), embedder="none")


def news(count: int, *, seed: int = 7) -> list[Entry]:
    """Return that many entries, oldest first."""
    made = News(seed, vectors=False)
    return [
        replace(
            made.bare(n, hours=24 * n / A_DAY).entry,
            link=f"https://harbour.example/{n}",
            guid=f"urn:{n}",
        )
        for n in range(count)
    ]


async def fill_quickly(store: Store, count: int) -> None:
    """Store so many entries as read, without stories; their texts come again every DISTINCT entries."""
    await _seed(store)
    spec = plain_lens()
    channels = await store.channels.all()
    known = [(one, strongest_of(one, channels, {})) for one in read_batch(spec, tuple(news(DISTINCT)))]
    for i in range(0, count, TOGETHER):
        made = []
        for n in range(i, min(i + TOGETHER, count)):
            entry, later = known[n % DISTINCT][0].entry, timedelta(days=(n - n % DISTINCT) / A_DAY)
            when = entry.seen + later
            link = f"https://harbour.example/{n}"
            made.append(replace(entry, published=when, seen=when, key=f"n{n}", guid=f"urn:{n}", link=link))
        stored = await store.entries.add(made)
        decided = [(known[int(one.key[1:]) % DISTINCT], one) for one in stored]
        await store.stories.save_reports(
            [(replace(report, entry=one), decision) for (report, decision), one in decided]
        )


async def fill(
    store: Store, entries: list[Entry], *, was: Callable[[Report], Report] = lambda report: report
) -> None:
    """Store entries as read and grouped; `was` changes a report into what an earlier release made of it."""
    await _seed(store)
    spec = plain_lens()
    channels = await store.channels.all()
    index = Index(closeness_of(spec)[0])
    for i in range(0, len(entries), TOGETHER):
        stored = await store.entries.add(entries[i : i + TOGETHER])
        reports = [was(one) for one in read_batch(spec, stored)]
        decided = [(one, strongest_of(one, channels, {})) for one in reports]
        placed = [
            index.place(one, now=one.entry.when)
            for one, decision in decided
            if decision != "store" or highest(one) >= STORY_FROM
        ]
        async with store.transaction() as rooms:
            await rooms.stories.save_reports(decided)
            await rooms.stories.save_updates(placed)


async def _seed(store: Store) -> None:
    url = "https://harbour.example/feed"
    await store.seeding.seed(
        channels=[ChannelSeed(id=CHANNEL, name="desk")],
        feeds=[FeedSeed(url=url, name="Harbour", channels=(CHANNEL,))],
    )
