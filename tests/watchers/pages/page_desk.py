"""A watcher and a page reader on one served site: a feed of teasers and the articles it links to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.feeddocuments import rss
from tests.feedserver import Answer, FeedServer, feed_server
from watchers.clock import SteppedClock
from watchers.feeds.guard import open_client
from watchers.lens_spec import LensSpec
from watchers.pages.extracting import Extractor
from watchers.pages.fetch import Pages
from watchers.pages.first_look import FirstLook
from watchers.pages.reader import PageReader, TextKeeper
from watchers.pages.reservations import Reservations
from watchers.pages.robots import Robots
from watchers.pipeline import Watcher
from watchers.polling import Poller
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.types import Exemplar, Watch
from watchers.workers import Workers, one_thread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.rows_articles import Article
    from watchers.store.store import Store
    from watchers.types import Entry, StoryUpdate

START = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
MAIN = "preview:main"
FEED = "/navy.xml"
ARTICLE = "/frigates.html"
HEADLINE = "Norway orders frigates from Harbour Yards"
DATE = "Tue, 03 Mar 2026 08:00:00 GMT"
TEASER = "The ministry signed for new frigates …"
PAGE_LIMIT = 2 * 1024 * 1024
EXEMPLAR = Exemplar(
    key="frigates",
    title="Norway orders frigates",
    text="Norway orders frigates\nThe shipyard signed a contract worth 2 billion euros for four frigates.",
    lang="en",
)
HTML = {"Content-Type": "text/html; charset=utf-8"}
SHIPS = Watch(number=0, channel=MAIN, name="ships", expression="frigates", kind="rule")


def worth(amount: str = "5.5") -> str:
    """Return the article's text with an amount."""
    return (
        f"<p>The ministry signed a contract worth {amount} billion euros for four frigates on Monday.</p>"
        "<p>Harbour Yards builds the frigates in its northern docks, where work on the first hull begins "
        "after the summer, the head of the yard told reporters in the city hall.</p>"
        "<p>Norway had looked for a partner for years; orders of this kind keep a yard busy for a decade, "
        "and the unions welcomed the decision of the cabinet.</p>"
    )


def html(inside: str, *, head: str = "", title: str = HEADLINE) -> bytes:
    """Return a page as news sites build them, with a menu and a footer around the article."""
    menu = "".join(f'<li><a href="/section/{i}">Section {i}</a></li>' for i in range(12))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>{inside}</article></main>"
        "<footer><p>All rights reserved. Imprint, contact, cookies.</p></footer></body></html>"
    ).encode()


@dataclass
class PageDesk:
    """What watches, and the site it watches."""

    store: Store
    poller: Poller
    watcher: Watcher
    reader: PageReader
    keeper: TextKeeper
    server: FeedServer
    clock: SteppedClock

    def feed(self, *links: str, text: str = TEASER, title: str = HEADLINE, date: str = DATE) -> None:
        """Let the feed have an item for each link; an address is taken as it is, a path as the site's own."""
        items = []
        for place, link in enumerate(links or (ARTICLE,)):
            address = link if "://" in link else self.server.url(link)
            name = title if place == 0 else f"{title}, part {place}"
            items.append(
                f"<title>{name}</title><link>{address}</link><guid>urn:{place}</guid>"
                f"<pubDate>{date}</pubDate><description>{text}</description>"
            )
        self.server.routes[FEED] = Answer(
            body=rss(*items).encode(), headers={"Content-Type": "application/rss+xml"}
        )

    def page(self, body: bytes, path: str = ARTICLE, *, status: int = 200, **headers: str) -> None:
        """Let a path answer with a page; underscores in a header's name stand for hyphens."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        self.server.routes[path] = Answer(body=body, status=status, headers={**HTML, **more})

    async def begin(self) -> None:
        """Let the feed be read once while it is empty, so that nothing later is its archive."""
        self.server.routes[FEED] = Answer(
            body=rss().encode(), headers={"Content-Type": "application/rss+xml"}
        )
        await self.poller.poll_due()
        self.clock.move_to(self.clock.now() + timedelta(hours=1))
        await self.reader.look()

    async def first_look(self) -> tuple[StoryUpdate, ...]:
        """Poll, and read what came."""
        assert (await self.poller.poll_due()).failed == 0
        return await self.watcher.read_unread()

    async def told(self) -> tuple[StoryUpdate, ...]:
        """Poll, read, fetch the pages that are wanted, read again; return what all that did to stories."""
        before = await self.first_look()
        await self.reader.look()
        return (*before, *await self.watcher.read_unread())

    async def later(self, **wait: float) -> tuple[StoryUpdate, ...]:
        """Let time pass, look at the pages that are due, and read."""
        self.clock.move_to(self.clock.now() + timedelta(**wait))
        await self.reader.look()
        return await self.watcher.read_unread()

    async def entry(self, number: int = 1) -> Entry:
        """Return an entry as it is stored."""
        entry = await self.store.entries.get(number)
        assert entry is not None
        return entry

    async def article(self, number: int = 1) -> Article:
        """Return how an entry's page stands."""
        article = await self.store.articles.get(number)
        assert article is not None
        return article

    def asked(self, path: str = ARTICLE) -> int:
        """Return how often a path was asked for."""
        return len(self.server.asked(path))


@asynccontextmanager
async def page_desk(
    folder: Path,
    *,
    most: int = 60,
    again: timedelta = timedelta(hours=6),
    keep: timedelta = timedelta(days=30),
    allow: frozenset[tuple[str, int]] = frozenset(),
) -> AsyncIterator[PageDesk]:
    """Open a watcher on an empty feed that was polled before; `allow` are other sites that it may link to."""
    clock = SteppedClock(START)
    async with (
        feed_server() as server,
        open_store(f"sqlite:///{folder / 'v.sqlite3'}", clock=clock) as store,
        open_client(contact="mailto:d@example.org", version="1", allow=allow | {server.pair}) as client,
        Workers(1, preload=("watchers.feeds.parse",)) as parsers,
        Workers(1, initializer=one_thread) as readers,
        Extractor() as extractor,
    ):
        await store.channels.save(Channel(id=MAIN, name="Main"))
        feed = await store.feeds.add(server.url(FEED), name="Harbour", every=timedelta(minutes=15))
        await store.channels.follow(MAIN, feed.number)
        watch = await store.watches.add(SHIPS)
        first_look = FirstLook(store, clock=clock)
        robots = Robots(client, clock)
        desk = PageDesk(
            store=store,
            poller=Poller(store=store, client=client, parsers=parsers, clock=clock),
            watcher=Watcher(store=store, readers=readers, clock=clock, pages=first_look),
            reader=PageReader(
                store=store,
                pages=Pages(client, robots, Reservations(client, clock), clock=clock, limit=PAGE_LIMIT),
                robots=robots,
                extract=extractor.extract,
                first_look=first_look,
                clock=clock,
                most=most,
                again=again,
            ),
            keeper=TextKeeper(store, clock=clock, keep=keep),
            server=server,
            clock=clock,
        )
        await desk.watcher.look_through(LensSpec(exemplars=(EXEMPLAR,), watches=(watch,), embedder="none"))
        await desk.begin()
        yield desk
