"""Do fault runs: those of a session share a world one after the other, and are counted when it ends."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.faults import ledger
from tests.faults.bots import start_anew, warm
from tests.faults.plans_calls import CALLS
from tests.faults.plans_house import HOUSE
from tests.faults.plans_kills import KILLS
from tests.faults.plans_links import LINKS
from tests.faults.scenes import Plan, Scene
from tests.faults.small_disk import can_mount, do_inside, small_disk
from tests.faults.world import Needs, World, world
from watchers.clock import SystemClock
from watchers.errors import WatchersError
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tests.faults.bots import Starter

PLANS: Final = (*CALLS, *KILLS, *LINKS, *HOUSE)
BIG_ROWS: Final = (2, 3, 7, 11, 24)  # of which there are as many runs as of all others together
A_SESSION: Final = 25  # runs that share a world; the doubles grow slower with what they hold
OVER_BUDGET: Final = 45  # stories that no alert was left for, so that a digest tells them and has four parts
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A session to be done: plans by name, a run each, in this order."""

    session: str
    plans: tuple[str, ...]
    seed: int
    history: bool = True
    cold: bool = True  # each bot is started anew, not forked


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One fault run and what became of it. `again` is what does it once more."""

    plan: str
    row: int
    again: str
    deliveries: int = 0
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    marked: int = 0
    restarts: int = 0
    notes: tuple[str, ...] = field(default=())
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        """Tell whether nothing was lost, doubled or odd."""
        return not (self.lost or self.doubled or self.notes)


def plan_of(name: str) -> Plan:
    """Return a plan by name."""
    return next(plan for plan in PLANS if plan.name == name)


async def do(order: Order, *, empty: Path, forks: Starter | None = None) -> list[Ran]:
    """Do a session's runs; what is left when a world breaks is done in a fresh one."""
    if order.session == "disk" and small_disk() is None and await can_mount():
        return await do_inside(order)
    done: list[Ran] = []
    rest = list(order.plans)
    while rest:
        place = len(order.plans) - len(rest)
        some = await _in_one_world(order, rest, place, empty=empty, start=forks or start_anew)
        done += some
        rest = rest[len(some) :]
    return done


async def _in_one_world(
    order: Order, names: Sequence[str], place: int, *, empty: Path, start: Starter
) -> list[Ran]:
    scenes: list[tuple[Scene, Plan, float]] = []
    with tempfile.TemporaryDirectory(prefix="fault-runs-", ignore_cleanup_errors=True) as folder:
        async with _opened(order, Path(folder), empty=empty, start=start) as there:
            for n, name in enumerate(names):
                seed = f"{order.session}-{order.seed}-{place + n}"
                scene = Scene(world=there, random=random.Random(seed), name=f"q{order.seed}x{place + n}q")
                plan = plan_of(name)
                began = time.monotonic()
                broken = await _acted(plan, scene)
                scenes.append((scene, plan, time.monotonic() - began))
                there.slack.faults.clear()
                there.discord.server.faults.orders.clear()
                if broken or (there.bot is not None and not there.bot.runs):
                    break
            return _counted(order, scenes, there, place)


@asynccontextmanager
async def _opened(order: Order, folder: Path, *, empty: Path, start: Starter) -> AsyncIterator[World]:
    """Open the world that a sort of session needs, with a bot in it."""
    needs = Needs(
        history=order.history,
        every="1s" if order.session == "feeds" else "1h",
        news=order.session == "feeds",
        budget=1 if order.session == "digests" else 0,
        jumping=order.session == "clock",
        disk=small_disk() if order.session == "disk" else None,
    )
    async with world(folder, needs, start=start, empty=empty) as there:
        if order.session == "digests":
            await there.tell([f"hull{n}" for n in range(OVER_BUDGET)])
        await there.up(ready=True)
        await there.until(there.settled)
        if order.session == "feeds":
            await there.until(lambda: len(there.feeds.log) > 1)
        yield there


async def _acted(plan: Plan, scene: Scene) -> bool:
    """Do one run; tell whether the world is of no more use after it."""
    try:
        await plan.act(scene)
    except TimeoutError as error:
        scene.notes.append(f"stuck: {str(error)[:200]}")
        return True
    except (RuntimeError, OSError, WatchersError) as error:
        scene.notes.append(f"{type(error).__name__}: {str(error)[:2000]}")
        return True
    if not scene.struck():
        scene.notes.append("the fault never struck")
    return False


