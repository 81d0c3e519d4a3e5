"""Read stored entries again with today's rules and models, and say what would change; `vedette replay`.

Entries come in time order and in bounded batches, and of what was read only what still counts is kept: the
open stories, and where the last days' reports were. Nothing is written unless it is asked for, and then only
reports are: stories keep their reports, and what is past is told to nobody.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.errors import ConfigError
from watchers.facts.proposed import FROM_MODEL
from watchers.lens_asked import closeness_of, read_batch
from watchers.stories.cluster import CLOSE_AFTER, Index
from watchers.worth import STORY_FROM, by_channel, highest, strongest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from watchers.lens_spec import LensSpec
    from watchers.relevance.decide import Decision
    from watchers.store.replayed import Stood
    from watchers.store.rows import Channel
    from watchers.store.store import Store
    from watchers.stories.similarity import Closeness
    from watchers.types import Fact, Report

BATCH: Final = 64  # entries read in one call and written in one transaction
SAME_SCORE: Final = 0.0005  # relevance is shown with two places
REMEMBERED: Final = CLOSE_AFTER + timedelta(days=1)  # where reports were: no open story is older
LOUD: Final = frozenset({"urgent", "now"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry that is read otherwise than it was."""

    before: Stood
    after: Report
    decision: Decision
    come: tuple[Fact, ...]
    gone: tuple[Fact, ...]
    regrouped: bool  # it comes into a story with others than were its companions, or into none

    @property
    def rescored(self) -> bool:
        """Tell whether its relevance is another one."""
        return abs(self.before.report.relevance.score - self.after.relevance.score) > SAME_SCORE

    @property
    def reread(self) -> bool:
        """Tell whether its report says something else, whatever becomes of its story."""
        was, now = self.before.report, self.after
        return (
            self.rescored
            or self.decision != self.before.decision
            or bool(self.come or self.gone)
            or was.relevance.model != now.relevance.model
            or {(one.watch, one.channel) for one in was.matches}
            != {(one.watch, one.channel) for one in now.matches}
        )

    def line(self) -> str:
        """Return it as a line of JSON."""
        entry, was = self.after.entry, self.before
        told: dict[str, object] = {
            "id": f"a{entry.number}",
            "title": entry.title,
            "when": entry.when.isoformat(),
            "score": [round(was.report.relevance.score, 4), round(self.after.relevance.score, 4)],
            "decision": [was.decision, self.decision],
            "facts_come": [f"{one.type} {one.value}" for one in self.come],
            "facts_gone": [f"{one.type} {one.value}" for one in self.gone],
            "regrouped": self.regrouped,
        }
        return json.dumps(told, ensure_ascii=False)


@dataclass(slots=True)
class Replayed:
    """What a replay came to."""

    entries: int = 0
    first: datetime | None = None
    last: datetime | None = None
    rescored: int = 0
    decisions: Counter[tuple[Decision, Decision]] = field(default_factory=Counter)  # those that change
    refacted: int = 0  # entries
    come: Counter[str] = field(default_factory=Counter)  # facts by type
    gone: Counter[str] = field(default_factory=Counter)
    stories_before: int = 0
    stories: int = 0
    regrouped: int = 0
    relabelled: int | None = None  # None: nothing was written


class Regrouping:
    """Put reports into stories anew, and tell which of them come into other company than they were in."""

    def __init__(self, closeness: Closeness) -> None:
        self._index = Index(closeness)
        self._homes: dict[int, tuple[int, datetime]] = {}  # a story as it was, to the new one it began
        self._leads: dict[int, tuple[int | None, datetime]] = {}  # a new story to what its first was in
        self.before = self.stories = 0

    def place(self, before: Stood, after: Report, decision: Decision) -> bool:
        """Place a report; tell whether its story is not the one that its companions of old are in."""
        when = after.entry.when
        if before.story is not None and before.story not in self._homes:
            self.before += 1
        if decision == "store" and highest(after) < STORY_FROM:
            if before.story is not None:
                self._homes.setdefault(before.story, (0, when))
            return before.story is not None
        update = self._index.place(after, now=when)
        number = update.story.number
        if update.kind == "opened":
            self.stories += 1
            self._leads[number] = (before.story, when)
        lead = self._leads.get(number, (before.story, when))[0]
        home = number if before.story is None else self._homes.setdefault(before.story, (number, when))[0]
        return lead != before.story or home != number

    @property
    def held(self) -> int:
        """Return how many stories are remembered in one way or another."""
        return max(len(self._index.stories), len(self._homes), len(self._leads))

    def forget(self, now: datetime) -> None:
        """Forget where reports were put that no open story can reach any more."""
        old = now - REMEMBERED
        open_now = {story.number for story in self._index.stories}
        self._leads = {one: held for one, held in self._leads.items() if one in open_now}
        self._homes = {one: held for one, held in self._homes.items() if held[0] in open_now or held[1] > old}


