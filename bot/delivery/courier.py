"""From the outbox to the channels: lease, send, settle. The outcome is written after: nothing is lost."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.backlog import fold_backlogs
from bot.announcing.notices import tell_closed
from bot.announcing.talk import waits_for_lull
from bot.delivery.limits import Limits
from bot.delivery.outage import Outage
from bot.delivery.pacing import Pacing
from bot.delivery.retry import next_attempt
from bot.delivery.unsettled import Unsettled
from bot.errors import DeliveryError, MessageError
from bot.messages import repeated
from bot.messages_json import from_json
from bot.metrics.meters import SILENT
from bot.platforms.base import Receipt
from watchers.errors import StoreError
from watchers.store.outbox_choice import Wanted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.delivery.guard import Guard
    from bot.metrics.meters import Meters
    from bot.platforms.base import Platform
    from watchers.clock import Clock
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

logger = logging.getLogger(__name__)

AT_ONCE: Final = 50  # channels served side by side
SORT_EVERY: Final = timedelta(minutes=1)
ROUND: Final = 1.0  # seconds after which new messages are looked for while others are still out


class Courier:
    """Brings messages from the outbox to the platforms; one per process."""

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        *,
        clock: Clock,
        limits: Limits | None = None,
        meters: Meters = SILENT,
        guard: Guard | None = None,
    ) -> None:
        self._guard = guard  # None: no other process could send
        self._unsettled = Unsettled(store)
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._limits = limits or Limits()
        self._meters = meters
        self._outages: defaultdict[str, Outage] = defaultdict(lambda: Outage(trial=self._limits.trial))
        self._pacing = Pacing(self._limits.pace)
        self._out: dict[asyncio.Task[bool], str] = {}  # sends under way, with their platforms
        self._sorted_at: datetime | None = None  # when it was last looked whether too much has piled up

    async def faults(self) -> list[str]:
        """Return which platforms take nothing at the moment, in words."""
        return [f"{name}: {one.why}" for name, one in self._outages.items() if one.is_failing]

    def failing(self) -> frozenset[str]:
        """Return the names of the platforms that take nothing at the moment."""
        return frozenset(name for name, one in self._outages.items() if one.is_failing)

    def clock_was_set(self) -> None:
        """Forget every moment that is waited for."""
        for outage in self._outages.values():
            outage.forget_times()

    async def drain(
        self,
        *,
        stopping: Callable[[], bool] = lambda: False,
        beat: Callable[[], Awaitable[None]] | None = None,
    ) -> int:
        """Send what is due, channels side by side and each in order; return how many messages arrived.

        Once `stopping` says so, nothing more is begun. `beat` is called at least every second meanwhile.
        """
        arrived, trouble = 0, list[BaseException]()
        try:
            while True:
                if not trouble and not stopping():
                    await self._take()
                if not self._out:
                    break
                if beat is not None:
                    await beat()
                done, _ = await asyncio.wait(self._out, timeout=ROUND, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del self._out[task]
                    error = task.exception()
                    arrived += 0 if error else task.result()
                    trouble += [error] if error else []
        finally:
            await self._abandon()
        if trouble:
            raise trouble[0]
        return arrived

    async def _abandon(self) -> None:
        """End what is still out: its leases stay, and the next process looks whether it arrived."""
        for task in self._out:
            task.cancel()
        await asyncio.gather(*self._out, return_exceptions=True)
        self._out.clear()

    async def _take(self) -> None:
        """Lease what may go out now, and begin to send it."""
        await self._unsettled.settle()
        now = self._clock.now()
        ailing = self.failing()
        if self._sorted_at is None or abs(now - self._sorted_at) >= SORT_EVERY:
            self._sorted_at = now
            await fold_backlogs(self._store, now=now, without=ailing)
        room = AT_ONCE - len(self._out)
        if room > 0:
            self._begin(await self._lease(room, Wanted(without=ailing)))
        for name in ailing:
            outage = self._outages[name]
            if outage.is_closed(now) or not outage.may_try(now) or name in self._out.values():
                continue
            self._begin(await self._lease(1, Wanted(only=name, trial=True)))

    async def _lease(self, limit: int, wanted: Wanted) -> tuple[OutboxItem, ...]:
        now = self._clock.now()
        return await self._store.outbox.lease(limit, now=now, until=now + self._limits.lease, wanted=wanted)

    def _begin(self, items: tuple[OutboxItem, ...]) -> None:
        for item in items:
            self._out[asyncio.create_task(self._deliver(item))] = _platform_of(item)

    async def _deliver(self, item: OutboxItem) -> bool:
        """Send one message and settle it; tell whether it arrived."""
        try:
            return await self._sent(item)
        except StoreError:
            self._unsettled.tried(item)
            raise

    async def _sent(self, item: OutboxItem) -> bool:
        platform = self._platforms.get(_platform_of(item))
        if platform is None:
            await self._give_up(item, f"no platform serves {item.channel}")
            return False
        await self._pacing.turn(item.channel)
        if self._outages[_platform_of(item)].is_closed(self._clock.now()):
            await self._store.outbox.release(item)
            return False
        wait = await waits_for_lull(item, self._store, platform, now=self._clock.now())
        if wait is not None:
            await self._store.outbox.release(item, not_before=wait)
            return False
        if self._guard is not None and not await self._guard.may_send(item):
            logger.warning("Not sent, others may: %s", item.key, extra={"action": "delivery_left"})
            self._unsettled.tried(item)  # if it is still ours when we lead again, it need not wait
            return False
        began = self._clock.now()
        try:
            async with asyncio.timeout(self._limits.send):
                receipt = await _carry_out(item, platform)
        except MessageError as error:
            await self._give_up(item, str(error))
        except TimeoutError:
            await self._failed(item, DeliveryError("the platform did not answer in time", uncertain=True))
        except DeliveryError as error:
            await self._failed(item, error)
        else:
            await self._arrived(item, receipt, began=began)
            return True
        return False

    async def _arrived(self, item: OutboxItem, receipt: Receipt, *, began: datetime) -> None:
        now = self._clock.now()
        self._unsettled.arrived(item, receipt, now)
        await self._store.outbox.delivered(item, at=now, receipt=receipt.id, repeat=receipt.repeat)
        self._unsettled.done(item)
        self._meters.sent(item, "marked" if receipt.repeat else "delivered", at=now)
        name = _platform_of(item)
        if self._outages[name].succeeded(began=began, now=now):
            await self._store.backlogs.wake(name, now=now)
            self._sorted_at = None
            logger.info("%s takes messages again", name, extra={"action": "platform_back"})

    async def _failed(self, item: OutboxItem, error: DeliveryError) -> None:
        """Settle a message that did not arrive, by whose fault: its own, the channel's or all's."""
        now, outage = self._clock.now(), self._outages[_platform_of(item)]
        if error.closed:
            await self._close(item, str(error))
        elif error.permanent:
            await self._give_up(item, str(error))
        elif error.everywhere:
            named = error.retry_after
            wait = self._limits.locked_out if named is None else timedelta(seconds=named)
            outage.refused(str(error), now=now, until=now + wait)
            await self._store.outbox.release(item, uncertain=error.uncertain, error=str(error))
            self._meters.sent(item, "refused", at=now)
            logger.error("%s", error, extra={"action": "platform_refuses"})
        else:
            if error.retry_after is None:
                outage.failed(str(error), now=now, jitter=random.random())
            await self._try_later(item, error)

    async def _close(self, item: OutboxItem, why: str) -> None:
        """Stop asking a channel that lets nothing in; what waits for it waits on. It is told once."""
        now = self._clock.now()
        async with self._store.transaction() as rooms:  # in between, the message would be leased again
            await rooms.outbox.release(item, error=why)
            closed = await rooms.channels.close(item.channel, why=why, at=now)
            if closed:
                await tell_closed(rooms, item.channel, why, now=now)
        self._meters.sent(item, "closed", at=now)
        if closed:
            logger.error("A channel is closed to us: %s", why, extra={"channel": item.channel})
        elif await self._store.channels.get(item.channel) is None:
            await self._give_up(item, why)  # nobody could open again what no row is kept of

    async def _try_later(self, item: OutboxItem, error: DeliveryError) -> None:
        now = self._clock.now()
        again = next_attempt(
            item.attempts,
            age=now - item.created,
            now=now,
            retry_after=error.retry_after,
            jitter=random.random(),
            waits=self._limits.retry,
        )
        if again is None:
            await self._give_up(item, str(error))
            return
        await self._store.outbox.failed(
            item,
            error=str(error),
            not_before=again,
            uncertain=error.uncertain,
            asked=error.retry_after is not None,
        )
        self._meters.sent(item, "retried", at=now)
        logger.info("Delivery failed, trying again: %s", error, extra={"action": "delivery_retried"})

    async def _give_up(self, item: OutboxItem, error: str) -> None:
        await self._store.outbox.dead(item, error=error)
        self._meters.sent(item, "dead", at=self._clock.now())
        logger.error(
            "Delivery given up: %s", error, extra={"action": "delivery_dead", "channel": item.channel}
        )


def _platform_of(item: OutboxItem) -> str:
    return item.channel.partition(":")[0]


async def _carry_out(item: OutboxItem, platform: Platform) -> Receipt:
    """Post, edit or delete; return the post's receipt. What never arrived needs no edit and no deletion."""
    match item.op:
        case "post":
            return await platform.send(
                item.channel,
                from_json(item.payload),
                key=item.key,
                parent=item.parent_receipt,
                since=item.created if item.uncertain else None,
            )
        case "edit" if item.target_receipt:
            message = from_json(item.payload)
            message = repeated(message) if item.target_repeat else message
            await platform.edit(item.channel, item.target_receipt, message)
        case "delete" if item.target_receipt:
            await platform.delete(item.channel, item.target_receipt)
        case _:
            logger.debug("Nothing to %s: the post never arrived", item.op)
    return Receipt(id=item.target_receipt)
