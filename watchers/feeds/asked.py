"""Read what a feed's own document asks of those who poll it: <ttl>, the syndication module, skip hours, days.

Everything is bounded: a feed may ask for less work, never for silence.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from watchers.feeds.wishes import of_period
from watchers.types.watching import NO_WISHES, Wishes

LONGEST: Final = timedelta(days=1)  # nobody may ask to be polled less often
# More is no wish but a mistake, such as seconds since 1970: a year in minutes, once a minute all day.
_MOST_MINUTES: Final = 525_600
_MOST_A_PERIOD: Final = 1440
_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOST_LISTED: Final = 24  # hours and days read of a list; more cannot be meant

_OPEN = r"<(?:[A-Za-z][\w.\-]{0,20}:)?"
_VALUE = (
    r"(?:\s[^<>]{0,300})?>\s{0,99}(?:<!\[CDATA\[)?\s{0,99}([A-Za-z0-9]{1,12})\s{0,99}(?:\]\]>)?\s{0,99}</"
)


def _element(name: str) -> re.Pattern[str]:
    return re.compile(_OPEN + name + _VALUE, re.IGNORECASE)


_TTL, _HOUR, _DAY = _element("ttl"), _element("hour"), _element("day")
_PERIOD, _FREQUENCY = _element("updatePeriod"), _element("updateFrequency")
_SKIP_HOURS = re.compile(r"<skipHours(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_SKIP_DAYS = re.compile(r"<skipDays(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_LIST = 4000  # code points of a list of hours or days looked at


def asked_of_document(around: str) -> Wishes:
    """Return the wishes in what stands around a document's items.

    `least` is the longer of <ttl> and the update period, at most LONGEST. Absurd values are as if unsaid, and
    so are lists that would leave no hour or no day at all.
    """
    if not re.search(r"ttl|updatePeriod|skipHours|skipDays", around, re.IGNORECASE):
        return NO_WISHES
    text = _without_comments(around)
    hours = frozenset(
        int(hour) % 24 for hour in _listed(_SKIP_HOURS, _HOUR, text) if hour.isdecimal() and int(hour) <= 24
    )
    days = frozenset(_WEEK.index(day) for day in _listed(_SKIP_DAYS, _DAY, text) if day in _WEEK)
    return Wishes(
        least=min(max(_time_to_live(text), _update_period(text)), LONGEST),
        skip_hours=tuple(sorted(hours)) if len(hours) < 24 else (),
        skip_days=tuple(sorted(days)) if len(days) < len(_WEEK) else (),
    )


def _time_to_live(text: str) -> timedelta:
    minutes = _number(_TTL.search(text))
    return timedelta(minutes=minutes) if 0 < minutes <= _MOST_MINUTES else timedelta()


def _update_period(text: str) -> timedelta:
    """Return the period divided by the updates in it; one, as the module says, where no number stands."""
    named, found = _PERIOD.search(text), _FREQUENCY.search(text)
    times = _number(found) if found else 1
    return of_period(named[1], times).least if named and 0 < times <= _MOST_A_PERIOD else timedelta()


def _number(found: re.Match[str] | None) -> int:
    return int(found[1]) if found and found[1].isdecimal() else 0


def _listed(opening: re.Pattern[str], member: re.Pattern[str], text: str) -> list[str]:
    """Return the members of a list such as <skipHours>, in lower case."""
    found = opening.search(text)
    if not found:
        return []
    inside = text[found.end() : found.end() + _LIST].partition("</skip")[0]
    return [value.lower() for value in member.findall(inside)[: 2 * _MOST_LISTED]]


def _without_comments(text: str) -> str:
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        pieces.append(text[at:start])
        end = text.find("-->", start)
        if end < 0:
            return "".join(pieces)
        at = end + 3
    return "".join((*pieces, text[at:]))
