"""After an outage: how soon the first alert comes, what ten thousand cost (row 31), how soon all ends."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy.dialects import sqlite

from bot.delivery.courier import Courier
from bot.platforms.slack.adapter import Slack
from tests.doubles import slack_faults as faults
from tests.doubles.slack import SlackDouble
from tests.faults.filled import fill, started
from tests.faults.machines import notice
from tests.faults.plans_calls import POST
from tests.faults.world import Needs, world
from watchers.clock import SteppedClock, SystemClock
from watchers.store.outbox_choice import Wanted, first_of_each_channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import web

    from tests.faults.bots import Warm

FIRST_WITHIN: Final = timedelta(seconds=15)  # from a platform's return to the first alert
ENDS_WITHIN: Final = 10.0  # seconds from SIGTERM
DOWN_FOR: Final = timedelta(seconds=60)  # by then the gap between two trials is the longest
MEMORY: Final = 48 * 1024  # KiB that draining ten thousand cards may add
pytestmark = [pytest.mark.unrecorded, pytest.mark.timeout(600)]


async def test_the_first_alert_comes_within_fifteen_seconds_of_slacks_return(
    tmp_path: Path, empty_database: Path
) -> None:
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415 - it takes a second

    clock = SteppedClock(SystemClock().now())
    database = tmp_path / "db"
    database.write_bytes(empty_database.read_bytes())  # noqa: ASYNC240 - a few kilobytes
    async with SlackDouble() as slack, open_store(f"sqlite:///{database}", clock=clock) as store:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api, retry_handlers=[], timeout=5)
        courier = Courier(store, {"slack": Slack(client, clock=clock)}, clock=clock)
        for place in ("C1", "C2"):
            for n in range(3):
                await store.outbox.enqueue(replace(notice(f"{place}-{n}"), channel=f"slack:{place}"))
        outage = slack.inject(POST, faults.server_error(503), times=None)
        down = clock.now() + DOWN_FOR
        while clock.now() < down:
            await courier.drain()
            await clock.sleep(1)
        assert 4 <= outage.done <= 20  # tried now and then, not all the time
        slack.faults.waiting.remove(outage)
        back = clock.now()
        while not await courier.drain():
            assert clock.now() - back < FIRST_WITHIN
            await clock.sleep(1)
        while len([*slack.messages("C1"), *slack.messages("C2")]) < 6:
            assert clock.now() - back < 2 * FIRST_WITHIN
            await courier.drain()
            await clock.sleep(1)


FLOOD: Final = """
import asyncio, json, resource, sqlite3, sys
from contextlib import closing
from datetime import timedelta
from bot.delivery.courier import Courier
from bot.errors import DeliveryError
from tests.contracts.store.store_builders import NOON
from tests.faults.machines import DESK, Wall, notice
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

async def main(database):
    clock = SteppedClock(NOON)
    wall = Wall(down=DeliveryError("down"), real=clock)
    async with open_store(f"sqlite:///{database}", clock=clock) as store:
        await store.channels.save(Channel(id=DESK, name="Desk"))
        await store.outbox.enqueue(notice("k0"))
        courier = Courier(store, {"preview": wall}, clock=clock)
        with closing(sqlite3.connect(database)) as connection, connection:
            names = [row[1] for row in connection.execute("PRAGMA table_info(outbox)")]
            made = {"id": "id + i", "key": "'k' || i", "kind": "'alert'", "urgent": "i % 1000 = 0",
                    "created": "datetime(created, '+' || (i / 10) || ' seconds') || '.000000'"}
            values = ", ".join(made.get(name, name) for name in names)
            connection.execute(
                "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
                f"INSERT INTO outbox ({', '.join(names)}) SELECT {values} FROM n, (SELECT * FROM outbox)"
            )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(6):
            await courier.drain()
            await clock.sleep(600)
        calls, wall.down = wall.calls, None
        await clock.sleep(60)
        while await courier.drain():
            pass
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"grown": after - before, "calls": calls, "keys": wall.keys}))

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.long
def test_row_31_ten_thousand_cards_of_an_hours_outage_take_little_memory_and_few_posts(
    tmp_path: Path, empty_database: Path
) -> None:
    database = tmp_path / "db"
    database.write_bytes(empty_database.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", FLOOD, str(database)], capture_output=True, text=True, check=True
    )
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["grown"] < MEMORY
    assert said["calls"] <= 20  # while it was down
    urgent = [f"k{n}" for n in range(10_000, 0, -1000)]
    first, *others = [key for key in said["keys"] if key in urgent]  # the first one tried whether it is back
    assert [first, *others] == [first, *(key for key in urgent if key != first)]  # the newest first
    assert len(said["keys"]) <= 15  # one by one what is kept, a notice that was there before, the summary
    assert any("/folded/" in key for key in said["keys"])
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
    counts: dict[str, int] = dict(rows)
    assert counts.keys() == {"delivered", "dead"}  # what the summary tells in their stead
    assert sum(counts.values()) == 10_000 + 2


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(Wanted(), id="any"),
        pytest.param(Wanted(without=frozenset({"slack"})), id="not slack"),
        pytest.param(Wanted(only="slack", trial=True), id="a trial"),
    ],
)
def test_row_31_a_lease_reads_none_of_the_messages_that_wait(wanted: Wanted, empty_database: Path) -> None:
    query = first_of_each_channel(SystemClock().now(), wanted).limit(50)
    words = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    with closing(sqlite3.connect(empty_database)) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {words}")]
    for table, index in (("busy", "ix_outbox_tried"), ("ready", "ix_outbox_queued")):
        (step, *_) = [step for step in steps if f" {table} " in step]
        assert index in step
    (first,) = [step for step in steps if " other " in step or " queued_channels " in step]
    assert "COVERING INDEX" in first


@pytest.mark.long
async def test_a_bot_ends_in_time_with_a_digest_under_way_a_slow_platform_and_a_feed_that_hangs(
    tmp_path: Path, empty_database: Path, forks: Warm
) -> None:
    never = asyncio.Event()
    asked = asyncio.Event()

    async def hangs(_request: web.Request) -> web.StreamResponse:
        asked.set()
        await never.wait()
        raise AssertionError("nobody waits that long")

    async with world(tmp_path, Needs(), start=forks, empty=empty_database) as there:
        there.feeds.routes[there.news] = hangs
        there.slack.inject(POST, faults.hanging(), times=None)
        there.discord.fault("slow", times=1000, seconds=60)
        bot = await there.up(ready=True)
        due = await there.tell_digests("slow")
        async with asyncio.timeout(60):
            await asked.wait()
        await there.until(lambda: len(there.slack.asked(POST)) > 0)
        began = time.monotonic()
        bot.ask_to_stop()
        assert await bot.gone() == 0
        assert time.monotonic() - began <= ENDS_WITHIN
        never.set()
        assert due
        with closing(sqlite3.connect(there.database)) as connection:
            (waiting,) = connection.execute("SELECT count(*) FROM outbox WHERE state = 'queued'").fetchone()
        assert waiting == len(due)


@pytest.mark.long
def test_a_bot_is_ready_on_a_filled_database_and_ends_at_once(tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path / "vedette.sqlite3", 2_000, now=SystemClock().now() - timedelta(minutes=1)))
    with closing(sqlite3.connect(tmp_path / "vedette.sqlite3")) as connection:
        for table in ("story", "report", "outbox"):
            (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names of our own
            assert rows == 2_000
    assert started(tmp_path).ended <= ENDS_WITHIN
