"""Leases: one process at a time does what must be done by one, such as holding the chat connections.

A lease is a row with a token that grows each time the lease changes hands, and the moment until which it is
held, in the database's own time: no two machines need agree on a clock. Whoever holds it renews it; whoever
waits takes it when it ran out. A process that was frozen past its lease wakes and still believes it has it:
so each of its transactions that write looks at the token first and holds the row until it ends (`fence`).
Either the token is still its own, and nobody takes the lease before the commit, or nothing is written.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import Float, Text, func, select, text, update

from watchers.errors import StoreError
from watchers.store.connections import Turn, insert_new
from watchers.store.holders import has_ended, myself, steady
from watchers.store.lock import StoreBusyError
from watchers.store.schema_chat import setting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import TextualSelect
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.connections import Pool

logger = logging.getLogger(__name__)

LASTS: Final = timedelta(seconds=15)  # a frozen holder is followed within it; a slow one still renews in time
SHORTEST: Final = timedelta(seconds=3)
_RENEWED_IN: Final = 3  # parts of a lease: two renewals may fail before it runs out
_LOOKS_EVERY_S: Final = 1.0  # for a lease that another holds
_NOW: Final[dict[str, TextualSelect]] = {
    "sqlite": text("SELECT (julianday('now') - 2440587.5) * 86400.0").columns(now=Float),
    "postgresql": text("SELECT extract(epoch FROM clock_timestamp())::float8").columns(now=Float),
}
_FREE: Final = '{"token":0,"until":0,"holder":""}'


class LeaseLostError(StoreBusyError):
    """The lease is another process's by now; nothing of what was to be written was kept."""


class Held(NamedTuple):
    """Who holds a lease, by which token, and for how many seconds yet; 0 or less: it ran out."""

    holder: str
    token: int
    left: float


class Lease:
    """One process's hold on a name. `token` is greater than that of everybody who held it before."""

    def __init__(
        self, name: str, token: int, holder: str, *, lasts: timedelta, asked: float, before: str = ""
    ) -> None:
        self.name = name
        self.token = token
        self.holder = holder
        self.before = before  # who had it last and never gave it back, empty if nobody
        self.lost = asyncio.Event()  # set when it is known to be another's: stop what needs it
        self._lasts = lasts.total_seconds()
        self._until = asked + self._lasts

    @property
    def is_held(self) -> bool:
        """Tell whether it is certainly held now, by this machine's steady clock and without asking.

        False also when the database could not be asked in time: what reaches outside should wait then.
        """
        return not self.lost.is_set() and steady() < self._until

    @property
    def alone(self) -> bool:
        """Tell whether whoever had it last has certainly ended: it gave it back, or died on this machine.

        One that is frozen, or on a machine that cannot be looked at, may wake and go on with what it began.
        """
        return not self.before or has_ended(self.before)

    def renewed(self, asked: float) -> None:
        """Note that it was renewed by a question asked at a moment of the steady clock."""
        self._until = asked + self._lasts

    async def fence(self, connection: AsyncConnection) -> None:
        """Keep the lease from changing hands until the transaction ends. Raises LeaseLostError if it has."""
        row = select(setting.c.value, *_short_rest(connection)).where(setting.c.name == _key(self.name))
        value = (await connection.execute(row.with_for_update(read=True, key_share=True))).first()
        if value is None or json.loads(value[0])["token"] != self.token:
            self.lost.set()
            raise LeaseLostError(
                f'another process took over as "{self.name}" while this one stood still; '
                "it writes no more: stop it"
            )


@asynccontextmanager
async def leading(pool: Pool, name: str, *, lasts: timedelta, wait: bool) -> AsyncIterator[Lease]:
    """Take a lease, keep it renewed while the block runs, and give it back. See Store.leader."""
    if lasts < SHORTEST:
        raise StoreError(f"a lease lasts {SHORTEST.total_seconds():.0f} s at least")
    holder = myself()
    while True:
        asked = steady()
        try:
            token, other = await _take(pool, name, holder, lasts)
        except StoreError:
            if not wait:
                raise
            await asyncio.sleep(_LOOKS_EVERY_S)  # the database is away; who stands by outlasts that
            continue
        if token is not None:
            break
        if not wait:
            raise StoreBusyError(
                f'{other.holder.rpartition(":")[0]} is "{name}"; it may be followed when it ends'
            )
        await asyncio.sleep(min(_LOOKS_EVERY_S, max(other.left, 0.05)))
    lease = Lease(name, token, holder, lasts=lasts, asked=asked, before=other.holder)
    renewing = asyncio.create_task(_keep_renewed(pool, lease, lasts))
    try:
        yield lease
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing
        with suppress(StoreError):  # it runs out by itself where the database is away
            await _give_back(pool, lease)


