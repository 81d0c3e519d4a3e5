"""Say in the log of the feeds that failed together: a line a reason, with how many and a few names. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.store.rows_feeds import Polled
    from watchers.types import Feed

NAMED: Final = 3
_ADDRESS: Final = re.compile(r"https?://\S+?:?(?=\s|\Z)")


def told(failed: Iterable[tuple[Feed, Polled]]) -> list[tuple[str, bool]]:
    """Return a line for each reason, and whether a feed is among those that had not failed before."""
    groups: dict[tuple[str, str], list[tuple[Feed, Polled]]] = {}
    for feed, polled in failed:
        groups.setdefault((polled.fault, _reason(feed, polled.error)), []).append((feed, polled))
    return [
        (_line(reason, group), any(feed.failures == 0 for feed, _ in group))
        for (_, reason), group in groups.items()
    ]


def _line(reason: str, group: Sequence[tuple[Feed, Polled]]) -> str:
    if len(group) == 1:
        return f"Feed failed: {group[0][1].error}"
    names = ", ".join(" ".join(feed.name.split()) or feed.url for feed, _ in group[:NAMED])
    more = f" and {len(group) - NAMED} more" if len(group) > NAMED else ""
    return f"{len(group)} feeds failed, {reason}: {names}{more}"


def _reason(feed: Feed, error: str) -> str:
    """Return an error in words that hold of other feeds too: without addresses and the feed's host."""
    words = _ADDRESS.sub("", error)
    try:
        host = urlsplit(feed.url).hostname
    except ValueError:  # an address that is none, such as "http://[127.0.0.1]": the error says so
        host = None
    words = words.replace(host, "") if host else words
    return " ".join(words.split()).rstrip(" .")
