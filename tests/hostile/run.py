"""Poll hostile endpoints, each alone, then all at once beside good feeds: `python -m tests.hostile.run`.

Prints a table of what each did to the event loop and to memory; ends with 1 if anything is not as stated.
"lag" is how late the loop was, "work" how much of that was its own: the rest is other programs' turn.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from tests.hostile.farm import Farm, farm
from tests.hostile.polled import Ended, family_of, faults, forget_peaks, heartbeat, peak, polled
from watchers.feeds.due import FASTEST
from watchers.feeds.guard import Limits, open_client
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.hostile.server import Endpoint
from watchers.feeds.guard import Client

PRELOAD: Final = ("watchers.feeds.parse",)
PAUSE: Final = 5.0  # seconds after which a healthy feed is asked once more
MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What polling one endpoint alone came to."""

    row: Endpoint
    ended: Ended
    seconds: float
    lag: float
    work: float
    extra: int  # bytes above what the program needs at rest


async def alone(rows: Sequence[Endpoint], there: Farm, client: Client, parsers: Workers) -> list[Cost]:
    """Poll endpoints one after the other and measure each."""
    own = family_of(os.getpid(), without=(there.process,))
    forget_peaks(own)
    rest = peak(own)
    found = []
    for row in rows:
        forget_peaks(family_of(os.getpid(), without=(there.process,)))
        started = monotonic()
        async with heartbeat() as heart:
            ended = await polled(there.url(row), client, parsers)
        extra = peak(family_of(os.getpid(), without=(there.process,))) - rest
        found.append(
            Cost(
                row=row,
                ended=ended,
                seconds=monotonic() - started,
                lag=heart.worst,
                work=heart.busiest,
                extra=max(extra, 0),
            )
        )
    return found


async def families(rows: Sequence[Endpoint], there: Farm, client: Client) -> list[Cost]:
    """Poll endpoints alone, each family with a new parser: a grown one hides what the next take."""
    found: list[Cost] = []
    for family in dict.fromkeys(row.family for row in rows):
        async with Workers(1, preload=PRELOAD) as parsers:
            await polled(there.healthy_urls()[0], client, parsers)
            found += await alone([row for row in rows if row.family == family], there, client, parsers)
    return found


def table(costs: Sequence[Cost]) -> str:
    """Return the figures as Markdown."""
    lines = [
        "| endpoint | outcome | s | lag ms | work ms | memory MiB |",
        "| --- | --- | --: | --: | --: | --: |",
    ]
    lines += [
        f"| {one.row.key} | {one.ended.outcome} | {one.seconds:.2f} | {one.lag * 1000:.0f} "
        f"| {one.work * 1000:.0f} | {one.extra / MIB:.0f} |"
        for one in costs
    ]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What polling everything at once came to; `late` is the longest that a healthy feed took, in seconds."""

    ended: dict[str, Ended]
    lag: float
    work: float
    late: float
    extra: int


async def together(
    rows: Sequence[Endpoint], there: Farm, client: Client, parsers: Workers, *, pause: float = PAUSE
) -> Together:
    """Poll all hostile endpoints at once while healthy feeds are polled in their turn."""
    own = family_of(os.getpid(), without=(there.process,))
    forget_peaks(own)
    rest = peak(own)
    waits: list[float] = []

    async def healthy(url: str) -> None:
        before = monotonic()
        while True:
            await polled(url, client, parsers)
            waits.append(monotonic() - before)
            await asyncio.sleep(pause)
            before = monotonic()

    async with heartbeat() as heart:
        good = [asyncio.create_task(healthy(url)) for url in there.healthy_urls()]
        results = await asyncio.gather(*(polled(there.url(row), client, parsers) for row in rows))
        for task in good:
            task.cancel()
        await asyncio.gather(*good, return_exceptions=True)
    extra = peak(family_of(os.getpid(), without=(there.process,))) - rest
    ended = {row.key: one for row, one in zip(rows, results, strict=True)}
    return Together(ended=ended, lag=heart.worst, work=heart.busiest, late=max(waits), extra=extra)


async def main(words: Sequence[str]) -> int:
    """Run, print, and return 0 if everything ended as the data states."""
    parser = argparse.ArgumentParser(prog="tests.hostile.run", description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="a part of an endpoint's name")
    parser.add_argument("--together", action="store_true", help="leave out polling each alone")
    parser.add_argument("--deadline", type=float, default=4.0, help="seconds for one exchange")
    chosen = parser.parse_args(words)
    async with farm() as there, Workers(1, preload=PRELOAD) as parsers:
        rows = [row for row in there.rows if chosen.only in row.key]
        limits = Limits(deadline=chosen.deadline)
        async with open_client(
            contact="desk@example.org", version="0", allow=there.pairs, limits=limits
        ) as client:
            await asyncio.gather(*(polled(url, client, parsers) for url in there.healthy_urls()))
            costs = [] if chosen.together else await families(rows, there, client)
            wrong = [fault for one in costs for fault in faults(one.row, one.ended)]
            all_at_once = await together(rows, there, client, parsers)
            wrong += [fault for row in rows for fault in faults(row, all_at_once.ended[row.key])]
        canary, _ = await there.seen()
    sys.stdout.write(f"{table(costs)}\n\n{summary(costs, all_at_once, canary=canary)}\n")
    sys.stdout.write(("\n".join(wrong) or "Everything ended as stated.") + "\n")
    return 1 if wrong or canary else 0


def summary(costs: Sequence[Cost], once: Together, *, canary: int) -> str:
    """Return the figures that count."""
    words = [f"{len(once.ended)} endpoints."]
    if costs:
        words.append(
            f"Alone: lag at most {max(one.lag for one in costs) * 1000:.0f} ms, work at most "
            f"{max(one.work for one in costs) * 1000:.0f} ms, memory at most "
            f"{max(one.extra for one in costs) / MIB:.0f} MiB."
        )
    words.append(
        f"All at once beside the good feeds: lag {once.lag * 1000:.0f} ms, work {once.work * 1000:.0f} ms, "
        f"memory {once.extra / MIB:.0f} MiB, a good feed took at most "
        f"{once.late:.1f} s, which makes {1 + once.late / FASTEST:.2f} of the shortest interval."
    )
    return " ".join([*words, f"The canary was reached {canary} times."])


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
