"""Digests by local day over the nights in which clocks change: the short form of two years."""

from __future__ import annotations

from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pytest

from tests.faults.two_years import BEGIN, TIMES, ZONES, simulate
from tests.faults.years_drawn import changes

if TYPE_CHECKING:
    from pathlib import Path

DAYS: Final = 3  # around a night
YEAR: Final = 365


@pytest.mark.long
@pytest.mark.parametrize("zone", ZONES)
async def test_each_local_day_gets_one_digest_whatever_its_night(
    zone: str, tmp_path: Path, empty_database: Path
) -> None:
    place = ZONES.index(zone)
    nights = changes(ZoneInfo(zone), BEGIN, YEAR)[:2] or [BEGIN + timedelta(days=2)]
    night = nights[place % len(nights)]  # clocks go forward in one zone, back in the next
    copyfile(empty_database, tmp_path / "db")
    begin = night - timedelta(hours=36)
    found, life = await simulate(tmp_path / "db", zones=(zone,), begin=begin, days=DAYS, seed=place)
    assert found[zone].faults == []
    assert found[zone].on_time + found[zone].late >= len(TIMES) - 1
    assert life.restarts > 0
    assert life.downs > 0
