"""What is known of a feed's habits, as text in its row."""

from __future__ import annotations

import json
from datetime import timedelta

from watchers.types import Rhythm, Wishes
from watchers.types.watching import NO_WISHES, UNKNOWN


def dump_rhythm(rhythm: Rhythm) -> str:
    """Return a rhythm as JSON; empty if nothing is known. Counts are kept to four digits."""
    if rhythm == UNKNOWN:
        return ""
    return json.dumps([round(rhythm.days, 4), *(round(count, 4) for count in rhythm.hours)])


def load_rhythm(text: str) -> Rhythm:
    """Return the rhythm that a row holds."""
    if not text:
        return UNKNOWN
    days, *hours = json.loads(text)
    return Rhythm(days=days, hours=tuple(hours))


def dump_wishes(wishes: Wishes) -> str:
    """Return wishes as JSON; empty if there are none."""
    if wishes == NO_WISHES:
        return ""
    return json.dumps([wishes.least.total_seconds(), wishes.skip_hours, wishes.skip_days])


def load_wishes(text: str) -> Wishes:
    """Return the wishes that a row holds."""
    if not text:
        return NO_WISHES
    least, hours, days = json.loads(text)
    return Wishes(least=timedelta(seconds=least), skip_hours=tuple(hours), skip_days=tuple(days))
