"""What is made of entries: relevance, reports, stories and what a report did to one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from watchers.types.facts import Fact, FactType
    from watchers.types.news import Entry, Match, Mention

    Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One feature's part in a score: log-odds, positive speaks for relevance. `words` says it to people."""

    feature: str
    contribution: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An exemplar sentence and how like it the entry is, cosine in [-1, 1]."""

    exemplar: str  # the exemplar's key
    sentence: str
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """How likely an entry is to matter, in [0, 1], and why.

    `evidence` names the entities or concepts of the exemplars that the text itself names; an alert needs one.
    `nearest` holds at most three, best first; it is empty in the mode without a model.
    """

    score: float
    reasons: tuple[Reason, ...]
    evidence: tuple[str, ...] = ()
    nearest: tuple[Neighbour, ...] = ()
    model: str = ""  # the embedder's id, "none" without one
    promotion: tuple[str, ...] = ()  # sentences that show it to be promotional; empty: it is not


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An entry's relevance to a beat of its own; see `Beat` for the key."""

    beat: str
    relevance: Relevance


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An entry, understood. `vector` is its meaning (L2-normalised), None without a model.

    `relevance` is to the shared exemplars, `views` to those of channels and likenesses that have their own.
    """

    entry: Entry
    matches: tuple[Match, ...]
    relevance: Relevance
    facts: tuple[Fact, ...]  # offsets count code points of `fact_text(entry)`
    mentions: tuple[Mention, ...]
    views: tuple[View, ...] = ()
    vector: Vector | None = field(default=None, compare=False, repr=False)

    def seen_by(self, beat: str) -> Relevance:
        """Return the relevance to a beat; to the shared exemplars if it was not read for that one."""
        return next((view.relevance for view in self.views if view.beat == beat), self.relevance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who really stands behind reports: one publisher, agency or state owner, however many feeds carry it."""

    name: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One value in a disagreement: the value as people read it and the reports that give it."""

    value: str
    facts: tuple[Fact, ...]
    entries: tuple[str, ...]  # keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two or more reports of one story that give different values for the same thing."""

    about: str  # such as "deal value"
    type: FactType
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Reports of one event, oldest first. `number` is shown to people as `t7`."""

    number: int
    key: str  # the key of the entry that opened it
    reports: tuple[Report, ...]
    opened: datetime
    updated: datetime

    @property
    def lead(self) -> Report:
        """The report that opened the story."""
        return self.reports[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryUpdate:
    """What one report did to a story: opened, joined or corrected it, and which facts and origins it brought.

    A correction is a report whose outlet changed its figures since. A report is "carried" once another feed,
    the `carrier`, has it too: news for those alone who read no feed that had it before.
    """

    story: Story  # as it is after the report
    report: Report
    kind: Literal["opened", "joined", "corrected", "carried"]
    new_facts: tuple[Fact, ...]
    new_origin: bool
    at: datetime
    was: tuple[Fact, ...] = ()  # what the report's earlier text gave and this one no longer does
    carrier: int = 0  # the feed that carries it too; 0 for other kinds
