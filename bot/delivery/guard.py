"""May this process still send this message? Asked just before each, by one of several that could."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from watchers.clock import Clock
    from watchers.store.leases import Lease
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Looks at the process's lease, by a counter that goes on while it is frozen, and the message's own."""

    lease: Lease
    store: Store
    clock: Clock
    lasts: timedelta  # how long a message's lease does

    async def may_send(self, item: OutboxItem) -> bool:
        """Hold the message's lease anew and tell whether both are ours; StoreError if nobody can say so."""
        if not self.lease.is_held:
            return False
        kept = await self.store.outbox.renew(item, until=self.clock.now() + self.lasts)
        return kept and self.lease.is_held


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What a bot that is one of several has while it leads: the store it writes through, and its lease.

    `beats_as` is the name of its signs of life.
    """

    store: Store
    lease: Lease
    beats_as: str

    def may_speak(self) -> bool:
        """Tell whether it may still talk to anybody."""
        return self.lease.is_held

    def guard(self, clock: Clock, lasts: timedelta) -> Guard:
        """Return who looks before each message; its lease lasts so long."""
        return Guard(lease=self.lease, store=self.store, clock=clock, lasts=lasts)
