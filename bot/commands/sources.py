"""`source test`: what an address would bring; and which source a person means."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.commands import sources_previews
from bot.commands.replies import reply
from bot.commands.sources_offered import offered
from bot.commands.sources_wanted import Wanted
from bot.commands.suggest import pick
from bot.commands.trying import address, is_inside, looks_like_one, tried
from bot.errors import CommandError
from bot.messages import Actions, Button, Heading, Link, Links, Table, Text
from bot.wording.counting import counted
from bot.wording.folding import language_name
from bot.wording.values import moment
from watchers.errors import RefusedError
from watchers.feeds.newssearch import is_search

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.commands.request import Reply
    from bot.messages import Block, Message
    from watchers.store.rows import ChannelFeed
    from watchers.types import Entry

LIST: Final = "/watch source list"
LATEST_SHOWN: Final = 3


async def test(command: Command, desk: Desk) -> Message | Reply:
    """Ask a source now and show what it answers; nothing is kept."""
    links = {link.url: link for link in await desk.store.channels.feeds(desk.home)}
    url = await _meant(command, desk)
    known = links.get(url)
    if known is None and is_search(url):
        return await sources_previews.terms(Wanted(url=url), desk)
    feed = await desk.store.feeds.get(known.feed) if known else None
    answer = await (tried(url, desk, kind=feed.kind, selector=feed.selector) if feed else tried(url, desk))
    closed = known is None and not answer.offers and is_inside(url)
    if answer.error and (closed or (known is None and isinstance(answer.error, RefusedError))):
        raise CommandError(f"{answer.fault} {answer.advice}", example=LIST)
    if answer.error and answer.is_page and known is None:
        return await sources_previews.page(Wanted(url=url), answer, desk)
    if answer.error:
        return reply(
            f"{url} cannot be read",
            Text(text=answer.fault, tone="warning"),
            Text(text=answer.advice),
        )
    add = (
        f"It is read here already, as s{known.feed} “{known.name}”."
        if known
        else f"Read it here: /watch source add {url}"
    )
    button = (
        Button(label="Show", command=f"source show s{known.feed}")
        if known
        else Button(label="Add it", command=await offered(f"source add {url}", desk), style="primary")
    )
    return reply(
        f"{url} answers with {counted(len(answer.entries), 'entry')}",
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
