"""Understanding, written once: what was stored becomes reports, and those stories. `polling.py` stores it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from watchers.ledger.reading import claims_of
from watchers.lens_asked import closeness_of, judge_again, read_batch, read_facts
from watchers.revisions import corrections
from watchers.steps import Affairs, link_steps
from watchers.stories.cluster import CLOSE_AFTER, Index
from watchers.types import StoryUpdate
from watchers.workers import WorkerError
from watchers.worth import by_channel, is_worth_a_story, quiet_archive, strongest_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from watchers.clock import Clock
    from watchers.lens import Gist
    from watchers.lens_spec import LensSpec
    from watchers.pages.first_look import FirstLook
    from watchers.relevance.decide import Decision
    from watchers.store.store import Store
    from watchers.types import Entry, Exemplar, Relevance, Report, Story
    from watchers.types.claims import Claim
    from watchers.workers import Workers

    Noted = Callable[[int, Sequence[tuple[Report, Decision]], Sequence[StoryUpdate]], None]

logger = logging.getLogger(__name__)

READ_TIMEOUT: Final = 60.0  # seconds for a batch, the model's loading included
FIT_TIMEOUT: Final = 600.0  # seconds to make ready: a slow model takes minutes at its first start
GAVE_OUT: Final = "it gave out while reading; entries are judged without it until it answers again"
BATCH: Final = 32  # entries read in one call: 300 ms with the model
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
        self._clock = clock
        self._first = first
        self._spec: LensSpec | None = None
        self._index: Index | None = None
        self._hands = 0  # the decisions about stories that the index knows of
        self._recording = asyncio.Lock()
        self._affairs = Affairs()
        self.model_fault = ""

    @property
    def ready(self) -> bool:
        """Tell whether there is a lens to read through."""
        return self._spec is not None

    async def look_through(self, spec: LensSpec) -> None:
        """Read entries through this lens from now on; a changed one costs a second or two in the worker."""
        if spec == self._spec:
            return
        if self._spec is None or _space(spec) != _space(self._spec):
            logger.info("Making the model ready", extra={"action": "model_loading"})
            closeness, self.model_fault = await self._readers.run(closeness_of, spec, timeout=FIT_TIMEOUT)
            if self._clusters:
                self._hands, recent, number = await self._open_stories()
                self._affairs.forget()
                # Many stories take a second, in which people's commands are to be answered.
                self._index = await asyncio.to_thread(Index.of, recent, closeness, next_number=number)
        self._spec = spec  # last: what failed is tried again

    async def _open_stories(self) -> tuple[int, tuple[Story, ...], int]:
        """Return how many decisions about stories there are, the open stories, and the next one's number."""
        hands = await self._store.hands.revision()  # first: what comes meanwhile is taken up the next time
        recent = await self._store.stories.recent(since=self._clock.now() - CLOSE_AFTER)
        return hands, recent, await self._store.stories.last_number() + 1

    async def _heed_hands(self, index: Index) -> Index:
        """Return the index, made anew if somebody merged or split stories since, in whatever process."""
        if await self._store.hands.revision() != self._hands:
            self._hands, recent, number = await self._open_stories()
            self._affairs.forget()
            self._index = index = await asyncio.to_thread(index.anew, recent, next_number=number)
            logger.info("Stories were merged or split by hand", extra={"action": "stories_mended"})
        return index

    async def read_unread(
        self,
        *,
        progress: Callable[[int], None] = lambda _: None,
        recorded: Callable[[], Awaitable[None]] | None = None,
    ) -> tuple[StoryUpdate, ...]:
        """Understand every stored entry that nobody read yet, in batches; also what a crash left behind.

        `progress` is told how many entries each batch had. `recorded` is awaited whenever updates are on
        record: what comes in meanwhile holds up nobody's alert.
        """
        if self._spec is None or self._index is None:
            return ()
        updates: list[StoryUpdate] = []
        async with self._recording:
            while entries := await self._store.entries.unread(limit=TOGETHER):
                reports: list[Report] = []
                for i in range(0, len(entries), BATCH):
                    reports += await self._understand(entries[i : i + BATCH], self._spec)
                    progress(len(entries[i : i + BATCH]))
                failed = len(entries) - len(reports)
                updates += await self._record(reports, self._spec, self._index, failed=failed)
                if recorded is not None:
                    await recorded()
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
        self, reports: Sequence[Report], spec: LensSpec, index: Index, *, failed: int = 0
    ) -> tuple[StoryUpdate, ...]:
        index = await self._heed_hands(index)
        channels = await self._store.channels.all()
        earlier = await self._store.stories.earlier([report.entry.number for report in reports])
        watches = by_channel(spec.watches)
        decided = [(report, strongest_of(report, channels, watches)) for report in reports]
        now = self._clock.now()
        silent = quiet_archive(decided, first=self._first, now=now)
        if self._pages is not None:
            decided = await self._pages.without_waiting(decided, silent=silent)
        filled = await self._store.articles.filled(tuple(earlier))
        updates: list[StoryUpdate] = []
        for report, decision in sorted(decided, key=lambda pair: pair[0].entry.when):
            before = earlier.get(report.entry.number)
            if before is not None and before.story is not None:
                absent = report.entry.number in filled
                updates += await self._correct(report, before.report, before.story, index, absent=absent)
            elif is_worth_a_story(report, decision):
                updates.append(index.place(report, now=now))
                await asyncio.sleep(0)
        async with self._store.transaction() as rooms:
            await rooms.stories.save_reports(decided)
            saved = await rooms.stories.save_updates(updates, silent=silent)
        if self._noted is not None:
            self._noted(failed, decided, saved)
        await link_steps(self._store, saved, index.closeness, self._affairs, at=now)
        return saved

    async def _correct(
        self, report: Report, before: Report, number: int, index: Index, *, absent: bool
    ) -> tuple[StoryUpdate, ...]:
        """Put the report of a revised text in the place of the earlier one; return what that corrects.

        What was `absent`, for the earlier text was a teaser, corrects nothing; the story's cards get it.
        """
        story = index.replace(report) or await self._store.stories.get(number)
        come, gone = ((), ()) if absent else corrections(before.facts, report.facts)
        if story is None or not (come or gone or absent):
            return ()
        key = report.entry.key
        story = replace(
            story, reports=tuple(report if one.entry.key == key else one for one in story.reports)
        )
        return (
            StoryUpdate(
                story=story,
                report=report,
                kind="corrected",
                new_facts=come,
                new_origin=False,
                at=self._clock.now(),
                was=gone,
            ),
        )

    async def _understand(self, entries: tuple[Entry, ...], spec: LensSpec) -> tuple[Report, ...]:
        """Read a batch; if that fails, one by one, and leave out the entry that cannot be read."""
        try:
            reports = await self._readers.run(read_batch, spec, entries, timeout=READ_TIMEOUT)
        except WorkerError as error:
            if len(entries) > 1:
                return tuple([one for entry in entries for one in await self._understand((entry,), spec)])
            number = entries[0].number
            logger.warning("Entry a%s could not be read: %s", number, error, extra={"action": "entry_unread"})
            await self._store.entries.mark_read([number])
            return ()
        self._note_model(reports, spec)
        return reports

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
