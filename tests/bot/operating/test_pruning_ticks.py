"""The hourly tick deletes what the configuration says, a little at a time, and goes on where it stopped."""
# ruff: noqa: ASYNC240 - the files are small and nothing else runs in the loop

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.config import Config
from bot.messages_json import from_json
from bot.operating.departures import Departures
from bot.operating.pruning import BLANK, HELD, KINDS, MOST, Pruner, _Pace
from bot.settings.retention import Retention
from tests.bot.operating.program import called
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_letter, make_report
from watchers.clock import SteppedClock, SystemClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store

DAY = timedelta(days=1)
SLACK, DISCORD = "slack:C1", "discord:12345"
CONFIG = '[poll]\ncontact = "mailto:desk@example.org"\n'


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(NOON)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path, clock: SteppedClock) -> AsyncIterator[Store]:
    path = tmp_path / "vedette.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    async with open_store(f"sqlite:///{path}", clock=clock) as opened:
        yield opened


def pruner(store: Store, clock: SteppedClock, **settings: timedelta) -> Pruner:
    return Pruner(store=store, clock=clock, retention=Retention(**settings))


async def fill(store: Store, *, articles: int = 3) -> None:
    """Store articles in no story, a notice that arrived, a change and an asking, all of now."""
    now = store.kept._access.clock.now()
    await store.channels.save(Channel(id=MAIN, name="Main"))
    await store.feeds.add("https://harbour.example/feed", name="Harbour", every=15 * MINUTE)
    entries = await store.entries.add(
        [replace(make_entry(f"barge {n}", summary="All of it."), seen=now) for n in range(articles)]
    )
    await store.stories.save_reports([(make_report(one), "store") for one in entries])
    await store.outbox.enqueue(make_letter("notice"))
    (item,) = await store.outbox.lease(1, now=now, until=now + MINUTE)
    await store.outbox.delivered(item, at=now, receipt="p1")
    await store.audits.note(MAIN, asker="slack:U1", asker_name="Ada", command="x", line="did x", at=now)
    await store.asked.first("e1", now)
    await store.exemplars.add(MAIN, title="Docks", text="Docks.", lang="en", in_use=False)


async def test_nothing_goes_before_its_time_and_everything_after(store: Store, clock: SteppedClock) -> None:
    await fill(store)
    assert (await pruner(store, clock).tick()).total() == 0
    clock.move_to(NOON + 400 * DAY)
    would = await pruner(store, clock).would()
    assert {kind: n for kind, n in would.items() if n} == {
        "texts": 3,
        "messages": 1,
        "changes": 1,
        "aside": 1,
        "askings": 1,
    }
    assert +await pruner(store, clock).tick() == +would
    assert (await pruner(store, clock).would()).total() == 0
    item = await store.outbox.get(1)
    assert item is not None
    assert from_json(item.payload).notice == BLANK, "whoever looks at it is told"


async def test_a_tick_that_is_out_of_time_goes_on_where_it_was(store: Store, clock: SteppedClock) -> None:
    await fill(store, articles=50)
    clock.move_to(NOON + 400 * DAY)
    one = pruner(store, clock)
    assert (await one.tick(within=0)).total() == 0, "no time, nothing done"
    step = one._steps(clock.now())["texts"]
    assert await step(20) == (20, True)
    assert await step(20) == (20, True)
    assert await step(20) == (10, False)
    assert one._places["texts"] == 0, "the next sweep begins with the first article"


async def test_others_write_while_it_prunes(store: Store, clock: SteppedClock) -> None:
    await fill(store, articles=300)
    clock.move_to(NOON + 400 * DAY)
    pruning = asyncio.create_task(pruner(store, clock).tick())
    written = 0
    while not pruning.done():
        await store.kept.put("beat", str(written))
        written += 1
        await asyncio.sleep(0.01)
    assert (await pruning)["texts"] == 300
    assert written > 3


def test_a_slow_machine_is_given_fewer_rows_and_a_fast_one_more() -> None:
    pace = _Pace()
    for _ in range(20):
        pace.took(HELD * 2)
    assert pace.rows == 1
    for _ in range(20):
        pace.took(HELD / 10)
    assert pace.rows == MOST


async def test_channels_of_a_platform_that_is_served_no_more_have_their_time(
    store: Store, clock: SteppedClock
) -> None:
    for channel in (SLACK, DISCORD, MAIN):
        await store.channels.save(Channel(id=channel, name=channel, origin="chat"))
    await store.audits.note(SLACK, asker="slack:U1", asker_name="Ada", command="x", line="did x")
    config = Config.model_validate({"poll": {"contact": "mailto:desk@example.org"}, "discord": {}})
    running = Pruner.of(config, store, ["preview"], clock=clock)
    await running.tick()
    clock.move_to(NOON + 29 * DAY)
    assert (await running.tick())["gone"] == 0
    clock.move_to(NOON + 30 * DAY - timedelta(minutes=30))
    assert (await running.tick())["gone"] == 2, "within thirty days, not an hour after"
    assert [one.id for one in await store.channels.all()] == [DISCORD, MAIN]


async def test_a_removed_app_closes_its_channels_and_tells_another_one(
    store: Store, clock: SteppedClock
) -> None:
    for channel in (SLACK, "slack:C2", DISCORD):
        await store.channels.save(Channel(id=channel, name=channel))
    await Departures(store, clock).platform("slack", "the app was removed from the workspace")
    closed = {one.id: one.unreachable for one in await store.channels.all()}
    assert closed[SLACK] == closed["slack:C2"] == "the app was removed from the workspace"
    assert closed[DISCORD] == ""
    told = [one.channel for one in await store.outbox.lease(9, now=NOON, until=NOON + MINUTE)]
    assert told == [DISCORD]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("texts", "30d", id="texts for less than rule test looks back"),
        pytest.param("messages", "1d", id="messages for less than a digest looks back"),
        pytest.param("changes", "1h", id="changes for an hour"),
        pytest.param("gone", "31d", id="a removed app's things for longer than is allowed"),
        pytest.param("gone", "0h", id="no time to come back"),
    ],
)
def test_times_that_would_do_harm_are_refused(key: str, value: str) -> None:
    with pytest.raises(ValueError, match=key):
        Config.model_validate({"poll": {"contact": "mailto:desk@example.org"}, "retention": {key: value}})


def test_by_hand_it_is_said_first_and_then_done(tmp_path: Path, empty_database: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    database = tmp_path / "vedette.sqlite3"
    database.write_bytes(empty_database.read_bytes())

    async def filled() -> None:
        async with open_store(
            f"sqlite:///{database}", clock=SteppedClock(SystemClock().now() - 500 * DAY)
        ) as opened:
            await fill(opened)

    asyncio.run(filled())
    dry = called("prune", "--dry-run", "--config", path)
    assert dry.returncode == 0, dry.stderr
    assert f"3  {KINDS['texts']}" in dry.stdout
    assert "Nothing was changed." in dry.stdout
    done = called("prune", "--config", path)
    assert done.stdout.splitlines()[0] == "Deleted:"
    assert f"1  {KINDS['changes']}" in done.stdout
    assert called("prune", "--config", path).stdout == "Nothing is old enough to be deleted.\n"
