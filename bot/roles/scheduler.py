"""`vedette scheduler`: hand out what is due, see to jobs whose worker died, and delete what is old."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.jobs.planning import Planner
from bot.jobs.queue import Pulse, open_queue
from bot.logs import set_up
from bot.operating.pruning import EVERY, Pruner
from bot.roles.listening import Listening
from bot.roles.opening import SHUTDOWN_WITHIN, beating, leading_in_turn, open_role, side_by_side
from bot.schedule import Kind, ticking
from bot.stopping import stop_signal
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.config import Config
    from bot.jobs.queue import Queue
    from bot.metrics.meters import Meters
    from bot.roles.opening import Role
    from watchers.store.store import Leader, Store

logger = logging.getLogger(__name__)

SCHEDULES: Final = "scheduler"  # the lease of the one that does
PLAN_EVERY: Final = 5.0  # seconds
RESCUE_EVERY: Final = 5.0
TIDY_EVERY: Final = 600.0
FORGOTTEN: Final = timedelta(hours=1)  # after its last sign of life, a process that never said that it ended


def run_scheduler(config: Config, path: Path, *, http_port: int | None = None) -> None:
    """Schedule, or stand by, until SIGTERM or SIGINT; `http_port` as of a worker."""
    set_up()
    asyncio.run(_schedule(config, path, http_port))


async def _schedule(config: Config, path: Path, http_port: int | None) -> None:
    stop = stop_signal()
    listening = Listening.of(config, path, http_port)
    async with AsyncExitStack() as held:
        role = await held.enter_async_context(open_role("scheduler", config, path, os.environ))
        pulse = Pulse(every=config.roles.beat, stalled=config.roles.stalled)
        queue = await held.enter_async_context(open_queue(role.store, pulse=pulse))
        scheduling = _Scheduling(config, role, queue, listening.meters)
        await held.enter_async_context(listening.open(role))
        logger.info("Standing by to schedule", extra={"action": "started"})
        await side_by_side(
            beating(role, scheduling.alive, stop),
            leading_in_turn(role, SCHEDULES, config.roles.lease, scheduling.lead, stop),
        )
        logger.info("Stopping", extra={"action": "stopping"})


class _Scheduling:
    """What the scheduler does that leads."""

    def __init__(self, config: Config, role: Role, queue: Queue, meters: Meters) -> None:
        self._config = config
        self._role = role
        self._queue = queue
        self._meters = meters

    async def alive(self) -> bool:
        """Tell whether the queue answers; raises StoreError while the server is away."""
        await self._queue.waiting()
        return True

    @asynccontextmanager
    async def lead(self, leader: Leader) -> AsyncIterator[None]:
        """Hand out what is due, through the leader's store, while the context lasts."""
        planner = Planner(leader.store, self._queue, clock=self._role.clock, claimed=self._config.roles.claim)
        pruner = Pruner.of(self._config, leader.store, {"preview"}, clock=self._role.clock)

        async def plan() -> None:
            await planner.plan()

        async def rescue() -> None:
            await self._queue.rescue()

        async def tidy() -> None:
            await self._queue.tidy()
            await _forget_the_silent(leader.store)

        async def prune() -> None:
            await pruner.tick()

        kinds = (
            Kind("plan", plan, PLAN_EVERY),
            Kind("rescue", rescue, RESCUE_EVERY),
            Kind("tidy", tidy, TIDY_EVERY),
            Kind("prune", prune, EVERY),
        )
        async with ticking(
            kinds,
            within=SHUTDOWN_WITHIN,
            clock_was_set=self._role.follow_clock,
            meters=self._meters,
        ):
            yield


async def _forget_the_silent(store: Store) -> None:
    """Forget processes that have been silent for long: they ended without saying so."""
    now = SystemClock().now()
    beats = await store.pulse.beats()
    await store.pulse.forget([name for name, at in beats.items() if "/" in name and now - at > FORGOTTEN])
