"""Worker processes: what they return, and that a hang or a crash costs one of them only."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests import kept_workers
from watchers.errors import FetchError
from watchers.workers import BEHIND, WorkCrashed, Workers, WorkTimeout

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

LONG = 20.0  # seconds; nothing here takes that long unless it hangs


@pytest.fixture(autouse=True)
def of_its_own() -> Iterator[None]:
    """Let each test start and end workers of its own."""
    with kept_workers.cold():
        yield


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(2) as pool:
        yield pool


def add(one: int, other: int) -> int:
    return one + other


def hang() -> NoReturn:
    while True:
        pass


def hang_in_c() -> int:
    return len(str(7 ** (10**9)))


def nap(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def niceness() -> int:
    return os.nice(0)


def die() -> NoReturn:
    os._exit(3)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupted() -> str:
    os.kill(os.getpid(), signal.SIGINT)
    return "still here"


def refuse() -> NoReturn:
    raise FetchError("It did not work.", url="https://desk.example/", status=503, retry_after=60.0)


def divide() -> float:
    return 1 / 0


def overeat() -> int:
    return len(bytearray(4 * 1024**3))


def unpicklable() -> Callable[[], int]:
    return lambda: 1


class TwoFacedError(Exception):
    """An exception that cannot be made again from what it holds."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)
        self.callback = lambda: one


def two_faced() -> NoReturn:
    raise TwoFacedError("a", "b")


_ready = ""


def make_ready() -> None:
    global _ready  # noqa: PLW0603 -- what an initializer is for
    _ready = "ready"


def readiness() -> str:
    return _ready


async def test_a_result_comes_back(workers: Workers) -> None:
    assert await workers.run(add, 2, 3, timeout=LONG) == 5


async def test_an_exception_comes_back_with_its_fields(workers: Workers) -> None:
    with pytest.raises(FetchError, match="did not work") as caught:
        await workers.run(refuse, timeout=LONG)
    assert (caught.value.status, caught.value.retry_after, caught.value.permanent) == (503, 60.0, False)


async def test_a_fault_of_ours_comes_back_with_its_traceback(workers: Workers) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        await workers.run(divide, timeout=LONG)
    assert "return 1 / 0" in "".join(caught.value.__notes__)


@pytest.mark.parametrize("task", [hang, hang_in_c], ids=["in Python", "in C"])
async def test_a_hang_is_killed_and_the_others_go_on(workers: Workers, task: Callable[[], object]) -> None:
    hanging = asyncio.create_task(workers.run(task, timeout=0.3))
    assert await workers.run(add, 1, 1, timeout=LONG) == 2
    with pytest.raises(WorkTimeout, match=r"0\.3 s"):
        await hanging
    assert await workers.run(add, 2, 2, timeout=LONG) == 4


@pytest.mark.parametrize("task", [die, killed], ids=["an exit", "a signal"])
async def test_a_crash_is_told_and_the_others_go_on(workers: Workers, task: Callable[[], object]) -> None:
    with pytest.raises(WorkCrashed):
        await workers.run(task, timeout=LONG)
    assert await workers.run(add, 2, 2, timeout=LONG) == 4


async def test_idle_workers_that_are_killed_are_replaced(workers: Workers) -> None:
    await workers.run(add, 1, 1, timeout=LONG)
    for process in multiprocessing.active_children():
        process.kill()
        process.join()
    for _ in range(3):  # the first may meet the breach
        try:
            assert await workers.run(add, 2, 2, timeout=LONG) == 4
        except WorkCrashed:
            continue
    assert await workers.run(add, 3, 3, timeout=LONG) == 6


async def test_memory_without_end_is_refused() -> None:
    async with Workers(1, memory=512 * 1024**2) as workers:
        with pytest.raises(WorkCrashed, match="memory"):
            await workers.run(overeat, timeout=LONG)
        assert await workers.run(add, 2, 2, timeout=LONG) == 4


@pytest.mark.parametrize("task", [unpicklable, two_faced], ids=["a result", "an exception"])
async def test_what_cannot_travel_is_an_error_and_costs_no_worker(task: Callable[[], object]) -> None:
    async with Workers(1) as workers:
        before = await workers.run(os.getpid, timeout=LONG)
        with pytest.raises((WorkCrashed, AttributeError)):
            await workers.run(task, timeout=LONG)
        assert await workers.run(os.getpid, timeout=LONG) == before


async def test_what_cannot_be_sent_is_an_error(workers: Workers) -> None:
    with pytest.raises(WorkCrashed, match="could not be sent"):
        await workers.run(lambda: 1, timeout=LONG)


async def test_waiting_for_a_worker_does_not_count(workers: Workers) -> None:
    naps = [workers.run(nap, 0.2, timeout=0.5) for _ in range(8)]  # 0.8 s in two workers
    assert len(set(await asyncio.gather(*naps))) <= 2


async def test_an_interrupt_from_the_keyboard_is_not_the_workers_business(workers: Workers) -> None:
    assert await workers.run(interrupted, timeout=LONG) == "still here"


async def test_workers_are_replaced_after_so_many_tasks() -> None:
    async with Workers(1, max_tasks=2) as workers:
        assert len({await workers.run(os.getpid, timeout=LONG) for _ in range(6)}) >= 3


async def test_an_initializer_runs_in_each_worker() -> None:
    async with Workers(1, initializer=make_ready) as workers:
        assert await workers.run(readiness, timeout=LONG) == "ready"
    assert _ready == ""


async def test_closing_takes_less_than_five_seconds_whatever_runs() -> None:
    loop = asyncio.get_running_loop()
    async with Workers(2) as workers:
        running = [asyncio.create_task(workers.run(task, timeout=LONG)) for task in (hang_in_c, hang, hang)]
        assert not (await asyncio.wait(running, timeout=0.5))[0]
        began = loop.time()
    assert loop.time() - began < 5
    for outcome in await asyncio.gather(*running, return_exceptions=True):
        assert isinstance(outcome, WorkCrashed)
    with pytest.raises(WorkCrashed, match="not open"):
        await workers.run(add, 1, 1, timeout=LONG)


async def test_cancelling_a_task_frees_its_worker() -> None:
    async with Workers(1) as workers:
        task = asyncio.create_task(workers.run(hang, timeout=LONG))
        assert not (await asyncio.wait([task], timeout=0.5))[0]
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await workers.run(add, 2, 2, timeout=LONG) == 4


async def test_a_worker_stands_back_behind_the_process_that_talks_to_people(workers: Workers) -> None:
    assert await workers.run(niceness, timeout=LONG) == min(19, os.nice(0) + BEHIND)
