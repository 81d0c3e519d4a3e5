"""Rows 23, 24 and 25 of the fault matrix: nights of change, a digest cut in two, a bot that was down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pytest

from bot.announcing.digests import announce_digests
from bot.messages import Heading
from tests.faults.machines import DESK, Wall, machine

if TYPE_CHECKING:
    from pathlib import Path

    from bot.messages import Message
    from bot.platforms.base import Receipt

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
START: Final = datetime(2026, 6, 1, 5, 5, tzinfo=UTC)  # 07:05 in Berlin
TIMES: Final = (time(1, 30), time(2, 30), time(8, 0))


@pytest.mark.parametrize(
    ("zone", "night", "moments"),
    [
        pytest.param(
            "Europe/Berlin",
            date(2026, 3, 29),
            ("00:30", "01:00", "06:00"),  # half past two is not there: three o'clock
            id="Berlin loses an hour",
        ),
        pytest.param(
            "Europe/Berlin",
            date(2026, 10, 25),
            ("2026-10-24 23:30", "00:30", "07:00"),  # half past two is there twice: the first
            id="Berlin gains an hour",
        ),
        pytest.param(
            "America/New_York", date(2026, 3, 8), ("06:30", "07:00", "12:00"), id="New York loses an hour"
        ),
        pytest.param(
            "America/New_York", date(2026, 11, 1), ("05:30", "07:30", "13:00"), id="New York gains an hour"
        ),
    ],
)
async def test_row_23_a_night_of_change_has_one_digest_of_each_schedule(
    zone: str, night: date, moments: tuple[str, ...], tmp_path: Path, empty_database: Path
) -> None:
    begin = datetime.combine(night - DAY, time(12), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    async with machine(tmp_path / "db", at=begin, empty=empty_database, zone=zone) as made:
        for at in TIMES:
            await made.store.subscriptions.add(
                DESK, name=f"{at}", at=f"{at:%H:%M}", days="daily", timezone=zone
            )
        await made.round()
        await made.live(DAY / 2, step=DAY / 4)
        await made.live(DAY / 2, step=HOUR / 2)
        expected = [
            datetime.fromisoformat(moment if " " in moment else f"{night} {moment}").replace(tzinfo=UTC)
            for moment in moments
        ]
        assert [when for when, _, _ in made.platform.took] == expected
        assert made.platform.digests == [f"{DESK}/d{n}/{night}" for n in (1, 2, 3)]
        assert not any("late" in message.notice for _, _, message in made.platform.took)


@dataclass
class Narrow(Wall):
    """A platform whose posts hold few stories, and which dies with the bot at one of them."""

    dies_at: int = 0
    dies_before: bool = True  # the post was stored; else it was not

    def fits(self, message: Message) -> bool:
        """Hold a title and two stories."""
        return sum(isinstance(block, Heading) for block in message.blocks) <= 3

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        """Keep a message, or end the process before or after."""
        dies = self.calls + 1 == self.dies_at
        if dies and self.dies_before:
            self.calls += 1
            raise KilledError
        receipt = await super().send(channel, message, key=key, parent=parent, since=since)
        if dies:
            raise KilledError
        return receipt


class KilledError(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("before", [True, False], ids=["before it is stored", "after it is stored"])
@pytest.mark.parametrize("part", [1, 2, 3, 4])
async def test_row_24_a_digest_cut_off_at_a_part_goes_on_with_the_next(
    part: int, *, before: bool, tmp_path: Path, empty_database: Path
) -> None:
    platform = Narrow(dies_at=part, dies_before=before)
    async with machine(tmp_path / "db", at=START, empty=empty_database, platform=platform) as made:
        await made.store.subscriptions.add(DESK, name="d", at="08:00", days="daily", timezone="Europe/Berlin")
        await made.round()
        titles = [await made.story() for _ in range(11)]
        made.go_on(HOUR)
        await announce_digests(made.store, clock=made.clock, fits=lambda _, message: platform.fits(message))
        with pytest.raises(KilledError):
            await made.courier.drain()
        (subscription,) = await made.store.subscriptions.listed()
        assert subscription.delivered_to is None
        now = made.clock.now()
    async with machine(tmp_path / "db", at=now, platform=platform) as made:
        await made.live(timedelta(minutes=10), step=timedelta(minutes=5))
        keys = platform.keys
        first = f"{DESK}/d1/2026-06-01"
        assert keys[0] == first
        assert keys == [first, *(f"{first}/{n}" for n in range(2, len(keys) + 1))]
        assert len(keys) >= 4
        again = first if part == 1 else f"{first}/{part}"
        assert platform.again == [again]  # alone of all it was looked for before it was sent
        assert [made.told(title) for title in titles] == [1] * len(titles)
        (subscription,) = await made.store.subscriptions.listed()
        (run,) = await made.store.digests.runs(1)
        assert subscription.delivered_to == run.window_end


@pytest.mark.parametrize(
    ("away", "late"),
    [
        pytest.param(timedelta(minutes=10), False, id="ten minutes: hardly late"),
        pytest.param(HOUR, True, id="an hour"),
        pytest.param(15 * HOUR, True, id="until late in the evening"),
        pytest.param(17 * HOUR, None, id="until after midnight"),
        pytest.param(23 * HOUR, None, id="until the next one is nearly due"),
    ],
)
async def test_row_25_a_missed_digest_comes_late_on_its_day_or_with_the_next(
    away: timedelta, *, late: bool | None, tmp_path: Path, empty_database: Path
) -> None:
    platform = Wall()
    async with machine(tmp_path / "db", at=START - DAY, empty=empty_database, platform=platform) as made:
        await made.store.subscriptions.add(DESK, name="d", at="08:00", days="daily", timezone="Europe/Berlin")
        await made.round()
        await made.live(DAY - HOUR, step=(DAY - HOUR) / 4)
        first = await made.story()
        now = made.clock.now()
    back = datetime(2026, 6, 1, 5, 58, tzinfo=UTC) + away
    async with machine(tmp_path / "db", at=back, platform=platform) as made:
        made.stories = 1
        assert now < back
        await made.round()
        second = await made.story()
        while made.clock.now() < datetime(2026, 6, 2, 6, 0, tzinfo=UTC):
            await made.live(3 * HOUR, step=3 * HOUR)
        days = ["2026-05-31", *(["2026-06-01"] if late is not None else []), "2026-06-02"]
        assert platform.digests == [f"{DESK}/d1/{day}" for day in days]
        assert ["late" in message.notice for _, _, message in platform.took][1:-1] == (
            [late] if late is not None else []
        )
        assert [made.told(title) for title in (first, second)] == [1, 1]
        runs = await made.store.digests.runs(1)
        assert [run.window_start for run in runs[:-1]] == [run.window_end for run in runs[1:]]
