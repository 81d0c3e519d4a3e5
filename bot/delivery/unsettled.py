"""What was sent, or tried, while the database was away: settled first of all when it is back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.platforms.base import Receipt
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store


@dataclass(slots=True)
class Unsettled:
    """Messages by id, of which the outcome could not be written down.

    Their leases would run out by themselves; until then their channels would wait.
    """

    store: Store
    _arrived: dict[int, tuple[OutboxItem, Receipt, datetime]] = field(default_factory=dict)
    _tried: dict[int, OutboxItem] = field(default_factory=dict)

    def arrived(self, item: OutboxItem, receipt: Receipt, at: datetime) -> None:
        """Remember a message that a platform took, until `done`."""
        self._arrived[item.id] = (item, receipt, at)

    def tried(self, item: OutboxItem) -> None:
        """Remember a message that a platform may have taken or not."""
        if item.id not in self._arrived:
            self._tried[item.id] = item

    def done(self, item: OutboxItem) -> None:
        """Forget a message whose outcome is on record."""
        self._arrived.pop(item.id, None)

    async def settle(self) -> None:
        """Write down what is known; what is another's by now stays as it is. Raises StoreError."""
        for item, receipt, at in tuple(self._arrived.values()):
            await self.store.outbox.delivered(item, at=at, receipt=receipt.id, repeat=receipt.repeat)
            self.done(item)
        for item in tuple(self._tried.values()):
            await self.store.outbox.release(item, uncertain=True)
            self._tried.pop(item.id, None)
