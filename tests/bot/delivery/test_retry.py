"""When a failed message is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retry import ATTEMPTS, LEAST_AGE, SPREAD, USUAL, next_attempt

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.integers(1, ATTEMPTS - 1), st.floats(0, 0.999))
def test_waits_grow_and_stay_bounded(attempts: int, jitter: float) -> None:
    moment = next_attempt(attempts, age=timedelta(0), now=NOW, retry_after=None, jitter=jitter)
    assert moment is not None
    assert USUAL.first <= moment - NOW <= USUAL.longest * (1 + SPREAD)


@given(st.integers(1, ATTEMPTS - 1), st.floats(0.1, 86_400))
def test_a_wait_that_the_platform_named_is_never_shortened(attempts: int, seconds: float) -> None:
    moment = next_attempt(attempts, age=timedelta(0), now=NOW, retry_after=seconds, jitter=0)
    assert moment is not None
    assert moment - NOW >= timedelta(seconds=seconds)


def test_after_a_day_of_trying_it_gives_up() -> None:
    assert next_attempt(ATTEMPTS, age=LEAST_AGE, now=NOW, retry_after=None, jitter=0) is None


def test_an_outage_of_an_hour_uses_nothing_up() -> None:
    assert next_attempt(ATTEMPTS * 9, age=timedelta(hours=1), now=NOW, retry_after=None, jitter=0) is not None
