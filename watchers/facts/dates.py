"""Dates and delivery dates: calendar, weekday, quarter, fiscal year and words such as "next month"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from watchers.facts import dates_en, dates_ja, dates_tr
from watchers.types import Fact, Period

if TYPE_CHECKING:
    from watchers.facts.calendar import Grammar
    from watchers.facts.passage import Mask, Passage

_GRAMMARS: dict[str, Grammar] = {"en": dates_en.GRAMMAR, "tr": dates_tr.GRAMMAR, "ja": dates_ja.GRAMMAR}


_SMALL = re.compile(r"\s*(?:by|until|before|from)\s", re.IGNORECASE)


def read_dates(passage: Passage, mask: Mask) -> list[Fact]:
    """Return the dates; a delivery deadline is one whose clause speaks of completion or hand-over."""
    grammar = _GRAMMARS[passage.lang]
    facts: list[Fact] = []
    for match in grammar.pattern.finditer(passage.text):
        start, end = match.span()
        if not mask.free(start, end):
            continue
        before, after = passage.before(start, 80), passage.after(end, 60)
        ahead = grammar.looks_ahead(before + _leading(match.group()), after)
        value = grammar.value(match, passage.published, ahead=ahead)
        if not value:
            continue
        start += len(match.group()) - len(match.group().lstrip())
        mask.take(start, end)
        deadline = grammar.is_deadline(before, match.group(), after, ahead=ahead)
        facts.append(
            passage.fact(
                start,
                end,
                "delivery_deadline" if deadline else "date",
                Period(text=value),
                rule=f"date-{match.lastgroup}",
                bound=_edge(grammar, before, match.group() + after[:12]),
            )
        )
    return facts


def _leading(words: str) -> str:
    """Return the small words that a date's own words begin with, such as "until "."""
    small = _SMALL.match(words)
    return small.group().lower() if small else ""


def _edge(grammar: Grammar, before: str, words: str) -> Literal["", "start", "end"]:
    """Tell whether a date is where something begins or ends."""
    if grammar.ends.search(before[-30:] + words):
        return "end"
    return "start" if grammar.begins.search(before[-40:] + words) else ""
