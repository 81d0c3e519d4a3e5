"""Every value of the walk, in order of birth: feed, entry, match, relevance, fact, report, story.

All are frozen and complete when made; times are aware UTC; collections are tuples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchers.types.facts import (
    Count,
    Fact,
    FactType,
    FactValue,
    Money,
    Named,
    Period,
    Person,
    Share,
    Words,
    plain,
)
from watchers.types.news import (
    Beat,
    Entry,
    Exemplar,
    Feed,
    Fetched,
    Hit,
    Match,
    Mention,
    Parsed,
    Span,
    Validators,
    Watch,
    fact_text,
)
from watchers.types.stories import (
    Disagreement,
    Neighbour,
    Origin,
    Reason,
    Relevance,
    Report,
    Side,
    Story,
    StoryUpdate,
    View,
)
from watchers.types.watching import Rhythm, SourceKind, Wishes

if TYPE_CHECKING:
    from watchers.types.stories import Vector as Vector

__all__ = [
    "Beat",
    "Count",
    "Disagreement",
    "Entry",
    "Exemplar",
    "Fact",
    "FactType",
    "FactValue",
    "Feed",
    "Fetched",
    "Hit",
    "Match",
    "Mention",
    "Money",
    "Named",
    "Neighbour",
    "Origin",
    "Parsed",
    "Period",
    "Person",
    "Reason",
    "Relevance",
    "Report",
    "Rhythm",
    "Share",
    "Side",
    "SourceKind",
    "Span",
    "Story",
    "StoryUpdate",
    "Validators",
    "View",
    "Watch",
    "Wishes",
    "Words",
    "fact_text",
    "plain",
]
