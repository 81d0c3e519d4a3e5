"""When to try a message again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

FIRST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(minutes=30)  # a platform that is back is found within it
ATTEMPTS: Final = 60  # about a day of trying, then the message is dead and waits for a person
SPREAD: Final = 0.2  # share of the wait that jitter may add, so that channels do not retry in step


def next_attempt(
    attempts: int, *, now: datetime, retry_after: float | None, jitter: float
) -> datetime | None:
    """Return when to try again after that many failed attempts, None when it is time to give up.

    The wait doubles from FIRST to LONGEST. A wait the platform named is never shortened. `jitter` is a random
    number in [0, 1).
    """
    if attempts >= ATTEMPTS:
        return None
    doubled: int = 2 ** min(attempts - 1, 20)
    wait = min(FIRST * doubled, LONGEST) * (1 + SPREAD * jitter)
    named = timedelta(seconds=min(retry_after, 86_400.0)) if retry_after else timedelta(0)
    return now + max(wait, named)
