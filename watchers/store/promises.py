"""The ledger: promises that reports made, what became of each, and what the ledger has still to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import case, delete, exists, func, insert, literal, or_, select, update

from watchers.store.codec import dump_tags
from watchers.store.connections import Room, insert_new
from watchers.store.promises_load import (
    dump_called,
    family_of,
    load,
    standing,
    tracked,
    undecided,
    waiting,
    worthy,
)
from watchers.store.retractions import retracted
from watchers.store.schema import report, story_report, story_update
from watchers.store.schema_delivery import posted
from watchers.store.schema_promises import promise, promise_name, promise_telling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows_promises import Opened, Tracked, Waiting
    from watchers.types.claims import Outcome, Promise, PromiseState

MOST_TOKENS: Final = 400  # of one report that promises are looked up by
MOST_ALIKE: Final = 40  # promises of other stories that a report is held against, those that share most


class Promises(Room):
    """Promises by number ("p12"). The lists that people see are in `store.ledgers`."""

    async def waiting(self, *, after: int, limit: int, worth: float) -> tuple[Waiting, ...]:
        """Return the reports of the next updates after one, in their order, up to the first still to be told.

        A report is worth it from that relevance on, or if anything but storing it was decided, or if some
        channel has its story's card.
        """
        untold = select(func.min(story_update.c.id)).where(story_update.c.announced_at.is_(None))
        query = (
            select(story_update.c.id, story_update.c.story, story_update.c.entry, story_update.c.kind)
            .where(story_update.c.id > after, story_update.c.kind != "carried")
            .where(or_(story_update.c.id < untold.scalar_subquery(), ~_any_untold()))
            .order_by(story_update.c.id)
            .limit(limit)
        )
        async with self._reading() as connection:
            rows = (await connection.execute(query)).all()
            told = await worthy(connection, [row.entry for row in rows], worth)
            return await waiting(connection, rows, told)

    async def told_since(self, outbox: int, *, limit: int, worth: float) -> tuple[int, tuple[Waiting, ...]]:
        """Return the last of the cards after a message, and reports that only such a card made worth it."""
        cards = select(posted.c.outbox, posted.c.story).where(posted.c.outbox > outbox)
        async with self._reading() as connection:
            rows = (await connection.execute(cards.order_by(posted.c.outbox).limit(limit))).all()
            number, joined = literal(0).label("id"), literal("joined").label("kind")
            query = (
                select(number, story_report.c.story, story_report.c.entry, joined)
                .join(report, report.c.entry == story_report.c.entry)
                .where(story_report.c.story.in_([row.story for row in rows]))
                .where(report.c.score < worth, report.c.decision == "store")
            )
            found = (await connection.execute(query)).all() if rows else ()
            again = await waiting(connection, found, {one.entry for one in found})
            return max((row.outbox for row in rows), default=outbox), again

    async def known(self, tokens: Collection[str]) -> frozenset[str]:
        """Return those of these tokens by which a promise is found that a report may still decide."""
        query = (
            select(promise_name.c.token)
            .join(promise, promise.c.number == promise_name.c.promise)
            .where(promise_name.c.token.in_(tuple(tokens)[:MOST_TOKENS]))
            .where(undecided(), promise.c.dropped_at.is_(None))
            .distinct()
        )
        async with self._reading() as connection:
            return frozenset(await connection.scalars(query))

    async def candidates(self, story: int, tokens: Collection[str]) -> tuple[Tracked, ...]:
        """Return the promises that a report of a story may repeat or decide, the undecided first.

        Those of its story and of the steps before and after it are `near`; others share names with it. Wrong
        readings are among them, so that a report that repeats one opens it no second time.
        """
        async with self._reading() as connection:
            family = await family_of(connection, story)
            shared = (
                select(promise_name.c.promise)
                .join(promise, promise.c.number == promise_name.c.promise)
                .where(promise_name.c.token.in_(tuple(tokens)[:MOST_TOKENS]))
                .group_by(promise_name.c.promise, promise.c.state)
                .order_by(case((undecided(), 0), else_=1), func.count().desc(), promise_name.c.promise.desc())
                .limit(MOST_ALIKE)
            )
            query = tracked().where(
                or_(story_report.c.story.in_(family), promise.c.number.in_(shared)),
                story_report.c.story.not_in(retracted()),
            )
            query = query.order_by(case((undecided(), 0), else_=1), promise.c.due, promise.c.number)
            return await load(connection, query, near=family)

    async def open(self, new: Opened, *, at: datetime) -> int | None:
        """Write a promise down and return its number; None if that entry told of that day before."""
        one = new.promise
        row = {
            "entry": new.entry,
            "due": one.due,
            "until": one.due,
            "who": dump_tags(one.who),
            "what": dump_tags(one.what),
            "called": dump_called(new.called),
            "opened_at": at,
        }
        async with self._writing() as connection:
            mine = (promise_telling.c.entry == new.entry, promise_telling.c.due == one.due)
            if await connection.scalar(select(promise_telling.c.promise).where(*mine)) is not None:
                return None
            made = insert(promise).values(row).returning(promise.c.number)
            number: int = (await connection.execute(made)).scalar_one()
            await connection.execute(insert(promise_telling).values(_telling(number, new.entry, one)))
            if new.tokens:
                rows = [{"promise": number, "token": token} for token in sorted(new.tokens)]
                await connection.execute(insert_new(connection, promise_name), rows)
            return number

    async def tell(self, number: int, entry: int, one: Promise) -> bool:
        """Note that one more report tells a promise; False if that entry told of that day before."""
        async with self._writing() as connection:
            added = await connection.execute(
                insert_new(connection, promise_telling)
                .values(_telling(number, entry, one))
                .returning(promise_telling.c.promise)
            )
            if added.first() is None:
                return False
            await connection.execute(
                update(promise)
                .where(promise.c.number == number, promise.c.until < one.due)
                .values(until=one.due)
            )
            return True

    async def told(self, entry: int) -> Mapping[date, int]:
        """Return the promises that an entry tells, by the day it names."""
        query = select(promise_telling.c.due, promise_telling.c.promise).where(
            promise_telling.c.entry == entry
        )
        async with self._reading() as connection:
            return {row.due: row.promise for row in await connection.execute(query)}

    async def rule(self, number: int, outcome: Outcome, *, entry: int, at: datetime) -> bool:
        """Note that a report decides a promise; False if one had decided it already, or it is out."""
        values = {
            "state": outcome.state,
            "state_at": at,
            "spoken_at": None,
            "decided_by": entry,
            "decided_sentence": outcome.sentence,
            "decided_source": outcome.source,
            "decided_day": outcome.day,
            "new_due": outcome.due,
        }
        return await self._change(number, values, undecided(), promise.c.dropped_at.is_(None))

    async def succeed(self, number: int, later: int) -> None:
        """Note which promise took the place of one that slipped."""
        await self._change(number, {"later": later})

    async def fall_silent(self, before: date, *, at: datetime) -> None:
        """Note of every open promise whose last day lies before a day that nobody reported on it."""
        async with self._writing() as connection:
            await connection.execute(
                update(promise)
                .where(promise.c.state == "open", promise.c.until < before, promise.c.dropped_at.is_(None))
                .values(state="silent", state_at=at, spoken_at=None)
            )

    async def unspoken(self, states: Sequence[PromiseState], *, limit: int = 100) -> tuple[Tracked, ...]:
        """Return the promises in these states of which channels are still to be told, by number."""
        query = tracked().where(promise.c.state.in_(states), promise.c.spoken_at.is_(None), *standing())
        async with self._reading() as connection:
            return await load(connection, query.order_by(promise.c.number).limit(limit))

    async def spoken(self, number: int, *, at: datetime) -> None:
        """Note that every channel was told how a promise stands."""
        await self._change(number, {"spoken_at": at})

    async def drop(self, number: int, *, at: datetime) -> bool:
        """Take a wrong reading out of the ledger; False if there is none of that number, or it is out."""
        return await self._change(number, {"dropped_at": at}, promise.c.dropped_at.is_(None))

    async def restore(self, number: int) -> bool:
        """Follow a promise again that was taken out; False if none of that number was."""
        return await self._change(number, {"dropped_at": None}, promise.c.dropped_at.is_not(None))

    async def get(self, number: int) -> Tracked | None:
        """Return a promise by number, wrong readings too."""
        async with self._reading() as connection:
            found = await load(connection, tracked().where(promise.c.number == number))
            return found[0] if found else None

    async def decided_by(self, entry: int) -> tuple[Tracked, ...]:
        """Return the promises that an entry's report decided."""
        async with self._reading() as connection:
            return await load(connection, tracked().where(promise.c.decided_by == entry))

    async def reopen(self, number: int) -> None:
        """Take back what a report decided: its outlet changed it. What took the promise's place is out."""
        none = {"decided_by": None, "decided_sentence": "", "decided_source": "", "decided_day": None}
        fresh = {"state": "open", "state_at": None, "spoken_at": None, "new_due": None, "later": None}
        async with self._writing() as connection:
            mine = promise.c.number == number
            later = await connection.scalar(select(promise.c.later).where(mine))
            by = await connection.scalar(select(promise.c.decided_by).where(mine))
            await connection.execute(update(promise).where(mine).values(none | fresh))
            if later is not None and by is not None:
                await _withdraw(connection, later, by, self._access.clock.now())

    async def untell(self, entry: int, dues: Iterable[date], *, at: datetime) -> None:
        """Note that an entry, changed by its outlet, names these days no longer.

        A promise that no other report tells is out of the ledger; else the first of the others stands for it.
        """
        async with self._writing() as connection:
            for due in dues:
                telling = (promise_telling.c.entry == entry, promise_telling.c.due == due)
                number = await connection.scalar(select(promise_telling.c.promise).where(*telling))
                if number is not None and not await _withdraw(connection, number, entry, at):
                    await connection.execute(delete(promise_telling).where(*telling))
                    await _stand_in(connection, number)

    async def _change(self, number: int, values: Mapping[str, object], *more: ColumnElement[bool]) -> bool:
        query = update(promise).where(promise.c.number == number, *more).values(values)
        async with self._writing() as connection:
            changed = await connection.execute(query.returning(promise.c.number))
            return changed.first() is not None