def _counted(
    order: Order, scenes: Sequence[tuple[Scene, Plan, float]], there: World, place: int
) -> list[Ran]:
    stored = ledger.stored(there.slack, there.discord)
    attempts = ledger.repeatable(there.slack, there.discord) + there.in_hand
    mode = "" if order.history else " --without-history"
    found = []
    for n, (scene, plan, seconds) in enumerate(scenes):
        count = ledger.count(scene.due, stored, attempts)
        notes = [*scene.notes, *(f"marked without need: {one}" for one in count.unjustified)]
        if count.lost:
            notes += [f"given up: {one}" for one in ledger.dead(there.database)[:5]]
        found.append(
            Ran(
                plan=plan.name,
                row=plan.row,
                again=f'--only "{plan.name}" --seed {order.seed} --runs {place + n + 1}{mode}',
                deliveries=count.deliveries,
                lost=count.lost,
                doubled=count.doubled,
                marked=count.marked,
                restarts=scene.restarts,
                notes=tuple(notes),
                seconds=seconds,
            )
        )
    return found


def orders(
    runs: int, *, seed: int, rows: Sequence[int] = (), only: str = "", history: bool = True
) -> list[Order]:
    """Share runs out over the plans: as many of each big row as of all small ones together."""
    plans = [plan for plan in PLANS if (not rows or plan.row in rows) and only in plan.name]
    big = sorted({plan.row for plan in plans} & set(BIG_ROWS))
    groups = [[plan for plan in plans if plan.row == row] for row in big]
    if small := [plan for plan in plans if plan.row not in BIG_ROWS]:
        groups.append(small)
    share = -(-runs // len(groups))
    names: dict[str, list[str]] = {}
    left = runs
    for group in groups:
        for n in range(min(share, left)):
            plan = group[n % len(group)]
            names.setdefault(plan.session, []).append(plan.name)
        left -= min(share, left)
    made = []
    for session, wanted in names.items():
        random.Random(f"{session}-{seed}").shuffle(wanted)
        for n, start in enumerate(range(0, len(wanted), A_SESSION)):
            some = tuple(wanted[start : start + A_SESSION])
            made.append(Order(session=session, plans=some, seed=seed + n, history=history))
    return made


@asynccontextmanager
async def bench(*, cold: bool) -> AsyncIterator[tuple[Path, Starter]]:
    """Make what sessions share: a database with its tables, and how bots are started."""
    memory = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**31 else None
    with tempfile.TemporaryDirectory(prefix="fault-bench-", dir=memory) as folder:
        empty = Path(folder) / "empty.sqlite3"
        async with open_store(f"sqlite:///{empty}", clock=SystemClock()):
            pass
        before = tempfile.tempdir
        tempfile.tempdir = folder
        try:
            if cold:
                yield empty, start_anew
            else:
                with warm() as forks, forks.heard():
                    yield empty, forks
        finally:
            tempfile.tempdir = before


async def do_all(
    given: Sequence[Order], *, cold: bool, lanes: int = 1, keep: Path | None = None
) -> list[Ran]:
    """Do sessions, so many side by side, and say on standard error how each went.

    Each run is also added to the file `keep`, as a line of JSON, when its session ends.
    """
    waiting = list(given)
    done: list[Ran] = []
    async with bench(cold=cold) as (empty, start):

        async def lane() -> None:
            while waiting:
                order = waiting.pop(0)
                some = await do(order, empty=empty, forks=start)
                done.extend(some)
                if keep is not None:
                    with keep.open("a", encoding="utf-8") as file:
                        file.writelines(json.dumps(asdict(one)) + "\n" for one in some)
                odd = [one for one in some if not one.well]
                sys.stderr.write(
                    f"{order.session}: {len(some)} runs, {sum(one.seconds for one in some):.0f} s, "
                    f"{len(odd)} to be looked at\n"
                )
                sys.stderr.writelines(f"  {one.plan} ({one.again}): {one}\n" for one in odd)
                sys.stderr.flush()

        async with asyncio.TaskGroup() as group:
            for _ in range(lanes):
                group.create_task(lane())
    return done


def kept(file: Path) -> list[Ran]:
    """Return the runs that were added to a file, of this campaign and of those before."""
    told = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    lists = ("lost", "doubled", "notes")
    return [Ran(**one | {name: tuple(one[name]) for name in lists}) for one in told]
