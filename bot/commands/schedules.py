"""`digest schedule`, `list`, `cancel` and `history`: when a channel gets its digest, and which it got."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announcing.due import next_run
from bot.commands import values
from bot.commands.parse import shown
from bot.commands.replies import OWN, Change, reply
from bot.commands.request import Choice, Question, Reply, Sheet
from bot.commands.suggest import pick
from bot.errors import CommandError
from bot.messages import Actions, Button, Heading, Table, Text
from bot.settings.values import clock_time
from bot.wording.counting import counted
from bot.wording.values import moment, moment_to_come
from watchers.store.rows import Subscription

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.store import Rooms

EXAMPLE: Final = "/watch digest schedule at:08:00 days:mon-fri"
NAME: Final = "digest"  # of a channel's first schedule, as in the configuration file
RUNS: Final = 3
_OPTIONS: Final = frozenset({"at", "days", "tz", "empty", "name"})
_ON_DEMAND: Final = "Those asked for with digest now are not listed."


async def schedule(command: Command, desk: Desk) -> Change | Reply:
    """Set when this channel gets its digest; without any option, open a form."""
    if command.values:
        typed = command.values[-1]
        time = values.likely_time(typed)
        raise CommandError(
            f'"{shown(typed)}" needs its option\'s name in front, as in at:08:00.',
            nearest=f"at:{time}" if time else "",
            example=f"/watch digest schedule at:{time}" if time else EXAMPLE,
            typed=typed,
        )
    known = await desk.store.subscriptions.listed(desk.channel)
    if not command.options.keys() & _OPTIONS:
        return await _sheet(known, desk)
    old = _meant(command, known)
    new = await _wanted(command, old, desk)
    if old is not None and old.active and _same(old, new):
        raise CommandError("That digest is like that already.", example="/watch digest list")
    async with desk.store.transaction() as rooms:
        number = await _saved(rooms, old, new)
        runs = await upcoming(rooms, replace(new, number=number), now=desk.clock.now())
        await rooms.subscriptions.schedule(number, next_run_at=runs[0])
    kept = old if old is not None and old.active else None
    done = "changed" if kept else "scheduled"
    return Change(
        line=f"{done} d{number} “{new.name}”: {plan(new)}",
        undo=again(kept) if kept else f"digest cancel d{number}",
        about=(f"{OWN}d{number}",),
        details=(Text(text=f"Next: {said(runs, new.timezone)}", tone="small"),),
    )


async def _saved(rooms: Rooms, old: Subscription | None, new: Subscription) -> int:
    if old is None:
        added = await rooms.subscriptions.add(
            new.channel, name=new.name, at=new.at, days=new.days, timezone=new.timezone, empty=new.empty
        )
        return added.number
    await rooms.subscriptions.edit(
        new.channel, old.number, at=new.at, days=new.days, timezone=new.timezone, empty=new.empty
    )
    if not old.active:
        await rooms.subscriptions.pause(new.channel, old.number, paused=False)
    return old.number


def _meant(command: Command, known: tuple[Subscription, ...]) -> Subscription | None:
    """Return the schedule that is to be changed; None: a new one."""
    active = [one for one in known if one.active]
    if "name" in command.options:
        wanted = command.options["name"].strip().lower()
        return next((one for one in known if wanted in {one.name.lower(), f"d{one.number}"}), None)
    if len(active) > 1:
        names = ", ".join(f"{one.name} (d{one.number})" for one in active)
        raise CommandError(
            f"This channel has several digests: {names}. Say which with name:.",
            nearest=f"name:{active[0].name}",
            example=f"{EXAMPLE} name:{values.quoted(active[0].name)}",
        )
    return next(iter(active or [one for one in known if one.name == NAME]), None)


async def _wanted(command: Command, old: Subscription | None, desk: Desk) -> Subscription:
    """Return a schedule with the options given, the rest as it was."""
    given = command.options
    if old is None:
        if "at" not in given:
            raise CommandError(
                "A new digest needs its time of day, at:.", nearest="at:08:00", example=EXAMPLE
            )
        channel = await desk.store.channels.get(desk.channel)
        old = Subscription(
            number=0,
            channel=desk.channel,
            name=values.named(given.get("name", NAME), example=f"{EXAMPLE} name:morning"),
            at="",
            days="daily",
            timezone=channel.timezone if channel else "UTC",
            origin="chat",
        )
    return replace(
        old,
        at=values.at(given["at"], example="/watch digest schedule at:{}") if "at" in given else old.at,
        days=values.days(given["days"], example=EXAMPLE) if "days" in given else old.days,
        timezone=values.zone(given["tz"], example="/watch digest schedule tz:{}")
        if "tz" in given
        else old.timezone,
        empty="skip" if given.get("empty", old.empty) == "skip" else "say",
    )


def _same(one: Subscription, other: Subscription) -> bool:
    return (one.at, one.days, one.timezone, one.empty) == (other.at, other.days, other.timezone, other.empty)


async def upcoming(
    rooms: Rooms, one: Subscription, *, now: datetime, count: int = RUNS
) -> tuple[datetime, ...]:
    """Return a schedule's next moments; a local day whose digest was made already gets no second one."""
    made = {run.local_date for run in await rooms.digests.runs(one.number)}
    return runs_after(one, now=now, made=made, count=count)


