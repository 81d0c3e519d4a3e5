"""What a feed says of one item before we judge it: the common form of all formats."""

from __future__ import annotations

from dataclasses import dataclass

from watchers.types.watching import NO_WISHES, Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """One item as its document gives it, markup and dates as written, empty where absent."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    body: str = ""
    published: tuple[str, ...] = ()  # candidates, best first
    outlet: str = ""  # who is named as the item's source
    lang: str = ""
    title_is_text: bool = False  # the format says that the title holds no markup
    stamped: bool = False  # its date is only when it last changed, perhaps long after it was published
    digest: int | None = None  # 64-bit hash of the item as written; None: that of these fields serves


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """A feed's document. `base` is what relative links are resolved against.

    `beyond` counts the items that were left out unread.
    """

    title: str
    lang: str
    base: str
    items: tuple[RawItem, ...]
    wishes: Wishes = NO_WISHES
    beyond: int = 0
