"""A small pool of worker processes that can be killed, for parsing, page text and facts."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import signal
import traceback
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar, TypeVarTuple, cast

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from watchers.errors import WatchersError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

Args = TypeVarTuple("Args")
R = TypeVar("R")

MAX_TASKS = 1000  # then a worker is replaced, so that what parsers leak stays small
# Bytes a worker may allocate. The heaviest hostile document of the tests (11 MiB of escaped markup) took a
# worker to 282 MiB; a bomb meets this limit long before the machine does.
MEMORY = 1024 * 1024 * 1024
# Niceness of a worker. Reading a flood of entries must not slow the process that talks to people: with
# 200 new feeds on two busy cores, the last of 400 answers was 7 to 19 s late without it, 0 to 6 s with it.
BEHIND = 10
_START_GRACE = 30.0  # seconds a fresh worker may take to import what it needs, on a busy machine


class WorkerError(WatchersError):
    """A task in a worker process came to no result."""


class WorkTimeout(WorkerError):  # noqa: N818 -- says what happened; its root says it is an error
    """The task took longer than it may; its worker was killed."""


class WorkCrashed(WorkerError):  # noqa: N818 -- as above
    """The worker died or could not hand back a result."""


@dataclass(frozen=True, slots=True)
class _Raised:
    """An exception on its way home. Keyword-only exceptions cannot be pickled as they are."""

    kind: type[BaseException]
    args: tuple[object, ...]
    attributes: dict[str, object]

    def rebuilt(self) -> BaseException:
        error = self.kind.__new__(self.kind, *self.args)
        error.__dict__.update(self.attributes)
        return error


class Workers:
    """A pool of `size` worker processes, open inside `async with`. Functions and values must be picklable.

    `initializer` runs once in each worker; `preload` names modules to import before workers are forked.
    """

    def __init__(
        self,
        size: int = 0,
        *,
        initializer: Callable[[], object] | None = None,
        preload: Sequence[str] = (),
        max_tasks: int = MAX_TASKS,
        memory: int = MEMORY,
    ) -> None:
        self._size = size or min(2, os.cpu_count() or 1)
        self._initializer = initializer
        self._preload = tuple(preload)
        self._max_tasks = max_tasks
        self._memory = memory
        self._pool: ProcessPool | None = None
        self._turns = asyncio.Semaphore(self._size)
        self._opening = asyncio.Lock()
        self._running: set[ProcessFuture[bytes]] = set()
        self.lost = 0  # workers that were stopped for taking too long, or died

    async def __aenter__(self) -> Self:
        # starting takes a second, and no wait of the loop's
        self._pool = await asyncio.to_thread(self._opened)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pool, self._pool = self._pool, None
        for future in tuple(self._running):
            future.cancel()  # type: ignore[no-untyped-call]
        if pool is not None:
            await asyncio.to_thread(_close, pool)

    async def run(
        self,
        function: Callable[[*Args], R],
        *args: *Args,
        timeout: float,  # noqa: ASYNC109 -- not a wait of ours: it starts when a worker does
    ) -> R:
        """Run a function in a worker and return its result; raises what it raises.

        `timeout` is in seconds and starts when a worker does: waiting for one does not count. Raises
        WorkTimeout or WorkCrashed when there is no result; only that worker is lost. Cancelling kills it too.
        """
        name = getattr(function, "__name__", "the task")
        async with self._turns:
            outcome = await self._outcome(name, function, args, timeout)
        if isinstance(outcome, _Raised):
            error = outcome.rebuilt()
            if isinstance(error, MemoryError):
                raise WorkCrashed(f"{name} needed more than {self._memory} bytes of memory.") from error
            raise error
        return cast("R", outcome)

    async def _outcome(
        self,
        name: str,
        function: Callable[[*Args], R],
        args: tuple[object, ...],
        timeout: float,  # noqa: ASYNC109 -- as in `run`
    ) -> object:
        """Hand a task to a worker and wait for what comes back."""
        future = (await self._alive()).schedule(_call, args=(function, args), timeout=timeout)
        self._running.add(future)
        try:
            # pebble measures by the wall clock and may lose a lock with a worker; this does neither
            async with asyncio.timeout(timeout + _START_GRACE):
                answer = await asyncio.wrap_future(future)
        except TimeoutError as error:
            self.lost += 1
            raise WorkTimeout(f"{name} was stopped after {timeout:g} s.") from error
        except (ProcessExpired, BrokenProcessPool) as error:
            self.lost += 1
            raise WorkCrashed(f"{name} came to no result: its worker process died.") from error
        except asyncio.CancelledError:
            if _is_cancelled():
                raise
            raise WorkCrashed(f"{name} came to no result: the workers were closed.") from None
        except (AttributeError, TypeError, pickle.PicklingError) as error:
            raise WorkCrashed(f"{name} could not be sent to a worker: {error}.") from error
        finally:
            self._running.discard(future)
        return pickle.loads(answer)  # noqa: S301 -- from a process of our own, over a pipe of our own

    async def _alive(self) -> ProcessPool:
        """Return the pool, a new one if it broke: pebble gives up when an idle worker is killed."""
        async with self._opening:
            if self._pool is None:
                raise WorkCrashed("The workers are not open.")
            if not self._pool.active:
                await asyncio.to_thread(_close, self._pool)
                self._pool = await asyncio.to_thread(self._opened)
            return self._pool

    def _opened(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["__main__", "watchers.workers", *self._preload])
        pool = ProcessPool(
            max_workers=self._size,
            max_tasks=self._max_tasks,
            initializer=_begin,
            initargs=(self._initializer, self._memory),
            context=context,
        )
        pool.schedule(_call, args=(len, ("",)))  # pebble starts its workers with the first task
        return pool


def one_thread() -> None:
    """Keep numpy to one thread in this process; it counts only before numpy is first imported.

    For vectors of short texts two threads cost 1.5 times the CPU of one and save no time.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _close(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _begin(initializer: Callable[[], object] | None, memory: int) -> None:
    """Prepare a worker: end at once on SIGTERM, even inside C code, stand back, never outgrow the machine."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "nice"):  # absent on Windows
        os.nice(BEHIND)
    try:
        import resource  # noqa: PLC0415 -- absent on Windows, where the tests' machines need no limit

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    except (ImportError, ValueError, OSError):
        pass
    if initializer is not None:
        initializer()


def _call(function: Callable[[*Args], R], args: tuple[*Args]) -> bytes:
    """Run a task in the worker and pickle its result or exception there, where failing to is harmless."""
    try:
        return pickle.dumps(function(*args))
    except Exception as error:  # noqa: BLE001 -- whatever it is, the caller is to see it
        if not isinstance(error, WatchersError):
            error.add_note("In a worker process:\n" + "".join(traceback.format_exception(error)))
        try:
            raised = pickle.dumps(_Raised(type(error), error.args, dict(error.__dict__)))
            pickle.loads(raised).rebuilt()  # noqa: S301 -- our own bytes, made on the line above
        except Exception:  # noqa: BLE001 -- an exception class may do anything when it is copied
            return pickle.dumps(_Raised(WorkCrashed, (f"{type(error).__name__}: {error}",), {}))
        return raised
