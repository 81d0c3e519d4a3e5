"""Read sitemaps, which sites without a feed keep for search engines: news sitemaps and plain ones."""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from watchers.errors import ParseError
from watchers.feeds.addresses import unfit, url_of
from watchers.feeds.dates import read_date
from watchers.feeds.items import MAX_ENTRIES
from watchers.feeds.links import host_of
from watchers.feeds.raw import RawDocument, RawItem
from watchers.feeds.tags import elements

if TYPE_CHECKING:
    from watchers.types import Fetched

_MOST_PLACES: Final = 50_000  # addresses of one sitemap, as sitemaps.org has it; more are not looked at
# The newest are read, and more than are kept: some may turn out to be the same article.
_MOST_READ: Final = 2 * MAX_ENTRIES
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/"  # its version stands behind, 0.9 at present
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_FILE: Final = re.compile(r"\.[A-Za-z]{2,5}$")
_NO_WORD: Final = re.compile(r"[\W\d_]+")
_FEWEST_WORDS: Final = 3  # an address whose last part has fewer names a section, not an article
_MAX_ADDRESS: Final = 2_000


@dataclass(slots=True)
class _Place:
    """One address of a sitemap while it is read; `fields` by name, news's own with `news:` before it."""

    fields: dict[str, str] = field(default_factory=dict)

    def date(self) -> datetime:
        return read_date(self.fields.get("news:publication_date") or self.fields.get("lastmod", "")) or _NEVER


def read_sitemap(text: str, fetched: Fetched) -> RawDocument:
    """Return the articles of a sitemap, the newest first. Raises ParseError with advice if it is none.

    An address without a news title is named after its own last words. A sitemap index is not followed: the
    error names its newest part.
    """
    url = fetched.url
    root, found = _read(text)
    if root == "sitemapindex":
        raise ParseError(_index_advice(found, url), url=url)
    if root != "urlset":
        raise ParseError(
            f"{url} is no sitemap: those begin with urlset. A site's robots.txt names its sitemaps.", url=url
        )
    newest = heapq.nlargest(_MOST_READ, enumerate(found), key=lambda at: (at[1].date(), -at[0]))
    items = tuple(item for item in (_item(place) for _, place in newest) if item is not None)
    if found and not items:
        raise ParseError(
            f"{url} names {len(found)} addresses but no article: none has a news title or words at its end. "
            "Look in the site's robots.txt for its news sitemap.",
            url=url,
        )
    name = next((p.fields["news:name"] for p in found if p.fields.get("news:name")), "") or host_of(url)
    return RawDocument(title=name, lang="", base=url, items=items, beyond=max(0, len(found) - _MOST_READ))


def _read(text: str) -> tuple[str, list[_Place]]:
    """Return a sitemap's root and its places. Only its own elements and news's are read, not images'."""
    root, own, news = "", "", "news"
    found: list[_Place] = []
    place: _Place | None = None
    for element in elements(text):
        news = next(
            (
                name.removeprefix("xmlns:")
                for name, value in element.attributes.items()
                if name.startswith("xmlns:") and value.startswith(_NEWS)
            ),
            news,
        )
        if not root:
            root, own = element.name, element.prefix
        elif element.name in {"url", "sitemap"} and element.prefix == own:
            if len(found) == _MOST_PLACES:
                break
            place = _Place() if element.kind == "open" else None
            if place is not None:
                found.append(place)
        elif place is not None and element.kind == "open":
            is_news = element.prefix.lower() == news
            if is_news or element.prefix == own:
                name = f"news:{element.name}" if is_news else element.name
                place.fields.setdefault(name, element.text.strip())
    return root, found


def _item(place: _Place) -> RawItem | None:
    """Return one address as an item, None if it cannot be opened or nothing says what it is about."""
    fields = place.fields
    link = fields.get("loc", "")
    title = fields.get("news:title", "")
    named = title or words_of(link)
    if not named or not _may_be_opened(link):
        return None
    dates = (fields.get("news:publication_date", ""), fields.get("lastmod", ""))
    return RawItem(
        link=link,
        title=named,
        title_is_text=not title,
        published=tuple(date for date in dates if date),
        stamped=not dates[0],
        outlet=fields.get("news:name", ""),
        lang=fields.get("news:language", ""),
    )


def words_of(link: str) -> str:
    """Return the words at the end of an address as a title: "/2025/frigate-sails-north-123.html" has three.

    Empty if they are too few for an article.
    """
    try:
        path = urlsplit(link[:_MAX_ADDRESS]).path
    except ValueError:
        return ""
    last = _FILE.sub("", unquote(path.rstrip("/").rpartition("/")[2]))
    words = [word for word in _NO_WORD.split(last) if word]
    if len(words) < _FEWEST_WORDS:
        return ""
    title = " ".join(words)
    return title[0].upper() + title[1:]


def _index_advice(found: list[_Place], url: str) -> str:
    """Say which part of a sitemap index to take: the newest, of equally new ones the one for news."""
    parts = [place for place in found if _may_be_opened(place.fields.get("loc", ""))]
    if not parts:
        return f"{url} lists other sitemaps but names none that can be opened."
    newest = max(parts, key=lambda part: (part.date(), "news" in part.fields["loc"].lower()))
    return f"{url} lists other sitemaps, which are not followed. Take its newest: {newest.fields['loc']}"


def _may_be_opened(link: str) -> bool:
    try:
        return bool(link) and len(link) <= _MAX_ADDRESS and not unfit(url_of(link))
    except ValueError:
        return False
