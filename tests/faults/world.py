"""All that a session of fault runs needs: doubles, feeds, a database file, and a bot that comes and goes."""

from __future__ import annotations

import asyncio
import shutil
import time
import tomllib
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.config import Config
from bot.settings.delivery import Delivery
from bot.settings.seeding import seed
from tests.doubles.both import open_rooms, secrets_of
from tests.faults import ledger, news
from tests.faults.bots import Bot, environment
from tests.faults.child import USUAL_FACTOR
from tests.feedserver import Answer, FeedServer, feed_server
from watchers.clock import SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.messages import Message
    from tests.discord_double import DiscordDouble
    from tests.doubles.slack import SlackDouble
    from tests.faults.bots import Starter
    from tests.faults.ledger import Due
    from watchers.store.store import Store

PLACES: Final = 4  # channels on each platform
STORIES: Final = 2  # of a run; the first has a reply beneath its card: three posts in each of eight channels
DATABASE: Final = "vedette.sqlite3"
UP_WITHIN: Final = 120.0  # seconds from a bot's start until both doubles have it
GLANCE: Final = 0.05  # seconds between two looks into the database
HISTORY_SCOPES: Final = frozenset({"channels:history", "groups:history", "im:history"})
READING: Final = 0.2  # seconds between two looks at what channels show, which take long
NEWS: Final = "/feed"
LATEST: Final = 100  # messages of a channel that are looked at while a run goes on


@dataclass(slots=True, kw_only=True)
class JumpingClock:
    """The clock that a session's bots and the harness share; bots read it from a file."""

    file: Path
    ahead: float = 0.0

    def now(self) -> datetime:
        """Return the time as the session has it."""
        return SystemClock().now() + timedelta(seconds=self.ahead)

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        await SystemClock().sleep(seconds)

    def set_ahead(self, seconds: float) -> None:
        """Let it jump to so many seconds ahead of the machine's."""
        self.ahead = seconds
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{seconds}", encoding="ascii")
        fresh.replace(self.file)


