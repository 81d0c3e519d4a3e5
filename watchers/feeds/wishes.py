"""What a publisher asks of those who poll: read from an answer's headers, joined with its document's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from watchers.types.watching import NO_WISHES, Wishes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchers.feeds.exchange import Response

# The longest that `max-age`, `Expires`, `<ttl>` and `sy:updatePeriod` keep us away together: as long as the
# quietest feed waits anyway. Generators write them without being asked, with round numbers that say nothing
# of the feed (docs/polling.md), and a server told to cache images for a year says so of its feeds too.
LONGEST: Final = timedelta(hours=4)
_MAX_AGE: Final = re.compile(r'max-age\s*=\s*"?(\d{1,12})', re.IGNORECASE)
# WordPress writes "hourly" and "1" into every feed it makes, and no publisher chose it.
_DEFAULT_PERIOD: Final = ("hourly", 1)
_PERIODS: Final = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}


def asked_of_headers(answer: Response | Mapping[str, str], *, now: datetime) -> Wishes:
    """Return how long an answer says it stays fresh: `max-age`, else `Expires`. Nothing said is no wish.

    A mapping's names are in lower case.
    """
    header = answer.header if hasattr(answer, "header") else lambda name: answer.get(name, "")
    control = header("cache-control")
    found = _MAX_AGE.search(control)
    if found:
        return _least(timedelta(seconds=min(int(found[1]), LONGEST.total_seconds())))
    if "no-cache" in control.lower() or "no-store" in control.lower():
        return NO_WISHES
    expires = header_date(header("expires")) if header("expires") else None
    return _least(expires - (header_date(header("date")) or now)) if expires else NO_WISHES


def of_period(period: str, frequency: int = 1) -> Wishes:
    """Return the wish of `sy:updatePeriod` and `sy:updateFrequency`: so many times in each period.

    The pair that WordPress writes unasked is none, nor is a period that the module does not know.
    """
    named = period.strip().lower()
    if named not in _PERIODS or (named, frequency) == _DEFAULT_PERIOD:
        return NO_WISHES
    return _least(_PERIODS[named] / max(frequency, 1))


def joined(a: Wishes, b: Wishes) -> Wishes:
    """Return what keeps both: the longer wait, the hours and days that either leaves out."""
    if b in (a, NO_WISHES) and a.least <= LONGEST:  # as at nearly every poll
        return a
    return Wishes(
        least=min(max(a.least, b.least), LONGEST),
        skip_hours=tuple(sorted({*a.skip_hours, *b.skip_hours})),
        skip_days=tuple(sorted({*a.skip_days, *b.skip_days})),
    )


def _least(wanted: timedelta) -> Wishes:
    return Wishes(least=min(max(wanted, timedelta()), LONGEST))


def header_date(text: str) -> datetime | None:
    """Read a header's date; None for what is none, such as the usual `0` and `-1`."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
