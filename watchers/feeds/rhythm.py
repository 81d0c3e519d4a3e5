"""How often a feed publishes, by the hour of the day: decayed counts, and the rate to expect from them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from math import exp, log
from typing import TYPE_CHECKING, Final

from watchers.types.watching import UNKNOWN, Rhythm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

# After three weeks a day counts half. A newsroom changes its hours with the seasons and its output with the
# year; shorter memories follow chance more than change (docs/polling.md, "What is remembered").
HALF_LIFE: Final = timedelta(weeks=3)
# Dates in a feed's first document are believed this far back: older ones say what a feed was, and feeds that
# list their best of all years would look like busy ones.
ARCHIVE: Final = timedelta(weeks=4)
# The shortest time that an archive may be the work of: a document whose entries all bear the hour of its
# making would otherwise promise hundreds an hour.
LEAST_ARCHIVE: Final = timedelta(hours=6)
# A poll's entries are counted in the hour they are dated if that lies at most so long before the poll before:
# feeds are made minutes after articles are dated. Older dates say nothing of when the next entry comes.
LATE: Final = timedelta(hours=2)
# A time of day that so many entries of an archive bear, and such a share of them, is none: of 99 items of a
# news-search feed 57 were dated 22:00:00, of 138 of another 119 to a full hour (docs/polling.md).
TIMELESS: Final = 5
TIMELESS_SHARE: Final = 0.25
_DAY: Final = timedelta(days=1)
_HOURS: Final = 24
# An hour's own count is trusted like this many days' worth of what its neighbours and the whole day say.
# With fewer, single entries of the first days make peaks where there are none.
TRUST: Final = 2.0
_NEIGHBOURS: Final = (0.25, 0.5, 0.25)  # how the hour before, the hour itself and the hour after are mixed
# What a feed of which nothing is known is taken to publish, in entries a day, and for how many days that
# guess weighs. Two a day is the rate at which the usual interval is the right one (due.REFERENCE).
GUESS: Final = 2.0
GUESS_DAYS: Final = 0.5


def observed(
    rhythm: Rhythm, published: Sequence[datetime], *, since: datetime | None, now: datetime
) -> Rhythm:
    """Return the rhythm after a poll that found these entries new, dated or, without a date, first seen.

    `since` is the poll before; None at the first one, when the dates of the document's last weeks are
    counted. A clock that was set back counts nothing but the entries.
    """
    if since is None:
        return _of_archive(published, now=now)
    passed = max((now - since) / _DAY, 0.0)
    fading = 0.5 ** (passed * _DAY / HALF_LIFE)
    hours = [count * fading for count in rhythm.hours or (0.0,) * _HOURS]
    for moment in published:
        dated = since - LATE <= moment <= now
        hours[(moment if dated else now).astimezone(UTC).hour] += 1.0
    return Rhythm(hours=tuple(hours), days=rhythm.days * fading + _weight(passed))


def _of_archive(published: Sequence[datetime], *, now: datetime) -> Rhythm:
    """Read a rhythm from the dates of a first document.

    What reaches back beyond the archive was cut off there; what does not was cut off at its oldest entry,
    which opens the time looked at and is not counted in it. A moment that half of them share is when the
    document was made or first seen, and no date of theirs.
    """
    shared = {
        moment for moment, count in Counter(published).items() if count > 1 and 2 * count >= len(published)
    }
    past = sorted(moment for moment in published if moment <= now and moment not in shared)
    recent = [moment for moment in past if moment > now - ARCHIVE]
    if not past:
        return UNKNOWN
    opened = now - ARCHIVE
    if len(recent) == len(past):
        opened, recent = min(recent[0], now - LEAST_ARCHIVE), recent[1:]
    hours = [0.0] * _HOURS
    timeless = _timeless(recent)
    for moment in recent:
        counts = 0.5 ** ((now - moment) / HALF_LIFE)
        if moment.timetz() in timeless:
            hours = [count + counts / _HOURS for count in hours]
        else:
            hours[moment.astimezone(UTC).hour] += counts
    return Rhythm(hours=tuple(hours), days=_weight((now - opened) / _DAY))


def _timeless(moments: Sequence[datetime]) -> frozenset[time]:
    """Return the times of day that so many entries bear to the second that they are days without a time.

    Search feeds date what they found to midnight somewhere: such dates say how much comes, not when.
    """
    often = Counter(moment.timetz() for moment in moments)
    return frozenset(
        at for at, count in often.items() if count >= TIMELESS and count >= TIMELESS_SHARE * len(moments)
    )


def _weight(days: float) -> float:
    """Return what days of watching up to now weigh, the earlier ones less: at most 30 with this half-life."""
    life = HALF_LIFE / _DAY / log(2)
    return life * (1 - exp(-days / life))


def a_day(rhythm: Rhythm) -> float:
    """Return how many entries a day to expect."""
    return (sum(rhythm.hours) + GUESS * GUESS_DAYS) / (rhythm.days + GUESS_DAYS)


def rates(rhythm: Rhythm) -> tuple[float, ...]:
    """Return the entries an hour to expect in each of the 24 hours of UTC; none is ever zero."""
    even = a_day(rhythm) / _HOURS
    return tuple(_rate(rhythm, hour, even) for hour in range(_HOURS))


def rate(rhythm: Rhythm, at: datetime) -> float:
    """Return how many entries an hour to expect at a moment."""
    return _rate(rhythm, at.astimezone(UTC).hour, a_day(rhythm) / _HOURS)


def _rate(rhythm: Rhythm, hour: int, even: float) -> float:
    """Return the entries an hour to expect; `even` is what the whole day says."""
    if not rhythm.hours:
        return even
    before, own, after = _NEIGHBOURS
    counts = rhythm.hours
    mixed = before * counts[hour - 1] + own * counts[hour] + after * counts[(hour + 1) % _HOURS]
    return (mixed + TRUST * even) / (rhythm.days + TRUST)
