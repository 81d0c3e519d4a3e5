"""What `status` and `settings show` say of the alert budget, and of the threshold that would keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.announcing.audiences import audiences
from bot.announcing.budgeting import advice, standing
from bot.commands.settings_values import SET
from bot.messages import Text

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk


async def row(desk: Desk) -> str:
    """Return this channel's budget in a few words: how much of it is used, and what waits for the digest."""
    audience = await _audience(desk)
    if audience is None:
        return "not in use"
    if not audience.budget:
        return "off: every alert goes out"
    now = await standing(desk.store, audience, now=desk.clock.now())
    said = f"{audience.budget} a day, {now.spent} used today"
    if not now.digest:
        return f"{said}; it holds once there is a digest: /watch digest schedule at:08:00"
    if not now.waiting:
        return said
    waits = "1 story over it waits" if now.waiting == 1 else f"{now.waiting} stories over it wait"
    return f"{said}; {waits} in the next digest"


async def advised(desk: Desk) -> tuple[Text, ...]:
    """Return which threshold would have kept the budget lately, with the line that sets it."""
    audience = await _audience(desk)
    if audience is None:
        return ()
    found = await advice(desk.store, audience, now=desk.clock.now())
    if found is None:
        return ()
    if found.threshold is None:
        text = (
            f"Rules alone alerted {found.a_day:.1f} times a day in the last {found.days} days; no threshold "
            f"keeps the budget of {audience.budget}. See which: /watch rule list"
        )
        return (Text(text=text, tone="small"),)
    lowest = f"{found.threshold:.2f}"
    kept = f"on {found.kept} of the last {found.days} days ({found.a_day:.1f} alerts a day)"
    if found.threshold <= audience.threshold:
        also = lowest if found.threshold else "alerting on every story"
        text = f"The threshold keeps the budget; so would {also}, {kept}."
    else:
        text = f"The threshold that keeps the budget is {lowest}, {kept}: {SET} threshold {lowest}"
    return (Text(text=text, tone="small"),)


async def _audience(desk: Desk) -> Audience | None:
    found = await audiences(desk.store, now=desk.clock.now())
    return next((one for one in found if one.channel == desk.channel), None)
