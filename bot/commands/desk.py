"""What every answer is made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.commands.request import Asker
    from watchers.clock import Clock
    from watchers.store.store import Store
    from watchers.types import Entry


class Reading(Protocol):
    """Asking a feed now, without keeping anything: for trying an address before it is added."""

    async def try_feed(self, url: str) -> tuple[Entry, ...]:
        """Return what a feed holds, newest first. Raises FeedError, which says why it cannot be read."""
        ...

    async def feeds_on(self, url: str) -> tuple[str, ...]:
        """Return the addresses of the feeds that a web page names, a few at most. Raises FeedError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What answering needs: the store, the time, who asks, and where.

    `channel` is where the question was asked; `home` is the channel whose sources, rules, mutes and votes it
    uses: itself, or the one it is bound to.
    """

    store: Store
    clock: Clock
    channel: str
    home: str
    asker: Asker
    reading: Reading
    channel_name: str = ""
    public: bool = False