async def replay(
    store: Store,
    spec: LensSpec,
    *,
    apply: bool = False,
    start: datetime | None = None,
    end: datetime | None = None,
    tell: Callable[[Change], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Replayed:
    """Read again what was first seen in [start, end); `tell` gets each change, `progress` done and total.

    Raises KnowledgeError if the model or the names cannot be used.
    """
    closeness, fault = closeness_of(spec)
    if fault:
        raise ConfigError(fault)
    channels = await store.channels.all()
    numbers = await store.replayed.order(start=start, end=end)
    done, regrouping = Replayed(relabelled=0 if apply else None), Regrouping(closeness)
    for i in range(0, len(numbers), BATCH):
        stood = await store.replayed.stood(numbers[i : i + BATCH])
        if stood:
            changes = _read(stood, spec, channels, regrouping, done)
            if tell is not None:
                for change in changes:
                    tell(change)
            written = [(change.after, change.decision) for change in changes if change.reread]
            if apply and written:
                done.relabelled = (done.relabelled or 0) + await store.replayed.relabel(written)
            regrouping.forget(stood[-1].report.entry.when)
        if progress is not None:
            progress(min(i + BATCH, len(numbers)), len(numbers))
    done.stories_before, done.stories = regrouping.before, regrouping.stories
    return done


def _read(
    stood: Sequence[Stood],
    spec: LensSpec,
    channels: Sequence[Channel],
    regrouping: Regrouping,
    done: Replayed,
) -> list[Change]:
    """Read a batch again, count what changes, and return it."""
    reports = read_batch(spec, tuple(one.report.entry for one in stood))
    changes: list[Change] = []
    watches = by_channel(spec.watches)
    for before, bare in zip(stood, reports, strict=True):
        after = replace(bare, facts=(*bare.facts, *_proposed(before.report.facts, bare.facts)))
        decision = strongest_of(after, channels, watches)
        come, gone = (
            _differing(before.report.facts, after.facts),
            _differing(after.facts, before.report.facts),
        )
        regrouped = regrouping.place(before, after, decision)
        change = Change(
            before=before, after=after, decision=decision, come=come, gone=gone, regrouped=regrouped
        )
        if _count(change, done):
            changes.append(change)
    return changes


def _count(change: Change, done: Replayed) -> bool:
    """Count an entry and what of it changes; tell whether anything does."""
    before, after = change.before, change.after
    when = after.entry.when
    done.entries += 1
    done.first = min(done.first or when, when)
    done.last = max(done.last or when, when)
    done.rescored += change.rescored
    if change.decision != before.decision:
        done.decisions[before.decision, change.decision] += 1
    done.refacted += bool(change.come or change.gone)
    done.come.update(one.type for one in change.come)
    done.gone.update(one.type for one in change.gone)
    done.regrouped += change.regrouped
    return change.reread or change.regrouped


def _proposed(before: Sequence[Fact], after: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that a language model had pointed at and our reading does not find: they are kept."""
    known = set(map(_identity, after))
    return tuple(one for one in before if one.rule == FROM_MODEL and _identity(one) not in known)


def _differing(these: Sequence[Fact], those: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return those of the second facts whose like is not among the first."""
    known = set(map(_identity, these))
    return tuple(one for one in those if _identity(one) not in known)


def _identity(one: Fact) -> tuple[str, str, str]:
    return one.type, one.role, str(one.value)
