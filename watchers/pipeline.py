"""The walk, written once: feeds that are due become stored entries, those reports, and those stories."""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from watchers.errors import FeedError
from watchers.feeds.due import next_poll_at
from watchers.feeds.fetch import Unchanged, fetch
from watchers.feeds.parsed import parsed
from watchers.ledger.reading import claims_of
from watchers.lens import closeness_of, judge_again, read_batch, read_facts
from watchers.revisions import corrections
from watchers.steps import link_steps
from watchers.store.rows import Polled
from watchers.stories.cluster import CLOSE_AFTER, Index
from watchers.types import StoryUpdate
from watchers.workers import WorkerError, Workers
from watchers.worth import highest, quiet_archive, strongest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.clock import Clock
    from watchers.feeds.guard import Client
    from watchers.lens import Gist
    from watchers.lens_spec import LensSpec
    from watchers.store.store import Store
    from watchers.types import Entry, Exemplar, Feed, Relevance, Report, Story
    from watchers.types.claims import Claim

logger = logging.getLogger(__name__)

SIDE_BY_SIDE: Final = 32  # fetches at a time
READ_TIMEOUT: Final = 60.0  # seconds for a batch, the model's loading included
FIT_TIMEOUT: Final = 600.0  # seconds to make ready: a slow model takes minutes at its first start
GAVE_OUT: Final = "it gave out while reading; entries are judged without it until it answers again"
BATCH: Final = 32  # entries read in one call: 300 ms with the model
# Entries recorded in one transaction. A feed's first poll brings at most as many, and which few of them are
# told is decided over all of them together.
TOGETHER: Final = 2000
# From this relevance on an entry is put into a story even if no channel is told of it alone: a second
# outlet's short report often scores low, and still makes the first one's news a confirmed one.
STORY_FROM: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of polling came to."""

    polled: int = 0
    failed: int = 0
    new: int = 0


class Watcher:
    """Polls and understands. Fetches run side by side; one at a time records."""

    def __init__(
        self,
        *,
        store: Store,
        client: Client,
        parsers: Workers,
        readers: Workers,
        clock: Clock,
        first: int = 3,
    ) -> None:
        self._store = store
        self._client = client
        self._parsers = parsers
        self._readers = readers
        self._clock = clock
        self._first = first
        self._spec: LensSpec | None = None
        self._index: Index | None = None
        self._hands = 0  # the decisions about stories that the index knows of
        self._recording = asyncio.Lock()
        self._asking: set[int] = set()  # feeds that are being polled; rounds may overlap
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
            self._hands, recent, number = await self._open_stories()
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
            self._index = index = await asyncio.to_thread(index.anew, recent, next_number=number)
            logger.info("Stories were merged or split by hand", extra={"action": "stories_mended"})
        return index

    async def poll_due(self, *, limit: int | None = None) -> Round:
        """Poll every feed whose time has come and keep what is new; nothing of it is read yet."""
        now = self._clock.now()
        due = await self._store.feeds.due(now=now, limit=limit)
        feeds = [feed for feed in due if feed.number not in self._asking]
        self._asking.update(feed.number for feed in feeds)
        places = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(feed: Feed) -> int | None:
            try:
                async with places:
                    return await self.poll(feed)
            finally:
                self._asking.discard(feed.number)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(feed)) for feed in feeds]
        results = [task.result() for task in tasks]
        return Round(
            polled=len(results), failed=results.count(None), new=sum(r for r in results if r is not None)
        )

    async def poll(self, feed: Feed) -> int | None:
        """Get one feed and store its new entries; return how many, None if it failed, which is recorded."""
        try:
            answer = await fetch(self._client, feed, clock=self._clock)
            entries = () if isinstance(answer, Unchanged) else (await parsed(self._parsers, answer)).entries
            if feed.polled_at is None:
                entries = tuple(replace(entry, archive=True) for entry in entries)
        except FeedError as error:
            await self._record_failure(feed, error)
            return None
        now = self._clock.now()
        async with self._store.transaction() as rooms:
            new = await rooms.entries.add(entries)
            await rooms.feeds.record(
                Polled(
                    feed=feed.number,
                    at=now,
                    next_poll_at=next_poll_at(feed, None, now=now, jitter=random.random()) or now,
                    validators=answer.validators,
                    new=len(new),
                    moved_to=answer.moved_to,
                )
            )
        logger.debug("Feed polled: %s, %s new", feed.url, len(new), extra={"action": "feed_polled"})
        return len(new)

    async def _record_failure(self, feed: Feed, error: FeedError) -> None:
        now = self._clock.now()
        again = next_poll_at(feed, error, now=now, jitter=random.random())
        await self._store.feeds.record(
            Polled(feed=feed.number, at=now, next_poll_at=again or now, error=str(error), gone=again is None)
        )
        logger.info("Feed failed: %s", error, extra={"action": "feed_failed"})

    async def read_unread(self) -> tuple[StoryUpdate, ...]:
        """Understand every stored entry that nobody read yet, in batches; also what a crash left behind."""
        if self._spec is None or self._index is None:
            return ()
        updates: list[StoryUpdate] = []
        async with self._recording:
            while entries := await self._store.entries.unread(limit=TOGETHER):
                reports: list[Report] = []
                for i in range(0, len(entries), BATCH):
                    reports += await self._understand(entries[i : i + BATCH], self._spec)
                updates += await self._record(reports, self._spec, self._index)
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
        self, reports: Sequence[Report], spec: LensSpec, index: Index
    ) -> tuple[StoryUpdate, ...]:
        index = await self._heed_hands(index)
        channels = await self._store.channels.all()
        earlier = await self._store.stories.earlier([report.entry.number for report in reports])
        decided = [(report, strongest_of(report, channels, spec.watches)) for report in reports]
        now = self._clock.now()
        updates: list[StoryUpdate] = []
        for report, decision in sorted(decided, key=lambda pair: pair[0].entry.when):
            before = earlier.get(report.entry.number)
            if before is not None and before.story is not None:
                updates += await self._correct(report, before.report, before.story, index)
            elif decision != "store" or highest(report) >= STORY_FROM:
                updates.append(index.place(report, now=now))
                await asyncio.sleep(0)
        silent = quiet_archive(decided, first=self._first, now=now)
        async with self._store.transaction() as rooms:
            await rooms.stories.save_reports(decided)
            saved = await rooms.stories.save_updates(updates, silent=silent)
        await link_steps(self._store, saved, index.closeness, at=now)
        return saved

    async def _correct(
        self, report: Report, before: Report, number: int, index: Index
    ) -> tuple[StoryUpdate, ...]:
        """Put the report of a revised text in the place of the earlier one; return what that corrects."""
        story = index.replace(report) or await self._store.stories.get(number)
        come, gone = corrections(before.facts, report.facts)
        if story is None or not (come or gone):
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
