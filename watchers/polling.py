"""Ask the feeds that are due and keep what is new: side by side, one at a time of each host."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from watchers.errors import FeedError, is_away
from watchers.failures import told
from watchers.feeds.crawled import permit
from watchers.feeds.due import scale
from watchers.feeds.fetch import Unchanged, ask
from watchers.feeds.known import Memory
from watchers.feeds.parsed import parsed
from watchers.pages.robots import Robots
from watchers.polled import Answer, of_answer, of_failure, remembered
from watchers.recording import Outcome, Recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from watchers.clock import Clock
    from watchers.feeds.guard import Client
    from watchers.store.rows_feeds import Polled
    from watchers.store.store import Store
    from watchers.types import Entry, Feed
    from watchers.workers import Workers

logger = logging.getLogger(__name__)

# Feeds that are asked or parsed at a time: each may hold a document in memory, 33 kB as a rule.
SIDE_BY_SIDE: Final = 64
# Seconds for which a feed is left alone that could not be written down: its row still says that it is due. If
# the store refuses it again after that, a failure is recorded.
REST: Final = 60.0
SCALED_EVERY: Final = timedelta(hours=1)  # what feeds publish together changes over days
# Feeds whose rhythms say how busy all are: a search of 50 ms, where 1 000 would take a quarter of a second.
SAMPLE: Final = 200
SEVERAL: Final = 3  # feeds that all fail in one round, and it is hardly the feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of polling came to."""

    polled: int = 0
    failed: int = 0
    new: int = 0


