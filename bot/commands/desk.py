"""What every answer is made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.request import Asker
    from watchers.clock import Clock
    from watchers.lens_spec import LensSpec
    from watchers.store.store import Store
    from watchers.types import Entry, Exemplar, Relevance, Report


class Reading(Protocol):
    """Asking a feed now, without keeping anything: for trying an address before it is added."""

    async def try_feed(self, url: str) -> tuple[Entry, ...]:
        """Return what a feed holds, newest first. Raises FeedError, which says why it cannot be read."""
        ...

    async def feeds_on(self, url: str) -> tuple[str, ...]:
        """Return the addresses of the feeds that a web page names, a few at most. Raises FeedError."""
        ...


class Judging(Protocol):
    """Relevance asked for now: of texts of which nothing is kept, and by exemplars that are only tried."""

    @property
    def lens(self) -> LensSpec:
        """What entries are read through, as the configuration has it: shared exemplars, model, gazetteer."""
        ...

    async def read(self, entries: Sequence[Entry]) -> tuple[Report, ...]:
        """Read texts as every entry is read; nothing is kept. Raises CommandError if it takes too long."""
        ...

    async def judge(
        self, exemplars: tuple[Exemplar, ...], reports: Sequence[Report]
    ) -> tuple[Relevance, ...]:
        """Return the relevance of stored or just read reports by these exemplars, in their order.

        Raises CommandError when it takes too long or no exemplar is good.
        """
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
    judging: Judging
    channel_name: str = ""
    public: bool = False
