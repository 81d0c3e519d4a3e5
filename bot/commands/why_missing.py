"""`why` for an address that nothing brought: which sources of its host are read, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.commands.replies import reply
from bot.messages import Actions, Button, Heading, Table, Text
from bot.wording.phrases import say
from bot.wording.values import moment, shorten

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.messages import Block, Message
    from watchers.store.rows import FeedHealth

MOST: Final = 5  # sources listed


async def missing(link: str, audience: Audience, desk: Desk) -> Message:
    """Return where an address stopped: at its host's sources, or before any."""
    host = host_of(link)
    brought = await desk.store.find.carriers(host) if host else frozenset()
    health = [
        one
        for one in await desk.store.feeds.health(channel_id=desk.home)
        if host and (same_site(host_of(one.url), host) or one.number in brought)
    ]
    links = {one.feed: one for one in await desk.store.channels.feeds(desk.home)}
    lang = audience.lang
    verdict = say("way_unknown", lang)
    rows = tuple(
        (f"s{one.number}", links[one.number].name, _said(one, audience, active=links[one.number].active))
        for one in health[:MOST]
        if one.number in links
    )
    decided = say("way_decided_at", lang, words=verdict, stage=say("stage.Fetched", lang))
    told = (Heading(text=shorten(link)), Text(text=decided))
    if not rows:
        return reply(verdict, *told, *_unread(host, lang), lang=lang)
    first = rows[0][0]
    test = Button(label=say("way_button_test", lang, source=first), command=f"source test {first}")
    header = tuple(say(f"way_column_{name}", lang) for name in ("source", "name", "asked"))
    return reply(
        verdict,
        *told,
        Table(header=header, rows=rows),
        Text(text=say("way_test_it", lang, source=first)),
        Actions(buttons=(test,)),
        lang=lang,
    )


def _unread(host: str, lang: str) -> tuple[Block, ...]:
    """Say that no source of a host is read here, and how to add one; an empty host is no site's."""
    site = f"https://{host}/" if host else "https://example.org/"
    told = Text(text=say("way_reads_none", lang, host=host or say("way_such", lang), site=site))
    add = Button(label=say("way_button_add", lang, host=host)[:40], command=f"source add {site}")
    return (told, Actions(buttons=(add,))) if host else (told,)


def host_of(link: str) -> str:
    """Return the host of an address without "www.", empty if it has none."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def same_site(one: str, other: str) -> bool:
    """Tell whether two hosts are of one site: the same, or one below the other, such as feeds.example.org."""
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _said(feed: FeedHealth, audience: Audience, *, active: bool) -> str:
    if not active:
        return say("way_paused", audience.lang)
    asked = (
        moment(feed.polled_at, audience.zone, audience.lang)
        if feed.polled_at
        else say("way_not_asked", audience.lang)
    )
    error = shorten(feed.last_error)
    return say("way_because", audience.lang, what=asked, why=error) if feed.last_error else asked
