"""When to try a message again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

ATTEMPTS: Final = 60  # and at least a day of trying, then the message is dead and waits for a person
LEAST_AGE: Final = timedelta(days=1)
SPREAD: Final = 0.2  # share of the wait that jitter may add, so that channels do not retry in step


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long a message that failed waits, at first and at most. A success on its platform ends it."""

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=30)


USUAL: Final = Waits()


def next_attempt(
    attempts: int,
    *,
    age: timedelta,
    now: datetime,
    retry_after: float | None,
    jitter: float,
    waits: Waits = USUAL,
) -> datetime | None:
    """Return when to try again after that many failed attempts, None when it is time to give up.

    `age` is how long ago the message was written: while a platform is down, attempts alone say nothing. The
    wait doubles from the first to the longest. A wait the platform named is never shortened. `jitter` is a
    random number in [0, 1).
    """
    if attempts >= ATTEMPTS and age >= LEAST_AGE:
        return None
    doubled: int = 2 ** max(0, min(attempts - 1, 20))
    wait = min(waits.first * doubled, waits.longest) * (1 + SPREAD * jitter)
    return now + max(wait, longest(retry_after) if retry_after else timedelta(0))


def longest(seconds: float) -> timedelta:
    """Return a wait that a platform named, a day at most: nobody means more."""
    return timedelta(seconds=min(seconds, 86_400.0))
