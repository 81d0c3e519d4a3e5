"""When an article's page is asked for: again after a failure, and looked at again for corrections. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

# After the first reading. Newsrooms correct most figures within the first hours.
LOOKS: Final = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=3), timedelta(hours=6))
FIRST_RETRY: Final = timedelta(minutes=5)  # after the first failure; it doubles
LONGEST_RETRY: Final = timedelta(hours=6)
MOST_TRIES: Final = 5  # 5, 10, 20 and 40 minutes apart; a page that is still not there is let go
# Until a page that was "not found" (404) is looked for again, and then believed to be gone: a fresh one may
# not be on every server of its site yet.
CONFIRM: Final = timedelta(minutes=10)


def next_look(read_at: datetime, *, now: datetime, until: timedelta) -> datetime | None:
    """Return when a page that was first read at `read_at` is looked at again, None when no more.

    `until` is how long to go on looking. Looks that a process slept through are not made up for.
    """
    return next((read_at + wait for wait in LOOKS if wait <= until and read_at + wait > now), None)


def next_try(tries: int, *, now: datetime, jitter: float, asked: float | None = None) -> datetime | None:
    """Return when to try again after `tries` failures in a row, None: give up.

    `jitter` is from 0 to 1; `asked` is how many seconds the server wants us to wait, None if it did not say.
    """
    if tries >= MOST_TRIES:
        return None
    wait: timedelta = min(FIRST_RETRY * (1 << (tries - 1)), LONGEST_RETRY) * (1 + jitter / 4)
    return now + max(wait, timedelta(seconds=asked or 0.0))
