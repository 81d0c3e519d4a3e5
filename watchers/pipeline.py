"""Understanding, written once: what was stored becomes reports, and those stories. `polling.py` stores it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from watchers.batches import FIT_TIMEOUT, Batches
from watchers.ledger.reading import claims_of
from watchers.lens_asked import closeness_of, judge_again, read_batch, read_facts
from watchers.placing import Placing, Round
from watchers.workers import WorkerError
from watchers.worth import by_channel, quiet_archive, strongest_of, uncut

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from watchers.clock import Clock
    from watchers.lens import Gist
    from watchers.lens_spec import LensSpec
    from watchers.pages.first_look import FirstLook
    from watchers.relevance.decide import Decision
    from watchers.store.store import Store
    from watchers.types import Entry, Exemplar, Relevance, Report, StoryUpdate
    from watchers.types.claims import Claim
    from watchers.workers import Workers

    Decided = tuple[Report, Decision]
    Noted = Callable[[int, Sequence[Decided], Sequence[StoryUpdate]], None]

logger = logging.getLogger(__name__)

GAVE_OUT: Final = "it gave out while reading; entries are judged without it until it answers again"
# Entries recorded in one transaction. A feed's first poll brings at most as many, and which few of them are
# told is decided over all of them together.
TOGETHER: Final = 2000


class Watcher:
    """Understands what was stored; one batch at a time is recorded."""

    def __init__(
        self,
        *,
        store: Store,
        readers: Workers,
        clock: Clock,
        first: int = 3,
        pages: FirstLook | None = None,
        noted: Noted | None = None,
        clusters: bool = True,
    ) -> None:
        self._clusters = clusters  # else it only answers what is asked, and another understands what comes
        self._store = store
        self._noted = noted  # is told how many could not be read, what became of the others
        self._pages = pages  # None: articles' own pages are not fetched
        self._readers = readers
        self._batches = Batches(store, readers)
        self._clock = clock
        self._first = first
        self._spec: LensSpec | None = None
        self._placing: Placing | None = None
        self._recording = asyncio.Lock()
        self.model_fault = ""
        self._fitted_without = False  # whether the model was missing when the index was made

    @property
    def ready(self) -> bool:
        """Tell whether there is a lens to read through."""
        return self._spec is not None

    async def look_through(self, spec: LensSpec) -> None:
        """Read entries through this lens from now on; a changed one costs a second or two in the worker."""
        is_back = self._fitted_without and not self.model_fault
        if spec == self._spec and not is_back:
            return
        if self._spec is None or is_back or _space(spec) != _space(self._spec):
            logger.info("Making the model ready", extra={"action": "model_loading"})
            closeness, self.model_fault = await self._readers.run(closeness_of, spec, timeout=FIT_TIMEOUT)
            self._fitted_without = bool(self.model_fault)
            if self._clusters:
                self._placing = await Placing.of(self._store, closeness, clock=self._clock)
        self._spec = spec  # last: what failed is tried again

    async def read_unread(
        self,
        *,
        progress: Callable[[int], None] = lambda _: None,
        ready: Callable[[], Awaitable[None]] | None = None,
        recorded: Callable[[], Awaitable[None]] | None = None,
    ) -> tuple[StoryUpdate, ...]:
        """Understand every stored entry that nobody read yet, in batches; also what a crash left behind.

        `progress` is told how many entries each batch had. `ready` is awaited before entries are taken, to
        look through what people changed meanwhile. `recorded` is awaited whenever updates are on record: what
        comes in meanwhile holds up nobody's alert. Raises what a reader that is not well fails with, when
        what it read is on record; the rest stays unread.
        """
        updates: list[StoryUpdate] = []
        async with self._recording:
            while True:
                if ready is not None:
                    await ready()
                if self._spec is None or self._placing is None:
                    break
                waiting = await self._store.entries.unread(limit=TOGETHER + 1)
                if not waiting:
                    break
                entries = uncut(waiting[:TOGETHER], waiting[TOGETHER:])
                reports, failed, fault = await self._batches.read(entries, self._spec, progress=progress)
                self._note_model(reports, self._spec)
                updates += await self._record(reports, self._spec, self._placing, failed=failed)
                if recorded is not None and (reports or failed):
                    await recorded()
                if fault is not None:
                    raise fault
        return tuple(updates)

    async def reread(self, entries: Sequence[Entry], *, within: float) -> tuple[Report, ...]:
        """Read texts of which nothing is kept, as every entry is read; `within` is in seconds.

        Raises WorkerError when that takes longer, or when there is nothing to read through yet.
        """
        if self._spec is None:
            raise WorkerError("There is no lens to read through yet.")
        return await self._readers.run(read_batch, self._spec, tuple(entries), timeout=within)

    async def facts_in(self, entries: Sequence[Entry], *, within: float) -> tuple[Gist, ...]:
        """Read the facts and names of texts of which nothing is kept; `within` is in seconds.

        Raises WorkerError when that takes longer, or when there is nothing to read through yet.
        """
        if self._spec is None:
            raise WorkerError("There is no lens to read through yet.")
        return await self._readers.run(read_facts, self._spec, tuple(entries), timeout=within)

    async def claims_in(self, entries: Sequence[Entry], *, within: float) -> tuple[tuple[Claim, ...], ...]:
        """Read the claims of texts, about 33 ms each; `within` is in seconds. Raises WorkerError as above."""
        if self._spec is None:
            raise WorkerError("There is no lens to read through yet.")
        return await self._readers.run(claims_of, self._spec, tuple(entries), timeout=within)

    async def rejudge(
        self, exemplars: tuple[Exemplar, ...], reports: Sequence[Report], *, within: float
    ) -> tuple[Relevance, ...]:
        """Return the relevance of stored reports by other exemplars; `within` is in seconds.

        Raises WorkerError when that takes longer, or when there is nothing to read through yet.
        """
        if self._spec is None:
            raise WorkerError("There is no lens to read through yet.")
        bare = [replace(report, facts=(), matches=()) for report in reports]
        return await self._readers.run(judge_again, self._spec, exemplars, tuple(bare), timeout=within)

    async def _record(
        self, reports: Sequence[Report], spec: LensSpec, placing: Placing, *, failed: int = 0
    ) -> tuple[StoryUpdate, ...]:
        channels = await self._store.channels.all()
        earlier = await self._store.stories.earlier([report.entry.number for report in reports])
        watches = by_channel(spec.watches)
        decided = [(report, strongest_of(report, channels, watches)) for report in reports]
        now = self._clock.now()
        silent = quiet_archive(decided, first=self._first, now=now)
        if self._pages is not None:
            decided = await self._pages.without_waiting(decided, silent=silent)
        filled = await self._store.articles.filled(tuple(earlier))
        decided.sort(key=lambda pair: pair[0].entry.when)
        about = Round(silent=silent, earlier=earlier, filled=filled, now=now)
        kept, saved = await placing.keep(decided, about)
        if self._noted is not None:
            self._noted(failed + len(decided) - len(kept), kept, saved)
        await placing.link(saved, at=now)
        return saved

    def _note_model(self, reports: Sequence[Report], spec: LensSpec) -> None:
        """Say so when a model that was there gives out, or is back."""
        if spec.embedder == "none" or not reports:
            return
        if any(report.relevance.model == "none" for report in reports):
            self.model_fault = self.model_fault or GAVE_OUT
        else:
            self.model_fault = ""


def _space(spec: LensSpec) -> LensSpec:
    """Return what of a spec decides how close reports are; the rest changes without a loss."""
    return replace(spec, watches=(), beats=())