async def holder_of(pool: Pool, name: str) -> Held | None:
    """Return who holds a lease; None if nobody ever did."""
    async with pool.reading() as connection:
        value: str | None = await connection.scalar(
            select(setting.c.value).where(setting.c.name == _key(name))
        )
        return None if value is None else _held(value, await database_time(connection))


async def _take(pool: Pool, name: str, holder: str, lasts: timedelta) -> tuple[int | None, Held]:
    """Take a lease that is free or ran out; return its token, None where another holds it, and who did."""
    async with pool.writing(Turn.NONE) as connection:
        row = {"name": _key(name), "value": _FREE}
        await connection.execute(insert_new(connection, setting).values(row))
        mine = setting.c.name == _key(name)
        value = await connection.scalar(select(setting.c.value).where(mine).with_for_update())
        now = await database_time(connection)  # after the row is ours: the wait for it may have been long
        held = _held(value or _FREE, now)
        if held.left > 0 and held.holder:
            return None, held
        token = held.token + 1
        kept = _value(token, now + lasts.total_seconds(), holder)
        await connection.execute(update(setting).where(mine).values(value=kept))
        return token, held


async def _keep_renewed(pool: Pool, lease: Lease, lasts: timedelta) -> None:
    while not lease.lost.is_set():
        await asyncio.sleep(lasts.total_seconds() / _RENEWED_IN)
        asked = steady()
        try:
            if await _renew(pool, lease, lasts):
                lease.renewed(asked)
            else:
                lease.lost.set()
        except StoreError:  # the database is away: `is_held` tells, and the next turn asks again
            continue
        except Exception:
            logger.exception("A lease could not be renewed; the next turn tries again")


async def _renew(pool: Pool, lease: Lease, lasts: timedelta) -> bool:
    """Hold a lease longer; False if it is another's. One that ran out and nobody took is still ours."""
    async with pool.writing(Turn.NONE) as connection:
        if not await _is_mine(connection, lease):
            return False
        until = await database_time(connection) + lasts.total_seconds()
        kept = _value(lease.token, until, lease.holder)
        await connection.execute(update(setting).where(setting.c.name == _key(lease.name)).values(value=kept))
        return True


async def _give_back(pool: Pool, lease: Lease) -> None:
    async with pool.writing(Turn.NONE) as connection:
        if await _is_mine(connection, lease):
            free = _value(lease.token, 0, "")
            await connection.execute(
                update(setting).where(setting.c.name == _key(lease.name)).values(value=free)
            )


async def _is_mine(connection: AsyncConnection, lease: Lease) -> bool:
    """Lock the row as one who changes no key of it does, which a fenced transaction is not in the way of."""
    row = select(setting.c.value).where(setting.c.name == _key(lease.name)).with_for_update(key_share=True)
    value: str | None = await connection.scalar(row)
    return value is not None and json.loads(value)["token"] == lease.token


async def database_time(connection: AsyncConnection) -> float:
    """Return the database's time in seconds since 1970."""
    now: float = (await connection.execute(_NOW[connection.dialect.name])).scalar_one()
    return now


def _short_rest(connection: AsyncConnection) -> tuple[object, ...]:
    """Let the server end the transaction soon if this process is frozen in it with the lease's row."""
    if connection.dialect.name != "postgresql":
        return ()
    from watchers.store.engines.postgresql import WRITER_RESTS_S  # noqa: PLC0415 - an extra: it may be absent

    return (
        func.set_config(
            "idle_in_transaction_session_timeout", f"{WRITER_RESTS_S}s", text("true"), type_=Text()
        ),
    )


def _key(name: str) -> str:
    return f"lease/{name}"


def _value(token: int, until: float, holder: str) -> str:
    return json.dumps({"token": token, "until": until, "holder": holder})


def _held(value: str, now: float) -> Held:
    read = json.loads(value)
    return Held(holder=str(read["holder"]), token=int(read["token"]), left=float(read["until"]) - now)
