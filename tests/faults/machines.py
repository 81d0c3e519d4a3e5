"""A machine whose clock people set while a bot runs on it, for the tests of clocks and schedules."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING, Final

from bot.announcing.announce import announce_updates
from bot.announcing.digests import announce_digests
from bot.clockwatch import ClockWatch
from bot.delivery.courier import Courier
from bot.messages import VERSION, Message, Text
from bot.messages_json import to_json
from bot.platforms.base import Receipt
from tests.contracts.store.store_builders import save_story
from watchers.clock import SteadyClock, SteppedClock
from watchers.store.rows import Channel, Letter
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from bot.errors import DeliveryError
    from watchers.store.store import Store

DESK: Final = "preview:desk"
FEED_EVERY: Final = timedelta(hours=1)
STEP: Final = timedelta(hours=1)


@dataclass
class Wall:
    """A platform that keeps what it took, by real time; `down` is what it answers while it is down."""

    name: str = "preview"
    took: list[tuple[datetime, str, Message]] = field(default_factory=list)
    again: list[str] = field(default_factory=list)  # keys that were sent with a look whether they are there
    down: DeliveryError | None = None
    calls: int = 0
    real: SteppedClock | None = None

    def fits(self, message: Message) -> bool:
        """Hold any message."""
        return bool(message.notice)

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        """Keep a message, once for each key."""
        del channel, parent
        self.calls += 1
        if self.down is not None:
            raise self.down
        if since is not None:
            self.again.append(key)
        if key not in self.keys or since is None:
            if self.real is None:
                raise RuntimeError("the wall needs a clock")
            self.took.append((self.real.now(), key, message))
        return Receipt(id=key)

    async def find(
        self, channel: str, message: Message, *, key: str, since: datetime, parent: str = ""
    ) -> Receipt | None:
        """Find what was kept."""
        del channel, message, since, parent
        return Receipt(id=key) if key in self.keys else None

    async def edit(self, channel: str, post: str, message: Message) -> None:
        """Change nothing."""
        del channel, post, message

    async def delete(self, channel: str, post: str) -> None:
        """Take nothing away."""
        del channel, post

    async def last_talk(self, channel: str) -> datetime | None:
        """Know of no talk."""
        del channel
        return None

    @property
    def keys(self) -> list[str]:
        """Return the keys of what stands on the wall."""
        return [key for _, key, _ in self.took]

    @property
    def digests(self) -> list[str]:
        """Return the keys of the digests, as they came."""
        return [key for _, key, message in self.took if message.kind == "digest"]


@dataclass
class Machine:
    """Real time goes on by `live`; what the machine's clock says is set by `set_clock`."""

    store: Store
    real: SteppedClock
    wall: SteppedClock  # what the machine's clock says
    clock: SteadyClock
    platform: Wall
    courier: Courier
    watch: ClockWatch
    stories: int = 0

    def set_clock(self, by: timedelta) -> None:
        """Set the machine's clock."""
        self.wall.move_to(self.wall.now() + by)

    def go_on(self, by: timedelta) -> None:
        """Let time pass without a tick."""
        self.real.move_to(self.real.now() + by)
        self.wall.move_to(self.wall.now() + by)

    async def live(self, length: timedelta, *, step: timedelta = STEP) -> None:
        """Let time pass, with a round of the bot's work at each step."""
        end = self.real.now() + length
        while self.real.now() < end:
            self.go_on(step)
            await self.round()

    async def round(self) -> None:
        """Do what the ticks do."""
        await self.watch.look()
        await announce_updates(self.store, clock=self.clock)
        await announce_digests(
            self.store, clock=self.clock, fits=lambda _, message: self.platform.fits(message)
        )
        await self.courier.drain()

    async def story(self, *, score: float = 0.6) -> str:
        """Let a story come in, as the clock has it; one of more than 0.7 is a card, any is in a digest."""
        self.stories += 1
        name = f"s{self.stories}"
        await save_story(self.store, name, score=score, at=self.clock.now())
        return f"The {name} sails"

    def told(self, title: str) -> int:
        """Return how many digests told of a story."""
        return sum(
            message.kind == "digest" and f"{title}'" in repr(message) for _, _, message in self.platform.took
        )


def notice(key: str) -> Letter:
    """Return a message for the desk."""
    message = Message(kind="notice", notice=key, blocks=(Text(text=key),))
    return Letter(channel=DESK, key=key, kind="notice", payload=to_json(message), version=VERSION)


@asynccontextmanager
async def machine(
    database: Path,
    *,
    at: datetime,
    real: datetime | None = None,
    platform: Wall | None = None,
    empty: Path | None = None,
    zone: str = "Europe/Berlin",
    quiet: str = "",
) -> AsyncIterator[Machine]:
    """Start a machine whose clock says `at`; `empty` is copied for a new database, without it one goes on."""
    wall, truth = SteppedClock(at), SteppedClock(real or at)
    clock = SteadyClock(wall, counter=lambda: truth.now().timestamp())
    platform = platform or Wall()
    platform.real = truth
    if empty is not None:
        copyfile(empty, database)
    async with open_store(f"sqlite:///{database}", clock=clock) as store:
        if empty is not None:
            await store.channels.save(
                Channel(id=DESK, name="Desk", timezone=zone, quiet=quiet, threshold=0.7)
            )
            feed = await store.feeds.add(
                "https://harbour.example/feed", name="Harbour Post", every=FEED_EVERY
            )
            await store.channels.follow(DESK, feed.number)
        courier = Courier(store, {"preview": platform}, clock=clock)
        await store.outbox.expire_leases(now=clock.now())
        watch = ClockWatch(store, clock, forget=courier.clock_was_set)
        await watch.begin()
        yield Machine(store, truth, wall, clock, platform, courier, watch)
