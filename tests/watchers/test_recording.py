"""Many polls, few transactions, and each poll on record with its entries or not at all."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import make_entry
from watchers.clock import SteppedClock
from watchers.recording import LONG_PATIENCE, MOST, MOST_ENTRIES, PATIENCE, Outcome, Recorder
from watchers.store.rows import Polled
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from watchers.store.store import Rooms, Store
    from watchers.types import Entry

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=15)
BRIG = make_entry("brig")


@pytest.fixture
def database(tmp_path: Path, empty_database: Path) -> Path:
    path = tmp_path / "v.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    return path


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{database}", clock=SteppedClock(NOW)) as opened:
        async with opened.transaction() as rooms:
            for n in range(200):
                await rooms.feeds.add(f"https://{n}.example/feed", name=str(n), every=timedelta(minutes=15))
        yield opened


@pytest.fixture
def transactions(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write down each transaction."""
    log: list[str] = []
    begin = store.transaction

    @asynccontextmanager
    async def counted() -> AsyncIterator[Rooms]:
        log.append("")
        async with begin() as rooms:
            yield rooms

    monkeypatch.setattr(store, "transaction", counted)
    return log


def outcome(feed: int, *entries: Entry) -> Outcome:
    def conclude(new: Sequence[Entry], _jitter: float) -> Polled:
        return Polled(feed=feed, at=NOW, next_poll_at=SOON, new=len(new))

    return Outcome(conclude=conclude, entries=entries)


async def polled(store: Store) -> set[int]:
    return {one.number for one in await store.feeds.health() if one.polled_at}


async def test_polls_that_end_together_are_kept_in_few_transactions(
    store: Store, transactions: list[str]
) -> None:
    recorder = Recorder(store)
    kept = await asyncio.gather(*(recorder.keep(outcome(n + 1)) for n in range(200)))
    assert [one.feed for one in kept] == list(range(1, 201))
    assert await polled(store) == set(range(1, 201))
    assert len(transactions) == -(-200 // MOST)


async def test_what_is_under_way_is_waited_for_and_what_is_alone_is_not(
    store: Store, transactions: list[str]
) -> None:
    recorder = Recorder(store)
    recorder.expect()
    recorder.expect()
    first = asyncio.create_task(recorder.keep(outcome(1)))
    await asyncio.sleep(0)  # it has asked; two more may come
    recorder.expect_no_more()
    second = asyncio.create_task(recorder.keep(outcome(2)))
    await asyncio.sleep(0)
    recorder.expect_no_more()
    await asyncio.gather(first, second)
    assert len(transactions) == 1


@pytest.mark.parametrize(
    ("entries", "patience"),
    [
        pytest.param((BRIG,), PATIENCE, id="news"),
        pytest.param((replace(BRIG, archive=True), BRIG), PATIENCE, id="news and an archive"),
        pytest.param((replace(BRIG, archive=True),), LONG_PATIENCE, id="an archive"),
        pytest.param((), LONG_PATIENCE, id="nothing new"),
    ],
)
def test_only_news_is_in_a_hurry(entries: tuple[Entry, ...], patience: float) -> None:
    assert outcome(1, *entries).patience == patience


async def test_news_takes_along_what_would_have_waited_longer(
    store: Store, transactions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchers.recording.LONG_PATIENCE", 1000.0)
    recorder = Recorder(store)
    recorder.expect()
    first = asyncio.create_task(recorder.keep(outcome(1)))
    await asyncio.sleep(0)
    async with asyncio.timeout(60):
        await recorder.keep(outcome(2, BRIG))
        await first
    assert len(transactions) == 1


async def test_what_is_full_is_written_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchers.recording.LONG_PATIENCE", 1000.0)
    recorder = Recorder(store)
    recorder.expect()
    many = (replace(make_entry(f"{n}"), archive=True) for n in range(MOST_ENTRIES))
    async with asyncio.timeout(60):
        assert (await recorder.keep(outcome(1, *many))).new == MOST_ENTRIES


async def test_what_is_never_joined_by_another_is_kept_all_the_same(store: Store) -> None:
    recorder = Recorder(store)
    recorder.expect()  # and never comes
    assert (await recorder.keep(outcome(1))).feed == 1
    assert await polled(store) == {1}


async def test_one_that_cannot_be_concluded_is_told_so_and_the_others_are_kept(store: Store) -> None:
    def fail(_new: Sequence[Entry], _jitter: float) -> Polled:
        raise ZeroDivisionError

    recorder = Recorder(store)
    bad = Outcome(conclude=fail, entries=(make_entry("lost", feed=2),))
    outcomes = [outcome(1), bad, outcome(3, make_entry("kept", feed=3))]
    kept = await asyncio.gather(*(recorder.keep(one) for one in outcomes), return_exceptions=True)
    assert isinstance(kept[1], ZeroDivisionError)
    assert await polled(store) == {1, 3}
    assert [entry.key for entry in await store.entries.unread()] == ["kept"]


async def test_a_transaction_holds_so_many_entries_and_no_more(store: Store, transactions: list[str]) -> None:
    recorder = Recorder(store)
    size = MOST_ENTRIES // 2
    many = [
        outcome(feed, *(make_entry(f"{feed}-{n}", feed=feed) for n in range(size))) for feed in range(1, 6)
    ]
    kept = await asyncio.gather(*(recorder.keep(one) for one in many))
    assert [one.new for one in kept] == [size] * 5
    assert len(transactions) == 3


async def test_what_was_handed_over_is_written_although_nobody_waits_for_it(store: Store) -> None:
    recorder = Recorder(store)
    recorder.expect()
    waiting = asyncio.create_task(recorder.keep(outcome(7)))
    await asyncio.sleep(0)
    waiting.cancel()
    await recorder.settle()
    assert await polled(store) == {7}


async def test_news_that_came_during_a_long_transaction_waits_for_no_poll_under_way(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchers.recording.PATIENCE", 0.0)  # it ends while the transaction runs
    begun, go_on = asyncio.Event(), asyncio.Event()
    begin = store.transaction

    @asynccontextmanager
    async def slow() -> AsyncIterator[Rooms]:
        async with begin() as rooms:
            begun.set()
            await go_on.wait()
            yield rooms

    monkeypatch.setattr(store, "transaction", slow)
    recorder = Recorder(store)
    recorder.expect()  # a feed that answers to no end
    first = asyncio.create_task(recorder.keep(outcome(1, BRIG)))
    async with asyncio.timeout(60):
        await begun.wait()
        later = [asyncio.create_task(recorder.keep(outcome(n, make_entry(f"{n}")))) for n in (2, 3)]
        for _ in range(3):  # the loop's turns in which whatever is timed for now is done
            await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(first, *later)
    assert await polled(store) == {1, 2, 3}


async def test_a_stop_waits_for_nobodys_patience(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchers.recording.LONG_PATIENCE", 1000.0)
    recorder = Recorder(store)
    recorder.expect()
    waiting = [asyncio.create_task(recorder.keep(outcome(n))) for n in (1, 2)]
    await asyncio.sleep(0)
    async with asyncio.timeout(60):
        await recorder.settle()
        await asyncio.gather(*waiting)
    assert await polled(store) == {1, 2}
