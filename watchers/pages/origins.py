"""Remember what was read of a site for a while, within bounds."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from datetime import datetime, timedelta

T = TypeVar("T")

MOST_SITES: Final = 1024  # a bot of a thousand feeds asks some hundred sites
MOST_WEIGHT: Final = 4 * 1024 * 1024  # characters of rules kept in all, which some hostile sites would fill


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    value: T
    until: datetime
    weight: int


class Remembered(Generic[T]):
    """Values by site, each for its own time; of too many, the one longest unused goes first."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, _Held[T]] = OrderedDict()
        self._weight = 0

    def get(self, site: str, *, now: datetime) -> T | None:
        """Return what is remembered of a site, None if nothing is or its time is over."""
        held = self._held.get(site)
        if held is None or held.until <= now:
            return None
        self._held.move_to_end(site)
        return held.value

    def put(self, site: str, value: T, *, now: datetime, keep: timedelta, weight: int = 0) -> None:
        """Remember a value; `weight` is roughly its size in characters."""
        before = self._held.pop(site, None)
        self._weight += weight - (before.weight if before else 0)
        self._held[site] = _Held(value, now + keep, weight)
        while len(self._held) > 1 and (len(self._held) > MOST_SITES or self._weight > MOST_WEIGHT):
            _, gone = self._held.popitem(last=False)
            self._weight -= gone.weight


def site_of(url: str) -> str:
    """Return a link's scheme, host and port, whose rules it stands under."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def path_of(url: str) -> str:
    """Return what of a link a site's patterns are held against: its path, and its query."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
