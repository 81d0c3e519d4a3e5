"""Ask a feed or a page now and keep nothing: for trying an address before it is added."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from yarl import URL

from watchers.feeds.addresses import unfit
from watchers.feeds.fetch import fetch
from watchers.feeds.guard import open_client
from watchers.feeds.parsed import parsed
from watchers.types import Feed, Fetched
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from watchers.clock import Clock
    from watchers.feeds.guard import Client
    from watchers.types import Entry


MOST_NAMED: Final = 3  # feeds of a page that are offered; blogs name one for posts and one for comments
_HEAD: Final = 100_000  # bytes of a page in which its feeds are looked for; they stand in its head
_LINK: Final = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_TYPE: Final = re.compile(r"""type\s?=\s?["']?application/(?:rss|atom|feed)\+(?:xml|json)""", re.IGNORECASE)
_HREF: Final = re.compile(r"""href\s?=\s?["']?([^\s"'<>]{1,1000})""", re.IGNORECASE)


def named_feeds(page: bytes, base: str) -> tuple[str, ...]:
    """Return the addresses of the feeds that a web page's head names, MOST_NAMED at most, in its order."""
    found: list[str] = []
    for link in _LINK.findall(page[:_HEAD].decode("utf-8", "replace")):
        href = _HREF.search(link) if _TYPE.search(link) else None
        if href is None:
            continue
        try:
            url = URL(urljoin(base, unescape(href[1])))
        except ValueError:
            continue
        if not unfit(url):
            found.append(str(url))
    return tuple(dict.fromkeys(found))[:MOST_NAMED]


class FeedReading:
    """Reads feeds through the guarded client and a parsing worker, as polling does."""

    def __init__(self, client: Client, parsers: Workers, *, clock: Clock) -> None:
        self._client = client
        self._parsers = parsers
        self._clock = clock

    async def try_feed(self, url: str) -> tuple[Entry, ...]:
        """Return what a feed holds, newest first. Raises FeedError, which says why it cannot be read."""
        answer = await fetch(self._client, Feed(number=0, url=url, name=""), clock=self._clock)
        entries = (await parsed(self._parsers, answer)).entries if isinstance(answer, Fetched) else ()
        return tuple(sorted(entries, key=lambda entry: entry.when, reverse=True))

    async def feeds_on(self, url: str) -> tuple[str, ...]:
        """Return the addresses of the feeds that a web page names, a few at most. Raises FeedError."""
        answer = await self._client.get(url)
        return named_feeds(answer.body, answer.url)


class ReadingAlone:
    """Opens what reading a feed needs only when one is asked: for the command line."""

    def __init__(
        self, *, contact: str, version: str, allow: frozenset[tuple[str, int]], clock: Clock
    ) -> None:
        self._contact = contact
        self._version = version
        self._allow = allow
        self._clock = clock

    async def try_feed(self, url: str) -> tuple[Entry, ...]:
        """Return what a feed holds, newest first. Raises FeedError, which says why it cannot be read."""
        async with self._open() as reading:
            return await reading.try_feed(url)

    async def feeds_on(self, url: str) -> tuple[str, ...]:
        """Return the addresses of the feeds that a web page names, a few at most. Raises FeedError."""
        async with self._open() as reading:
            return await reading.feeds_on(url)

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[FeedReading]:
        async with (
            open_client(contact=self._contact, version=self._version, allow=self._allow) as client,
            Workers(1, preload=("watchers.feeds.parse",)) as parsers,
        ):
            yield FeedReading(client, parsers, clock=self._clock)
