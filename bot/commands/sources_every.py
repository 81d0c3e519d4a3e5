"""How often a source is asked, as people type it: "15m", or "auto" for as often as it publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.commands import values

if TYPE_CHECKING:
    from watchers.types import Feed

SOONEST: Final = timedelta(minutes=1)  # nobody asks a publisher more often
LATEST: Final = timedelta(days=7)
USUAL: Final = timedelta(minutes=15)  # the configuration's poll.every unless it says otherwise
AUTO: Final = "auto"
_EXAMPLE: Final = "/watch source add https://example.org/feed.xml every:30m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How often a source is asked. What is not `fixed` begins with `every` and then follows its rhythm."""

    every: timedelta = USUAL
    fixed: bool = False

    @property
    def typed(self) -> str:
        """Return it as it is typed behind every:, so that it comes back the same."""
        if self.fixed:
            return values.brief(self.every)
        return AUTO if self.every == USUAL else f'"{AUTO} {values.brief(self.every)}"'

    @property
    def said(self) -> str:
        """Return it in words."""
        if self.fixed:
            return f"every {values.brief(self.every)}"
        return "as often as it publishes"


def interval(text: str) -> Interval:
    """Return an interval as typed. Raises CommandError for one that is too short, too long or none."""
    first, *rest = text.lower().split() or [""]
    if first != AUTO:
        return Interval(every=_span(text), fixed=True)
    return Interval(every=_span(" ".join(rest)) if rest else USUAL)


def interval_of(feed: Feed) -> Interval:
    """Return how often a source is asked."""
    return Interval(every=feed.every, fixed=feed.fixed)


def _span(text: str) -> timedelta:
    return values.span(text, "every", low=SOONEST, high=LATEST, example=_EXAMPLE)
