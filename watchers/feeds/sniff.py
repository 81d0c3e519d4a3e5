"""Tell a web page from a feed by its first bytes; the content type that servers send says little."""

from __future__ import annotations

import re

_HEAD = 4096  # bytes looked at
_FEED = re.compile(rb"<(?:[a-z0-9_]{1,20}:)?(?:rss|feed|rdf|channel)[\s>:]", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)


def is_page(body: bytes) -> bool:
    """Tell whether bytes begin like an HTML page and hold no feed's root element near the beginning."""
    head = body[:_HEAD].replace(b"\x00", b"")  # UTF-16 becomes readable enough
    return _PAGE.search(head) is not None and _FEED.search(head) is None
