"""Read a platform's payload, which is JSON: what is missing or of another kind reads as empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from markupsafe import Markup

from bot.platforms.inert import one_line

Payload: TypeAlias = Mapping[str, object]


def words(payload: Payload, key: str) -> str:
    """Return a string of the payload."""
    value = payload.get(key)
    return value if isinstance(value, str) else ""


def number(payload: Payload, key: str, default: int) -> int:
    """Return a whole number of the payload."""
    value = payload.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def part(payload: Payload, key: str) -> Payload:
    """Return an object inside the payload."""
    value = payload.get(key)
    return value if isinstance(value, Mapping) else {}


def parts(payload: Payload, key: str) -> tuple[Payload, ...]:
    """Return the objects of an array inside the payload."""
    value = payload.get(key)
    return (
        tuple(item for item in value if isinstance(item, Mapping)) if isinstance(value, list | tuple) else ()
    )


def unsupported(kind: object) -> Markup:
    """Return the red box that stands for what this page cannot draw; a test fails if one is seen."""
    return Markup('<div class="unsupported" role="note">unsupported: {}</div>').format(one_line(str(kind)))