def runs_after(
    one: Subscription, *, now: datetime, made: AbstractSet[date] = frozenset(), count: int = RUNS
) -> tuple[datetime, ...]:
    """Return the next moments of a schedule on local days that are not in `made`."""
    found: list[datetime] = []
    zone, after = ZoneInfo(one.timezone), now
    while len(found) < count:
        day, after = next_run(clock_time(one.at), one.days, zone, after=after)
        if day not in made:
            found.append(after)
    return tuple(found)


def said(runs: tuple[datetime, ...], timezone: str) -> str:
    """Return moments in local time, such as "Wed 20 Aug 08:00, Thu 21 Aug 08:00 (Europe/Berlin)"."""
    zone = ZoneInfo(timezone)
    times = [moment_to_come(at, zone, "en") for at in runs]
    return f"{', '.join(times)} ({timezone})"


def plan(one: Subscription) -> str:
    """Return when a digest comes, in words."""
    empty = "an empty one says so" if one.empty == "say" else "an empty one is skipped"
    return f"{one.days} at {one.at} {one.timezone}, {empty}"


def again(one: Subscription) -> str:
    """Return the command that sets a schedule to just this."""
    return (
        f"digest schedule name:{values.quoted(one.name)} at:{one.at} days:{one.days} tz:{one.timezone} "
        f"empty:{one.empty}"
    )


async def listed(_command: Command, desk: Desk) -> Message:
    """List when this channel gets its digest."""
    active = [one for one in await desk.store.subscriptions.listed(desk.channel) if one.active]
    if not active:
        return reply("No digest", Text(text=f"This channel gets no digest. Schedule one: {EXAMPLE}"))
    rows = []
    for one in active:
        runs = await upcoming(desk.store, one, now=desk.clock.now(), count=1)
        empty = "says so" if one.empty == "say" else "is skipped"
        rows.append((f"d{one.number}", one.name, f"{one.days} at {one.at}", said(runs, one.timezone), empty))
    return reply(
        f"{counted(len(rows), 'digest')}",
        Heading(text="Digests"),
        Table(header=("Id", "Name", "When", "Next", "An empty one"), rows=tuple(rows)),
        Actions(buttons=(Button(label="Preview", command="digest preview"),)),
    )


async def cancel(command: Command, desk: Desk) -> Change:
    """Stop a digest; which it sent stays known."""
    active = {one.number: one for one in await desk.store.subscriptions.listed(desk.channel) if one.active}
    words = " ".join(command.values).strip()
    found = [n for n, one in active.items() if words.lower() in {f"d{n}", str(n), one.name.lower()}]
    names = {n: one.name for n, one in active.items()}
    one = active[pick(found, names, words, what="digest", letter="d")]
    await desk.store.subscriptions.pause(desk.channel, one.number, paused=True)
    ref = f"d{one.number}"
    return Change(line=f"cancelled {ref} “{one.name}”: {plan(one)}", undo=again(one), about=(f"{OWN}{ref}",))


async def history(_command: Command, desk: Desk) -> Message:
    """List the digests this channel got on schedule."""
    past = await desk.store.digests.history(desk.channel)
    if not past:
        return reply(
            "No digest yet",
            Text(text="This channel got no scheduled digest yet. How it would be: /watch digest preview"),
            Text(text=_ON_DEMAND, tone="small"),
        )
    channel = await desk.store.channels.get(desk.channel)
    zone = ZoneInfo(channel.timezone if channel else "UTC")
    rows = tuple(
        (
            one.local_date.isoformat(),
            f"d{one.subscription} {one.name}",
            f"{moment(one.window_start, zone, 'en')} to {moment(one.window_end, zone, 'en')}",
            moment(one.delivered_at, zone, "en")
            if one.delivered_at
            else ("on its way" if one.sent else "nothing to tell"),
        )
        for one in past
    )
    return reply(
        f"{counted(len(rows), 'digest')}",
        Heading(text="Digests so far"),
        Table(header=("Day", "Digest", "What it covers", "Arrived"), rows=rows),
        Text(text=_ON_DEMAND, tone="small"),
    )


async def _sheet(known: tuple[Subscription, ...], desk: Desk) -> Reply:
    one = next((each for each in known if each.active), None)
    channel = await desk.store.channels.get(desk.channel)
    zone = one.timezone if one else channel.timezone if channel else "UTC"
    name = f" name:{values.quoted(one.name)}" if one else ""
    empties = (Choice(label="Say so", value="say"), Choice(label="Skip it", value="skip"))
    sheet = Sheet(
        title="Digest",
        command=f"digest schedule{name}",
        questions=(
            Question(
                name="at",
                label="Time of day",
                value=one.at if one else "08:00",
                required=True,
                stands=bool(one),
            ),
            Question(
                name="days",
                label="Days",
                value=one.days if one else "daily",
                stands=bool(one),
                hint="daily, mon-fri or tue,thu",
            ),
            Question(name="tz", label="Time zone", value=zone, stands=bool(one), hint="Europe/Istanbul"),
            Question(
                name="empty",
                label="An empty one",
                value=one.empty if one else "say",
                stands=bool(one),
                choices=empties,
            ),
        ),
    )
    now = (
        f"This channel gets d{one.number} “{one.name}” {plan(one)}."
        if one
        else "This channel gets no digest."
    )
    return Reply(message=reply(now, Text(text=f"{now} Set it, such as {EXAMPLE}")), sheet=sheet)
