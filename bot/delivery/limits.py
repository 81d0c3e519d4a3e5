"""How long a delivery may take, and when what failed is tried again: what `[delivery]` sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.delivery.outage import USUAL_TRIAL
from bot.delivery.pacing import USUAL_PACE
from bot.delivery.retry import USUAL, Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The usual values suit both platforms; tests of faults shorten all of them by one factor."""

    send: float = 60.0  # seconds
    lease: timedelta = timedelta(minutes=2)  # longer than any send, so that two never hold one message
    retry: Waits = USUAL
    trial: timedelta = USUAL_TRIAL
    locked_out: timedelta = timedelta(minutes=10)  # between two looks whether a refused token works again
    pace: float = USUAL_PACE
