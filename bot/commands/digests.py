"""`digest`: see it before it comes, and when it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import digest
from bot.announce import gather
from bot.commands.replies import audience_of, reply
from bot.config import duration
from bot.errors import CommandError
from bot.messages import Heading, Table
from bot.wording import moment

if TYPE_CHECKING:
    from datetime import datetime

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message


async def preview(command: Command, desk: Desk) -> Message:
    """Return the digest as it would be now; nothing is marked as told."""
    audience = await audience_of(desk)
    now = desk.clock.now()
    start = await _start(command, desk, now)
    content = await gather(audience, start, now, desk.store, of=now.astimezone(audience.zone).date())
    return replace(digest.compose(content), kind="reply")


async def _start(command: Command, desk: Desk, now: datetime) -> datetime:
    if "since" in command.options:
        try:
            back = duration(command.options["since"])
        except ValueError as error:
            raise CommandError(f"since: takes {error}.", example="/watch digest preview since:12h") from error
        if not isinstance(back, timedelta) or back > timedelta(days=31):
            raise CommandError("since: takes at most 31d.", example="/watch digest preview since:7d")
        return now - back
    delivered = [
        s.delivered_to for s in await desk.store.subscriptions.listed(desk.channel) if s.delivered_to
    ]
    return digest.window_start(max(delivered, default=None), now)


async def listed(_command: Command, desk: Desk) -> Message:
    """List when this channel gets its digest."""
    audience = await audience_of(desk)
    rows = tuple(
        (
            f"d{s.number}",
            f"{s.at} {s.timezone}, {s.days}",
            moment(s.next_run_at, audience.zone, audience.lang) if s.next_run_at and s.active else "paused",
            "says so" if s.empty == "say" else "is skipped",
        )
        for s in await desk.store.subscriptions.listed(desk.channel)
    )
    if not rows:
        raise CommandError("This channel gets no digest.", example="/watch digest preview")
    return reply(
        f"{len(rows)} digests",
        Heading(text="Digests"),
        Table(header=("Id", "When", "Next", "An empty one"), rows=rows),
    )
