"""Polling against real servers, a real store and a real parsing worker."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from tests.feedserver import Answer
from tests.watchers.polling_desk import NOW, WITHIN, Desk, document, open_desk
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path, empty_database: Path) -> Path:
    path = tmp_path / "v.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    return path


@pytest.fixture
async def desk(database: Path) -> AsyncIterator[Desk]:
    async with open_desk(database, parsing=True) as opened:
        yield opened


@pytest.fixture
async def idle(database: Path) -> AsyncIterator[Desk]:
    """Open a desk whose feeds send nothing to parse."""
    async with open_desk(database, parsing=False) as opened:
        yield opened


def unchanged(headers: dict[str, str] | None = None) -> Answer:
    return Answer(status=304, headers=headers or {})


async def test_a_changed_document_gives_only_what_the_last_one_did_not_hold(desk: Desk) -> None:
    (number,) = await desk.follow("/f")
    desk.server.routes["/f"] = [Answer(body=document("a", "b")), Answer(body=document("c", "a", "b"))]
    assert (await desk.poller.poll_due()).new == 2
    desk.execute("DELETE FROM entry")  # what is known of the document is known without the store
    desk.later()
    assert (await desk.poller.poll_due()).new == 1
    assert await desk.titles() == ["c"]
    assert (await desk.health(number)).changed_at == desk.clock.now()


async def test_what_the_store_refused_is_read_again_and_the_feed_left_alone_meanwhile(desk: Desk) -> None:
    await desk.follow("/f")
    desk.server.routes["/f"] = Answer(body=document("a", "b"))
    desk.execute("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(StoreError, match="full"):
        await desk.poller.poll_due()
    assert (await desk.poller.poll_due()).polled == 0
    desk.execute("DROP TRIGGER full")
    (feed,) = await desk.store.feeds.due(now=desk.clock.now())
    assert await desk.poller.poll(feed) == 2


async def test_one_feed_that_cannot_be_stored_keeps_no_other_from_it(desk: Desk) -> None:
    bad, good, same = await desk.follow("/bad", "/good", "/same")
    desk.server.routes |= {
        "/bad": Answer(body=document("cursed")),
        "/good": Answer(body=document("a")),
        "/same": unchanged(),
    }
    desk.execute(
        "CREATE TRIGGER curse BEFORE INSERT ON entry WHEN NEW.title LIKE 'cursed%'"
        " BEGIN SELECT RAISE(ABORT, 'cursed'); END"
    )
    with pytest.raises(StoreError, match="cursed"):
        await desk.poller.poll_due()
    assert await desk.titles() == ["a"]
    assert (await desk.health(good)).ok_at == (await desk.health(same)).ok_at == NOW
    assert (await desk.health(bad)).polled_at is None


@pytest.mark.parametrize(
    ("curse", "is_the_feeds_fault"),
    [("RAISE(ABORT, 'cursed')", True), ("nowhere()", False)],
    ids=["its entry", "the database"],
)
async def test_what_the_store_refuses_again_is_recorded_as_a_failure_of_the_feed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, curse: str, *, is_the_feeds_fault: bool
) -> None:
    monkeypatch.setattr("watchers.polling.REST", 0.0)
    (number,) = await desk.follow("/f")
    desk.server.routes["/f"] = [*(Answer(body=document("a")) for _ in range(3)), Answer(body=document("b"))]
    desk.execute(f"CREATE TRIGGER curse BEFORE INSERT ON entry BEGIN SELECT {curse}; END")
    with pytest.raises(StoreError):
        await desk.poller.poll_due()
    if not is_the_feeds_fault:
        with pytest.raises(StoreError):
            await desk.poller.poll_due()
        assert (await desk.health(number)).failures == 0
        return
    for failures in (1, 2):
        assert (await desk.poller.poll_due()).failed == 1
        health = await desk.health(number)
        assert (health.failures, health.fault, "cursed" in health.last_error) == (failures, "unknown", True)
        assert health.next_poll_at is not None
        assert health.next_poll_at > desk.clock.now()
        desk.later(timedelta(days=1))
    desk.execute("DROP TRIGGER curse")
    assert (await desk.poller.poll_due()).new == 1
    assert (await desk.health(number)).failures == 0


async def test_a_feeds_first_document_is_an_archive_even_after_failures(desk: Desk) -> None:
    await desk.follow("/f")
    desk.server.routes["/f"] = [
        Answer(status=503),
        Answer(body=document("a")),
        Answer(body=document("b", "a")),
    ]
    for _ in range(3):
        await desk.poller.poll_due()
        desk.later(timedelta(days=1))
    found = {entry.title[0]: entry.archive for entry in await desk.store.entries.unread()}
    assert found == {"a": True, "b": False}


async def test_what_is_learnt_of_a_feed_is_kept(desk: Desk) -> None:
    (number,) = await desk.follow("/f")
    headers = {"Cache-Control": "max-age=7200"}
    desk.server.routes["/f"] = [
        Answer(body=document("a", "b"), headers=headers),
        unchanged({"Cache-Control": "max-age=10800"}),
    ]
    await desk.poller.poll_due()
    health = await desk.health(number)
    assert health.wishes.least == timedelta(hours=2)
    assert health.next_poll_at is not None
    assert health.next_poll_at >= NOW + timedelta(hours=2)
    assert (health.changed_at, health.beyond, health.fault) == (NOW, 0, "")
    before = health.rhythm
    assert before.days > 0
    desk.later()
    await desk.poller.poll_due()
    health = await desk.health(number)
    assert health.wishes.least == timedelta(hours=3)
    assert health.changed_at == NOW
    assert health.rhythm.days > before.days


async def test_an_incident_that_is_over_leaves_when_it_began_and_ended(idle: Desk) -> None:
    (number,) = await idle.follow("/f")
    idle.server.routes["/f"] = [Answer(status=503), Answer(status=503), unchanged()]
    for _ in range(2):
        await idle.poller.poll_due()
        idle.later(timedelta(days=2))
    health = await idle.health(number)
    assert (health.fault, health.failures, health.failing_since) == ("status", 2, NOW)
    assert (health.failed_from, health.well_at) == (None, None)
    await idle.poller.poll_due()
    health = await idle.health(number)
    assert (health.fault, health.failures, health.failing_since) == ("", 0, None)
    assert (health.failed_from, health.well_at) == (NOW, idle.clock.now())


async def test_a_feed_that_hangs_holds_up_no_other_and_is_asked_once_at_a_time(idle: Desk) -> None:
    asked, release = asyncio.Event(), asyncio.Event()

    async def hang(_request: web.Request) -> web.StreamResponse:
        asked.set()
        await release.wait()
        return web.Response(status=304)

    (slow,) = await idle.follow("/slow")
    idle.server.routes["/slow"] = hang
    async with asyncio.timeout(WITHIN):
        first = asyncio.create_task(idle.poller.poll_due())
        await asked.wait()
        quick = await idle.follow(*(f"/{n}" for n in range(5)), host="localhost")
        idle.server.routes |= {f"/{n}": unchanged() for n in range(5)}
        second = await idle.poller.poll_due()
        release.set()
        await first
    # `localhost` is not on the allow-list: these are refused at once, and that is on record already
    assert (second.polled, second.failed) == (5, 5)
    assert {(await idle.health(number)).fault for number in quick} == {"refused"}
    assert len(idle.server.asked("/slow")) == 1
    assert (await idle.health(slow)).polled_at == NOW


async def test_a_round_that_is_cancelled_keeps_what_was_done_and_nothing_by_halves(idle: Desk) -> None:
    asked = asyncio.Event()

    async def hang(_request: web.Request) -> web.StreamResponse:
        asked.set()
        await asyncio.sleep(WITHIN)
        raise AssertionError

    quick, slow = await idle.follow("/quick", "/slow")
    idle.server.routes |= {"/quick": unchanged(), "/slow": hang}
    async with asyncio.timeout(WITHIN):
        task = asyncio.create_task(idle.poller.poll_due())
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert (await idle.health(quick)).ok_at == NOW  # the slow one's turn came after it
    assert (await idle.health(slow)).polled_at is None
    idle.server.routes["/slow"] = unchanged()
    assert (await idle.poller.poll_due()).polled == 1


async def test_feeds_of_one_host_are_asked_one_after_the_other(idle: Desk) -> None:
    await idle.follow(*(f"/{n}" for n in range(20)))
    idle.server.routes |= {f"/{n}": unchanged() for n in range(20)}
    assert (await idle.poller.poll_due()).polled == 20
    assert idle.server.at_once == 1


async def test_a_fault_of_ours_is_recorded_as_a_failure_and_waits_like_one(
    idle: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    number, other = await idle.follow("/f", "/g")
    idle.server.routes |= {"/f": unchanged(), "/g": unchanged()}
    get = idle.poller._client.get

    async def broken(url: str, **kwargs: object) -> object:
        if url.endswith("/f"):
            raise ZeroDivisionError
        return await get(url, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(idle.poller._client, "get", broken)
    assert (await idle.poller.poll_due()).failed == 1
    health = await idle.health(number)
    assert (health.fault, "ZeroDivisionError" in health.last_error) == ("unknown", True)
    assert health.next_poll_at is not None
    assert health.next_poll_at > NOW
    assert "ZeroDivisionError" in caplog.text
    assert (await idle.health(other)).ok_at == NOW


async def test_a_network_that_is_away_is_told_of_once_until_something_is_read(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    paths = ["/a", "/b", "/c"]
    await desk.follow(*paths)

    async def rounds(status: int) -> int:
        caplog.clear()
        for path in paths:
            desk.server.routes[path] = Answer(status=status, body=document("Alder"))
        for _ in range(2):
            desk.later(timedelta(days=2))
            await desk.poller.poll_due()
        return sum("is this machine online" in one.getMessage() for one in caplog.records)

    assert await rounds(503) == 1
    assert await rounds(200) == 0
    assert await rounds(503) == 1
