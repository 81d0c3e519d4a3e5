"""Databases with very many feeds, for the simulation of scale: a file, or a server from the tests' wheel."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, text

from tests.contracts.store.postgres_server import running
from watchers.feeds.due import next_poll_at, scale
from watchers.store.codec_watching import dump_rhythm
from watchers.store.schema import channel, channel_feed, feed
from watchers.store.store import Store, open_pool
from watchers.types import Feed, Rhythm

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.clock import Clock

Row = dict[str, object]  # of a table, by column

START: Final = datetime(2026, 3, 3, 8, tzinfo=UTC)  # a Tuesday, at the hour when most newsrooms are busy
EVERY: Final = timedelta(minutes=15)
CHANNELS: Final = 200
MANY_CHANNELS: Final = 3  # of ten feeds: read by a second channel, too
SAMPLED: Final = 1_000  # rhythms that say how busy all are
CHUNK: Final = 5_000  # rows of one insert
# A few hosts have very many feeds (news searches, social networks' bridges, blog hosts), most have one.
LARGEST_HOST: Final = 400
HOSTS: Final = 0.55  # hosts a feed
# Entries a day: half of all feeds publish less than once a day, as long catalogues of feeds do; the simulated
# week (week_feeds.py) takes three, as it measures how promptly news is found.
MEDIAN_A_DAY: Final = 1.0
SPREAD_OF_RATES: Final = 1.8  # of their logarithms, as in the recorded documents
BROKEN: Final = 0.03  # share of feeds that fail, and have for a while
FAILED: Final = 7  # times in a row; the wait is a day by then


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An open database of many feeds; `pid` is the server's process, None where there is none."""

    store: Store
    hosts: tuple[str, ...]  # of feed n + 1
    due: tuple[datetime, ...]  # likewise, its next poll
    broken: frozenset[int]  # the numbers of those that fail
    pid: int | None


@asynccontextmanager
async def desk(kind: str, feeds: int, *, clock: Clock, seed: int = 1) -> AsyncIterator[Desk]:
    """Open a database, "sqlite" or "postgresql", with so many followed feeds, each in its rhythm."""
    random = Random(seed)
    rows = list(_rows(_hosts(feeds, random), random))
    hosts = tuple(str(row["url"]).split("/")[2] for row in rows)
    broken = frozenset(number for number, row in enumerate(rows, start=1) if row["failures"])
    due = tuple(at for row in rows if isinstance(at := row["next_poll_at"], datetime))
    with _Address(kind) as (url, pid):
        async with open_pool(url, clock=clock) as pool:
            async with pool.writing() as connection:
                await _fill(connection, rows, random)
            async with pool.writing() as connection:
                await connection.execute(text("ANALYZE"))  # as autovacuum does on any server in use
            del rows
            yield Desk(store=Store(pool), hosts=hosts, due=due, broken=broken, pid=pid)


class _Address:
    """The address of an empty database while the context lasts, and the server's process."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._folder = tempfile.TemporaryDirectory(prefix="vedette-scale-")
        self._server = running()

    def __enter__(self) -> tuple[str, int | None]:
        if self._kind == "sqlite":
            return f"sqlite:///{Path(self._folder.name) / 'scale.sqlite3'}", None
        server = self._server.__enter__()
        return server.address(server.new()), server.process.pid if server.process else None

    def __exit__(self, *_raised: object) -> None:
        if self._kind != "sqlite":
            self._server.__exit__(None, None, None)
        self._folder.cleanup()


def _hosts(feeds: int, random: Random) -> tuple[str, ...]:
    """Return each feed's host by a power law; the largest has some LARGEST_HOST of a hundred thousand."""
    count = max(int(feeds * HOSTS), 1)
    largest = max(LARGEST_HOST * feeds / 100_000, 1.0)
    weights = [1 + largest / (n + 1) for n in range(count)]
    drawn = random.choices(range(count), weights=weights, k=feeds)
    return tuple(f"host{n}.example" for n in drawn)


def rhythms(feeds: int, random: Random) -> list[Rhythm]:
    """Return how so many feeds publish."""
    return [_rhythm(random) for _ in range(feeds)]


def _rhythm(random: Random) -> Rhythm:
    """Return the rhythm of three weeks: by day three times as much as by night, somewhere on earth."""
    rate = min(MEDIAN_A_DAY * random.lognormvariate(0, SPREAD_OF_RATES), 200.0)
    days = 15.0
    noon = random.choice((2, 10, 12, 12, 18))  # in UTC
    by_day = [min(abs(hour - noon), 24 - abs(hour - noon)) < 6 for hour in range(24)]
    return Rhythm(hours=tuple(rate / 24 * days * (1.5 if day else 0.5) for day in by_day), days=days)


def _rows(hosts: tuple[str, ...], random: Random) -> Iterator[Row]:
    """Give feeds as they stand after weeks of polling: each somewhere in its own wait."""
    known = rhythms(len(hosts), random)
    factor = scale(known[:SAMPLED], EVERY)
    for number, (host, rhythm) in enumerate(zip(hosts, known, strict=True), start=1):
        feed = Feed(number=number, url="", name="", every=EVERY, rhythm=rhythm)
        failing = random.random() < BROKEN
        wait = timedelta(days=1)
        if not failing:
            again = next_poll_at(feed, None, now=START, jitter=random.random(), scale=factor)
            wait = (again or START) - START
        due = START + wait * random.random()
        yield {
            "number": number,
            "url": f"https://{host}/news/section-{number}/feed.xml",
            "name": f"Section {number} of {host}",
            "lang": random.choice(("en", "en", "en", "tr", "ja", "de", "fr", "")),
            "every_seconds": int(EVERY.total_seconds()),
            "origin": "chat",
            "added_at": START - timedelta(weeks=8),
            "etag": f'W/"{random.getrandbits(96):024x}"',
            "last_modified": "Mon, 02 Mar 2026 07:41:12 GMT",
            "body_hash": f"{random.getrandbits(128):032x}",
            "next_poll_at": due,
            "polled_at": due - wait,
            "ok_at": due - wait,
            "new_at": START - timedelta(days=random.expovariate(1.0)),
            "changed_at": START - timedelta(days=random.expovariate(1.0)),
            "failures": FAILED if failing else 0,
            "failing_since": START - timedelta(days=9) if failing else None,
            "rhythm": dump_rhythm(rhythm),
        }


async def _fill(connection: AsyncConnection, rows: list[Row], random: Random) -> None:
    channels = [
        {"id": f"slack:C{n:04d}", "name": f"#{n}", "threshold": 0.5, "origin": "chat"}
        for n in range(CHANNELS)
    ]
    await connection.execute(insert(channel), channels)
    for first in range(0, len(rows), CHUNK):
        chunk = rows[first : first + CHUNK]
        links = [
            {"channel": f"slack:C{one:04d}", "feed": row["number"], "origin": "chat"}
            for row in chunk
            for one in random.sample(range(CHANNELS), 2 if random.randrange(10) < MANY_CHANNELS else 1)
        ]
        await connection.execute(insert(feed), chunk)
        await connection.execute(insert(channel_feed), links)


def shape_of(hosts: tuple[str, ...]) -> tuple[int, int]:
    """Return how many hosts there are, and how many feeds the largest one has."""
    counts = Counter(hosts)
    return len(counts), max(counts.values())
