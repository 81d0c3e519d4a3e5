"""Turn a fetched document into entries. The only file that knows feedparser, which is never given a link."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import feedparser

from watchers.errors import ParseError
from watchers.feeds.asked import asked_of_document
from watchers.feeds.decode import text_of
from watchers.feeds.entries import entries_of
from watchers.feeds.items import first_item, hash_of, thinned, without_middle, written_items
from watchers.feeds.jsonfeed import is_json, read_json
from watchers.feeds.listpage import read_list
from watchers.feeds.raw import RawDocument, RawItem
from watchers.feeds.sitemap import read_sitemap
from watchers.feeds.sniff import is_page

if TYPE_CHECKING:
    from watchers.types import Entry, Fetched, Parsed

# XML allows none of these; with them one letter would cost the whole document its strict reading.
_ILLEGAL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]+|[0-9]+)")
_MOST_DIGITS = 8  # of a character's number; more are none, and long numbers take long to read
_RSS_LINK = re.compile(r"<link>\s{0,99}(?:<!\[CDATA\[)?\s{0,99}(https?://[^<\s\]]{1,2000})", re.IGNORECASE)
_SELF_LINK = re.compile(r"<(?:[A-Za-z]{1,20}:)?link\s[^>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"""href\s{0,9}=\s{0,9}["']\s{0,9}(https?://[^"'\s]{1,2000})""", re.IGNORECASE)
_SELF = re.compile(r"""rel\s{0,9}=\s{0,9}["']self["']""", re.IGNORECASE)
_LOCATES = re.compile(r"[/?.]")  # what a guid holds if it is a link
_SAYS = re.compile(r"[^<&\w]{0,99}\w")  # what a title begins like that is surely not empty as plain text
# Code points before the first item, and after the last, in which the site's link is looked for.
_HEAD = 100_000
_DATES = ("published", "created", "updated")
_HTML = ("text/html", "application/xhtml+xml")


def parse_document(fetched: Fetched) -> Parsed:
    """Return what a document holds, its entries in its order; raises ParseError if it is not a feed.

    Items whose hash is in `fetched.known` give no entry and are not read further than their marks; the others
    get the keys they would get without that. Ill-formed XML is read as far as it goes. Pure, but slow on
    hostile input: run it in a worker.
    """
    return entries_of(_document(fetched), fetched)


def parse(fetched: Fetched) -> tuple[Entry, ...]:
    """Return a document's entries alone, as `parse_document` does."""
    return parse_document(fetched).entries


def _document(fetched: Fetched) -> RawDocument:
    url = fetched.url
    if fetched.feed.kind == "page":
        return read_list(fetched.body, fetched)
    if is_page(fetched.body):
        raise ParseError(f"{url} is a web page, not a feed.", url=url)
    text = text_of(fetched.body, fetched.content_type, url=url)
    if fetched.feed.kind == "sitemap":
        return read_sitemap(text, fetched)
    if is_json(text):
        return read_json(text, url=url)
    text, beyond = without_middle(_legal(text), most=fetched.most)
    head, around = _around(text)
    document = _read(text.encode("utf-8", "replace"), fetched)
    return replace(document, base=_base(head, around) or url, beyond=beyond, wishes=asked_of_document(around))


def _legal(text: str) -> str:
    """Return the text without characters that XML forbids, as they are or by number."""
    return _REFERENCE.sub(_referred, _ILLEGAL.sub(" ", text))


def _referred(found: re.Match[str]) -> str:
    """Return a reference as it is, or a blank for a character that cannot be: feedparser fails on those."""
    digits = found[1].lstrip("xX").lstrip("0")
    if len(digits) > _MOST_DIGITS:
        return "&#32"
    number = int(digits or "0", 16 if found[1][0] in "xX" else 10)
    legal = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return found[0] if legal or 0x10000 <= number <= 0x10FFFF else "&#32"


def _read(data: bytes, fetched: Fetched) -> RawDocument:
    """Read a UTF-8 document; the items of a well-formed one carry the hash of their bytes."""
    written = written_items(data)
    if written is None:
        return _parsed(data, fetched.url)
    digests = [hash_of(data[item.start : item.end]) for item in written]
    known = [digest in fetched.known for digest in digests]
    document = _parsed(thinned(data, written, known), fetched.url)
    if len(document.items) != len(digests):  # an item inside another, or elements that only look like items
        return _parsed(data, fetched.url)
    if not all(
        _SAYS.match(item.title) for item, is_known in zip(document.items, known, strict=True) if is_known
    ):
        # A title may be there and say nothing; such an item is known by its text.
        document = _parsed(data, fetched.url)
    items = zip(document.items, digests, strict=True)
    return replace(document, items=tuple(replace(item, digest=digest) for item, digest in items))


def _parsed(data: bytes, url: str) -> RawDocument:
    """Return what feedparser makes of a UTF-8 document; raises ParseError if that is nothing.

    It is not told where the document comes from: it would resolve the base against that at every tag, two
    fifths of its time, and links are made absolute afterwards anyway.
    """
    try:
        result = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,  # all becomes plain text, which is cheaper and leaves nothing active
            resolve_relative_uris=False,
        )
    except Exception as error:  # input is hostile, and feedparser promises nothing about what it raises
        raise ParseError(f"{url} broke the parser ({type(error).__name__}).", url=url) from error
    version = str(result.get("version", ""))
    if not version and not result.entries:
        raise ParseError(f"{url} is neither RSS, Atom, RDF nor JSON Feed.", url=url)
    return RawDocument(
        title=_member(result.feed, "title"),
        lang=_member(result.feed, "language"),
        base=url,
        items=tuple(_item(entry, atom=version.startswith("atom")) for entry in result.entries),
    )


def _around(text: str) -> tuple[str, str]:
    """Return what stands before the first item, and that with what stands after the last."""
    first = first_item(text)
    head = text[: min(first, _HEAD)]
    return head, head + text[max(text.rfind("</item>"), len(text) - _HEAD) :] if first < len(text) else head


def _base(head: str, around: str) -> str:
    """Return what the document itself says its relative links are relative to, empty if it does not.

    Feeds are often served from another host than their site's, so the channel's link (RSS) or the feed's own
    (Atom) goes before the address it was fetched from; xml:base goes before both.
    """
    site = _RSS_LINK.search(around)
    if site:
        return site[1].replace("&amp;", "&")
    tags = [found[0] for found in _SELF_LINK.finditer(head)]
    own = next((found for tag in tags if _SELF.search(tag) and (found := _HREF.search(tag))), None)
    return own[1].replace("&amp;", "&") if own else ""


def _item(entry: dict[str, object], *, atom: bool) -> RawItem:
    summary, body = _member(entry, "summary"), _content(entry)
    if body == summary and "summary_detail" not in entry:
        summary = ""  # feedparser repeats the content there
    guid, link = _member(entry, "id"), _member(entry, "link")
    permanent: object = dict.get(entry, "guidislink")
    if permanent and link == guid and not _LOCATES.search(guid):
        link = ""  # a mere number that nobody declared to be no permanent link
    return RawItem(
        guid=guid,
        link=_member(entry, "feedburner_origlink") or link,
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
