"""Poll hostile endpoints as the bot does, and say how each ended and what it cost."""

from __future__ import annotations

import asyncio
import gc
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Final

from watchers.clock import SystemClock
from watchers.errors import FeedError, ParseError, RefusedError
from watchers.feeds.fetch import Unchanged, fetch
from watchers.feeds.parsed import PARSE_TIMEOUT, parsed
from watchers.types import Feed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from tests.hostile.server import Endpoint
    from watchers.feeds.guard import Client
    from watchers.types import Entry
    from watchers.workers import Workers

BEAT: Final = 0.01  # seconds between two beats of the loop's heart
# What the errors say that are a deadline's or a cap's; the others mean that there is no feed.
_STOPPED: Final = re.compile(
    r"did not answer in full within|is larger than|bytes of headers|redirected more than|to parse\.|"
    r"needed more than"
)
# What no text of an entry may hold: controls but for line breaks, and marks that hide or turn what follows.
_ACTIVE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SAFE_LINK: Final = re.compile(r"https?://[^\s<>\"]+|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How polling ended: an outcome of the data, what the error said, and the entries that were read."""

    outcome: str
    error: str = ""
    entries: tuple[Entry, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Return what the entries are called."""
        return tuple(entry.title for entry in self.entries)


async def polled(url: str, client: Client, parsers: Workers, *, within: float = PARSE_TIMEOUT) -> Ended:
    """Poll an address once, as the poller does, and keep nothing; `within` is for the parser, in seconds."""
    try:
        got = await fetch(client, Feed(number=1, url=url, name="Desk"), clock=SystemClock())
        entries = () if isinstance(got, Unchanged) else (await parsed(parsers, got, within=within)).entries
    except RefusedError as error:
        return Ended(outcome="refused", error=str(error))
    except FeedError as error:
        late = _STOPPED.search(str(error)) is not None
        kind = "stopped" if late else "not a feed"
        return Ended(outcome=kind, error=f"{'parser: ' * isinstance(error, ParseError)}{error}")
    return Ended(outcome="read", entries=entries)


def faults(row: Endpoint, ended: Ended) -> list[str]:
    """Say what is not as the data states, or not inert; nothing if all is well."""
    if ended.outcome != row.outcome:
        return [f"{row.key}: {ended.outcome} instead of {row.outcome} {ended.error[:200]}"]
    found = []
    if row.titles is not None and ended.titles != row.titles:
        found.append(f"{row.key}: read {ended.titles[:5]!r}")
    if row.entries is not None and len(ended.entries) != row.entries:
        found.append(f"{row.key}: read {len(ended.entries)} entries")
    for entry in ended.entries:
        texts = (entry.title, entry.summary, entry.body, entry.guid, entry.outlet)
        found += [f"{row.key}: {seen[0]!r} in {t[:60]!r}" for t in texts if (seen := _ACTIVE.search(t))]
        if not _SAFE_LINK.fullmatch(entry.link):
            found.append(f"{row.key}: leads to {entry.link[:60]!r}")
    return found[:5]


@dataclass(slots=True)
class Heart:
    """How late the event loop came back to a task that only sleeps, in seconds.

    `worked` is how long the loop's own thread was at work meanwhile: on a busy machine the rest of a lag is
    other programs' turn.
    """

    lags: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    @property
    def worst(self) -> float:
        """Return the longest time that nobody else could run."""
        return max(self.lags, default=0.0)

    @property
    def busiest(self) -> float:
        """Return the most work that was done between two beats."""
        return max(self.worked, default=0.0)


@asynccontextmanager
async def heartbeat() -> AsyncIterator[Heart]:
    """Measure the loop's lag while the context lasts.

    What was there before is kept from the garbage collector: a test process has half a gigabyte of it, and
    looking through that takes longer than what is measured here.
    """
    heart = Heart()
    gc.collect()
    gc.freeze()
    loop = asyncio.get_running_loop()

    async def beat() -> None:
        while True:
            before, work = loop.time(), thread_time()
            await asyncio.sleep(BEAT)
            heart.lags.append(loop.time() - before - BEAT)
            heart.worked.append(thread_time() - work)

    task = asyncio.create_task(beat())
    try:
        yield heart
    finally:
        gc.unfreeze()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def family_of(pid: int, *, without: Iterable[int] = ()) -> tuple[int, ...]:
    """Return a process and all that descend from it, but for some and theirs (Linux)."""
    parents: dict[int, int] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                fields = (place / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            parents[int(place.name)] = int(fields[1])
    found, left_out = [pid], set(without)
    for one in found:
        found += [child for child, parent in parents.items() if parent == one and child not in left_out]
    return tuple(found)


def forget_peaks(pids: Iterable[int]) -> None:
    """Let the highest memory use of processes count from now on."""
    for pid in pids:
        try:
            Path(f"/proc/{pid}/clear_refs").write_text("5")
        except OSError:
            continue  # it has ended


def peak(pids: Iterable[int]) -> int:
    """Return the bytes that processes used at most since their peaks were forgotten, summed up."""
    total = 0
    for pid in pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            continue  # it has ended
        if high := re.search(r"VmHWM:\s+(\d+) kB", status):
            total += int(high[1]) * 1024
    return total
