"""Look how things stand when somebody asks for the metrics: database, platforms, workers and disk."""

from __future__ import annotations

import asyncio
import logging
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from bot.metrics import samples
from bot.metrics.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.delivery.courier import Courier
    from bot.doors import Doors
    from bot.metrics.build import Build
    from bot.metrics.counted import Arrival, Counted
    from bot.platforms.base import Platform
    from watchers.clock import Clock
    from watchers.pipeline import Watcher
    from watchers.store.store import Store
    from watchers.types import Report
    from watchers.workers import Workers

logger = logging.getLogger(__name__)

# Between two looks at all feeds: up to 0.3 s of CPU for 10 000, if all have been silent for days.
FEEDS_EVERY: Final = timedelta(minutes=1)
FEEDS_WITHIN: Final = 4.0  # seconds that such a look has; then the page has the feeds as they were, if ever
# Stories looked up for one page, to time their cards; those of the others are timed by the next one.
MOST_STORIES: Final = 100


class Running(Protocol):
    """The parts of a running bot that are looked at."""

    @property
    def store(self) -> Store:
        """Return the database."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the clock that everything but heartbeats goes by."""
        ...

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """Return the open platforms by name."""
        ...

    @property
    def doors(self) -> Doors:
        """Return who knows whether platforms are connected."""
        ...

    @property
    def courier(self) -> Courier:
        """Return who knows which platforms take nothing."""
        ...

    @property
    def watcher(self) -> Watcher:
        """Return who knows whether there is a model."""
        ...

    @property
    def workers(self) -> Mapping[str, Workers]:
        """Return the pools of worker processes by name."""
        ...


@dataclass(slots=True, kw_only=True)
class Look:
    """Looks at a running bot; `database` is its file, None where it is a server."""

    running: Running
    counted: Counted
    build: Build
    database: Path | None
    _feeds: tuple[Sample, ...] = ()
    _feeds_at: datetime | None = field(default=None)

    async def around(self) -> tuple[Sample, ...]:
        """Return what stands in memory and on the disk; it always answers."""
        found = [
            of_build(self.build),
            Sample("vedette_model_missing", (), bool(self.running.watcher.model_fault)),
            *(_disk(self.database) if self.database is not None else ()),
        ]
        connected = await self.running.doors.connected()
        found += [Sample("vedette_platform_connected", (name,), is_up) for name, is_up in connected.items()]
        failing = self.running.courier.failing()
        found += [
            Sample("vedette_platform_outage", (name,), name in failing) for name in self.running.platforms
        ]
        lost = "vedette_workers_lost_total"
        found += [Sample(lost, (name,), pool.lost) for name, pool in self.running.workers.items()]
        return tuple(found)

    async def stored(self) -> tuple[Sample, ...]:
        """Return what the database says at once, and time the cards that arrived. Raises StoreError."""
        store, now = self.running.store, self.running.clock.now()
        found = (
            samples.of_lag(await store.feeds.next_due(), now=now),
            Sample("vedette_entries_unread", (), await store.entries.count_unread()),
            *samples.of_outbox(await store.queue.waiting(), tuple(self.running.platforms), now=now),
            *samples.of_channels(await store.channels.all()),
            samples.of_digests(await store.subscriptions.due(now=now), now=now),
            *samples.of_beats(await store.pulse.beats()),
        )
        await self._time_arrivals()
        return found

    async def feeds(self) -> tuple[Sample, ...]:
        """Return how many feeds are in each state, at most FEEDS_EVERY old. Raises StoreError."""
        now = self.running.clock.now()
        if self._feeds_at is None or abs(now - self._feeds_at) >= FEEDS_EVERY:
            self._feeds_at = now  # also if it fails: what is slow is not asked for with every page
            try:
                async with asyncio.timeout(FEEDS_WITHIN):
                    self._feeds = samples.of_feeds(await self.running.store.feeds.states(now=now))
            except TimeoutError:
                logger.warning("Counting feeds by state took too long", extra={"action": "metrics_partial"})
        return self._feeds

    async def _time_arrivals(self) -> None:
        """Look up the reports of cards that arrived; what is not looked up this time stays for the next."""
        arrivals = self.counted.arrivals
        known: dict[int, tuple[Report, ...]] = {}
        while arrivals and (arrivals[0].story in known or len(known) < MOST_STORIES):
            number = arrivals[0].story
            if number not in known:
                story = await self.running.store.stories.get(number)
                known[number] = story.reports if story else ()
            self._time(arrivals.popleft(), known[number])

    def _time(self, arrival: Arrival, reports: tuple[Report, ...]) -> None:
        report = samples.earned(reports, written=arrival.written)
        if report is not None:
            self.counted.timed(arrival, report)


def of_build(build: Build) -> Sample:
    """Return what is running."""
    labels = (build.version, build.schema, build.embedder or "", build.database or "", build.python)
    return Sample("vedette_build_info", labels, 1)


def _disk(database: Path) -> tuple[Sample, Sample]:
    """Return the room beside a database file, and its own bytes with those of its log."""
    files = (database, database.with_name(f"{database.name}-wal"))
    size = sum(file.stat().st_size for file in files if file.is_file())
    return (
        Sample("vedette_disk_free_bytes", (), shutil.disk_usage(database.parent).free),
        Sample("vedette_database_size_bytes", (), size),
    )
