"""A canary on this machine that must never be reached, by whatever door an address comes in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Final

import pytest

from bot.commands.answer import CommandLayer
from bot.commands.request import Asker, Request
from bot.judging import JudgingAlone
from bot.reading import FeedReading
from tests.feedserver import Answer, FeedServer, canary, feed_server
from watchers.clock import SteppedClock
from watchers.errors import FeedError
from watchers.feeds.fetch import fetch
from watchers.feeds.guard import Client, Limits, open_client
from watchers.feeds.opml import OpmlError
from watchers.lens_spec import LensSpec
from watchers.pages.fetch import Pages
from watchers.pages.reservations import Reservations
from watchers.pages.robots import Robots
from watchers.polling import Poller
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.types import Feed
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from watchers.store.store import Store

START: Final = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MAIN: Final = "preview:main"
RSS: Final = {"Content-Type": "application/rss+xml"}
LINKS: Final = tuple(
    link
    for links in tomllib.loads((Path(__file__).parent / "addresses.toml").read_text("utf-8")).values()
    for link in links.values()
    if "{port}" in link and "{long}" not in link
)
TYPED: Final = 5  # of so many addresses one is tried where a whole command is answered each time


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """All that asks anybody anything, and a server that leads astray."""

    store: Store
    client: Client
    parsers: Workers
    clock: SteppedClock
    server: FeedServer
    commands: CommandLayer
    reading: FeedReading
    links: tuple[str, ...]

    def lead(self, start: str, answers: Sequence[Answer]) -> list[str]:
        """Serve answers at addresses of the server that are on the allow-list; return those."""
        paths = [f"/{start}/{i}" for i in range(len(answers))]
        self.server.routes |= dict(zip(paths, answers, strict=True))
        return [self.server.url(path) for path in paths]

    async def poll(self, urls: Sequence[str]) -> None:
        """Let feeds be polled twice, a day apart."""
        for url in urls:
            feed = await self.store.feeds.add(url, name="Desk", every=timedelta(minutes=15))
            await self.store.channels.follow(MAIN, feed.number)
        poller = Poller(store=self.store, client=self.client, parsers=self.parsers, clock=self.clock)
        for _ in range(2):
            await poller.poll_due()
            self.clock.move_to(self.clock.now() + timedelta(days=2))

    async def ask(self, text: str) -> None:
        """Type a command."""
        asker = Asker(id="console", name="Ada", manages=True)
        assert await self.commands.answer(Request(text=text, channel=MAIN, asker=asker)) is not None


def typed(links: Sequence[str]) -> list[str]:
    """Return some links that can stand in a line of text."""
    return [link for link in links if link.isprintable() and " " not in link][::TYPED]


def redirect(status: int, link: str) -> Answer:
    return Answer(status=status, headers={"Location": link.replace("\r", "").replace("\n", "")})


def page(link: str) -> bytes:
    there = escape(link, quote=True)
    return (
        f"<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='{there}'></head>"
        f"<body><a href='{there}/feed.xml'>RSS</a></body></html>"
    ).encode()


async def a_poll(kit: Kit) -> None:
    await kit.poll(kit.links)


async def a_redirect(kit: Kit) -> None:
    for url in kit.lead("moved", [redirect(302, link) for link in kit.links]):
        try:
            await fetch(kit.client, Feed(number=1, url=url, name="Desk"), clock=kit.clock)
        except FeedError:
            continue


async def a_permanent_redirect_that_is_stored(kit: Kit) -> None:
    urls = kit.lead("gone", [redirect(301, link) for link in kit.links])
    await kit.poll(urls)
    inside = kit.server.url("/")
    assert {feed.url for feed in await kit.store.feeds.all() if not feed.url.startswith(inside)} == set()


async def a_source_tried_by_command(kit: Kit) -> None:
    for link in typed(kit.links):
        await kit.ask(f"source test {link}")


async def a_source_added_by_command(kit: Kit) -> None:
    for link in typed(kit.links):
        await kit.ask(f"source add {link} every:15m")
    await kit.poll([])


async def a_page_that_names_feeds(kit: Kit) -> None:
    for url in kit.lead("page", [Answer(body=page(link)) for link in kit.links]):
        found = await kit.reading.feeds_on(url)
        for one in found:
            try:
                await kit.client.get(one.url, named_by=url)
            except FeedError:
                continue


async def a_page_that_says_where_it_is(kit: Kit) -> None:
    bases = [f"<!doctype html><base href='{escape(link, quote=True)}'><p>None" for link in kit.links]
    for url in kit.lead("base", [Answer(body=text.encode()) for text in bases]):
        await kit.reading.feeds_on(url)


async def a_page_added_by_command(kit: Kit) -> None:
    for url in kit.lead("added", [Answer(body=page(link)) for link in typed(kit.links)]):
        await kit.ask(f"source add {url}")
    await kit.poll([])


async def a_list_of_feeds_at_an_address(kit: Kit) -> None:
    for link in kit.links:
        try:
            await kit.reading.outlines_at(link)
        except (FeedError, OpmlError):
            continue


async def a_list_that_names_feeds(kit: Kit) -> None:
    rows = "".join(
        f"<outline type='rss' text='x' xmlUrl='{escape(link, quote=True)}'/>" for link in kit.links
    )
    text = f"<opml version='2.0'><body>{rows}</body></opml>"
    (url,) = kit.lead("list", [Answer(body=text.encode())])
    await kit.ask(f"source import {url}")
    await kit.ask(f"source import {url} confirm:yes")
    await kit.poll([])


async def a_list_page(kit: Kit) -> None:
    for link in kit.links:
        try:
            await kit.reading.selectors_on(link)
        except (FeedError, ValueError):  # what is no link is refused where it is typed
            continue


def pages(kit: Kit) -> Pages:
    robots, reservations = Robots(kit.client, kit.clock), Reservations(kit.client, kit.clock)
    return Pages(kit.client, robots, reservations, clock=kit.clock, limit=kit.client.limits.page)


async def an_articles_page(kit: Kit) -> None:
    reader = pages(kit)
    for link in kit.links:
        await reader.get(link, named_by=kit.server.url("/feed"))


async def an_articles_page_that_moved(kit: Kit) -> None:
    reader = pages(kit)
    for url in kit.lead("article", [redirect(301, link) for link in kit.links]):
        await reader.get(url, named_by=kit.server.url("/feed"))


async def rules_for_robots_that_moved(kit: Kit) -> None:
    for link in kit.links:
        kit.server.routes |= {
            "/robots.txt": redirect(301, link),
            "/.well-known/tdmrep.json": redirect(301, link),
        }
        await pages(kit).get(kit.server.url("/article"), named_by=kit.server.url("/feed"))


DOORS: Final[tuple[Callable[[Kit], Awaitable[None]], ...]] = (
    a_poll,
    a_redirect,
    a_permanent_redirect_that_is_stored,
    a_source_tried_by_command,
    a_source_added_by_command,
    a_page_that_names_feeds,
    a_page_that_says_where_it_is,
    a_page_added_by_command,
    a_list_of_feeds_at_an_address,
    a_list_that_names_feeds,
    a_list_page,
    an_articles_page,
    an_articles_page_that_moved,
    rules_for_robots_that_moved,
)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__.replace("_", " "))
async def test_the_canary_is_reached_by_no_door(
    door: Callable[[Kit], Awaitable[None]], tmp_path: Path, empty_database: Path
) -> None:
    copyfile(empty_database, tmp_path / "v.sqlite3")
    clock = SteppedClock(START)
    async with (
        canary() as bird,
        feed_server() as server,
        open_store(f"sqlite:///{tmp_path / 'v.sqlite3'}", clock=clock) as store,
        open_client(
            contact="desk@example.org",
            version="0",
            allow=frozenset({server.pair}),
            limits=Limits(deadline=30),
        ) as client,
        Workers(1, preload=("watchers.feeds.parse",)) as parsers,
    ):
        await store.channels.save(Channel(id=MAIN, name="Main"))
        reading = FeedReading(client, parsers, clock=clock)
        kit = Kit(
            store=store,
            client=client,
            parsers=parsers,
            clock=clock,
            server=server,
            commands=CommandLayer(
                store, clock=clock, reading=reading, judging=JudgingAlone(LensSpec(exemplars=()))
            ),
            reading=reading,
            links=tuple(link.replace("{port}", str(bird.port)) for link in LINKS),
        )
        await door(kit)
        assert bird.connections == 0


def test_there_are_more_than_eighty_ways_to_spell_the_canary() -> None:
    assert len(LINKS) > 80
