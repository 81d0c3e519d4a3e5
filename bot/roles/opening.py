"""What every role begins with: the server's store, its name, and the signs of life it gives."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.database import where
from bot.errors import ConfigError
from bot.operating.health import BEAT_EVERY
from bot.roles.signs import apart
from watchers.clock import SteadyClock, SystemClock
from watchers.errors import StoreError
from watchers.store.holders import myself
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
    from contextlib import AbstractAsyncContextManager
    from datetime import timedelta
    from pathlib import Path

    from bot.config import Config
    from watchers.store.store import Leader, Store

logger = logging.getLogger(__name__)

SHUTDOWN_WITHIN: Final = 4.0  # seconds that work in hand may take to end; a container is killed after 10
LOOKS_EVERY: Final = 0.5  # seconds between two looks whether a lease is still held
# Leases' length without one, and a leader behaves as if another had it. Until then it sends nothing, but its
# doors stay open: where the server is away, nobody else can lead either, and it goes on once that is back.
CLOSES_AFTER: Final = 8
# Seconds for which nothing comes of leading before another is let try: what a restart mends, an operator's
# engine has mended by then (it sees no sign of life), and a fault of all machines' costs a change each time.
GIVES_UP_AFTER: Final = 240.0
FOLLOWED: Final = "Another process leads as %s, or could; this one stands by"
GAVE_UP: Final = "Nothing came of leading as %s for minutes; this one stands by, for another to try"
_A_FILE: Final = (
    "database: `vedette {role}` shares its work with others, and needs PostgreSQL; this is a file, on which "
    "`vedette run` does everything. Name a server in VEDETTE_DATABASE_URL: see docs/scaling-out.md"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A process of a role: its store, its clock, and the name of its signs of life, such as "worker/…"."""

    name: str
    store: Store
    clock: SteadyClock
    sign: str

    async def beat(self) -> None:
        """Give a sign of life."""
        await self.store.pulse.beat(
            self.sign, at=SystemClock().now()
        )  # the health check knows no other clock

    async def follow_clock(self) -> bool:
        """Take the machine's time; what waits in the database is moved along by the bot that leads."""
        self.clock.follow()
        return False


@asynccontextmanager
async def open_role(name: str, config: Config, path: Path, environ: Mapping[str, str]) -> AsyncIterator[Role]:
    """Open what a role has. Raises ConfigError for a database that is a file, StoreError as open_store."""
    database = where(config, path, environ)
    if database.file is not None:
        raise ConfigError(_A_FILE.format(role=name))
    clock = SteadyClock()
    async with open_store(database.url, clock=clock, together=True) as store:
        if fault := apart(await store.pulse.ahead()):
            logger.warning("Clocks differ: %s", fault, extra={"action": "clocks_apart"})
        role = Role(name=name, store=store, clock=clock, sign=f"{name}/{myself()}")
        await store.pulse.forget(("poll", "deliver"))  # of a `vedette run` that was there before
        try:
            yield role
        finally:
            with suppress(StoreError):  # the server is away; the scheduler forgets it in time
                await store.pulse.forget((role.sign,))


async def side_by_side(*work: Coroutine[object, object, None]) -> None:
    """Do all of it until all has ended; what one of them raises ends the others, and is raised."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def beating(role: Role, alive: Callable[[], Awaitable[bool]], stop: asyncio.Event) -> None:
    """Give signs of life until told to stop, whenever `alive` says so."""
    while not stop.is_set():
        try:
            if await alive():
                await role.beat()
        except StoreError as error:
            logger.warning("The database is away: %s", error, extra={"action": "database_away"})
        await _stopped(stop, BEAT_EVERY.total_seconds())


async def leading_in_turn(
    role: Role,
    name: str,
    lasts: timedelta,
    lead: Callable[[Leader], AbstractAsyncContextManager[None]],
    stop: asyncio.Event,
    *,
    goes_on: Callable[[], bool] = lambda: True,
) -> None:
    """Wait for a lease, lead while it is held, and wait again, until told to stop.

    `lead` is open while this process leads. What ends it early is raised, but that the lease is another's.
    Where `goes_on` says for long that nothing comes of it, the lease is given up for another to try.
    """
    while not stop.is_set():
        async with AsyncExitStack() as held:
            leader = await _taken(held, role, name, lasts, stop)
            if leader is None:
                return
            logger.info("Leading as %s", name, extra={"action": "leading", "lease": name})
            gave_up = False
            try:
                async with lead(leader):
                    gave_up = await _until_over(leader, lasts, stop, goes_on)
            except StoreError:
                if leader.lease.is_held:
                    raise
            if not stop.is_set():
                logger.warning(GAVE_UP if gave_up else FOLLOWED, name, extra={"action": "led"})
        if gave_up:  # who stands by looks every second
            await _stopped(stop, lasts.total_seconds())


async def _taken(
    held: AsyncExitStack, role: Role, name: str, lasts: timedelta, stop: asyncio.Event
) -> Leader | None:
    """Wait for the lease; None if told to stop meanwhile."""
    entering = asyncio.create_task(held.enter_async_context(role.store.leader(name, lasts=lasts)))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({entering, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if entering.done():
            return entering.result()
        return None
    finally:
        for one in (entering, stopping):
            one.cancel()
        await asyncio.gather(entering, stopping, return_exceptions=True)


async def _until_over(
    leader: Leader, lasts: timedelta, stop: asyncio.Event, goes_on: Callable[[], bool]
) -> bool:
    """Wait until told to stop, or until the lease is another's or could be; True if it is better given up."""
    now = asyncio.get_running_loop().time
    held = well = now()  # when it was last so
    while not (stop.is_set() or leader.lease.lost.is_set()):
        held = now() if leader.lease.is_held else held
        well = now() if goes_on() else well
        if now() - held > CLOSES_AFTER * lasts.total_seconds():
            return False
        if now() - well > GIVES_UP_AFTER:
            return True
        await _stopped(stop, LOOKS_EVERY)
    return False


async def _stopped(stop: asyncio.Event, within: float) -> None:
    """Wait until told to stop, for so many seconds at most."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), within)
