"""Ask a feed now and keep nothing: for trying an address before it is added."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

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


class FeedReading:
    """Reads feeds through the guarded client and a parsing worker, as polling does."""

    def __init__(self, client: Client, parsers: Workers, *, clock: Clock) -> None:
        self._client = client
        self._parsers = parsers
        self._clock = clock

    async def try_feed(self, url: str) -> tuple[Entry, ...]:
        """Return what a feed holds, newest first. Raises FeedError, which says why it cannot be read."""
        answer = await fetch(self._client, Feed(number=0, url=url, name=""), clock=self._clock)
        entries = await parsed(self._parsers, answer) if isinstance(answer, Fetched) else ()
        return tuple(sorted(entries, key=lambda entry: entry.when, reverse=True))


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

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[FeedReading]:
        async with (
            open_client(contact=self._contact, version=self._version, allow=self._allow) as client,
            Workers(1, preload=("watchers.feeds.parse",)) as parsers,
        ):
            yield FeedReading(client, parsers, clock=self._clock)
