"""The one place that knows what time it is."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits; pure functions take `now` instead."""

    def now(self) -> datetime:
        """Return the aware UTC time."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds of this clock."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the aware UTC time."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds."""
        await asyncio.sleep(seconds)


class FastClock:
    """A clock that starts at `start`, runs `speed` times as fast until `until`, then like any other."""

    def __init__(self, start: datetime, *, speed: float, until: datetime) -> None:
        self._start = start
        self._speed = speed
        self._until = until
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the aware UTC time of the story this clock plays."""
        elapsed = time.monotonic() - self._began
        fast = (self._until - self._start).total_seconds() / self._speed
        if elapsed <= fast:
            return self._start + timedelta(seconds=elapsed * self._speed)
        return self._until + timedelta(seconds=elapsed - fast)

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds of this clock."""
        speed = self._speed if self.now() < self._until else 1.0
        await asyncio.sleep(seconds / speed)


class SteppedClock:
    """A clock that stands still until it is moved: for replays, one-shot demos and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Return the aware UTC time it was last moved to."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Set the time; going back is allowed, as real clocks do."""
        self._now = moment

    async def sleep(self, seconds: float) -> None:
        """Move on by that many seconds at once."""
        self._now += timedelta(seconds=seconds)
        await asyncio.sleep(0)
