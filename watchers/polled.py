"""Say what to note of a poll: when the feed is asked next, what was learnt of its habits, what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from watchers.feeds.due import next_poll_at
from watchers.feeds.faults import fault_of
from watchers.feeds.known import Remembered
from watchers.feeds.rhythm import observed
from watchers.feeds.wishes import joined
from watchers.store.rows_feeds import Polled
from watchers.types.watching import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from watchers.errors import FeedError
    from watchers.feeds.fetch import Answered
    from watchers.types import Entry, Feed, Parsed, Rhythm

# A rhythm is counted at most so often while nothing new comes: it takes hours of UTC apart, and each count is
# 300 bytes to write.
OBSERVED_EVERY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A feed's answer, what its document held but for the entries, and what was remembered before.

    `document` is None if the feed is as it was.
    """

    feed: Feed
    answered: Answered
    document: Parsed | None
    before: Remembered

    @property
    def first(self) -> bool:
        """Tell whether no document was kept since somebody reads the feed: what it holds is an archive."""
        return not self.feed.validators.body_hash

    @property
    def since(self) -> datetime | None:
        """Return since when nothing was counted of the feed's rhythm; None if nothing ever was."""
        if self.first and self.feed.rhythm == UNKNOWN:
            return None
        return self.before.observed_at or self.feed.polled_at


def of_answer(answer: Answer, new: Sequence[Entry], *, now: datetime, jitter: float, scale: float) -> Polled:
    """Return what to note of a poll that went well; `jitter` and `scale` are those of `next_poll_at`."""
    feed, got, document = answer.feed, answer.answered.answer, answer.document
    own = document.wishes if document else answer.before.wishes
    wishes = joined(feed.wishes if own is None else own, answer.answered.wishes)
    rhythm = _rhythm(answer, new, now)
    same = rhythm is None and wishes == feed.wishes
    habits = feed if same else replace(feed, rhythm=rhythm or feed.rhythm, wishes=wishes)
    return Polled(
        feed=feed.number,
        at=now,
        next_poll_at=next_poll_at(habits, None, now=now, jitter=jitter, scale=scale) or now,
        validators=got.validators if got.validators != feed.validators else None,
        new=len(new),
        moved_to=got.moved_to,
        changed=document is not None,
        beyond=document.beyond if document else None,
        rhythm=rhythm,
        wishes=wishes if wishes != feed.wishes else None,
    )


def of_failure(feed: Feed, error: FeedError, *, now: datetime, jitter: float, scale: float) -> Polled:
    """Return what to note of a poll that failed."""
    again = next_poll_at(feed, error, now=now, jitter=jitter, scale=scale)
    return Polled(
        feed=feed.number,
        at=now,
        next_poll_at=again or now,
        error=str(error),
        gone=again is None,
        fault=fault_of(error),
    )


def remembered(answer: Answer, polled: Polled) -> Remembered:
    """Return what to remember of a feed once its poll is on record."""
    document, before = answer.document, answer.before
    return Remembered(
        hashes=document.hashes if document else before.hashes,
        wishes=document.wishes if document else before.wishes,
        observed_at=answer.since if polled.rhythm is None else polled.at,
    )


def _rhythm(answer: Answer, new: Sequence[Entry], now: datetime) -> Rhythm | None:
    """Return a feed's rhythm after a poll, None if it is not to be counted this time."""
    since = answer.since
    if since is not None and not new and now - since < OBSERVED_EVERY:
        return None
    return observed(answer.feed.rhythm, [entry.when for entry in new], since=since, now=now)
