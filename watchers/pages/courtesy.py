"""How often one host's pages are asked for: a gap between two, and so many an hour. Pure."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

GAP: Final = timedelta(seconds=2)  # between two pages of a host, unless its robots.txt wants more
HOUR: Final = timedelta(hours=1)
MOST_HOSTS: Final = 4096  # remembered; the oldest go


class Courtesy:
    """When each host was asked for its last pages; forgotten with the process, which begins politely anew."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._asked: dict[str, deque[datetime]] = {}

    def turn(self, host: str, *, now: datetime, gap: timedelta = GAP, ahead: int = 0) -> datetime:
        """Return when a host may be asked for a page, `now` if at once; `ahead` pages are asked for before.

        A clock that was set back counts as time passed: nothing waits for a moment that is a day away.
        """
        asked = [moment for moment in self._asked.get(host, ()) if now - HOUR < moment <= now]
        gap = max(gap, GAP)
        turn = max(now, asked[-1] + gap) if asked else now
        turn += gap * ahead
        place = len(asked) + ahead
        if place < self._most:
            return turn
        hours, rest = divmod(place - self._most, self._most)
        first = asked[rest] if rest < len(asked) else now + gap * (rest - len(asked))
        return max(turn, first + HOUR * (hours + 1))

    def note(self, host: str, *, at: datetime) -> None:
        """Note that a host is asked for a page."""
        times = self._asked.pop(host, None) or deque(maxlen=self._most)
        times.append(at)
        self._asked[host] = times
        while len(self._asked) > MOST_HOSTS:
            del self._asked[next(iter(self._asked))]
