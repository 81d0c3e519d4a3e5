"""The one place that knows what time it is."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


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


class SteadyClock:
    """The machine's clock, set only when somebody says so: what waits is moved along in the same moment.

    Between two calls of `follow` it goes on by the machine's steady counter, whatever people or time servers
    do to its clock. (That counter stands still while a machine sleeps: to wake up is to be set ahead.)
    """

    def __init__(self, wall: Clock | None = None, *, counter: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall or SystemClock()
        self._count = counter
        self.follow()

    def now(self) -> datetime:
        """Return the aware UTC time."""
        return self._at + timedelta(seconds=self._count() - self._began)

    def drift(self) -> timedelta:
        """Return by how much the machine's clock was set ahead since it was last followed."""
        return self._wall.now() - self.now()

    def follow(self, by: timedelta | None = None) -> None:
        """Take the machine's time; or go ahead by that much, where it may have been set again meanwhile."""
        if by is None:
            self._at, self._began = self._wall.now(), self._count()
        else:
            self._at += by

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds."""
        await asyncio.sleep(seconds)


class OffsetClock:
    """A clock that begins at a moment of its own and goes on like any other."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the aware UTC time of the story this clock plays."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds."""
        await asyncio.sleep(seconds)


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
