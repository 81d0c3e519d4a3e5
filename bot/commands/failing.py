"""Tell of sources that fail for one reason together: while the line is down, all of them do. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.wording.values import moment, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from watchers.store.rows import Channel, FeedHealth

LEAST: Final = 4  # fewer are told one by one
NAMED: Final = 3
FAILING: Final = frozenset({"failing", "gone"})
_ADDRESS: Final = re.compile(r"^https?://\S+: ")
_NO_HOST: Final = "no host was found"


def together(feeds: Iterable[FeedHealth]) -> list[tuple[FeedHealth, ...]]:
    """Gather sources in their order, those that fail for one reason in one group, all others alone."""
    groups: dict[tuple[str, ...], list[FeedHealth]] = {}
    for feed in feeds:
        alone = feed.state not in FAILING or not feed.last_error
        key = (str(feed.number),) if alone else (feed.state, feed.fault, reason(feed))
        groups.setdefault(key, []).append(feed)
    return [
        part
        for group in groups.values()
        for part in ([tuple(group)] if len(group) >= LEAST else [(feed,) for feed in group])
    ]


def reason(feed: FeedHealth) -> str:
    """Return why a source fails in words that hold of others as well: without its own address and host."""
    words = _ADDRESS.sub("", feed.last_error)
    for own in (feed.url, urlsplit(feed.url).hostname or ""):
        words = words.replace(own, "") if own else words
    return " ".join(words.split()).rstrip(" .")


def row(
    group: Sequence[FeedHealth], names: Mapping[int, str], state: str, channel: Channel
) -> tuple[str, ...]:
    """Return the row of a source, or of several together, in the table of sources."""
    if len(group) == 1:
        one = group[0]
        return f"s{one.number}", names[one.number], state, str(one.entries), said(group, channel)
    ids = ", ".join(f"s{one.number}" for one in group[:NAMED])
    called = ", ".join(names[one.number] for one in group[:NAMED])
    entries = str(sum(one.entries for one in group))
    return f"{ids} …", f"{len(group)} sources: {called} …", state, entries, said(group, channel)


def trouble(group: Sequence[FeedHealth], channel: Channel) -> str:
    """Return in a line what is wrong with a source, or with several together."""
    how = "gone for good" if group[0].gone else "failing"
    if len(group) == 1:
        return f"s{group[0].number} {group[0].name} is {how}: {said(group, channel)}"
    names = ", ".join(one.name for one in group[:NAMED])
    return f"{len(group)} sources are {how}, such as {names}: {said(group, channel)}"


def said(group: Sequence[FeedHealth], channel: Channel) -> str:
    """Return why sources fail and since when, or when one was last heard of."""
    zone = ZoneInfo(channel.timezone)
    first = group[0]
    if first.state not in FAILING:
        return moment(first.ok_at, zone, "en") if first.ok_at else "not asked yet"
    begun = min((one.failing_since for one in group if one.failing_since), default=None)
    since = f" since {moment(begun, zone, 'en')}" if begun else ""
    if len(group) == 1:
        return f"{shorten(first.last_error).rstrip('.')}{since}"
    why = shorten(reason(first))
    return (
        f"{why}; is this machine online?{since and f' It is so{since}'}"
        if why == _NO_HOST
        else f"{why}{since}"
    )
