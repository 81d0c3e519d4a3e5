"""Look how a worker or a scheduler stands when somebody asks for its metrics: what it alone knows.

What stands in the database (feeds, outbox, digests) is told by the bot that leads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.metrics import samples
from bot.metrics.samples import Sample
from bot.metrics.standing import of_build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.metrics.build import Build
    from bot.metrics.counted import Counted
    from watchers.store.store import Store
    from watchers.workers import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLook:
    """Looks at one of several processes; `workers` are its pools by name, which come and go."""

    store: Store
    workers: Mapping[str, Workers]
    counted: Counted
    build: Build

    async def around(self) -> tuple[Sample, ...]:
        """Return what stands in memory; it always answers."""
        lost = "vedette_workers_lost_total"
        return (
            of_build(self.build),
            *(Sample(lost, (name,), pool.lost) for name, pool in self.workers.items()),
        )

    async def stored(self) -> tuple[Sample, ...]:
        """Return the signs of life of all roles. Raises StoreError."""
        return samples.of_beats(await self.store.pulse.beats())

    async def feeds(self) -> tuple[Sample, ...]:
        """Return nothing: feeds are counted by one process."""
        return ()
