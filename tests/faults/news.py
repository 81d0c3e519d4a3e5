"""News for fault runs: stories as the pipeline leaves them, told by the program's own announcing."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from bot.announcing.announce import announce_updates
from bot.announcing.digests import announce_digests
from tests.contracts.store.store_builders import make_entry, make_fact, make_report
from watchers.types import Money, Relevance, Report, Story, StoryUpdate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from bot.announcing.digests import Fits
    from watchers.clock import Clock
    from watchers.store.store import Rooms, Store

MIDNIGHT: Final = "00:00"  # passed on any day: a digest at this time is due at once
LONG: Final = (
    "The yard said that hull {token} for the coast guard of Norland costs {costs} million dollars, carries "
    "two unmanned aircraft and is due in 2029; a ministry called it the largest order in a decade. "
)


@dataclass(frozen=True, slots=True)
class Within:
    """A store of which only one transaction is seen, so that what is decided is told with the same commit."""

    rooms: Rooms

    def __getattr__(self, name: str) -> object:
        return getattr(self.rooms, name)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Rooms]:
        """Go on in the one there is."""
        yield self.rooms


async def tell(store: Store, feed: int, tokens: Sequence[str], *, clock: Clock, replies: int = 1) -> None:
    """Open a story for each token, with news beneath the first few, and write what channels are told.

    The token stands in the headline of its story's card.
    """
    async with store.transaction() as rooms:
        for place, token in enumerate(tokens):
            await _story(rooms, feed, token, reports=2 if place < replies else 1, now=clock.now())
        await announce_updates(cast("Store", Within(rooms)), clock=clock)


async def tell_digests(store: Store, channels: Sequence[str], name: str, *, fits: Fits, clock: Clock) -> None:
    """Write a digest of all there is for each of these channels."""
    now = clock.now()
    async with store.transaction() as rooms:
        for channel in channels:
            made = await rooms.subscriptions.add(
                channel, name=name, at=MIDNIGHT, days="daily", timezone="UTC"
            )
            await rooms.subscriptions.schedule(made.number, next_run_at=now - timedelta(minutes=1))
        await announce_digests(cast("Store", Within(rooms)), clock=clock, fits=fits)


async def _story(rooms: Rooms, feed: int, token: str, *, reports: int, now: datetime) -> None:
    entries = [
        replace(
            make_entry(
                f"{token}-{n}",
                feed=feed,
                title=f"{token} is the hull that Norland's yard laid down"
                if n == 0
                else f"Hull costs: {token}",
                summary=LONG.format(token=token, costs=n + 2) * 2,
                published=now,
                seen=now,
            ),
            outlet="Harbour Gazette",
        )
        for n in range(reports)
    ]
    told: tuple[Report, ...] = ()
    updates = []
    for n, entry in enumerate(await rooms.entries.add(entries)):
        value = Money(low=Decimal(n + 2), high=Decimal(n + 2), currency="USD")
        made = make_report(entry, score=0.8, facts=(make_fact(entry, value),))
        relevance = Relevance(score=0.8, reasons=(), evidence=("unmanned aircraft",), model="none")
        one = replace(made, relevance=relevance, matches=(), vector=None)
        told = (*told, one)
        story = Story(number=0, key=told[0].entry.key, reports=told, opened=now, updated=now)
        updates.append(
            StoryUpdate(
                story=story,
                report=one,
                kind="opened" if n == 0 else "joined",
                new_facts=one.facts,
                new_origin=False,
                at=now,
            )
        )
    await rooms.stories.save_reports([(one, "now") for one in told])
    await rooms.stories.save_updates(updates)