@dataclass(slots=True, kw_only=True)
class World:
    """The doubles, the database and the bot of a session."""

    folder: Path
    slack: SlackDouble
    discord: DiscordDouble
    feeds: FeedServer
    store: Store
    start: Starter
    feed: int
    places: tuple[str, ...]
    fits: Callable[[str, Message], bool]
    database: Path
    clock: JumpingClock
    environ: dict[str, str] = field(default_factory=dict)
    bot: Bot | None = None
    bots: list[Bot] = field(default_factory=list)
    in_hand: Counter[str] = field(default_factory=Counter)  # at its ends, unseen by the doubles

    @property
    def config(self) -> Path:
        """Return the configuration's path."""
        return self.folder / "config.toml"

    async def up(self, *, ready: bool = False, environ: Mapping[str, str] | None = None) -> Bot:
        """Start the bot; `ready` waits until both doubles have it."""
        sockets = self.slack.sockets.opened
        log = self.folder / f"bot-{len(self.bots)}.log"
        arguments = ["run", "-c", str(self.config)]
        environ = {**self.environ, **(environ or {})}
        self.bot = await self.start(arguments, environ, log)
        self.bots.append(self.bot)
        if ready:
            await self.until(lambda: self.slack.sockets.opened > sockets and self.discord.gateway.ready > 0)
        return self.bot

    async def again(self) -> Bot:
        """Start the bot anew after it was killed."""
        if self.bot is not None:
            await self.bot.gone()
        self.in_hand += ledger.in_hand(self.database, self.slack, self.discord)
        return await self.up()

    def kill(self) -> None:
        """Kill the bot where it stands."""
        if self.bot is not None:
            self.bot.kill()

    async def until(
        self, true: Callable[[], bool], *, within: float = UP_WITHIN, glance: float = GLANCE
    ) -> None:
        """Wait until something is true; the bot must live meanwhile. Raises TimeoutError, RuntimeError."""
        deadline = time.monotonic() + within
        while not true():
            if self.bot is not None and not self.bot.runs:
                raise RuntimeError(f"the bot ended with {self.bot.ended.result()}: {self.bot.said()}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {within:g} s; the bot said: {self.bot and self.bot.said()}")
            await asyncio.sleep(glance)

    async def tell(self, tokens: Sequence[str]) -> list[Due]:
        """Write the news of a run to the outbox and return what is to arrive."""
        before = ledger.last(self.database)
        await news.tell(self.store, self.feed, tokens, clock=self.clock)
        cards = [ledger.Due(place, token=token) for token in tokens for place in self.places]
        return [*ledger.written(self.database, before), *cards]

    async def tell_digests(self, name: str) -> list[Due]:
        """Write a digest for most channels and return the parts that are to arrive."""
        before = ledger.last(self.database)
        await news.tell_digests(self.store, self.places[1:-1], name, fits=self.fits, clock=self.clock)
        return ledger.written(self.database, before)

    def settled(self) -> bool:
        """Tell whether nothing waits in the outbox."""
        return ledger.under_way(self.database) == 0

    @property
    def news(self) -> str:
        """Return the path of the feed."""
        return NEWS

    def told(self, tokens: Sequence[str]) -> set[tuple[str, str]]:
        """Return in which channels which of these words stand."""
        there = ledger.stored(self.slack, self.discord, latest=LATEST)
        return {(one.channel, token) for one in there for token in tokens if token in one.text}

    def forget_history(self) -> None:
        """Take from the bot what it needs to read messages back."""
        self.slack.scopes -= HISTORY_SCOPES
        for place in self.discord.world.channels:
            self.discord.deny(place, "read_message_history")


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a sort of session needs of its world; `disk` is where its database stands."""

    history: bool = True  # the bot may read messages back
    every: str = "1h"  # how often its feed is polled
    news: bool = True  # its feed may change
    budget: int = 0  # alerts a day in each channel; 0: no limit
    jumping: bool = False  # its clock is set by a file
    disk: Path | None = None
    locked_out: str = ""  # between two trials of a platform that refuses the app; empty: shortened as all is


@asynccontextmanager
async def world(folder: Path, needs: Needs, *, start: Starter, empty: Path) -> AsyncIterator[World]:
    """Open a world in a folder; `empty` is a database with its tables made."""
    async with AsyncExitStack() as held:
        feeds = await held.enter_async_context(feed_server())
        slack, discord, places = await open_rooms(held, [f"C20{n}" for n in range(PLACES)], PLACES)
        text = configuration(slack, discord, feeds, places, needs)
        database = (needs.disk or folder) / DATABASE
        text += f'[database]\npath = "{database}"\n'
        (folder / "config.toml").write_text(text, encoding="utf-8")
        shutil.copyfile(empty, database)
        feeds.routes[NEWS] = Answer(body=b'<rss version="2.0"><channel><title>H</title></channel></rss>')
        clock = JumpingClock(file=folder / "clock")
        store = await held.enter_async_context(open_store(f"sqlite:///{database}", clock=clock))
        await seed(store, Config.model_validate(tomllib.loads(text)))
        (feed,) = await store.feeds.health()
        made = World(
            folder=folder,
            slack=slack,
            discord=discord,
            feeds=feeds,
            store=store,
            start=start,
            feed=feed.number,
            places=places,
            fits=_fits(),
            database=database,
            clock=clock,
            environ=environment(
                secrets_of(slack, discord),
                clock=clock.file if needs.jumping else None,
                news=needs.news,
            ),
        )
        if not needs.history:
            made.forget_history()
        try:
            yield made
        finally:
            await _ended(made)


def configuration(
    slack: SlackDouble, discord: DiscordDouble, feeds: FeedServer, places: Sequence[str], needs: Needs
) -> str:
    """Return the settings of a bot that tells every place everything, and has no page and no model."""
    return "\n".join(
        [
            f'[poll]\ncontact = "mailto:desk@example.org"\nallow = ["{feeds.host}:{feeds.port}"]\nfirst = 50',
            '[relevance]\nembedder = "none"',
            "[page]\nenabled = false",
            _patience(needs),
            f'[slack]\napi = "{slack.api}"',
            f'[discord]\napi = "{discord.api}"',
            *(
                f'[[channels]]\nid = "{place}"\nname = "Desk"\nbudget = {needs.budget}\n'
                '[[channels.rules]]\nname = "hulls"\nexpression = "hull"\n'
                + ("[channels.digest]\n" if needs.budget else "")  # what is over a budget waits for one
                for place in places
            ),
            f'[[feeds]]\nurl = "{feeds.url(NEWS)}"\nname = "Harbour Gazette"\nlang = "en"',
            f'every = "{needs.every}"\n',
        ]
    )


def _patience(needs: Needs) -> str:
    """Return the settings of delivery, each the usual one shortened by the same factor."""
    usual = Delivery()
    waits = {
        name: f"{getattr(usual, name).total_seconds() / USUAL_FACTOR:g}s" for name in Delivery.model_fields
    }
    waits["locked_out"] = needs.locked_out or waits["locked_out"]
    return "\n".join(("[delivery]", *(f'{name} = "{wait}"' for name, wait in waits.items())))


def _fits() -> Callable[[str, Message], bool]:
    from bot.platforms.discord import render as on_discord  # noqa: PLC0415 - the libraries take a second
    from bot.platforms.slack import render as on_slack  # noqa: PLC0415

    def fits(channel: str, message: Message) -> bool:
        return on_slack.fits(message) if channel.startswith("slack:") else on_discord.fits(message)

    return fits


async def _ended(made: World) -> None:
    """End every bot that still runs, politely first."""
    for bot in made.bots:
        if bot.runs:
            bot.ask_to_stop()
            try:
                await bot.gone(within=10)
            except TimeoutError:
                bot.kill()
                await bot.gone()
