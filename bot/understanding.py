"""What understands entries, and whether that goes on: nobody is told of anything while it does not."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.judging import lens_now
from bot.models import note_fault
from bot.wording.values import shorten
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.articles import ArticlePages
    from watchers.clock import Clock
    from watchers.lens_spec import LensSpec
    from watchers.pipeline import Watcher
    from watchers.store.store import Rooms, Store
    from watchers.workers import Workers

FAULT: Final = "reading/fault"  # under this name it is kept since when and why nothing is understood
# Seconds for which it may fail before people are told: a busy database or a dead reader is over by then.
SAID_AFTER: Final = 60.0
# Seconds for which a round after a failed one may read on before anything of it is on record: 2 000 entries
# take 16 with the model, 100 with a large one.
ROUND_WITHIN: Final = 300.0
STUCK_AFTER: Final = 900.0  # seconds that one step may take: loading a large model may take 600


@dataclass(slots=True, kw_only=True)
class Understanding:
    """What understands entries."""

    store: Store
    readers: Workers
    articles: ArticlePages
    watcher: Watcher
    lens: LensSpec  # as the file has it; the watches come from the database
    clock: Clock
    tells: bool = True  # whether it writes down that there is no model
    _fault: str | None = None  # what was told of the model; None: nothing yet
    _good: float = field(default_factory=time.monotonic)  # when something was on record and told, or all was
    _read: float = 0.0  # when the last batch was read, on record or not
    _failed_at: float = 0.0
    _failing: datetime | None = None  # since when each try failed
    _said: bool | None = None  # whether a fault is on record; None: perhaps, of the process before

    async def make_ready(self) -> None:
        """Load the model and take up changed watches; two seconds the first time, then next to nothing."""
        spec = await lens_now(self.lens, self.store)
        while True:
            await self.watcher.look_through(spec)
            await self._tell_of_the_model()
            # Loading takes seconds, and what somebody asked to watch meanwhile must not miss its first entry.
            now = await lens_now(self.lens, self.store)
            if now == spec:
                return
            spec = now

    async def read(self, *, recorded: Callable[[], Awaitable[None]] | None = None) -> None:
        """Understand what was stored, as `Watcher.read_unread` does; note it if that fails for long.

        `recorded` is also awaited at the end, for what a crash left behind; that it fails counts as well.
        """

        async def went_on() -> None:
            if recorded is not None:
                await recorded()
            self._good = time.monotonic()  # only now: what is not on record is read again
            self._failing = None

        try:
            await self.watcher.read_unread(ready=self.make_ready, progress=self._note_read, recorded=went_on)
            await went_on()
        except Exception as error:
            await self._failed(error)
            raise
        if self._said is not False:
            await self.store.kept.put(FAULT, "")
            self._said = False

    def goes_on(self) -> bool:
        """Tell whether reading went on, or found nothing to do, as lately as it may be asked to."""
        now = time.monotonic()
        if self._failing is None:
            return now - max(self._good, self._read) < STUCK_AFTER
        return now - self._good < (ROUND_WITHIN if self._read > self._failed_at else SAID_AFTER)

    def _note_read(self, _entries: int) -> None:
        self._read = time.monotonic()

    async def _failed(self, error: Exception) -> None:
        self._failed_at = time.monotonic()
        if self._failing is None:
            self._failing = self.clock.now()
        elif self._failed_at - self._good >= SAID_AFTER and not self._said:
            said = f"since {self._failing:%Y-%m-%d %H:%M} UTC: {type(error).__name__}: {error}"
            with suppress(StoreError):  # then that is the fault, and the next try notes it if it still fails
                await self.store.kept.put(FAULT, shorten(said))
                self._said = True

    async def _tell_of_the_model(self) -> None:
        if self.tells and self.watcher.model_fault != self._fault:
            await note_fault(self.store, self.watcher.model_fault)
            self._fault = self.watcher.model_fault


async def fault_of(rooms: Rooms) -> str:
    """Return since when and why nothing that comes in is understood; empty if all is well."""
    return await rooms.kept.get(FAULT) or ""


async def failing_since(rooms: Rooms) -> str:
    """Return since when, for those who are not told why: an error may name what is nobody else's business."""
    return (await fault_of(rooms)).partition(" UTC")[0]
