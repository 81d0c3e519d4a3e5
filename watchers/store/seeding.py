"""The file seeds, the database rules: carry a configuration file's entries into the database, once each.

For every entry the file's own value is kept beside the row it was written to. A later start compares file
with file, not file with row: only what changed in the file is applied, so a change made in chat stays until
the same setting is changed in the file; an entry removed in chat stays removed; one taken out of the file is
paused, and comes back as it was when the file has it again. A row that was made in chat is never taken over
by the file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, insert, select, update

from watchers.store.codec import dump, dump_tags
from watchers.store.connections import Room
from watchers.store.followed import begin_anew
from watchers.store.schema import channel, channel_feed, feed, seed, subscription, watch
from watchers.store.seeds import Seeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.seeds import ChannelSeed, FeedSeed, SeedKind, SubscriptionSeed, WatchSeed

Value = str | int | float | None
_TABLES: dict[SeedKind, Table] = {
    "channel": channel,
    "feed": feed,
    "link": channel_feed,
    "watch": watch,
    "subscription": subscription,
}

# What a setting that an earlier release did not write down was then; one that is not here was empty.
_UNWRITTEN: dict[str, Value] = {"budget": 8}


class _Wanted(NamedTuple):
    """A row the file asks for: `identity` finds it when nobody wrote down where it is."""

    kind: SeedKind
    key: str
    identity: dict[str, Value]
    values: dict[str, Value]
    said: str = ""  # of an expression that is made of this


class _Stored(NamedTuple):
    value: str
    target: str
    taken_out: bool


class Seeding(Room):
    """What the configuration file says, carried into the database."""

    async def seed(
        self,
        *,
        channels: Sequence[ChannelSeed],
        feeds: Sequence[FeedSeed],
        watches: Sequence[WatchSeed] = (),
        subscriptions: Sequence[SubscriptionSeed] = (),
    ) -> Seeded:
        """Apply a configuration file in one transaction and return what it changed.

        Everything named belongs to channels that are named too, else StoreError. Keys are a channel's id, a
        feed's url, and "channel name" or "channel url" for the rest.
        """
        now = self._access.clock.now()
        async with self._writing() as connection:
            await begin_anew(connection)  # whichever of them the file brings back
            turn = _Turn(connection, now, await _stored(connection))
            for one in (*map(_channel, channels), *map(_feed, feeds)):
                await turn.apply(one)
            for link in _links(feeds, turn.targets):
                await turn.apply(link)
            for one in (*map(_watch, watches), *map(_subscription, subscriptions)):
                await turn.apply(one)
            await turn.take_out_the_rest()
        return Seeded(
            added=tuple(turn.added),
            changed=tuple(turn.changed),
            taken_out=tuple(turn.taken_out),
            returned=tuple(turn.returned),
        )


class _Turn:
    """One pass over a file."""

    def __init__(
        self, connection: AsyncConnection, now: datetime, stored: dict[tuple[SeedKind, str], _Stored]
    ) -> None:
        self._connection = connection
        self._now = now
        self._stored = stored
        self._named: set[tuple[SeedKind, str]] = set()
        self.targets: dict[tuple[SeedKind, str], str] = {}
        self.added: list[tuple[SeedKind, str]] = []
        self.changed: list[tuple[SeedKind, str]] = []
        self.taken_out: list[tuple[SeedKind, str]] = []
        self.returned: list[tuple[SeedKind, str]] = []

    async def apply(self, wanted: _Wanted) -> None:
        """Bring one entry of the file to its row."""
        name = (wanted.kind, wanted.key)
        self._named.add(name)
        stored = self._stored.get(name)
        if stored is None:
            self.targets[name] = await self._write_first(wanted)
            return
        self.targets[name] = stored.target
        before = json.loads(stored.value)
        changes = {k: v for k, v in wanted.values.items() if before.get(k, _UNWRITTEN.get(k, "")) != v}
        if wanted.said and before.get("said", before.get("expression")) == wanted.said:
            changes.pop("expression", None)
            await self._make_again(wanted, stored, before)
        if not changes and not stored.taken_out:
            return
        found = await self._update(
            wanted.kind, stored.target, changes | self._brought_back(wanted.kind, stored)
        )
        await self._connection.execute(
            update(seed)
            .where(seed.c.kind == wanted.kind, seed.c.key == wanted.key)
            .values(value=_kept(wanted), taken_out=False)
        )
        if found:
            (self.returned if stored.taken_out else self.changed).append(name)

    async def _make_again(self, wanted: _Wanted, stored: _Stored, before: dict[str, Value]) -> None:
        """Take up an expression that is made otherwise of what the file said before, unless chat changed it.

        Nobody is told: the file is as it was.
        """
        if _kept(wanted) == stored.value:
            return
        table = _TABLES[wanted.kind]
        own = and_(_at(table, stored.target), table.c.expression == before["expression"])
        await self._connection.execute(
            update(table).where(own).values(expression=wanted.values["expression"])
        )
        again = dump(before | {"expression": wanted.values["expression"], "said": wanted.said})
        await self._connection.execute(
            update(seed).where(seed.c.kind == wanted.kind, seed.c.key == wanted.key).values(value=again)
        )

    async def take_out_the_rest(self) -> None:
        """Pause what the file had and has no longer."""
        for (kind, key), stored in self._stored.items():
            if (kind, key) in self._named or stored.taken_out:
                continue
            found = kind == "feed" or await self._update(
                kind, stored.target, {"taken_out": True}, made_by="file"
            )
            await self._connection.execute(
                update(seed).where(seed.c.kind == kind, seed.c.key == key).values(taken_out=True)
            )
            if found:
                self.taken_out.append((kind, key))

    async def _write_first(self, wanted: _Wanted) -> str:
        """Write a row the file names for the first time unless chat was earlier; return the row's key."""
        table = _TABLES[wanted.kind]
        same = and_(*(table.c[column] == value for column, value in wanted.identity.items()))
        key = tuple(table.primary_key.columns)
        row = (await self._connection.execute(select(*key).where(same))).first()
        if row is None:
            extra = {"added_at": self._now} if wanted.kind == "feed" else {}
            values = {**wanted.identity, **wanted.values, **extra, "origin": "file"}
            row = (await self._connection.execute(insert(table).values(values).returning(*key))).one()
            self.added.append((wanted.kind, wanted.key))
        target = dump(list(row))
        await self._connection.execute(
            insert(seed).values(kind=wanted.kind, key=wanted.key, value=_kept(wanted), target=target)
        )
        return target

    async def _update(
        self, kind: SeedKind, target: str, values: dict[str, Value], *, made_by: str | None = None
    ) -> bool:
        """Change a row; False if it is gone, or not made by whom it should be."""
        table = _TABLES[kind]
        where = _at(table, target)
        if made_by is not None:
            where = and_(where, table.c.origin == made_by)
        if not values:
            return (await self._connection.execute(select(table.c.origin).where(where))).first() is not None
        changed = await self._connection.execute(
            update(table).where(where).values(values).returning(table.c.origin)
        )
        return changed.first() is not None

    @staticmethod
    def _brought_back(kind: SeedKind, stored: _Stored) -> dict[str, Value]:
        values: dict[str, Value] = {}
        if (
            stored.taken_out and kind != "feed"
        ):  # a feed as such is never paused, its channels' links to it are
            values["taken_out"] = False
        return values


