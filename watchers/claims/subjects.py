"""Tag what a text is about without its language: things, people, sums, gauges and events, narrow and wide."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Group = Literal["machine", "people", "body", "sum", "gauge", "event"]
COUNTABLE: frozenset[Group] = frozenset({"machine", "people", "body"})
MAX_TAGS = 2_000  # of one text; the rest are left out
LANGUAGES = ("en", "tr", "ja")
_TABLE = Path(__file__).with_name("subjects.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One row of the table: its group, the wider tag or "", and its words by language."""

    name: str
    group: Group
    up: str
    words: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag and where its words stand in the folded text."""

    start: int
    end: int
    tag: str


@cache
def table() -> Mapping[str, Tag]:
    """Return the tags by name."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    tags: dict[str, Tag] = {}
    for name, row in rows.items():
        up = row.get("up", "")
        group = row.get("group") or tags[up].group
        words = {
            lang: re.compile(row[lang] if lang == "ja" else rf"(?<!\w)(?:{row[lang]})")
            for lang in LANGUAGES
            if row.get(lang)
        }
        tags[name] = Tag(name=name, group=cast("Group", group), up=up, words=words)
    return tags


def group_of(tag: str) -> Group:
    """Return a tag's group."""
    return table()[tag].group


def tagged(text: str, lang: str) -> tuple[Tagged, ...]:
    """Return the tags of a text in order of place; words inside a longer tag's words give none.

    Offsets are those of `fold(text)`, which has the length of the text but for rare ligatures.
    """
    flat = fold(text)
    found = [
        Tagged(match.start(), match.end(), tag.name)
        for tag in table().values()
        if lang in tag.words
        for match in tag.words[lang].finditer(flat)
    ]
    found.sort(key=lambda t: (t.start, -t.end))
    del found[MAX_TAGS:]
    return tuple(_shown(found))


def _shown(found: Iterable[Tagged]) -> Iterator[Tagged]:
    """Yield tags in order of place without those inside longer ones: an aircraft carrier is no aircraft."""
    longest: dict[Group, Tagged] = {}  # of each group the one that reaches furthest so far
    for tag in found:
        group = group_of(tag.tag)
        other = longest.get(group)
        if other and tag.end <= other.end and other.end - other.start > tag.end - tag.start:
            continue
        if other is None or tag.end > other.end:
            longest[group] = tag
        yield tag


def chain(tag: str) -> tuple[str, ...]:
    """Return a tag and the wider ones above it."""
    found = [tag]
    while up := table()[found[-1]].up:
        found.append(up)
    return tuple(found)


def related(left: str, right: str) -> bool:
    """Tell whether one tag is the other or a wider one of it."""
    return left in chain(right) or right in chain(left)


def meet(left: Iterable[str], right: Iterable[str]) -> bool:
    """Tell whether any two of these tags are related."""
    rights = tuple(right)
    return any(related(a, b) for a in left for b in rights)


def narrowest(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags without those that are only wider names of others: a submarine is not also "a ship"."""
    found = tuple(dict.fromkeys(tags))
    wider = {up for tag in found for up in chain(tag)[1:]}
    return tuple(tag for tag in found if tag not in wider)


def of_group(tags: Iterable[str], *groups: Group) -> tuple[str, ...]:
    """Return the tags of some groups, each once, in order."""
    return tuple(dict.fromkeys(tag for tag in tags if group_of(tag) in groups))
