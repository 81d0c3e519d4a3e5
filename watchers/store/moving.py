"""Carry a database file over to a server: every table, every number, and a look at each row on both sides.

All of it is one transaction there. Whatever ends it before its end leaves the server's database as empty as
it was, and it is begun anew; the file is only read.
"""

from __future__ import annotations

import hashlib
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from sqlalchemy import Integer, bindparam, func, select, text, update

from watchers.clock import SystemClock
from watchers.errors import StoreError
from watchers.store import migrate
from watchers.store.columns import metadata
from watchers.store.connections import Explained, Pool, Turn
from watchers.store.engines import addresses
from watchers.store.reports import MOST_LOOKED_UP, read_entry
from watchers.store.schema import entry, fact
from watchers.store.search import put_in_index
from watchers.store.store import open_pool

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from psycopg import AsyncConnection as Driver
    from sqlalchemy import Column, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

ROWS: Final = 2_000  # at a time; a few megabytes with their texts
ENTRIES: Final = 200  # put into the full-text index at a time
_LAST: Final = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
_GO_ON: Final = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last, :used)")

Row: TypeAlias = tuple[object, ...]
_NONE: Final[list[Row]] = []
# Is told how many rows of how many of a table were carried over, or compared.
Tell: TypeAlias = "Callable[[str, int, int], None]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was carried over. `cleaned` rows held a NUL character, which PostgreSQL keeps in no text."""

    source: str
    target: str
    tables: tuple[tuple[str, int], ...] = ()  # with how many rows each has, on both sides
    cleaned: int = 0

    @property
    def rows(self) -> int:
        """Return how many rows that are in all."""
        return sum(count for _, count in self.tables)


async def move(source: str, target: str, *, tell: Tell) -> Moved:
    """Carry everything from a database file to an empty database of a server, and compare it row by row.

    Raises StoreBusyError while a process runs on either, and StoreError for a file of another release, for a
    database with anything in it, and for a row that is not the same there: then nothing was kept there.
    """
    if addresses.is_server(source) or not addresses.is_server(target):
        raise StoreError("what is carried over goes from sqlite:///path/to/file to postgresql://…")
    file = addresses.database(source)
    file.prepare()
    async with AsyncExitStack() as stack:
        engine = file.make_engine()
        stack.push_async_callback(engine.dispose)
        await stack.enter_async_context(file.alone(engine))
        here = Pool(file, engine, clock=SystemClock())
        old = await stack.enter_async_context(here.reading())
        revision = await old.run_sync(migrate.current)
        if revision != migrate.HEAD:
            raise StoreError(
                f"{file.shown} has revision {revision or 'none'}, and {migrate.HEAD} is carried over: start "
                "this release's `vedette run` on it once, which brings it up to date"
            )
        there = await stack.enter_async_context(open_pool(target, clock=SystemClock(), exclusive=True))
        stack.enter_context(Explained(file))
        async with there.writing(Turn.NONE) as new:
            await new.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            moved = Moved(source=file.shown, target=there.database.shown)
            return await _Move(old, new, tell).carried_over(moved)


