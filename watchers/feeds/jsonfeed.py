"""Read JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
import re
from typing import Final

from watchers.errors import ParseError
from watchers.feeds.links import canonical
from watchers.feeds.raw import RawDocument, RawItem

_VERSION = "https://jsonfeed.org/version/"
_OBJECT: Final = re.compile(r"\s*\{")


def is_json(text: str) -> bool:
    """Tell whether a document is to be read as JSON."""
    return _OBJECT.match(text) is not None


def read_json(text: str, *, url: str) -> RawDocument:
    """Read a JSON Feed; raises ParseError if it is no feed. Items that are no objects are left out."""
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"{url} is not readable JSON ({str(error)[:100]}).", url=url) from error
    version = _text(document, "version").replace("http://", "https://")
    if not version.startswith(_VERSION) or not isinstance(document, dict):
        raise ParseError(f"{url} is JSON but not a JSON Feed.", url=url)
    items = document.get("items")
    lang = _text(document, "language")
    return RawDocument(
        title=_text(document, "title"),
        lang=lang,
        base=canonical(_text(document, "home_page_url"), url) or url,
        items=tuple(_item(item, lang) for item in items if isinstance(item, dict))
        if isinstance(items, list)
        else (),
    )


def _item(item: object, lang: str) -> RawItem:
    body = _text(item, "content_html") or _text(item, "content_text")
    summary = _text(item, "summary")
    return RawItem(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        title_is_text=True,
        summary=summary,
        body=body,
        published=tuple(
            date for date in (_text(item, "date_published"), _text(item, "date_modified")) if date
        ),
        lang=_text(item, "language") or lang,
    )


def _text(thing: object, key: str) -> str:
    """Return a member that is text or a number (ids often are), else empty."""
    value = thing.get(key) if isinstance(thing, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)
