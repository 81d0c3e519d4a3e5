"""Percentages and percentage points, also in words: nine-tenths, three quarters, yüzde 48, 3割."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.facts import numerals
from watchers.facts.money import of_the_market
from watchers.types import Fact, Share

if TYPE_CHECKING:
    from watchers.facts.numbers import Number
    from watchers.facts.passage import Mask, Passage

_POINTS = {
    "en": re.compile(r"[\s-]?(?:percentage[\s-]points?|pp\b|points? of GDP)"),
    "tr": re.compile(r"\s?(?:yüzde puan\w*|puan\w*)"),
    "ja": re.compile(r"\s?(?:ポイント|％ポイント|%ポイント)"),
}
_PERCENT = {
    "en": re.compile(r"\s?(?:%|％)|[\s-](?:percent|per\scent|pct|p\.c\.)(?!age\spoint)"),
    "tr": re.compile(r"\s?%|['’]?\w{0,3}\soranında(?<=yüzde)"),
    "ja": re.compile(r"\s?(?:％|%|パーセント)"),
}
_BEFORE_TR = re.compile(r"(?:(?<!\w)[Yy]üzde\s|%\s?)\Z")
_WARI = re.compile(r"割(?!引|当|り)(?:(\d)分)?")
_FRACTION_EN = re.compile(
    r"\b(?P<num>a|one|two|three|four|five|six|seven|eight|nine)[\s-](?P<den>tenths?|quarters?|fifths?)\b(?!\s(?:of\s)?(?:20\d\d|the\syear|this\syear|next\syear|last\syear))",
    re.IGNORECASE,
)
# "a quarter" is as often three months or fifteen minutes: it is a share of something, or how much something grew.
_PART_AFTER = re.compile(r"\s(?:of\b|less|more|higher|lower|cheaper|larger|smaller|bigger)")
_GREW_BEFORE = re.compile(
    r"\b(?:by|up|down|nearly|almost|about|roughly|over|than|rose|fell|grew|cut|least)\s\Z", re.IGNORECASE
)
_TIME_BEFORE = re.compile(
    r"\b(?:hours?|years?|miles?|months?|weeks?|days?|half|decades?)\sand\s\Z", re.IGNORECASE
)
_DENOMINATORS = {"tenth": 10, "quarter": 4, "fifth": 5}


def read_shares(passage: Passage, mask: Mask, numbers: tuple[Number, ...]) -> list[Fact]:
    """Return the percentages; the moves of a share's price are used up and give none."""
    facts: list[Fact] = []
    for number in numbers:
        if not mask.free(number.at, number.end):
            continue
        found = _share(passage, number)
        if found is None:
            continue
        start, end, value = found
        mask.take(start, end)
        if not of_the_market(passage, number):
            facts.append(
                passage.fact(
                    start, end, "percentage", value, rule="share", bound=number.bound, approx=number.approx
                )
            )
    if passage.lang == "en":
        facts += _fractions(passage, mask)
    return facts


def _share(passage: Passage, number: Number) -> tuple[int, int, Share] | None:
    """Return the range and value of a percentage, None if the number is none."""
    text, lang = passage.text, passage.lang
    if lang == "tr":
        before = _BEFORE_TR.search(text, max(0, number.start - 8), number.start) or _BEFORE_TR.search(
            text, max(0, number.at - 8), number.at
        )
        if before:
            return min(before.start(), number.start), number.end, Share(percent=number.high)
    points = _POINTS[lang].match(text, number.end)
    if points:
        return number.start, points.end(), Share(percent=number.high, points=True)
    percent = _PERCENT[lang].match(text, number.end)
    if percent:
        return number.start, percent.end(), Share(percent=number.high)
    wari = _WARI.match(text, number.end) if lang == "ja" else None
    if wari and number.high <= 10:
        return number.start, wari.end(), Share(percent=number.high * 10 + Decimal(wari.group(1) or 0))
    return None


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Tell whether a fraction is a share of something and no quarter of an hour or a year."""
    before = text[max(0, match.start() - 12) : match.start()]
    if _TIME_BEFORE.search(before):
        return False
    sure = not match.group("num").lower().startswith(("a", "one")) or "tenth" in match.group("den").lower()
    return sure or bool(_PART_AFTER.match(text, match.end())) or bool(_GREW_BEFORE.search(before))


def _fractions(passage: Passage, mask: Mask) -> list[Fact]:
    """Read fractions in words that are whole percentages."""
    facts = []
    for match in _FRACTION_EN.finditer(passage.text):
        if not _is_part(passage.text, match):
            continue
        den = _DENOMINATORS[match.group("den").lower().rstrip("s")]
        word = match.group("num").lower()
        num = 1 if word in ("a", "one") else numerals.value(word, "en")
        if num and num < den and mask.free(*match.span()):
            mask.take(*match.span())
            facts.append(
                passage.fact(
                    *match.span(), "percentage", Share(percent=Decimal(num) * 100 / den), rule="fraction"
                )
            )
    return facts
