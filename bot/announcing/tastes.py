"""What each channel's votes taught: learnt when somebody voted, and held until somebody votes again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from watchers.gazetteer.load import load
from watchers.relevance.kinship import kinship
from watchers.relevance.taste import label, learn, terms_named

if TYPE_CHECKING:
    from watchers.relevance.kinship import Kinship
    from watchers.relevance.taste import Label, Taste
    from watchers.store.rows_chat import Standing, Voted
    from watchers.store.store import Rooms
    from watchers.types import Relevance, Report


MOST_REMEMBERED: Final = 4_000  # judgements a channel; a digest asks several times for each of its reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What a channel's votes teach of any report; `taste` has the labels."""

    taste: Taste
    _judged: dict[tuple[str, float], Relevance] = field(default_factory=dict, compare=False, repr=False)

    def judged(self, report: Report, relevance: Relevance) -> Relevance:
        """Return a report's relevance after votes, of what it is without them: 0.3 ms, once a report."""
        key = (report.entry.key, relevance.score)
        known = self._judged.get(key)
        if known is None:
            terms = terms_named(report.mentions, _known())
            known = self.taste.adjust(relevance, report.vector, terms)
            if len(self._judged) >= MOST_REMEMBERED:
                self._judged.clear()
            self._judged[key] = known
        return known

    def nearest(self, report: Report, relevance: Relevance) -> tuple[tuple[Label, float], ...]:
        """Return the voted articles that move a report's score most, and by how much log-odds."""
        terms = terms_named(report.mentions, _known())
        return self.taste.nearest(relevance, report.vector, terms)


# By channel: what was learnt, and from which votes. As many as there are channels in which people vote.
_LEARNT: Final[dict[str, tuple[tuple[Standing, ...], Learnt]]] = {}


async def learnt(rooms: Rooms) -> dict[str, Learnt]:
    """Return what the votes of each channel teach, by channel; one without votes has nothing."""
    found = {}
    for channel, votes in (await rooms.votes.standing()).items():
        before = _LEARNT.get(channel)
        if before is None or before[0] != votes:
            taste = learn([_label(one, channel) for one in reversed(await rooms.votes.voted(channel))])
            before = (votes, Learnt(taste=taste))
            _LEARNT[channel] = before
        found[channel] = before[1]
    return found


def _label(one: Voted, channel: str) -> Label:
    """Return a voted story as its lead was judged for the channel when it was read."""
    return label(
        one.key,
        one.title,
        one.seen_by(channel),
        one.vector,
        terms_named(one.mentions, _known()),
        wanted=one.up / (one.up + one.down),
    )


@cache
def _known() -> Kinship:
    """Read what follows from a name off the shipped gazetteer; a name of the user's own stands for itself."""
    return kinship(load())
