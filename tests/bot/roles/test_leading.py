"""Who leads and comes to nothing lets another try."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

from bot.jobs.polling import Polling
from bot.roles import opening
from bot.roles.opening import Role, leading_in_turn
from watchers.clock import SteadyClock, SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    import pytest

    from watchers.store.store import Leader, Store

LASTS = timedelta(seconds=3)
WITHIN = 90.0  # seconds; the machine may be busy


def role(store: Store, name: str) -> Role:
    return Role(name="worker", store=store, clock=SteadyClock(), sign=f"worker/{name}")


async def test_who_leads_and_fails_gives_the_lease_up_and_another_takes_it(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(opening, "GIVES_UP_AFTER", 0.2)
    monkeypatch.setattr(opening, "LOOKS_EVERY", 0.05)
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    stop, told = asyncio.Event(), asyncio.Queue[str]()

    def leads(name: str) -> Callable[[Leader], AbstractAsyncContextManager[None]]:
        @asynccontextmanager
        async def lead(_: Leader) -> AsyncIterator[None]:
            told.put_nowait(name)
            yield

        return lead

    async with open_store(f"sqlite:///{path}", clock=SystemClock()) as store, asyncio.timeout(WITHIN):
        first = asyncio.create_task(
            leading_in_turn(role(store, "a"), "reader", LASTS, leads("a"), stop, goes_on=lambda: False)
        )
        assert await told.get() == "a"
        second = asyncio.create_task(leading_in_turn(role(store, "b"), "reader", LASTS, leads("b"), stop))
        assert await told.get() == "b", "the one that gave up stands back for a while"
        stop.set()
        await asyncio.gather(first, second)
    assert "Nothing came of leading as reader" in caplog.text


class Host:
    """Stands for feeds that a host answers one after the other, however slowly."""

    concluded = 0


async def test_a_worker_is_stuck_only_while_no_feed_of_its_jobs_is_over() -> None:
    host = Host()
    polling = Polling(None, host, clock=SystemClock())  # type: ignore[arg-type]  # asked nothing here
    polling._under_way = 1
    assert polling.still() == 0.0, "nobody asked before"
    await asyncio.sleep(0.01)
    assert (before := polling.still()) > 0
    host.concluded += 1
    assert polling.still() == 0.0 < before
    await asyncio.sleep(0.01)
    assert polling.still() > 0
    polling._under_way = 0
    assert polling.still() == 0.0
