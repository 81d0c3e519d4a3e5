"""Connections and transactions: what a room gets from the store, and who may write when."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from watchers.errors import StoreError
from watchers.store.engines.base import Turn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy import Table
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

    from watchers.clock import Clock
    from watchers.store.engines.base import Database, Held

__all__ = ["MOST_PARAMETERS", "Access", "Joined", "Pool", "Room", "Turn", "insert_new"]

MOST_PARAMETERS: Final = 500  # values in one IN list; SQLite before 3.32 allowed 999 in a whole statement


class Access(Protocol):
    """What a room needs: connections to read and to write with, and the time to note."""

    @property
    def clock(self) -> Clock:
        """Return the clock whose time is noted where the caller names none."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a connection that sees one state of the database."""
        ...

    def writing(self, turn: Turn = Turn.ALL) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a connection whose changes are committed together at the end, or not at all."""
        ...

    def when_kept(self, then: Callable[[], None]) -> None:
        """Call this once the changes are committed. Raises StoreError outside a transaction of several."""
        ...


class _Line:
    """The writers of one process, one behind the other."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.holder: asyncio.Task[object] | None = None


class Pool:
    """Opens a connection for each call. Writers of one process that decide something take turns."""

    def __init__(self, database: Database, engine: AsyncEngine, *, clock: Clock) -> None:
        self.clock = clock
        self.held: Held | None = None  # the right to be the one that runs, for the one that does
        self.engine = engine
        self.database = database
        self._reader = database.reader(engine)
        self._writer = database.writer(engine)
        self._line = _Line()
        self._fence: Callable[[AsyncConnection], Awaitable[None]] | None = None

    def fenced(self, fence: Callable[[AsyncConnection], Awaitable[None]]) -> Pool:
        """Return the same pool, but each transaction that writes asks `fence` first, which may raise."""
        other = Pool(self.database, self.engine, clock=self.clock)
        other.held, other._line, other._fence = self.held, self._line, fence
        return other

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection that sees one state of the database."""
        with Explained(self.database):
            async with self._reader.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, turn: Turn = Turn.ALL) -> AsyncIterator[AsyncConnection]:
        """Open a connection whose changes are committed together, after those whose turn comes earlier."""
        if self._line.holder is asyncio.current_task():
            raise StoreError(
                "a write inside a transaction must go through that transaction, or it waits for itself"
            )
        if self.held is not None:
            self.held.check()
        if turn is not Turn.ALL and not self.database.one_writer:
            async with self._begun(turn) as connection:
                yield connection
            return
        async with self._line.lock:
            self._line.holder = asyncio.current_task()
            try:
                async with self._begun(turn) as connection:
                    yield connection
            finally:
                self._line.holder = None

    def when_kept(self, then: Callable[[], None]) -> None:
        """Refuse: each call is a transaction of its own, and nothing can be added to it."""
        del then
        raise StoreError("only what is done within Store.transaction can be followed by something")

    @asynccontextmanager
    async def _begun(self, turn: Turn) -> AsyncIterator[AsyncConnection]:
        with Explained(self.database):
            async with self._writer.begin() as connection:
                await self.database.take(connection, turn)
                if self._fence is not None:
                    await self._fence(connection)
                yield connection


class Joined:
    """Lends one open connection to every call, so that they are committed together."""

    def __init__(self, connection: AsyncConnection, *, clock: Clock) -> None:
        self.clock = clock
        self.kept: list[Callable[[], None]] = []  # what is to be called after the commit
        self._connection = connection

    def when_kept(self, then: Callable[[], None]) -> None:
        """Call this once the changes are committed."""
        self.kept.append(then)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend the connection."""
        yield self._connection

    @asynccontextmanager
    async def writing(self, turn: Turn = Turn.ALL) -> AsyncIterator[AsyncConnection]:
        """Lend the connection, which has had its turn."""
        del turn
        yield self._connection


class Room:
    """Operations on a part of the store; made over the store itself or over one transaction."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def _reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._access.reading()

    def _writing(self, turn: Turn = Turn.ALL) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._access.writing(turn)


class Explained:
    """Turns the library's errors into ours on the way out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is not None and (ours := self._database.explained(error)) is not None:
            raise ours from error


def insert_new(connection: AsyncConnection, table: Table) -> SqliteInsert | PostgresqlInsert:
    """Return an insert that skips rows whose unique key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql_insert(table).on_conflict_do_nothing()
    return sqlite_insert(table).on_conflict_do_nothing()
