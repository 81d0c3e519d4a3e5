"""`status`: how this channel, its feeds or delivery are doing, and what to do about what fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands import budget, schedules
from bot.commands.failing import FAILING, row, together, trouble
from bot.commands.replies import reply
from bot.commands.sources_listed import standing
from bot.errors import CommandError
from bot.language_model.endpoints import endpoints
from bot.language_model.extraction import EXTRACTS, FAULT, calls_made
from bot.messages import Actions, Button, Heading, Table, Text
from bot.models import fault_of
from bot.operating.health import STALE
from bot.roles.signs import apart, are_there, said
from bot.understanding import fault_of as reading_fault
from bot.wording.counting import counted
from bot.wording.values import shorten
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import Channel, FeedHealth

OPERATORS: Final = ("shell:", "page:")  # whose bot it is: the command line and the preview page
GIVEN_UP: Final = 5
_WORST: Final = ("gone", "failing", "not a feed", "quiet", "new", "unchanged", "paused", "fresh")
_SILENT: Final = (
    "What is quiet answers as before, but brought nothing new for three times its usual gap; perhaps the "
    "site has moved its feed: /watch source show s{}"
)
_QUEUE: Final = {"queued": "waiting", "delivered": "arrived", "dead": "given up"}


async def answer(command: Command, desk: Desk) -> Message:
    """Return the state of one part, the channel's unless another is named."""
    channel = await desk.store.channels.get(desk.channel)
    if channel is None:
        raise CommandError("This channel is not set up yet.", example="/watch setup")
    match command.options.get("of", "channel"):
        case "feeds":
            return await _feeds(channel, desk)
        case "delivery":
            return await _delivery(desk)
        case _:
            return await _channel(channel, desk)


async def _channel(channel: Channel, desk: Desk) -> Message:
    health = await desk.store.feeds.health(channel_id=desk.home)
    failing = [feed for feed in health if feed.state in FAILING]
    rows = await _rows(channel, health, desk)
    return reply(
        f"{channel.name}: {counted(len(health), 'source')}, {len(failing)} failing",
        Heading(text=channel.name),
        *await _reading(desk),
        *await _model(desk),
        *await _closed(desk),
        *(Text(text=trouble(group, channel), tone="warning") for group in together(failing)[:3]),
        Table(header=("What", "How it stands"), rows=tuple(rows)),
        *await budget.advised(desk),
        Actions(
            buttons=(
                Button(label="Feeds", command="status of:feeds"),
                Button(label="Delivery", command="status of:delivery"),
                Button(label="Settings", command="settings show"),
            )
        ),
    )


async def _rows(channel: Channel, health: tuple[FeedHealth, ...], desk: Desk) -> list[tuple[str, str]]:
    """Say how each part of a channel's watching stands, and of the program what the asker may know."""
    failing = sum(feed.state in FAILING for feed in health)
    links = await desk.store.channels.feeds(desk.home)
    rules = await desk.store.watches.listed(desk.home)
    muted = await desk.store.mutes.running(desk.home, desk.clock.now())
    home = await desk.store.channels.get(desk.home) or channel
    waiting = sum(
        c.items for c in await desk.store.outbox.counts() if c.state == "queued" and c.channel == desk.channel
    )
    rows = [
        ("Sources", f"{sum(link.active for link in links)} read, {failing} failing"),
        ("Articles stored", str(await desk.store.entries.count())),
        *_not_kept(health),
        ("Rules and keywords", f"{sum(one.active for one in rules)} on, {len(rules)} in all"),
        ("Relevance that alerts", f"{home.threshold:g}"),
        ("Alert budget", await budget.row(desk)),
        ("Next digest", await _next_digest(desk)),
        ("Muted", f"{len(muted)}: /watch mute list" if muted else "nothing"),
        ("Quiet hours", f"{channel.quiet} ({channel.timezone})" if channel.quiet else "none"),
        ("Messages waiting for this channel", str(waiting)),
    ]
    if not channel.active:
        rows.insert(0, ("In use", "no: the configuration file no longer has this channel"))
    if home.id != channel.id:
        rows.append(("Shares rules and sources of", home.name))
    rows += await endpoints(desk.store, channel=None if _runs_it(desk) else desk.home)
    rows += await _language_model(desk)
    rows += await _processes(desk)
    return rows


def _runs_it(desk: Desk) -> bool:
    """Tell whether it is the operator who asks: they see what concerns all channels."""
    return desk.asker.id.startswith(OPERATORS)


def _not_kept(health: tuple[FeedHealth, ...]) -> list[tuple[str, str]]:
    beyond = sum(feed.beyond for feed in health)
    return [("Entries not kept, beyond the newest 2,000 of a document", f"{beyond:,}")] if beyond else []


async def _language_model(desk: Desk) -> list[tuple[str, str]]:
    """Say how often a language model was asked for facts today, and that it gives nothing if so."""
    kept = desk.store.kept
    if not await kept.get(EXTRACTS):
        return []
    made = await calls_made(desk.store, desk.clock.now().date().isoformat())
    rows = [("Language model calls today (UTC)", str(made))]
    fault = await kept.get(FAULT)
    return [*rows, ("The language model gave nothing", shorten(fault))] if fault else rows


async def _processes(desk: Desk) -> list[tuple[str, str]]:
    """Say who shares the work, to whoever runs the bot."""
    if not _runs_it(desk):
        return []
    beats = await desk.store.pulse.beats()
    if not are_there(beats):
        return []
    clocks = apart(await desk.store.pulse.ahead())
    rows = said(beats, now=SystemClock().now(), stale=STALE)
    return [*rows, ("Clocks", clocks)] if clocks else rows