class Poller:
    """Polls. Rounds may overlap: a feed is asked once at a time, a host for one feed after the other."""

    def __init__(
        self,
        *,
        store: Store,
        client: Client,
        parsers: Workers,
        clock: Clock,
        robots: Robots | None = None,
        side_by_side: int = SIDE_BY_SIDE,
        archive: bool = False,
        stored: Callable[[], None] | None = None,
        noted: Callable[[Polled], None] | None = None,
    ) -> None:
        """Open a poller; with `archive` all that is new counts as an archive, which is told to nobody.

        `stored` is called whenever something new was written down, `noted` with what each poll came to.
        Without `robots` what sites allow is asked for anew.
        """
        self._store = store
        self._client = client
        self._parsers = parsers
        self._clock = clock
        self._robots = robots or Robots(client, clock)
        self._archive = archive
        self._stored = stored
        self._noted = noted
        self._places = asyncio.Semaphore(side_by_side)
        self._hosts: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._recorder = Recorder(store)
        self._memory = Memory()
        self.concluded = 0  # polls that were over, however they went; it only grows
        self._asking: set[int] = set()
        self._resting: dict[int, float] = {}  # until when, by the loop's time; since the store refused them
        self._cut_off = False  # all feeds of a round failed, and none was read since
        self._scale = 1.0
        self._scaled_at: datetime | None = None

    async def poll_due(self, *, limit: int | None = None) -> Round:
        """Poll every feed whose time has come and keep what is new; nothing of it is read yet.

        Raises what the store raised, after all others were polled and kept.
        """
        due = await self._store.feeds.due(now=self._clock.now(), limit=limit)
        return await self.poll_some(due)

    async def poll_some(self, some: Sequence[Feed]) -> Round:
        """Poll these feeds, but those that are being asked, and keep what is new. Raises as above."""
        await self._weigh(self._clock.now())
        feeds = [feed for feed in some if self._may(feed)]
        errors: list[Exception] = []

        async def one(feed: Feed) -> Polled | None:
            try:
                return await self._poll(feed)
            except Exception as error:  # noqa: BLE001 -- raised below, when the others have had their turn
                errors.append(error)
                return None
            finally:
                self._asking.discard(feed.number)

        self._asking.update(feed.number for feed in feeds)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(feed)) for feed in feeds]
        finally:
            self._asking.difference_update(feed.number for feed in feeds)  # a task that never ran, too
            await self._recorder.settle()
        came = [task.result() for task in tasks]
        results = [(feed, polled) for feed, polled in zip(feeds, came, strict=True) if polled is not None]
        failed = [(feed, polled) for feed, polled in results if polled.error]
        _tell(failed)
        if errors:
            raise errors[0]
        self._look_at_network(len(results), failed=len(failed))
        new = sum(polled.new for _, polled in results if not polled.error)
        return Round(polled=len(results), failed=len(failed), new=new)

    async def poll(self, feed: Feed) -> int | None:
        """Get one feed and store its new entries; return how many, None if it failed, which is recorded."""
        polled = await self._poll(feed)
        if polled.error:
            _tell([(feed, polled)])
        return None if polled.error else polled.new

    async def _poll(self, feed: Feed) -> Polled:
        self._recorder.expect()
        try:
            came = await self._asked(feed)
        finally:
            self.concluded += 1
            self._recorder.expect_no_more()
        polled = await self._kept(feed, *came)
        if self._noted is not None:
            self._noted(polled)
        if polled.error:
            logger.debug("Feed failed: %s", polled.error, extra={"action": "feed_failed"})
            return polled
        if isinstance(came[0], Answer):
            self._memory.keep(feed.number, remembered(came[0], polled))
        if polled.new and self._stored is not None:
            self._stored()
        logger.debug("Feed polled: %s, %s new", feed.url, polled.new, extra={"action": "feed_polled"})
        return polled

    async def _kept(self, feed: Feed, came: Answer | FeedError, entries: tuple[Entry, ...]) -> Polled:
        """Write down what a poll came to.

        What the store refuses again, after a rest, is the feed's own fault and is recorded as its failure: it
        then waits like one, and is told of.
        """
        try:
            polled = await self._recorder.keep(self._outcome(feed, came, entries))
        except Exception as error:
            again = feed.number in self._resting
            self._resting[feed.number] = asyncio.get_running_loop().time() + REST
            if not again or is_away(error):
                raise
            logger.exception("A feed could not be stored: %s", feed.url, extra={"action": "feed_failed"})
            failure = FeedError(f"{feed.url} could not be stored: {error}", url=feed.url)
            return await self._recorder.keep(self._outcome(feed, failure, ()))
        self._resting.pop(feed.number, None)
        return polled

    def _look_at_network(self, polled: int, *, failed: int) -> None:
        """Say once, in a sentence, that nothing can be read at all."""
        if failed < polled:
            self._cut_off = False
        elif polled >= SEVERAL and not self._cut_off:
            self._cut_off = True
            logger.warning(
                "None of %s feeds could be read: is this machine online, and does it resolve names?",
                polled,
                extra={"action": "nothing_reached"},
            )

    def _may(self, feed: Feed) -> bool:
        """Tell whether a feed that is due may be asked: it is not being asked, and not to be left alone."""
        if feed.number in self._asking:
            return False
        until = self._resting.get(feed.number)
        return until is None or until <= asyncio.get_running_loop().time()

    async def _asked(self, feed: Feed) -> tuple[Answer | FeedError, tuple[Entry, ...]]:
        """Ask a feed in its host's turn and read what came: its answer and entries, or what went wrong."""
        host = host_of(feed.url)
        turn = self._hosts.get(host)
        if turn is None:
            turn = self._hosts[host] = asyncio.Lock()
        async with turn, self._places:
            try:
                return await self._read(feed)
            except FeedError as error:
                return error, ()
            except Exception as error:
                # whatever one feed leads to, it waits like one that failed, and the others go on
                logger.exception("A feed could not be polled: %s", feed.url, extra={"action": "feed_failed"})
                return FeedError(f"{feed.url} could not be polled: {type(error).__name__}.", url=feed.url), ()

    async def _read(self, feed: Feed) -> tuple[Answer, tuple[Entry, ...]]:
        before = self._memory.of(feed.number)
        await permit(self._robots, feed.url, kind=feed.kind)
        answered = await ask(self._client, feed, clock=self._clock, known=before.hashes)
        if isinstance(answered.answer, Unchanged):
            return Answer(feed=feed, answered=answered, document=None, before=before), ()
        document = await parsed(self._parsers, answered.answer, within=self._client.limits.parse)
        entries, document = document.entries, replace(document, entries=())
        answer = Answer(feed=feed, answered=answered, document=document, before=before)
        if answer.first or self._archive:
            entries = tuple([replace(entry, archive=True) for entry in entries])
        return answer, entries

    def _outcome(self, feed: Feed, came: Answer | FeedError, entries: tuple[Entry, ...]) -> Outcome:
        def conclude(new: Sequence[Entry], jitter: float) -> Polled:
            now = self._clock.now()
            if isinstance(came, FeedError):
                return of_failure(feed, came, now=now, jitter=jitter, scale=self._scale)
            return of_answer(came, new, now=now, jitter=jitter, scale=self._scale)

        document = came.document if isinstance(came, Answer) else None
        return Outcome(
            conclude=conclude, entries=entries, shared=document.shared if document else frozenset()
        )

    async def _weigh(self, now: datetime) -> None:
        """Find the factor on all intervals anew, from time to time: see `scale`."""
        if self._scaled_at is not None and abs(now - self._scaled_at) < SCALED_EVERY:
            return
        self._scaled_at = now
        habits = await self._store.feeds.habits(most=SAMPLE)
        if habits:
            every = sum((one.every for one in habits), timedelta()) / len(habits)
            self._scale = await asyncio.to_thread(scale, [one.rhythm for one in habits], every)


def _tell(failed: Sequence[tuple[Feed, Polled]]) -> None:
    """Log of feeds that failed in one round: loudly of a reason for which one began to, and each once."""
    for line, is_new in told(failed):
        logger.log(logging.WARNING if is_new else logging.INFO, "%s", line, extra={"action": "feed_failed"})


def host_of(url: str) -> str:
    """Return whom a link asks, for taking turns only: what may be opened is the guard's to say."""
    return url.split("/", 3)[2].lower() if url.count("/") > 1 else ""
