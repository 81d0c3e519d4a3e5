"""What is told of sources that are not well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwell:
    """A source that a channel reads and that fails, or is gone for good."""

    channel: str
    number: int
    name: str
    failing_since: datetime | None
    last_error: str
    gone: bool
