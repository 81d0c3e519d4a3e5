"""A small simulated week: what the large one in docs/polling.md measures holds, by a margin for few feeds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bench.week import HEADER, measure, p90, report

pytestmark = pytest.mark.timeout(500)  # a busy machine; a quiet one needs a fiftieth


def test_following_rhythms_finds_entries_sooner_than_fixed_intervals_at_as_many_requests() -> None:
    result = measure([11], feeds=24, every=timedelta(minutes=15), weeks=1)
    (ratio,), (spent,) = result.ratios, result.spent
    assert ratio <= 0.65
    assert 0.9 <= spent <= 1.1
    busy = [*result.bands["10 to 30"].ours, *result.bands["30 and more"].ours]
    assert p90(busy) <= 5.0
    assert report(result).startswith(HEADER)
