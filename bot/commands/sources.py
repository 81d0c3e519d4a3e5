"""`source`: the feeds a channel reads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from yarl import URL

from bot.commands.replies import audience_of, only, reply
from bot.config import duration
from bot.errors import CommandError
from bot.messages import Heading, Link, Links, Table, Text
from bot.wording import moment
from watchers.feeds.addresses import is_literal, refusal, unfit

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import ChannelFeed

_LIST: Final = "/watch source list"
SOONEST: Final = timedelta(minutes=1)  # nobody asks a publisher more often
LATEST: Final = timedelta(days=7)


async def add(command: Command, desk: Desk) -> Message:
    """Read one more feed here; it is asked at the next round."""
    url = command.values[0]
    if fault := _unfit(url):
        raise CommandError(
            f"That address cannot be read: {fault}", example="/watch source add https://example.org/feed.xml"
        )
    every = _interval(command.options.get("every", "15m"))
    name = command.options.get("name") or url.split("/")[2]
    tags = tuple(t for t in command.options.get("tag", "").split(",") if t)
    async with desk.store.transaction() as rooms:
        feed = await rooms.feeds.add(
            url, name=name, lang=command.options.get("lang", ""), every=every, origin="chat"
        )
        fresh = await rooms.channels.follow(desk.channel, feed.number, name=name, tags=tags, origin="chat")
        await rooms.feeds.hurry([feed.number])
    if not fresh:
        raise CommandError(
            f"{feed.name} (s{feed.number}) is read here already.",
            example=f"/watch source show s{feed.number}",
        )
    return reply(
        f"Reading {name}",
        Text(
            text=f"s{feed.number} “{name}” is read from now on. What it has now is stored quietly; "
            f"see how it went with /watch source show s{feed.number}"
        ),
    )


async def listed(command: Command, desk: Desk) -> Message:
    """List the sources read here, or those with a tag."""
    links = await desk.store.channels.feeds(desk.channel)
    tag = command.options.get("tag", "")
    rows = tuple(
        (f"s{link.feed}", link.name, "paused" if not link.active else "read", ", ".join(link.tags), link.url)
        for link in links
        if not tag or tag in link.tags
    )
    if not rows:
        raise CommandError(
            f'No source here has the tag "{tag[:40]}".' if tag else "This channel reads no source.",
            example="/watch source add https://example.org/feed.xml",
        )
    return reply(
        f"{len(rows)} sources",
        Heading(text="Sources"),
        Table(header=("Id", "Name", "State", "Tags", "Address"), rows=rows),
    )


async def show(command: Command, desk: Desk) -> Message:
    """Show one source: how it is doing and its latest entries."""
    link = await _named(command, desk)
    audience = await audience_of(desk)
    health = next(f for f in await desk.store.feeds.health(channel_id=desk.channel) if f.number == link.feed)
    latest = await desk.store.entries.latest(link.feed, limit=3)
    rows = [
        ("Address", link.url),
        ("State", "paused" if not link.active else health.state),
        ("Asked every", f"{health.every}"),
        ("Last answer", moment(health.ok_at, audience.zone, audience.lang) if health.ok_at else "none yet"),
        ("Entries stored", str(health.entries)),
    ]
    if health.last_error and health.failures:
        rows.append(("Last error", health.last_error))
    shown = tuple(Link(text=f"{e.title} (a{e.number})", url=e.link) for e in latest)
    return reply(
        f"{link.name}: {health.state}",
        Heading(text=f"s{link.feed} {link.name}"),
        Table(header=("What", "How it stands"), rows=tuple(rows)),
        *((Links(label="Latest", links=shown),) if shown else ()),
    )


async def pause(command: Command, desk: Desk) -> Message:
    """Stop reading a source here."""
    link = await _named(command, desk)
    await desk.store.channels.pause_feed(desk.channel, link.feed, paused=True)
    return reply(
        f"{link.name} is paused",
        Text(text=f"s{link.feed} “{link.name}” is paused here. Back: /watch source resume s{link.feed}"),
    )


async def resume(command: Command, desk: Desk) -> Message:
    """Read a paused source again."""
    link = await _named(command, desk)
    async with desk.store.transaction() as rooms:
        await rooms.channels.pause_feed(desk.channel, link.feed, paused=False)
        await rooms.feeds.hurry([link.feed])
    return reply(f"{link.name} is read again", Text(text=f"s{link.feed} “{link.name}” is read again."))


async def remove(command: Command, desk: Desk) -> Message:
    """Take a source out of this channel; what it brought stays in the archive."""
    link = await _named(command, desk)
    await desk.store.channels.unfollow(desk.channel, link.feed)
    return reply(
        f"{link.name} is taken out",
        Text(text=f"s{link.feed} “{link.name}” is taken out here. Back: /watch source add {link.url}"),
    )


async def _named(command: Command, desk: Desk) -> ChannelFeed:
    words = " ".join(command.values)
    found = await desk.store.find.feeds(words, channel=desk.channel)
    number = only(found, words, what="source", letter="s", example=_LIST)
    return next(link for link in await desk.store.channels.feeds(desk.channel) if link.feed == number)


def _unfit(url: str) -> str:
    """Return why an address will never be opened, empty if it may be tried; names are resolved when it is."""
    try:
        parsed = URL(url)
    except ValueError:
        return "it is not an address"
    host = (parsed.raw_host or "").strip("[]")
    return unfit(parsed) or (refusal(host) if is_literal(host) else "")


def _interval(text: str) -> timedelta:
    try:
        every = duration(text)
    except ValueError as error:
        raise CommandError(
            f"every: takes {error}.", example="/watch source add https://example.org/feed.xml every:30m"
        ) from error
    if not isinstance(every, timedelta) or not SOONEST <= every <= LATEST:
        raise CommandError(
            "every: takes a time between 1m and 7d.",
            example="/watch source add https://example.org/feed.xml every:30m",
        )
    return every
