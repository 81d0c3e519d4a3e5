"""Announcements: which updates nobody was told of yet, and which channel has which story's card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from watchers.store.codec import dump_tags, load_positions, load_tags
from watchers.store.connections import MOST_PARAMETERS, Room
from watchers.store.corrections import load_facts
from watchers.store.rows import Pending, Posted
from watchers.store.schema import story_update
from watchers.store.schema_delivery import outbox, posted
from watchers.store.stories import load_stories
from watchers.types import StoryUpdate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy.engine import RowMapping

    from watchers.types import Story


class Announcements(Room):
    """Between a story's change and the messages about it.

    Take `unannounced`, write the messages, note the cards and `mark` the updates in one transaction.
    """

    async def unannounced(self, *, limit: int = 100, but: Collection[int] = ()) -> tuple[Pending, ...]:
        """Return updates that nobody was told of, oldest first; each story is as it was after that update.

        Those with an id among `but` are passed over.
        """
        query = (
            select(story_update)
            .where(story_update.c.announced_at.is_(None), story_update.c.id.not_in(list(but)))
            .order_by(story_update.c.id)
            .limit(limit)
        )
        async with self._reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
            named = select(story_update.c.story).where(story_update.c.id.in_([row["id"] for row in rows]))
            stories = {one.number: one for one in await load_stories(connection, named)} if rows else {}
        return tuple(_pending(row, stories[row["story"]]) for row in rows)

    async def waiting(self) -> int:
        """Return how many updates nobody was told of."""
        query = select(func.count()).select_from(story_update).where(story_update.c.announced_at.is_(None))
        async with self._reading() as connection:
            return await connection.scalar(query) or 0

    async def mark(self, ids: Iterable[int], *, at: datetime) -> None:
        """Note that updates were dealt with, whether or not there was anybody to tell."""
        marked = tuple(ids)
        async with self._writing() as connection:
            for i in range(0, len(marked), MOST_PARAMETERS):
                await connection.execute(
                    update(story_update)
                    .where(story_update.c.id.in_(marked[i : i + MOST_PARAMETERS]))
                    .values(announced_at=at)
                )

    async def note_card(
        self, story: int, channel: str, *, outbox: int, facts: Iterable[str] = (), exempt: bool = False
    ) -> None:
        """Note the message that is a story's card in a channel, and the keys of the facts told with it.

        An `exempt` card counts towards no budget.
        """
        row = {"story": story, "channel": channel, "outbox": outbox, "facts": dump_tags(facts)}
        async with self._writing() as connection:
            await connection.execute(insert(posted).values(**row, exempt=exempt))

    async def forget_card(self, story: int, channel: str) -> None:
        """Note that a story has no card in a channel any more; the message itself stays as it is."""
        async with self._writing() as connection:
            await connection.execute(
                delete(posted).where(posted.c.story == story, posted.c.channel == channel)
            )

    async def note_told(self, story: int, channel: str, *, facts: Iterable[str]) -> None:
        """Add keys of facts that a channel was told about a story after its card."""
        mine = (posted.c.story == story, posted.c.channel == channel)
        async with self._writing() as connection:
            known = await connection.scalar(select(posted.c.facts).where(*mine))
            if known is not None:
                told = dict.fromkeys((*load_tags(known), *facts))
                await connection.execute(update(posted).where(*mine).values(facts=dump_tags(told)))

    async def card(self, story: int, channel: str) -> Posted | None:
        """Return a story's card in a channel, None if it has none."""
        return next((one for one in await self.cards(story) if one.channel == channel), None)

    async def cards(self, story: int) -> tuple[Posted, ...]:
        """Return a story's cards in all channels."""
        query = (
            select(posted, outbox.c.receipt)
            .join(outbox, outbox.c.id == posted.c.outbox)
            .where(posted.c.story == story)
            .order_by(posted.c.channel)
        )
        async with self._reading() as connection:
            rows = await connection.execute(query)
            return tuple(
                Posted(
                    story=row["story"],
                    channel=row["channel"],
                    outbox=row["outbox"],
                    facts=load_tags(row["facts"]),
                    receipt=row["receipt"],
                )
                for row in rows.mappings()
            )

    async def carded(self, channel: str) -> frozenset[int]:
        """Return the numbers of the stories whose card a channel has."""
        async with self._reading() as connection:
            return frozenset(
                await connection.scalars(select(posted.c.story).where(posted.c.channel == channel))
            )


def _pending(row: RowMapping, story: Story) -> Pending:
    place = next(i for i, one in enumerate(story.reports) if one.entry.number == row["entry"])
    report = story.reports[place]
    carried = row["kind"] == "carried"
    # A correction comes when others may have joined; it is about the story as it stands.
    then = story.reports if carried or row["kind"] == "corrected" else story.reports[: place + 1]
    return Pending(
        id=row["id"],
        update=StoryUpdate(
            story=replace(story, reports=then, updated=row["at"]),
            report=report,
            kind=row["kind"],
            new_facts=tuple(report.facts[i] for i in load_positions(row["new_facts"])),
            new_origin=row["new_origin"],
            at=row["at"],
            was=load_facts(row["was"]),
            carrier=row["revision"] if carried else 0,
        ),
    )
