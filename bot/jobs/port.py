"""The port that both engines fill: hand work out that is due now, and do it.

What is due stands in our own tables; a job only says that somebody is to look now. A job that is lost costs
the time until its claim ends, and one that runs twice finds nothing left to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager

    from watchers.store.store import Rooms

# What there is to do, as the queue names it: "poll" asks feeds, by their numbers.
TaskName = Literal["poll"]
Batch: TypeAlias = "tuple[int, ...]"
Task: TypeAlias = "Callable[[Batch], Awaitable[object]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much is in hand. `oldest` is for how many seconds the first job that nobody does has waited."""

    waiting: int = 0
    under_way: int = 0
    oldest: float = 0.0
    workers: int = 0  # processes that do jobs


class Jobs(Protocol):
    """Where jobs go, and come from."""

    async def enqueue(self, task: TaskName, batches: Sequence[Batch], *, rooms: Rooms) -> None:
        """Let each batch of numbers be done, by whoever is free; none if the transaction is not kept."""
        ...

    def working(self, tasks: Mapping[TaskName, Task], *, within: float) -> AbstractAsyncContextManager[None]:
        """Do jobs of these kinds while the context lasts.

        At its end what is under way has `within` seconds; then it is cancelled. A job that fails is logged
        and not repeated: what is still due is handed out again.
        """
        ...

    async def rescue(self) -> int:
        """Let jobs be done by others whose process has died or stands still; return how many."""
        ...

    async def waiting(self) -> Waiting:
        """Return how much there is to do."""
        ...
