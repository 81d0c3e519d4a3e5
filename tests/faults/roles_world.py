"""All that processes of roles need to be tried: a server, both doubles, feeds, and who comes and goes."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import psycopg

from bot.settings.delivery import Delivery
from bot.settings.roles import Roles
from tests.doubles.both import open_rooms, secrets_of
from tests.faults import ledger
from tests.faults.bots import environment
from tests.faults.wire import fresh_items
from tests.feedserver import FeedServer, feed_server

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from tests.discord_double import DiscordDouble
    from tests.doubles.slack import SlackDouble
    from tests.faults.bots import Bot, Starter

FACTOR: Final = 5.0  # every wait of `[delivery]` and `[roles]` is a fifth of the usual
READY_WITHIN: Final = 240.0  # seconds until all that was started is at work; the machine may be busy
WORDS: Final = ("alpha", "bravo", "delta", "gamma", "kappa", "sigma", "omega", "theta", "zeta", "iota")
SECRETS: Final = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DISCORD_TOKEN")
_POSTS: Final = "SELECT channel, key FROM outbox WHERE op = 'post' ORDER BY id"
_UNTOLD: Final = (
    "SELECT (SELECT count(*) FROM story_update WHERE announced_at IS NULL),"
    " (SELECT count(*) FROM outbox WHERE state = 'queued')"
)


@dataclass(slots=True, kw_only=True)
class Company:
    """The processes that share the work on one server, and what they are seen by."""

    folder: Path
    url: str
    slack: SlackDouble
    discord: DiscordDouble
    feeds: FeedServer
    places: tuple[str, ...]
    start: Starter
    environ: dict[str, str]
    random: random.Random
    who: dict[str, Bot] = field(default_factory=dict)  # by a name such as "worker-1"
    frozen: set[str] = field(default_factory=set)
    tokens: dict[str, str] = field(default_factory=dict)  # each story's word, and its channel

    async def up(self, *names: str) -> None:
        """Start processes; the part of a name before the hyphen is the role."""
        for name in names:
            log = self.folder / f"{name}.log"
            argv = [name.partition("-")[0], "-c", str(self.folder / "config.toml")]
            self.who[name] = await self.start(argv, self.environ, log)

    async def again(self, name: str) -> None:
        """Start one anew that was killed."""
        await self.who[name].gone()
        await self.up(name)

    def freeze(self, name: str) -> None:
        """Let a process stand still."""
        os.kill(self.who[name].pid, signal.SIGSTOP)
        self.frozen.add(name)

    def thaw(self, name: str) -> None:
        """Let it go on."""
        with suppress(ProcessLookupError):
            os.kill(self.who[name].pid, signal.SIGCONT)
        self.frozen.discard(name)

    def publish(self, count: int, *, feed: int = 0) -> list[str]:
        """Put stories into a feed, each for one channel in turn; return their words."""
        tokens = []
        for _ in range(count):
            number = len(self.tokens)
            place = self.places[number % len(self.places)]
            token = f"{self.word(place)}x{number:05d}"
            self.tokens[token] = place
            tokens.append(token)
        self.feeds.routes[f"/feed/{feed}"] = fresh_items(tokens, self.random)
        return tokens

    def word(self, place: str) -> str:
        """Return the word by which a channel's stories are known."""
        number = self.places.index(place)
        return WORDS[number // 10 % 10] + WORDS[number % 10]

    def told(self) -> set[str]:
        """Return the words that stand in their channels."""
        found: set[str] = set()
        for one in ledger.stored(self.slack, self.discord):
            if one.top:
                found.update(token for token in _words_in(one.text) if self.tokens.get(token) == one.channel)
        return found

    def leader(self, name: str) -> str:
        """Return the name of the process that has a lease; empty if none of ours has."""
        held = dict(self.ask("SELECT name, value FROM setting WHERE name LIKE 'lease/%'"))
        holder = str(held.get(f"lease/{name}", ""))
        return next((who for who, bot in self.who.items() if f":{bot.pid}:" in holder), "")

    def ask(self, statement: str) -> list[tuple[object, object]]:
        """Ask the server. Raises psycopg's error while it is away."""
        with psycopg.connect(self.url, connect_timeout=10) as connection:
            found = connection.execute(statement.encode()).fetchall()
            return [(row[0], row[1]) for row in found]

    def all_told(self) -> bool:
        """Tell whether every story published was stored, understood and told, and nothing waits."""
        stored, unread = self.ask("SELECT count(*), count(*) FILTER (WHERE read_at IS NULL) FROM entry")[0]
        return stored == len(self.tokens) and unread == 0 and self.ask(_UNTOLD) == [(0, 0)]

    def all_asked(self) -> bool:
        """Tell whether each feed was asked once; what it held then is an archive, of which little is told."""
        return self.ask("SELECT count(*), 0 FROM feed WHERE ok_at IS NULL") == [(0, 0)]

    def entries(self) -> int:
        """Return how many articles are stored."""
        return int(str(self.ask("SELECT count(*), 0 FROM entry")[0][0]))

    def without_card(self) -> int:
        """Return how many stories no channel has a card of."""
        told = "number IN (SELECT story FROM posted)"
        return int(str(self.ask(f"SELECT count(*), 0 FROM story WHERE NOT {told}")[0][0]))  # noqa: S608 - ours

    def due(self) -> list[ledger.Due]:
        """Return every post that was to arrive: those of the outbox."""
        return [ledger.Due(str(channel), str(key)) for channel, key in self.ask(_POSTS)]

    async def until(self, true: Callable[[], bool], *, within: float, glance: float = 0.5) -> None:
        """Wait until something is true; every process that is not frozen must live. Raises TimeoutError."""
        deadline = time.monotonic() + within
        while True:
            with suppress(psycopg.Error):  # the server is away, or has no tables yet
                if true():
                    return
            if time.monotonic() > deadline:
                said = {name: bot.said()[-800:] for name, bot in self.who.items()}
                raise TimeoutError(f"not within {within:g} s: {said}")
            await asyncio.sleep(glance)

    async def down(self) -> None:
        """End all of them, politely first."""
        for name in tuple(self.frozen):
            self.thaw(name)
        for bot in self.who.values():
            if bot.runs:
                bot.ask_to_stop()
        for bot in self.who.values():
            try:
                await bot.gone(within=20)
            except TimeoutError:
                bot.kill()
                await bot.gone()


@asynccontextmanager
async def company(
    folder: Path,
    url: str,
    *,
    start: Starter,
    channels: int = 6,
    feeds: int = 1,
    digest: dt.time | None = None,
    digest_every: int = 1,
    factor: float = FACTOR,
) -> AsyncIterator[Company]:
    """Open a world without processes; half of the channels are on each platform.

    One channel in `digest_every` has a digest at that time.
    """
    async with AsyncExitStack() as held:
        served = await held.enter_async_context(feed_server())
        on_slack = [f"C3{n:03d}" for n in range(channels // 2)]
        slack, discord, places = await open_rooms(held, on_slack, channels - len(on_slack))
        secrets = {**secrets_of(slack, discord), "VEDETTE_DATABASE_URL": url}
        made = Company(
            folder=folder,
            url=url,
            slack=slack,
            discord=discord,
            feeds=served,
            places=places,
            start=start,
            environ=environment(secrets, factor=factor),
            random=random.Random(folder.name),
        )
        for number in range(feeds):
            served.routes[f"/feed/{number}"] = fresh_items([], made.random)
        text = _configuration(made, feeds=feeds, digest=digest, every=digest_every, factor=factor)
        (folder / "config.toml").write_text(text, encoding="utf-8")
        try:
            yield made
        finally:
            await made.down()


def _configuration(made: Company, *, feeds: int, digest: dt.time | None, every: int, factor: float) -> str:
    told = f'[channels.digest]\nat = "{digest:%H:%M}"\n' if digest else ""
    channels = "".join(
        f'[[channels]]\nid = "{place}"\nname = "Desk"\nbudget = 0\ntimezone = "UTC"\n'
        f'[[channels.rules]]\nname = "hulls"\nexpression = "{made.word(place)}*"\n'
        + (told if number % every == 0 else "")
        for number, place in enumerate(made.places)
    )
    read = "".join(
        f'[[feeds]]\nurl = "{made.feeds.url(f"/feed/{number}")}"\nname = "Gazette {number}"\n'
        'lang = "en"\nevery = "1m"\n'
        for number in range(feeds)
    )
    return "\n".join(
        [
            f'[poll]\ncontact = "mailto:desk@example.org"\nallow = ["{made.feeds.host}:{made.feeds.port}"]',
            '[relevance]\nembedder = "none"',
            "[page]\nenabled = false",
            "[articles]\nenabled = false",
            _shortened("delivery", Delivery(), factor),
            _shortened("roles", Roles(), factor),
            f'[slack]\napi = "{made.slack.api}"',
            f'[discord]\napi = "{made.discord.api}"',
            channels,
            read,
        ]
    )


def _shortened(name: str, usual: Delivery | Roles, factor: float) -> str:
    """Return a section of the settings, each wait the usual one shortened by a factor."""
    waits = {one: getattr(usual, one).total_seconds() / factor for one in type(usual).model_fields}
    return "\n".join((f"[{name}]", *(f'{one} = "{wait:g}s"' for one, wait in waits.items())))


def _words_in(text: str) -> Sequence[str]:
    return [word for word in text.replace("\\", " ").replace('"', " ").split() if "x" in word]
