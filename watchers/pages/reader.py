"""Fetch the pages that are wanted, look at them again for some hours, and delete their texts in time."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import random
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from watchers.errors import ParseError
from watchers.feeds.dates import minutes_ahead
from watchers.pages.agreement import agrees
from watchers.pages.courtesy import GAP, Courtesy
from watchers.pages.extract import Page
from watchers.pages.fetch import GONE, NOT_FOUND, Failed, Got, Missing, Same, Shut
from watchers.pages.origins import place_of
from watchers.pages.timetable import CONFIRM, next_look, next_try
from watchers.revisions import is_revision
from watchers.store.rows_articles import Taken
from watchers.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from watchers.clock import Clock
    from watchers.pages.extract import Extracted
    from watchers.pages.fetch import Outcome, Pages
    from watchers.pages.first_look import FirstLook
    from watchers.pages.robots import Robots
    from watchers.store.rows_articles import DuePage
    from watchers.store.store import Store

logger = logging.getLogger(__name__)

AT_ONCE: Final = 200  # rows looked at in one tick
SIDE_BY_SIDE: Final = 8  # pages at a time, each of another host; they go through the feeds' client
PAGE_DEADLINE: Final = 20.0  # seconds for a page with its site's rules; feeds need the connections too
DROP_EVERY: Final = timedelta(minutes=10)  # between two looks for texts kept long enough
DROP_AT_ONCE: Final = 200  # texts deleted in one transaction: 60 ms with the search index
WITHDRAWN: Final = "its page says that it was withdrawn"
NO_ARTICLE: Final = "its page shows no text of the article"
NO_MORE: Final = "its page says no more than its feed"


class PageReader:
    """One for the whole program. `look` is one tick; ticks may overlap."""

    def __init__(
        self,
        *,
        store: Store,
        pages: Pages,
        robots: Robots,
        extract: Callable[[Page], Awaitable[Extracted]],
        first_look: FirstLook,
        clock: Clock,
        most: int,
        again: timedelta,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what is needed; `most` pages an hour and host, `again` is how long pages are looked at again.

        `changed` is called when there is something new to read or to tell.
        """
        self._store = store
        self._pages = pages
        self._robots = robots
        self._extract = extract
        self._first_look = first_look
        self._clock = clock
        self._again = again
        self._changed = changed
        self._courtesy = Courtesy(most=most)
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._busy: dict[str, DuePage] = {}  # what each host is being asked for

    async def look(self) -> int:
        """Ask for the pages whose time and whose host's turn has come; return how many.

        Raises what the store raised, after all pages had their turn.
        """
        self._first_look.heard()
        due = await self._store.articles.due(now=self._clock.now(), limit=AT_ONCE)
        mine, later = self._turns(due)
        errors: list[Exception] = []

        async def one(page: DuePage) -> None:
            try:
                await self._ask(page)
            except Exception as error:  # noqa: BLE001 -- raised below, when the others have had their turn
                errors.append(error)

        try:
            if later:
                await self._store.articles.put_off(later)
            async with asyncio.TaskGroup() as group:
                for page in mine:
                    group.create_task(one(page))
        finally:
            for page in mine:  # a task that never ran, too
                self._let_go(page)
        if errors:
            raise errors[0]
        return len(mine)

    def _turns(self, due: tuple[DuePage, ...]) -> tuple[list[DuePage], list[tuple[int, datetime]]]:
        """Divide what is due into one page for each host whose turn it is, and what waits for its turn."""
        now = self._clock.now()
        mine: list[DuePage] = []
        later: list[tuple[int, datetime]] = []
        ahead: dict[str, int] = {}
        for one in due:
            host, gap = place_of(_url(one)), max(GAP, self._robots.delay(_url(one)))
            asked = self._busy.get(host)
            if asked is not None and asked.article.entry == one.article.entry:
                continue
            turn = self._courtesy.turn(host, now=now, gap=gap, ahead=ahead.get(host, 0))
            if turn <= now and asked is None:
                self._courtesy.note(host, at=now)
                self._busy[host] = one
                mine.append(one)
            else:
                later.append((one.article.entry, max(turn, now + gap)))
                ahead[host] = ahead.get(host, 0) + 1
        return mine, later

    def _let_go(self, page: DuePage) -> None:
        host = place_of(_url(page))
        if self._busy.get(host) is page:
            del self._busy[host]

    async def _ask(self, due: DuePage) -> None:
        """Get a page and record what came of it; whatever it leads to, it waits like one that failed."""
        try:
            await self._record(due, await self._got(due))
        except Exception as error:
            logger.exception("Page of a%s: fault", due.article.entry, extra={"action": "page_failed"})
            await self._fail(due, Failed(why=f"it could not be read ({type(error).__name__})"))
        self._changed()  # what waited for its page, or a card, goes on at once

    async def _got(self, due: DuePage) -> Outcome:
        article = due.article
        try:
            async with self._places:
                async with asyncio.timeout(PAGE_DEADLINE):
                    return await self._pages.get(
                        _url(due),
                        named_by=due.named_by,
                        etag=article.etag,
                        last_modified=article.last_modified,
                    )
        except TimeoutError:
            return Failed(why=f"its server took over {PAGE_DEADLINE:g} s")
        finally:
            self._let_go(due)

    async def _record(self, due: DuePage, outcome: Outcome) -> None:
        number, now = due.article.entry, self._clock.now()
        match outcome:
            case Got():
                await self._read(due, outcome)
            case Same():
                await self._seen(due, due.article.etag, due.article.last_modified)
            case Shut(why=why):
                await self._store.articles.close(number, why)
                logger.info("Page of a%s is closed: %s", number, why, extra={"action": "page_closed"})
            case Missing(gone=False) if due.article.read_at is None:
                await self._fail(due, Failed(why=NOT_FOUND))  # never seen: no sign that it was taken down
            case Missing(gone=gone) if gone or due.article.why == NOT_FOUND:
                why = GONE if gone else NOT_FOUND
                await self._store.articles.lose(number, "gone", why, at=now)
                logger.info("Article a%s is gone: %s", number, why, extra={"action": "page_gone"})
            case Missing():
                await self._store.articles.fail(number, NOT_FOUND, next_at=now + CONFIRM)
            case Failed():
                await self._fail(due, outcome)

    async def _read(self, due: DuePage, got: Got) -> None:
        entry = due.entry
        page = Page(url=got.url, body=got.body, content_type=got.content_type)
        try:
            told = await self._extract(page)
        except (ParseError, WorkerError) as error:  # a busy machine may be why a worker came to nothing
            await self._fail(due, Failed(why=str(error), for_good=isinstance(error, ParseError)))
            return
        if told.closed:
            await self._record(due, Shut(why=told.closed))
        elif told.withdrawn:
            await self._store.articles.lose(entry.number, "withdrawn", WITHDRAWN, at=self._clock.now())
            logger.info("Article a%s was withdrawn", entry.number, extra={"action": "page_withdrawn"})
        elif due.article.state == "wanted":
            await self._fill(due, got, told)
        else:
            await self._compare(due, got, told)

    async def _fill(self, due: DuePage, got: Got, told: Extracted) -> None:
        """Take a page's first text, if it is the article's and more than its feed gave."""
        entry, now = due.entry, self._clock.now()
        if not agrees(entry.title, told.text):
            await self._fail(due, Failed(why=NO_ARTICLE, for_good=True))
        elif len(told.text) <= max(len(entry.body), len(entry.summary)):
            await self._fail(due, Failed(why=NO_MORE, for_good=True))
        else:
            taken = _taken(due, got, told, next_at=next_look(now, now=now, until=self._again))
            await self._store.articles.fill(taken, at=now)
            logger.debug("Page of a%s was read", entry.number, extra={"action": "page_read"})

    async def _compare(self, due: DuePage, got: Got, told: Extracted) -> None:
        """Take a page's text again if its figures changed; whatever else did is no news."""
        entry, now = due.entry, self._clock.now()
        after = replace(entry, body=told.text)
        if (
            _hash(told.text) == due.article.text_hash
            or not agrees(entry.title, told.text)
            or not is_revision(entry, after)
        ):
            await self._seen(due, got.etag, got.last_modified)
            return
        taken = _taken(due, got, told, next_at=self._next(due))
        await self._store.articles.correct(taken, at=now)
        logger.info("Article a%s has other figures", entry.number, extra={"action": "page_changed"})

    async def _seen(self, due: DuePage, etag: str, last_modified: str) -> None:
        await self._store.articles.seen(
            due.article.entry, next_at=self._next(due), etag=etag, last_modified=last_modified
        )

    async def _fail(self, due: DuePage, failed: Failed) -> None:
        """Try again later, if that helps; a page that was read once is let be until its next look."""
        article, now = due.article, self._clock.now()
        if article.state != "wanted":
            await self._store.articles.fail(article.entry, failed.why, next_at=self._next(due))
            return
        again = next_try(article.tries + 1, now=now, jitter=random.random(), asked=failed.retry_after)
        again = None if failed.for_good else again
        await self._store.articles.fail(article.entry, failed.why, next_at=again, for_good=again is None)
        logger.info("Page of a%s: %s", article.entry, failed.why, extra={"action": "page_failed"})

    def _next(self, due: DuePage) -> datetime | None:
        now = self._clock.now()
        return next_look(due.article.read_at or now, now=now, until=self._again)


class TextKeeper:
    """Deletes articles' texts that were kept long enough, also where no new ones are fetched."""

    def __init__(self, store: Store, *, clock: Clock, keep: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._keep = keep
        self._looked: datetime | None = None

    async def drop(self) -> int:
        """Delete a bounded number of texts whose time is over, and return how many; seldom asks twice."""
        now = self._clock.now()
        if self._looked is not None and timedelta() <= now - self._looked < DROP_EVERY:
            return 0
        dropped = await self._store.articles.drop(before=now - self._keep, limit=DROP_AT_ONCE)
        self._looked = now if dropped < DROP_AT_ONCE else None
        return dropped


def _url(due: DuePage) -> str:
    return due.article.url or due.entry.link


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _taken(due: DuePage, got: Got, told: Extracted, *, next_at: datetime | None) -> Taken:
    return Taken(
        entry=due.entry.number,
        text=told.text,
        url=got.url,
        text_hash=_hash(told.text),
        etag=got.etag,
        last_modified=got.last_modified,
        published=told.published.astimezone(UTC) if told.published else None,
        offset=minutes_ahead(told.published) if told.published else 0,
        lang=told.lang,
        next_at=next_at,
    )
