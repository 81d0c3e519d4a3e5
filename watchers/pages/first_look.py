"""Say after a first look whose pages are worth fetching, and let those entries wait a moment for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from watchers.pages.wants import wants_page
from watchers.worth import is_worth_a_story

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from watchers.clock import Clock
    from watchers.relevance.decide import Decision
    from watchers.store.store import Store
    from watchers.types import Report

    Decided = tuple[Report, Decision]

ALIVE: Final = timedelta(seconds=15)  # since the last tick of who fetches; without one nobody waits
# Entries that wait in one round. What comes in larger numbers is a backlog, which is told at once.
MOST_WAITING: Final = 50


class FirstLook:
    """Between the first reading of entries and what is told of them. One for the whole program."""

    def __init__(self, store: Store, *, clock: Clock, wanted: Callable[[], None] = lambda: None) -> None:
        """Take what is needed; `wanted` is called when there are pages to fetch."""
        self._store = store
        self._clock = clock
        self._wanted = wanted
        self._heard: datetime | None = None

    def heard(self) -> None:
        """Note that whoever fetches pages is at work."""
        self._heard = self._clock.now()

    async def without_waiting(self, decided: Sequence[Decided], *, silent: frozenset[str]) -> list[Decided]:
        """Return the reports that are to be told now; the rest wait, unread, until their page is there.

        A page is wanted for what is worth a story and comes as a headline or teaser. `silent` holds the keys
        of archive entries that nobody is told of; theirs are not fetched. All pages that are wanted are
        noted, also those that nobody waits for.
        """
        kinds = await self._store.articles.kinds(report.entry.feed for report, _ in decided)
        wanted = [
            report.entry.number
            for report, decision in decided
            if is_worth_a_story(report, decision)
            and report.entry.key not in silent
            and wants_page(report.entry, kinds.get(report.entry.feed, "feed"))
        ]
        new = await self._store.articles.want(wanted, at=self._clock.now())
        if not new:
            return list(decided)
        self._wanted()
        if not self._is_alive() or len(new) > MOST_WAITING:
            return list(decided)
        return [pair for pair in decided if pair[0].entry.number not in new]

    def _is_alive(self) -> bool:
        return self._heard is not None and abs(self._clock.now() - self._heard) <= ALIVE
