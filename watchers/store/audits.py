"""Audits: who changed what in chat, and the command that takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, insert, or_, select, update

from watchers.store.connections import Room
from watchers.store.rows_chat import Audit
from watchers.store.schema_chat import audit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import RowMapping


class Audits(Room):
    """Every change that was made in chat, by channel.

    Channels that share rules and sources have a home in common: what was changed of those in one of them is
    a change in each. `home` is that of the channel asked about, empty to leave the others out.
    """

    async def note(
        self,
        channel_id: str,
        *,
        asker: str,
        asker_name: str,
        command: str,
        line: str,
        undo: str = "",
        at: datetime | None = None,
        home: str = "",
        about: Iterable[str] = (),
        takes_back: int | None = None,
    ) -> int:
        """Note a change and return its number; `undo` is the command that takes it back, empty if none does.

        `at` None: now. `home`, `about` and `takes_back` are as in `Audit`.
        """
        row = {"asker": asker, "asker_name": asker_name, "command": command, "line": line, "undo": undo}
        what = {"home": home, "about": " ".join(about), "takes_back": takes_back}
        async with self._writing() as connection:
            added = await connection.execute(
                insert(audit)
                .values(channel=channel_id, at=at or self._access.clock.now(), **row, **what)
                .returning(audit.c.number)
            )
            return int(added.scalar_one())

    async def get(self, channel_id: str, number: int, *, home: str = "") -> Audit | None:
        """Return a channel's change by number."""
        query = select(audit).where(_of(channel_id, home), audit.c.number == number)
        async with self._reading() as connection:
            row = (await connection.execute(query)).mappings().first()
            return _audit(row) if row else None

    async def listed(
        self, channel_id: str, limit: int = 20, offset: int = 0, *, home: str = ""
    ) -> tuple[Audit, ...]:
        """Return a channel's changes, newest first."""
        query = (
            select(audit)
            .where(_of(channel_id, home))
            .order_by(audit.c.number.desc())
            .limit(limit)
            .offset(offset)
        )
        async with self._reading() as connection:
            return tuple(_audit(row) for row in (await connection.execute(query)).mappings())

    async def count(self, channel_id: str, *, home: str = "") -> int:
        """Return how many changes of a channel there are."""
        query = select(func.count()).select_from(audit).where(_of(channel_id, home))
        async with self._reading() as connection:
            return await connection.scalar(query) or 0

    async def later(self, number: int) -> tuple[Audit, ...]:
        """Return the changes of all channels after one, of which it is known what they were about."""
        query = (
            select(audit).where(audit.c.number > number, audit.c.about != "").order_by(audit.c.number.desc())
        )
        async with self._reading() as connection:
            return tuple(_audit(row) for row in (await connection.execute(query)).mappings())

    async def take_back(self, channel_id: str, number: int, at: datetime) -> bool:
        """Note that a change is undone; False if it is already, is final or is not the channel's.

        Of two who press at once, one is told True.
        """
        async with self._writing() as connection:
            changed = await connection.execute(
                update(audit)
                .where(audit.c.channel == channel_id, audit.c.number == number)
                .where(audit.c.undone_at.is_(None), audit.c.undo != "")
                .values(undone_at=at)
                .returning(audit.c.number)
            )
            return changed.first() is not None

    async def reopen(self, channel_id: str, number: int) -> None:
        """Note that a change stands after all: what would have undone it could not be done."""
        async with self._writing() as connection:
            await connection.execute(
                update(audit)
                .where(audit.c.channel == channel_id, audit.c.number == number)
                .values(undone_at=None)
            )


def _of(channel_id: str, home: str) -> ColumnElement[bool]:
    """Select the changes that were made in a channel, or to what it shares with others."""
    own = audit.c.channel == channel_id
    return or_(own, and_(audit.c.home != "", audit.c.home == home)) if home else own


def _audit(row: RowMapping) -> Audit:
    return Audit(**{**row, "about": tuple(row["about"].split())})
