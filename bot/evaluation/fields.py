"""What a line of labelled input has to hold, for each task of `vedette evaluate`; see docs/evaluation.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.scoring.measures import Json, Row

ENTRY: Final = ("title", "summary", "body")
MOST_GRADE: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of one task's lines: its name, what is read, of `any_of` one at least, and the label."""

    key: str = "id"
    any_of: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()  # objects with a text of their own
    lists: tuple[str, ...] = ()  # lists of such objects
    gold: str = ""


FIELDS: Final[Mapping[str, Fields]] = {
    "relevance": Fields(any_of=ENTRY, gold="grade"),
    "facts": Fields(texts=("text",), gold="facts"),
    "stories": Fields(any_of=ENTRY, gold="cluster"),
    "queries": Fields(texts=("rule",), gold="expected"),
    "items": Fields(any_of=ENTRY),
    "feeds": Fields(key="feed", gold="items"),
    "claims": Fields(sides=("left", "right"), gold="verdict"),
    "promises": Fields(lists=("reports",), gold="state"),
}


def faults(row: Row, fields: Fields) -> Iterator[str]:
    """Yield what a line lacks of what its task reads."""
    if row.get(fields.key) is None or row[fields.key] == "":
        yield f'expected "{fields.key}", a name of its own'
    if fields.any_of and not any(_is_text(row.get(name)) for name in fields.any_of):
        yield f"expected a text under {' or '.join(fields.any_of)}"
    for name in fields.texts:
        if not _is_text(row.get(name)):
            yield f'expected a text under "{name}"'
    for name in fields.sides:
        yield from _side(row.get(name), name)
    for name in fields.lists:
        yield from _reports(row.get(name), name)
    for name in ("published", "asked"):
        yield from _day(row.get(name), name)
    if fields.gold == "grade" and row.get("grade") not in (None, *range(MOST_GRADE + 1)):
        yield f'expected a "grade" from 0 to {MOST_GRADE}'


def _reports(value: Json, name: str) -> Iterator[str]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        yield f'expected a list of reports under "{name}"'
        return
    for number, one in enumerate(value):
        yield from _side(one, f"{name}[{number}]")


def _side(value: Json, name: str) -> Iterator[str]:
    if not isinstance(value, Mapping) or not _is_text(value.get("text")):
        yield f'expected an object with a "text" under "{name}"'
    else:
        yield from _day(value.get("published"), f"{name}.published")


def _day(value: Json, name: str) -> Iterator[str]:
    try:
        datetime.fromisoformat(str(value or "1970-01-01"))
    except ValueError:
        yield f'expected a day or a time such as "2026-03-01T09:00:00Z" under "{name}"'


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and bool(value.strip())
