"""What a metric is, the values that labels may have, and the bounds of histograms."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final, Literal

from bot.schedule import Ticks

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["counter", "gauge", "histogram"]
Stage = Literal["Polling", "Reading", "Telling", "Delivery", "Process"]

PLATFORMS: Final = ("slack", "discord", "preview", "other")  # "other": a channel's id that no platform has
OF_ROLES: Final = ("announce", "plan", "rescue", "tidy")  # beside those of one process that does everything
TICKS: Final = (*(one.name for one in fields(Ticks)), *OF_ROLES)
TEXT: Final = ()  # the values of a label that has one value for as long as the process lives

# Upper bounds in seconds. An alert is to arrive within 15 s of a platform's return; a card waits 5 s for its
# article's page; feeds are asked every 15 min as a rule; a digest that is 15 min late says so.
SENDING: Final = (0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 300, 900, 3600)
SINCE_FETCHED: Final = (1, 2.5, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 21600, 86400)
SINCE_PUBLISHED: Final = (30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
LATE: Final = (1, 5, 15, 30, 60, 120, 300, 900, 3600, 14400, 43200)
TICKING: Final = (0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


def label(value: str) -> str:
    """Return a word of ours as a label's value: "not a feed" becomes "not_a_feed"."""
    return value.replace(" ", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric. `labels` are its labels with all their values, `buckets` a histogram's upper bounds."""

    name: str
    kind: Kind
    stage: Stage
    says: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    buckets: tuple[float, ...] = ()
