"""What every answer is made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.commands.request import Asker, File
    from bot.reading import Trial
    from watchers.clock import Clock
    from watchers.feeds.discover import Found
    from watchers.feeds.listpage import Suggestion
    from watchers.feeds.opml import Outline
    from watchers.lens_spec import LensSpec
    from watchers.store.rows_chat import Audit
    from watchers.store.store import Rooms
    from watchers.types import Entry, Exemplar, Relevance, Report, SourceKind


PATIENCE: Final = 18.0  # seconds; in chat an answer is given up after 30, and what was asked has to be told


class Reading(Protocol):
    """Asking a source now, without keeping anything: for trying an address before it is added.

    What a site's robots.txt forbids is not asked; a FeedError says so.
    """

    async def try_source(
        self, url: str, *, kind: SourceKind = "feed", selector: str = "", named_by: str = ""
    ) -> Trial:
        """Return what a source holds now. Raises FeedError, which says why it cannot be read."""
        ...

    async def feeds_on(self, url: str) -> tuple[Found, ...]:
        """Return the feeds that a web page names, a few at most. Raises FeedError."""
        ...

    async def selectors_on(self, url: str) -> tuple[Suggestion, ...]:
        """Return selectors that find lists of articles on a page, the likeliest first. Raises FeedError."""
        ...

    async def outlines_at(self, url: str) -> tuple[Outline, ...]:
        """Return the feeds of an OPML file on the web. Raises FeedError, or OpmlError if it is none."""
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

    `store` is one transaction for a command that changes things at once (`handlers.AT_ONCE`). `channel` is
    where the question was asked; `home` is the channel whose sources, rules, mutes and votes it uses: itself,
    or the one it is bound to. `undoing` is the change that is being taken back. `file` came with
    the command. `patience` is how many seconds an answer may take to ask around; `progress` is told meanwhile
    how many of how many were asked.
    """

    store: Rooms
    clock: Clock
    channel: str
    home: str
    asker: Asker
    reading: Reading
    judging: Judging
    channel_name: str = ""
    public: bool = False
    undoing: Audit | None = None
    file: File | None = None
    patience: float = PATIENCE
    progress: Callable[[int, int], None] | None = None
