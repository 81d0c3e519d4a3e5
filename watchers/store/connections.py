"""Connections and transactions: how SQLite is opened, who may write, and whose error it was."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError, StatementError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import await_only

from watchers.errors import CorruptError, StoreError
from watchers.store.lock import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy import Table
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
    from sqlalchemy.engine import URL, Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
    from sqlalchemy.pool import ConnectionPoolEntry

    from watchers.clock import Clock

# Longer than the 10 s for which a fault test holds the write lock; our own transactions take milliseconds.
BUSY_TIMEOUT_MS: Final = 30_000
MOST_PARAMETERS: Final = 500  # values in one IN list; SQLite before 3.32 allowed 999 in a whole statement
_WRITES: Final = "vedette_writes"
_PRAGMAS: Final = (
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
)
_TRIES: Final = 100  # of a pragma that another connection is in the way of
_BETWEEN: Final = 0.05  # seconds; another one needs some milliseconds
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SAID: Final = {
    sqlite3.SQLITE_FULL: "the disk is full; nothing of this change was kept: make room, the next attempt "
    "goes on",
    # A quota and a limit on the size of files come as this one.
    sqlite3.SQLITE_IOERR: "the disk refused it (over quota, or failing); nothing of this change was kept: "
    "see to the disk, the next attempt goes on",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened; make its folder, or allow writing there",
    sqlite3.SQLITE_READONLY: "the database file cannot be written; allow writing to it and its folder",
}


class Access(Protocol):
    """What a room needs: connections to read and to write with, and the time to note."""

    @property
    def clock(self) -> Clock:
        """Return the clock whose time is noted where the caller names none."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a connection that sees one state of the database."""
        ...

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a connection whose changes are committed together at the end, or not at all."""
        ...


class Pool:
    """Opens a connection for each call, a writer at a time."""

    def __init__(self, engine: AsyncEngine, *, clock: Clock) -> None:
        self.clock = clock
        self._reader = engine
        self._writer = engine.execution_options(**{_WRITES: True})
        self._turn = asyncio.Lock()
        self._holder: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection that sees one state of the database."""
        with _Explained():
            async with self._reader.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection whose changes are committed together; tasks of one process take turns."""
        if self._holder is asyncio.current_task():
            raise StoreError(
                "a write inside a transaction must go through that transaction, or it waits for itself"
            )
        async with self._turn:
            self._holder = asyncio.current_task()
            try:
                with _Explained():
                    async with self._writer.begin() as connection:
                        yield connection
            finally:
                self._holder = None


class Joined:
    """Lends one open connection to every call, so that they are committed together."""

    def __init__(self, connection: AsyncConnection, *, clock: Clock) -> None:
        self.clock = clock
        self._connection = connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend the connection."""
        yield self._connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Lend the connection."""
        yield self._connection


class Room:
    """Operations on a part of the store; made over the store itself or over one transaction."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def _reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._access.reading()

    def _writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._access.writing()


class _Explained:
    """Turns the library's errors into ours on the way out."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, SQLAlchemyError | sqlite3.Error):
            raise explained(error) from error


def explained(error: SQLAlchemyError | sqlite3.Error) -> StoreError:
    """Return the store's error for the library's, with what to do about it."""
    cause = error.orig if isinstance(error, StatementError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    if code in _DAMAGED:
        return CorruptError(
            f"the database is damaged or is none ({cause}); it was left as it was: restore a backup"
        )
    if code in _BUSY:
        return StoreBusyError("another program kept the database locked for too long; stop it and try again")
    return StoreError(_SAID.get(code) or f"the database refused: {cause}")


def database_url(url: str) -> URL:
    """Return the address with the asynchronous driver named; raises StoreError for one we cannot use."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError('the database address is not one; write "sqlite:///path/to/file"') from error
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(
            f'databases of the kind "{parsed.get_backend_name()}" are not supported; use "sqlite:///path"'
        )
    if parsed.database in (None, "", ":memory:"):
        raise StoreError('the database needs a file; write "sqlite:///path/to/file"')
    return parsed.set(drivername="sqlite+aiosqlite")


def make_engine(url: URL) -> AsyncEngine:
    """Return an engine whose transactions begin as they mean to go on: a writer takes its lock at once."""
    engine = create_async_engine(url)
    event.listen(engine.sync_engine, "connect", _on_connect)
    event.listen(engine.sync_engine, "begin", _on_begin)
    return engine


def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Set a new SQLite connection up. FULL: a delivery once recorded survives a power cut."""
    try:
        connection.isolation_level = None  # the driver must not begin transactions of its own, see _on_begin
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            _set(cursor, pragma)
        cursor.close()
    except BaseException:
        connection.close()  # the pool forgets a connection that was never ready, and its thread would stay
        raise


def _set(cursor: DBAPICursor, pragma: str) -> None:
    """Set a pragma. Two that turn one new file to WAL at once are refused at once, whatever the time-out."""
    for tried in range(_TRIES):
        try:
            cursor.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in _BUSY or tried == _TRIES - 1:
                raise
            await_only(asyncio.sleep(_BETWEEN))
        else:
            return


def _on_begin(connection: Connection) -> None:
    """Begin by hand: a reader that turns into a writer can fail without waiting (SQLITE_BUSY_SNAPSHOT)."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def insert_new(connection: AsyncConnection, table: Table) -> SqliteInsert | PostgresqlInsert:
    """Return an insert that skips rows whose unique key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql_insert(table).on_conflict_do_nothing()
    return sqlite_insert(table).on_conflict_do_nothing()
