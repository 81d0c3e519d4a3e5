"""The alert budget: who finds room in a day, and which threshold keeps to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcing.alerts import Audience, contenders
from bot.announcing.budget import Contender, advise, begun, has_room
from tests.contracts.store.store_builders import MAIN, NOON, make_entry, make_report
from watchers.types import Match, Relevance, Report, Watch

DAY = date(2025, 8, 19)
DAYS = st.integers(min_value=0, max_value=13).map(lambda n: DAY - timedelta(days=n))
SOME = st.lists(
    st.builds(Contender, day=DAYS, score=st.floats(min_value=0, max_value=0.99), ruled=st.booleans()),
    max_size=60,
)


@pytest.mark.parametrize(
    ("budget", "spent", "urgent", "room"),
    [
        pytest.param(8, 7, False, True, id="the eighth goes out"),
        pytest.param(8, 8, False, False, id="the ninth does not"),
        pytest.param(8, 8, True, True, id="urgent news goes on"),
        pytest.param(8, 15, True, True, id="up to twice the budget"),
        pytest.param(8, 16, True, False, id="and no further"),
        pytest.param(0, 500, False, True, id="no budget is no limit"),
    ],
)
def test_who_finds_room_in_a_day(*, budget: int, spent: int, urgent: bool, room: bool) -> None:
    assert has_room(budget, spent, urgent=urgent) is room


@pytest.mark.parametrize(
    ("zone", "now", "start"),
    [
        pytest.param(
            "Asia/Tokyo",
            datetime(2025, 8, 19, 16, tzinfo=UTC),
            datetime(2025, 8, 19, 15, tzinfo=UTC),
            id="Tokyo is a day ahead",
        ),
        pytest.param(
            "Europe/Berlin",
            datetime(2026, 3, 29, 12, tzinfo=UTC),
            datetime(2026, 3, 28, 23, tzinfo=UTC),
            id="the clocks went forward",
        ),
        pytest.param(
            "Europe/Berlin",
            datetime(2026, 10, 25, 12, tzinfo=UTC),
            datetime(2026, 10, 24, 22, tzinfo=UTC),
            id="the clocks went back",
        ),
    ],
)
def test_a_day_begins_at_midnight_on_the_channels_clock(zone: str, now: datetime, start: datetime) -> None:
    assert begun(now, ZoneInfo(zone)) == start


def test_several_days_begin_at_midnight_too_whatever_the_clocks_did_since() -> None:
    now = datetime(2026, 3, 30, 12, tzinfo=UTC)
    assert begun(now, ZoneInfo("Europe/Berlin"), days=3) == datetime(2026, 3, 27, 23, tzinfo=UTC)


def test_the_threshold_advised_lies_just_above_what_is_too_much() -> None:
    found = [Contender(day=DAY - timedelta(days=n), score=0.7 + k / 50) for n in range(14) for k in range(12)]
    advice = advise(found, budget=8, days=14)
    assert advice.threshold == 0.77  # of twelve, .70 .72 .74 and .76 fall below
    assert (advice.kept, advice.days, advice.a_day) == (14, 14, 8.0)


def test_one_day_of_great_news_in_ten_moves_no_threshold() -> None:
    calm = [Contender(day=DAY - timedelta(days=n), score=0.75) for n in range(1, 14)]
    flood = [Contender(day=DAY, score=0.95) for _ in range(30)]
    assert advise([*calm, *flood], budget=8, days=14).threshold == 0
    assert advise([*calm, *flood], budget=8, days=14).kept == 13


def test_no_threshold_helps_where_rules_alone_are_over_the_budget() -> None:
    ruled = [Contender(day=DAY - timedelta(days=n % 14), score=0, ruled=True) for n in range(140)]
    assert advise(ruled, budget=8, days=14).threshold is None


@given(found=SOME, budget=st.integers(min_value=1, max_value=6))
def test_the_threshold_advised_keeps_the_budget_and_the_next_lower_does_not(
    found: list[Contender], budget: int
) -> None:
    advice = advise(found, budget=budget, days=14)

    def kept(threshold: float) -> int:
        over = 0
        for n in range(14):
            of_day = [c for c in found if c.day == DAY - timedelta(days=n)]
            over += sum(c.ruled or c.score >= threshold for c in of_day) > budget
        return 14 - over

    if advice.threshold is None:
        assert kept(2.0) < 12.6
        return
    assert kept(advice.threshold) == advice.kept
    assert advice.kept >= 12.6  # nine days in ten
    assert advice.threshold == 0 or kept(advice.threshold - 0.01) < 12.6


DESK = Audience(
    channel=MAIN,
    home=MAIN,
    name="Desk",
    lang="en",
    zone=ZoneInfo("Asia/Tokyo"),
    threshold=0.7,
    watches=(
        Watch(number=1, channel=MAIN, name="ships", expression="frigate", kind="rule"),
        Watch(number=2, channel=MAIN, name="now", expression="coup", kind="rule", alert="now"),
    ),
    feeds=frozenset({1}),
    budget=8,
)


def judged(name: str, score: float, *, met: tuple[int, ...] = (), evidence: bool = True) -> Report:
    relevance = Relevance(score=score, reasons=(), evidence=("drones",) if evidence else (), model="none")
    matches = tuple(Match(watch=number, channel=MAIN, hits=()) for number in met)
    return replace(make_report(make_entry(name, seen=NOON)), relevance=relevance, matches=matches)


def test_a_story_contends_once_with_its_best_score() -> None:
    two = [(1, judged("a", 0.6)), (1, judged("b", 0.8)), (2, judged("c", 0.9, evidence=False))]
    assert contenders(two, DESK) == (Contender(day=DAY, score=0.8),)


def test_a_rule_makes_a_story_contend_whatever_the_threshold_but_one_that_says_now_is_free() -> None:
    found = contenders([(1, judged("a", 0.1, met=(1,))), (2, judged("b", 0.9, met=(2,)))], DESK)
    assert found == (Contender(day=DAY, score=0.1, ruled=True),)
