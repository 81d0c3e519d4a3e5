"""Measure the processor time of a call, for tests that hostile input makes no work grow out of bounds.

Such a test is no benchmark: its bound stands between work that grows with the input and work that grows with
its square or worse, not between a fast machine and a slow one. So what has no part in the work is kept out:
other programs (the clock counts this thread's work alone) and the garbage collector, which goes through all
that a process holds, thousands of earlier tests' remains included.
"""

from __future__ import annotations

import gc
import math
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Input = TypeVar("_Input")


@dataclass(slots=True)
class Spent:
    """What a block cost, known when it has ended."""

    seconds: float = math.inf


@contextmanager
def cpu_spent(clock: Callable[[], float] = time.thread_time) -> Iterator[Spent]:
    """Measure one block with the garbage collector at rest: for what can be done only once.

    That is work which changes something, waits for something, or is remembered by a cache, so that to do it
    again would cost nothing and prove nothing. `clock` is `time.process_time` where other threads help.
    """
    collecting = gc.isenabled()
    gc.disable()
    spent, began = Spent(), clock()
    try:
        yield spent
    finally:
        spent.seconds = clock() - began
        if collecting:
            gc.enable()


def least_cpu(
    call: Callable[[], object],
    *,
    under: float = 0.0,
    tries: int = 3,
    clock: Callable[[], float] = time.thread_time,
) -> float:
    """Return the least seconds of processor time that a call took.

    The first run under `under` is the last one: a usual test calls once. Before a second run garbage is
    collected once, and what the first one loaded stands ready. The call must do the same work each time;
    for what a cache remembers, see `cpu_spent`.
    """
    least = math.inf
    for n in range(tries):
        if n == 1:
            gc.collect()
        with cpu_spent(clock) as spent:
            call()
        least = min(least, spent.seconds)
        if least < under:
            break
    return least


def growth(
    call: Callable[[_Input], object], small: _Input, large: _Input, *, under: float = 0.0, tries: int = 3
) -> float:
    """Return how many times the processor time of the small input the large one takes.

    An input ten times as large should come near ten where work grows with the input, and to a hundred where
    it grows with the square. Each try runs both, so that a machine that changes its pace changes both; the
    least of each counts, and the first ratio under `under` ends it. What is loaded once should be loaded.
    """
    finest = time.get_clock_info("thread_time").resolution
    few = many = ratio = math.inf
    for n in range(tries):
        if n == 1:
            gc.collect()
        few = min(few, least_cpu(lambda: call(small), tries=1))
        many = min(many, least_cpu(lambda: call(large), tries=1))
        ratio = many / max(few, finest)
        if ratio < under:
            break
    return ratio
