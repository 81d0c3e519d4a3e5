"""From the outbox to the channels: lease, send, settle. The outcome is written after: nothing is lost."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.errors import DeliveryError, MessageError
from bot.messages_json import from_json
from bot.retry import next_attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.platforms.base import Platform
    from watchers.clock import Clock
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

logger = logging.getLogger(__name__)

AT_ONCE: Final = 50  # channels served side by side
LEASE: Final = timedelta(minutes=2)  # longer than any send may take, so that two never hold one message
SEND_TIMEOUT: Final = 60.0  # seconds


async def drain(
    store: Store,
    platforms: Mapping[str, Platform],
    *,
    clock: Clock,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Send every message that is due, the first of each channel at a time; return how many arrived.

    Once `stopping` says so, no further round begins: with a long queue, sends would be cut off half way.
    """
    arrived = 0
    while True:
        now = clock.now()
        items = await store.outbox.lease(AT_ONCE, now=now, until=now + LEASE)
        if not items:
            return arrived
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_deliver(item, store, platforms, clock)) for item in items]
        done = sum(task.result() for task in tasks)
        arrived += done
        if not done or stopping():
            return arrived


async def _deliver(item: OutboxItem, store: Store, platforms: Mapping[str, Platform], clock: Clock) -> bool:
    """Send one message and settle it; tell whether it arrived."""
    platform = platforms.get(item.channel.partition(":")[0])
    if platform is None:
        await _give_up(item, store, f"no platform serves {item.channel}")
        return False
    try:
        async with asyncio.timeout(SEND_TIMEOUT):
            receipt = await _carry_out(item, platform)
    except MessageError as error:
        await _give_up(item, store, str(error))
        return False
    except TimeoutError:
        await _try_later(
            item, store, clock, error="the platform did not answer in time", after=None, uncertain=True
        )
        return False
    except DeliveryError as error:
        if error.permanent:
            await _give_up(item, store, str(error))
        else:
            await _try_later(
                item, store, clock, error=str(error), after=error.retry_after, uncertain=error.uncertain
            )
        return False
    await store.outbox.delivered(item, at=clock.now(), receipt=receipt)
    return True


async def _carry_out(item: OutboxItem, platform: Platform) -> str:
    """Post, edit or delete; return the post's receipt. What never arrived needs no edit and no deletion."""
    match item.op:
        case "post":
            receipt = await platform.send(
                item.channel,
                from_json(item.payload),
                key=item.key,
                parent=item.parent_receipt,
                again=item.uncertain,
            )
            return receipt.id
        case "edit" if item.target_receipt:
            await platform.edit(item.channel, item.target_receipt, from_json(item.payload))
        case "delete" if item.target_receipt:
            await platform.delete(item.channel, item.target_receipt)
        case _:
            logger.debug("Nothing to %s: the post never arrived", item.op)
    return item.target_receipt


async def _try_later(
    item: OutboxItem, store: Store, clock: Clock, *, error: str, after: float | None, uncertain: bool
) -> None:
    again = next_attempt(item.attempts, now=clock.now(), retry_after=after, jitter=random.random())
    if again is None:
        await _give_up(item, store, error)
        return
    await store.outbox.failed(item, error=error, not_before=again, uncertain=uncertain)
    logger.info("Delivery failed, trying again: %s", error, extra={"action": "delivery_retried"})


async def _give_up(item: OutboxItem, store: Store, error: str) -> None:
    await store.outbox.dead(item, error=error)
    logger.error("Delivery given up: %s", error, extra={"action": "delivery_dead", "channel": item.channel})
