"""Make entries of raw items: plain text, canonical links, UTC dates, keys, each article once."""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from watchers.feeds.dates import minutes_ahead, read_date
from watchers.feeds.identity import Marks, is_searched, keys, shared_links, split_outlet
from watchers.feeds.items import hash_of
from watchers.feeds.links import canonical
from watchers.languages import detect
from watchers.text import fold, plain_text, tidy
from watchers.types import Entry, Parsed

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.feeds.raw import RawDocument, RawItem
    from watchers.types import Fetched

# Code points kept: far beyond any headline, lead and article, so that one item cannot fill the database.
MAX_TITLE, MAX_SUMMARY, MAX_BODY = 1000, 20_000, 200_000
_MARKUP_PER_TEXT = 4  # markup read for each code point of text kept
_STILL_MARKED = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
# What a title that is declared as plain text holds only because it was escaped once too often.
_INLINE = re.compile(
    r"</?(?:a|b|br|code|del|div|em|font|h[1-6]|i|img|ins|li|p|q|s|small|span|strong|sub|sup|tt|u|ul)(?:\s[^<>]{0,500})?/?>|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
)
_BARE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An item told apart from the others, its texts not read yet."""

    key: str
    marks: Marks
    title: str  # its own, empty where the marks' title is its text's first line
    raw: RawItem
    known: bool


def entries_of(document: RawDocument, fetched: Fetched) -> Parsed:
    """Return a document's entries in its order, each article once, without those that were known.

    Of an item that stands twice in the document the first is taken, of all the newest `fetched.most`. Items
    that say nothing are left out. Where older ones are beyond those, an item that is only dated by its last
    change may be one of them and no news.
    """
    digests = [_digest(raw) if raw.digest is None else raw.digest for raw in document.items]
    told, shared = _told(document, fetched, digests)
    beyond = document.beyond + max(0, len(told) - fetched.most)
    if len(told) > fetched.most:
        newest = heapq.nlargest(fetched.most, enumerate(told), key=lambda at: (_when(at[1], fetched), -at[0]))
        told = [item for _, item in sorted(newest, key=lambda at: at[0])]
    title = _title_text(document.title)
    return Parsed(
        entries=tuple(
            _entry(item, document, fetched, title, archive=beyond > 0 and item.raw.stamped)
            for item in told
            if not item.known
        ),
        title=title,
        wishes=document.wishes,
        beyond=beyond,
        hashes=frozenset(digests),
        shared=shared,
    )


def _told(document: RawDocument, fetched: Fetched, digests: list[int]) -> tuple[list[_Told], frozenset[str]]:
    """Return the items that are different articles, and the links that several of them share.

    Ids and links are judged over the whole document, items that were known among them.
    """
    items = [
        (raw, *read, digest in fetched.known)
        for raw, digest in zip(document.items, digests, strict=True)
        if (read := _marks(raw, document, fetched)) is not None
    ]
    found: dict[str, _Told] = {}
    seen: set[tuple[str, str]] = set()
    marked = [marks for _, marks, _, _ in items]
    shared = shared_links(marked)
    names = keys(marked, feed_url=fetched.feed.url, shared=shared)
    for key, (raw, marks, title, known) in zip(names, items, strict=True):
        same = (marks.link, fold(marks.title))
        if key in found or (marks.link and same in seen):
            continue
        seen.add(same)
        found[key] = _Told(key=key, marks=marks, title=title, raw=raw, known=known)
    return list(found.values()), shared


def _marks(raw: RawItem, document: RawDocument, fetched: Fetched) -> tuple[Marks, str] | None:
    """Return what an item is known by, and its own title; None if it says nothing."""
    title, outlet = _title(raw), _title_text(raw.outlet)
    link = canonical(raw.link, document.base or fetched.url)
    searched = is_searched(link)
    if searched:
        title, outlet = split_outlet(title, outlet)
    # Feeds of short notes have no titles; their first line is what people would call it.
    called = title or next(filter(None, _texts(raw, "", outlet)), "").partition("\n")[0][:120]
    if not called:
        return None
    marks = Marks(
        guid=raw.guid.strip()[:2000],
        link=link,
        title=called,
        outlet=outlet,
        date=next(iter(raw.published), ""),
        searched=searched,
    )
    return marks, title


def _texts(raw: RawItem, title: str, outlet: str) -> tuple[str, str]:
    """Return summary and body as plain text, empty where they only repeat the title or each other."""
    summary, body = _text(raw.summary, MAX_SUMMARY), _text(raw.body, MAX_BODY)
    if _repeats(summary, title, outlet):
        summary = ""
    if _repeats(body, title, outlet) or body == summary:
        body = ""
    return summary, body


def _entry(item: _Told, document: RawDocument, fetched: Fetched, title: str, *, archive: bool) -> Entry:
    marks, raw = item.marks, item.raw
    summary, body = _texts(raw, item.title, marks.outlet)
    words = f"{marks.title}\n{summary or body[:600]}"
    published = _published(raw)
    return Entry(
        key=item.key,
        feed=fetched.feed.number,
        guid=marks.guid,
        link=marks.link,
        title=marks.title,
        summary=summary,
        body=body,
        lang=detect(words, hint=raw.lang or document.lang or fetched.feed.lang),
        outlet=marks.outlet or fetched.feed.name or title,
        published=published.astimezone(UTC) if published else None,
        offset=minutes_ahead(published) if published else 0,
        seen=fetched.at,
        archive=archive,
    )


def _published(raw: RawItem) -> datetime | None:
    """Return when an item says it was published, by its outlet's own clock."""
    return next((date for date in map(read_date, raw.published) if date), None)


def _when(item: _Told, fetched: Fetched) -> datetime:
    """Return what an item is sorted by: never later than now, which is also when an undated one came."""
    return min(_published(item.raw) or fetched.at, fetched.at)


def _digest(raw: RawItem) -> int:
    """Return the 64-bit hash of what an item says, for documents whose bytes could not be taken apart."""
    said = (raw.guid, raw.link, raw.title, raw.summary, raw.body, *raw.published, raw.outlet, raw.lang)
    return hash_of("\x1f".join(said).encode("utf-8", "replace"))


def _title(raw: RawItem) -> str:
    if raw.title_is_text and not _INLINE.search(raw.title[:MAX_TITLE]):
        return tidy(raw.title[: MAX_TITLE * _MARKUP_PER_TEXT]).replace("\n", " ")[:MAX_TITLE].strip()
    return _title_text(raw.title)


def _title_text(markup: str) -> str:
    """Return a title's text on one line; markup that was escaped twice is decoded twice."""
    if not markup:
        return ""
    text = plain_text(markup[: MAX_TITLE * _MARKUP_PER_TEXT])
    if _INLINE.search(text):  # other tags were meant to be read: "The <tank> element"
        text = plain_text(text)
    return text.replace("\n", " ")[:MAX_TITLE].strip()


def _text(markup: str, most: int) -> str:
    text = plain_text(markup[: most * _MARKUP_PER_TEXT])
    if markup.count("&amp;") and _STILL_MARKED.search(text):
        text = plain_text(text)
    return text[:most]


def _repeats(text: str, title: str, outlet: str) -> bool:
    """Tell whether a text says nothing beyond the headline and the outlet's name."""
    if not text or len(text) > 2 * (len(title) + len(outlet)) + 20:
        return False
    name, headline = (_BARE.sub("", part).casefold() for part in (outlet, title))
    bare = _BARE.sub("", text).casefold()
    while name and bare != headline and bare.endswith(name):  # news searches write it once or twice
        bare = bare.removesuffix(name)
    return bare == headline
