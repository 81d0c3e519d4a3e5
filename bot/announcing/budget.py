"""The alert budget: how many alerts a channel gets in a local day, and the threshold that keeps to it. Pure.

| what earned the card                     | goes out while the day has fewer cards than |
| ---------------------------------------- | ------------------------------------------- |
| a rule or likeness that says `alert:now` | always, and it is not counted               |
| relevance of .90 or more (urgent)        | twice the budget                            |
| anything else                            | the budget                                  |

Urgent news may use twice the budget so that eight small stories of the morning do not swallow a great one in
the evening. What finds no place is told in the next digest. It stays there for that local day, whatever
reports follow, unless the story itself becomes stronger; on a later day a further report may earn it a card
by its own strength. A channel without a digest has no budget, for nothing would tell what is over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.due import moment_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

BUDGET: Final = 8  # alerts a local day, unless a channel says otherwise
MOST_BUDGET: Final = 200  # a larger one limits nothing that people could read
URGENT_SHARE: Final = 2  # how many times the budget urgent news may use
LOOKS_BACK: Final = 14  # local days, today included
LEAST_PAST: Final = timedelta(days=3)  # that a threshold is advised from: a day or two tell nothing
# The threshold that is proposed keeps the budget on so many of the days looked at: one day of great news in
# ten should not raise it for all others.
KEPT_SHARE: Final = 0.9
STEP: Final = 100  # thresholds are proposed in hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A story that may alert: on which local day, and from which threshold down its relevance does.

    `score` is 0 without evidence; `ruled` says that a rule alerts it whatever the threshold.
    """

    day: date
    score: float
    ruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The lowest threshold that keeps a budget, on how many of how many days it does, and alerts a day then.

    `threshold` is None where rules alone are over it.
    """

    threshold: float | None
    kept: int
    days: int
    a_day: float


def begun(now: datetime, zone: ZoneInfo, *, days: int = 1) -> datetime:
    """Return when the local day that holds `now` began, or the first of so many of which it is the last."""
    first = now.astimezone(zone).date() - timedelta(days=days - 1)
    return moment_of(first, time(0), zone).astimezone(UTC)


def has_room(budget: int, spent: int, *, urgent: bool) -> bool:
    """Tell whether one more card goes out on a day that has `spent`; a budget of 0 is no limit."""
    return budget == 0 or spent < budget * (URGENT_SHARE if urgent else 1)


def advise(contenders: Sequence[Contender], *, budget: int, days: int) -> Advice:
    """Return the threshold that would have kept a budget over `days` days, those without news included."""
    if not _kept(contenders, budget=budget, days=days, threshold=float("inf")):
        ruled = sum(one.ruled for one in contenders)
        return Advice(threshold=None, kept=0, days=days, a_day=ruled / days)
    low, high = 0, STEP  # alerts only become fewer as the threshold rises
    while low < high:
        middle = (low + high) // 2
        if _kept(contenders, budget=budget, days=days, threshold=middle / STEP):
            high = middle
        else:
            low = middle + 1
    threshold = low / STEP
    counts = _counts(contenders, threshold)
    return Advice(
        threshold=threshold,
        kept=days - sum(count > budget for count in counts.values()),
        days=days,
        a_day=sum(counts.values()) / days,
    )


def _kept(contenders: Sequence[Contender], *, budget: int, days: int, threshold: float) -> bool:
    over = sum(count > budget for count in _counts(contenders, threshold).values())
    return days - over >= KEPT_SHARE * days


def _counts(contenders: Sequence[Contender], threshold: float) -> dict[date, int]:
    counts: dict[date, int] = {}
    for one in contenders:
        if one.ruled or one.score >= threshold:
            counts[one.day] = counts.get(one.day, 0) + 1
    return counts
