"""Keep to the pace a platform asks for in one channel."""

from __future__ import annotations

import asyncio
from typing import Final

# Slack's documentation, "Rate limits": one message a second a channel, and more for a short time. Discord's
# own library waits by the limits that its answers name; the page has none.
USUAL_PACE: Final = 1.0
# Messages that a quiet channel takes at once. Where ten channels get a message a second together, one in ten
# follows another within the second; hardly any is the third.
AT_ONCE: Final = 2
_PACED: Final = frozenset({"slack"})
REMEMBERED: Final = 10_000  # channels; the oldest are forgotten, they have long been still


class Pacing:
    """Remembers when each channel may be posted in again, by a clock that nobody sets."""

    def __init__(self, pace: float = USUAL_PACE) -> None:
        """Let `pace` seconds go by for each post in one channel of a platform that asks for it."""
        self._pace = pace
        self._paid: dict[str, float] = {}  # until when a channel's posts have used its time up

    async def turn(self, channel: str) -> None:
        """Wait until a channel may be posted in, and take the turn."""
        if channel.partition(":")[0] not in _PACED:
            return
        now = asyncio.get_running_loop().time()
        paid = max(now, self._paid.pop(channel, 0.0))
        self._paid[channel] = paid + self._pace
        if len(self._paid) > REMEMBERED:
            del self._paid[next(iter(self._paid))]
        await asyncio.sleep(paid - now - (AT_ONCE - 1) * self._pace)
