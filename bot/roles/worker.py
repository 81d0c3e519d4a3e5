"""`vedette worker`: ask the feeds that are handed out; and understand what came in, one worker at a time.

Asking and parsing is most there is to do, and every worker does it. To understand an entry takes 8 ms, with
the open stories in memory: one worker leads in it, and the others stand by.
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from bot.jobs.polling import Polling
from bot.jobs.queue import Pulse, open_queue
from bot.judging import lens_of
from bot.logs import set_up
from bot.parts import open_fetching, open_understanding
from bot.roles.listening import Listening
from bot.roles.opening import SHUTDOWN_WITHIN, beating, leading_in_turn, open_role, side_by_side
from bot.schedule import OVERLAPPING_PAGES, Kind, ticking
from bot.stopping import stop_signal
from bot.waking import Wakes
from watchers.clock import SystemClock
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.config import Config
    from bot.jobs.queue import Queue
    from bot.parts import Fetching
    from bot.roles.opening import Role
    from bot.understanding import Understanding
    from watchers.store.store import Leader

logger = logging.getLogger(__name__)

UNDERSTANDS: Final = "reader"  # the lease of the worker that does
READ_EVERY: Final = 1.0  # seconds
PAGES_EVERY: Final = 1.0
# Seconds in which one feed of those in hand must be over: a host that answers nothing takes 30 each.
STUCK_AFTER: Final = 180.0


def run_worker(config: Config, path: Path, *, http_port: int | None = None) -> None:
    """Work until SIGTERM or SIGINT; answer for its health and metrics at `http_port`, None: nowhere."""
    set_up()
    asyncio.run(_work(config, path, http_port))


async def _work(config: Config, path: Path, http_port: int | None) -> None:
    stop = stop_signal()
    listening = Listening.of(config, path, http_port)
    async with AsyncExitStack() as held:
        role = await held.enter_async_context(open_role("worker", config, path, os.environ))
        pulse = Pulse(every=config.roles.beat, stalled=config.roles.stalled)
        queue = await held.enter_async_context(open_queue(role.store, pulse=pulse, meters=listening.meters))
        wakes = Wakes()
        fetching = await held.enter_async_context(
            open_fetching(config, store=role.store, clock=role.clock, wakes=wakes, meters=listening.meters)
        )
        listening.pools["parse"] = fetching.parsers
        polling = Polling(role.store, fetching.poller, clock=role.clock, claimed=config.roles.claim)
        understanding = _Understanding(config, path, role, fetching, wakes=wakes, listening=listening)
        await held.enter_async_context(listening.open(role))
        logger.info("Working", extra={"action": "started"})
        await side_by_side(
            _jobs(queue, polling, stop),
            beating(role, lambda: _alive(queue, polling, understanding), stop),
            leading_in_turn(
                role,
                UNDERSTANDS,
                config.roles.lease,
                understanding.lead,
                stop,
                goes_on=understanding.goes_on,
            ),
        )
        logger.info("Stopping", extra={"action": "stopping"})


async def _jobs(queue: Queue, polling: Polling, stop: asyncio.Event) -> None:
    """Do jobs until told to stop; what is under way then has a while."""
    async with queue.working({"poll": polling}, within=SHUTDOWN_WITHIN):
        await stop.wait()


async def _alive(queue: Queue, polling: Polling, understanding: _Understanding) -> bool:
    """Tell whether feeds and entries come and go; raises StoreError while the server is away."""
    await queue.waiting()
    await understanding.beat()
    return polling.still() < STUCK_AFTER and understanding.goes_on()


class _Understanding:
    """What the worker does that leads in understanding."""

    def __init__(
        self,
        config: Config,
        path: Path,
        role: Role,
        fetching: Fetching,
        *,
        wakes: Wakes,
        listening: Listening,
    ) -> None:
        self._config = config
        self._path = path
        self._role = role
        self._fetching = fetching
        self._wakes = wakes
        self._listening = listening
        self._led: Understanding | None = None  # while it leads

    def goes_on(self) -> bool:
        """Tell whether entries are understood here, if it is this worker's turn."""
        return self._led is None or self._led.goes_on()

    async def beat(self) -> None:
        """Give the sign that entries are understood, if they are, and here."""
        if self._led is not None and self._led.goes_on():
            await self._role.store.pulse.beat("read", at=SystemClock().now())

    @asynccontextmanager
    async def lead(self, leader: Leader) -> AsyncIterator[None]:
        """Understand what comes in, through the leader's store, while the context lasts."""
        lens = await asyncio.to_thread(lens_of, self._config, self._path)
        async with open_understanding(
            self._config,
            lens,
            os.environ,
            store=leader.store,
            clock=self._role.clock,
            wakes=self._wakes,
            meters=self._listening.meters,
            fetching=self._fetching,
        ) as parts:
            self._listening.pools["read"] = parts.readers
            kinds = (
                Kind("read", parts.read, READ_EVERY),
                Kind("pages", parts.articles.tick, PAGES_EVERY, OVERLAPPING_PAGES),
            )
            async with ticking(
                kinds,
                within=SHUTDOWN_WITHIN,
                clock_was_set=self._role.follow_clock,
                wakes=self._wakes,
                meters=self._listening.meters,
            ):
                self._led = parts
                try:
                    yield
                finally:
                    self._led = None
                    with suppress(StoreError):  # the server is away; who leads next gives it anew
                        await self._role.store.pulse.forget(("read",))
