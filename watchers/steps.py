"""Link stories that a reading opened or added to with the earlier steps of their affairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.stories.storyline import MEMBERS, WITHIN, affair, follows, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from watchers.store.store import Store
    from watchers.stories.similarity import Closeness
    from watchers.stories.storyline import Affair
    from watchers.types import Story, StoryUpdate

LOOKED_AT: Final = 5  # earlier stories that share most; loading and reading one takes 10 ms
REMEMBERED: Final = 2_000  # affairs, some kilobytes each


class Affairs:
    """What stories tell of their affairs, by number; of those read last, for they are looked at again."""

    def __init__(self) -> None:
        self._known: dict[int, Affair] = {}

    def forget(self) -> None:
        """Forget all: people merged or split stories, or they are read otherwise now."""
        self._known.clear()

    def drop(self, number: int) -> None:
        """Forget one, whose reports were changed."""
        self._known.pop(number, None)

    def of(self, story: Story, closeness: Closeness) -> Affair:
        """Read a story's affair and remember it."""
        self.drop(story.number)
        if len(self._known) >= REMEMBERED:
            self.drop(next(iter(self._known)))
        read = [closeness.read(report) for report in story.reports[:MEMBERS]]
        self._known[story.number] = made = affair(read, closeness)
        return made

    def known(self, number: int) -> Affair | None:
        """Return what is remembered of a story, None if nothing is."""
        return self._known.get(number)


async def link_steps(
    store: Store, updates: Sequence[StoryUpdate], closeness: Closeness, affairs: Affairs, *, at: datetime
) -> None:
    """Note what each young story of these updates can be found by, and the step before it if there is one.

    A story that has an earlier step keeps it, and one of many reports is told well enough to be left alone.
    """
    young = {
        one.story.number: affairs.of(one.story, closeness)
        for one in updates
        if one.kind != "corrected" and len(one.story.reports) <= MEMBERS
    }
    for one in updates:
        if one.kind == "corrected":
            affairs.drop(one.story.number)
    found_by = {number: some for number, one in young.items() if (some := tokens(one))}
    if not found_by:
        return
    await store.storylines.note(found_by)  # all of them first: a batch may hold two steps of one affair
    linked = await store.storylines.linked(found_by)
    links = {
        number: earlier
        for number, shared in found_by.items()
        if number not in linked
        and (
            earlier := await _before(
                store, number, young[number], shared, closeness=closeness, affairs=affairs
            )
        )
        is not None
    }
    if links:
        async with store.transaction() as rooms:
            for number, earlier in links.items():
                await rooms.storylines.link(number, earlier, made_by="bot", at=at)


async def _before(
    store: Store,
    number: int,
    later: Affair,
    found_by: frozenset[str],
    *,
    closeness: Closeness,
    affairs: Affairs,
) -> int | None:
    """Return the step before a story: the latest of those that it follows, None if it follows none stored."""
    numbers = await store.storylines.candidates(
        found_by, since=later.at - WITHIN, before=later.at, limit=LOOKED_AT
    )
    found: list[tuple[datetime, int]] = []
    for candidate in numbers:
        earlier = affairs.known(candidate) if candidate != number else None
        if candidate != number and earlier is None:
            story = await store.stories.get(candidate)
            earlier = affairs.of(story, closeness) if story is not None else None
        if earlier is None or not follows(later, earlier):
            continue
        if not await store.retractions.is_retracted(candidate):
            found.append((earlier.at, candidate))
    return max(found)[1] if found else None
