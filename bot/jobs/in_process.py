"""Jobs of one process: done at once, side by side, in its own loop. What it loses is due in our tables."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.jobs.port import Waiting
from bot.metrics.meters import SILENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from bot.jobs.port import Batch, Task, TaskName
    from bot.metrics.meters import Meters
    from watchers.store.store import Rooms

logger = logging.getLogger(__name__)


class InProcess:
    """The engine of `vedette run`: the ticks of APScheduler hand work out, and it is done here."""

    def __init__(self, *, meters: Meters = SILENT) -> None:
        self._meters = meters
        self._tasks: Mapping[TaskName, Task] = {}
        self._running: dict[tuple[str, Batch], asyncio.Task[None]] = {}

    async def enqueue(self, task: TaskName, batches: Sequence[Batch], *, rooms: Rooms) -> None:
        """Do each batch as soon as the transaction is kept."""
        for batch in batches:
            rooms.when_kept(partial(self._begin, task, batch))

    @asynccontextmanager
    async def working(self, tasks: Mapping[TaskName, Task], *, within: float) -> AsyncIterator[None]:
        """Do jobs while the context lasts; see the port."""
        self._tasks = tasks
        try:
            yield
        finally:
            self._tasks = {}
            if self._running:
                _, late = await asyncio.wait(self._running.values(), timeout=within)
                for one in late:
                    one.cancel()
                await asyncio.gather(*late, return_exceptions=True)

    async def done(self, task: TaskName, batches: Sequence[Batch]) -> None:
        """Wait until none of these batches is under way."""
        of_these = [self._running[task, batch] for batch in batches if (task, batch) in self._running]
        if of_these:
            await asyncio.wait(of_these)

    async def rescue(self) -> int:
        """Do nothing: what this process has in hand dies with it."""
        return 0

    async def waiting(self) -> Waiting:
        """Return how much is under way; nothing waits."""
        return Waiting(under_way=len(self._running), workers=int(bool(self._tasks)))

    def _begin(self, name: TaskName, batch: Batch) -> None:
        task = self._tasks.get(name)
        key = (name, batch)
        if task is None or key in self._running:  # ending, or the very same is being done
            return
        running = asyncio.create_task(self._do(name, task, batch))
        self._running[key] = running
        running.add_done_callback(lambda _: self._running.pop(key, None))

    async def _do(self, name: TaskName, task: Task, batch: Batch) -> None:
        try:
            await task(batch)
        except Exception as error:
            self._meters.failed(name, error)
            logger.exception(
                "A job failed; what is due comes again: %s", name, extra={"action": "job_failed"}
            )
