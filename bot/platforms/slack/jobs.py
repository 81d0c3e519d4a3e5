"""Work that goes on after Slack was told that its delivery arrived."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.platforms.slack.quiet import place

if TYPE_CHECKING:
    from collections.abc import Coroutine

logger = logging.getLogger(__name__)


class Jobs:
    """Tasks under way: each is held until it ends, and its failure is logged."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Begin a task and return at once."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def finish(self, within: float) -> None:
        """Wait that many seconds for what is under way, then stop the rest."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        left = tuple(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if left:
            logger.warning("Stopped %d answers", len(left), extra={"action": "slack_answers_stopped"})

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            logger.error(
                "An answer failed: %s at %s",
                type(error).__name__,
                place(error),
                extra={"action": "slack_answer_failed"},
            )
