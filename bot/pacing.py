"""Keep to the pace a platform asks for in one channel."""

from __future__ import annotations

import asyncio
from typing import Final

# Slack's documentation, "Rate limits": one message a second a channel. Discord's own library waits by the
# limits that its answers name; the page has none.
USUAL_PACE: Final = 1.0
_PACED: Final = frozenset({"slack"})
REMEMBERED: Final = 10_000  # channels; the oldest are forgotten, they have long been still


class Pacing:
    """Remembers when each channel may be posted in again, by a clock that nobody sets."""

    def __init__(self, pace: float = USUAL_PACE) -> None:
        """Let `pace` seconds lie between two posts in one channel of a platform that asks for it."""
        self._pace = pace
        self._next: dict[str, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait until a channel may be posted in, and take the turn."""
        if channel.partition(":")[0] not in _PACED:
            return
        loop = asyncio.get_running_loop()
        at = max(loop.time(), self._next.pop(channel, 0.0))
        self._next[channel] = at + self._pace
        if len(self._next) > REMEMBERED:
            del self._next[next(iter(self._next))]
        await asyncio.sleep(at - loop.time())
