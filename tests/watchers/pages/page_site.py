"""One served site, and what asks it for pages and for its rules about them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.feedserver import Answer, FeedServer, feed_server
from tests.watchers.pages.page_desk import ARTICLE, HTML, START, html, worth
from watchers.clock import SteppedClock
from watchers.feeds.guard import open_client
from watchers.pages.fetch import Pages
from watchers.pages.reservations import Reservations
from watchers.pages.robots import Robots

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from watchers.pages.fetch import Outcome


@dataclass
class Site:
    """A served site and what asks it."""

    server: FeedServer
    pages: Pages
    robots: Robots
    clock: SteppedClock

    async def get(self, path: str = ARTICLE) -> Outcome:
        """Ask for a path."""
        return await self.pages.get(self.server.url(path), named_by=self.server.url("/feed"))

    def rules(self, text: str) -> None:
        """Let robots.txt say this."""
        self.server.routes["/robots.txt"] = Answer(body=text.encode())


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    clock = SteppedClock(START)
    async with (
        feed_server() as server,
        open_client(contact="mailto:d@example.org", version="1", allow=frozenset({server.pair})) as client,
    ):
        server.routes[ARTICLE] = Answer(body=html(worth()), headers=HTML)
        robots = Robots(client, clock)
        pages = Pages(client, robots, Reservations(client, clock), clock=clock, limit=2 * 1024 * 1024)
        yield Site(server=server, pages=pages, robots=robots, clock=clock)
