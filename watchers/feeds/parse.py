"""Turn a fetched document into entries. The only file that knows feedparser, which is never given a link."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import feedparser

from watchers.errors import ParseError
from watchers.feeds.decode import text_of
from watchers.feeds.entries import MAX_ENTRIES, entries_of
from watchers.feeds.jsonfeed import is_json, read_json
from watchers.feeds.raw import RawDocument, RawItem
from watchers.feeds.sniff import is_page
from watchers.types import Parsed

if TYPE_CHECKING:
    from watchers.types import Entry, Fetched

_ITEM = re.compile(r"<(?:[A-Za-z][\w.\-]{0,20}:)?(?:item|entry)[\s>]")
_CLOSING = re.compile(r"</(?:[A-Za-z][\w.\-]{0,20}:)?(?:item|entry)\s{0,9}>")
# XML allows none of these; with them one letter would cost the whole document its strict reading.
_ILLEGAL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_RSS_LINK = re.compile(r"<link>\s{0,99}(?:<!\[CDATA\[)?\s{0,99}(https?://[^<\s\]]{1,2000})", re.IGNORECASE)
_SELF_LINK = re.compile(r"<(?:[A-Za-z]{1,20}:)?link\s[^>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"""href\s{0,9}=\s{0,9}["']\s{0,9}(https?://[^"'\s]{1,2000})""", re.IGNORECASE)
_SELF = re.compile(r"""rel\s{0,9}=\s{0,9}["']self["']""", re.IGNORECASE)
_HEAD = (
    100_000  # code points before the first item, and after the last, in which the site's link is looked for
)
_DATES = ("published", "created", "updated")
_HTML = ("text/html", "application/xhtml+xml")


def parse_document(fetched: Fetched) -> Parsed:
    """Return what a document holds, its entries in its order; raises ParseError if it is not a feed.

    Ill-formed XML is read as far as it goes. Pure, but slow on hostile input: run it in a worker.
    """
    document = _document(fetched)
    return Parsed(entries=entries_of(document, fetched), title=document.title)


def parse(fetched: Fetched) -> tuple[Entry, ...]:
    """Return a document's entries alone, as `parse_document` does."""
    return parse_document(fetched).entries


def _document(fetched: Fetched) -> RawDocument:
    url = fetched.url
    if is_page(fetched.body):
        raise ParseError(f"{url} is a web page, not a feed.", url=url)
    text = text_of(fetched.body, fetched.content_type, url=url)
    if is_json(text):
        return read_json(text, url=url)
    text = _trimmed(_ILLEGAL.sub(" ", text))
    base = _base(text) or url
    result = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": base},
        sanitize_html=False,  # all becomes plain text, which is cheaper and leaves nothing active
        resolve_relative_uris=False,
    )
    version = str(result.get("version", ""))
    if not version and not result.entries:
        raise ParseError(f"{url} is neither RSS, Atom, RDF nor JSON Feed.", url=url)
    return RawDocument(
        title=_member(result.feed, "title"),
        lang=_member(result.feed, "language"),
        base=base,
        items=tuple(_item(entry, atom=version.startswith("atom")) for entry in result.entries),
    )


def _base(text: str) -> str:
    """Return what the document itself says its relative links are relative to, empty if it does not.

    Feeds are often served from another host than their site's, so the channel's link (RSS) or the feed's own
    (Atom) goes before the address it was fetched from; xml:base goes before both.
    """
    first = _ITEM.search(text)
    head = text[: min(first.start() if first else _HEAD, _HEAD)]
    around = head + text[max(text.rfind("</item>"), len(text) - _HEAD) :] if first else head
    site = _RSS_LINK.search(around)
    if site:
        return site[1].replace("&amp;", "&")
    tags = [found[0] for found in _SELF_LINK.finditer(head)]
    own = next((found for tag in tags if _SELF.search(tag) and (found := _HREF.search(tag))), None)
    return own[1].replace("&amp;", "&") if own else ""


def _trimmed(text: str) -> str:
    """Leave out the middle of a document with far more items than are kept: reading them took a minute.

    Feeds run from newest to oldest or the other way, so both ends are kept.
    """
    starts = [found.start() for found in _ITEM.finditer(text)]
    if len(starts) <= 2 * MAX_ENTRIES:
        return text
    head = text[: starts[MAX_ENTRIES]]
    closed = [found.end() for found in _CLOSING.finditer(head)]
    return (head[: closed[-1]] if closed else head) + text[starts[-MAX_ENTRIES] :]


def _item(entry: dict[str, object], *, atom: bool) -> RawItem:
    summary, body = _member(entry, "summary"), _content(entry)
    if body == summary and "summary_detail" not in entry:
        summary = ""  # feedparser repeats the content there
    return RawItem(
        guid=_member(entry, "id"),
        link=_member(entry, "feedburner_origlink") or _member(entry, "link"),
        title=_member(entry, "title"),
        title_is_text=atom and _is_text(entry),
        summary=summary,
        body=body,
        published=tuple(date for date in (_member(entry, name) for name in _DATES) if date),
        outlet=_outlet(entry),
    )


def _content(entry: dict[str, object]) -> str:
    """Return the longest readable content; feeds may give several, media players' among them."""
    contents = entry.get("content")
    if not isinstance(contents, list):
        return ""
    texts = [
        _member(content, "value")
        for content in contents
        if isinstance(content, dict) and str(content.get("type", "")) in (*_HTML, "text/plain")
    ]
    return max(texts, key=len, default="")


def _is_text(entry: dict[str, object]) -> bool:
    """Tell whether a title is declared as text; only Atom declares that, RSS titles may hold markup."""
    detail = entry.get("title_detail")
    return isinstance(detail, dict) and detail.get("type") == "text/plain"


def _outlet(entry: dict[str, object]) -> str:
    source = entry.get("source")
    named = _member(source, "title") if isinstance(source, dict) else ""
    return named or _member(entry, "news_source")


def _member(thing: dict[str, object], name: str) -> str:
    """Return a text as stored: feedparser's own look-up passes one date off as another and warns of it."""
    value = dict.get(thing, name)
    return value if isinstance(value, str) else ""
