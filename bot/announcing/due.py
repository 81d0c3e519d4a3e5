"""When a digest is due: local days and times, over gaps and folds of daylight saving. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# A digest that goes out so much after its time says that it is late: longer than a restart or a slow round.
LATE: Final = timedelta(minutes=15)
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekdays(days: str) -> frozenset[int]:
    """Return the week days, Monday 0, of "daily", "mon-fri", "fri-mon" or "mon,thu"."""
    if days == "daily":
        return frozenset(range(7))
    chosen: set[int] = set()
    for part in days.split(","):
        first, _, last = part.partition("-")
        low, high = _DAYS.index(first), _DAYS.index(last or first)
        chosen.update((low + n) % 7 for n in range((high - low) % 7 + 1))
    return frozenset(chosen)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC moment of a local time of day.

    In a fold it is the first of the two; in a gap, the first moment after it. (APScheduler 3.11 itself fires
    twice in a fold: apscheduler#120.)
    """
    local = datetime.combine(day, at, tzinfo=zone)
    moment = local.astimezone(UTC)
    back = moment.astimezone(zone).replace(tzinfo=None)
    if back == local.replace(tzinfo=None):
        return moment
    # In a gap the round trip lands after it, as far behind its end as the wanted time was behind its start.
    low, high = moment - timedelta(hours=26), moment
    offset = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)


def next_run(at: time, days: str, zone: ZoneInfo, *, after: datetime) -> tuple[date, datetime]:
    """Return the next local day with a digest and its UTC moment, strictly later than `after`."""
    wanted = weekdays(days)
    day = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        if day.weekday() in wanted and (moment := moment_of(day, at, zone)) > after:
            return day, moment
        day += timedelta(days=1)


def run_before(at: time, days: str, zone: ZoneInfo, *, day: date) -> datetime:
    """Return the moment of the last digest that a schedule has before that of a local day."""
    wanted = weekdays(days)
    before = next(
        day - timedelta(days=n) for n in range(1, 8) if (day - timedelta(days=n)).weekday() in wanted
    )
    return moment_of(before, at, zone)


def latest_due(at: time, days: str, zone: ZoneInfo, *, now: datetime) -> date | None:
    """Return today's local date if its digest's moment has come, else None: a day that is over is merged.

    The digest of a missed day is not sent later; the next one's window begins where the last delivered ended.
    """
    today = now.astimezone(zone).date()
    due = today.weekday() in weekdays(days) and moment_of(today, at, zone) <= now
    return today if due else None


def is_late(day: date, at: time, zone: ZoneInfo, *, now: datetime) -> bool:
    """Tell whether a day's digest that goes out now says that it is late."""
    return now - moment_of(day, at, zone) > LATE
