"""Link stories that a reading opened or added to with the earlier steps of their affairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.stories.storyline import MEMBERS, WITHIN, affair, follows, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchers.store.store import Store
    from watchers.stories.similarity import Closeness
    from watchers.stories.storyline import Affair
    from watchers.types import Story, StoryUpdate

LOOKED_AT: Final = 5  # earlier stories that share most; loading and reading one takes 1 to 2 ms


async def link_steps(
    store: Store, updates: Iterable[StoryUpdate], closeness: Closeness, *, at: datetime
) -> None:
    """Note what each young story of these updates can be found by, and the step before it if there is one.

    A story that has an earlier step keeps it, and one of many reports is told well enough to be left alone.
    """
    young = {
        one.story.number: _affair(one.story, closeness)
        for one in updates
        if one.kind != "corrected" and len(one.story.reports) <= MEMBERS
    }
    found_by = {number: some for number, one in young.items() if (some := tokens(one))}
    if not found_by:
        return
    await store.storylines.note(found_by)  # all of them first: a batch may hold two steps of one affair
    linked = await store.storylines.linked(found_by)
    links = {
        number: earlier
        for number, shared in found_by.items()
        if number not in linked
        and (earlier := await _before(store, number, young[number], shared, closeness)) is not None
    }
    if links:
        async with store.transaction() as rooms:
            for number, earlier in links.items():
                await rooms.storylines.link(number, earlier, made_by="bot", at=at)


async def _before(
    store: Store, number: int, later: Affair, found_by: frozenset[str], closeness: Closeness
) -> int | None:
    """Return the step before a story, None if no story stored is one."""
    numbers = await store.storylines.candidates(
        found_by, since=later.at - WITHIN, before=later.at, limit=LOOKED_AT
    )
    return await _latest(store, later, [one for one in numbers if one != number], closeness)


async def _latest(store: Store, later: Affair, numbers: Iterable[int], closeness: Closeness) -> int | None:
    """Return the latest of the stories that this one follows."""
    found: list[tuple[datetime, int]] = []
    for number in numbers:
        earlier = await store.stories.get(number)
        if earlier is not None and not await store.retractions.is_retracted(number):
            one = _affair(earlier, closeness)
            if follows(later, one):
                found.append((one.at, number))
    return max(found)[1] if found else None


def _affair(story: Story, closeness: Closeness) -> Affair:
    return affair([closeness.read(report) for report in story.reports[:MEMBERS]], closeness)
