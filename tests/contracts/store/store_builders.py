"""Builders for the store's tests: each names only what matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from watchers.store.rows import Letter
from watchers.types import (
    Entry,
    Fact,
    Hit,
    Match,
    Mention,
    Money,
    Neighbour,
    Reason,
    Relevance,
    Report,
    Story,
    StoryUpdate,
    fact_text,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from watchers.store.pruning import Swept
    from watchers.store.store import Store
    from watchers.types import FactValue

NOON = datetime(2025, 8, 19, 12, 0, tzinfo=UTC)
MAIN = "preview:main"
MINUTE = timedelta(minutes=1)


def make_entry(
    name: str,
    *,
    feed: int = 1,
    title: str = "",
    link: str | None = None,
    guid: str = "",
    summary: str = "",
    published: datetime | None = NOON,
    seen: datetime = NOON,
) -> Entry:
    """Make an entry whose key, link and title come from its name."""
    return Entry(
        key=name,
        feed=feed,
        guid=guid or f"urn:{name}",
        link=f"https://harbour.example/{name}" if link is None else link,
        title=title or f"The {name} sails",
        summary=summary,
        body="",
        lang="en",
        outlet="Harbour Post",
        published=published,
        seen=seen,
    )


def make_fact(entry: Entry, value: FactValue | None = None) -> Fact:
    """Make a money fact on the first word of an entry."""
    text = fact_text(entry)
    end = text.index(" ")
    return Fact(
        type="money",
        value=value or Money(low=Decimal("2.40"), high=Decimal(3000000000), currency="EUR"),
        start=0,
        end=end,
        mention=text[:end],
        sentence=text,
        sentence_start=0,
        role="deal_value",
        bound="min",
        approx=True,
        said_by="the ministry",
        hedge="reported",
        rule="money-1",
        confidence=0.75,
    )


def make_report(entry: Entry, *, score: float = 0.8, facts: tuple[Fact, ...] | None = None) -> Report:
    """Make a report with everything in it that a report can have."""
    return Report(
        entry=entry,
        matches=(Match(watch=1, channel=MAIN, hits=(Hit(term="sails", scope="title", start=4, end=9),)),),
        relevance=Relevance(
            score=score,
            reasons=(Reason(feature="near", contribution=1.25, words="like the drone deal"),),
            evidence=("org:example",),
            nearest=(Neighbour(exemplar="x1", sentence="A deal.", similarity=0.61),),
            model="tiny-1",
        ),
        facts=(make_fact(entry),) if facts is None else facts,
        mentions=(Mention(start=0, end=3, mention="The", entity="con:uav", name="drone"),),
        vector=np.array([0.6, 0.8], dtype=np.float32),
    )


def make_update(story: Story, report: Report, *, at: datetime = NOON) -> StoryUpdate:
    """Make the update by which a story's last report came to it."""
    return StoryUpdate(
        story=story,
        report=report,
        kind="opened" if len(story.reports) == 1 else "joined",
        new_facts=report.facts,
        new_origin=True,
        at=at,
    )


def make_story(*reports: Report, updated: datetime = NOON) -> Story:
    """Make a story that was never stored."""
    return Story(number=0, key=reports[0].entry.key, reports=reports, opened=NOON, updated=updated)


def make_letter(key: str, *, channel: str = MAIN, story: int | None = None, urgent: bool = False) -> Letter:
    """Make a message for the outbox."""
    return Letter(
        channel=channel, key=key, kind="alert", payload='{"a": 1}', version=1, story=story, urgent=urgent
    )


async def save_story(store: Store, *names: str, score: float = 0.8, at: datetime = NOON) -> Story:
    """Store entries of those names, their reports, and the story they make one after the other."""
    reports: tuple[Report, ...] = ()
    updates = []
    for entry in await store.entries.add([make_entry(name, seen=at) for name in names]):
        reports = (*reports, make_report(entry, score=score))
        updates.append(make_update(make_story(*reports, updated=at), reports[-1], at=at))
    async with store.transaction() as tx:
        await tx.stories.save_reports([(report, "now") for report in reports])
        saved = await tx.stories.save_updates(updates)
    return saved[-1].story


async def swept_through(sweep: Callable[..., Awaitable[Swept]], *, limit: int) -> int:
    """Sweep over all rows, so many at a time, and return from how many something went."""
    gone, after = 0, 0
    while True:
        swept = await sweep(after=after, limit=limit)
        gone += swept.gone
        if swept.last is None:
            return gone
        after = swept.last
