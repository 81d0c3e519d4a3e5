"""The `[roles]` section of the configuration: how soon one process follows another."""

from __future__ import annotations

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, model_validator

from bot.settings.values import Duration


class Roles(BaseModel):
    """Times of worker, bot and scheduler; `vedette run` uses none of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lease: Duration = timedelta(seconds=15)  # a leader that is silent for so long is followed by another
    beat: Duration = timedelta(seconds=5)  # between two signs of life of a worker that does jobs
    stalled: Duration = timedelta(seconds=20)  # without one, its jobs are another's
    claim: Duration = timedelta(minutes=2)  # for which a feed that was handed out is nobody else's

    @model_validator(mode="after")
    def _in_order(self) -> Roles:
        if self.lease < timedelta(seconds=3):
            raise ValueError("lease is 3s at least: it is renewed three times within it")
        if not timedelta(0) < 2 * self.beat < self.stalled < self.claim:
            raise ValueError("two beats are shorter than stalled, and that is shorter than claim")
        return self