async def _stored(connection: AsyncConnection) -> dict[tuple[SeedKind, str], _Stored]:
    rows = await connection.execute(
        select(seed.c.kind, seed.c.key, seed.c.value, seed.c.target, seed.c.taken_out)
    )
    return {(kind, key): _Stored(value, target, taken_out) for kind, key, value, target, taken_out in rows}


def _kept(wanted: _Wanted) -> str:
    """Return what is written down of an entry of the file, to compare a later file with."""
    return dump(wanted.values | ({"said": wanted.said} if wanted.said else {}))


def _at(table: Table, target: str) -> ColumnElement[bool]:
    columns = tuple(table.primary_key.columns)
    return and_(*(column == value for column, value in zip(columns, json.loads(target), strict=True)))


def _channel(one: ChannelSeed) -> _Wanted:
    values: dict[str, Value] = {
        "name": one.name,
        "lang": one.lang,
        "timezone": one.timezone,
        "threshold": one.threshold,
        "budget": one.budget,
        "bound_to": one.bound_to,
    }
    return _Wanted("channel", one.id, {"id": one.id}, values)


def _feed(one: FeedSeed) -> _Wanted:
    values: dict[str, Value] = {
        "name": one.name,
        "owner": one.owner,
        "lang": one.lang,
        "every_seconds": int(one.every.total_seconds()),
    }
    return _Wanted("feed", one.url, {"url": one.url}, values)


def _links(feeds: Iterable[FeedSeed], targets: dict[tuple[SeedKind, str], str]) -> Iterable[_Wanted]:
    for one in feeds:
        (number,) = json.loads(targets["feed", one.url])
        for name in one.channels:
            identity: dict[str, Value] = {"channel": name, "feed": number}
            yield _Wanted("link", f"{name} {one.url}", identity, {"tags": dump_tags(one.tags)})


def _watch(one: WatchSeed) -> _Wanted:
    values: dict[str, Value] = {
        "expression": one.expression,
        "kind": one.kind,
        "alert": one.alert,
        "threshold": one.threshold,
    }
    identity: dict[str, Value] = {"channel": one.channel, "name": one.name}
    return _Wanted("watch", f"{one.channel} {one.name}", identity, values, one.said)


def _subscription(one: SubscriptionSeed) -> _Wanted:
    values: dict[str, Value] = {"at": one.at, "days": one.days, "timezone": one.timezone, "empty": one.empty}
    identity: dict[str, Value] = {"channel": one.channel, "name": one.name}
    return _Wanted("subscription", f"{one.channel} {one.name}", identity, values)
