"""Count with prometheus_client, in a registry of this bot's own: several bots in a process never collide."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final, TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.process_collector import ProcessCollector

from bot.metrics.catalogue import METRICS, named
from bot.metrics.metric import label
from bot.metrics.platforms import platform_of
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bot.metrics.meters import Outcome
    from bot.metrics.metric import Metric
    from watchers.relevance.decide import Decision
    from watchers.store.rows import OutboxItem
    from watchers.store.rows_feeds import Polled
    from watchers.types import Report, StoryUpdate

T = TypeVar("T", Counter, Histogram)

# Delivered cards whose reports are looked up when somebody asks for the metrics. Nobody asks for a day: some
# 20 bytes each; beyond that the oldest are not timed.
MOST_ARRIVALS: Final = 10_000
_ARRIVED: Final = frozenset({"delivered", "marked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A card that arrived: its story, when it was written, and when it was there."""

    story: int
    platform: str
    written: datetime
    at: datetime


class Counted:
    """Counts; it fills `bot.metrics.meters.Meters`. Every series of a counter is there from the start."""

    def __init__(self, platforms: Sequence[str] = ()) -> None:
        """Begin to count; `platforms` are those that the configuration names."""
        self.registry = CollectorRegistry()
        self.arrivals: deque[Arrival] = deque(maxlen=MOST_ARRIVALS)
        own = {"platform": tuple(platforms)} if platforms else {}
        self._counters = {
            m.name: _begun(Counter(m.name, m.says, [*m.labels], registry=self.registry), m, own)
            for m in METRICS
            if m.kind == "counter"
            and m.name != "vedette_workers_lost_total"  # which workers count themselves
        }
        self._histograms = {
            m.name: _begun(
                Histogram(m.name, m.says, [*m.labels], buckets=m.buckets, registry=self.registry), m, own
            )
            for m in METRICS
            if m.kind == "histogram"
        }
        ProcessCollector(registry=self.registry)

    def polled(self, polled: Polled) -> None:
        """Count a poll."""
        outcome = (
            "failed"
            if polled.error
            else "new"
            if polled.new
            else "nothing_new"
            if polled.changed
            else "unchanged"
        )
        self._count("vedette_polls_total", outcome)
        if polled.error:
            self._count("vedette_poll_failures_total", label(polled.fault or "unknown"))
        self._count("vedette_entries_new_total", by=polled.new)

    def understood(
        self, unreadable: int, decided: Sequence[tuple[Report, Decision]], updates: Sequence[StoryUpdate]
    ) -> None:
        """Count what was read and what became of it."""
        for _, decision in decided:
            self._count("vedette_entries_scored_total", decision)
        self._count("vedette_entries_unreadable_total", by=unreadable)
        for update in updates:
            self._count("vedette_story_updates_total", update.kind)

    def alerted(self, messages: int) -> None:
        """Count messages about stories."""
        self._count("vedette_alerts_written_total", by=messages)

    def digested(self, late: timedelta) -> None:
        """Count a digest, by how late it was written."""
        self._time("vedette_digest_lateness_seconds", seconds=late.total_seconds())

    def sent(self, item: OutboxItem, outcome: Outcome, *, at: datetime) -> None:
        """Count an attempt, and time what arrived; a card's reports are looked up later."""
        platform = platform_of(item.channel)
        self._count("vedette_deliveries_total", platform, outcome)
        held = item.attempts <= 1 and item.not_before > item.created
        if outcome not in _ARRIVED or held:
            return
        self._time("vedette_delivery_seconds", platform, seconds=(at - item.created).total_seconds())
        if item.op == "post" and item.kind == "alert" and item.story is not None:
            self.arrivals.append(Arrival(story=item.story, platform=platform, written=item.created, at=at))

    def timed(self, arrival: Arrival, report: Report) -> None:
        """Time a card from the fetching and the publishing of the report that earned it."""
        entry = report.entry
        if entry.archive:
            return
        where = arrival.platform
        since = (arrival.at - entry.seen).total_seconds()
        self._time("vedette_fetched_to_delivered_seconds", where, seconds=since)
        if entry.published is not None:
            since = (arrival.at - entry.published).total_seconds()
            self._time("vedette_published_to_delivered_seconds", where, seconds=since)

    def ticked(self, tick: str, seconds: float) -> None:
        """Time a round."""
        self._time("vedette_tick_duration_seconds", tick, seconds=seconds)

    def failed(self, where: str, error: BaseException) -> None:
        """Count what ended a round or a command; of commands, what the database ended alone."""
        if where in named("vedette_tick_failures_total").labels["tick"]:
            self._count("vedette_tick_failures_total", where)
        if isinstance(error, StoreError):
            self._count("vedette_database_errors_total", where)

    def _count(self, name: str, *labels: str, by: float = 1) -> None:
        counter = self._counters[name]
        (counter.labels(*labels) if labels else counter).inc(by)

    def _time(self, name: str, *labels: str, seconds: float) -> None:
        """Time it; what a clock that was set makes negative counts as nothing."""
        histogram = self._histograms[name]
        (histogram.labels(*labels) if labels else histogram).observe(max(seconds, 0.0))


def _begun(metric: T, says: Metric, own: dict[str, tuple[str, ...]]) -> T:
    """Let every series stand at 0: what appears with its first count has no increase."""
    for row in (
        product(*(own.get(name, values) for name, values in says.labels.items())) if says.labels else ()
    ):
        metric.labels(*row)
    return metric
