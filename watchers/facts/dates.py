"""Dates and delivery dates: calendar, weekday, quarter, fiscal year and words such as "next month"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from watchers.facts import dates_en, dates_ja, dates_tr, tense
from watchers.facts.calendar import SOON_MONTHS
from watchers.facts.day_lists import days_beside
from watchers.types import Fact, Period

if TYPE_CHECKING:
    from datetime import date

    from watchers.facts.calendar import Grammar
    from watchers.facts.passage import Mask, Passage

_GRAMMARS: dict[str, Grammar] = {"en": dates_en.GRAMMAR, "tr": dates_tr.GRAMMAR, "ja": dates_ja.GRAMMAR}


_QUOTE_MARK = re.compile(r"[\"“”«»「」]")
_SMALL = re.compile(r"\s*(?:by|until|before|from|to)\s", re.IGNORECASE)


def read_dates(passage: Passage, mask: Mask) -> list[Fact]:
    """Return the dates; a delivery deadline is one whose clause speaks of completion or hand-over."""
    grammar = _GRAMMARS[passage.lang]
    facts: list[Fact] = []
    for match in grammar.pattern.finditer(passage.text):
        start, end = match.span()
        if not mask.free(start, end):
            continue
        before, after = passage.before(start, 80), passage.after(end, 60)
        value, ahead = _value(passage.lang, match, passage.published, before, after)
        if not value:
            continue
        start += len(match.group()) - len(match.group().lstrip())
        mask.take(start, end)
        past = value[:4].isdigit() and int(value[:4]) < passage.published.year
        days = "/" in value  # from one day to another, of which neither is a deadline or an edge
        deadline = not past and not days and grammar.is_deadline(before, match.group(), after, ahead=ahead)
        spans = [(start, end, value)]
        if not days:
            words = passage.text[start:end]
            others = days_beside(passage.lang, words, value, passage.before(start, 80), after)
            spans += [(start + first, start + last, other) for first, last, other in others]
        for first, last, period in sorted(spans):
            mask.take(first, last)
            facts.append(
                passage.fact(
                    first,
                    last,
                    "delivery_deadline" if deadline else "date",
                    Period(text=period),
                    rule=f"date-{match.lastgroup}",
                    bound="" if days else _edge(grammar, before, match.group() + after[:12]),
                )
            )
    return facts


def _value(lang: str, match: re.Match[str], published: date, before: str, after: str) -> tuple[str, bool]:
    """Return the period of a match, empty if it is none, and whether its clause looks ahead."""
    grammar = _GRAMMARS[lang]
    outside = _QUOTE_MARK.split(before)[-1]  # what is quoted has a time of its own
    outside += _leading(match.group())
    told = tense.looks_ahead(lang, outside, after)
    ahead = grammar.looks_ahead(outside, after) if told is None else told
    value = grammar.value(match, published, ahead=ahead)
    if told is not None:
        return value, ahead
    if match.lastgroup == "weekday" and not ahead and grammar.is_present(before, after):
        return grammar.value(match, published, ahead=True), True  # "arrives on Sunday"
    if not ahead and value[:4] == str(published.year - 1) and grammar.is_present(before, after):
        later = grammar.value(match, published, ahead=True)  # "opens in November": the next one
        return (later if later[:4] == str(published.year) else value), ahead
    if not ahead and match.lastgroup in _YEARLESS and not grammar.past_tense.search(outside + "§" + after):
        return _soon(grammar.value(match, published, ahead=True), published) or value, ahead
    return value, ahead


# Dates without a year: in December, "first flight in February" beside no verb in the past is the next one.
_YEARLESS = frozenset({"month", "md", "dmy", "mdy"})


def _soon(value: str, published: date) -> str:
    """Return a month or day that is at most SOON_MONTHS ahead, empty for any other."""
    months = (int(value[:4]) - published.year) * 12 + int(value[5:7]) - published.month if value else 0
    return value if 0 < months <= SOON_MONTHS else ""


def _leading(words: str) -> str:
    """Return the small words that a date's own words begin with, such as "until "."""
    small = _SMALL.match(words)
    return small.group().lower() if small else ""


def _edge(grammar: Grammar, before: str, words: str) -> Literal["", "start", "end"]:
    """Tell whether a date is where something begins or ends."""
    if grammar.ends.search(before[-30:] + words):
        return "end"
    return "start" if grammar.begins.search(before[-40:] + words) else ""
