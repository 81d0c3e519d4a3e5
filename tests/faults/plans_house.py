"""Faults of the machine: a locked database, a full disk, a clock that jumps."""

from __future__ import annotations

import asyncio
import os
import resource
import sqlite3
from contextlib import asynccontextmanager, closing
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.doubles import slack_faults as faults
from tests.faults.plans_calls import POST
from tests.faults.scenes import Plan
from tests.faults.small_disk import small_disk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.faults.scenes import Scene

LOCKED_FOR: Final = 10.0  # seconds, as the matrix has it; the only wait that is not shortened
FULL_FOR: Final = 2.0  # seconds
CHUNK: Final = 65_536
JUMPS: Final = (3_600.0, -3_600.0, 86_400.0)  # seconds that the clock is suddenly ahead


async def locked(scene: Scene) -> None:
    """Hold the write lock for ten seconds while messages go out."""
    await scene.tell()
    await asyncio.sleep(scene.random.uniform(0, 0.5))
    with closing(sqlite3.connect(scene.world.database, timeout=20, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(LOCKED_FOR)
        other.execute("ROLLBACK")
    await scene.settled()


async def disk_full(scene: Scene) -> None:
    """Leave the database no room while messages go out, and make room again.

    On a small disk of its own all room is taken; where there is none, the bot's files may grow no further.
    """
    await scene.tell()
    await asyncio.sleep(scene.random.uniform(0, 0.3))
    take_room = _no_room if small_disk() else partial(_no_growth, scene)
    async with take_room(scene.world.database):
        await asyncio.sleep(FULL_FOR)
    await scene.settled()
    with closing(sqlite3.connect(scene.world.database, timeout=20)) as other:
        (well,) = other.execute("PRAGMA integrity_check").fetchone()
    if well != "ok":
        scene.notes.append(f"the database is damaged: {well}")


@asynccontextmanager
async def _no_room(database: Path) -> AsyncIterator[None]:
    filler = database.with_name("filler")
    if not await asyncio.to_thread(_fill, filler):
        raise RuntimeError("the disk was full before")
    yield
    filler.unlink()


@asynccontextmanager
async def _no_growth(scene: Scene, database: Path) -> AsyncIterator[None]:
    """Refuse every write of the bot to its database's log, as a full disk does; no privilege is needed."""
    log = database.with_name(f"{database.name}-wal")
    if scene.world.bot is None or not log.exists():
        raise RuntimeError("there is no bot that writes")
    pid = scene.world.bot.pid
    usual = resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, usual)


def _fill(path: os.PathLike[str]) -> int:
    """Write until there is no room, and return how many bytes there were."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    size, chunk = 0, CHUNK
    try:
        while chunk:
            try:
                size += os.write(file, bytes(chunk))
            except OSError:
                chunk //= 2
    finally:
        os.close(file)
    return size


async def jumped(scene: Scene, *, lost_answer: bool) -> None:
    """Set the clock while messages go out; with a lost answer, the bot must look for it on Slack's clock."""
    clock = scene.world.clock
    if lost_answer:
        make = faults.accepted_then_dropped()
        queued = scene.world.slack.inject(POST, make, skip=scene.random.randint(3, 8))
        scene.struck = lambda: queued.done > 0
    await scene.tell()
    await asyncio.sleep(scene.random.uniform(0, 0.2))
    clock.set_ahead(scene.random.choice([jump for jump in JUMPS if jump != clock.ahead]))
    await scene.settled()


HOUSE: Final = (
    Plan(name="database locked for 10 s", row=18, session="calls", act=locked),
    Plan(name="disk full", row=19, session="disk", act=disk_full),
    Plan(name="the clock jumps", row=22, session="clock", act=partial(jumped, lost_answer=False)),
    Plan(
        name="the clock jumps, and Slack's answer is lost",
        row=22,
        session="clock",
        act=partial(jumped, lost_answer=True),
    ),
)
