"""Name the platform of a channel within the few that a label may have. Pure."""

from __future__ import annotations

from bot.metrics.metric import PLATFORMS


def platform_of(channel: str) -> str:
    """Return the platform of a channel's id, "other" for one that no platform has."""
    name = channel.partition(":")[0]
    return name if name in PLATFORMS else "other"
