"""PostgreSQL: a server that several processes write to at once.

Readers see one state (REPEATABLE READ, read only). Writers are READ COMMITTED and take turns by an advisory
lock of their transaction: what one decides on rows that it read is decided as on SQLite, where there is one
writer; who needs no turn says so, see Turn. SERIALIZABLE was no alternative: every transaction would have to
be run again whenever two met, and the numbers that people see would not appear in their order.

A process that is frozen inside a transaction would keep its turn for ever; the server ends such a
transaction, and who wakes is told that nothing was kept.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from psycopg.types.string import StrDumperUnknown
from sqlalchemy import event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import create_async_engine

from watchers.errors import StoreError
from watchers.store import migrate
from watchers.store.engines import queue_tables
from watchers.store.engines.addresses import public
from watchers.store.engines.base import Turn
from watchers.store.engines.postgresql_alone import alone
from watchers.store.engines.postgresql_errors import Words
from watchers.store.engines.postgresql_locks import MIGRATES, OURS, RUNS, WRITES
from watchers.store.lock import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractAsyncContextManager

    import psycopg
    from psycopg.abc import Buffer
    from sqlalchemy.engine import URL, Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
    from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

    from watchers.store.engines.base import Held

OLDEST: Final = 14  # the oldest release that is still kept up when this was written
POOL: Final = 10  # connections of one process that stay open
MORE: Final = 5  # further ones under load
WAITS_S: Final = 30  # for a connection, a lock or a turn; as long as for SQLite's one lock
WRITER_RESTS_S: Final = 10  # inside a transaction that has the turn, until its process is taken for frozen
RESTS_S: Final = 30  # inside any other, which is in hardly anybody's way
MIGRATION_WAITS_S: Final = 600  # for another process that brings the tables up to date
# A server that is cut off is noticed within these seconds, instead of the two hours of TCP's own.
SILENCE_S: Final = 10
ASKED_AFTER_S: Final = 1.0  # of rest; to ask each time would be a fourth of what a small transaction takes
_RESTED: Final = "vedette_rested"
_CONNECT: Final[Mapping[str, str | int]] = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": SILENCE_S * 1000,
    "application_name": "vedette",
}
_SESSION: Final = (
    "TimeZone=UTC",
    f"lock_timeout={WAITS_S * 1000}",
    f"idle_in_transaction_session_timeout={RESTS_S * 1000}",
    # The server, too, forgets a process that is cut off, with its locks. Ignored on a Unix socket.
    f"tcp_user_timeout={SILENCE_S * 1000}",
    "tcp_keepalives_idle=5",
    "tcp_keepalives_interval=2",
    "tcp_keepalives_count=3",
    "jit=off",  # our statements take milliseconds; to compile one takes longer
)
_TAKE: Final = text(
    "SELECT set_config('idle_in_transaction_session_timeout', :rest, true), pg_advisory_xact_lock(:ours, :it)"
)
_ALONE: Final = text("SELECT pg_advisory_xact_lock(:ours, :it)")
_SERVER: Final = text(
    "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'),"
    " pg_is_in_recovery()"
)


class Postgresql:
    """A database on a server."""

    one_writer = False

    def __init__(self, url: URL) -> None:
        self.shown = public(url)
        self._url = url.set(drivername="postgresql+psycopg")
        self._words = Words(url)

    def prepare(self) -> None:
        """Do nothing: only the server can tell."""

    def make_engine(self) -> AsyncEngine:
        """Return an engine that asks connections whether they live before it lends them after a rest."""
        engine = create_async_engine(
            self._bare(),
            connect_args=self._settings(),
            pool_size=POOL,
            max_overflow=MORE,
            pool_timeout=WAITS_S,
            hide_parameters=True,  # no text of anybody's in an error
        )
        event.listen(engine.sync_engine, "connect", _on_connect)
        event.listen(engine.sync_engine, "checkin", _on_checkin)
        event.listen(engine.sync_engine, "checkout", _on_checkout)
        return engine

    def address(self, *, schema: str) -> tuple[str, dict[str, str | int]]:
        """Return how another user of the driver connects, whose own tables are in a schema."""
        bare = self._bare().set(drivername="postgresql")
        return bare.render_as_string(hide_password=False), self._settings(f"search_path={schema},public")

    def _bare(self) -> URL:
        return self._url.difference_update_query(["options"])

    def _settings(self, *more: str) -> dict[str, str | int]:
        given = dict(self._url.query)
        session = " ".join(f"-c {one}" for one in (*_SESSION, *more))
        settings = {name: value for name, value in _CONNECT.items() if name not in given}
        return {**settings, "options": f"{session} {given.get('options', '')}".strip()}

    def reader(self, engine: AsyncEngine) -> AsyncEngine:
        """Return the engine whose transactions see one state."""
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def writer(self, engine: AsyncEngine) -> AsyncEngine:
        """Return the engine whose statements each see what was committed before them."""
        return engine.execution_options(isolation_level="READ COMMITTED")

    async def take(self, connection: AsyncConnection, turn: Turn) -> None:
        """Wait for the turn, in all processes."""
        if turn is Turn.ALL:
            await connection.execute(_TAKE, {"rest": f"{WRITER_RESTS_S}s", "ours": OURS, "it": WRITES})

    def explained(self, error: BaseException) -> StoreError | None:
        """Return the store's error for the library's."""
        return self._words.explained(error)

    async def look(self, connection: AsyncConnection) -> None:
        """Refuse a server that is too old or a copy, and a database that does not hold every letter."""
        number, encoding, copies = (await connection.execute(_SERVER)).one()
        if number // 10_000 < OLDEST:
            raise StoreError(
                f"the database server is PostgreSQL {number // 10_000}; vedette needs {OLDEST} or later: "
                "upgrade the server"
            )
        if copies:
            raise StoreError(
                "the database server only copies another one, and takes no changes: name the one that does"
            )
        if encoding != "UTF8":
            raise StoreError(
                f"the database holds text as {encoding}; make one that holds every letter: "
                "createdb -E UTF8 -T template0 NAME"
            )

    def alone(self, engine: AsyncEngine) -> AbstractAsyncContextManager[Held]:
        """Hold the right to be the one process that runs."""
        return alone(engine, where=self.shown)

    def together(self, engine: AsyncEngine) -> AbstractAsyncContextManager[Held]:
        """Hold the right to be one of several that share the work."""
        return alone(engine, where=self.shown, shared=True)

    def queue(self, connection: Connection) -> None:
        """Make the queue's tables where they are missing, as in a backup without them."""
        if not queue_tables.is_there(connection):
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:ours, :it)"), {"ours": OURS, "it": MIGRATES}
            )
            queue_tables.make(connection)

    def upgrade(self, connection: Connection, *, locked: bool) -> None:
        """Apply what is missing; of several that start at once one does, the others wait for it.

        The tables of a database in use are not changed while one process runs alone on it.
        """
        connection.execute(text(f"SET LOCAL lock_timeout = '{MIGRATION_WAITS_S}s'"))
        connection.execute(_ALONE, {"ours": OURS, "it": MIGRATES})
        revision = migrate.current(connection)
        if revision == migrate.HEAD:
            return
        if revision is not None and not locked:
            free = text("SELECT pg_try_advisory_xact_lock(:ours, :it)")
            if not connection.scalar(free, {"ours": OURS, "it": RUNS}):
                raise StoreBusyError(
                    f"another vedette runs on {self.shown} with tables of an earlier release; "
                    "stop it first, and every other one there"
                )
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        migrate.apply(connection)


class _Text(StrDumperUnknown):
    """Writes text without NUL, which PostgreSQL holds in none; SQLite does."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\x00", "") if "\x00" in obj else obj)


def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    driver: psycopg.AsyncConnection[tuple[object, ...]] = connection.driver_connection
    driver.adapters.register_dumper(str, _Text)


def _on_checkin(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    entry.info[_RESTED] = time.monotonic()


def _on_checkout(
    connection: DBAPIConnection, entry: ConnectionPoolEntry, _lent: PoolProxiedConnection
) -> None:
    """Ask a connection that rested whether it lives; one that does not is replaced, and all older ones."""
    since = entry.info.get(_RESTED)
    if since is None or time.monotonic() - since < ASKED_AFTER_S:
        return
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise DisconnectionError("the server went away while the connection rested") from error
    finally:
        cursor.close()
