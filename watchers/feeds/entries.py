"""Make entries of raw items: plain text, canonical links, UTC dates, keys, each article once."""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchers.feeds.dates import read_date
from watchers.feeds.identity import Marks, is_searched, keys, split_outlet
from watchers.feeds.links import canonical
from watchers.languages import detect
from watchers.text import fold, plain_text, tidy
from watchers.types import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.feeds.raw import RawDocument, RawItem
    from watchers.types import Fetched

MAX_ENTRIES = 2000  # the newest ones of a document
# Code points kept: far beyond any headline, lead and article, so that one item cannot fill the database.
MAX_TITLE, MAX_SUMMARY, MAX_BODY = 1000, 20_000, 200_000
_MARKUP_PER_TEXT = 4  # markup read for each code point of text kept
_STILL_MARKED = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
# What a title that is declared as plain text holds only because it was escaped once too often.
_INLINE = re.compile(
    r"</?(?:a|b|br|em|font|i|p|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?/?>|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
)
_BARE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An item in plain words, not yet told apart from the others."""

    marks: Marks
    summary: str
    body: str
    outlet: str
    lang: str
    published: datetime | None


def entries_of(document: RawDocument, fetched: Fetched) -> tuple[Entry, ...]:
    """Return the entries of a document in its order, each article once, the newest MAX_ENTRIES of them.

    Of an item that stands twice in the document the first is taken. Items that say nothing are left out.
    """
    items = [read for read in (_read(raw, document, fetched) for raw in document.items) if read is not None]
    found: dict[str, Entry] = {}
    told: set[tuple[str, str]] = set()
    for key, item in zip(keys([item.marks for item in items], feed_url=fetched.feed.url), items, strict=True):
        same = (item.marks.link, fold(item.marks.title))
        if key in found or (item.marks.link and same in told):
            continue
        told.add(same)
        found[key] = _entry(key, item, fetched)
    if len(found) <= MAX_ENTRIES:
        return tuple(found.values())
    newest = heapq.nlargest(MAX_ENTRIES, enumerate(found.values()), key=lambda at: (at[1].when, -at[0]))
    return tuple(entry for _, entry in sorted(newest, key=lambda at: at[0]))


def _read(raw: RawItem, document: RawDocument, fetched: Fetched) -> _Read | None:
    title = _title(raw)
    summary, body = _text(raw.summary, MAX_SUMMARY), _text(raw.body, MAX_BODY)
    link = canonical(raw.link, document.base or fetched.url)
    outlet = _title_text(raw.outlet)
    searched = is_searched(link)
    if searched:
        title, outlet = split_outlet(title, outlet)
    if _repeats(summary, title, outlet):
        summary = ""
    if _repeats(body, title, outlet) or body == summary:
        body = ""
    if not title:
        # feeds of short notes have none; their first line is what people would call it
        title = (summary or body).partition("\n")[0][:120]
    if not title:
        return None
    name = fetched.feed.name or _title_text(document.title)
    return _Read(
        marks=Marks(
            guid=raw.guid.strip()[:2000],
            link=link,
            title=title,
            outlet=outlet,
            date=next(iter(raw.published), ""),
            searched=searched,
        ),
        summary=summary,
        body=body,
        outlet=outlet or name,
        lang=raw.lang or document.lang or fetched.feed.lang,
        published=next((date for date in map(read_date, raw.published) if date), None),
    )


def _entry(key: str, item: _Read, fetched: Fetched) -> Entry:
    words = f"{item.marks.title}\n{item.summary or item.body[:600]}"
    return Entry(
        key=key,
        feed=fetched.feed.number,
        guid=item.marks.guid,
        link=item.marks.link,
        title=item.marks.title,
        summary=item.summary,
        body=item.body,
        lang=detect(words, hint=item.lang),
        outlet=item.outlet,
        published=item.published,
        seen=fetched.at,
    )


def _title(raw: RawItem) -> str:
    if raw.title_is_text and not _INLINE.search(raw.title[:MAX_TITLE]):
        return tidy(raw.title[: MAX_TITLE * _MARKUP_PER_TEXT]).replace("\n", " ")[:MAX_TITLE].strip()
    return _title_text(raw.title)


def _title_text(markup: str) -> str:
    """Return a title's text on one line; markup that was escaped twice is decoded twice."""
    text = plain_text(markup[: MAX_TITLE * _MARKUP_PER_TEXT])
    if _STILL_MARKED.search(text):
        text = plain_text(text)
    return text.replace("\n", " ")[:MAX_TITLE].strip()


def _text(markup: str, most: int) -> str:
    text = plain_text(markup[: most * _MARKUP_PER_TEXT])
    if markup.count("&amp;") and _STILL_MARKED.search(text):
        text = plain_text(text)
    return text[:most]


def _repeats(text: str, title: str, outlet: str) -> bool:
    """Tell whether a text says nothing beyond the headline and the outlet's name."""
    name, headline = (_BARE.sub("", part).casefold() for part in (outlet, title))
    if not text or len(text) > 2 * (len(title) + len(outlet)) + 20:
        return False
    bare = _BARE.sub("", text).casefold()
    while name and bare != headline and bare.endswith(name):  # news searches write it once or twice
        bare = bare.removesuffix(name)
    return bare == headline
