"""Turn what the database says of the present into samples. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.metrics.catalogue import named
from bot.metrics.metric import label
from bot.metrics.platforms import platform_of
from bot.roles.signs import as_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from watchers.feeds.health import State
    from watchers.store.queue import Waiting
    from watchers.store.rows import Channel, Subscription
    from watchers.types import Report


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a metric; the labels' values are in the order of the catalogue."""

    name: str
    labels: tuple[str, ...]
    value: float


def of_feeds(states: Mapping[State, int]) -> tuple[Sample, ...]:
    """Return how many feeds are in each state; 0 for those that are left out."""
    counts = {label(state): count for state, count in states.items()}
    known = named("vedette_feeds").labels["state"]
    return tuple(Sample("vedette_feeds", (state,), counts.get(state, 0)) for state in known)


def of_lag(next_due: datetime | None, *, now: datetime) -> Sample:
    """Return by how much the feed that is due first is past its time; `next_due` is None if none is."""
    return Sample("vedette_poll_lag_seconds", (), _seconds(now - next_due) if next_due else 0.0)


def of_outbox(waiting: Sequence[Waiting], platforms: Sequence[str], *, now: datetime) -> tuple[Sample, ...]:
    """Return what waits by platform, all `platforms` included."""
    found: list[Sample] = []
    for name in dict.fromkeys((*platforms, *(platform_of(one.channel) for one in waiting))):
        own = [one for one in waiting if platform_of(one.channel) == name]
        oldest = max((now - one.oldest for one in own), default=timedelta())
        overdue = max((now - one.next_try for one in own if not one.unreachable), default=timedelta())
        found += (
            Sample("vedette_outbox_messages", (name,), sum(one.items for one in own)),
            Sample("vedette_outbox_oldest_seconds", (name,), _seconds(oldest)),
            Sample("vedette_outbox_overdue_seconds", (name,), _seconds(overdue)),
        )
    return tuple(found)


def of_channels(channels: Iterable[Channel]) -> tuple[Sample, ...]:
    """Return how many channels in use let the bot in, and how many do not."""
    used = [channel for channel in channels if channel.active]
    closed = Counter((platform_of(one.id), bool(one.unreachable)) for one in used)
    return tuple(
        Sample("vedette_channels", (name, "closed" if shut else "open"), closed[name, shut])
        for name in sorted({name for name, _ in closed})
        for shut in (False, True)
    )


def of_digests(due: Iterable[Subscription], *, now: datetime) -> Sample:
    """Return how long the digest that is overdue longest has been due."""
    late = (now - one.next_run_at for one in due if one.next_run_at is not None)
    return Sample("vedette_digest_overdue_seconds", (), _seconds(max(late, default=timedelta())))


def of_beats(beats: Mapping[str, datetime]) -> tuple[Sample, ...]:
    """Return when each part last came round."""
    name = "vedette_heartbeat_timestamp_seconds"
    parts = named(name).labels["part"]
    last = as_parts(beats)
    return tuple(Sample(name, (part,), last[part].timestamp()) for part in parts if part in last)


def earned(reports: Sequence[Report], *, written: datetime) -> Report | None:
    """Return the report that earned a card written at a moment: the last that had come in by then."""
    there = [report for report in reports if report.entry.seen <= written]
    return max(there, key=lambda report: report.entry.seen, default=None)


def _seconds(span: timedelta) -> float:
    """Return a time in seconds, 0 for one that is still to come."""
    return max(span.total_seconds(), 0.0)
