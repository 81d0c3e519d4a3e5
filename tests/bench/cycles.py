"""Measure memory over poll cycles: `python -m tests.bench.cycles [--cycles 1000] [--feeds 20]`.

A process polls all feeds again and again, five minutes apart by its clock, and reads what is new: in each
cycle one feed has an entry more, and keeps the newest. The feeds are served by this process. Prints the
memory of the other and its workers along the way; the exit status is 1 if the last fifth needs over a tenth
more than the fifth after the first.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.bench.machine import proportional, resident
from tests.bench.peer_ours import ours
from tests.feedserver import Answer, FeedServer, feed_server

if TYPE_CHECKING:
    from collections.abc import Sequence

HELD: Final = 25  # entries that a feed holds
PARTS: Final = 20  # looks at the memory
MORE: Final = 1.1  # that memory may have grown by between the second and the last fifth
PLACES: Final = ("Aldmouth", "Brimborg", "Corford", "Dunholm", "Eskgate", "Falness", "Gormdale")
WITHIN: Final = 120.0  # seconds for a cycle, the model's first loading included


def document(feed: int, newest: int) -> bytes:
    """Return a feed with its entries up to a number."""
    items = []
    for n in range(newest, max(newest - HELD, 0), -1):
        at = format_datetime(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=5 * n))
        place = PLACES[(feed + n) % len(PLACES)]
        items.append(
            f"<item><guid>{feed}-{n}</guid><link>https://f{feed}.example/{n}</link><pubDate>{at}</pubDate>"
            f"<title>{place} orders {n} boats of class {feed}</title>"
            f"<description>The yard of {place} is to build {n} boats for {7 * n} million euros.</description>"
            "</item>"
        )
    text = "".join(items)
    return f'<rss version="2.0"><channel><title>F{feed}</title>{text}</channel></rss>'.encode()


async def polled(folder: Path, urls: list[str]) -> None:
    """Poll and read as often as a line comes in, and say when it is done."""
    async with ours(folder, urls, reading=True) as peer:
        loop = asyncio.get_running_loop()
        while await loop.run_in_executor(None, sys.stdin.readline):
            peer.clock.move_to(peer.clock.now() + timedelta(minutes=5))
            await peer.store.feeds.hurry(peer.numbers)
            await peer.go()
            sys.stdout.write(f"{await peer.store.entries.count()}\n")
            sys.stdout.flush()


async def measured(cycles: int, feeds: int) -> list[tuple[int, int, int, int]]:
    """Return after which cycles how many entries were stored, and the bytes: summed, and shared ones once."""
    async with AsyncExitStack() as held:
        server = await held.enter_async_context(feed_server())
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="measure-cycles-")))
        newest = [HELD] * feeds
        links = [_served(server, n, newest[n]) for n in range(feeds)]
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bench.cycles", "--polls", str(folder), *links),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("they are pipes")
        looks = []
        for cycle in range(1, cycles + 1):
            feed = cycle % feeds
            newest[feed] += 1
            _served(server, feed, newest[feed])
            child.stdin.write(b"\n")
            async with asyncio.timeout(WITHIN):
                stored = int(await child.stdout.readline())
            if cycle % max(cycles // PARTS, 1) == 0:
                looks.append((cycle, stored, resident(child.pid), proportional(child.pid)))
        child.stdin.close()
        await child.wait()
    return looks


def _served(server: FeedServer, feed: int, newest: int) -> str:
    server.routes[f"/{feed}"] = Answer(body=document(feed, newest))
    return server.url(f"/{feed}")


def is_flat(sizes: Sequence[int]) -> bool:
    """Tell whether the last fifth of some sizes is hardly more than the second fifth."""
    part = max(len(sizes) // 5, 1)
    return median(sizes[-part:]) <= MORE * median(sizes[part : 2 * part])


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Measure memory over poll cycles.")
    options.add_argument("--cycles", type=int, default=1000)
    options.add_argument("--feeds", type=int, default=20)
    options.add_argument("--polls", nargs="+", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.polls:
        folder, *links = given.polls
        asyncio.run(polled(Path(folder), links))
        return 0
    looks = asyncio.run(measured(given.cycles, given.feeds))
    rows = [f"| {n} | {stored} | {size / 1e6:.0f} | {once / 1e6:.0f} |" for n, stored, size, once in looks]
    head = "| after cycles | entries | MB, sum | shared pages once |\n| ---: | ---: | ---: | ---: |\n"
    sys.stdout.write(head + "\n".join(rows) + "\n")
    return 0 if is_flat([once for *_, once in looks]) else 1


if __name__ == "__main__":
    sys.exit(main())
