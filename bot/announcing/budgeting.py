"""How a channel stands with its alert budget: what is used, what waits, which threshold would keep it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcing.alerts import contenders
from bot.announcing.budget import LEAST_PAST, LOOKS_BACK, advise, begun
from watchers.store.budgets import MOST_CONTENDERS

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from bot.announcing.budget import Advice
    from watchers.store.store import Rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`spent` cards count towards today's budget; `waiting` stories are for the next digest.

    `digest` tells whether the channel has one: without it no budget holds.
    """

    budget: int
    spent: int
    waiting: int
    digest: bool


async def standing(rooms: Rooms, audience: Audience, *, now: datetime) -> Standing:
    """Return what a channel used of its budget today and what waits for its next digest."""
    schedules = await rooms.subscriptions.listed(audience.channel)
    told = [run.window_end for run in await rooms.digests.history(audience.channel, limit=1)]
    waiting = await rooms.budgets.deferred(audience.channel, since=max(told, default=None))
    return Standing(
        budget=audience.budget,
        spent=await rooms.budgets.spent(audience.channel, since=begun(now, audience.zone)),
        waiting=len(waiting),
        digest=any(one.active for one in schedules),
    )


async def advice(rooms: Rooms, audience: Audience, *, now: datetime) -> Advice | None:
    """Return the threshold that would have kept the budget lately.

    None without a budget, without stories, or where the first was read too few days ago to say.
    """
    first = await rooms.entries.began(audience.home)
    if not audience.budget or first is None or now - first < LEAST_PAST:
        return None
    since = begun(now, audience.zone, days=LOOKS_BACK)
    past = await rooms.budgets.contenders(since, feeds=audience.feeds)
    found = contenders(
        ((one.story, one.report) for one in past if one.story is not None and one.report is not None),
        audience,
    )
    if not found:
        return None
    full = len(past) == MOST_CONTENDERS  # so much came that the days before are not looked at
    oldest = max(since, past[-1].entry.seen if full else first)
    days = now.astimezone(audience.zone).date() - oldest.astimezone(audience.zone).date()
    return advise(found, budget=audience.budget, days=days.days + 1)
