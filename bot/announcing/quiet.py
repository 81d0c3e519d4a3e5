"""Quiet hours and mutes: what a channel does not want to hear now. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.due import moment_of
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from watchers.store.rows_chat import Mute
    from watchers.types import Story

_HOURS: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


def hours(text: str) -> tuple[time, time] | None:
    """Return the ends of quiet hours such as "22:00-07:00", None if it is not that or has no length."""
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    start, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    return (start, end) if start != end else None


def silent_until(quiet: str, zone: ZoneInfo, *, now: datetime) -> datetime | None:
    """Return when the quiet hours that `now` lies in are over, None outside them or without any."""
    ends = hours(quiet)
    if ends is None:
        return None
    start, end = ends
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):  # hours over midnight began yesterday
        begins = moment_of(day, start, zone)
        over = moment_of(day if start < end else day + timedelta(days=1), end, zone)
        if begins <= now < over:
            return over.astimezone(UTC)
    return None


def muting(story: Story, feed: int, mutes: Sequence[Mute]) -> Mute | None:
    """Return the mute that keeps a report of this feed about this story quiet, None if none does.

    A muted rule is no reason to keep quiet: it is left out where it is decided what alerts.
    """
    for mute in mutes:
        match mute.kind:
            case "story" if mute.target == str(story.number):
                return mute
            case "source" if mute.target == str(feed):
                return mute
            case "words" if any(_names(report.entry.text, mute.target) for report in story.reports):
                return mute
            case _:
                continue
    return None


def _names(text: str, words: str) -> bool:
    wanted = fold(words.strip().strip('"'))
    if not wanted:
        return False
    edge_left = r"(?<!\w)" if wanted[0].isascii() else ""
    edge_right = r"(?!\w)" if wanted[-1].isascii() else ""
    return re.search(edge_left + re.escape(wanted) + edge_right, fold(text)) is not None
