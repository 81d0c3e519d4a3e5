"""Let what was just written be taken up at once, instead of at the next tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Wakes:
    """Makes a tick come at once while ticks are scheduled; otherwise nothing happens, and nothing is lost."""

    def __init__(self) -> None:
        self._ticks: dict[str, Callable[[], None]] = {}

    def connect(self, name: str, come: Callable[[], None]) -> None:
        """Say how a tick is made to come."""
        self._ticks[name] = come

    def disconnect(self) -> None:
        """Forget all ticks: they have ended."""
        self._ticks.clear()

    def read(self) -> None:
        """Something new was stored: let it be read."""
        self._come("read")

    def pages(self) -> None:
        """Pages of articles are wanted: let them be fetched."""
        self._come("pages")

    def deliver(self) -> None:
        """Something waits in the outbox: let it be sent."""
        self._come("deliver")

    def _come(self, name: str) -> None:
        come = self._ticks.get(name)
        if come is not None:
            come()