async def _reading(desk: Desk) -> tuple[Text, ...]:
    """Say that nothing that comes in is understood; why, only to whoever runs the bot."""
    fault = await reading_fault(desk.store)
    if not fault:
        return ()
    why = fault if _runs_it(desk) else "whoever runs the bot sees why in `vedette status`."
    return (Text(text=f"What comes in waits and cannot be read: {why}", tone="warning"),)


async def _model(desk: Desk) -> tuple[Text, ...]:
    """Say that relevance does without its model; why, with files and hosts, only to whoever runs the bot."""
    fault = await fault_of(desk.store)
    if not fault:
        return ()
    why = shorten(fault) if desk.asker.id.startswith(OPERATORS) else "`vedette status` says why."
    return (Text(text=f"Relevance is judged without the model. {why}", tone="warning"),)


async def _closed(desk: Desk) -> tuple[Text, ...]:
    """Name the channels that let nothing in: all of them to whoever runs the bot, else this one."""
    every = desk.asker.id.startswith(OPERATORS)
    closed = [one for one in await desk.store.channels.all() if one.unreachable]
    how = "What is meant for it waits. Let the bot in again there and ask it anything"
    by_hand = ", or: vedette outbox reopen " if every else ""
    return tuple(
        Text(
            text=f"{one.name or one.id} ({one.id}) lets nothing in: {shorten(one.unreachable)}. {how}"
            + (f"{by_hand}{one.id}" if by_hand else ""),
            tone="warning",
        )
        for one in closed
        if every or one.id == desk.channel
    )


async def _next_digest(desk: Desk) -> str:
    active = [one for one in await desk.store.subscriptions.listed(desk.channel) if one.active]
    if not active:
        return "none: /watch digest schedule at:08:00"
    now = desk.clock.now()
    runs = [(await schedules.upcoming(desk.store, one, now=now, count=1), one.timezone) for one in active]
    soonest, timezone = min(runs)
    return schedules.said(soonest, timezone)


async def _feeds(channel: Channel, desk: Desk) -> Message:
    health = await desk.store.feeds.health(channel_id=desk.home)
    links = {link.feed: link for link in await desk.store.channels.feeds(desk.home)}
    now = desk.clock.now()
    states = {one.number: standing(links[one.number], one, now=now) for one in health}
    ranked = sorted(health, key=lambda f: (_WORST.index(states[f.number]), f.number))
    if not ranked:
        return reply(
            "No sources yet",
            Text(text="This channel reads no source. Try: /watch source add https://example.org/feed.xml"),
        )
    names = {number: link.name for number, link in links.items()}
    paused = [feed for feed in ranked if states[feed.number] == "paused"]
    groups = together(feed for feed in ranked if states[feed.number] != "paused")
    groups = sorted([*groups, *((feed,) for feed in paused)], key=lambda g: _WORST.index(states[g[0].number]))
    rows = tuple(row(group, names, states[group[0].number], channel) for group in groups)
    failing = [feed for feed in ranked if feed.state in FAILING and links[feed.number].active]
    quiet = [feed for feed in ranked if states[feed.number] == "quiet"]
    beyond = sum(feed.beyond for feed in ranked)
    tests = tuple(Button(label=f"Test s{f.number}", command=f"source test s{f.number}") for f in failing[:4])
    return reply(
        f"{counted(len(ranked), 'source')}, {len(failing)} failing",
        Heading(text="Sources"),
        Table(header=("Id", "Name", "State", "Articles", "Last heard"), rows=rows),
        *((Text(text=_remedy(failing)),) if failing else ()),
        *((Text(text=_SILENT.format(quiet[0].number)),) if quiet else ()),
        *((Text(text=_beyond(beyond), tone="small"),) if beyond else ()),
        *((Actions(buttons=tests),) if tests else ()),
    )


def _remedy(failing: list[FeedHealth]) -> str:
    first = f"s{failing[0].number}"
    gone = any(feed.state == "gone" for feed in failing)
    asked = "What is failing is asked again, ever more rarely, and comes back by itself."
    if gone:
        asked += " What is gone for good is not asked any more."
    return f"{asked} See why: /watch source test {first}. Leave it out: /watch source remove {first}"


def _beyond(count: int) -> str:
    return f"Entries not kept, beyond the newest 2,000 of one document: {count:,}. Of which: source show"


async def _delivery(desk: Desk) -> Message:
    """Tell of this channel's messages alone; whoever runs the bot sees those of all."""
    every = desk.asker.id.startswith(OPERATORS)
    counts = [c for c in await desk.store.outbox.counts() if every or c.channel == desk.channel]
    dead = [item for item in await desk.store.outbox.given_up() if every or item.channel == desk.channel]
    closed = await _closed(desk)
    if not counts:
        return reply("Nothing sent yet", Text(text="No message was written yet."), *closed)
    header = ("Channel", "State", "Messages")
    rows = tuple((c.channel, _QUEUE[c.state], str(c.items)) for c in counts)
    told = tuple(
        Text(text=f"Given up: {item.kind} for {item.channel}: {shorten(item.last_error)}", tone="warning")
        for item in dead[:GIVEN_UP]
    )
    more = Text(text="Each of them, and what can be done: vedette outbox", tone="small")
    return reply(
        "Delivery",
        Heading(text="Delivery"),
        Table(header=header, rows=rows),
        *closed,
        *told,
        *((more,) if dead and every else ()),
    )
