"""Keep what polls came to, many in one transaction: each waits for the disk, and a 304 alone is cheap."""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from watchers.store.lock import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from watchers.store.rows_feeds import Polled
    from watchers.store.store import Rooms, Store
    from watchers.types import Entry

logger = logging.getLogger(__name__)

MOST: Final = 64  # polls in one transaction
# Entries in one transaction, but for those of one document: about 0.2 s for which other writers wait.
MOST_ENTRIES: Final = 200
PATIENCE: Final = 0.05  # seconds that a poll waits for others to be kept with


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a poll came to: its entries, and what is noted of it once it is known which of them are new.

    `conclude` takes the new entries and a random number in [0, 1).
    """

    conclude: Callable[[Sequence[Entry], float], Polled]
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Waiting:
    outcome: Outcome
    kept: asyncio.Future[Polled] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Recorder:
    """Writes outcomes down as they come, those that come together in one transaction.

    What a crash loses is asked again: a poll is on record only with its entries.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[_Waiting] = []
        self._expected = 0  # polls under way whose outcome is still to come
        self._hurry = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None

    def expect(self) -> None:
        """Say that an outcome is on its way: as long as one is, others are worth waiting for a little."""
        self._expected += 1
        if len(self._waiting) < MOST:
            self._hurry.clear()

    def expect_no_more(self) -> None:
        """Say that one that was expected came, or never will."""
        self._expected -= 1
        self._look()

    async def keep(self, outcome: Outcome) -> Polled:
        """Write an outcome down, with others that come at the same time; return what was noted.

        Raises what kept it from being written, while the others are written all the same.
        """
        one = _Waiting(outcome)
        self._waiting.append(one)
        self._look()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await one.kept

    async def settle(self) -> None:
        """Wait until all that was handed over is written: before the store closes."""
        self._hurry.set()
        if self._writing is not None:
            await asyncio.wait({self._writing})

    def _look(self) -> None:
        if len(self._waiting) >= MOST or self._expected <= 0:
            self._hurry.set()

    async def _write(self) -> None:
        while self._waiting:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._hurry.wait()
            except TimeoutError:
                pass  # nobody else came; that is what the patience is for
            await self._keep(self._next())
            if self._expected > 0 and len(self._waiting) < MOST:
                self._hurry.clear()

    def _next(self) -> list[_Waiting]:
        count, entries = 0, 0
        for one in islice(self._waiting, MOST):
            entries += len(one.outcome.entries)
            if count and entries > MOST_ENTRIES:
                break
            count += 1
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        return batch

    async def _keep(self, batch: Sequence[_Waiting]) -> None:
        """Write a batch; if the store refuses it, one by one, so that one feed's fault stays its own."""
        try:
            async with self._store.transaction() as rooms:
                kept = await _written(rooms, [one.outcome for one in batch])
        except Exception as error:  # noqa: BLE001 -- handed to whoever waits for it, which is no swallowing
            if len(batch) > 1 and not isinstance(error, StoreBusyError):
                for one in batch:
                    await self._keep((one,))
                return
            for one in batch:
                if not one.kept.done():
                    one.kept.set_exception(error)
            return
        for one, polled in zip(batch, kept, strict=True):
            if not one.kept.done():  # its poll was cancelled meanwhile
                one.kept.set_result(polled)


async def _written(rooms: Rooms, outcomes: Sequence[Outcome]) -> list[Polled]:
    kept = []
    for outcome in outcomes:
        new = await rooms.entries.add(outcome.entries) if outcome.entries else ()
        kept.append(outcome.conclude(new, random.random()))
    await rooms.feeds.record_all(kept)
    return kept
