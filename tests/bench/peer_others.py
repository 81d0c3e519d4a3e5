"""What polling is measured beside: reader, a plain loop of feedparser and sqlite3, and the bare requests."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import aiohttp
import feedparser
import feedparser_sgmllib

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from reader import Reader

WORKERS: Final = 8  # reader's threads
KEPT_OPEN: Final = 16.0  # seconds, see `peer_ours`
WIDTH: Final = 64  # bare requests at a time, as many as the guarded client makes


@dataclass(frozen=True, slots=True, kw_only=True)
class WithReader:
    """reader (lemon24), with its own storage and parser."""

    reader: Reader

    async def ready(self) -> int:
        """Return the items stored so far; reader polls all feeds whenever it is told to."""
        return self.reader.get_entry_counts().total or 0

    async def go(self) -> None:
        """Poll every feed once."""
        self.reader.update_feeds(scheduled=False, workers=WORKERS)  # else it asks each once an hour


@asynccontextmanager
async def reader(folder: Path, urls: list[str]) -> AsyncIterator[WithReader]:
    """Open reader on a database of its own."""
    # The parser that reader brings along looks for this module by its old name, which nothing installs.
    sys.modules.setdefault("sgmllib", feedparser_sgmllib)
    from reader import make_reader  # noqa: PLC0415 -- only this peer needs it

    with closing(make_reader(str(folder / "reader.sqlite3"))) as opened:
        for url in urls:
            opened.add_feed(url)
        yield WithReader(reader=opened)


@dataclass(frozen=True, slots=True, kw_only=True)
class Naive:
    """A loop as anybody would write it: feedparser gets the address, sqlite3 keeps the items."""

    urls: list[str]
    database: sqlite3.Connection

    async def ready(self) -> int:
        """Return the items stored so far."""
        found: tuple[int] = self.database.execute("SELECT count(*) FROM item").fetchone()
        return found[0]

    async def go(self) -> None:
        """Poll every feed once, one after the other."""
        for url in self.urls:
            marks = self.database.execute("SELECT etag, modified FROM feed WHERE url = ?", (url,)).fetchone()
            etag, modified = marks or (None, None)
            got = feedparser.parse(url, etag=etag, modified=modified)
            if got.get("status") == 304:
                continue
            with self.database:
                self.database.execute(
                    "INSERT OR REPLACE INTO feed VALUES (?, ?, ?)",
                    (url, got.get("etag"), got.get("modified")),
                )
                self.database.executemany(
                    "INSERT OR IGNORE INTO item VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (
                            url,
                            item.get("id") or item.get("link"),
                            item.get("title"),
                            item.get("link"),
                            item.get("published"),
                            item.content[0].value if "content" in item else item.get("summary"),
                        )
                        for item in got.entries
                    ],
                )


@asynccontextmanager
async def naive(folder: Path, urls: list[str]) -> AsyncIterator[Naive]:
    """Open the loop on a database of its own."""
    with closing(sqlite3.connect(folder / "naive.sqlite3")) as database:
        database.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "CREATE TABLE feed (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);"
            "CREATE TABLE item (feed TEXT, id TEXT, title TEXT, link TEXT, at TEXT, text TEXT,"
            " PRIMARY KEY (feed, id));"
        )
        yield Naive(urls=urls, database=database)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """The requests alone, side by side, their validators kept in memory: no guard, no parser, no store."""

    urls: list[str]
    session: aiohttp.ClientSession
    etags: dict[str, str] = field(default_factory=dict)

    async def ready(self) -> int:
        """Wait until the connections are closed, as between real polls; return nought: nothing is stored."""
        await asyncio.sleep(KEPT_OPEN if self.etags else 0)
        return 0

    async def go(self) -> None:
        """Ask for every feed once."""
        places = asyncio.Semaphore(WIDTH)

        async def one(url: str) -> None:
            known = self.etags.get(url)
            async with (
                places,
                self.session.get(url, headers={"If-None-Match": known} if known else {}) as answer,
            ):
                await answer.read()
                self.etags[url] = answer.headers.get("ETag", "")

        async with asyncio.TaskGroup() as group:
            for url in self.urls:
                group.create_task(one(url))


@asynccontextmanager
async def bare(_folder: Path, urls: list[str]) -> AsyncIterator[Bare]:
    """Open a client session and nothing else."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        yield Bare(urls=urls, session=session)