def _any_untold() -> ColumnElement[bool]:
    return exists().where(story_update.c.announced_at.is_(None))


def _telling(number: int, entry: int, one: Promise) -> dict[str, object]:
    return {
        "entry": entry,
        "due": one.due,
        "promise": number,
        "words": one.words,
        "sentence": one.sentence,
        "source": one.source,
        "day": one.day,
        "lang": one.lang,
    }


async def _withdraw(connection: AsyncConnection, number: int, entry: int, at: datetime) -> bool:
    """Take a promise out of the ledger if no entry but this one tells it; tell whether that is so."""
    others = (promise_telling.c.promise == number, promise_telling.c.entry != entry)
    if await connection.scalar(select(promise_telling.c.entry).where(*others).limit(1)) is not None:
        return False
    mine = (promise.c.number == number, promise.c.dropped_at.is_(None))
    await connection.execute(update(promise).where(*mine).values(dropped_at=at))
    return True


async def _stand_in(connection: AsyncConnection, number: int) -> None:
    """Let the first telling that is left stand for a promise."""
    query = select(promise_telling.c.entry, promise_telling.c.due).where(promise_telling.c.promise == number)
    first = (await connection.execute(query.order_by(promise_telling.c.day, promise_telling.c.entry))).first()
    last = select(func.max(promise_telling.c.due)).where(promise_telling.c.promise == number)
    if first is not None:
        values = {"entry": first.entry, "due": first.due, "until": await connection.scalar(last)}
        await connection.execute(update(promise).where(promise.c.number == number).values(values))
