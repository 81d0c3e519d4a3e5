"""Say on one line how far long work is, and how long it will take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TextIO

EVERY: Final = 0.5  # seconds between two words of progress in a terminal
EVERY_IN_A_LOG: Final = 10.0


class Progress:
    """Says how far it is and how long it will take, on one line of a terminal or now and then in a log."""

    def __init__(self, stream: TextIO, things: str = "entries") -> None:
        """Count `things`, such as "entries"."""
        self._stream = stream
        self._things = things
        self._in_place = stream.isatty()
        self._every = EVERY if self._in_place else EVERY_IN_A_LOG
        self._began = self._told = time.monotonic()

    def at(self, done: int, total: int) -> None:
        """Say it, unless it was said a moment ago."""
        now = time.monotonic()
        if not total or (done < total and now - self._told < self._every):
            return
        self._told = now
        passed = now - self._began
        left = f", {_span(passed / done * (total - done))} left" if done else ""
        said = f"{done:,} of {total:,} {self._things}, {done / total:.0%}{left}"
        if done >= total:
            said = f"{done:,} {self._things} in {_span(passed)}"
        self._stream.write(f"\r\x1b[K{said}" if self._in_place else f"{said}\n")
        if self._in_place and done >= total:
            self._stream.write("\n")
        self._stream.flush()


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
    )
