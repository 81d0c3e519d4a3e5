"""Know an entry again whatever its feed changes of it, one thing at a time.

An entry is known by its key. Failing that, by its link: another feed's entry with the same link is a sighting
of the first, and so is one of the same feed whose id changed. Failing that, by its content within the same
feed, for feeds that give new ids and new links at every poll. What its own feed last called it is kept beside
what it was first called, so that a change of its id, then of its link, then of its title leaves it the same.
Roads not taken: a link that points at a bare host, or that several articles share, names none of them (some
ministries link every notice to one page); whether they do is for the whole document to say, of which a poll
brings only what is new, and for the entries stored. Content without any text beyond the title, and without a
date, is too little to know an entry by ("Daily digest"); all names an entry ever had would grow with every
poll of a feed that makes new ones each time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import Text, bindparam, or_, select, update

from watchers.feeds.links import is_page
from watchers.store.connections import MOST_PARAMETERS
from watchers.store.schema import entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import BindParameter
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.types import Entry

_MOST_LOOKED_UP: Final = MOST_PARAMETERS // 5  # each entry is looked for by key, link and content
_CHANGING: Final = ("key_now", "link_now", "content_hash")
_NAMES: Final = ("number", "feed", "key", "link", *_CHANGING)


class Identities:
    """What the entries of a batch may be known by: rows already stored, and earlier ones of the batch."""

    def __init__(self, shared: frozenset[str]) -> None:
        """Take the links that name no article."""
        self.shared = shared
        self._keys: dict[str, str | int] = {}
        self._links: dict[str, str | int] = {}
        self._contents: dict[tuple[int, str], str | int] = {}
        self._rows: dict[int, RowMapping] = {}
        self.feeds: dict[str | int, int] = {}  # the first feed of each
        self.hashes: dict[int, str] = {}  # of what is stored

    @classmethod
    async def of(
        cls, connection: AsyncConnection, entries: Sequence[Entry], *, shared: frozenset[str]
    ) -> Identities:
        """Look up all that a batch may be known by; `shared` are links that its documents' articles share."""
        known = cls(shared.union(e.link for e in entries if not is_page(e.link)))
        rows = await _stored(connection, entries, known.shared)
        for row in rows:
            number = row["number"]
            known._rows[number] = row
            known.feeds[number] = row["feed"]
            known.hashes[number] = row["content_hash"]
            known._keys[row["key"]] = number
            known._links.setdefault(row["link"], number)
            known._contents.setdefault((row["feed"], row["content_hash"]), number)
        for row in rows:  # what an entry was called later never goes before what another was first called
            known._keys.setdefault(row["key_now"], row["number"])
            known._links.setdefault(row["link_now"], row["number"])
        holders = Counter(row["link"] for row in known._rows.values())
        known.shared = known.shared.union(link for link, count in holders.items() if count > 1)
        return known

    def find(self, e: Entry, content: str) -> str | int | None:
        """Return the key (from this batch) or number (stored) of the entry this one repeats."""
        if (earlier := self._keys.get(e.key)) is not None:
            return earlier
        if e.link not in self.shared and (earlier := self._links.get(e.link)) is not None:
            return earlier
        return self._contents.get((e.feed, content)) if content else None

    def number(self, key: str) -> int | None:
        """Return the number of the stored entry that is called by that key."""
        known = self._keys.get(key)
        return known if isinstance(known, int) else None

    def remember(self, e: Entry, content: str) -> None:
        """Take a new entry of the batch."""
        self._keys[e.key] = e.key
        self._links.setdefault(e.link, e.key)
        self.feeds[e.key] = e.feed
        if content:
            self._contents.setdefault((e.feed, content), e.key)

    def renamed(self, e: Entry, number: int, content: str) -> dict[str, object] | None:
        """Return what to keep of how its own feed calls a stored entry now; None if it is as it was."""
        row = self._rows[number]
        if row["feed"] != e.feed:
            return None
        link_is_new = e.link not in {row["link"], row["link_now"]} and e.link not in self.shared
        now = {
            "row": number,
            "key_now": row["key_now"] if e.key in {row["key"], row["key_now"]} else e.key,
            "link_now": e.link if link_is_new else row["link_now"],
            "content_hash": content or row["content_hash"],
        }
        same = all(now[name] == row[name] for name in _CHANGING)
        return None if same else now


async def note_names(connection: AsyncConnection, renamed: Iterable[dict[str, object] | None]) -> None:
    """Keep what entries' feeds call them now."""
    rows = [row for row in renamed if row is not None]
    if rows:
        names: dict[str, BindParameter[object]] = {name: bindparam(name) for name in _CHANGING}
        await connection.execute(update(entry).where(entry.c.number == bindparam("row")).values(names), rows)


_LINKS: Final = bindparam("links", expanding=True, type_=Text())
_KEYS: Final = bindparam("keys", expanding=True, type_=Text())
# Made once: to put it together takes as long as to run it.
_LOOK_UP: Final = (
    select(*(entry.c[name] for name in _NAMES))
    .where(
        or_(
            entry.c.key.in_(_KEYS),
            entry.c.link.in_(_LINKS),
            entry.c.content_hash.in_(bindparam("contents", expanding=True, type_=Text())),
            entry.c.key_now.in_(_KEYS) & (entry.c.key_now != ""),
            entry.c.link_now.in_(_LINKS) & (entry.c.link_now != ""),
        )
    )
    .order_by(entry.c.number)
)


async def _stored(
    connection: AsyncConnection, entries: Sequence[Entry], shared: frozenset[str]
) -> list[RowMapping]:
    """Return the names of all that the entries may be known by, oldest first."""
    found: list[RowMapping] = []
    for i in range(0, len(entries), _MOST_LOOKED_UP):
        some = entries[i : i + _MOST_LOOKED_UP]
        sought = {
            "keys": [e.key for e in some],
            "links": [e.link for e in some if e.link not in shared],
            "contents": [content for e in some if (content := content_hash(e))],
        }
        found += (await connection.execute(_LOOK_UP, sought)).mappings().all()
    return found


def content_hash(e: Entry) -> str:
    """Return what an entry says and when, as 32 hex digits; empty if that is too little to know it by."""
    if not e.title or not (e.summary or e.body or e.published):
        return ""
    when = e.published.isoformat() if e.published else ""
    return hashlib.sha256(f"{e.title}\x1f{e.summary}\x1f{e.body}\x1f{when}".encode()).hexdigest()[:32]
