"""What an attempt to deliver came to, written down: it arrived, is tried again, waits, or is given up."""

from __future__ import annotations

import logging
import random
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bot.announcing.notices import tell_closed
from bot.delivery.outage import Outage
from bot.delivery.retry import longest, next_attempt
from bot.delivery.unsettled import Unsettled
from bot.errors import DeliveryError
from watchers.store.outbox import RETRACTED
from watchers.store.outbox_choice import SET_ASIDE

if TYPE_CHECKING:
    from datetime import datetime

    from bot.delivery.limits import Limits
    from bot.metrics.meters import Meters
    from bot.platforms.base import Receipt
    from watchers.clock import Clock
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

logger = logging.getLogger(__name__)


class Settling:
    """Knows which platforms take nothing at the moment, and settles each message by whose fault it was."""

    def __init__(self, store: Store, *, clock: Clock, limits: Limits, meters: Meters) -> None:
        self.unsettled: Final = Unsettled(store)
        self.outages: Final[defaultdict[str, Outage]] = defaultdict(lambda: Outage(trial=limits.trial))
        self._store = store
        self._clock = clock
        self._limits = limits
        self._meters = meters

    async def arrived(self, item: OutboxItem, receipt: Receipt, *, began: datetime) -> bool:
        """Note where a message went, sent when it `began`; tell whether its platform is back with it."""
        now = self._clock.now()
        self.unsettled.arrived(item, receipt, now)
        await self._store.outbox.delivered(item, at=now, receipt=receipt.id, repeat=receipt.repeat)
        self.unsettled.done(item)
        self._meters.sent(item, "marked" if receipt.repeat else "delivered", at=now)
        name = platform_of(item)
        if not self.outages[name].succeeded(began=began, now=now):
            return False
        await self._store.backlogs.wake(name, now=now)
        logger.info("%s takes messages again", name, extra={"action": "platform_back"})
        return True

    async def not_there(self, item: OutboxItem) -> None:
        """Note that a post that was taken back never arrived."""
        await self._store.outbox.dead(item, error=RETRACTED)

    async def failed(self, item: OutboxItem, error: DeliveryError) -> None:
        """Settle a message that did not arrive, by whose fault: its own, the channel's or all's."""
        now, outage = self._clock.now(), self.outages[platform_of(item)]
        if error.closed and item.op == "post":
            await self._close(item, str(error))
        elif error.permanent or error.closed:  # an old post that we may not change says nothing of new ones
            await self.give_up(item, str(error))
        elif error.everywhere:
            named = error.retry_after
            wait = self._limits.locked_out if named is None else longest(named)
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
            known = await rooms.channels.get(item.channel) is not None
            closed = known and await rooms.channels.close(item.channel, why=why, at=now)
            if known:
                await rooms.outbox.release(item, error=why)
            if closed:
                await tell_closed(rooms, item.channel, why, now=now)
        if not known:
            await self.give_up(item, why)  # nobody could open again what no row is kept of
            return
        self._meters.sent(item, "closed", at=now)
        if closed:
            logger.error("A channel is closed to us: %s", why, extra={"channel": item.channel})

    async def stumbled(self, item: OutboxItem, error: Exception) -> None:
        """Settle a message over which we stumbled ourselves: some more attempts, then it is given up."""
        why = f"a fault of vedette's own: {type(error).__name__}"
        logger.error("%s, with %s", why, item.key, exc_info=error, extra={"action": "delivery_stumbled"})
        self._meters.failed("deliver", error)
        if item.attempts < SET_ASIDE:
            await self._try_later(item, DeliveryError(why, uncertain=True))
        else:
            await self.give_up(item, why)

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
            await self.give_up(item, str(error))
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

    async def give_up(self, item: OutboxItem, error: str) -> None:
        """Try no more; a person can read and replay the message."""
        await self._store.outbox.dead(item, error=error)
        self._meters.sent(item, "dead", at=self._clock.now())
        logger.error(
            "Delivery given up: %s", error, extra={"action": "delivery_dead", "channel": item.channel}
        )


def platform_of(item: OutboxItem) -> str:
    """Return the name of the platform that a message goes to."""
    return item.channel.partition(":")[0]
