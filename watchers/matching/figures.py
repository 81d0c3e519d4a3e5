"""Amounts, numbers and dates as they are typed behind `fact:`, and as they are written back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from watchers.facts.currencies import CODES, SIGNS
from watchers.types import plain

DEFAULT_CURRENCY: Final = "USD"  # what most of the amounts in the labelled set are in
MAX_DIGITS: Final = 15  # as the reader of amounts takes; a longer number is none
_SCALES: Final = {
    "k": 3, "thousand": 3, "bin": 3, "千": 3, "万": 4, "m": 6, "mn": 6, "mln": 6, "million": 6, "milyon": 6,
    "億": 8, "b": 9, "bn": 9, "bln": 9, "billion": 9, "milyar": 9, "t": 12, "tn": 12, "trn": 12,
    "trillion": 12, "trilyon": 12, "兆": 12,
}  # fmt: skip
SCALES: Final = "|".join(sorted(_SCALES, key=len, reverse=True))
_WRITTEN: Final = ((12, "tn"), (9, "bn"), (6, "m"), (3, "k"))
_SIGNS: Final = {sign: code for sign, code in SIGNS.items() if not sign[-1].isalpha()}
_FIGURE: Final = re.compile(
    rf"(?P<sign>{'|'.join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))})?\s?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?"
    rf"(?P<scale>{SCALES})?\s?"
    rf"(?P<code>(?i:{'|'.join(CODES)}|TL)|[€£¥₺₹₩$%円])?",
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(
    r"(?P<fiscal>FY)?(?P<year>(?:19|20)\d\d)"
    r"(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-2]\d|3[01]))?|-?Q(?P<quarter>[1-4])|-?H(?P<half>[12]))?",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"((?:19|20)\d\d)-((?:19|20)\d\d)")
# Fiscal years by which news dates things end between March (India) of the year they are named by and March
# of the next (Japan); the text seldom says whose it is.
_FISCAL_ENDS: Final = ((0, 3, 31), (1, 3, 31))


@dataclass(frozen=True, slots=True)
class Amount:
    """A number; `code` is its ISO 4217 currency, empty for a mere number."""

    number: Decimal
    code: str = ""

    def __str__(self) -> str:
        """Write it so that `read_amount` gives the same back; of dollars the currency is left out."""
        power, unit = next(((p, u) for p, u in _WRITTEN if self.number >= 10**p), (0, ""))
        return plain(self.number.scaleb(-power)) + unit + ("" if self.code == DEFAULT_CURRENCY else self.code)


@dataclass(frozen=True, slots=True)
class Days:
    """When a period begins and ends, at the earliest and at the latest: the two differ in fiscal years."""

    first: date
    last: date
    latest: date  # end


@lru_cache(maxsize=4096)
def read_amount(text: str, *, money: bool) -> Amount | None:
    """Return the amount or number that a text is; None if it is none, or a number with a currency."""
    found = _FIGURE.fullmatch(text.strip())
    if found is None:
        return None
    digits = found["digits"].replace(",", "")
    if sum(map(str.isdigit, digits)) > MAX_DIGITS:
        return None
    named = _SIGNS.get(found["sign"] or "", "")
    behind = (found["code"] or "").upper()
    code = {"TL": "TRY", "円": "JPY"}.get(behind) or _SIGNS.get(behind, behind)
    number = Decimal(digits).scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
    if not money:
        return None if named or code.strip("%") else Amount(number)
    if code == "%" or (code and named not in {"", code, DEFAULT_CURRENCY}):
        return None
    return Amount(number, code or named or DEFAULT_CURRENCY)


@lru_cache(maxsize=4096)
def days_of(text: str) -> Days | None:  # noqa: PLR0911 - one case a form of date
    """Return the days of 2028, 2028-09, 2028-09-30, 2028-Q4, 2026-H2, FY2026 or 2027-2029, else None.

    Also of 2026-11-24/2026-11-26, as days from one to another are written.
    """
    if text.count("/") == 1:
        begin, end = map(days_of, text.split("/"))
        return _days(begin.first, end.last) if begin and end and begin.first <= end.last else None
    if many := _RANGE.fullmatch(text):
        return _days(date(int(many[1]), 1, 1), date(int(many[2]), 12, 31))
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"])
    if found["fiscal"]:
        first, latest = (date(year + more, month, day) for more, month, day in _FISCAL_ENDS)
        return None if found["month"] else Days(first=date(year - 1, 4, 1), last=first, latest=latest)
    try:
        if found["day"]:
            day = date(year, int(found["month"]), int(found["day"]))
            return _days(day, day)
    except ValueError:  # the 30th of February
        return None
    months = {"month": 1, "quarter": 3, "half": 6}
    part = next((name for name in months if found[name]), "")
    length = months.get(part, 12)
    start = (int(found[part]) - 1) * length if part else 0
    return _days(date(year, start + 1, 1), _before(year, start + length))


def _days(first: date, last: date) -> Days:
    return Days(first=first, last=last, latest=last)


def _before(year: int, months: int) -> date:
    """Return the day before a month, which is counted from 0."""
    following = date(year + months // 12, months % 12 + 1, 1)
    return following - timedelta(days=1)
