"""Lend worker processes from one test to the next, as a bot keeps its own for as long as it runs.

A test that opens workers would start them anew: each imports what parses, reads or extracts again, a second
of processor time or more. Workers are lent to those alone who ask for the same; where a worker was lost, or
is still busy when its test ends, none of its pool is kept. What starting and ending takes is held by
tests/watchers/test_workers.py, which asks for `cold` ones, and by what runs the program as a process of its
own.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Final

from watchers import workers
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from pebble import ProcessPool

MOST: Final = 2  # pools of a kind that are kept: a test that restarts a bot has two

_kept: dict[bytes, list[ProcessPool]] = defaultdict(list)
_cold = False


@contextmanager
def cold() -> Iterator[None]:
    """Let workers be started anew, and ended, while the context lasts."""
    global _cold  # noqa: PLW0603 - one process, one way
    before, _cold = _cold, True
    try:
        yield
    finally:
        _cold = before


def start() -> None:
    """Keep workers from now on; once a process."""
    usual_opened, usual_exit = Workers._opened, Workers.__aexit__

    @wraps(usual_opened)
    def opened(self: Workers) -> ProcessPool:
        kept = [] if _cold else _kept[_kind(self)]
        while kept:
            pool = kept.pop()
            if pool.active:
                return pool
            workers._close(pool)
        return usual_opened(self)

    @wraps(usual_exit)
    async def exited(
        self: Workers,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pool = self._pool
        if pool is not None and _worth(self, pool):
            self._pool = None
            _kept[_kind(self)].append(pool)
        await usual_exit(self, kind, error, trace)

    setattr(Workers, "_opened", opened)  # noqa: B010 - mypy takes no assignment to a method
    setattr(Workers, "__aexit__", exited)  # noqa: B010


def end() -> None:
    """End all that are kept."""
    for kept in _kept.values():
        while kept:
            workers._close(kept.pop())


def _worth(given: Workers, pool: ProcessPool) -> bool:
    """Tell whether somebody else may have them."""
    idle = not given._running and not given.lost
    return idle and not _cold and pool.active and len(_kept[_kind(given)]) < MOST


def _kind(given: Workers) -> bytes:
    """Return what two pools have in common that are the same to who uses them."""
    return pickle.dumps((given._size, given._initializer, given._preload, given._max_tasks, given._memory))
