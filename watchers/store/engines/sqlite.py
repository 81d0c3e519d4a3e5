"""SQLite: one file, one writer at a time."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError, StatementError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import await_only

from watchers.errors import CorruptError, StoreError, UnstorableError
from watchers.store import migrate
from watchers.store.lock import StoreBusyError, run_lock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.engine import URL, Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
    from sqlalchemy.pool import ConnectionPoolEntry

    from watchers.store.engines.base import Held, Turn

# Longer than the 10 s for which a fault test holds the write lock; our own transactions take milliseconds.
BUSY_TIMEOUT_MS: Final = 30_000
_PRIVATE: Final = 0o600  # a feed's address may hold a key
HEADER: Final = b"SQLite format 3\x00"
_READ: Final = set[Path]()  # files whose header this process has read
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
_UNSTORABLE: Final = {sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH}
_NAMED: Final = "{database}"
_SAID: Final = {
    sqlite3.SQLITE_FULL: "the disk is full; nothing of this change was kept: make room, the next attempt "
    "goes on",
    # A quota and a limit on the size of files come as this one.
    sqlite3.SQLITE_IOERR: "the disk refused it (over quota, or failing); nothing of this change was kept: "
    "see to the disk, the next attempt goes on",
    sqlite3.SQLITE_CANTOPEN: f"{_NAMED} cannot be opened; make its folder, or allow writing there",
    sqlite3.SQLITE_READONLY: f"{_NAMED} cannot be written; allow writing to it and its folder",
}


class Sqlite:
    """A database file."""

    one_writer = True

    def __init__(self, url: URL) -> None:
        self.path = Path(url.database or "")
        self.shown = str(self.path)
        self._url = url.set(drivername="sqlite+aiosqlite")

    def make_engine(self) -> AsyncEngine:
        """Return an engine whose transactions begin as they go on: a writer takes its lock at once."""
        # Errors go to the log: without the values, which may be people's names and what they typed.
        engine = create_async_engine(self._url, hide_parameters=True)
        event.listen(engine.sync_engine, "connect", _on_connect)
        event.listen(engine.sync_engine, "begin", _on_begin)
        return engine

    def reader(self, engine: AsyncEngine) -> AsyncEngine:
        """Return the engine as it is: a transaction sees the state of its first statement."""
        return engine

    def writer(self, engine: AsyncEngine) -> AsyncEngine:
        """Return the engine whose transactions take the file's one write lock when they begin."""
        return engine.execution_options(**{_WRITES: True})

    async def take(self, connection: AsyncConnection, turn: Turn) -> None:
        """Do nothing: there is one writer."""

    def explained(self, error: BaseException) -> StoreError | None:
        """Return the store's error for the library's."""
        if not isinstance(error, SQLAlchemyError | sqlite3.Error):
            return None
        return explained(error, self.path)

    async def look(self, connection: AsyncConnection) -> None:
        """Do nothing: the library comes with us."""

    @asynccontextmanager
    async def alone(self, engine: AsyncEngine) -> AsyncIterator[Held]:
        """Hold the run lock beside the file, and refuse a file that is damaged."""
        from watchers.store.soundness import refuse_unsound  # noqa: PLC0415 - only who runs looks so closely

        del engine
        with run_lock(self.path):
            await asyncio.to_thread(refuse_unsound, self.path)
            yield _Forever()

    def together(self, engine: AsyncEngine) -> AbstractAsyncContextManager[Held]:
        """Refuse: a file has one process."""
        del engine
        raise self._alone()

    def address(self, *, schema: str) -> tuple[str, dict[str, str | int]]:
        """Refuse: nobody else connects to a file."""
        del schema
        raise self._alone()

    def queue(self, connection: Connection) -> None:
        """Refuse: a file has no queue."""
        del connection
        raise self._alone()

    def _alone(self) -> StoreError:
        return StoreError(
            f"{self.path} is a file, which one process works on: start `vedette run`, or name a PostgreSQL "
            "database, see docs/scaling-out.md"
        )

    def upgrade(self, connection: Connection, *, locked: bool) -> None:
        """Apply what is missing, under the run lock if the file is in use: nobody's tables change form."""
        revision = migrate.current(connection)  # again: another process may have been faster
        if revision == migrate.HEAD:
            return
        if locked or revision is None:
            migrate.apply(connection)
            return
        with run_lock(self.path):
            migrate.apply(connection)

    def prepare(self) -> None:
        """Look at the file before SQLite does; a missing or empty one becomes a new database."""
        read_header(self.path)


def read_header(database: Path) -> None:
    """Refuse a file that is no database, or cannot be read or made; once in a process for each file.

    Whoever closes a file lets go of all locks that this process has on it, those of its open connections too
    (sqlite.org/howtocorrupt.html, 2.2). So it is read before the first of them; later SQLite itself refuses.
    """
    known = database.absolute()
    if known in _READ:
        return
    try:
        with database.open("rb") as file:
            start = file.read(len(HEADER))
    except FileNotFoundError:
        _make(database)
        start = b""
    except OSError as error:
        raise StoreError(
            f"{database} cannot be read ({error.strerror}); allow it, or name another file"
        ) from error
    if start and start != HEADER:
        raise CorruptError(f"{database} is damaged or no database; it was left as it was: restore a backup")
    _READ.add(known)


def _make(database: Path) -> None:
    """Make an empty file that nobody else may read; SQLite gives the files beside it the same rights."""
    try:
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
    except FileExistsError:  # another process was faster
        return
    except OSError as error:
        raise StoreError(f"{database} cannot be made; make its folder, or allow writing there") from error


class _Forever:
    """A lock that the operating system holds as long as the process lives."""

    def check(self) -> None:
        """Do nothing: it cannot be lost."""


def explained(error: BaseException, database: Path) -> StoreError:
    """Return the store's error for the library's, with what to do about it."""
    cause = error.orig if isinstance(error, StatementError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    if code in _DAMAGED:
        return CorruptError(
            f"the database is damaged or is none ({cause}); it was left as it was: restore a backup"
        )
    if code in _BUSY:
        return StoreBusyError("another program kept the database locked for too long; stop it and try again")
    kind = UnstorableError if code in _UNSTORABLE else StoreError
    return kind(_SAID.get(code, f"the database refused: {cause}").replace(_NAMED, str(database)))


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
