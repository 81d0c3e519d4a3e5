"""What is known of a feed's habits: how often it publishes, and how often it wants to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

# A feed; a news search's feed, added by a person who knows its terms; a news sitemap; a page with a list.
SourceKind = Literal["feed", "search", "sitemap", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a feed has published, by the hour of the day.

    `hours` holds 24 decayed counts of entries, one for each hour of UTC; empty while nothing is known.
    `days` are the decayed days of watching that the counts are of.
    """

    hours: tuple[float, ...] = ()
    days: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a publisher asks of those who poll: in headers, `<ttl>`, `sy:updatePeriod`, skip hours and days.

    `least` is the shortest time wanted between two polls, zero if nothing was said. Hours are of UTC, days
    count from Monday, 0.
    """

    least: timedelta = timedelta()
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


UNKNOWN: Final = Rhythm()
NO_WISHES: Final = Wishes()
