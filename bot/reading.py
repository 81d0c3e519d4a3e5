"""Ask a source now and keep nothing: for trying an address, and what it offers, before it is added."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar, TypeVarTuple

from watchers.errors import FetchError, ParseError
from watchers.feeds.crawled import permit
from watchers.feeds.discover import Found, discover
from watchers.feeds.fetch import fetch
from watchers.feeds.newssearch import Terms, own_terms, terms_of
from watchers.feeds.opml import MAX_OPML, Outline, read_opml
from watchers.feeds.parsed import parsed
from watchers.feeds.selectors import suggest_selectors
from watchers.pages.robots import Robots
from watchers.text import plain_text
from watchers.types import Feed, Fetched
from watchers.types.watching import NO_WISHES, SourceKind, Wishes
from watchers.workers import WorkerError, Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from watchers.clock import Clock
    from watchers.feeds.guard import Client, Response
    from watchers.feeds.listpage import Suggestion
    from watchers.types import Entry

Args = TypeVarTuple("Args")
R = TypeVar("R")

_MAX_TITLE: Final = 1_000  # characters of what a source calls itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a source holds now. `entries` are its newest first, `title` is what it calls itself, may be empty.

    For a news search's feed `terms` is what to tell before it is added and `own_terms` what its channel
    itself says of rights, plain text, may be empty; None and empty for all else.
    """

    entries: tuple[Entry, ...] = ()
    title: str = ""
    wishes: Wishes = NO_WISHES
    terms: Terms | None = None
    own_terms: str = ""


class FeedReading:
    """Reads sources through the guarded client and a parsing worker, as polling does."""

    def __init__(
        self, client: Client, parsers: Workers, *, clock: Clock, robots: Robots | None = None
    ) -> None:
        """Take what the program has; without `robots` what sites allow is asked for anew."""
        self._client = client
        self._parsers = parsers
        self._clock = clock
        self._robots = robots or Robots(client, clock)

    async def try_source(
        self, url: str, *, kind: SourceKind = "feed", selector: str = "", named_by: str = ""
    ) -> Trial:
        """Return what a source holds now. Raises FeedError, which says why it cannot be read.

        Asking a news search tells it the words looked for: show `terms_of(url)` first. `named_by` is the page
        that names the source, as `Client.get` takes it; empty if a person did.
        """
        await permit(self._robots, url, kind=kind)
        feed = Feed(number=0, url=url, name="", kind=kind, selector=selector)
        answer = await fetch(self._client, feed, clock=self._clock, named_by=named_by)
        if not isinstance(answer, Fetched):
            return Trial()
        document = await parsed(self._parsers, answer, within=self._client.limits.parse)
        terms = terms_of(url) if kind in {"feed", "search"} else None
        own = await self._worked(url, own_terms, answer.body, answer.content_type) if terms else ""
        newest = sorted(document.entries, key=lambda entry: entry.when, reverse=True)
        return Trial(
            entries=tuple(newest),
            title=" ".join(plain_text(document.title[:_MAX_TITLE]).split()),
            wishes=document.wishes,
            terms=terms,
            own_terms=own,
        )

    async def feeds_on(self, url: str) -> tuple[Found, ...]:
        """Return the feeds of a web page, a few at most, those it names first. Raises FeedError."""
        return await discover(self._client, url, parsers=self._parsers)

    async def selectors_on(self, url: str) -> tuple[Suggestion, ...]:
        """Return selectors that find lists of articles on a page, the likeliest first. Raises FeedError."""
        await permit(self._robots, url, kind="page")
        answer = await self._got(url, limit=self._client.limits.page)
        kind = answer.header("content-type")
        return await self._worked(url, suggest_selectors, answer.body, answer.url, kind)

    async def outlines_at(self, url: str) -> tuple[Outline, ...]:
        """Return the feeds of an OPML file on the web. Raises FeedError, or OpmlError if it is none."""
        answer = await self._got(url, limit=MAX_OPML)
        return await self._worked(url, read_opml, answer.body)

    async def _got(self, url: str, *, limit: int) -> Response:
        answer = await self._client.get(url, limit=limit)
        if answer.status != 200:
            raise FetchError(f"{url} answered with status {answer.status}.", url=url, status=answer.status)
        return answer

    async def _worked(self, url: str, function: Callable[[*Args], R], *args: *Args) -> R:
        """Run what reads hostile text in a worker that can be killed."""
        try:
            return await self._parsers.run(function, *args, timeout=self._client.limits.parse)
        except WorkerError as error:
            raise ParseError(f"{url} could not be read: {error}", url=url) from error


class ReadingAlone:
    """Opens what reading a source needs only when one is asked: for the command line."""

    def __init__(self, opening: Callable[[], AbstractAsyncContextManager[Client]], *, clock: Clock) -> None:
        """Read through the clients that `opening` opens."""
        self._opening = opening
        self._clock = clock

    async def try_source(
        self, url: str, *, kind: SourceKind = "feed", selector: str = "", named_by: str = ""
    ) -> Trial:
        """Return what a source holds now, as FeedReading does. Raises FeedError."""
        async with self.opened() as reading:
            return await reading.try_source(url, kind=kind, selector=selector, named_by=named_by)

    async def feeds_on(self, url: str) -> tuple[Found, ...]:
        """Return the feeds of a web page, a few at most, those it names first. Raises FeedError."""
        async with self.opened() as reading:
            return await reading.feeds_on(url)

    async def selectors_on(self, url: str) -> tuple[Suggestion, ...]:
        """Return selectors that find lists of articles on a page, the likeliest first. Raises FeedError."""
        async with self.opened() as reading:
            return await reading.selectors_on(url)

    async def outlines_at(self, url: str) -> tuple[Outline, ...]:
        """Return the feeds of an OPML file on the web. Raises FeedError, or OpmlError if it is none."""
        async with self.opened() as reading:
            return await reading.outlines_at(url)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[FeedReading]:
        """Open what reading needs for as long as several sources are asked."""
        async with (
            self._opening() as client,
            Workers(1, preload=("watchers.feeds.parse",)) as parsers,
        ):
            yield FeedReading(client, parsers, clock=self._clock)
