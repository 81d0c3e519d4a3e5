"""`source`: the feeds a channel reads, how each is doing, and what an address would bring."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.commands import pages, values
from bot.commands.parse import shown
from bot.commands.replies import reply
from bot.commands.suggest import pick
from bot.commands.trying import address, is_inside, looks_like_one, tried
from bot.errors import CommandError
from bot.folding import language_name
from bot.messages import Actions, Button, Heading, Link, Links, Table, Text
from bot.wording import moment
from watchers.errors import RefusedError

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block, Message
    from watchers.store.rows import ChannelFeed, FeedHealth
    from watchers.types import Entry

LIST: Final = "/watch source list"
ADD: Final = "/watch source add https://example.org/feed.xml every:15m"
LATEST_SHOWN: Final = 3


async def listed(command: Command, desk: Desk) -> Message:
    """List the sources read here, or those with a tag."""
    links = await desk.store.channels.feeds(desk.home)
    tag = command.options.get("tag", "").strip()
    some = [link for link in links if not tag or tag.lower() in {t.lower() for t in link.tags}]
    if not links:
        return reply(
            "This channel reads no source",
            Text(
                text=f"This channel reads no source yet. Add one: {ADD}\n"
                "Or take over all that the bot knows: /watch setup sources:all"
            ),
        )
    if not some:
        known = sorted({t for link in links for t in link.tags})
        near = values.nearest(tag, known)
        raise CommandError(
            f'No source here has the tag "{shown(tag)}"'
            + (f"; there are {', '.join(known[:12])}." if known else "; none has any tag."),
            nearest=f"tag:{near}" if near else "",
            example=f"{LIST} tag:{near or known[0]}" if known else LIST,
        )
    health = {one.number: one for one in await desk.store.feeds.health(channel_id=desk.home)}
    rows = [
        (f"s{link.feed}", link.name, state_of(link, health[link.feed]), ", ".join(link.tags), link.url)
        for link in some
    ]
    again = "source list" + (f" tag:{values.quoted(tag)}" if tag else "")
    return reply(
        f"{len(rows)} sources",
        Heading(text="Sources" + (f" tagged {tag}" if tag else "")),
        *pages.table(
            command, ("Id", "Name", "State", "Tags", "Address"), rows, again=again, example=f"{LIST} page:2"
        ),
    )


def state_of(link: ChannelFeed, health: FeedHealth) -> str:
    """Return in a word or two how a source stands in a channel."""
    if link.taken_out:
        return "no longer in the configuration file"
    if link.paused:
        return "paused"
    return {"ok": "read", "new": "not asked yet; it will be within a minute", "paused": "paused"}.get(
        health.state, health.state
    )


async def show(command: Command, desk: Desk) -> Message:
    """Show one source: how it is doing and its latest entries."""
    link = await source_named(command, desk)
    health = next(f for f in await desk.store.feeds.health(channel_id=desk.home) if f.number == link.feed)
    zone = await _zone(desk)
    latest = await desk.store.entries.latest(link.feed, limit=LATEST_SHOWN)
    state = state_of(link, health)
    rows = [
        ("Address", link.url),
        ("State", state),
        ("Tags", ", ".join(link.tags) or "none"),
        ("Asked every", values.brief(health.every)),
        ("Last answer", moment(health.ok_at, zone, "en") if health.ok_at else "none yet"),
        ("Last brought something new", moment(health.new_at, zone, "en") if health.new_at else "not yet"),
        ("Entries stored", str(health.entries)),
    ]
    if health.last_error and health.failures:
        since = f" (since {moment(health.failing_since, zone, 'en')})" if health.failing_since else ""
        rows.append(("Last error", f"{health.last_error}{since}"))
    shown_entries = tuple(Link(text=f"{e.title} (a{e.number})", url=e.link) for e in latest)
    turn = (
        Button(label="Pause", command=f"source pause s{link.feed}")
        if link.active
        else Button(label="Resume", command=f"source resume s{link.feed}")
    )
    return reply(
        f"{link.name}: {state}",
        Heading(text=f"s{link.feed} {link.name}"),
        Table(header=("What", "How it stands"), rows=tuple(rows)),
        *((Links(label="Latest", links=shown_entries),) if shown_entries else ()),
        Actions(buttons=(turn, Button(label="Test", command=f"source test s{link.feed}"))),
    )


async def test(command: Command, desk: Desk) -> Message:
    """Ask a feed now and show what it answers; nothing is kept."""
    links = {link.url: link for link in await desk.store.channels.feeds(desk.home)}
    url = await _meant(command, desk)
    known = links.get(url)
    answer = await tried(url, desk)
    closed = known is None and not answer.offers and is_inside(url)
    if answer.error and (closed or (known is None and isinstance(answer.error, RefusedError))):
        raise CommandError(f"{answer.fault} {answer.advice}", example=LIST)
    if answer.error:
        return reply(
            f"{url} cannot be read",
            Text(text=answer.fault, tone="warning"),
            Text(text=answer.advice),
            *(Text(text=f"Try: /watch source test {offer}") for offer in answer.offers),
        )
    add = (
        f"It is read here already, as s{known.feed} “{known.name}”."
        if known
        else f"Read it here: /watch source add {url}"
    )
    button = (
        Button(label="Show", command=f"source show s{known.feed}")
        if known
        else Button(label="Add it", command=f"source add {url}", style="primary")
    )
    return reply(
        f"{url} answers with {len(answer.entries)} entries",
        *_answered(url, answer.entries, await _zone(desk)),
        Text(text=add),
        Actions(buttons=(button,)),
    )


async def _meant(command: Command, desk: Desk) -> str:
    """Return the address to try: one that was typed, or that of a source here."""
    word = command.values[0]
    if "://" in word:
        return address(word, verb="test")
    try:
        return (await source_named(command, desk)).url
    except CommandError:
        if looks_like_one(word):
            address(word, verb="test")
        raise


def _answered(url: str, entries: tuple[Entry, ...], zone: ZoneInfo) -> tuple[Block, ...]:
    if not entries:
        return (Text(text=f"{url} is a feed and holds nothing now. It may still bring something later."),)
    codes = Counter(e.lang for e in entries if e.lang and e.lang != "und").most_common(1)
    language = language_name(codes[0][0], "en") if codes else "not to be told"
    dates = [e.published for e in entries if e.published]
    rows = (
        ("Entries", str(len(entries))),
        ("Language", language),
        ("Newest", moment(max(dates), zone, "en") if dates else "it gives no dates"),
    )
    links = tuple(Link(text=e.title, url=e.link) for e in entries[:LATEST_SHOWN])
    return (
        Heading(text="The feed answers", url=url),
        Table(header=("What", "How it stands"), rows=rows),
        Links(label=f"Last {len(links)}", links=links),
    )


async def source_named(command: Command, desk: Desk) -> ChannelFeed:
    """Return the source of this channel that a person means. Raises CommandError for none and for several."""
    words = " ".join(command.values)
    links = {link.feed: link for link in await desk.store.channels.feeds(desk.home)}
    found = await desk.store.find.feeds(words, channel=desk.home)
    names = {number: link.name for number, link in links.items()}
    return links[pick(found, names, words, what="source", letter="s")]


async def _zone(desk: Desk) -> ZoneInfo:
    channel = await desk.store.channels.get(desk.channel)
    return ZoneInfo(channel.timezone if channel else "UTC")
