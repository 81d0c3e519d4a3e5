"""Load what the sample newsroom publishes, and refuse what it may not say.

An item either tells of real people and firms, and then names the records of our research that it
rests on, or it is invented from beginning to end.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, cast, get_args

from watchers.errors import KnowledgeError

Format = Literal["rss", "atom", "rdf"]
Kind = Literal["recorded", "look-alike", "defence", "general"]

FIRST: Final = datetime(2025, 8, 19, 6, 0, tzinfo=UTC)
LAST: Final = datetime(2025, 8, 20, 8, 0, tzinfo=UTC)
LANGUAGES: Final = ("en", "tr", "ja")

_FOLDER = Path(__file__).parent / "outlets"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_RECORD = re.compile(r"(?:[AB]-\d\d|3\.3-\d{1,2})\Z")
_OUTLET_KEYS = frozenset({"name", "site", "lang", "format", "about", "item"})
_ITEM_KEYS = frozenset({"slug", "title", "summary", "published", "story", "kind", "invented", "records"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article. `story` names the event it reports; `records` are the facts it rests on."""

    slug: str
    title: str
    summary: str
    published: datetime
    story: str
    kind: Kind
    invented: bool
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher that does not exist, its feed's format, and its articles, oldest first."""

    slug: str
    name: str
    site: str
    lang: str
    format: Format
    about: str
    items: tuple[Item, ...]


def load(folder: Path = _FOLDER) -> tuple[Outlet, ...]:
    """Read every outlet's file, in the order of their names; raises KnowledgeError, which names the file."""
    outlets = tuple(_outlet(path) for path in sorted(folder.glob("*.toml")))
    if not outlets:
        raise KnowledgeError(f"{folder} holds no outlet. Install the project again.")
    return outlets


def _outlet(path: Path) -> Outlet:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        _refuse_keys(table, _OUTLET_KEYS)
        items = tuple(sorted((_item(row) for row in table["item"]), key=lambda item: item.published))
        outlet = Outlet(
            slug=path.stem,
            name=table["name"],
            site=table["site"],
            lang=table["lang"],
            format=table["format"],
            about=table["about"],
            items=items,
        )
        _refuse(outlet)
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{path.name} is no outlet of the sample newsroom: {error!s}.") from error
    return outlet


def _item(row: dict[str, object]) -> Item:
    """Make an item of its table; raises KeyError, TypeError or ValueError."""
    _refuse_keys(row, _ITEM_KEYS)
    published = row["published"]
    if not isinstance(published, datetime) or published.tzinfo is None:
        raise ValueError(f"published of {row['slug']} has no zone")
    records = cast("list[object]", row.get("records", []))
    invented = row.get("invented") is True
    return Item(
        slug=str(row["slug"]),
        title=str(row["title"]),
        summary=str(row["summary"]),
        published=published.astimezone(UTC),
        story=str(row["story"]),
        kind=cast("Kind", row["kind"] if invented else row.get("kind", "recorded")),
        invented=invented,
        records=tuple(map(str, records)),
    )


def _refuse_keys(table: dict[str, object], known: frozenset[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]}")


def _refuse(outlet: Outlet) -> None:
    """Raise ValueError for an outlet or item that breaks the newsroom's rules."""
    if not _SLUG.match(outlet.slug) or not outlet.site.endswith(".example"):
        raise ValueError("an outlet has a plain name and a .example site")
    if outlet.lang not in LANGUAGES or outlet.format not in get_args(Format):
        raise ValueError(f"unknown language {outlet.lang} or format {outlet.format}")
    if len({item.slug for item in outlet.items}) < len(outlet.items):
        raise ValueError("two items share a slug")
    for item in outlet.items:
        if not _SLUG.match(item.slug) or not item.title or not item.summary or not item.story:
            raise ValueError(f"{item.slug} lacks a plain slug, title, summary or story")
        if not FIRST <= item.published <= LAST:
            raise ValueError(f"{item.slug} is published outside the newsroom's day")
        if item.kind not in get_args(Kind) or item.invented == (item.kind == "recorded"):
            raise ValueError(f"{item.slug} is invented and of a kind, or recorded")
        if item.invented == bool(item.records) or not all(map(_RECORD.match, item.records)):
            raise ValueError(f"{item.slug} names the records it rests on, or none if it is invented")
