"""Read from headers and a page's head whether its publisher keeps its text from programs. Pure.

Honoured: `tdm-reservation: 1`; of the robots directives `noai` and `noimageai` (written against machines
that read), and `nosnippet` and `max-snippet:0`, for what we do with a text is to quote sentences of it. Not
honoured, for they are about search engines' lists: `noindex`, `nofollow`, `noarchive`. A wall: JSON-LD or
microdata that say `isAccessibleForFree` is false, and a content tier `locked` or `metered`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

TOKEN: Final = "vedette"  # noqa: S105 - the product token of our user agent, no secret
RESERVED: Final = "its publisher reserves text and data mining (tdm-reservation)"
NO_AI: Final = "its publisher wants no program to read it (noai)"
NO_SNIPPET: Final = "its publisher wants nothing of it quoted (nosnippet)"
WALL: Final = "it is behind a paywall"
_AGENT: Final = re.compile(r"\A\s{0,9}([A-Za-z][A-Za-z0-9_-]{0,40})\s{0,9}:(.*)", re.DOTALL)
_VALUED: Final = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_REFUSING: Final = {
    "noai": NO_AI,
    "noimageai": NO_AI,
    "nosnippet": NO_SNIPPET,
    "max-snippet:0": NO_SNIPPET,
}
_WALLED_TIERS: Final = frozenset({"locked", "metered"})
_MOST_NODES: Final = 20_000  # of JSON-LD that are looked at; a page has some dozen


def closed_by_headers(headers: Iterable[tuple[str, str]]) -> str:
    """Return why a page's headers keep it from us, empty if they do not."""
    for name, value in headers:
        if name == "tdm-reservation" and is_one(value):
            return RESERVED
        if name == "x-robots-tag" and (why := _directives(value)):
            return why
    return ""


def closed_by_metas(metas: Iterable[tuple[str, str]]) -> str:
    """Return why a page's meta elements, as (name, content), keep it from us, empty if they do not."""
    for name, content in metas:
        if name == "tdm-reservation" and is_one(content):
            return RESERVED
        if name in {"robots", TOKEN} and (why := _directives(content)):
            return why
        if name == "article:content_tier" and content.strip().lower() in _WALLED_TIERS:
            return WALL
    return ""


def walled(linked: Iterable[str]) -> bool:
    """Tell whether a page's JSON-LD says of it, or of a part of it, that it is not free to read."""
    left = _MOST_NODES
    for text in linked:
        try:
            todo: list[object] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while todo and left > 0:
            left -= 1
            node = todo.pop()
            if isinstance(node, dict):
                if "isAccessibleForFree" in node and is_no(node["isAccessibleForFree"]):
                    return True
                todo += node.values()
            elif isinstance(node, list):
                todo += node
    return False


def is_one(value: object) -> bool:
    """Tell whether a reservation says 1, as a number or as people write it."""
    return value is True or value == 1 or (isinstance(value, str) and value.strip().lower() in {"1", "true"})


def is_no(value: object) -> bool:
    """Tell whether a JSON-LD or microdata value says no, in the ways people write it."""
    return value is False or (
        isinstance(value, str) and value.strip().lower().rpartition("/")[2] in {"false", "no"}
    )


def _directives(value: str) -> str:
    """Read a robots directive list; one that is for another robot says nothing to us."""
    agent = _AGENT.match(value)
    if agent and agent[1].lower() not in _VALUED:
        if agent[1].lower() != TOKEN:
            return ""
        value = agent[2]
    said = ["".join(one.split()).lower() for one in value.split(",")]
    return next((_REFUSING[one] for one in said if one in _REFUSING), "")
