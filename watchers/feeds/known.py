"""What this process remembers of each feed's last document, so that only what is new in the next is read."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.types import Wishes

# Hashes remembered of all feeds together: about 100 bytes each, so 20 MB. 1 000 feeds of 25 items are an
# eighth of it; beyond, the feeds whose documents changed longest ago are forgotten and read in full again.
MOST: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A feed's last document: its items' hashes, what it asks for, and when its rhythm was last counted."""

    hashes: frozenset[int] = frozenset()
    wishes: Wishes | None = None  # None: no document of it was read since the start
    observed_at: datetime | None = None


_UNSEEN: Final = Remembered()


class Memory:
    """What is remembered of all feeds, by number; after a restart nothing, and each is read in full once."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._feeds: OrderedDict[int, Remembered] = OrderedDict()
        self._held = 0

    def of(self, feed: int) -> Remembered:
        """Return what is remembered of a feed."""
        return self._feeds.get(feed, _UNSEEN)

    def keep(self, feed: int, remembered: Remembered) -> None:
        """Remember this of a feed, in the place of what was remembered before."""
        before = self._feeds.get(feed)
        self._feeds[feed] = remembered
        if before is not None and before.hashes is remembered.hashes:
            return
        self._feeds.move_to_end(feed)
        self._held += len(remembered.hashes) - (len(before.hashes) if before else 0)
        while self._held > self._most:
            _, dropped = self._feeds.popitem(last=False)
            self._held -= len(dropped.hashes)
