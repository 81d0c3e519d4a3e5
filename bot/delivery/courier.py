"""From the outbox to the channels: lease, send, settle. The outcome is written after: nothing is lost."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.backlog import fold_backlogs
from bot.announcing.talk import waits_for_lull
from bot.delivery.limits import Limits
from bot.delivery.pacing import Pacing
from bot.delivery.settling import Settling, platform_of
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
        limits = limits or Limits()
        self._settling = Settling(store, clock=clock, limits=limits, meters=meters)
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._limits = limits
        self._pacing = Pacing(self._limits.pace)
        self._out: dict[asyncio.Task[bool], str] = {}  # sends under way, with their platforms
        self._sorted_at: datetime | None = None  # when it was last looked whether too much has piled up

    async def faults(self) -> list[str]:
        """Return which platforms take nothing at the moment, in words."""
        return [f"{name}: {one.why}" for name, one in self._settling.outages.items() if one.is_failing]

    def failing(self) -> frozenset[str]:
        """Return the names of the platforms that take nothing at the moment."""
        return frozenset(name for name, one in self._settling.outages.items() if one.is_failing)

    def clock_was_set(self) -> None:
        """Forget every moment that is waited for."""
        for outage in self._settling.outages.values():
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
        await self._settling.unsettled.settle()
        now = self._clock.now()
        ailing = self.failing()
        if self._sorted_at is None or abs(now - self._sorted_at) >= SORT_EVERY:
            self._sorted_at = now
            await fold_backlogs(self._store, now=now, without=ailing)
        room = AT_ONCE - len(self._out)
        if room > 0:
            self._begin(await self._lease(room, Wanted(without=ailing)))
        for name in ailing:
            outage = self._settling.outages[name]
            if outage.is_closed(now) or not outage.may_try(now) or name in self._out.values():
                continue
            self._begin(await self._lease(1, Wanted(only=name, trial=True)))

    async def _lease(self, limit: int, wanted: Wanted) -> tuple[OutboxItem, ...]:
        now = self._clock.now()
        return await self._store.outbox.lease(limit, now=now, until=now + self._limits.lease, wanted=wanted)

    def _begin(self, items: tuple[OutboxItem, ...]) -> None:
        for item in items:
            self._out[asyncio.create_task(self._deliver(item))] = platform_of(item)

    async def _deliver(self, item: OutboxItem) -> bool:
        """Send one message and settle it; tell whether it arrived."""
        try:
            try:
                return await self._sent(item)
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 - a fault of ours with one message holds up no other
                await self._settling.stumbled(item, error)
                return False
        except StoreError:
            self._settling.unsettled.tried(item)
            raise

    async def _sent(self, item: OutboxItem) -> bool:
        platform = self._platforms.get(platform_of(item))
        if platform is None:
            await self._settling.give_up(item, f"no platform serves {item.channel}")
            return False
        if item.op == "post" or item.target_receipt:  # else there is nothing to ask the platform for
            await self._pacing.turn(item.channel)
        if self._settling.outages[platform_of(item)].is_closed(self._clock.now()):
            await self._store.outbox.release(item)
            return False
        wait = await self._waits(item, platform)
        if wait is not None:
            await self._store.outbox.release(item, not_before=wait)
            return False
        if not await self._may_send(item):
            logger.warning("Not sent, others may: %s", item.key, extra={"action": "delivery_left"})
            self._settling.unsettled.tried(item)  # if it is still ours when we lead again, it need not wait
            return False
        return await self._tried(item, platform)

    async def _tried(self, item: OutboxItem, platform: Platform) -> bool:
        began, settling = self._clock.now(), self._settling
        try:
            async with asyncio.timeout(self._limits.send):
                receipt = await _carry_out(item, platform)
        except MessageError as error:
            await settling.give_up(item, str(error))
        except TimeoutError:
            await settling.failed(item, DeliveryError("the platform did not answer in time", uncertain=True))
        except DeliveryError as error:
            await settling.failed(item, error)
        else:
            if receipt is None:
                await settling.not_there(item)
            elif await settling.arrived(item, receipt, began=began):
                self._sorted_at = None
            return receipt is not None
        return False

    async def _waits(self, item: OutboxItem, platform: Platform) -> datetime | None:
        """Return until when a message should wait for people to stop talking, None if it need not."""
        try:
            async with asyncio.timeout(self._limits.send):
                return await waits_for_lull(item, self._store, platform, now=self._clock.now())
        except TimeoutError:
            return None  # as where nobody can tell when people last talked

    async def _may_send(self, item: OutboxItem) -> bool:
        """Tell whether a message is still ours to send; another may have taken over what waited for long."""
        if self._guard is not None:
            return await self._guard.may_send(item)
        now = self._clock.now()
        if item.leased_until is not None and item.leased_until - now > timedelta(seconds=self._limits.send):
            return True
        return await self._store.outbox.renew(item, until=now + self._limits.lease)


async def _carry_out(item: OutboxItem, platform: Platform) -> Receipt | None:
    """Post, edit or delete; return the post's receipt. What never arrived needs no edit and no deletion.

    What was taken back before anybody knew whether it had arrived is only looked for; None: it is not there.
    """
    match item.op:
        case "post" if item.retracted:
            return await platform.find(
                item.channel,
                from_json(item.payload),
                key=item.key,
                since=item.created,
                parent=item.parent_receipt,
            )
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
