"""Place reports into stories as they come: near copies first, then the likeliest open story, else a new one.

Not a batch clustering: a story is never merged into another, and a report is never moved.
"""

from __future__ import annotations

import dataclasses
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

from watchers.stories.evidence import about_others
from watchers.stories.later import later_step
from watchers.stories.near import are_near, may_be_near
from watchers.stories.nearest import Nearest
from watchers.stories.novelty import Known
from watchers.stories.origins import Ledger
from watchers.types import Story, StoryUpdate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from watchers.stories.outlets import Outlets
    from watchers.stories.similarity import Closeness, Reading
    from watchers.types import Fact, Report

# Log-odds. Each set of tests/evals left out of the fit in turn, B-cubed F1 is .97 on average from .5 to .9:
# lower finds more headlines without a summary, higher joins fewer look-alikes.
JOIN_AT = 0.6
CLOSE_AFTER = timedelta(days=5)  # without a report; the act is told and what follows is another one
NEAR_WITHIN = 3.0  # days; the same words later are a column's standing title
SAME_HEADLINE_WITHIN = 0.75  # days; one wire in several papers. A column has the same one a day later
MAX_MEMBERS = 8  # reports of a story that a new one is held against: the first, and the latest others
MAX_REPORTS = 500  # a story keeps its first and its latest; a flood of copies costs no more
BY_MEANING = 12  # open stories looked at because their vectors are near …
BY_TOKENS = 10  # … and because they share rare names, numbers or words
BEST = 3
TOP = 0.75  # the best one's share in the odds; the rest is the mean of the BEST
# A story whose first and last reports are both less like a new one than this is not looked at further. Of 726
# joined to stories of three or more, as they are and with their times moved, the lowest had -.9.
HOPELESS = -2.5
SWEEP_EVERY = timedelta(minutes=10)


class _Open:
    """An open story and what is needed to place reports into it."""

    def __init__(self, story: Story, outlets: Outlets | None) -> None:
        self.story = story
        self.first: Reading | None = None
        self.latest: deque[Reading] = deque(maxlen=MAX_MEMBERS - 1)
        self.known = Known()
        self.ledger = Ledger(outlets)
        self.texts: list[bytes] = []

    def admit(self, reading: Reading) -> None:
        """Remember a reading for comparison."""
        if self.first is None:
            self.first = reading
        else:
            self.latest.append(reading)

    def members(self) -> Iterable[Reading]:
        """Return the readings that new ones are held against."""
        return (self.first, *self.latest) if self.first else ()


