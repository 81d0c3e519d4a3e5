"""Keep a few things in memory under names that nobody can guess: files to fetch, forms to send."""

from __future__ import annotations

import secrets
from typing import Final, Generic, TypeVar

Thing = TypeVar("Thing")
KEPT: Final = 20  # of a kind; a file is at most some MB, and its link is used at once or never


class Kept(Generic[Thing]):
    """The newest things; the oldest goes when there are more than KEPT."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._things: dict[str, Thing] = {}

    def keep(self, thing: Thing) -> str:
        """Return the name to ask for it by."""
        name = secrets.token_urlsafe(18)
        self._things[name] = thing
        while len(self._things) > self._most:
            del self._things[next(iter(self._things))]
        return name

    def get(self, name: str) -> Thing | None:
        """Return the thing, None if there is none of that name any more."""
        return self._things.get(name)
