"""`source add`: a feed is read at once; of anything else people first see what it brings, then save it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.commands import sources_previews, values
from bot.commands.replies import Change
from bot.commands.sources_every import Interval, interval_of
from bot.commands.sources_wanted import wanted
from bot.commands.trying import Tried, advice, is_inside, tried
from bot.errors import CommandError
from bot.messages import Link, Links, Text
from watchers.feeds.newssearch import is_search

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.commands.request import Reply
    from bot.commands.sources_wanted import Wanted
    from bot.messages import Block
    from watchers.errors import FeedError
    from watchers.store.store import Rooms
    from watchers.types import Feed

_FEEDS: Final = frozenset({"feed", "search"})  # both are read as feeds; one has terms that are shown first


async def add(command: Command, desk: Desk) -> Change | Reply:
    """Read one more source here from the next round on, or show what is to be chosen or agreed to."""
    want = wanted(command)
    if is_search(want.url):
        want = replace(want, kind="search")
        if not want.confirmed:
            return await sources_previews.terms(want, desk)
    known = next((feed for feed in await desk.store.feeds.all() if feed.url == want.url), None)
    if known is not None:
        await _refuse_otherwise(want, known, desk)
        return await _saved(want, known, Tried(), desk)
    if want.kind in {"page", "sitemap"} and not want.confirmed:
        return await sources_previews.crawled(want, desk)
    trial = await tried(want.url, desk, kind=want.kind or "feed", selector=want.selector)
    if trial.is_page and want.kind in {None, "feed"}:
        return await sources_previews.page(want, trial, desk)
    if trial.error and (trial.hopeless or is_inside(want.url)):
        raise CommandError(f"{trial.fault} {trial.advice}", example="/watch source list")
    return await _saved(want, None, trial, desk)


async def _refuse_otherwise(want: Wanted, known: Feed, desk: Desk) -> None:
    """Raise CommandError if an address is read in another way already and others read it so."""
    one_kind = want.kind in {None, known.kind} or {want.kind, known.kind} <= _FEEDS
    if one_kind and (want.selector in {"", known.selector} or not await _readers(known, desk)):
        return
    how = f"as a {known.kind}" + (f" by the selector {known.selector}" if known.selector else "")
    raise CommandError(
        f"s{known.number} reads that address {how} already, and every channel that reads it does so.",
        example=f"/watch source add {known.url}",
    )


async def _readers(feed: Feed, desk: Desk) -> int:
    return sum(link.feed == feed.number for link in await desk.store.channels.feeds())


async def _saved(want: Wanted, known: Feed | None, trial: Tried, desk: Desk) -> Change:
    name = want.name or (known.name if known else trial.outlet or want.url.split("/")[2])
    name = values.named(name[: values.LONGEST_NAME], example="/watch source add https://example.org/feed.xml")
    alone = known is not None and not await _readers(known, desk)
    async with desk.store.transaction() as rooms:
        feed = await _feed(want, name, rooms)
        if alone and known is not None:
            await _as_wanted(want, known, rooms)
        fresh = await rooms.channels.follow(desk.home, feed.number, name=name, tags=want.tags, origin="chat")
        if not fresh:
            raise await _known_here(desk, feed)
        if want.paused:
            await rooms.channels.pause_feed(desk.home, feed.number, paused=True)
        await rooms.feeds.hurry([feed.number])
    stays = known is not None and not alone
    return Change(
        line=f"added s{feed.number} “{name}” to what is read here" + (", paused" if want.paused else ""),
        undo=f"source remove s{feed.number}",
        about=(f"s{feed.number}",),
        details=(
            *((_not_yet(trial.error),) if trial.error else ()),
            *((Text(text=trial.own_terms, tone="quote"),) if trial.own_terms else ()),
            *await _latest(feed, trial, desk),
            Text(text=_what_now(feed, want, stays=stays), tone="small"),
        ),
    )


async def _feed(want: Wanted, name: str, rooms: Rooms) -> Feed:
    asked = want.interval or Interval()
    return await rooms.feeds.add(
        want.url,
        name=name,
        lang=want.lang,
        every=asked.every,
        fixed=asked.fixed,
        kind=want.kind or "feed",
        selector=want.selector,
        origin="chat",
    )


async def _as_wanted(want: Wanted, known: Feed, rooms: Rooms) -> None:
    """Let a source that nobody reads any more be asked as the one says who reads it now."""
    asked = want.interval or interval_of(known)
    await rooms.feeds.edit(
        known.number,
        name=known.name,
        every=asked.every,
        fixed=asked.fixed,
        selector=want.selector or None,
    )


async def _latest(feed: Feed, trial: Tried, desk: Desk) -> tuple[Block, ...]:
    """Return the newest entries of a source: those just seen, else those stored."""
    entries = trial.entries[: sources_previews.LATEST]
    entries = entries or await desk.store.entries.latest(feed.number, limit=sources_previews.LATEST)
    if not entries:
        return ()
    links = tuple(Link(text=one.title, url=one.link) for one in entries)
    return (Links(label=f"Last {len(links)}", links=links),)


def _not_yet(error: FeedError) -> Text:
    words = f"It could not be read just now: {error} {advice(error)} It is asked again by itself."
    return Text(text=words, tone="warning")


def _what_now(feed: Feed, want: Wanted, *, stays: bool) -> str:
    told = (
        "It is asked within a minute. Of what it holds now the newest few that fit are told, the rest is "
        f"stored quietly. How it went: /watch source show s{feed.number}"
    )
    if stays and want.interval and want.interval != interval_of(feed):
        return f"Other channels read it too, {interval_of(feed).said}, and so it stays. {told}"
    return told


async def _known_here(desk: Desk, feed: Feed) -> CommandError:
    links = {link.feed: link for link in await desk.store.channels.feeds(desk.home)}
    link = links[feed.number]
    if not link.active:
        return CommandError(
            f"{link.name} (s{feed.number}) is here already, and paused.",
            example=f"/watch source resume s{feed.number}",
        )
    return CommandError(
        f"{link.name} (s{feed.number}) is read here already.",
        example=f"/watch source show s{feed.number}",
    )