class Index:
    """The open stories, held ready so that placing a report among 10 000 of them takes under 5 ms.

    One writer at a time. Memory grows with the open stories only.
    """

    def __init__(self, closeness: Closeness, *, next_number: int = 1, outlets: Outlets | None = None) -> None:
        self._closeness = closeness
        self._outlets = outlets
        self._next = next_number
        self._open: dict[int, _Open] = {}
        self._nearest = Nearest(closeness)
        self._texts: dict[bytes, int] = {}
        self._swept: datetime | None = None

    @classmethod
    def of(
        cls,
        recent: Iterable[Story],
        closeness: Closeness,
        *,
        next_number: int,
        outlets: Outlets | None = None,
    ) -> Index:
        """Rebuild the index from stored stories, as at start."""
        index = cls(closeness, next_number=next_number, outlets=outlets)
        for story in sorted(recent, key=lambda s: (s.opened, s.number)):
            index._restore(story)
        return index

    @property
    def closeness(self) -> Closeness:
        """Return what reports are compared by."""
        return self._closeness

    def anew(self, recent: Iterable[Story], *, next_number: int) -> Index:
        """Return an index like this one over the stories as they are stored now."""
        return Index.of(recent, self._closeness, next_number=next_number, outlets=self._outlets)

    @property
    def stories(self) -> tuple[Story, ...]:
        """Return the open stories, by number."""
        return tuple(self._open[number].story for number in sorted(self._open))

    def place(self, report: Report, *, now: datetime) -> StoryUpdate:
        """Put a report into the story of its event, or open one; stories silent at `now` close first."""
        self._close_silent(now)
        reading = self._read(report)
        number, is_copy = self._find(reading)
        if number is None:
            return self._start(reading, now)
        return self._join(self._open[number], reading, now, is_copy=is_copy)

    def replace(self, report: Report) -> Story | None:
        """Put a report in the place of the earlier one of its entry; return its story, None if none is open.

        Whatever its new text says, it stays in its story: a report is never moved.
        """
        key = report.entry.key
        for number, held in self._open.items():
            if any(one.entry.key == key for one in held.story.reports):
                reports = tuple(report if one.entry.key == key else one for one in held.story.reports)
                self._close(number)
                self._restore(dataclasses.replace(held.story, reports=reports))
                return self._open[number].story
        return None

    def _read(self, report: Report) -> Reading:
        return self._closeness.without(self._closeness.read(report), self._nearest.is_usual)

    def _find(self, reading: Reading) -> tuple[int | None, bool]:
        """Return the open story a report belongs to, if any, and whether it only repeats its words."""
        same = self._texts.get(reading.grams.tobytes(), 0)
        if same in self._open and self._has_copy(reading, self._open[same]):
            return same, True
        best: tuple[float, int] | None = None
        for number in self._nearest.candidates(reading, by_meaning=BY_MEANING, by_tokens=BY_TOKENS):
            candidate = self._open[number]
            if self._has_copy(reading, candidate):
                return number, True
            if self._has_headline(reading, candidate):
                return number, False
            odds = self._odds(reading, candidate)
            if odds > JOIN_AT and (best is None or (odds, -number) > (best[0], -best[1])):
                best = (odds, number)
        return (best[1] if best else None), False

    def _has_copy(self, reading: Reading, candidate: _Open) -> bool:
        return any(
            may_be_near(reading.sketch, member.sketch)
            and abs(reading.days - member.days) <= NEAR_WITHIN
            and are_near(reading.grams, member.grams)
            and not about_others(reading.signals, member.signals)
            for member in candidate.members()
        )

    def _has_headline(self, reading: Reading, candidate: _Open) -> bool:
        """Tell whether a story has a report's very headline: papers cut one wire's text in their own ways."""
        return bool(reading.headline) and any(
            reading.headline == member.headline
            and abs(reading.days - member.days) <= SAME_HEADLINE_WITHIN
            and not about_others(reading.signals, member.signals)
            for member in candidate.members()
        )

    def _odds(self, reading: Reading, candidate: _Open) -> float:
        """Return the best log-odds, tempered by the mean of the best three: one odd member joins little.

        A later step of the same affair is like all of them, so that is asked last, of the whole story.
        """
        members = tuple(candidate.members())
        ends = [self._closeness.log_odds(reading, member) for member in (members[:1] + members[1:][-1:])]
        if max(ends) < HOPELESS:
            return max(ends)
        rest = (self._closeness.log_odds(reading, member) for member in members[1:-1])
        odds = sorted((*ends, *rest), reverse=True)
        top = odds[:BEST]
        together = TOP * top[0] + (1 - TOP) * sum(top) / len(top)
        return together + later_step(reading, members) if together > JOIN_AT else together

    def _start(self, reading: Reading, now: datetime) -> StoryUpdate:
        report = reading.report
        when = report.entry.when
        story = Story(number=self._next, key=report.entry.key, reports=(report,), opened=when, updated=when)
        self._next += 1
        opened = _Open(story, self._outlets)
        self._open[story.number] = opened
        new_facts, new_origin = self._admit(opened, reading, is_copy=False)
        return StoryUpdate(
            story=story, report=report, kind="opened", new_facts=new_facts, new_origin=new_origin, at=now
        )

    def _join(self, candidate: _Open, reading: Reading, now: datetime, *, is_copy: bool) -> StoryUpdate:
        story, report = candidate.story, reading.report
        reports = (*story.reports, report)
        if len(reports) > MAX_REPORTS:
            reports = (reports[0], *reports[2:])
        candidate.story = dataclasses.replace(
            story, reports=reports, updated=max(story.updated, report.entry.when)
        )
        new_facts, new_origin = self._admit(candidate, reading, is_copy=is_copy)
        return StoryUpdate(
            story=candidate.story,
            report=report,
            kind="joined",
            new_facts=new_facts,
            new_origin=new_origin,
            at=now,
        )

    def _admit(self, candidate: _Open, reading: Reading, *, is_copy: bool) -> tuple[tuple[Fact, ...], bool]:
        """Take a report into a story's memory; return its new facts and whether its origin is new."""
        if not is_copy:  # copies would crowd out the reports that new ones are compared with
            candidate.admit(reading)
            self._nearest.add(candidate.story.number, reading)
            if len(candidate.texts) < MAX_REPORTS:
                candidate.texts.append(reading.grams.tobytes())
                self._texts[candidate.texts[-1]] = candidate.story.number
        new_origin = candidate.ledger.add(reading.report, read=reading.grams)
        return candidate.known.take(reading.report.facts), new_origin

    def _restore(self, story: Story) -> None:
        opened = _Open(story, self._outlets)
        self._open[story.number] = opened
        for report in story.reports:
            reading = self._read(report)
            self._admit(opened, reading, is_copy=self._has_copy(reading, opened))
        self._next = max(self._next, story.number + 1)

    def _close_silent(self, now: datetime) -> None:
        if self._swept is not None and timedelta() <= now - self._swept < SWEEP_EVERY:
            return
        self._swept = now
        silent = [number for number, held in self._open.items() if now - held.story.updated > CLOSE_AFTER]
        for number in silent:
            self._close(number)

    def _close(self, number: int) -> None:
        for text in self._open.pop(number).texts:
            if self._texts.get(text) == number:
                del self._texts[text]
        self._nearest.remove(number)


def cluster(
    reports: Sequence[Report],
    recent: Sequence[Story],
    *,
    closeness: Closeness,
    next_number: int,
    now: datetime,
) -> tuple[StoryUpdate, ...]:
    """Place reports, oldest first, among recent stories; return what each did, in that order."""
    index = Index.of(recent, closeness, next_number=next_number)
    ordered = sorted(reports, key=lambda report: (report.entry.when, report.entry.key))
    return tuple(index.place(report, now=now) for report in ordered)