class _Move:
    def __init__(self, old: AsyncConnection, new: AsyncConnection, tell: Tell) -> None:
        self._old = old
        self._new = new
        self._tell = tell
        self._cleaned = 0

    async def carried_over(self, moved: Moved) -> Moved:
        """Carry over and compare every table; those that others refer to come first."""
        tables = metadata.sorted_tables
        for table in tables:
            if await self._new.scalar(select(func.count()).select_from(table)):
                raise StoreError(
                    f"{moved.target} has rows in {table.name} already; name a database with nothing in it"
                )
        counts = [(table.name, await self._copy(table)) for table in tables]
        await self._point_within()
        await self._index()
        await self._count_on()
        cleaned, self._cleaned = self._cleaned, 0
        for table, (_, count) in zip(tables, counts, strict=True):
            await self._compare(table, count)
        return replace(moved, tables=tuple(counts), cleaned=cleaned)

    async def _copy(self, table: Table) -> int:
        """Copy a table, its references to itself left out: what they point at may come later."""
        total = await self._old.scalar(select(func.count()).select_from(table)) or 0
        own = {one.name for one in _own_references(table)}
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        driver = cast("Driver[Row]", (await self._new.get_raw_connection()).driver_connection)
        done = 0
        async with (
            aclosing(self._rows(self._old, table)) as here,
            driver.cursor() as cursor,
            cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy,
        ):
            async for rows in here:
                for row in rows:
                    kept = (
                        None if column.name in own else value
                        for column, value in zip(table.columns, row, strict=True)
                    )
                    await copy.write_row(tuple(kept))
                done += len(rows)
                self._tell(table.name, done, total)
        return done

    async def _point_within(self) -> None:
        """Set the references of tables to themselves, when every row is there."""
        for table in metadata.sorted_tables:
            key = next(iter(table.primary_key.columns))  # a number, wherever rows refer to each other
            for column in _own_references(table):
                some = select(key, column).where(column.is_not(None))
                rows = [{"of": of, "to": to} for of, to in await self._old.execute(some)]
                change = update(table).where(key == bindparam("of")).values({column.name: bindparam("to")})
                for i in range(0, len(rows), ROWS):
                    await self._new.execute(change, rows[i : i + ROWS])

    async def _index(self) -> None:
        """Let every entry be found."""
        total = await self._new.scalar(select(func.count()).select_from(entry)) or 0
        done, after = 0, 0
        while True:
            some = select(entry).where(entry.c.number > after).order_by(entry.c.number).limit(ENTRIES)
            rows = (await self._new.execute(some)).mappings().all()
            if not rows:
                return
            await put_in_index(self._new, ((row["number"], read_entry(row)) for row in rows))
            done, after = done + len(rows), rows[-1]["number"]
            self._tell("full-text index", done, total)

    async def _count_on(self) -> None:
        """Let numbers go on where the file's would: one that was given is never given again."""
        for table in metadata.sorted_tables:
            column = table.autoincrement_column
            if column is None or not isinstance(column.type, Integer) or column.foreign_keys:
                continue
            highest = await self._old.scalar(select(func.max(column))) or 0
            given = await self._old.scalar(_LAST, {"name": table.name}) or 0
            last = max(highest, given)
            await self._new.execute(
                _GO_ON,
                {"table": table.name, "column": column.name, "last": max(last, 1), "used": last > 0},
            )

    async def _compare(self, table: Table, total: int) -> None:
        """Hold every row against the other side's. Raises StoreError at the first that differs."""
        done = 0
        async with (
            aclosing(self._rows(self._old, table)) as here,
            aclosing(self._rows(self._new, table)) as there,
        ):
            async for ours in here:
                _hold_against(table, ours, await anext(there, _NONE))
                done += len(ours)
                self._tell(f"{table.name}, compared", done, total)
            more = await anext(there, _NONE)
        if more:
            raise StoreError(f"{table.name} has more rows there than here; nothing was kept there")

    async def _rows(self, connection: AsyncConnection, table: Table) -> AsyncGenerator[list[Row]]:
        """Read a table in the order of its key, some rows at a time, without NUL in any text.

        A fact's value to look it up by is cut as it is written today; earlier releases kept it whole.
        """
        looked_up = fact.c.value_text
        columns = [
            func.substr(column, 1, MOST_LOOKED_UP).label(column.name) if column is looked_up else column
            for column in table.columns
        ]
        found = await connection.stream(select(*columns).order_by(*table.primary_key.columns))
        try:
            async for rows in found.partitions(ROWS):
                yield [self._clean(tuple(row)) for row in rows]
        finally:
            await found.close()

    def _clean(self, row: Row) -> Row:
        if not any(isinstance(value, str) and "\x00" in value for value in row):
            return row
        self._cleaned += 1
        return tuple(value.replace("\x00", "") if isinstance(value, str) else value for value in row)


def _hold_against(table: Table, ours: Sequence[Row], theirs: Sequence[Row]) -> None:
    for row, other in zip_longest(ours, theirs):
        if row is None or other is None or _digest(row) != _digest(other):
            raise StoreError(
                f"a row of {table.name} is not the same there ({_name(table, row or other or ())}); "
                "nothing was kept there: look at that row, and tell us"
            )


def _own_references(table: Table) -> Sequence[Column[object]]:
    return [one for one in table.columns if any(key.column.table is table for key in one.foreign_keys)]


def _digest(row: Row) -> bytes:
    """Return what tells a row from every other: its values with their kinds."""
    return hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _name(table: Table, row: Row) -> str:
    by_name = dict(zip((column.name for column in table.columns), row, strict=False))
    return ", ".join(f"{column.name} {by_name.get(column.name)}" for column in table.primary_key.columns)
