"""The key of an embedding endpoint, held by the process that asks it; it stands in no value that travels on.

Nothing here imports numpy: a worker sets its threads first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from watchers.workers import one_thread

KEY: Final = "VEDETTE_EMBEDDING_KEY"


class _Held:
    key = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderStart:
    """What a reader's process does first: keep numpy to one thread, and hold the key."""

    key: str = field(default="", repr=False)

    def __call__(self) -> None:
        """Prepare this process."""
        one_thread()
        hold_key(self.key)


def hold_key(key: str) -> None:
    """Hold the key for this process, empty for none."""
    _Held.key = key


def held_key() -> str:
    """Return the key that this process holds, empty for none."""
    return _Held.key
