"""Workers and hosts for the simulation of scale: who is asked when, by the limits that the poller keeps."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.jobs.port import Waiting
from watchers.polling import SIDE_BY_SIDE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from random import Random

    from bot.jobs.port import Batch, Task, TaskName
    from watchers.store.store import Rooms

# What a poll takes, in seconds: most feeds of a catalogue answer in a third of a second, and a failing one
# takes either next to nothing (refused, not found) or all of a request's time.
MEDIAN_S: Final = 0.3
SPREAD_S: Final = 0.8  # of its logarithm: one in twenty takes more than 1.1 s
TIMES_OUT_S: Final = 30.0
REFUSED_S: Final = 0.1
TIMES_OUT: Final = 0.5  # share of failures


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """A poll that ends at a moment, in seconds of the simulation."""

    ends: float
    feed: int
    began: float
    failed: bool


@dataclass(slots=True)
class Worker:
    """A process that polls: so many feeds at a time, and of one host one after the other."""

    places: int = SIDE_BY_SIDE
    left: Counter[Batch] = field(default_factory=Counter)  # feeds still to be asked, of each job under way
    ready: deque[int] = field(default_factory=deque)
    behind: dict[str, deque[int]] = field(default_factory=dict)  # by host: who waits for the one under way


class Farm:
    """All workers together, as the queue that they share; it counts what hosts see."""

    def __init__(
        self, workers: int, hosts: tuple[str, ...], random: Random, *, broken: frozenset[int]
    ) -> None:
        """Let so many workers wait for jobs; `hosts` are those of feed n + 1."""
        self._workers = [Worker() for _ in range(workers)]
        self._hosts = hosts
        self._random = random
        self._broken = broken
        self._jobs: deque[Batch] = deque()
        self._job_of: dict[int, Batch] = {}
        self._under_way: list[tuple[Asked, int]] = []
        self._at_once: Counter[str] = Counter()
        self._by_minute: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.most_at_once = 0
        self.most_jobs = 0  # that waited

    async def enqueue(self, task: TaskName, batches: Sequence[Batch], *, rooms: Rooms) -> None:
        """Take jobs into the queue."""
        del task, rooms
        self._jobs.extend(batches)
        self.most_jobs = max(self.most_jobs, len(self._jobs))

    async def waiting(self) -> Waiting:
        """Return how many jobs wait."""
        return Waiting(waiting=len(self._jobs))

    async def rescue(self) -> int:
        """Find no job stuck."""
        return 0

    @asynccontextmanager
    async def working(self, tasks: Mapping[TaskName, Task], *, within: float) -> AsyncIterator[None]:
        """Do nothing: workers are played."""
        del tasks, within
        yield

    def takes(self) -> Iterator[tuple[int, Batch]]:
        """Give the jobs that workers take now, each with the worker's number."""
        while self._jobs:
            number = min(range(len(self._workers)), key=lambda n: len(self._workers[n].left))
            if len(self._workers[number].left) >= SIDE_BY_SIDE:
                return
            yield number, self._jobs.popleft()

    def begin(self, number: int, batch: Batch, now: float) -> None:
        """Let a worker ask the feeds of a job."""
        worker = self._workers[number]
        batch = tuple(feed for feed in batch if feed not in self._job_of)  # as the poller leaves them alone
        if batch:
            worker.left[batch] = len(batch)
        for feed in batch:
            self._job_of[feed] = batch
            host = self._hosts[feed - 1]
            if host in worker.behind:
                worker.behind[host].append(feed)
            else:
                worker.behind[host] = deque()
                worker.ready.append(feed)
        self._begin(number, now)

    def until(self, moment: float) -> Iterator[Asked]:
        """Let time pass up to a moment; give each poll that ends, in order."""
        while self._under_way and self._under_way[0][0].ends <= moment:
            asked, number = heapq.heappop(self._under_way)
            worker, host = self._workers[number], self._hosts[asked.feed - 1]
            worker.places += 1
            self._at_once[host] -= 1
            waiting = worker.behind[host]
            if waiting:
                worker.ready.append(waiting.popleft())
            else:
                del worker.behind[host]
            self._count_off(worker, self._job_of.pop(asked.feed))
            self._begin(number, asked.ends)
            yield asked

    def most_a_minute(self) -> int:
        """Return the most requests that one host had in one minute."""
        return max((max(hosts.values()) for hosts in self._by_minute.values()), default=0)

    @staticmethod
    def _count_off(worker: Worker, batch: Batch) -> None:
        worker.left[batch] -= 1
        if not worker.left[batch]:
            del worker.left[batch]

    def _begin(self, number: int, now: float) -> None:
        worker = self._workers[number]
        while worker.places and worker.ready:
            feed = worker.ready.popleft()
            host = self._hosts[feed - 1]
            worker.places -= 1
            self._at_once[host] += 1
            self.most_at_once = max(self.most_at_once, self._at_once[host])
            self._by_minute[int(now // 60)][host] += 1
            failed = feed in self._broken
            asked = Asked(now + self._takes(failed=failed), feed, now, failed)
            heapq.heappush(self._under_way, (asked, number))

    def _takes(self, *, failed: bool) -> float:
        if failed:
            return TIMES_OUT_S if self._random.random() < TIMES_OUT else REFUSED_S
        return min(MEDIAN_S * self._random.lognormvariate(0, SPREAD_S), TIMES_OUT_S)
