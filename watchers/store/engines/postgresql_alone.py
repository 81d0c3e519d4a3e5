"""One `run` at a time on PostgreSQL, or several that share its work: a lock on a connection of its own.

`run` has the lock to itself; workers, bots and schedulers share it, so that neither starts beside the other.
It keeps a process from starting; what two processes may do at once is safe without it. A
connection that dies is made again. If another process has the lock by then, this one writes no more.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from watchers.store.engines.postgresql_locks import OURS, RUNS
from watchers.store.lock import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

LOOKS_EVERY_S: Final = 2.0  # at the connection that holds the lock
_TRY: Final = text("SELECT pg_try_advisory_lock(:ours, :it)")
_SHARE: Final = text("SELECT pg_try_advisory_lock_shared(:ours, :it)")
_ME: Final = text("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
_HOLDER: Final = text(
    "SELECT pid, backend_start, host(client_addr) AS host FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND classid = :ours AND objid = :it AND objsubid = 2 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_MINE: Final = " (ourselves)"
_END: Final = text("SELECT pg_terminate_backend(:pid)")


class Alone:
    """The right to be the one that runs."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._lost = False

    def lose(self) -> None:
        """Note that another process has it."""
        self._lost = True

    def check(self) -> None:
        """Raise StoreBusyError if another process has it."""
        if self._lost:
            raise StoreBusyError(
                f"another vedette took over on {self._where} while the connection was gone; "
                "this one writes no more: stop it"
            )


@asynccontextmanager
async def alone(engine: AsyncEngine, *, where: str, shared: bool = False) -> AsyncIterator[Alone]:
    """Hold the lock, and look after its connection. Raises StoreBusyError if another process has it.

    `shared`: with others that share it, but not beside one that has it to itself.
    """
    held = Alone(where)
    keeper = _Keeper(engine.execution_options(isolation_level="AUTOCOMMIT"), held, shared=shared)
    if (other := await keeper.take()) is not None:
        who = "`vedette run`, which does everything by itself," if shared else "another vedette"
        raise StoreBusyError(f"{who}{other} runs on {where}; stop it, or name another database")
    watching = asyncio.create_task(keeper.watch())
    try:
        yield held
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await keeper.close()


class _Keeper:
    """Keeps the connection whose session has the lock."""

    def __init__(self, engine: AsyncEngine, held: Alone, *, shared: bool = False) -> None:
        self._engine = engine
        self._held = held
        self._try = _SHARE if shared else _TRY
        self._connection: AsyncConnection | None = None
        self._session: tuple[object, ...] | None = None  # ours on the server: process id and when it began

    async def take(self) -> str | None:
        """Take the lock on a new connection; return who has it, in brackets, None if we do."""
        async with AsyncExitStack() as stack:
            connection = await stack.enter_async_context(self._engine.connect())
            if await connection.scalar(self._try, {"ours": OURS, "it": RUNS}):
                self._session = tuple((await connection.execute(_ME)).one())
                stack.pop_all()
                self._connection = connection
                return None
            row = (await connection.execute(_HOLDER, {"ours": OURS, "it": RUNS})).first()
            if row is None:
                return " (which just ended)"
            if tuple(row[:2]) == self._session:  # our own, which the server does not know to be dead yet
                await connection.execute(_END, {"pid": row.pid})
                return _MINE  # the next look finds it free
            since = f", since {row.backend_start:%Y-%m-%d %H:%M} UTC" if row.backend_start else ""
            return f" (from {row.host or 'the same machine'}{since})"

    async def watch(self) -> None:
        """Look at the connection now and then; take the lock anew on another one when it is gone."""
        while True:
            await asyncio.sleep(LOOKS_EVERY_S)
            try:
                if self._connection is not None:
                    await self._connection.execute(text("SELECT 1"))
                elif await self.take() not in (None, _MINE):
                    self._held.lose()
                    return
            except (SQLAlchemyError, OSError):
                await self.close()  # the server is away; the next look asks again

    async def close(self) -> None:
        """Give the lock back with its connection, which no pool may lend to anybody."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, OSError):
                await connection.invalidate()
            with suppress(SQLAlchemyError, OSError):
                await connection.close()
