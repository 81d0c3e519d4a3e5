"""Read what a page says about itself: titles, language, date, and what keeps programs out of it. Pure.

Runs in the worker that extracts: selectolax is quick and takes any nesting, but pages are hostile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from watchers.feeds.dates import read_date
from watchers.pages.optouts import WALL, closed_by_metas, is_no, walled

if TYPE_CHECKING:
    from datetime import datetime

    from selectolax.lexbor import LexborNode

MOST_METAS: Final = 500  # elements looked at; the busiest head seen has 120
MOST_LINKED: Final = 20  # blocks of JSON-LD
LARGEST_LINKED: Final = 200_000  # characters of one block
MAX_TITLE: Final = 1000  # as an entry's
_DATED: Final = ("article:published_time", "datepublished", "date", "dc.date.issued", "pubdate")
_LINKED_DATE: Final = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{8,40})"')
_LANG: Final = re.compile(r"[A-Za-z]{2}(?![A-Za-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`closed` is why its text is not for us, empty if it is. `published` is None without a usable date.

    A mere day says too little to be one.
    """

    title: str
    headline: str
    lang: str
    published: datetime | None
    closed: str


def read_head(markup: str) -> Head:
    """Return what a page says about itself."""
    tree = LexborHTMLParser(markup)
    metas = [
        ((node.attributes.get("property") or node.attributes.get("name") or "").strip().lower(), content)
        for node in tree.css("meta")[:MOST_METAS]
        if (content := node.attributes.get("content") or "")
    ]
    linked = [
        text
        for node in tree.css('script[type="application/ld+json"]')[:MOST_LINKED]
        if len(text := node.text(deep=True)) <= LARGEST_LINKED
    ]
    free = [node.attributes.get("content") or "" for node in tree.css("[itemprop=isAccessibleForFree]")[:20]]
    closed = closed_by_metas(metas) or (WALL if walled(linked) or any(map(is_no, free)) else "")
    named = dict(reversed(metas))
    root = tree.css_first("html")
    lang = _LANG.match((root.attributes.get("lang") or "") if root is not None else "")
    dates = [named[name] for name in _DATED if name in named]
    dates += [found[1] for text in linked if (found := _LINKED_DATE.search(text))]
    return Head(
        title=_told(tree.css_first("title")),
        headline=(named.get("og:title") or _told(tree.css_first("h1")))[:MAX_TITLE],
        lang=lang[0].lower() if lang else "",
        published=next((moment for text in dates if (moment := read_date(text, timed=True))), None),
        closed=closed,
    )


def _told(node: LexborNode | None) -> str:
    return " ".join(node.text(deep=True)[: MAX_TITLE * 4].split())[:MAX_TITLE] if node is not None else ""
