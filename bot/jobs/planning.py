"""Hand out the feeds that are due: claimed and enqueued in one transaction, a few to each job.

A host's feeds go out together, and none of them while another is being asked: whoever gets them asks one
after the other, so that a host is asked by one process at a time, however many there are.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from watchers.polling import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.jobs.port import Batch, Jobs
    from watchers.clock import Clock
    from watchers.store.claims import DueFeed
    from watchers.store.store import Rooms, Store

# Feeds of one job: as long as a slow one takes, the others of the job are done beside it; and at 111 feeds a
# second (100 000 every 15 minutes) it makes two jobs a second, of which the queue does hundreds.
AT_ONCE: Final = 50
# Feeds of a host in one job: they take turns, some tenths of a second each, and should be over before their
# claim is, or another worker asks the same host beside (docs/scale.md).
OF_ONE_HOST: Final = 100
# Feeds handed out in one round; those that are longest overdue come first. So many take a fifth of
# a second of processor time, and are three times what 100 000 feeds have due in one.
MOST: Final = 2_000
# Feeds looked at at a time: more than are handed out, as those of hosts that are being asked stay behind. If
# these fill a look and little else is found, the next ones pass over the hosts that had most of it: one that
# lets thousands of feeds wait would keep all others, due later, from ever being seen.
LOOK: Final = 2 * MOST
LOOKS: Final = 4  # in one round
PASSED: Final = 20  # hosts after each; the database compares every feed that is due with them
# Jobs that wait: while the workers are behind by so many, more of them would only grow old.
MOST_WAITING: Final = 200
# How long a feed is nobody else's. A job begins by claiming what is left of it again.
CLAIMED: Final = timedelta(minutes=2)


class Planner:
    """Looks what is due. One per database at a time: the process that runs alone, or who schedules."""

    def __init__(
        self, store: Store, jobs: Jobs, *, clock: Clock, claimed: timedelta = CLAIMED, apart: bool = True
    ) -> None:
        """Take what is needed; without `apart` one job gets everything: its own process keeps hosts apart."""
        self._store = store
        self._jobs = jobs
        self._clock = clock
        self._claimed = claimed
        self._apart = apart

    async def plan(self) -> tuple[Batch, ...]:
        """Hand out what is due, and return it; nothing while enough of it waits already."""
        if self._apart and (await self._jobs.waiting()).waiting >= MOST_WAITING:
            return ()
        now = self._clock.now()
        if not await self._store.claims.due(now=now, limit=1):
            return ()  # nothing to decide on, so nobody need wait for us
        async with self._store.transaction() as rooms:
            batches = await self._chosen(rooms, now)
            handed = [number for batch in batches for number in batch]
            await rooms.claims.claim(handed, until=now + self._claimed)
            await self._jobs.enqueue("poll", batches, rooms=rooms)
        return batches

    async def _chosen(self, rooms: Rooms, now: datetime) -> tuple[Batch, ...]:
        """Choose the jobs of this round."""
        if not self._apart:
            due = await rooms.claims.due(now=now, limit=LOOK)
            return (tuple(feed.number for feed in due),) if due else ()
        busy = await rooms.claims.busy(now=now)
        batches: tuple[Batch, ...] = ()
        found: list[DueFeed] = []
        passed: set[str] = set()
        for _ in range(LOOKS):
            due = await rooms.claims.due(now=now, limit=LOOK, but_of=passed)
            found += due
            batches = divided(found, busy)
            if len(due) < LOOK or sum(map(len, batches)) >= MOST // 2:
                break
            passed.update(host for host, _ in Counter(host_of(feed.url) for feed in due).most_common(PASSED))
        return batches


def divided(
    due: Iterable[DueFeed], busy: Iterable[str], *, size: int = AT_ONCE, most: int = MOST
) -> tuple[Batch, ...]:
    """Divide feeds into jobs of about `size`, each host's in one job; none of a host that is `busy`.

    `busy` holds addresses. The longest overdue come first, as they are given; `most` bounds all of them.
    """
    shut = {host_of(url) for url in busy}
    by_host: dict[str, list[int]] = {}
    handed = 0
    for feed in due:
        host = host_of(feed.url)
        if handed < most and host not in shut and len(by_host.get(host, ())) < OF_ONE_HOST:
            by_host.setdefault(host, []).append(feed.number)
            handed += 1
    batches: list[Batch] = []
    batch: list[int] = []
    for numbers in by_host.values():
        if batch and len(batch) + len(numbers) > size:
            batches.append(tuple(batch))
            batch = []
        batch += numbers
    return (*batches, tuple(batch)) if batch else tuple(batches)
