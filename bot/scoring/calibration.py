"""Tell how far scores are the probabilities they claim to be: the Brier score and reliability bins."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.scoring.measures import share

if TYPE_CHECKING:
    from collections.abc import Sequence

BINS: Final = 10
Told = tuple[float, bool]  # a probability, and whether it came true


class Bin(NamedTuple):
    """Scores in [low, high): how many, their mean, and the share that came true. The last holds 1."""

    low: float
    high: float
    items: int
    said: float  # not a number where the bin is empty, as is the next
    true: float


def brier(told: Sequence[Told]) -> float:
    """Return the mean squared distance of probability and truth, 0 at best; not a number without any."""
    return share(sum((said - true) ** 2 for said, true in told), len(told), empty=math.nan)


def reliability(told: Sequence[Told], count: int = BINS) -> list[Bin]:
    """Return equally wide bins over [0, 1], lowest first."""
    members: list[list[Told]] = [[] for _ in range(count)]
    for said, true in told:
        members[min(max(int(said * count), 0), count - 1)].append((said, true))
    return [
        Bin(
            i / count,
            (i + 1) / count,
            len(some),
            share(sum(said for said, _ in some), len(some), empty=math.nan),
            share(sum(true for _, true in some), len(some), empty=math.nan),
        )
        for i, some in enumerate(members)
    ]


def calibration_error(told: Sequence[Told], count: int = BINS) -> float:
    """Return the mean distance of what the bins say and what came true in them, by their size."""
    bins = [b for b in reliability(told, count) if b.items]
    return share(sum(b.items * abs(b.said - b.true) for b in bins), len(told), empty=math.nan)
