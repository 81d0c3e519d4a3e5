"""Let what is not urgent wait until people have stopped talking in a channel."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import DeliveryError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.platforms.base import Platform
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

logger = logging.getLogger(__name__)


async def waits_for_lull(
    item: OutboxItem, store: Store, platform: Platform, *, now: datetime
) -> datetime | None:
    """Return until when a message should wait for the talk in its channel to pause, None to send it now.

    Only cards and what stands beneath them wait, and only where the channel is set so. Where nobody can tell
    when people last talked, nothing waits.
    """
    if item.urgent or item.op != "post" or item.kind not in {"alert", "update"} or item.attempts > 1:
        return None
    channel = await store.channels.get(item.channel)
    if channel is None or not channel.lull:
        return None
    latest = item.created + timedelta(minutes=channel.lull_most)
    if now >= latest:
        return None
    try:
        talked = await platform.last_talk(item.channel)
    except DeliveryError as error:
        logger.info("The talk in a channel could not be looked at: %s", error)
        return None
    still = talked + timedelta(minutes=channel.lull) if talked else None
    return min(still, latest) if still and still > now else None
