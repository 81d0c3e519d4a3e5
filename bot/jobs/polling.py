"""The task "poll": ask the feeds of a job that are still due."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bot.jobs.planning import CLAIMED
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from bot.jobs.port import Batch
    from watchers.clock import Clock
    from watchers.polling import Poller, Round
    from watchers.store.store import Store

RELEASED_WITHIN: Final = 2.0  # seconds that giving feeds back may take: the process may be about to end


class Polling:
    """Asks feeds by number. May be run twice with the same ones: the second time nothing of it is due."""

    def __init__(self, store: Store, poller: Poller, *, clock: Clock, claimed: timedelta = CLAIMED) -> None:
        self._store = store
        self._poller = poller
        self._clock = clock
        self._claimed = claimed
        self._owed: set[int] = set()  # feeds whose claims could not be given back yet
        self._under_way = 0
        self._seen: tuple[int, float] | None = None  # feeds that were over when last asked, and since when

    def still(self) -> float:
        """Return for how many seconds no feed was over although some are in hand; ask it again and again.

        A job says little: it may hold a hundred feeds of a host that answers none, one after the other.
        """
        now = asyncio.get_running_loop().time()
        over = self._poller.concluded
        if not self._under_way or self._seen is None or self._seen[0] != over:
            self._seen = (over, now)
        return now - self._seen[1]

    async def __call__(self, batch: Batch) -> Round:
        """Ask what of these is due now, and keep what is new."""
        self._under_way += 1
        try:
            return await self._ask(batch)
        finally:
            self._under_way -= 1

    async def _ask(self, batch: Batch) -> Round:
        await self._give_back(())
        now = self._clock.now()
        mine = await self._store.claims.keep(batch, now=now, until=now + self._claimed)
        try:
            came = await self._poller.poll_some(await self._store.feeds.some(mine))
        except (Exception, asyncio.CancelledError):
            await self._give_back(mine)
            raise
        if came.polled < len(mine):  # some are left alone for a while: what of them is due is looked at anew
            await self._give_back(mine)
        return came

    async def _give_back(self, numbers: Iterable[int]) -> None:
        """Claim feeds no longer that are still to be asked; if the server is away, the next time.

        What is on record has no claim any more.
        """
        self._owed.update(numbers)
        if not self._owed:
            return
        with suppress(StoreError, TimeoutError):
            async with asyncio.timeout(RELEASED_WITHIN):
                await self._store.claims.release(tuple(self._owed))
                self._owed.clear()
