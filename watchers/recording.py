"""Keep what polls came to, many in one transaction: each waits for the disk, and a 304 alone is cheap."""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import suppress
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

MOST: Final = 256  # polls in one transaction
# Entries in one transaction, but for those of one document: about 0.2 s for which other writers wait.
MOST_ENTRIES: Final = 200
# Seconds that a poll waits for others to be kept with: one with news, and one that nobody waits for.
PATIENCE: Final = 0.05
LONG_PATIENCE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a poll came to: its entries, and what is noted of it once it is known which of them are new.

    `conclude` takes the new entries and a random number in [0, 1). `shared` are links of its document that
    name no article.
    """

    conclude: Callable[[Sequence[Entry], float], Polled]
    entries: tuple[Entry, ...] = ()
    shared: frozenset[str] = frozenset()

    @property
    def patience(self) -> float:
        """Return the seconds that it may wait: an archive is told to nobody, nor is a "not modified"."""
        return PATIENCE if any(not entry.archive for entry in self.entries) else LONG_PATIENCE


def _now() -> float:
    return asyncio.get_running_loop().time()


@dataclass(frozen=True, slots=True)
class _Waiting:
    outcome: Outcome
    until: float  # when its patience ends, by the loop's time
    kept: asyncio.Future[Polled] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Recorder:
    """Writes outcomes down as they come, those that come together in one transaction.

    What a crash loses is asked again: a poll is on record only with its entries.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[_Waiting] = []
        self._expected = 0  # polls under way whose outcome is still to come
        self._settling = 0  # who waits for all to be written
        self._look = asyncio.Event()  # something changed that may end the waiting
        self._writing: asyncio.Task[None] | None = None

    def expect(self) -> None:
        """Say that an outcome is on its way: as long as one is, others are worth waiting for a little."""
        self._expected += 1

    def expect_no_more(self) -> None:
        """Say that one that was expected came, or never will."""
        self._expected -= 1
        self._look.set()

    async def keep(self, outcome: Outcome) -> Polled:
        """Write an outcome down, with others that come at the same time; return what was noted.

        Raises what kept it from being written, while the others are written all the same.
        """
        one = _Waiting(outcome, _now() + outcome.patience)
        self._waiting.append(one)
        self._look.set()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await one.kept

    async def settle(self) -> None:
        """Wait until all that was handed over is written: before the store closes."""
        if self._writing is None:
            return
        self._settling += 1
        self._look.set()
        try:
            await asyncio.wait({self._writing})
        finally:
            self._settling -= 1

    async def _write(self) -> None:
        while self._waiting:
            await self._gather()
            await self._keep(self._next())

    async def _gather(self) -> None:
        """Wait for others, until somebody's patience ends or there is nothing to wait for.

        What there is to know is looked at anew each time: it may have changed during a transaction.
        """
        while self._expected > 0 and not self._settling and not self._are_enough():
            deadline = min(one.until for one in self._waiting)
            if deadline <= _now():
                return
            self._look.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(deadline):
                    await self._look.wait()

    def _are_enough(self) -> bool:
        """Tell whether a transaction is full."""
        if len(self._waiting) >= MOST:
            return True
        return sum(len(one.outcome.entries) for one in self._waiting) >= MOST_ENTRIES

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
    bringing = [outcome.entries for outcome in outcomes if outcome.entries]
    shared: frozenset[str] = frozenset().union(*(outcome.shared for outcome in outcomes))
    new = iter(await rooms.entries.add_all(bringing, shared=shared) if bringing else ())
    kept = [one.conclude(next(new) if one.entries else (), random.random()) for one in outcomes]
    await rooms.feeds.record_all(kept)
    return kept
