"""Feed documents for tests, written briefly, and what the parser makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from watchers.feeds.parse import parse
from watchers.types import Entry, Feed, Fetched, Validators

NOW = datetime(2025, 8, 20, 12, 0, tzinfo=UTC)
FETCHED = Fetched(
    feed=Feed(number=7, url="https://feeds.example/desk.xml", name="The Desk"),
    url="https://feeds.example/desk.xml",
    body=b"",
    content_type="application/xml",
    validators=Validators(),
    at=NOW,
)


def entries(document: str | bytes, *, url: str = FETCHED.url, lang: str = "") -> tuple[Entry, ...]:
    """Read a document as if it had been fetched at NOW."""
    body = document.encode() if isinstance(document, str) else document
    return parse(replace(FETCHED, body=body, url=url, feed=replace(FETCHED.feed, lang=lang)))


def rss(*items: str, channel: str = "") -> str:
    """Return an RSS 2.0 document with these items' insides."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title>{channel}'
    return f"{head}{inside}</channel></rss>"


def atom(*items: str, root: str = "") -> str:
    """Return an Atom document with these entries' insides."""
    inside = "".join(f"<entry>{item}</entry>" for item in items)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {root}><title>Desk</title>{inside}</feed>'
