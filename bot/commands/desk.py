"""What every answer is made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchers.clock import Clock
    from watchers.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What answering needs: the store, the time, and the channel it is about."""

    store: Store
    clock: Clock
    channel: str
