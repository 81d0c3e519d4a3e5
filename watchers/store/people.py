"""People: what is kept of somebody who wrote in a channel, and its removal for good.

Votes, follows and mutes go. What the channel needs to go on, its list of changes, its exemplars, stories put
together by hand, stays without whose it was: the id becomes one fixed word, the same for everybody, so that
nothing can be worked out from it, and the name becomes empty. `docs/privacy.md` names every column.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import delete, select, update

from watchers.store.connections import MOST_PARAMETERS, Room
from watchers.store.schema import channel, channel_feed, exemplar, subscription, watch
from watchers.store.schema_chat import asked, audit, follower, held, mute, retraction, setting, vote
from watchers.store.schema_delivery import outbox
from watchers.store.schema_stories import story_hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Column, ColumnElement, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

_T = TypeVar("_T")

FORGOTTEN: Final = "forgotten"  # stands where an id stood
SOMEBODY: Final = "somebody"  # stands where words named one
# Where an id says who did it, and the name beside it, empty where none is kept.
MADE_BY: Final[tuple[tuple[Table, str, str], ...]] = (
    (audit, "asker", "asker_name"),
    (story_hand, "by", "by_name"),
    (retraction, "by", ""),
)
# What people typed, which may name others by the id that a platform puts in the place of an "@".
TYPED: Final[tuple[tuple[Table, str], ...]] = (
    (audit, "command"),
    (audit, "line"),
    (channel, "name"),
    (channel_feed, "name"),
    (exemplar, "title"),
    (exemplar, "text"),
    (exemplar, "note"),
    (mute, "target"),
    (outbox, "last_error"),
    (retraction, "reason"),
    (setting, "value"),
    (subscription, "name"),
    (watch, "name"),
    (watch, "expression"),
)
_NAMED_ONCE: Final = (subscription, watch)  # a channel has each name once


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody by the platform's id with its name in front, and names that are known to be theirs."""

    id: str
    names: frozenset[str] = frozenset()

    @property
    def own(self) -> str:
        """Return the platform's own id, as it stands in messages."""
        return self.id.partition(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How much is kept of somebody, or was removed. `changes` are entries of the list of changes.

    `makings` are exemplars, merged, split and retracted stories with their name or id, `pings` are watches
    that call them, `messages` are those that do, `askings` are ids of presses, `mentions` other words.
    """

    votes: int = 0
    follows: int = 0
    mutes: int = 0
    changes: int = 0
    makings: int = 0
    pings: int = 0
    messages: int = 0
    askings: int = 0
    mentions: int = 0

    @property
    def total(self) -> int:
        """Return how many rows that is."""
        return sum(getattr(self, one.name) for one in fields(self))


class People(Room):
    """Those who ask, vote, follow and change things, by id."""

    async def forget(self, person: Person) -> Kept:
        """Remove all that is kept of somebody, in one transaction; nothing brings it back.

        Twice is once: the second time nothing is left, but what a backup brought back.
        """
        messages = await self._messages(person)
        async with self._writing() as connection:
            return await _forget(connection, person, messages)

    async def kept(self, person: Person) -> Kept:
        """Return what `forget` would remove: it is done and taken back."""
        messages = await self._messages(person)
        async with self._writing() as connection:
            trial = await connection.begin_nested()
            found = await _forget(connection, person, messages)
            await trial.rollback()
            return found

    async def _messages(self, person: Person) -> tuple[tuple[int, ...], int]:
        """Return the messages that name somebody, and the last there is.

        The outbox is read before anything is locked: it is large, and only what comes later is read again.
        """
        async with self._reading() as connection:
            query = select(outbox.c.id).where(_holds(outbox.c.payload, person)).order_by(outbox.c.id)
            numbers = tuple(await connection.scalars(query))
            last = await connection.scalar(select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1))
        return numbers, last or 0


async def _forget(connection: AsyncConnection, person: Person, messages: tuple[tuple[int, ...], int]) -> Kept:
    names = person.names | await _names_of(connection, person.id)
    votes = await _deleted(connection, vote, vote.c.asker == person.id)
    follows = await _deleted(connection, follower, follower.c.asker == person.id)
    theirs = select(mute.c.number).where(mute.c.by == person.id)
    await connection.execute(delete(held).where(held.c.mute.in_(theirs)))
    mutes = await _deleted(connection, mute, mute.c.by == person.id)
    made = [
        await _changed(
            connection, table, table.c[by] == person.id, {by: FORGOTTEN} | ({name: ""} if name else {})
        )
        for table, by, name in MADE_BY
    ]
    # An exemplar has no id beside the name; whoever shares the name loses theirs there, too.
    given = exemplar.c.by_name.in_(sorted(names))
    exemplars = await _changed(connection, exemplar, given, {"by_name": ""}) if names else 0
    called = watch.c.mention == f"user:{person.own}"
    pings = await _changed(connection, watch, called, {"mention": ""})
    told = await _reword_messages(connection, person, *messages)
    askings = await _forget_askings(connection, person)
    undone = [key for (key,), _ in await _named(connection, audit, "undo", person)]
    for some in _some(undone):
        await connection.execute(update(audit).where(audit.c.number.in_(some)).values(undo=""))
    reworded = [await _reword(connection, table, column, person) for table, column in TYPED]
    return Kept(
        votes=votes,
        follows=follows,
        mutes=mutes,
        changes=made[0],
        makings=sum(made[1:]) + exemplars,
        pings=pings,
        messages=told,
        askings=askings,
        mentions=len(undone) + sum(reworded),
    )


async def _names_of(connection: AsyncConnection, asker: str) -> frozenset[str]:
    """Return the names that an id was ever noted with."""
    found: set[str] = set()
    for table, by, name in (*MADE_BY, (mute, "by", "by_name")):
        if name:
            names = select(table.c[name]).where(table.c[by] == asker).distinct()
            found.update(await connection.scalars(names))
    return frozenset(found - {""})


async def _deleted(connection: AsyncConnection, table: Table, which: ColumnElement[bool]) -> int:
    return (await connection.execute(delete(table).where(which))).rowcount


async def _changed(
    connection: AsyncConnection, table: Table, which: ColumnElement[bool], values: dict[str, str]
) -> int:
    return (await connection.execute(update(table).where(which).values(values))).rowcount


def _holds(column: Column[str], person: Person) -> ColumnElement[bool]:
    return column.contains(person.own, autoescape=True)


def _said(person: Person) -> re.Pattern[str]:
    """Return what finds an id in a text, with the marks that platforms put around it, and no longer id."""
    own = re.escape(person.own)
    bare = rf"(?<![A-Za-z0-9])(?:(?:slack|discord|user):)?{own}(?![A-Za-z0-9])"
    return re.compile(rf"<@!?{own}(?:\|[^<>]{{0,100}})?>|@{own}(?![A-Za-z0-9])|{bare}")


async def _named(
    connection: AsyncConnection, table: Table, column: str, person: Person
) -> list[tuple[tuple[str | int, ...], str]]:
    """Return the keys of the rows in which a column names somebody, each with its text."""
    query = select(*table.primary_key.columns, table.c[column]).where(_holds(table.c[column], person))
    rows = (await connection.execute(query)).all()
    said = _said(person)
    return [(tuple(row[:-1]), row[-1]) for row in rows if said.search(row[-1])]


async def _reword(connection: AsyncConnection, table: Table, column: str, person: Person) -> int:
    """Let a column name somebody no more; return in how many rows it did."""
    rows = await _named(connection, table, column, person)
    for key, text in rows:
        new = _said(person).sub(SOMEBODY, text)
        if table in _NAMED_ONCE and column == "name":
            new = f"{new} {key[0]}"
        mine = [one == value for one, value in zip(table.primary_key.columns, key, strict=True)]
        await connection.execute(update(table).where(*mine).values({column: new}))
    return len(rows)


async def _forget_askings(connection: AsyncConnection, person: Person) -> int:
    events = [str(event) for (event,), _ in await _named(connection, asked, "event", person)]
    for some in _some(events):
        await connection.execute(delete(asked).where(asked.c.event.in_(some)))
    return len(events)


async def _reword_messages(
    connection: AsyncConnection, person: Person, numbers: Sequence[int], last: int
) -> int:
    """Let messages, sent or waiting, call somebody no more; return how many did."""
    later = (outbox.c.id > last) & _holds(outbox.c.payload, person)
    changed = await _reword_some(connection, person, later)
    for some in _some(numbers):
        changed += await _reword_some(connection, person, outbox.c.id.in_(some))
    return changed


async def _reword_some(connection: AsyncConnection, person: Person, which: ColumnElement[bool]) -> int:
    rows = (await connection.execute(select(outbox.c.id, outbox.c.payload).where(which))).all()
    changed = 0
    for number, payload in rows:
        new = _without(payload, person)
        if new != payload:
            await connection.execute(update(outbox).where(outbox.c.id == number).values(payload=new))
            changed += 1
    return changed


def _without(payload: str, person: Person) -> str:
    """Return a message's JSON without a person: out of lists of whom to call, a word elsewhere."""
    said = _said(person)
    if not said.search(payload):
        return payload
    try:
        value = json.loads(payload)
    except ValueError:
        return said.sub(SOMEBODY, payload)
    return json.dumps(_cleaned(value, f"user:{person.own}", said), ensure_ascii=False, separators=(",", ":"))


def _cleaned(value: object, called: str, said: re.Pattern[str]) -> object:
    match value:
        case str():
            return said.sub(SOMEBODY, value)
        case list():
            return [_cleaned(one, called, said) for one in value if one != called]
        case dict():
            return {name: _cleaned(one, called, said) for name, one in value.items()}
        case _:
            return value


def _some(values: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (values[i : i + MOST_PARAMETERS] for i in range(0, len(values), MOST_PARAMETERS))
