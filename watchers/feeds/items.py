"""Find where a document's items begin and end, as written, before anything is read of them.

What an earlier document held just so needs no second reading; only its marks are looked at again, because
whether another item's id or link is unique depends on them. So all else of such items is taken out before the
document is parsed, which costs by the element, and of new items what nobody reads, such as categories. Only
of well-formed documents, where taking out a whole element cannot change how the rest is read.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_ENTRIES: Final = 2000  # the newest ones of a document
_ITEM = re.compile(r"<(?:[A-Za-z][\w.\-]{0,20}:)?(?:item|entry)[\s>]")
_CLOSING = re.compile(r"</(?:[A-Za-z][\w.\-]{0,20}:)?(?:item|entry)\s{0,9}>")
_TAG_NAME = re.compile(rb"<([^\s/>]{1,200})")
_ITEMS = frozenset({"item", "entry"})
# The elements, of whatever namespace, that feedparser makes an item's id, link, title, dates or outlet of.
_MARKS = _ITEMS | {
    *("title", "link", "guid", "id", "origlink", "source"),
    *("pubdate", "date", "published", "issued", "created", "updated", "modified", "lastbuilddate", "valid"),
}
_NO_SPACE = ""
_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
# Elements of an item, as expat names them, that feedparser makes nothing of which we read: half of all in
# the feeds of usual weblogs.
_UNUSED = frozenset(
    f"{space} {name}".lstrip()
    for space, names in (
        (_NO_SPACE, "author category comments"),
        (_ATOM, "author category contributor"),
        (_DUBLIN_CORE, "creator contributor subject"),
        (_MEDIA, "thumbnail credit keywords"),
        ("http://purl.org/rss/1.0/modules/slash/", "comments section department hit_parade"),
        ("http://wellformedweb.org/CommentAPI/", "comment commentRss"),
    )
    for name in names.split()
)
_PERSON = frozenset({"name", "uri", "email"})  # what an author consists of, in Atom


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An item as its document has it: a range of bytes.

    `rest` are the ranges in it that hold no mark, `unused` those of them of which nothing is ever read.
    """

    start: int
    end: int
    rest: tuple[tuple[int, int], ...]
    unused: tuple[tuple[int, int], ...]
    titled: bool


def first_item(text: str) -> int:
    """Return where the first item begins, the text's length if there is none."""
    found = _ITEM.search(text)
    return found.start() if found else len(text)


def without_middle(text: str, *, most: int = MAX_ENTRIES) -> tuple[str, int]:
    """Leave out the middle of a document with far more items than are kept, and say how many went.

    `most` entries are kept; reading them all took a minute. Feeds run from newest to oldest or the other way,
    so both ends are kept.
    """
    starts = [found.start() for found in _ITEM.finditer(text)]
    if len(starts) <= 2 * most:
        return text, 0
    head = text[: starts[most]]
    closed = [found.end() for found in _CLOSING.finditer(head)]
    kept = (head[: closed[-1]] if closed else head) + text[starts[-most] :]
    return kept, len(starts) - 2 * most


def written_items(data: bytes) -> tuple[Written, ...] | None:
    """Return the items of a UTF-8 document in order; None unless it is well-formed and free of declarations.

    Declared entities could mean anything, so a document with a DOCTYPE is not taken apart.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    parser = expat.ParserCreate("utf-8", " ")
    finder = _Finder(parser, data)
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- expat takes it by position only
    except expat.ExpatError:
        return None
    return tuple(finder.found)


def hash_of(written: bytes) -> int:
    """Return an item's 64-bit hash."""
    return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "big")


def thinned(data: bytes, items: Collection[Written], known: Collection[bool]) -> bytes:
    """Return the document with only the marks of its known items, one without a title as if it were new.

    Of new items only what is never read is left out.
    """
    pieces, at = [], 0
    for item, is_known in zip(items, known, strict=True):
        for start, end in item.rest if is_known and item.titled else item.unused:
            pieces.append(data[at:start])
            at = end
    pieces.append(data[at:])
    return b"".join(pieces)


@dataclass(slots=True)
class _Finder:
    """What expat calls for each element."""

    parser: expat.XMLParserType
    data: bytes
    depth: int = 0
    item: int = 0  # the depth of the item that is open, 0 outside of any
    began: int = 0
    child: int = 0  # where the item's child that is open begins
    name: str = ""  # that child's, as expat names it; empty if it holds more than a person's parts
    marks: bool = False  # that child or something in it is one of the marks
    rest: list[tuple[int, int]] = field(default_factory=list)
    unused: list[tuple[int, int]] = field(default_factory=list)
    titled: bool = False
    found: list[Written] = field(default_factory=list)

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        local = name.rpartition(" ")[2].lower()
        if not self.item:
            if local in _ITEMS:
                self.item, self.began = self.depth, self.parser.CurrentByteIndex
                self.rest, self.unused, self.titled = [], [], False
        elif self.depth == self.item + 1:
            self.name = name
            self.child, self.marks = self.parser.CurrentByteIndex, local in _MARKS
            self.titled = self.titled or local == "title"
        else:
            self.marks = self.marks or local in _MARKS
            if local not in _PERSON:
                self.name = ""

    def end(self, _name: str) -> None:
        self.depth -= 1
        if not self.item or self.depth > self.item:
            return
        if self.depth == self.item:
            if not self.marks:
                self.rest.append((self.child, self._after(self.child)))
                if self.name in _UNUSED:
                    self.unused.append(self.rest[-1])
            return
        self.found.append(
            Written(
                start=self.began,
                end=self._after(self.began),
                rest=tuple(self.rest),
                unused=tuple(self.unused),
                titled=self.titled,
            )
        )
        self.item = 0

    def _after(self, start: int) -> int:
        """Return where the element that just ended and began at `start` is over."""
        at: int = self.parser.CurrentByteIndex
        tag = _TAG_NAME.match(self.data, start)
        if tag and self.data.startswith(b"</" + tag[1], at):
            return self.data.index(b">", at) + 1
        return at  # an empty element: expat tells of its end behind it
