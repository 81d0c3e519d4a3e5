"""Ask a site for a file of its rules, and remember for a while, within bounds, what it said."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, Generic, TypeVar
from urllib.parse import urlsplit

from watchers.errors import FetchError, RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.feeds.guard import Client, Response

T = TypeVar("T")

KEEP: Final = timedelta(hours=24)  # the longest that RFC 9309 lets a robots.txt be used
KEEP_FAULT: Final = timedelta(minutes=10)  # after which a site that could not answer is asked again
# Seconds for a file of rules. Two of them and the page itself share the reader's 20 s, and one who is slower
# is to be remembered as silent rather than cut off anew at every attempt.
ANSWER_WITHIN: Final = 6.0
TOO_MANY: Final = 429  # an answer that says nothing of what is asked for

MOST_SITES: Final = 1024  # a bot of a thousand feeds asks some hundred sites
MOST_WEIGHT: Final = 4 * 1024 * 1024  # characters of rules kept in all, which some hostile sites would fill


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    value: T
    until: datetime
    weight: int


class Silent(Enum):
    """What is remembered of a site that cannot say now what its rules are."""

    SILENT = "silent"


SILENT: Final = Silent.SILENT


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


async def rules_file(client: Client, url: str, *, limit: int, named_by: str) -> Response | None:
    """Get a file of a site's rules, None if it does not answer, or says that it cannot just now.

    Raises RefusedError for what is refused.
    """
    try:
        answer = await client.get(url, limit=limit, named_by=named_by, within=ANSWER_WITHIN)
    except RefusedError:
        raise
    except FetchError:
        return None
    return None if answer.status >= 500 or answer.status == TOO_MANY else answer


def site_of(url: str) -> str:
    """Return a link's scheme, host and port, whose rules it stands under."""
    return f"{urlsplit(url).scheme}://{place_of(url)}"


def place_of(url: str) -> str:
    """Return a link's host and port, who are asked for one page at a time."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def path_of(url: str) -> str:
    """Return what of a link a site's patterns are held against: its path, and its query."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
