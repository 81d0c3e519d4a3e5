"""What reports are worth to the channels together: the strongest decision, the highest relevance. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from watchers.relevance.decide import decide, likeness, strongest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from watchers.relevance.decide import Decision
    from watchers.store.rows import Channel
    from watchers.types import Entry, Report, Watch

# From this relevance on an entry is put into a story even if no channel is told of it alone: a second
# outlet's short report often scores low, and still makes the first one's news a confirmed one.
STORY_FROM: Final = 0.25
ARCHIVE_AGE: Final = timedelta(days=7)  # what is older when a feed is first polled is never alerted


def by_channel(watches: Iterable[Watch]) -> dict[str, list[Watch]]:
    """Return the watches of each channel that has any."""
    found: dict[str, list[Watch]] = {}
    for watch in watches:
        found.setdefault(watch.channel, []).append(watch)
    return found


def strongest_of(
    report: Report, channels: Sequence[Channel], watches: Mapping[str, Sequence[Watch]]
) -> Decision:
    """Return the strongest decision that a report earns in any channel; `watches` are by channel."""
    alike = likeness(report)
    return strongest(
        decide(
            report.seen_by(channel.id),
            report.matches,
            watches.get(channel.id, ()),
            threshold=channel.threshold,
            likeness=alike,
        )
        for channel in channels
        if channel.active
    )


def highest(report: Report) -> float:
    """Return the highest relevance that a report has to any exemplars."""
    return max(report.relevance.score, *(view.relevance.score for view in report.views), 0.0)


def is_worth_a_story(report: Report, decision: Decision) -> bool:
    """Tell whether a report is put into a story: it earns something in a channel, or may confirm another."""
    return decision != "store" or highest(report) >= STORY_FROM


def uncut(entries: Sequence[Entry], later: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return entries without the archives that go on in `later`; all of them if nothing else is there.

    Which few of an archive are told is decided over the whole of it.
    """
    going_on = {entry.feed for entry in later if entry.archive}
    whole = tuple(entry for entry in entries if not (entry.archive and entry.feed in going_on))
    return whole or tuple(entries)


def quiet_archive(decided: Sequence[tuple[Report, Decision]], *, first: int, now: datetime) -> frozenset[str]:
    """Return the keys of entries from feeds' first polls that are told to nobody: all but the best `first`.

    A new feed brings its archive along; of that, a channel hears of the most relevant few of the last week
    (matrix-hookshot#768 and other bots post it all).
    """
    archive: dict[int, list[Report]] = {}
    for report, _ in decided:
        if report.entry.archive:
            archive.setdefault(report.entry.feed, []).append(report)
    quiet: set[str] = set()
    for reports in archive.values():
        fresh = [r for r in reports if now - r.entry.when <= ARCHIVE_AGE]
        loud = sorted(fresh, key=lambda r: -highest(r))[:first]
        quiet.update(r.entry.key for r in reports if r not in loud)
    return frozenset(quiet)
