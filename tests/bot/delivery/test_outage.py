"""How a platform is doing as deliveries see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.delivery.outage import FAILING_AFTER, Outage

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_platform_that_refuses_everything_is_left_alone_until_the_time_it_named() -> None:
    outage = Outage()
    outage.refused("banned", now=NOON, until=NOON + 60 * SECOND)
    assert outage.is_closed(NOON + 59 * SECOND)
    assert not outage.is_closed(NOON + 60 * SECOND)


def test_what_was_under_way_when_it_began_to_refuse_lifts_nothing() -> None:
    outage = Outage()
    outage.refused("banned", now=NOON, until=NOON + 60 * SECOND)
    assert not outage.succeeded(began=NOON - SECOND, now=NOON + SECOND)
    assert outage.is_closed(NOON + 2 * SECOND)
    assert outage.is_failing


def test_the_message_that_tries_whether_it_is_back_opens_it_again() -> None:
    outage = Outage()
    outage.refused("banned", now=NOON, until=NOON + 60 * SECOND)
    later = NOON + 61 * SECOND
    assert outage.may_try(later)
    assert outage.succeeded(began=later, now=later + SECOND)
    assert not outage.is_failing
    assert not outage.is_closed(later + SECOND)


def test_three_failures_in_a_row_are_the_platforms_and_trials_grow_further_apart() -> None:
    outage = Outage(trial=10 * SECOND)
    gaps = []
    for n in range(FAILING_AFTER + 4):
        assert outage.is_failing == (n >= FAILING_AFTER)
        outage.failed("500", now=NOON, jitter=0.0)
        assert outage.next_trial is not None
        gaps.append((outage.next_trial - NOON).total_seconds())
    assert gaps[FAILING_AFTER - 1 :] == [1.0, 2.0, 4.0, 8.0, 10.0]
