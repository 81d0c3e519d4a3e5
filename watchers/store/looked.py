"""A look at a database that changes nothing: its release, what waits in it, whether anybody comes round."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from watchers.clock import SystemClock
from watchers.store import migrate
from watchers.store.connections import Pool
from watchers.store.engines import addresses
from watchers.store.outbox import ON_PURPOSE
from watchers.store.pulse import Pulse
from watchers.store.schema import channel, feed
from watchers.store.schema_chat import setting
from watchers.store.schema_delivery import outbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime, timedelta

    from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What there is. `revision` None: no tables yet; of those of an earlier release nothing else is known."""

    where: str
    revision: str | None
    channels: tuple[str, ...] = ()
    feeds: tuple[tuple[str, str], ...] = ()  # the first, by name and address
    due: int = 0  # messages that could go out
    oldest: datetime | None = None  # since when the first of them could
    given_up: int = 0
    said: str = ""  # what is kept under the name that was asked for


async def look_at(url: str, *, now: datetime, saying: str) -> Looked:
    """Return what a database holds, and what is kept in it under the name `saying`.

    Raises StoreError for one that cannot be reached or worked with.
    """
    async with _opened(url) as (pool, where), pool.reading() as connection:
        await pool.database.look(connection)
        revision = await connection.run_sync(migrate.current)
        if revision != migrate.HEAD:
            return Looked(where=where, revision=revision)
        return await _looked(connection, where, now, saying)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """When each part or process came round last, and by how much our clock is ahead of the database's."""

    beats: dict[str, datetime]
    ahead: timedelta


async def alive_at(url: str) -> Alive:
    """Return who comes round. Raises StoreError."""
    async with _opened(url) as (pool, _):
        pulse = Pulse(pool)
        return Alive(beats=await pulse.beats(), ahead=await pulse.ahead())


async def _looked(connection: AsyncConnection, where: str, now: datetime, saying: str) -> Looked:
    used = select(channel.c.id).where(channel.c.taken_out.is_(False)).order_by(channel.c.id)
    first = select(feed.c.name, feed.c.url).order_by(feed.c.number).limit(1)
    waits = (outbox.c.state == "queued", outbox.c.not_before <= now)
    due = select(func.count(), func.min(outbox.c.not_before)).where(*waits)
    dead = (outbox.c.state == "dead", outbox.c.last_error.not_in(ON_PURPOSE))
    count, oldest = (await connection.execute(due)).one()
    return Looked(
        where=where,
        revision=migrate.HEAD,
        channels=tuple(await connection.scalars(used)),
        feeds=tuple((row.name, row.url) for row in await connection.execute(first)),
        due=count,
        oldest=oldest,
        said=await connection.scalar(select(setting.c.value).where(setting.c.name == saying)) or "",
        given_up=await connection.scalar(select(func.count()).select_from(outbox).where(*dead)) or 0,
    )


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[tuple[Pool, str]]:
    """Open a database as it is: neither made nor brought up to date."""
    database = addresses.database(url)
    engine = database.make_engine()
    try:
        yield Pool(database, engine, clock=SystemClock()), database.shown
    finally:
        await engine.dispose()
