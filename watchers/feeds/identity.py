"""Decide which item is which: keys that outlive a poll, and who really published a news-search item."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from watchers.feeds.links import canonical, host_of, is_page
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_URI = re.compile(r"(?:tag|urn):[^\s:]{1,200}:\S", re.IGNORECASE)
_NEWS_SEARCH = re.compile(r"news\.google\.[a-z.]{2,6}|(?:www\.)?bing\.com")
_SUFFIX = re.compile(r"\s[-–—|]\s(?=\S)")
_DASHES = (" - ", " – ", " — ", " | ")
_MAX_OUTLET = 60  # characters; the longest outlet's name in 246 Google News items seen has 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What an item can be known by. `link` is canonical, `date` as the feed wrote it."""

    guid: str
    link: str
    title: str
    outlet: str
    date: str
    searched: bool  # it comes from a news search, whose links and guids are its own


def is_searched(link: str) -> bool:
    """Tell whether a link is a news search's own redirect and not the article's address."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    host = parts.hostname or ""
    if not _NEWS_SEARCH.fullmatch(host):
        return False
    return host.startswith("news.google.") or parts.path.startswith("/news")


def split_outlet(title: str, source: str = "") -> tuple[str, str]:
    """Return a news-search title without the outlet's name behind it, and that name.

    `source` is the outlet as the feed names it, if it does. Without it the last part after a dash is taken.
    """
    outlet = source.strip()
    if outlet:
        for name in (outlet, outlet.removeprefix("www.")):
            for dash in _DASHES:
                if title.casefold().endswith((dash + name).casefold()) and len(title) > len(dash + name):
                    return title[: -len(dash + name)].strip(), outlet
        return title, outlet
    cuts = [found for found in _SUFFIX.finditer(title) if found.start() > 0]
    if not cuts or len(title) - cuts[-1].end() > _MAX_OUTLET:
        return title, ""
    head, outlet = title[: cuts[-1].start()].strip(), title[cuts[-1].end() :].strip()
    for dash in _DASHES:  # some outlets write their own name there too
        head = head.removesuffix(dash + outlet).strip() or head
    return head, outlet


def shared_links(items: Iterable[Marks]) -> frozenset[str]:
    """Return the links that go with several titles of one document: they name none of those articles."""
    return _ambiguous((item.link, fold(item.title)) for item in items if item.link)


def keys(items: Sequence[Marks], *, feed_url: str, shared: frozenset[str]) -> tuple[str, ...]:
    """Return each item's key, 16 hex digits; items that are the same one get the same key.

    The key comes from the guid where it can be trusted, else from the link, else from title and date. A guid
    that stands for several items of the document is not trusted, nor a link that they share. A guid that is
    not unique in the world counts together with the site it links to, so that two feeds of one site share
    their items.
    """
    guids = _ambiguous((item.guid, item.link or item.title) for item in items if item.guid)
    return tuple(_digest(_name(item, guids, shared, feed_url)) for item in items)


def _ambiguous(pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the marks that go with more than one other."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for mark, other in pairs:
        seen[mark].add(other)
    return frozenset(mark for mark, others in seen.items() if len(others) > 1)


def _name(item: Marks, guids: frozenset[str], shared: frozenset[str], feed_url: str) -> tuple[str, ...]:
    if item.searched:
        return "search", fold(item.outlet), fold(item.title)
    if item.guid and item.guid not in guids:
        link = canonical(item.guid)
        if link and is_page(link):
            return "link", _comparable(link)
        if _URI.match(item.guid):
            return "uri", item.guid
        if not link:
            return "guid", host_of(item.link) or host_of(feed_url), item.guid
    if item.link and item.link not in shared and is_page(item.link):
        return "link", _comparable(item.link)
    return "title", host_of(item.link) or host_of(feed_url), fold(item.title), item.date


def _comparable(link: str) -> str:
    """Write a canonical link so that the spellings which servers treat as one are one.

    Parameters of different names may stand in any order; those of one name are a list and keep theirs.
    """
    parts = urlsplit(link)
    host = parts.netloc.removeprefix("www.")
    query = "&".join(sorted(parts.query.split("&"), key=lambda piece: piece.partition("=")[0]))
    return f"{host}{unquote(parts.path).rstrip('/')}?{query}"


def _digest(parts: tuple[str, ...]) -> str:
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
