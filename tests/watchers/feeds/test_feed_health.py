"""How a feed is doing, in a word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.feeds.health import LONGEST_GAP, QUIET_AFTER, TIMES, state_of, usual_gap
from watchers.feeds.rhythm import observed
from watchers.types import Rhythm
from watchers.types.watching import UNKNOWN

NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def steady(gap: timedelta, *, silent: timedelta = timedelta()) -> Rhythm:
    """Return the rhythm of a feed with an entry each `gap`, silent for a while now."""
    known = Rhythm(hours=(20 / (gap / DAY) / 24,) * 24, days=20)
    return observed(known, [], since=NOW - silent, now=NOW) if silent else known


SIX_HOURS = steady(6 * HOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    followed: bool = True
    gone: bool = False
    failures: int = 0
    fault: str = ""
    ok_at: datetime | None = NOW - HOUR
    new_at: datetime | None = NOW - 2 * HOUR
    changed_at: datetime | None = NOW - 2 * HOUR
    rhythm: Rhythm = SIX_HOURS


WELL = Known()


def silent_for(silence: timedelta, gap: timedelta, *, same: timedelta | None = None) -> Known:
    return replace(
        WELL,
        new_at=NOW - silence,
        changed_at=NOW - (silence if same is None else same),
        rhythm=steady(gap, silent=silence),
    )


@pytest.mark.parametrize(
    ("feed", "state"),
    [
        pytest.param(WELL, "fresh", id="brought something two hours ago"),
        pytest.param(replace(WELL, gone=True, failures=3), "gone", id="gone for good, failing before"),
        pytest.param(replace(WELL, followed=False, failures=3), "paused", id="read by no channel"),
        pytest.param(replace(WELL, failures=1, fault="timeout"), "failing", id="failed once"),
        pytest.param(replace(WELL, failures=1, fault="not a feed"), "not a feed", id="a page instead"),
        pytest.param(replace(WELL, fault="not a feed"), "fresh", id="a page once, a feed again"),
        pytest.param(
            replace(WELL, ok_at=None, new_at=None, changed_at=None, rhythm=UNKNOWN), "new", id="never polled"
        ),
        pytest.param(
            replace(WELL, new_at=None, changed_at=NOW - HOUR, rhythm=UNKNOWN), "fresh", id="empty as yet"
        ),
        pytest.param(
            replace(WELL, new_at=None, changed_at=NOW - 9 * DAY, rhythm=UNKNOWN),
            "unchanged",
            id="empty for days",
        ),
        pytest.param(silent_for(64 * HOUR, HOUR), "unchanged", id="a weekend's silence of a busy desk"),
        pytest.param(silent_for(64 * HOUR, HOUR, same=HOUR), "fresh", id="the same, with a new build date"),
        pytest.param(silent_for(4 * DAY, HOUR), "quiet", id="four days' silence of a busy desk"),
        pytest.param(silent_for(20 * DAY, 7 * DAY), "unchanged", id="nearly three weeks of a weekly"),
        pytest.param(silent_for(22 * DAY, 7 * DAY), "quiet", id="more than three weeks of a weekly"),
        pytest.param(silent_for(89 * DAY, 60 * DAY), "unchanged", id="a quarter of a quarterly"),
        pytest.param(silent_for(91 * DAY, 60 * DAY), "quiet", id="longer than any gap is usual"),
        pytest.param(silent_for(12 * HOUR, HOUR), "fresh", id="a night"),
    ],
)
def test_the_gravest_that_holds_is_the_state(feed: Known, state: str) -> None:
    assert state_of(feed, now=NOW) == state


@settings(deadline=None, max_examples=60)
@given(
    gap=st.timedeltas(timedelta(minutes=5), timedelta(days=25)),
    silent=st.timedeltas(timedelta(), timedelta(days=120)),
)
def test_the_usual_gap_does_not_grow_with_the_silence(gap: timedelta, silent: timedelta) -> None:
    assert usual_gap(steady(gap, silent=silent), silent=silent) / gap == pytest.approx(1, rel=0.01)


@settings(deadline=None, max_examples=60)
@given(
    gap=st.timedeltas(timedelta(minutes=5), timedelta(days=25)),
    over=st.floats(0.1, 5).filter(lambda over: abs(over - 1) > 0.02),
)
def test_a_feed_is_quiet_after_three_times_its_usual_gap(gap: timedelta, over: float) -> None:
    silence = max(TIMES * gap, QUIET_AFTER) * over
    assert (state_of(silent_for(silence, gap), now=NOW) == "quiet") == (over > 1)


@pytest.mark.parametrize(
    "rhythm",
    [
        pytest.param(UNKNOWN, id="nothing known"),
        pytest.param(Rhythm(hours=(0.0,) * 24, days=25), id="nothing came"),
        pytest.param(Rhythm(hours=(0.0,) * 24, days=0), id="watched for no time"),
    ],
)
def test_without_entries_the_longest_gap_is_the_usual_one(rhythm: Rhythm) -> None:
    assert usual_gap(rhythm) == LONGEST_GAP
    assert usual_gap(rhythm, silent=100 * DAY) == LONGEST_GAP
