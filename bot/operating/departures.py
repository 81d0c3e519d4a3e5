"""What platforms tell of channels that the bot was shut out of: noted at once, so that their time begins.

Nothing is deleted here. Whoever lets the bot in again within the time finds everything as it was.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.announcing.notices import tell_closed

if TYPE_CHECKING:
    from collections.abc import Collection

    from watchers.clock import Clock
    from watchers.store.store import Store

logger = logging.getLogger(__name__)


class Departures:
    """Closes channels as platforms say that they are gone."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def channels(self, ids: Collection[str], why: str) -> None:
        """Close those of these channels that we know; another one is told, as of any that is closed."""
        now = self._clock.now()
        closed = [one for one in ids if await self._store.channels.close(one, why=why, at=now)]
        for one in closed:
            logger.warning("A channel is gone: %s", why, extra={"action": "channel_gone", "channel": one})
            await tell_closed(self._store, one, why, now=now)

    async def platform(self, name: str, why: str) -> None:
        """Close all channels of a platform: the app was removed from it."""
        every = [one.id for one in await self._store.channels.all()]
        await self.channels([one for one in every if one.startswith(f"{name}:")], why)


async def close_unserved(store: Store, served: Collection[str], clock: Clock) -> None:
    """Close the channels of platforms that are served no more, so that their time begins to run, too."""
    for channel in await store.channels.all():
        platform = channel.id.partition(":")[0]
        if platform not in served and not channel.unreachable:
            why = f"[{platform}] is not in the configuration"
            await store.channels.close(channel.id, why=why, at=clock.now())
