"""Hold what we keep of each entry of the farm's feeds against what feedparser says of it, field by field."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

import feedparser

from watchers.feeds.links import canonical
from watchers.feeds.parse import parse_document
from watchers.text import plain_text
from watchers.types import Feed, Fetched, Validators

if TYPE_CHECKING:
    from tests.bench.farm import Farm
    from watchers.types import Entry

FIELDS: Final = ("title", "link", "id", "date", "text")
_SPACE: Final = re.compile(r"\s+")


def agreement(farm: Farm) -> Counter[str]:
    """Return how many entries the feeds have, how many agree in all, and in how many each field differs."""
    found: Counter[str] = Counter()
    for number, url in enumerate(farm.urls):
        with urlopen(url, timeout=60) as answer:  # noqa: S310 -- the farm's own address, on loopback
            body, kind = answer.read(), answer.headers["Content-Type"]
        theirs = feedparser.parse(body, response_headers={"content-type": kind, "content-location": url})
        ours = _ours(number, url, body, kind)
        found["entries"] += len(theirs.entries)
        found["missing"] += abs(len(theirs.entries) - len(ours))
        for entry, item in zip(ours, theirs.entries, strict=False):
            differing = [
                field
                for field, a, b in zip(FIELDS, _of_entry(entry), _of_item(item, url), strict=True)
                if a != b
            ]
            found.update(differing or ["agree"])
    return found


def _ours(number: int, url: str, body: bytes, kind: str) -> tuple[Entry, ...]:
    feed = Feed(number=number, url=url, name=f"Feed {number}")
    fetched = Fetched(
        feed=feed,
        url=url,
        body=body,
        content_type=kind,
        validators=Validators(),
        at=datetime(2027, 1, 1, tzinfo=UTC),
    )
    return parse_document(fetched).entries


def _of_entry(entry: Entry) -> tuple[str, ...]:
    at = entry.published.isoformat() if entry.published else ""
    return _bare(entry.title), entry.link, entry.guid, at, _bare(entry.body or entry.summary)


def _of_item(item: feedparser.FeedParserDict, url: str) -> tuple[str, ...]:
    struck = item.get("published_parsed") or item.get("updated_parsed")
    at = datetime.fromtimestamp(calendar.timegm(struck), UTC).isoformat() if struck else ""
    texts = [content.value for content in item.get("content", [])] or [item.get("summary", "")]
    return (
        _bare(plain_text(item.get("title", ""))),
        canonical(item.get("link", ""), url),
        item.get("id", ""),
        at,
        _bare(plain_text(max(texts, key=len))),
    )


def _bare(text: str) -> str:
    """Return a text without its white space, which is laid out differently on purpose."""
    return _SPACE.sub("", text)
