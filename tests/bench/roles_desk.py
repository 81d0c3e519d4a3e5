"""A desk of real processes for the benchmark of the roles: a database, its feeds, and who works on it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import psycopg
from sqlalchemy import insert, select

from bot.config import parse
from bot.settings.seeding import seed
from tests.bench.machine import cpu
from tests.contracts.store import postgres_server
from watchers.clock import SystemClock
from watchers.store.schema import channel_feed, feed
from watchers.store.store import Store, open_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.contracts.store.postgres_server import Server

ROOT: Final = Path(__file__).parents[2]
CHANNEL: Final = "preview:desk"
READY_WITHIN: Final = 240.0  # seconds until all that was started is at work; the machine may be busy
STOPS_WITHIN: Final = 30.0
SAID: Final = 1_500  # characters of each log that are shown where something fails
LATER: Final = timedelta(days=30)  # when feeds are due that wait for the measurement to begin
# Of the farm's headlines two thirds name one of these: what a rule finds becomes a story, in any language.
MAKERS: Final = (
    *("Lockheed", "BAE", "Rheinmetall", "ASELSAN", "Baykar", "Saab", "Leonardo", "Thales", "Hanwha"),
    *("Mitsubishi", "Kongsberg", "Roketsan", "Northrop", "RTX", "Dynamics", "Naval", "Elbit", "Embraer"),
    *("Hensoldt", "Kawasaki", "TUSAŞ", "STM", "FNSS", "Otokar", "Defense"),
)
CHUNK: Final = 5_000  # rows of one insert
# What the tests' server does without, as it forgets everything: here it keeps what it has, as usual.
FORGETFUL: Final = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "shared_buffers")


@contextmanager
def lasting_server() -> Iterator[Server]:
    """Run a PostgreSQL of the tests' wheel with the settings of any server: it waits for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="vpb"))
    try:
        made = postgres_server.start(folder)
        made.close()
        usual = postgres_server._SETTINGS
        try:
            kept = tuple(one for one in usual if one.partition("=")[0] not in FORGETFUL)
            setattr(postgres_server, "_SETTINGS", kept)  # noqa: B010 -- a constant to everybody else
            server = postgres_server.again(folder, int(made.url.port or 0))
        finally:
            setattr(postgres_server, "_SETTINGS", usual)  # noqa: B010 -- as above
        try:
            yield server
        finally:
            server.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True, kw_only=True)
class Desk:
    """A database of a desk's own, and the processes that work on it; `server` is PostgreSQL's process."""

    folder: Path
    url: str
    server: int | None
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)  # by a name such as "worker-1"

    @property
    def config(self) -> Path:
        """Return where the configuration is."""
        return self.folder / "config.toml"

    def start(self, *names: str) -> None:
        """Start processes as people do; the part of a name before the hyphen is the command."""
        for name in names:
            with (self.folder / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    [sys.executable, "-m", "bot", name.partition("-")[0], "-c", str(self.config)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=environment(self.url),
                )

    def stop(self) -> None:
        """End them, politely first."""
        for one in self.running.values():
            one.send_signal(signal.SIGTERM)
        for one in self.running.values():
            try:
                one.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Run a statement, its values marked by `?`; return its rows."""
        return asked(self.url, statement, *values)

    def number(self, statement: str, *values: object) -> int:
        """Return the number that a statement asks for."""
        return int(str(self.ask(statement, *values)[0][0]))

    def spent(self) -> dict[str, float]:
        """Return each process's CPU seconds so far, with all it started; "server" is PostgreSQL's."""
        found = {name: cpu(one.pid) for name, one in self.running.items()}
        return found | ({"server": cpu(self.server)} if self.server else {})

    def until(self, true: Callable[[], bool], *, within: float = READY_WITHIN, glance: float = 0.2) -> None:
        """Wait until something is true; every process must live. Raises SystemExit with their logs' ends."""
        deadline = time.monotonic() + within
        while not true():
            ended = [name for name, one in self.running.items() if one.poll() is not None]
            if ended or time.monotonic() > deadline:
                said = "\n".join(f"{name}: {self._said(name)}" for name in ended or self.running)
                raise SystemExit(f"{', '.join(ended) or 'nothing'} ended; not within {within:g} s.\n{said}")
            time.sleep(glance)

    def _said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-SAID:]


