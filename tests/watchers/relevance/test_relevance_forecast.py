"""How many alerts a watch brings, foreseen from what it would have brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchers.relevance.judging import entry
from watchers.relevance.forecast import Judged, fires, foresee
from watchers.types import Match, Relevance, Watch

NOW = datetime(2025, 9, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)
START = NOW - 30 * DAY
_numbers = iter(range(1, 1_000_000))


def judged(  # one entry of the past
    age: float, *, feed: int = 1, story: int | None = None, fire: bool = True, archive: bool = False,
    score: float = 0.8, told: bool = False, relevant: bool = False,
) -> Judged:  # fmt: skip
    number = next(_numbers)
    when = NOW - age * DAY
    one = replace(
        entry(f"Entry {number}"), key=f"k{number}", number=number, feed=feed, archive=archive,
        published=when, seen=NOW if archive else when,
    )  # fmt: skip
    return Judged(entry=one, story=story, fires=fire, score=score, told=told, relevant=relevant)


def test_reports_of_one_story_are_one_alert() -> None:
    past = [judged(3, story=7), judged(2.9, story=7), judged(2), judged(1, fire=False)]
    found = foresee(past, start=START, now=NOW)
    assert len(found.alerts) == 2
    assert len(found.met) == 3
    assert found.a_day == pytest.approx(2 / 30)


def test_a_feed_that_was_added_yesterday_counts_by_the_days_that_its_entries_span() -> None:
    past = [judged(age, feed=2, archive=True) for age in (5, 4, 3, 2, 1)]
    assert foresee(past, start=START, now=NOW).a_day == pytest.approx(1.0)
    old = [judged(age, feed=1) for age in (5, 4, 3, 2, 1)]
    assert foresee(old, start=START, now=NOW).a_day == pytest.approx(5 / 30)


def test_what_is_older_than_the_time_looked_back_to_counts_nowhere() -> None:
    found = foresee([judged(40, archive=True), judged(2)], start=START, now=NOW)
    assert (found.read, len(found.alerts)) == (1, 1)


def test_a_watch_misses_the_stories_that_relevance_alone_finds_and_no_other() -> None:
    both, lost, more = (
        judged(3, story=1, relevant=True),
        judged(2, fire=False, relevant=True, score=0.75),
        None,
    )
    more = judged(2, fire=False, relevant=True, score=0.95)
    same_story = judged(1, story=1, fire=False, relevant=True)
    found = foresee([both, lost, more, same_story, judged(1, fire=False)], start=START, now=NOW)
    assert found.missed == (more, lost)


def test_alerts_that_come_anyway_are_told_from_new_ones() -> None:
    same_story = [judged(1, story=4), judged(1, story=4, fire=False, told=True)]
    found = foresee([judged(3, told=True), judged(2), *same_story], start=START, now=NOW)
    assert (len(found.alerts), found.anew) == (3, 1)


@given(st.lists(st.tuples(st.floats(0, 29), st.integers(1, 3), st.booleans()), max_size=30))
def test_a_rate_is_the_alerts_by_the_days_where_every_feed_was_read_all_the_time(
    made: list[tuple[float, int, bool]],
) -> None:
    past = [judged(age, feed=feed, fire=fire) for age, feed, fire in made]
    found = foresee(past, start=START, now=NOW)
    assert found.a_day == pytest.approx(len(found.alerts) / 30)
    assert sum(found.by_feed.values()) == len(found.alerts) <= found.read


RULE = Watch(number=4, channel="c", name="ships", expression="ship", kind="rule")
LIKE = replace(RULE, kind="like")
MET = (Match(watch=4, channel="c", hits=()),)
HIGH = Relevance(score=0.95, reasons=(), evidence=("frigate",))
LOW = Relevance(score=0.2, reasons=())


@pytest.mark.parametrize(
    ("watch", "relevance", "matches", "likeness", "expected"),
    [
        pytest.param(RULE, LOW, MET, None, True, id="a rule by its words alone"),
        pytest.param(RULE, HIGH, (), None, False, id="not by the channel's relevance"),
        pytest.param(replace(RULE, threshold=0.5), LOW, MET, None, False, id="not below its own threshold"),
        pytest.param(replace(RULE, alert="digest"), LOW, MET, None, True, id="one for the digest would, too"),
        pytest.param(replace(RULE, kind="keywords"), LOW, MET, None, True, id="a list as if it were a rule"),
        pytest.param(LIKE, LOW, (), HIGH, True, id="a likeness by its own exemplars"),
        pytest.param(LIKE, HIGH, MET, LOW, False, id="a likeness not by its words"),
        pytest.param(LIKE, HIGH, MET, None, False, id="a likeness not where it was never judged"),
        pytest.param(replace(LIKE, threshold=0.99), LOW, (), HIGH, False, id="a stricter likeness not"),
    ],
)
def test_a_watch_fires_by_itself(
    watch: Watch,
    relevance: Relevance,
    matches: tuple[Match, ...],
    likeness: Relevance | None,
    expected: bool,  # noqa: FBT001 - a row of the table
) -> None:
    assert fires(watch, relevance, matches, likeness=likeness) is expected
