"""Turn a web page's bytes into text: as feeds' are, but a page says in a tag of its own how it is written."""

from __future__ import annotations

import re
from typing import Final

from watchers.feeds.decode import text_of

MAX_PAGE: Final = 2 * 1024 * 1024  # bytes of a page, as for articles' pages; what more it has is not read
_HEAD: Final = 2_048  # bytes in which the tag stands; HTML asks for it within the first 1 024
_META: Final = re.compile(
    rb"""<meta\s[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:\-]{2,40})""", re.IGNORECASE
)


def page_text(body: bytes, content_type: str = "", *, url: str = "") -> str:
    """Return a page's text. Raises ParseError for gzip bytes that are damaged or unpack to too much.

    What the server says of the encoding goes before what the page says, and what the bytes show before both.
    """
    named = None if "charset" in content_type.lower() else _META.search(body[:_HEAD])
    told = f"text/html; charset={named[1].decode('ascii')}" if named else content_type
    return text_of(body, told, url=url)
