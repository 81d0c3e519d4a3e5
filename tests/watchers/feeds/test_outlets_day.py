"""Words such as "tomorrow" count from the day that it was where an entry was published."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.feeddocuments import FETCHED, entries, rss
from tests.watchers.facts.conftest import FewNames
from watchers.clock import SteppedClock
from watchers.facts.extract import extract
from watchers.feeds.parse import parse
from watchers.store.store import open_store
from watchers.types import fact_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
AMERICAN = ("Mon, 02 Mar 2026 20:30:00 -0500", "The Navy will commission the frigate tomorrow, it said.")
TURKISH = ("Fri, 01 Jan 2027 01:30:00 +0300", "Donanma bu yıl iki fırkateyn teslim alacak.")
JAPANESE = ("Fri, 01 Jan 2027 07:00:00 +0900", "防衛省は今年、護衛艦2隻を発注する。")


@pytest.mark.parametrize(
    ("written", "offset", "day"),
    [
        pytest.param("Mon, 02 Mar 2026 20:30:00 -0500", -300, date(2026, 3, 2), id="an offset"),
        pytest.param("Mon, 02 Mar 2026 20:30:00 EST", -300, date(2026, 3, 2), id="a zone's name"),
        pytest.param("2026-03-03T07:30:00+05:30", 330, date(2026, 3, 3), id="half an hour"),
        pytest.param("03 Mart 2026 01:30", 180, date(2026, 3, 3), id="Turkish words"),
        pytest.param("2026年3月3日 7:30", 540, date(2026, 3, 3), id="Japanese words"),
        pytest.param("Tue, 03 Mar 2026 24:00:00 +0300", 180, date(2026, 3, 4), id="a day's end"),
        pytest.param("Mon, 02 Mar 2026 20:30:00 GMT", 0, date(2026, 3, 2), id="UTC"),
        pytest.param("3 Mart 2026", 0, date(2026, 3, 3), id="a mere day"),
        pytest.param("no date", 0, NOW.date(), id="nothing"),
    ],
)
def test_an_entrys_day_is_its_outlets(written: str, offset: int, day: date) -> None:
    document = rss(f"<title>Frigate sails</title><pubDate>{written}</pubDate>")
    (entry,) = parse(replace(FETCHED, body=document.encode(), at=NOW))
    assert (entry.offset, entry.day) == (offset, day)
    assert entry.published is None or entry.published.utcoffset() == timedelta()


def test_the_moment_that_an_entry_is_known_by_is_the_same_whatever_zone_it_is_written_in() -> None:
    inside = "<title>Frigate sails</title><pubDate>{}</pubDate>"
    (here,), (there,) = (
        entries(rss(inside.format(date))) for date in ("20 Aug 2025 01:00 +0300", "19 Aug 2025 22:00 GMT")
    )
    assert here.published is not None
    assert there.published is not None
    assert here.published.isoformat() == there.published.isoformat()


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path) -> AsyncIterator[Store]:
    copied = shutil.copy(empty_database, tmp_path / "v.sqlite3")
    async with open_store(f"sqlite:///{copied}", clock=SteppedClock(NOW)) as opened:
        await opened.feeds.add(FETCHED.feed.url, name="Desk", every=timedelta(minutes=15))
        yield opened


@pytest.mark.parametrize(
    ("written", "text", "value"),
    [
        pytest.param(*AMERICAN, "2026-03-03", id="tomorrow, in the evening of America"),
        pytest.param(*TURKISH, "2027", id="this year, in the first hours of Türkiye's"),
        pytest.param(*JAPANESE, "2027", id="this year, in the first morning of Japan's"),
    ],
)
async def test_relative_dates_count_from_the_outlets_day(
    store: Store, written: str, text: str, value: str
) -> None:
    document = rss(f"<title>{text}</title><pubDate>{written}</pubDate>")
    given = parse(replace(FETCHED, body=document.encode(), at=NOW))
    await store.entries.add([replace(one, feed=1) for one in given])
    (entry,) = await store.entries.unread()
    facts = extract(fact_text(entry), lang=entry.lang, published=entry.day, finder=FewNames())
    assert value in [str(fact.value) for fact in facts]
