"""The ticks that keep one process going (APScheduler). What is due is decided from the database, not here."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clockwatch import EVERY
from bot.metrics.meters import SILENT
from bot.waking import Wakes
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from apscheduler.job import Job

    from bot.metrics.meters import Meters

logger = logging.getLogger(__name__)

# Rounds of polling that may be under way at once: a feed that takes its full 30 s holds up no other's turn.
OVERLAPPING_POLLS: Final = 8
OVERLAPPING_PAGES: Final = 4  # likewise, for articles' pages
_ASTRAY: Final = timedelta(minutes=1)  # beyond its interval: a tick meant for a clock that was set since
_LATER: Final = {"prune": timedelta(minutes=1)}  # after the start, which has enough to do


class Ticking(Protocol):
    """What there is to do again and again."""

    async def poll(self) -> None:
        """Ask the feeds that are due."""

    async def read(self) -> None:
        """Understand what came in."""

    async def pages(self) -> None:
        """Fetch articles' own pages."""

    async def digest(self) -> None:
        """Write the digests that are due."""

    async def follow(self) -> None:
        """Look for promises and what became of them."""

    async def deliver(self) -> None:
        """Send what waits."""

    async def prune(self) -> None:
        """Delete what was kept long enough."""

    async def clock_was_set(self) -> bool:
        """Tell whether somebody set the machine's clock since this was last asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """Seconds between two ticks of each kind."""

    poll: float
    read: float
    digest: float
    deliver: float
    pages: float = 1
    prune: float = 3600  # what is kept for months need not go to the minute
    follow: float = 10  # at most half a second of reading each, so that no alert waits for it


USUAL: Final = Ticks(poll=5, read=1, digest=30, deliver=1)


class Kind(NamedTuple):
    """One kind of tick: what runs, how many seconds apart, and how many may be under way at once."""

    name: str
    run: Callable[[], Awaitable[None]]
    seconds: float
    most: int = 1


@asynccontextmanager
async def scheduled(
    work: Ticking, ticks: Ticks, *, within: float, wakes: Wakes | None = None, meters: Meters = SILENT
) -> AsyncIterator[None]:
    """Run all of one process's ticks while the context lasts, as `ticking` does."""
    kinds = (
        Kind("poll", work.poll, ticks.poll, OVERLAPPING_POLLS),
        Kind("read", work.read, ticks.read),
        Kind("pages", work.pages, ticks.pages, OVERLAPPING_PAGES),
        Kind("digest", work.digest, ticks.digest),
        Kind("follow", work.follow, ticks.follow),
        Kind("deliver", work.deliver, ticks.deliver),
        Kind("prune", work.prune, ticks.prune),
    )
    async with ticking(kinds, within=within, clock_was_set=work.clock_was_set, wakes=wakes, meters=meters):
        yield


@asynccontextmanager
async def ticking(
    kinds: Sequence[Kind],
    *,
    within: float,
    clock_was_set: Callable[[], Awaitable[bool]],
    wakes: Wakes | None = None,
    meters: Meters = SILENT,
) -> AsyncIterator[None]:
    """Run ticks while the context lasts; then wait `within` seconds for what is under way, and cancel it.

    A tick that fails is logged and comes again; one that is late runs once, however many were missed. What
    `wakes` is told of comes at once, and the ticks see to what it was not told of.
    """
    scheduler = AsyncIOScheduler(timezone="UTC")
    running: set[asyncio.Task[object]] = set()
    wakes = wakes or Wakes()
    for kind in kinds:
        tick = _Tick(kind=kind, running=running, meters=meters)
        tick.join(scheduler)
        wakes.connect(kind.name, tick.come)
    # The scheduler warns whenever a tick is still under way at the next one's time; here that is by design.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    scheduler.start()
    watching = asyncio.create_task(_heed_clock(clock_was_set, scheduler))
    try:
        yield
    finally:
        wakes.disconnect()
        scheduler.pause()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await _let_end(running, within=within)
        scheduler.shutdown(wait=False)


async def _let_end(running: set[asyncio.Task[object]], *, within: float) -> None:
    """Wait some seconds for what is under way, then cancel it."""
    if not running:
        return
    _, late = await asyncio.wait(running, timeout=within)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


async def _heed_clock(clock_was_set: Callable[[], Awaitable[bool]], scheduler: AsyncIOScheduler) -> None:
    """Let every tick come at once when the clock was set: set back by a day, the next would be a day away.

    So it would for a tick that came while the clock was ahead, if it was set forth and back between looks.
    """
    while True:
        await asyncio.sleep(EVERY)
        was_set = False
        try:
            was_set = await clock_was_set()
        except Exception:
            logger.exception("The clock could not be looked after", extra={"action": "tick_failed"})
        now = SystemClock().now()
        for job in scheduler.get_jobs():
            if was_set or job.next_run_time - now > job.trigger.interval + _ASTRAY:
                job.modify(next_run_time=now)


@dataclass(slots=True, kw_only=True)
class _Tick:
    """One kind of tick: how it runs, and whether it is to run again when it ends."""

    kind: Kind
    running: set[asyncio.Task[object]]  # of all kinds
    meters: Meters
    job: Job | None = None
    under_way: int = 0
    again: bool = False

    def join(self, scheduler: AsyncIOScheduler) -> None:
        """Have the scheduler run it again and again; of the times it missed, it makes one."""
        name, _, seconds, most = self.kind
        self.job = scheduler.add_job(
            self.watched,
            "interval",
            seconds=seconds,
            id=name,
            next_run_time=SystemClock().now() + _LATER.get(name, timedelta()),
            coalesce=True,
            max_instances=most,
            misfire_grace_time=None,
        )

    def come(self) -> None:
        """Run at once; if it runs already, which may have looked too early, once more after that."""
        if self.under_way:
            self.again = True
        elif self.job is not None:
            self.job.modify(next_run_time=SystemClock().now())

    async def watched(self) -> None:
        """Run, and log what goes wrong: the tick comes again."""
        task = asyncio.current_task()
        if task is not None:
            self.running.add(task)
        self.under_way += 1
        try:
            await self._until_done()
        except asyncio.CancelledError:  # only we cancel it, at the end; APScheduler would call it a failure
            logger.info("Ended in the middle: %s", self.kind.name, extra={"action": "tick_ended"})
        finally:
            self.under_way -= 1
            if task is not None:
                self.running.discard(task)

    async def _until_done(self) -> None:
        self.again = True
        while self.again:
            self.again = False
            began = asyncio.get_running_loop().time()
            try:
                await self.kind.run()
            except Exception as error:
                self.meters.failed(self.kind.name, error)
                logger.exception(
                    "A tick failed and will come again: %s", self.kind.name, extra={"action": "tick_failed"}
                )
                return
            finally:
                self.meters.ticked(self.kind.name, asyncio.get_running_loop().time() - began)
