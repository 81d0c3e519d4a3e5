"""The whole command layer over a real database, with feeds at hand to try."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING, TypeVar

import pytest

from bot.commands.answer import CommandLayer
from bot.commands.request import Asker, Request
from bot.judging import JudgingAlone
from bot.reading import Trial
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, save_story
from watchers.clock import SteppedClock
from watchers.errors import FetchError
from watchers.feeds.opml import Outline
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.commands.request import Reply
    from tests.bot.commands.command_replies import Ask
    from watchers.errors import FeedError
    from watchers.feeds.discover import Found
    from watchers.feeds.listpage import Suggestion
    from watchers.store.store import Store
    from watchers.types import Entry, SourceKind

Thing = TypeVar("Thing")
OTHER = "slack:C9"  # a channel with things of its own, which are nobody else's business
FEED = "https://example.org/feed.xml"


class FeedsAtHand:
    """Sources that answer at once: the entries or the error that a test gives for an address.

    A page's list is answered under its address and selector, with a blank between. `asked` notes what was
    asked, its kind first.
    """

    def __init__(self) -> None:
        self.answers: dict[str, tuple[Entry, ...] | FeedError] = {}
        self.named: dict[str, tuple[Found, ...]] = {}
        self.lists: dict[str, tuple[Suggestion, ...] | FeedError] = {}
        self.files: dict[str, tuple[Outline, ...] | FeedError] = {}
        self.rights: dict[str, str] = {}
        self.asked: list[str] = []
        self.named_by: dict[str, str] = {}  # what was asked for because a page named it

    async def try_source(
        self, url: str, *, kind: SourceKind = "feed", selector: str = "", named_by: str = ""
    ) -> Trial:
        """Return or raise what was given."""
        self.asked.append(f"{kind} {url}")
        if named_by:
            self.named_by[url] = named_by
        answer = self.answers.get(f"{url} {selector}".strip())
        if answer is None:
            raise FetchError("nothing answers there", url=url)
        if isinstance(answer, tuple):
            return Trial(entries=answer, own_terms=self.rights.get(url, ""))
        raise answer

    async def feeds_on(self, url: str) -> tuple[Found, ...]:
        """Return the feeds that a test says a page names."""
        return self.named.get(url, ())

    async def selectors_on(self, url: str) -> tuple[Suggestion, ...]:
        """Return or raise what was given."""
        return _given(self.lists[url])

    async def outlines_at(self, url: str) -> tuple[Outline, ...]:
        """Return or raise what was given."""
        return _given(self.files[url])


def _given(answer: tuple[Thing, ...] | FeedError) -> tuple[Thing, ...]:
    if isinstance(answer, tuple):
        return answer
    raise answer


@pytest.fixture
def clock() -> SteppedClock:
    """Stand still at noon."""
    return SteppedClock(NOON)


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """Fill one database as `store` says, for the whole session."""
    path = tmp_path_factory.mktemp("commands") / "filled.sqlite3"
    copyfile(empty_database, path)

    async def create() -> None:
        async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as store:
            await fill(store)

    asyncio.run(create())
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Name where a test's database is: `store` or `empty_store` puts it there."""
    return tmp_path / "vedette.sqlite3"


@pytest.fixture
async def empty_store(database: Path, empty_database: Path, clock: SteppedClock) -> AsyncIterator[Store]:
    """Open a store with nothing in it."""
    copyfile(empty_database, database)
    async with open_store(f"sqlite:///{database}", clock=clock) as opened:
        yield opened


@pytest.fixture
async def store(database: Path, filled_database: Path, clock: SteppedClock) -> AsyncIterator[Store]:
    """Open a store with two channels.

    The main one reads s1 and s2, has the rule r1, the digest d1, the mute m1 and the story t1 of the articles
    a1 and a2; the other one reads s3 and has r2, d2 and m2.
    """
    copyfile(filled_database, database)
    async with open_store(f"sqlite:///{database}", clock=clock) as opened:
        yield opened


async def fill(store: Store) -> None:
    """Write into an empty store what `store` is said to have."""
    await store.channels.save(Channel(id=MAIN, name="Main"))
    await store.channels.save(Channel(id=OTHER, name="Elsewhere"))
    for number, (name, channel) in enumerate((("Harbour", MAIN), ("Coast", MAIN), ("Secret", OTHER)), 1):
        feed = await store.feeds.add(
            f"https://{name.lower()}.example/feed", name=f"{name} Post", every=15 * MINUTE
        )
        assert feed.number == number
        await store.channels.follow(channel, feed.number, tags=("navy",) if number == 1 else ())
    for channel, name, words in ((MAIN, "ships", "frigate OR sails"), (OTHER, "hidden", "submarine")):
        await store.watches.add(
            Watch(number=0, channel=channel, name=name, expression=words, kind="rule", alert="now")
        )
        await store.subscriptions.add(
            channel, name="digest", at="08:00", days="daily", timezone="Europe/Berlin"
        )
        await store.mutes.add(
            channel,
            kind="words",
            target=f"{name} show",
            until=NOON + timedelta(days=1),
            by="slack:U1",
            by_name="Ada",
        )
    story = await save_story(store, "frigate", "corvette")
    assert story.number == 1


@pytest.fixture
def reading() -> FeedsAtHand:
    """Return what can be tried: a feed with four entries, a page with a list, a file that names the feed."""
    feeds = FeedsAtHand()
    feeds.files["https://example.org/feeds.opml"] = (Outline(url=FEED, name="Sea power", tags=("navy",)),)
    feeds.answers["https://example.org/news h2 a"] = (make_entry("echo"),)
    feeds.answers[FEED] = tuple(
        replace(make_entry(name), published=NOON - age * MINUTE)
        for age, name in enumerate(("alpha", "bravo", "charlie", "delta"))
    )
    return feeds


@pytest.fixture
def layer(store: Store, clock: SteppedClock, reading: FeedsAtHand) -> CommandLayer:
    """Return the command layer over the store."""
    judging = JudgingAlone(LensSpec(exemplars=load_exemplars(SHIPPED), embedder="none"))
    return CommandLayer(store, clock=clock, reading=reading, judging=judging)


@pytest.fixture
def ask(layer: CommandLayer) -> Ask:
    """Return a way to ask, as a person who manages the main channel unless said otherwise."""

    async def asked(
        text: str,
        *,
        manages: bool = True,
        channel: str = MAIN,
        event: str = "",
        asker: str = "slack:U1",
        public: bool = False,
    ) -> Reply:
        who = Asker(id=asker, name="Ada", manages=manages)
        reply = await layer.answer(
            Request(text=text, channel=channel, asker=who, event=event, channel_name="Desk", public=public)
        )
        assert reply is not None
        return reply

    return asked


@pytest.fixture
def dump(database: Path) -> Callable[[], dict[str, list[tuple[object, ...]]]]:
    """Return a way to read every row of every table, to see that nothing was changed."""

    def read() -> dict[str, list[tuple[object, ...]]]:
        with closing(sqlite3.connect(database)) as connection:
            tables = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                )
            ]
            return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}  # noqa: S608 - names from the database itself

    return read
