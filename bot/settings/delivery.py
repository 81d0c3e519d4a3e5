"""The `[delivery]` section of the configuration."""

from __future__ import annotations

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, model_validator

from bot.delivery.limits import Limits
from bot.delivery.retry import Waits
from bot.settings.values import Duration


class Delivery(BaseModel):
    """How long a delivery may take, and when what failed is tried again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    call: Duration = timedelta(seconds=30)
    send: Duration = timedelta(minutes=1)
    lease: Duration = timedelta(minutes=2)
    retry: Duration = timedelta(seconds=5)
    retry_most: Duration = timedelta(minutes=30)
    trial: Duration = timedelta(seconds=10)
    locked_out: Duration = timedelta(minutes=10)
    pace: Duration = timedelta(seconds=1)

    @model_validator(mode="after")
    def _in_order(self) -> Delivery:
        if not timedelta(0) < self.call <= self.send < self.lease:
            raise ValueError("call up to send, and send below lease, or two could send one message")
        return self

    @property
    def limits(self) -> Limits:
        """Return them as the courier takes them."""
        return Limits(
            send=self.send.total_seconds(),
            lease=self.lease,
            retry=Waits(first=self.retry, longest=self.retry_most),
            trial=self.trial,
            locked_out=self.locked_out,
            pace=self.pace.total_seconds(),
        )
