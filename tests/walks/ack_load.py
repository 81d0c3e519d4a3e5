"""What `measure_ack` starts from: a configuration, feeds that change, and a database with a long queue."""

from __future__ import annotations

import itertools
import sqlite3
import tomllib
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from aiohttp import web

from bot.config import Config
from bot.messages import VERSION, Heading, Message, Text
from bot.messages_json import to_json
from bot.settings.seeding import seed
from watchers.clock import SystemClock
from watchers.store.rows import Letter
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.discord_double import DiscordDouble
    from tests.doubles.slack import SlackDouble
    from tests.feedserver import FeedServer, Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much goes on. `every`: seconds between two polls of a feed; `commands` are given in `seconds`."""

    feeds: int = 200
    entries: int = 20
    every: float = 5.0
    waiting: int = 10_000
    people: int = 20
    commands: int = 200
    seconds: float = 10.0
    model: bool = True


def config_text(
    slack: SlackDouble, discord: DiscordDouble, places: Sequence[str], feeds: FeedServer, load: Load
) -> str:
    channels = [("preview:desk", 0.6), ("slack:C1", 0.6), (f"discord:{discord.news.id}", 0.6)]
    channels += [(place, 1.0) for place in places]
    return "\n".join(
        [
            f'[poll]\ncontact = "mailto:desk@example.org"\nallow = ["{feeds.host}:{feeds.port}"]',
            f'[relevance]\nembedder = "{"builtin" if load.model else "none"}"',
            "[page]\nenabled = false",
            "[articles]\nenabled = false",  # their links lead nowhere
            f'[slack]\napi = "{slack.api}"',
            f'[discord]\napi = "{discord.api}"',
            *(
                f'[[channels]]\nid = "{name}"\nname = "Desk"\nthreshold = {threshold}\n'
                'keywords = ["Petrel"]\n[channels.digest]\nat = "08:00"'
                for name, threshold in channels
            ),
        ]
    )


async def prepare(folder: Path, config: str, places: Sequence[str], feeds: FeedServer, load: Load) -> None:
    """Write feeds and waiting messages into the database, and make the feeds answer."""
    async with open_store(f"sqlite:///{folder / 'vedette.sqlite3'}", clock=SystemClock()) as store:
        await seed(store, Config.model_validate(tomllib.loads(config)))
        async with store.transaction() as rooms:
            for n in range(load.feeds):
                path = f"/feed/{n}"
                feeds.routes[path] = _changing(n, load.entries)
                feed = await rooms.feeds.add(
                    feeds.url(path), name=f"Feed {n}", every=timedelta(seconds=load.every), lang="en"
                )
                for place in ("preview:desk", "slack:C1"):
                    await rooms.channels.follow(place, feed.number)
            for place in places:
                text = f"A message that waits for {place}"
                waiting = Message(kind="notice", notice=text, blocks=(Heading(text=text), Text(text=text)))
                await rooms.outbox.enqueue(
                    Letter(channel=place, key=place, kind="notice", payload=to_json(waiting), version=VERSION)
                )
    with closing(sqlite3.connect(folder / "vedette.sqlite3")) as database, database:
        # The same message over and over: a thousand times faster than one insert after the other.
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO outbox (channel, key, kind, payload, version, created, not_before) "
            "SELECT channel, key || '/' || i, kind, payload, version, created, not_before FROM n, outbox",
            (load.waiting // len(places) - 1,),
        )


def _changing(number: int, entries: int) -> Handler:
    """Return a feed that has one more entry each time it is asked, the latest so many of them."""
    ever = itertools.count(entries)

    async def answer(_request: web.Request) -> web.StreamResponse:
        last = next(ever)
        items = "".join(_item(number, n) for n in range(last, last - entries, -1))
        body = f'<rss version="2.0"><channel><title>Feed {number}</title>{items}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml")

    return answer


def _item(feed: int, n: int) -> str:
    at = format_datetime(datetime.now(UTC) - timedelta(minutes=5))
    return (
        f"<item><guid>f{feed}-{n}</guid><link>https://harbour{feed}.example/{n}</link>"
        f"<title>Norland's yard {feed} lays the keel of hull {n}</title><description>The yard said on Monday "
        f"that hull {n} of {feed + 12} for the coast guard costs ${n + 1}.5 million and is due in 2029."
        f"</description><pubDate>{at}</pubDate></item>"
    )
