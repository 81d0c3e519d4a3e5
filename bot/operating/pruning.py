"""Deleting what was kept long enough: an hourly tick in short transactions, or all of it at once by hand."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.messages import Message, Text
from bot.messages_json import to_json
from bot.operating.departures import close_unserved

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping
    from datetime import datetime

    from bot.config import Config
    from bot.settings.retention import Retention
    from watchers.clock import Clock
    from watchers.store.pruning import Swept
    from watchers.store.store import Store

    # Deletes some rows, as many as it is told at most; how many, and whether there may be more.
    Step = Callable[[int], Awaitable[tuple[int, bool]]]

logger = logging.getLogger(__name__)

EVERY: Final = 3600.0  # seconds between two ticks
# Slack delivers an event again for about an hour, Discord a press for a quarter of one.
ASKINGS: Final = timedelta(days=2)
# A row's key keeps its message from being written twice. What it tells of is over long before: a digest tells
# of a week at most, an edit of an update that was announced, a notice of an incident; and a clock that was
# set ahead by mistake is put right within a year.
DELIVERIES: Final = timedelta(days=365)
# Seconds that one transaction is meant to take at most: while it lasts, nobody else writes. How many rows it
# looks at follows what the last one took; people wait a tenth of a second without noticing.
HELD: Final = 0.1
FIRST: Final = 20  # rows of the first transaction, before anything is known of this machine
MOST: Final = 200  # rows of any; with more a machine that is busy all at once held one for a second
PAUSE: Final = 0.05  # seconds between two transactions, for those who wait to write
TICK: Final = 120.0  # seconds after which a tick stops; the next one goes on where it was
# Kept under an article's or a story's number, as glosses.py and extraction.py of
# bot/language_model name them.
_GLOSSES: Final = "gloss/a"
_WORDED: Final = "extraction/t"
BLANK: Final = "The text of this message is no longer kept."
KINDS: Final[Mapping[str, str]] = {
    "texts": "texts of articles",
    "messages": "messages that arrived or were given up (their texts)",
    "deliveries": "rows of messages to which nothing leads",
    "digests": "notes of digests",
    "changes": "entries of the lists of changes",
    "mutes": "mutes that ended",
    "aside": "articles given as exemplars that never were any",
    "askings": "ids of what was asked",
    "glosses": "translated headlines",
    "worded": "notes of what a language model read in stories",
    "gone": "rows of channels that shut the bot out",
}


@dataclass(slots=True)
class _Pace:
    """How many rows a transaction may look at so that it is short."""

    rows: int = FIRST

    def took(self, seconds: float) -> None:
        """Learn from what the last one took."""
        if seconds > HELD:
            self.rows = max(1, self.rows // 2)
        elif seconds < HELD / 4:
            self.rows = min(MOST, self.rows * 2)


@dataclass(slots=True, kw_only=True)
class Pruner:
    """Deletes what is older than `retention` says; one per process."""

    store: Store
    clock: Clock
    retention: Retention
    served: frozenset[str] | None = None  # the platforms of the running process; None: there is none
    _paces: dict[str, _Pace] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)  # where a sweep goes on

    @classmethod
    def of(cls, config: Config, store: Store, platforms: Collection[str], *, clock: Clock) -> Pruner:
        """Return one for a running process; what the file names is served, whoever opened it."""
        named = (("slack", config.slack), ("discord", config.discord))
        served = frozenset(platforms) | {name for name, section in named if section is not None}
        return cls(store=store, clock=clock, retention=config.retention, served=served)

    async def tick(self, *, within: float = TICK) -> Counter[str]:
        """Delete for up to `within` seconds and return how many rows of each kind, by the names in KINDS."""
        if self.served is not None:
            await close_unserved(self.store, self.served, self.clock)
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        gone: Counter[str] = Counter()
        left = self._steps(self.clock.now())
        while left and loop.time() < until:  # in turns: a year's messages keep no article waiting
            for kind, step in tuple(left.items()):
                pace = self._paces.setdefault(kind, _Pace())
                began = loop.time()
                count, more = await step(pace.rows)
                pace.took(loop.time() - began)
                gone[kind] += count
                if more:
                    await asyncio.sleep(PAUSE)
                else:
                    del left[kind]
        if gone.total():
            said = ", ".join(f"{count} {KINDS[kind]}" for kind, count in gone.items() if count)
            logger.info("Deleted what was kept long enough: %s", said, extra={"action": "pruned"})
        return gone

    async def would(self) -> Counter[str]:
        """Return how many rows of each kind are old enough to be deleted; nothing is."""
        now, keep, rooms = self.clock.now(), self.retention, self.store.pruning
        gone = await self.store.departures.gone(before=self._closed_before(now))
        oldest = await rooms.oldest(since=now - keep.messages)
        still = await rooms.oldest(since=now - keep.messages, story=True)
        return Counter(
            {
                "texts": await rooms.count_texts(before=now - keep.texts),
                "messages": await rooms.count_messages(before=now - keep.messages, blank=_blank()),
                "deliveries": await rooms.count_deliveries(before=now - self._kept_rows()),
                "digests": await rooms.count("digests", before=now - keep.messages),
                "changes": await rooms.count("changes", before=now - keep.changes),
                "mutes": await rooms.count("mutes", before=now - keep.changes),
                "aside": await rooms.count("aside", before=now - keep.changes),
                "askings": await rooms.count("askings", before=now - ASKINGS),
                "glosses": await rooms.noted(_GLOSSES, below=oldest, dry=True),
                "worded": await rooms.noted(_WORDED, below=still, dry=True),
                "gone": sum([await self.store.departures.left(one) for one in gone]),
            }
        )

    def _steps(self, now: datetime) -> dict[str, Step]:
        """Return what deletes some rows of each kind and tells how many, and whether there may be more."""
        keep, rooms = self.retention, self.store.pruning
        return {
            "gone": partial(self._gone, self._closed_before(now)),
            "askings": partial(_old, rooms.askings, now - ASKINGS),
            "digests": partial(_old, rooms.digests, now - keep.messages),
            "messages": partial(
                self._sweep, "messages", partial(rooms.messages, blank=_blank()), now - keep.messages
            ),
            "deliveries": partial(self._sweep, "deliveries", rooms.deliveries, now - self._kept_rows()),
            "changes": partial(_old, rooms.changes, now - keep.changes),
            "mutes": partial(_old, rooms.mutes, now - keep.changes),
            "aside": partial(_old, rooms.aside, now - keep.changes),
            "glosses": partial(self._noted, _GLOSSES, now - keep.messages),
            "worded": partial(self._noted, _WORDED, now - keep.messages, story=True),
            "texts": partial(self._sweep, "texts", rooms.texts, now - keep.texts),
        }

    async def _gone(self, before: datetime, rows: int) -> tuple[int, bool]:
        for channel in await self.store.departures.gone(before=before):
            purge = self.store.departures.purge
            if count := await purge(channel, before=before, limit=rows, blank=_blank()):
                return count, True
        return 0, False

    async def _noted(
        self, prefix: str, before: datetime, rows: int, *, story: bool = False
    ) -> tuple[int, bool]:
        rooms = self.store.pruning
        oldest = await rooms.oldest(since=before, story=story)
        count = await rooms.noted(prefix, below=oldest, limit=rows)
        return count, count == rows

    async def _sweep(
        self, kind: str, sweep: Callable[..., Awaitable[Swept]], before: datetime, rows: int
    ) -> tuple[int, bool]:
        """Go on where the last sweep ended; from the first row again once it is through."""
        swept = await sweep(before=before, after=self._places.get(kind, 0), limit=rows)
        self._places[kind] = swept.last or 0
        return swept.gone, swept.last is not None

    def _kept_rows(self) -> timedelta:
        """Return for how long a message's row is kept at least, longer than its text."""
        return max(DELIVERIES, self.retention.messages)

    def _closed_before(self, now: datetime) -> datetime:
        """Return since when a channel must be closed: what would be over before the next tick is over now."""
        return now - self.retention.gone + timedelta(seconds=EVERY)


def _blank() -> str:
    """Return what stands in the place of a message whose time is over: a replay of it says so."""
    return to_json(Message(kind="notice", notice=BLANK, blocks=(Text(text=BLANK, tone="small"),)))


async def _old(delete: Callable[..., Awaitable[int]], before: datetime, rows: int) -> tuple[int, bool]:
    count = await delete(before=before, limit=rows)
    return count, count == rows