def asked(url: str, statement: str, *values: object) -> list[tuple[object, ...]]:
    """Run a statement on a database, its values marked by `?`; return its rows."""
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, timeout=60)) as file, file:
            return list(file.execute(statement, [_naive(one) for one in values]).fetchall())
    with psycopg.connect(url, connect_timeout=10) as connection:
        cursor = connection.execute(statement.replace("?", "%s").encode(), values or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def desk(server: Server | None, urls: Sequence[str], *, every: timedelta, first: int) -> Iterator[Desk]:
    """Make a database in which one channel follows feeds; a file without a `server`.

    The first feeds are due at once, the others when the measurement says so. Each keeps to its interval.
    """
    with tempfile.TemporaryDirectory(prefix="vedette-roles-") as name:
        folder = Path(name)
        url = server.address(server.new()) if server else f"sqlite:///{folder / 'vedette.sqlite3'}"
        pid = server.process.pid if server and server.process else None
        made = Desk(folder=folder, url=url, server=pid)
        made.config.write_text(configuration(urls), encoding="utf-8")
        asyncio.run(fill(made.config, url, urls, [CHANNEL], every=every, first=first))
        try:
            yield made
        finally:
            made.stop()


async def fill(
    config: Path, url: str, urls: Sequence[str], channels: Sequence[str], *, every: timedelta, first: int
) -> None:
    """Carry a configuration into a database, with feeds that its channels follow in turn."""
    clock = SystemClock()
    text = await asyncio.to_thread(config.read_text, encoding="utf-8")
    async with open_pool(url, clock=clock) as pool:
        await seed(Store(pool), parse(text, config))
        rows = [
            {
                "url": one,
                "name": f"Farm {n}",
                "every_seconds": int(every.total_seconds()),
                "origin": "chat",
                "added_at": clock.now(),
                "next_poll_at": None if n < first else clock.now() + LATER,
                "fixed": True,
            }
            for n, one in enumerate(urls)
        ]
        async with pool.writing() as connection:
            for start in range(0, len(rows), CHUNK):
                await connection.execute(insert(feed), rows[start : start + CHUNK])
            farmed = select(feed.c.number).where(feed.c.origin == "chat").order_by(feed.c.number)
            links = [
                {"channel": channels[n % len(channels)], "feed": number, "origin": "chat"}
                for n, number in enumerate(await connection.scalars(farmed))
            ]
            for start in range(0, len(links), CHUNK):
                await connection.execute(insert(channel_feed), links[start : start + CHUNK])


def configuration(urls: Sequence[str]) -> str:
    """Return one with a single channel and the usual model, which lets the farm's addresses in."""
    return "\n".join(
        [
            f'[poll]\ncontact = "mailto:bench@example.org"\nallow = [{allowed(urls)}]',
            "[page]\nenabled = false",
            "[articles]\nenabled = false",  # their links lead nowhere
            f'[[channels]]\nid = "{CHANNEL}"\nname = "Desk"',
            f'[[channels.rules]]\nname = "makers"\nexpression = "{" OR ".join(MAKERS)}"\nalert = "digest"',
        ]
    )


def allowed(urls: Sequence[str]) -> str:
    """Return the farm's hosts and ports as the configuration has them."""
    return ", ".join(sorted({f'"{urlsplit(url).hostname}:{urlsplit(url).port}"' for url in urls}))


def environment(url: str) -> dict[str, str]:
    """Return the environment of a process of the desk."""
    ours = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return os.environ | ours | {"VEDETTE_DATABASE_URL": url}


def _naive(value: object) -> object:
    """Return a value as SQLite keeps it: times in UTC, without their zone."""
    return str(value.astimezone(UTC).replace(tzinfo=None)) if isinstance(value, datetime) else value
