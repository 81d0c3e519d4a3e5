"""Arithmetic on days and months that the date grammars of all languages share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# A year outside this is a count, a model number or history, not news.
FIRST_YEAR, LAST_YEAR = 1990, 2069
# A day without a year that is this near ahead is meant ("he returns on 22 August"), not a day a year ago:
# writers give the year of those. A judgement from two misread passages, not a fit.
SOON_DAYS = 60
SOON_MONTHS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one language writes dates. `read` makes a canonical period of a match, or an empty string."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date, bool], str]
    ahead_before: re.Pattern[str]
    ahead_after: re.Pattern[str]
    past: re.Pattern[str]
    delivery: re.Pattern[str]
    until: re.Pattern[str]
    ends: re.Pattern[str]
    begins: re.Pattern[str]
    present: re.Pattern[str]
    past_tense: re.Pattern[str]  # anywhere in the clause around a date, which stands at §
    ahead_sure: re.Pattern[str] = re.compile(r"(?!)")  # after a date, whatever tense the sentence ends in
    visit: re.Pattern[str] = re.compile(r"(?!)")  # people who come or take part, which delivers nothing
    # Around a date, which stands at §: things in a number, or the first of them, are due.
    due: re.Pattern[str] = re.compile(r"(?!)")

    def value(self, match: re.Match[str], published: date, *, ahead: bool) -> str:
        """Return the canonical period of a match; empty when it is no date."""
        try:
            return self.read(match, published, ahead)
        except (ValueError, OverflowError):  # 31 June, year 0: the text says so, but there is no such day
            return ""

    def looks_ahead(self, before: str, after: str) -> bool:
        """Tell whether the clause around a date speaks of the future."""
        if self.ahead_before.search(before[-80:]) or self.ahead_sure.search(after):
            return True
        return bool(self.ahead_after.search(after)) and not self.past.search(after)

    def is_present(self, before: str, after: str) -> bool:
        """Tell whether the clause around a date is in the plain present, which tells of no year gone by."""
        return self.present.search(before + "§" + after) is not None and not self.past.search(after)

    def is_deadline(self, before: str, words: str, after: str, *, ahead: bool) -> bool:
        """Tell whether a date is one by which something is handed over, finished or in service."""
        near = before + words + after
        if self.until.search(before[-14:] + words + after[:8]):
            return True
        due = self.delivery.search(self.visit.sub(" ", near)) or self.due.search(f"{before}§{after}")
        return ahead and due is not None


def year_of(digits: str) -> str:
    """Return a four-digit year in range, or an empty string."""
    year = int(digits)
    return str(year) if FIRST_YEAR <= year <= LAST_YEAR else ""


def month_of(year: int, month: int) -> str:
    """Write a month; months before January and after December are of the years around it."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}"


def nearest_month(published: date, month: int, *, ahead: bool) -> str:
    """Write the next such month when looking ahead, else the last, unless the next is very near."""
    year = published.year
    if ahead and month < published.month:
        year += 1
    if not ahead and month > published.month and month - published.month < SOON_MONTHS:
        return month_of(year, month)
    if not ahead and month > published.month:
        year -= 1
    return month_of(year, month)


def nearest_day(published: date, month: int, day: int, *, ahead: bool) -> str:
    """Write the next such day when looking ahead, else the last, unless the next is within SOON_DAYS."""
    here = date(published.year, month, day)
    if ahead and here < published:
        here = date(published.year + 1, month, day)
    if not ahead and here > published + timedelta(days=SOON_DAYS):
        here = date(published.year - 1, month, day)
    return here.isoformat()


def through(day: str, first: int, last: int) -> str:
    """Write days of the month that `day` is of, from the first to the last; `day` if they run backwards."""
    return f"{day[:8]}{first:02d}/{day[:8]}{last:02d}" if day and 0 < first < last else day


def nearest_quarter(published: date, quarter: int, *, ahead: bool) -> str:
    """Write the next such quarter when looking ahead, else the last one that has begun; 1 to 4."""
    now = (published.month + 2) // 3
    year = published.year + (1 if ahead and quarter < now else -1 if not ahead and quarter > now else 0)
    return f"{year}-Q{quarter}"


def day_of_month(published: date, day: int, *, ahead: bool) -> str:
    """Write the last day of that number, or the next one when looking ahead."""
    year, month = published.year, published.month
    if not ahead and day > published.day + 1:
        month -= 1
    if ahead and day < published.day:
        month += 1
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, day).isoformat()


def weekday(published: date, index: int, *, ahead: bool) -> str:
    """Write the last such weekday up to publication, or the next one; Monday is 0."""
    back = (published.weekday() - index) % 7
    return (published + timedelta(days=(7 - back) % 7 if ahead else -back)).isoformat()


def week(published: date, offset: int) -> str:
    """Write the month of a week from now by its Thursday: the convention has no notation for weeks."""
    thursday = published + timedelta(days=7 * offset + 3 - published.weekday())
    return month_of(thursday.year, thursday.month)
