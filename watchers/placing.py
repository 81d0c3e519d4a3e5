"""Put reports into the stories of their events: in the running index, and on record in one transaction.

The index is ahead of what is stored until the commit. Whatever keeps that from coming, the index is made anew
from what is stored before anything else is placed.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watchers.errors import UnstorableError
from watchers.revisions import corrections
from watchers.steps import Affairs, link_steps
from watchers.stories.cluster import CLOSE_AFTER, Index
from watchers.types import StoryUpdate
from watchers.worth import is_worth_a_story

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from watchers.clock import Clock
    from watchers.relevance.decide import Decision
    from watchers.store.rows import Earlier
    from watchers.store.store import Store
    from watchers.stories.similarity import Closeness
    from watchers.types import Report

    Decided = tuple[Report, Decision]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What holds for all reports that are recorded together, in however many transactions."""

    earlier: Mapping[int, Earlier]  # the reports there are of earlier texts, by entry
    filled: Collection[int]  # entries whose earlier text was a teaser
    silent: frozenset[str]  # the keys of entries that nobody is told of
    now: datetime


class Placing:
    """The open stories of the process that understands, in step with those that are stored."""

    def __init__(self, store: Store, closeness: Closeness, *, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._index = Index(closeness)
        # The decisions about stories that the index knows of; None: it may not hold what is stored.
        self._hands: int | None = None
        self._affairs = Affairs()

    @classmethod
    async def of(cls, store: Store, closeness: Closeness, *, clock: Clock) -> Placing:
        """Take up the open stories as they are stored."""
        placing = cls(store, closeness, clock=clock)
        await placing._take_up()
        return placing

    @property
    def index(self) -> Index:
        """Return the open stories."""
        return self._index

    async def keep(
        self, decided: Sequence[Decided], about: Round
    ) -> tuple[tuple[Decided, ...], tuple[StoryUpdate, ...]]:
        """Put reports on record, in their order; return those that are, and what they did to stories.

        What the database refuses for what is in it is found by halves, and given up.
        """
        try:
            return tuple(decided), await self._place(decided, about)
        except UnstorableError as error:
            if len(decided) > 1:
                half = len(decided) // 2
                kept, updates = await self.keep(decided[:half], about)
                others, more = await self.keep(decided[half:], about)
                return kept + others, updates + more
            numbers = [report.entry.number for report, _ in decided]
            logger.warning(
                "The report of a%s could not be stored: %s", *numbers, error, extra={"action": "entry_unread"}
            )
            await self._store.entries.mark_read(numbers)
            return (), ()

    async def link(self, updates: Sequence[StoryUpdate], *, at: datetime) -> None:
        """Link the stories of recorded updates with the earlier steps of their affairs."""
        await link_steps(self._store, updates, self._index.closeness, self._affairs, at=at)

    async def _place(self, decided: Sequence[Decided], about: Round) -> tuple[StoryUpdate, ...]:
        if await self._store.hands.revision() != self._hands:
            why = "Reports were not kept" if self._hands is None else "Stories were merged or split by hand"
            logger.info("%s: the open stories are read anew", why, extra={"action": "stories_mended"})
            await self._take_up()
        hands, self._hands = self._hands, None  # until the commit
        updates: list[StoryUpdate] = []
        for report, decision in decided:
            before = about.earlier.get(report.entry.number)
            if before is not None and before.story is not None:
                updates += await self._correct(report, before.report, before.story, about)
            elif is_worth_a_story(report, decision):
                updates.append(self._index.place(report, now=about.now))
                await asyncio.sleep(0)
        async with self._store.transaction() as rooms:
            await rooms.stories.save_reports(decided)
            saved = await rooms.stories.save_updates(updates, silent=about.silent)
        self._hands = hands
        return saved

    async def _take_up(self) -> None:
        """Make the index from the stories as they are stored."""
        self._hands = None
        hands = await self._store.hands.revision()  # first: what comes meanwhile is taken up the next time
        recent = await self._store.stories.recent(since=self._clock.now() - CLOSE_AFTER)
        number = await self._store.stories.last_number() + 1
        self._affairs.forget()
        # Many stories take a second, in which people's commands are to be answered.
        self._index = await asyncio.to_thread(self._index.anew, recent, next_number=number)
        self._hands = hands

    async def _correct(
        self, report: Report, before: Report, number: int, about: Round
    ) -> tuple[StoryUpdate, ...]:
        """Put the report of a revised text in the place of the earlier one; return what that corrects.

        What was absent, for the earlier text was a teaser, corrects nothing; the story's cards get it.
        """
        absent = report.entry.number in about.filled
        story = self._index.replace(report) or await self._store.stories.get(number)
        come, gone = ((), ()) if absent else corrections(before.facts, report.facts)
        if story is None or not (come or gone or absent):
            return ()
        key = report.entry.key
        story = replace(
            story, reports=tuple(report if one.entry.key == key else one for one in story.reports)
        )
        return (
            StoryUpdate(
                story=story,
                report=report,
                kind="corrected",
                new_facts=come,
                new_origin=False,
                at=about.now,
                was=gone,
            ),
        )
