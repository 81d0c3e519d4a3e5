"""Notice that somebody set the machine's clock, and move along what waits for a moment of the old one.

A clock that is set must repeat nothing, hide nothing and let nothing wait. What waits for a time is of two
kinds. A length of time (a lease, a wait after a failure, a feed's interval) is moved with the clock. An hour
of the day (a digest, the end of quiet hours) stays that hour: digests see to themselves in `announce`.
"""

from __future__ import annotations

import logging
import socket
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announcing.quiet import silent_until
from watchers.clock import SteadyClock
from watchers.store.holders import start_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from watchers.clock import Clock
    from watchers.store.store import Rooms, Store

logger = logging.getLogger(__name__)

# Time servers turn a clock slowly by milliseconds, and step it by a second or so. Nothing here is decided by
# less than a minute but waits after a failure, which a minute hardly changes; a lease is twice as long.
THRESHOLD: Final = timedelta(minutes=1)
EVERY: Final = 1.0  # seconds between two looks
# Another process reads its clock, waits for its turn to write, and writes a time of before the clock was set
# back. A turn comes within ten seconds, or the write fails: so long each look sees to what it wrote.
STRAGGLERS: Final = timedelta(minutes=1)
# A clock that is set forth and back between two looks was never set, as far as they can tell; another process
# may have written in between.
SWEEP_EVERY: Final = timedelta(seconds=30)


def was_set(drift: timedelta) -> bool:
    """Tell whether a clock that is ahead of the steady counter by so much was set, not merely corrected."""
    return abs(drift) >= THRESHOLD


def behind(now: datetime, seen: datetime | None) -> timedelta | None:
    """Return how far a clock is behind a time that was noted before, None if it is not, or hardly."""
    return seen - now if seen is not None and was_set(seen - now) and seen > now else None


class ClockWatch:
    """Compares the machine's clock with its steady counter; one per process."""

    def __init__(self, store: Store, clock: Clock, *, forget: Callable[[], None]) -> None:
        """Watch over the times in `store`. `forget` drops every moment that is waited for in memory.

        A clock that is no SteadyClock plays a time of its own, which nobody sets: only ticks are seen to.
        """
        self._store = store
        self._clock = clock if isinstance(clock, SteadyClock) else SteadyClock()
        self._played = self._clock is not clock
        self._forget = forget
        self._owed = timedelta()  # a set back that the store could not be told of yet
        self._back = timedelta()  # by how much the clock was set back last
        self._stragglers_until = self._next_sweep = self._clock.now()

    async def begin(self) -> None:
        """See whether the clock was set back while nothing ran: the last sign of life on this machine tells.

        What another machine's clock says tells nothing of ours.
        """
        beats = await self._store.pulse.beats()
        seen = max((at for name, at in beats.items() if _is_from_here(name)), default=None)
        by = behind(self._clock.now(), seen)
        if by is not None and not self._played:
            logger.warning("The clock is %s behind what it was when this last ran", by, extra=_extra(-by))
            await move_along(self._store, -by, now=self._clock.now())

    async def look(self) -> bool:
        """Follow the machine's clock; True if it was set, and then everything that waits was moved along.

        Raises StoreError where the store cannot be written; the next look goes on with it.
        """
        await self._settle()
        by = self._clock.drift()
        if not was_set(by):
            self._clock.follow()
            return False
        logger.warning("The clock was set by %s, or the machine slept", by, extra=_extra(by))
        if by > timedelta() and not self._played:  # leases first: none may seem to have run out
            await move_along(self._store, by, now=self._clock.now() + by)
        self._clock.follow(by)  # no more than that: what it was set by meanwhile is for the next look
        self._forget()
        now = self._clock.now()
        self._stragglers_until, self._next_sweep = now + STRAGGLERS, now
        if by < timedelta() and not self._played:  # the clock first: who asks for a lease now comes before us
            self._owed, self._back = by, -by
            await self._settle()
        return True

    async def _settle(self) -> None:
        """Tell the store of a set back it does not know of yet; now and then, put right what is ahead."""
        now = self._clock.now()
        if self._owed:
            await move_along(self._store, self._owed, now=now)
            self._owed = timedelta()
        elif not self._played and now >= self._next_sweep:
            if await self._store.backlogs.ahead(now=now):
                async with self._store.transaction() as rooms:
                    await _put_right(rooms, self._back, now)
            self._next_sweep = now if now < self._stragglers_until else now + SWEEP_EVERY


async def move_along(store: Store, by: timedelta, *, now: datetime) -> None:
    """Move what waits in the store with a clock that was set by so much and says `now`."""
    async with store.transaction() as rooms:
        await rooms.backlogs.shift(by)
        if by < timedelta():
            await _put_right(rooms, -by, now)
            await rooms.feeds.set_back(now=now)


async def _put_right(rooms: Rooms, by: timedelta, now: datetime) -> None:
    """Let what was written before the clock was set back go out as if it were written now.

    By at least `by`; by more for a channel for which something was written still further ahead.
    """
    for channel, latest in (await rooms.backlogs.ahead(now=now)).items():
        known = await rooms.channels.get(channel)
        silent = silent_until(known.quiet, ZoneInfo(known.timezone), now=now) if known else None
        back = max(by, latest - now + STRAGGLERS)
        await rooms.backlogs.set_back(channel, back, now=now, held_until=silent or now)


def _is_from_here(sign: str) -> bool:
    """Tell whether a sign of life is of this machine: a role's names its host, others are of one process."""
    _, is_role, name = sign.partition("/")
    return not is_role or start_of(name)[0] == socket.gethostname()


def _extra(by: timedelta) -> dict[str, object]:
    return {"action": "clock_set", "seconds": round(by.total_seconds())}
