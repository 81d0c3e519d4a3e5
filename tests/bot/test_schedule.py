"""Ticks come again whatever is done to the clock."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.schedulers import base

from bot.schedule import Kind, ticking

if TYPE_CHECKING:
    import pytest

WITHIN = 60.0  # seconds; the machine may be busy


async def test_row_22_a_clock_that_is_set_forth_and_back_between_two_looks_keeps_no_tick_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ahead = timedelta()
    came, ticks = asyncio.Event(), 0

    class Shifted(datetime):
        """The time as the scheduler has it."""

        @classmethod
        def now(cls, _tz: object = None) -> datetime:  # type: ignore[override]  # it gives a zone
            """Return the time in a zone."""
            return datetime.now(UTC) + ahead

    async def tick() -> None:
        nonlocal ticks
        ticks += 1
        came.set()

    async def comes() -> None:
        came.clear()
        await came.wait()

    async def never_set() -> bool:
        return False

    monkeypatch.setattr(base, "datetime", Shifted)
    kinds = (Kind("deliver", tick, 0.05),)
    async with asyncio.timeout(WITHIN), ticking(kinds, within=1.0, clock_was_set=never_set):
        await comes()
        ahead = timedelta(hours=2)
        await comes()
        ahead = timedelta()
        before = ticks
        await comes()
        await comes()
        assert ticks >= before + 2
