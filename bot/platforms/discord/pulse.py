"""Notice a gateway that says nothing any more: beats of our own rhythm, and an end to waiting for answers.

discord.py beats every 41.25 s, as Discord asks, and waits 60 s for any word before it connects again: a
line that is dead without a sign would leave commands unanswered for a minute and, because a close is
waited for as well, for half a minute more. The silence it bears cannot be made shorter than the time
between two beats, for on a quiet server nothing but their answers is said. So we beat more often.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from discord import gateway, http
from discord.gateway import DiscordClientWebSocketResponse, DiscordWebSocket, KeepAliveHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

# Seconds between two beats at most. Four a minute are few beside the 120 messages a minute that Discord takes
# ("Gateway", Rate Limiting); it asks for a beat at least as often as its interval, not exactly as often.
BEAT_EVERY: Final = 15.0
# Seconds without any word after which the line is given up: a beat's answer has fifteen to come, and a
# process that was held up for ten does not lose its line.
SILENCE: Final = 30.0
CLOSES_WITHIN: Final = 2.0  # seconds that the other end of a line has to agree to its close


class Pulse(KeepAliveHandler):
    """Beats as often as Discord asks, or as we want if that is more often."""

    def __init__(
        self, *, ws: DiscordWebSocket, interval: float | None = None, shard_id: int | None = None
    ) -> None:
        often = BEAT_EVERY if interval is None else min(interval, BEAT_EVERY)
        super().__init__(ws=ws, interval=often, shard_id=shard_id)


class ShortGoodbye(DiscordClientWebSocketResponse):
    """A line whose close is not waited for long: what is silent does not agree to it either."""

    async def close(self, *, code: int = 4000, message: bytes = b"") -> bool:
        """Close it; return whether the other end agreed in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSES_WITHIN):
                return await super().close(code=code, message=message)
        return False


@contextmanager
def noticed() -> Iterator[None]:
    """Let lines that are opened meanwhile beat this way; discord.py knows one way for the whole process."""
    places = ((gateway, "KeepAliveHandler", Pulse), (http, "DiscordClientWebSocketResponse", ShortGoodbye))
    before = [(module, name, getattr(module, name)) for module, name, _ in places]
    for module, name, ours in places:
        setattr(module, name, ours)
    try:
        yield
    finally:
        for module, name, usual in before:
            setattr(module, name, usual)
