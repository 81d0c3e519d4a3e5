"""Lateness for the benchmark of the roles: when feeds' rows say they are due, when they were polled."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.bench.farm import farm
from tests.bench.roles_desk import READY_WITHIN, desk, lasting_server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LOOKS_EVERY: Final = 2.0  # seconds; feeds are asked far more seldom, so that none is asked twice in between
OVERLAP: Final = timedelta(minutes=1)  # of two looks: what was polled is on record a moment later
SHARES: Final = (0.5, 0.95, 0.99, 1.0)
WITHIN: Final = 900.0  # seconds until every feed was asked for the first time, and what it held was read
_POLLED: Final = (
    "SELECT number, polled_at, next_poll_at FROM feed WHERE polled_at > ? AND next_poll_at IS NOT NULL"
)
_DUE: Final = "SELECT number, polled_at, next_poll_at FROM feed WHERE next_poll_at IS NOT NULL"
_UNREAD: Final = "SELECT count(*) FROM entry WHERE read_at IS NULL"
_SILENT: Final = "SELECT count(*) FROM feed WHERE ok_at IS NULL"


@dataclass(slots=True)
class Lateness:
    """Watches feeds' rows. What a row has as the time of a poll is its end: a slow feed's own time counts."""

    ask: Callable[..., list[tuple[object, ...]]]
    due: dict[int, datetime] = field(default_factory=dict)
    polled: dict[int, datetime | None] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)  # seconds
    unread: int = 0  # entries that waited to be read, at most
    _last: datetime = field(default_factory=lambda: datetime.now(UTC))

    def begin(self) -> None:
        """Note when each feed is due."""
        self._last = datetime.now(UTC)
        for number, polled, due in self.ask(_DUE):
            self.due[_number(number)], self.polled[_number(number)] = (
                _time(due),
                _time(polled) if polled else None,
            )

    def look(self) -> None:
        """Note what was asked since the last look."""
        since, self._last = self._last - OVERLAP, datetime.now(UTC)
        for number, polled, again in self.ask(_POLLED, since):
            feed, at = _number(number), _time(polled)
            if self.polled.get(feed) != at:
                if feed in self.due:
                    self.late.append(max((at - self.due[feed]).total_seconds(), 0.0))
                self.polled[feed], self.due[feed] = at, _time(again)
        self.unread = max(self.unread, _number(self.ask(_UNREAD)[0][0]))

    def told(self, before: Mapping[str, float], after: Mapping[str, float], wall: float) -> list[str]:
        """End it, and return what it came to; `before` and `after` are CPU seconds by process.

        What is due and was not polled counts as late as it is by now.
        """
        self.look()
        now = datetime.now(UTC)
        waits = [(now - due).total_seconds() for due in self.due.values() if due < now]
        known = sorted((*self.late, *waits)) or [0.0]
        shares = (f"{known[min(int(len(known) * one), len(known) - 1)]:.1f}" for one in SHARES)
        cores = ", ".join(f"{who} {(spent - before[who]) / wall:.2f}" for who, spent in after.items())
        return [
            "| polls | p50 s | p95 s | p99 s | most s |",
            "| --- | --- | --- | --- | --- |",
            f"| {' | '.join((str(len(known)), *shares))} |",
            "",
            f"{len(waits)} of these were due at the end and not polled yet, the longest for",
            f"{max(waits, default=0):.1f} s; {self.unread} entries waited to be read at most. Cores:",
            f"{cores}.",
        ]


def lag(*, feeds: int, items: int, every: float, minutes: float, script: Path) -> list[str]:
    """Let a scheduler, two workers and a bot ask feeds for some minutes; return Markdown."""
    interval = timedelta(seconds=every)
    with (
        farm(feeds, script=script, items=items) as opened,
        lasting_server() as server,
        desk(server, opened.urls, every=interval, first=feeds) as made,
    ):
        began = time.monotonic()
        made.start("scheduler", "worker-1", "worker-2", "bot")
        made.until(lambda: made.number(_SILENT) == 0 and made.number(_UNREAD) == 0, within=WITHIN)
        first = time.monotonic() - began
        spread_out(made.ask, interval)
        opened.epoch(1)
        late, before, began = Lateness(made.ask), made.spent(), time.monotonic()
        late.begin()
        over = partial(_looked_until, late, began + minutes * 60)
        made.until(over, within=minutes * 60 + READY_WITHIN, glance=LOOKS_EVERY)
        lines = late.told(before, made.spent(), time.monotonic() - began)
    return [
        f"{feeds} feeds each {every:g} s, {minutes:g} minutes. From the start of the processes until each",
        f"was asked and all that it held was read it took {first:.0f} s. Afterwards, from due to polled:",
        "",
        *lines,
    ]


def spread_out(ask: Callable[..., object], every: timedelta) -> None:
    """Let feeds be due one after the other, all of them within an interval."""
    ask(
        "UPDATE feed SET next_poll_at = cast(? AS timestamptz) + (random() * ?) * interval '1 second'"
        " WHERE origin = 'chat'",
        datetime.now(UTC),
        every.total_seconds(),
    )


def _looked_until(late: Lateness, moment: float) -> bool:
    late.look()
    return time.monotonic() > moment


def _number(value: object) -> int:
    return int(str(value))


def _time(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(f"not a time: {value!r}")
    return value
