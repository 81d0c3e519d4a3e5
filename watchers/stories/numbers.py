"""Read the numbers of a text in the notation of its language, without dates, years and designators."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.stories.counted import counted_class
from watchers.types import Count, Money, Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.types import Fact

MAX_NUMBERS = 16
_NUMERAL = re.compile(r"(?<![\w.,-])(\d{1,12}(?:[.,]\d{1,12}){0,4})(?!\d)")
_SCALE_WORDS = {
    "thousand": 3, "bin": 3, "million": 6, "mln": 6, "milyon": 6, "m": 6, "mn": 6, "crore": 7, "billion": 9,
    "bil": 9, "bln": 9, "bn": 9, "milyar": 9, "b": 9, "trillion": 12, "tril": 12, "trn": 12, "tn": 12,
    "trilyon": 12, "千": 3, "百": 2, "万": 4, "億": 8, "兆": 12,
}  # fmt: skip
_SCALE = re.compile(
    r"(?:[\s-]?(thousand|trillion|million|billion|milyon|milyar|trilyon|crore|tril|bil|bin|mln|bln|trn|bn|tn)"
    r"|(mn|m|b))\b"
)
_JAPANESE_NUMBER = re.compile(r"(?:\d{1,6}(?:[.,]\d{1,6})?[兆億万千百]{1,2}){1,4}\d{0,6}")
_JAPANESE_STEP = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)([兆億万千百]{0,2})")
_NOT_COUNTED = re.compile(r"\s?(?:年度|年|月|日|時|分|世紀)")
_YEARS = (1900, 2100)
_PERCENT_AFTER = re.compile(r"\s?(?:%|percent|per cent|pct|パーセント)")
_PERCENT_BEFORE = re.compile(r"yuzde\s?\Z")
_MONTH = (
    r"(?:jan|feb|mar(?:ch)?|apr|may|june?|july?|aug|sept?|oct|nov|dec|(?:janu|febru)ary|april|august"
    r"|(?:septem|octo|novem|decem)ber|ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\s{_MONTH}\b|\b{_MONTH}\.?\s\d{{1,2}}\b"
)
_TURKISH_THOUSANDS = re.compile(r"(?<![\w.,-])(\d{1,3})\sbin\s(\d{1,3})(?![\d.,])")


def read_numbers(flat: str, facts: Sequence[Fact]) -> tuple[tuple[float, ...], frozenset[float]]:
    """Return the MAX_NUMBERS largest numbers above 1, ascending, and the percentages of a folded text."""
    numbers: set[float] = set()
    shares: set[float] = set()
    for fact in facts:
        match fact.value:
            case Money(low=low):
                numbers.add(float(low))
            case Count(low=count):
                numbers.add(float(count))
            case Share(percent=percent):
                shares.add(float(percent))
            case _:
                pass
    flat = _DATE.sub(" ", flat)
    flat = _TURKISH_THOUSANDS.sub(lambda m: f" {int(m[1]) * 1000 + int(m[2])}", flat)
    rest = _JAPANESE_NUMBER.sub(lambda m: _take_japanese(m, flat, numbers), flat)
    for found in _NUMERAL.finditer(rest):
        value = _amount(found[1], rest[found.end() : found.end() + 12])
        if value is None or _NOT_COUNTED.match(rest, found.end()):
            continue
        before = rest[max(0, found.start() - 8) : found.start()]
        if _PERCENT_AFTER.match(rest, found.end()) or _PERCENT_BEFORE.search(before):
            shares.add(value)
        elif not (value.is_integer() and _YEARS[0] <= value <= _YEARS[1]):
            numbers.add(value)
    return tuple(sorted(n for n in numbers if n > 1)[-MAX_NUMBERS:]), frozenset(shares)


def _take_japanese(found: re.Match[str], flat: str, numbers: set[float]) -> str:
    """Add a number such as 8兆8454億 to `numbers` and return what to leave in its place."""
    if not _NOT_COUNTED.match(flat, found.end()):
        numbers.add(sum(_step(digits, scale) for digits, scale in _JAPANESE_STEP.findall(found[0])))
    return " "


def _step(digits: str, scale: str) -> float:
    power = sum(_SCALE_WORDS[letter] for letter in scale)
    return float(Decimal(digits.replace(",", "") or "0").scaleb(power))


def _amount(numeral: str, after: str) -> float | None:
    """Return a numeral's value in either notation times the scale word behind it; None if unreadable."""
    scale = _SCALE.match(after)
    power = _SCALE_WORDS[scale[1] or scale[2]] if scale else 0
    marks = re.findall(r"[.,]", numeral)
    last = numeral.rpartition(marks[-1])[2] if marks else ""
    # A single mark before three digits groups thousands, unless a scale word follows: 1.250 milyar is rare.
    grouped = not marks or (len(last) == 3 and (len(marks) > 1 or not scale))
    if len(set(marks)) == 2 or not grouped:
        whole = re.sub(r"[.,]", "", numeral[: -len(last) - 1])
        plain = f"{whole}.{last}"
    else:
        plain = re.sub(r"[.,]", "", numeral)
    if plain.count(".") > 1 or len(plain) > 18:
        return None
    return float(Decimal(plain).scaleb(power))


def read_counts(facts: Sequence[Fact]) -> frozenset[tuple[str, float]]:
    """Return what the counts of a text count, in the words of `counted_class`, and how many."""
    return frozenset(
        (kind, float(fact.value.low))
        for fact in facts
        if isinstance(fact.value, Count) and (kind := counted_class(fact.mention))
    )


def read_sums(facts: Sequence[Fact]) -> frozenset[tuple[str, float]]:
    """Return the sums of money of a text, each with its currency."""
    return frozenset(
        (fact.value.currency, float(fact.value.low)) for fact in facts if isinstance(fact.value, Money)
    )
