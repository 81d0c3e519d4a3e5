"""Fill a database with a hundred thousand stories, and measure how soon a bot is ready on it.

    python -m tests.faults.filled --stories 100000

One story goes through the program: entry, report, story, card, all that belongs to it. The database itself
copies it, spread over a year. Ready means that /readyz says so and that polling and delivering have come
round; when an entry which waited to be read has been is told beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import URLError
from urllib.request import urlopen

from bot.announcing.announce import announce_updates
from tests.contracts.store.store_builders import make_entry, save_story
from watchers.clock import SteppedClock, SystemClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT: Final = Path(__file__).parents[2]
STORIES: Final = 100_000
YEAR: Final = timedelta(days=365)  # over which they are spread
DESK: Final = "preview:desk"
WAITS: Final = "waits"  # the key of the entry that is still to be read
READY_WITHIN: Final = 120.0  # seconds after which measuring gives up
# What a copy differs in, by table; `i` counts from 1, `moment` is its time.
COPIES: Final[Mapping[str, Mapping[str, str]]] = {
    "entry": {
        "number": "number + i",
        "key": "'k' || i",
        "guid": "'urn:' || i",
        "link": "'https://harbour.example/' || i",
        "title": "'Order ' || i || ' sails'",
        "content_hash": "''",
        "published": "moment",
        "seen": "moment",
        "read_at": "moment",
    },
    "report": {"entry": "entry + i"},
    "fact": {"entry": "entry + i"},
    "story": {"number": "number + i", "key": "'k' || i", "opened": "moment", "updated": "moment"},
    "story_report": {"id": "id + i", "story": "story + i", "entry": "entry + i", "joined_at": "moment"},
    "story_update": {
        "id": "id + i",
        "story": "story + i",
        "entry": "entry + i",
        "at": "moment",
        "announced_at": "moment",
    },
    "outbox": {
        "id": "id + i",
        "key": "'o' || i",
        "story": "story + i",
        "created": "moment",
        "not_before": "moment",
        "state": "'delivered'",
        "delivered_at": "moment",
        "receipt": "'p' || i",
    },
    "posted": {"story": "story + i", "outbox": "outbox + i"},
}


async def fill(database: Path, stories: int, *, now: datetime) -> None:
    """Make a database with so many stories, each told, the last one just now, and one entry to be read."""
    clock = SteppedClock(now)
    async with open_store(f"sqlite:///{database}", clock=clock) as store:
        await store.channels.save(Channel(id=DESK, name="Desk", budget=0))
        feed = await store.feeds.add("https://harbour.example/feed", name="Harbour", every=timedelta(hours=1))
        await store.channels.follow(DESK, feed.number)
        await save_story(store, "first", at=now)
        await announce_updates(store, clock=clock)
        (item,) = await store.outbox.lease(1, now=now, until=now)
        await store.outbox.delivered(item, at=now, receipt="p0")
    copy(database, stories - 1, now=now)
    async with open_store(f"sqlite:///{database}", clock=clock) as store:
        await store.entries.add([make_entry(WAITS, title="A ferry runs aground", seen=now, published=now)])


def copy(database: Path, times: int, *, now: datetime) -> None:
    """Copy the one story that there is."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TEMP TABLE copies (i INTEGER PRIMARY KEY, moment TEXT)")
        apart = YEAR.total_seconds() / (times + 1)
        moments = (
            (i, (now - timedelta(seconds=apart * (times + 1 - i))).strftime("%Y-%m-%d %H:%M:%S.%f"))
            for i in range(1, times + 1)
        )
        connection.executemany("INSERT INTO copies VALUES (?, ?)", moments)
        for table, changed in COPIES.items():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(changed.get(name, f'"{name}"') for name in names)
            columns = ", ".join(f'"{name}"' for name in names)
            original = f"(SELECT * FROM {table} LIMIT 1)"  # noqa: S608 - names of our own
            made = f"INSERT INTO {table} ({columns}) SELECT {values} FROM copies, {original}"  # noqa: S608 - as above
            connection.execute(made)


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start a bot on the database in a folder; what it says goes to a file there."""
    (folder / "config.toml").write_text(
        "\n".join(
            [
                '[poll]\ncontact = "mailto:desk@example.org"',
                '[relevance]\nembedder = "none"',
                "[page]\nenabled = false",
                f"[http]\nenabled = true\nport = {port}",
                f'[[channels]]\nid = "{DESK}"\nname = "Desk"',
            ]
        )
    )
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "-c", str(folder / "config.toml")],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """How long a start took, in seconds."""

    ready: float  # until /readyz was well and polling and delivering had come round
    read: float  # until an entry that waited had been read too
    spent: float  # of processor time until then, in all its processes
    ended: float  # from SIGTERM to the end


def started(folder: Path) -> Started:
    """Start a bot on the database in a folder, wait until it is ready and has read, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with closing(sqlite3.connect(folder / "vedette.sqlite3")) as connection, connection:
        connection.execute("UPDATE entry SET read_at = NULL WHERE key = ?", (WAITS,))
    began, since = time.monotonic(), SystemClock().now()
    bot = start(folder, port)

    def until(true: Callable[[], bool]) -> float:
        while not true():
            if bot.poll() is not None or time.monotonic() - began > READY_WITHIN:
                raise RuntimeError(f"it did not become ready: {(folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)
        return time.monotonic() - began

    try:
        ready = until(lambda: _beats(folder, since) and _answers(port))
        read = until(lambda: _read(folder))
        spent = _processor(bot.pid)
        asked = time.monotonic()
        bot.send_signal(signal.SIGTERM)
        bot.wait(timeout=30)
        return Started(ready=ready, read=read, spent=spent, ended=time.monotonic() - asked)
    finally:
        bot.kill()
        bot.wait()


def _processor(pid: int) -> float:
    """Return the seconds of processor time that a process and its workers have used."""
    spent = 0.0
    for process in (pid, *_children(pid)):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def _children(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")  # each thread has those that it started
    found = [int(one) for each in lists for one in each.read_text().split()]
    return [*found, *(one for child in found for one in _children(child))]


def _beats(folder: Path, since: datetime) -> bool:
    """Tell whether polling and delivering have come round since the start."""
    beats = dict(_looked(folder, "SELECT name, at FROM heartbeat"))
    at = since.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return all(beats.get(part, "") > at for part in ("poll", "deliver"))


def _read(folder: Path) -> bool:
    """Tell whether the entry that waited has been read."""
    return bool(_looked(folder, f"SELECT 1, 1 FROM entry WHERE key = '{WAITS}' AND read_at IS NOT NULL"))  # noqa: S608 - our own


def _looked(folder: Path, query: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(f"file:{folder / 'vedette.sqlite3'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def main() -> int:
    """Fill, start, say how long it took."""
    options = argparse.ArgumentParser(description="Measure a restart with many stories.")
    options.add_argument("--stories", type=int, default=STORIES)
    options.add_argument("--times", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.monotonic()
        asyncio.run(fill(folder / "vedette.sqlite3", given.stories, now=SystemClock().now()))
        size = (folder / "vedette.sqlite3").stat().st_size / 1e6
        sys.stdout.write(
            f"{given.stories} stories, {size:.0f} MB, written in {time.monotonic() - began:.1f} s\n"
        )
        for _ in range(given.times):
            one = started(folder)
            sys.stdout.write(
                f"ready after {one.ready:.1f} s, read after {one.read:.1f} s "
                f"({one.spent:.1f} s of processor), ended in {one.ended:.1f} s\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
