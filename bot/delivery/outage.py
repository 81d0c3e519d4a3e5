"""How a platform is doing as deliveries see it: well, failing and tried now and then, or closed to us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# One failure may be the message's own; after three in a row, of whatever channels, it is the platform.
FAILING_AFTER: Final = 3
# A single message tries whether the platform is back; the first alert is to arrive within 15 s of that.
USUAL_TRIAL: Final = timedelta(seconds=10)
SPREAD: Final = 0.2  # share of a gap that jitter may add
WAKE_EVERY: Final = timedelta(minutes=1)  # at most: what fails by itself must not be tried with every success


@dataclass(slots=True, kw_only=True)
class Outage:
    """What deliveries to one platform have shown since the process began; a restart tries at once."""

    trial: timedelta = USUAL_TRIAL  # the longest time between two trials
    failures: int = 0  # in a row
    stumbled: bool = False  # something failed since the last wake
    next_trial: datetime | None = None
    closed_until: datetime | None = None  # it refuses everything until then
    closed_at: datetime | None = None  # when it said so; what was begun earlier shows nothing about it
    why: str = ""
    woken: datetime | None = None

    def failed(self, why: str, *, now: datetime, jitter: float) -> None:
        """Note a failure that may be the platform's. `jitter` is a random number in [0, 1)."""
        self.failures += 1
        self.stumbled = True
        self.why = why
        doubled: int = 2 ** max(0, min(self.failures - FAILING_AFTER, 10))
        self.next_trial = now + min(self.trial, self.trial / 10 * doubled) * (1 + SPREAD * jitter)

    def refused(self, why: str, *, now: datetime, until: datetime) -> None:
        """Note that it refuses everything until a moment."""
        self.stumbled = True
        self.why = why
        self.closed_at = now
        self.closed_until = until
        self.failures = max(self.failures, FAILING_AFTER)  # then one message tries whether it is over
        self.next_trial = until

    def succeeded(self, *, began: datetime, now: datetime) -> bool:
        """Note a success of what began at a moment; True if what failed before should be tried again now.

        What was under way when the platform began to refuse everything may still arrive, and lifts nothing.
        """
        if self.closed_at is not None and began <= self.closed_at and self.is_closed(now):
            return False
        wake = self.stumbled and (self.woken is None or now - self.woken >= WAKE_EVERY or self.is_failing)
        self.failures = 0
        self.next_trial = None
        self.closed_until = self.closed_at = None
        self.why = ""
        if wake:
            self.stumbled = False
            self.woken = now
        return wake

    def forget_times(self) -> None:
        """Wait for no moment any more: the clock was set, and none of them means anything now."""
        self.next_trial = None
        self.closed_until = self.closed_at = None
        self.woken = None

    @property
    def is_failing(self) -> bool:
        """Tell whether so much failed in a row that it is not the messages."""
        return self.failures >= FAILING_AFTER

    def is_closed(self, now: datetime) -> bool:
        """Tell whether nothing at all may be tried just now."""
        return self.closed_until is not None and now < self.closed_until

    def may_try(self, now: datetime) -> bool:
        """Tell whether the time has come for one message that shows whether it is back."""
        return self.next_trial is None or now >= self.next_trial
