"""Row 22 of the fault matrix: the machine's clock is set while the bot runs, or while it does not."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from apscheduler.schedulers import base

from bot.clockwatch import THRESHOLD, behind, was_set
from bot.errors import DeliveryError
from bot.operating.health import PARTS, check_health
from bot.schedule import Ticks, scheduled
from bot.wording.digest import LONGEST_WINDOW
from tests.contracts.store.store_builders import NOON, make_entry
from tests.faults.machines import DESK, FEED_EVERY, Wall, machine, notice
from watchers.clock import SystemClock
from watchers.store.holders import myself
from watchers.store.rows import Polled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.machines import Machine

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
START: Final = datetime(2026, 6, 1, 10, 5, tzinfo=UTC)  # 12:05 in Berlin
CARDS: Final = 4  # of the stories that come in four hours apart, one in five
SOON: Final = timedelta(minutes=20)
JUMPS: Final = [  # and how long until somebody sets it back
    pytest.param(HOUR, SOON, id="an hour ahead, soon set back"),
    pytest.param(-HOUR, 7 * HOUR, id="an hour back, set again after a digest"),
    pytest.param(DAY, SOON, id="a day ahead, soon set back"),
    pytest.param(DAY, 7 * HOUR, id="a day ahead, set back after a digest"),
    pytest.param(-DAY, 7 * HOUR, id="a day back, set again after a digest"),
]


@pytest.mark.parametrize(
    ("drift", "expected"),
    [
        pytest.param(timedelta(0), False, id="none"),
        pytest.param(THRESHOLD - timedelta(seconds=1), False, id="a correction"),
        pytest.param(THRESHOLD, True, id="a minute ahead"),
        pytest.param(-THRESHOLD, True, id="a minute back"),
        pytest.param(timedelta(days=-20_000), True, id="to the beginning of time"),
    ],
)
def test_row_22_a_clock_was_set_from_a_minute_on(drift: timedelta, *, expected: bool) -> None:
    assert was_set(drift) is expected


def test_row_22_a_clock_is_behind_what_was_noted_before_or_not_at_all() -> None:
    assert behind(NOON, None) is None
    assert behind(NOON, NOON - DAY) is None
    assert behind(NOON, NOON + timedelta(seconds=30)) is None
    assert behind(NOON, NOON + DAY) == DAY


async def schedules(made: Machine, *times: str) -> None:
    for at in times:
        await made.store.subscriptions.add(DESK, name=at, at=at, days="daily", timezone="Europe/Berlin")


@pytest.mark.long
@pytest.mark.parametrize(("jump", "away"), JUMPS)
async def test_row_22_a_clock_set_and_set_back_repeats_and_hides_nothing(
    jump: timedelta, away: timedelta, tmp_path: Path, empty_database: Path
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        await schedules(made, "08:00", "18:00")
        await made.live(HOUR)
        stories: list[str] = []

        async def live(hours: int) -> None:
            for _ in range(hours // 4):
                stories.append(await made.story(score=0.6 if len(stories) % 5 else 0.8))
                await made.live(4 * HOUR, step=4 * HOUR)

        await live(20)
        for by in (jump, -jump):
            made.set_clock(by)
            stories.append(await made.story())  # before anybody noticed
            await made.live(away, step=min(away, HOUR))
        await live(60)
        keys = made.platform.keys
        assert len(keys) == len(set(keys))
        told = [made.told(title) for title in stories[:-6]]  # the last ones are for the next digests
        assert told == [2] * len(told)  # in both schedules
        assert sum(key.endswith("/card") for key in keys) == CARDS
        counts = await made.store.outbox.counts()
        assert {count.state for count in counts} == {"delivered"}
        evenings = {key.rpartition("/")[2] for key in made.platform.digests if "/d2/" in key}
        assert {"2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"} <= evenings


async def test_row_22_a_digest_of_tomorrow_that_did_not_go_out_is_taken_back(
    tmp_path: Path, empty_database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        await schedules(made, "08:00")
        await made.live(HOUR)
        title = await made.story()
        made.platform.down = DeliveryError("down")
        made.set_clock(DAY)
        await made.live(timedelta(minutes=20))
        assert [run.local_date.isoformat() for run in await made.store.digests.runs(1)] == ["2026-06-02"]
        made.set_clock(-DAY)
        await made.live(timedelta(minutes=20))
        assert await made.store.digests.runs(1) == ()
        made.platform.down = None
        await made.live(18 * HOUR)
        assert made.platform.digests == [f"{DESK}/d1/2026-06-02"]
        ((when, _, message),) = made.platform.took
        assert when == datetime(2026, 6, 2, 6, 5, tzinfo=UTC)
        assert title in repr(message)
        assert "late" not in message.notice
    assert "the digest of 2026-06-02 is written at its own time" in caplog.text


async def test_row_22_a_digest_of_tomorrow_that_went_out_is_not_sent_again_and_what_follows_is_told(
    tmp_path: Path, empty_database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        await schedules(made, "08:00")
        await made.live(DAY, step=4 * HOUR)
        first = await made.story()
        made.set_clock(DAY)
        await made.live(HOUR)
        second = await made.story()
        made.set_clock(-DAY)
        await made.live(HOUR)
        third = await made.story()
        await made.live(44 * HOUR, step=2 * HOUR)
        days = ("2026-06-02", "2026-06-03", "2026-06-04")
        assert made.platform.digests == [f"{DESK}/d1/{day}" for day in days]
        assert [made.told(title) for title in (first, second, third)] == [1, 1, 1]
    assert "the digest of 2026-06-03 is out already" in caplog.text


@pytest.mark.parametrize("past", [2 * HOUR, DAY, 400 * DAY], ids=["two hours", "a day", "a year"])
async def test_row_22_a_bot_that_starts_in_the_past_repeats_nothing_and_stands_still_nowhere(
    past: timedelta, tmp_path: Path, empty_database: Path
) -> None:
    platform = Wall()
    async with machine(tmp_path / "db", at=START, empty=empty_database, platform=platform) as made:
        await schedules(made, "08:00", "18:00")
        for score in (0.8, 0.6):
            await made.story(score=score)
            await made.live(8 * HOUR, step=4 * HOUR)
        before = list(platform.keys)
        await made.store.pulse.beat("poll", at=made.clock.now())
        platform.down = DeliveryError("down", retry_after=30.0)
        await made.store.outbox.enqueue(notice("waits"))
        await made.courier.drain()
        now, real = made.clock.now(), made.real.now()
        await made.store.feeds.record(Polled(feed=1, at=now, next_poll_at=now + FEED_EVERY))
    platform.down = None
    async with machine(tmp_path / "db", at=now - past, real=real, platform=platform) as made:
        made.stories = 2
        await made.live(HOUR)
        (feed,) = await made.store.feeds.health()
        assert feed.next_poll_at is not None
        assert feed.next_poll_at <= made.clock.now() + FEED_EVERY
        fresh = await made.story(score=0.8)
        await made.live(10 * HOUR, step=2 * HOUR)
        made.set_clock(past)
        await made.live(2 * DAY, step=4 * HOUR)
        keys = platform.keys
        assert len(keys) == len(set(keys))
        assert keys[: len(before)] == before
        assert "waits" in keys
        assert sum(key.endswith("/card") for key in keys) == 2
        assert past > LONGEST_WINDOW or made.told(fresh) == 2  # in both schedules' next digests


async def test_row_22_only_signs_of_this_machine_say_that_its_clock_was_set_back(
    tmp_path: Path, empty_database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        for sign, was_moved in (("worker/elsewhere:7:ab-cd", False), (f"worker/{myself()}", True)):
            await made.store.pulse.beat(sign, at=START + 2 * HOUR)
            await made.watch.begin()
            assert ("behind what it was" in caplog.text) is was_moved, sign


async def test_row_22_a_story_dated_in_the_future_blocks_nothing(
    tmp_path: Path, empty_database: Path
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        await schedules(made, "08:00")
        await made.live(HOUR)
        entry = make_entry("soon", published=START + 300 * DAY, seen=made.clock.now())
        (stored,) = await made.store.entries.add([entry])
        assert stored.when <= made.clock.now() + DAY
        titles = [await made.story(score=0.8) for _ in range(2)]
        await made.live(DAY)
        assert sum(key.endswith("/card") for key in made.platform.keys) == 2
        assert [made.told(title) for title in titles] == [1, 1]


def test_row_22_a_beat_from_the_future_is_no_sign_of_life(tmp_path: Path, empty_database: Path) -> None:
    database = tmp_path / "vedette.sqlite3"
    database.write_bytes(empty_database.read_bytes())
    (tmp_path / "config.toml").write_text('[database]\npath = "vedette.sqlite3"\n')
    with closing(sqlite3.connect(database)) as connection, connection:
        for part in PARTS:
            at = (NOON + DAY).strftime("%Y-%m-%d %H:%M:%S.%f")
            connection.execute("INSERT INTO heartbeat VALUES (?, ?)", (part, at))
    assert "silent" in check_health(tmp_path / "config.toml", now=NOON)
    assert check_health(tmp_path / "config.toml", now=NOON + DAY) == ""


class Counting:
    """Work that counts its ticks, on a machine whose clock was set once."""

    def __init__(self) -> None:
        self.delivered = asyncio.Event()
        self.was_set = False

    async def poll(self) -> None: ...

    async def read(self) -> None: ...

    async def digest(self) -> None: ...

    async def follow(self) -> None: ...

    async def pages(self) -> None: ...

    async def prune(self) -> None: ...

    async def deliver(self) -> None:
        self.delivered.set()

    async def clock_was_set(self) -> bool:
        was, self.was_set = self.was_set, False
        return was


async def test_row_22_the_ticks_go_on_when_the_clock_is_set_back_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ahead = timedelta(0)

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # APScheduler gives a zone
            return datetime.now(tz or UTC) + ahead  # type: ignore[arg-type]

    monkeypatch.setattr(base, "datetime", Shifted)
    monkeypatch.setattr(SystemClock, "now", lambda _: datetime.now(UTC) + ahead)
    work = Counting()
    async with scheduled(work, Ticks(poll=60, read=60, digest=60, deliver=0.1), within=1.0):
        async with asyncio.timeout(60):
            await work.delivered.wait()
        ahead, work.was_set = -DAY, True
        await asyncio.sleep(0.3)  # ticks that were due already
        work.delivered.clear()
        async with asyncio.timeout(60):
            await work.delivered.wait()
            work.delivered.clear()
            assert await work.delivered.wait()
