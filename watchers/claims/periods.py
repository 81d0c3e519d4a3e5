"""Turn dates as facts tell them into days, with the blur of "early", "summer" or "by" kept; and year labels."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.claims.extents import days
from watchers.claims.loose import WEEK, coming
from watchers.claims.stages import delayed, is_ahead
from watchers.facts.passage import lower
from watchers.types import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.types import Fact
    from watchers.types.claims import Extent

# Fiscal years by the country whose budget is spoken of: first month, and years from the label to its start.
# Japan, India, the United Kingdom and Canada begin in April, the United States in October of the year before.
FISCAL_START = {"JP": (4, 0), "IN": (4, 0), "GB": (4, 0), "CA": (4, 0), "US": (10, -1), "AU": (7, -1)}
APRIL = (4, 0)
_PERIOD = re.compile(
    r"(?P<fy>FY)?(?P<y>\d{4})(?:-(?P<q>Q[1-4])|-(?P<h>H[12])|-(?P<m>\d{2})(?:-(?P<d>\d{2})(?:/(?P<to>\d{4}-\d\d-\d\d))?)?|-(?P<y2>\d{4}))?\Z"
)
_AFTER = re.compile(r"(?P<n>\d{1,3}) (?P<u>months|years|days|weeks) after signature\Z")
_UNIT_DAYS = {"days": 1, "weeks": 7}
# Words right before, in or right after a year or month that name a part of it, in the order they are asked.
_PARTS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "en": (
        ("end", re.compile(r"\b(?:end|close) of(?: the)?(?: calendar| fiscal)?(?: year)?\s?\Z|year[’']?s?[ -]end|end of (?:the|this) year", re.IGNORECASE)),
        ("early", re.compile(r"\b(?:early|start of|beginning of|opening (?:weeks|months) of)[\s-](?:in |the )?", re.IGNORECASE)),
        ("late", re.compile(r"\b(?:late|latter part of|final months of)[\s-](?:in )?", re.IGNORECASE)),
        ("mid", re.compile(r"\b(?:mid|middle of)[\s-]?", re.IGNORECASE)),
        ("spring", re.compile(r"\bspring\b", re.IGNORECASE)), ("summer", re.compile(r"\bsummer\b", re.IGNORECASE)),
        ("autumn", re.compile(r"\b(?:autumn|fall(?= of|\s20))\b", re.IGNORECASE)), ("winter", re.compile(r"\bwinter\b", re.IGNORECASE)),
    ),
    "tr": (
        ("end", re.compile(r"sonu(?:na|nda|nu|ndan)?(?!\w)|bitmeden", re.IGNORECASE)), ("early", re.compile(r"(?:başı(?:nda|na|ndan)?|başlarında|ilk ayları)", re.IGNORECASE)),
        ("late", re.compile(r"sonlar[ıi]|son ayları", re.IGNORECASE)), ("mid", re.compile(r"ortası|ortalar", re.IGNORECASE)),
        ("spring", re.compile(r"bahar(?!a kadar)|ilkbahar", re.IGNORECASE)), ("summer", re.compile(r"(?<!\w)yaz(?:ı|ın|a|ında|aylar)?(?!\w)", re.IGNORECASE)),
        ("autumn", re.compile(r"sonbahar|(?<!\w)güz", re.IGNORECASE)), ("winter", re.compile(r"(?<!\w)kış", re.IGNORECASE)),
    ),
    "ja": (
        ("end", re.compile(r"末")), ("early", re.compile(r"初め|初頭|年初|早々|始め|上旬")), ("first half", re.compile(r"前半")), ("second half", re.compile(r"後半")), ("late", re.compile(r"終わり|下旬|暮れ")),
        ("mid", re.compile(r"半ば|中ごろ|中頃|中旬")), ("spring", re.compile(r"春")), ("summer", re.compile(r"夏")),
        ("autumn", re.compile(r"秋")), ("winter", re.compile(r"冬")),
    ),
}  # fmt: skip
_YEAR_PARTS = {
    "end": (10, 12), "early": (1, 4), "late": (9, 12), "mid": (5, 8), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14), "first half": (1, 6), "second half": (7, 12),
}  # fmt: skip
# Months and days, which need no year; "yesterday" and weekdays tell theirs.
_YEARLESS = {
    "en": r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
    "tr": r"(?i:ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık)",
    "ja": r"^[0-9０-９]{1,2}月",
}
_YEAR_DAYS = 366
_NEAREST = 200  # days back from which the same day of next year is nearer by far
_YEARLESS_PARTS = {
    "en": re.compile(
        r"\b(?:the\s)?(?:(?P<q>first|second|third|fourth)[\s-]quarter|(?P<h>first|second)\shalf)\b(?!\s(?:of|in)?\s?(?:fiscal\s)?(?:20\d\d|next|this|last))",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        r"(?<!\d['’]ın\s)(?<!\d\syılının\s)(?<!\w)(?:(?P<q>ilk|birinci|ikinci|üçüncü|dördüncü|son)\sçeyre|(?P<h>ilk|birinci|ikinci)\syarı)\w*",
        re.IGNORECASE,
    ),
    "ja": re.compile(r"(?:(?P<y>20\d\d)年(?P<fy>度)?の?)?第(?P<q>[1-4])四半期"),
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "ilk": 1,
    "birinci": 1,
    "ikinci": 2,
    "üçüncü": 3,
    "dördüncü": 4,
    "son": 4,
}
_MONTH_PARTS = {
    "first half": (1, 15),
    "second half": (16, 31),
    "end": (21, 31),
    "early": (1, 10),
    "late": (21, 31),
    "mid": (11, 20),
}
_BEFORE, _AFTER_WIDTH = 24, 14
_TODAY = {
    "en": re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b(?![’']s)", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?:bugün|bu (?:sabah|akşam))(?!\w)", re.IGNORECASE),
    "ja": re.compile(r"本日|今日|きょう|けさ|今朝"),
}
_DECADE = {
    "en": re.compile(r"\b(?:(?P<p>early|mid|late)[\s-](?:in the |the )?)?(?P<y>20[2-6]0)s\b"),
    "tr": re.compile(r"(?P<y>20[2-6]0)['’]?(?:l[iı]\syıllar|lar)\w*(?:\s(?P<p>baş|orta|son)\w*)?"),
    "ja": re.compile(r"(?P<y>20[2-6]0)年代(?P<p>初め|初頭|前半|半ば|中頃|後半|末)?"),
}
# First and last year of the ten; without a word all ten.
_DECADE_PARTS = {
    "early": (0, 3), "baş": (0, 3), "初め": (0, 3), "初頭": (0, 3), "前半": (0, 4), "mid": (4, 6), "orta": (4, 6), "半ば": (4, 6),
    "中頃": (4, 6), "late": (7, 9), "son": (7, 9), "後半": (5, 9), "末": (8, 9),
}  # fmt: skip


def span_of(period: str, *, country: str = "JP", signed: date | None = None) -> tuple[date, date] | None:
    """Return the first and last day of a canonical period; None when it is none or its year is out of range.

    A fiscal year is that of the country. "18 months after signature" counts from the day of signing.
    """
    after = _AFTER.match(period)
    if after:
        return None if signed is None else (signed, later(signed, int(after["n"]), after["u"]))
    match = _PERIOD.match(period)
    if match is None:
        return None
    try:
        return _days_of(match, country)
    except ValueError:
        return None


def _days_of(match: re.Match[str], country: str) -> tuple[date, date]:
    year = int(match["y"])
    if match["fy"]:
        month, back = FISCAL_START.get(country, APRIL)
        first = date(year + back, month, 1)
        return first, date(first.year + 1, month, 1) - timedelta(days=1)
    if match["q"]:
        return _months(year, 3 * int(match["q"][1]) - 2, 3 * int(match["q"][1]))
    if match["h"]:
        return _months(year, 6 * int(match["h"][1]) - 5, 6 * int(match["h"][1]))
    if match["d"]:
        day = date(year, int(match["m"]), int(match["d"]))
        return day, date.fromisoformat(match["to"]) if match["to"] else day
    if match["m"]:
        return _months(year, int(match["m"]), int(match["m"]))
    return date(year, 1, 1), date(int(match["y2"] or year), 12, 31)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the days from one month to another; months beyond December are of the next year."""
    start = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return start, date(end_year, end_month, monthrange(end_year, end_month)[1])


def later(day: date, count: int, unit: str) -> date:
    """Return the day so many days, weeks, months or years later; beyond a month's end, its last day."""
    if unit in _UNIT_DAYS:
        return day + timedelta(days=count * _UNIT_DAYS[unit])
    months = count * (12 if unit == "years" else 1) + day.month - 1
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def dated(fact: Fact, text: str, lang: str, *, country: str, published: date) -> Extent | None:
    """Return the days of a date fact with what the words around it say: a part of the year, or a deadline."""
    if not isinstance(fact.value, Period):
        return None
    span = span_of(fact.value.text, country=country, signed=published)
    if span is None:
        return None
    if coming(fact.mention, fact.sentence, lang, span[1], published):
        span = span[0] + timedelta(days=WEEK), span[1] + timedelta(days=WEEK)
    elif _is_of_next_year(fact, span[1], published, lang):
        span = later(span[0], 1, "years"), later(span[1], 1, "years")
    before = text[max(fact.sentence_start, fact.start - _BEFORE) : fact.start]
    after = text[fact.end : fact.end + _AFTER_WIDTH]
    first, last, part = _part(fact.value.text, span, lang, before, fact.mention, after)
    extent = days(first, last, about=part not in {"", "end"})
    put_off = lang == "en" and delayed(fact.sentence)  # "postponed until May" names the day itself
    if not put_off and _is_deadline(lang, before, fact.mention, after):
        return replace(extent, low=None, shape="bound")
    return extent


def _is_of_next_year(fact: Fact, last: date, published: date, lang: str) -> bool:
    """Tell whether a month or day without a year was read as past although its sentence looks ahead."""
    back = (published - last).days
    if last >= published or back > _YEAR_DAYS or re.search(r"\d{4}", fact.mention):
        return False
    if re.search(_YEARLESS[lang], fact.mention) is None:
        return False
    return is_ahead(fact.sentence, lang) or delayed(fact.sentence) or back > _NEAREST


def _part(  # noqa: PLR0917 - the words before, in and after a date
    period: str, span: tuple[date, date], lang: str, before: str, words: str, after: str
) -> tuple[date, date, str]:
    near = {"en": before[-16:] + words, "tr": words + after[:12], "ja": words + after[:4]}[lang]
    part = next((name for name, pattern in _PARTS[lang] if pattern.search(near)), "")
    if not part:
        return *span, ""
    first, last = span
    if re.fullmatch(r"\d{4}", period):
        months = _YEAR_PARTS[part]
        start, end = _months(first.year, *months)
        return start, end, part
    if re.fullmatch(r"\d{4}-\d{2}", period) and part in _MONTH_PARTS:
        begin, stop = _MONTH_PARTS[part]
        return first.replace(day=begin), first.replace(day=min(stop, last.day)), part
    if period.startswith("FY") and part == "end":
        return last.replace(day=1), last, "end"
    return first, last, ""


def _is_deadline(lang: str, before: str, words: str, after: str) -> bool:
    if lang == "en":
        return (
            re.search(
                r"\b(?:by|until|before|no later than|not later than)\b(?:\s(?:the|end|of|early|late|mid|spring|summer|autumn|fall|winter|start|close|next|this|at|around|about|fiscal|financial|year|calendar|first|second|half))*\s?\Z",
                before,
                re.IGNORECASE,
            )
            is not None
            or re.match(r"(?:by|until|before)\b", words, re.IGNORECASE) is not None
        )
    if lang == "tr":
        return "kadar" in words or re.match(r"['’]?\w{0,4}\s(?:kadar|dek)(?!\w)", after) is not None
    return "まで" in words or re.match(r"(?:中|末|度|度末|度中)?(?:まで|以前)", after) is not None


def today(text: str, lang: str, published: date) -> Iterator[tuple[int, int, Extent]]:
    """Yield the words for the day of the report itself, which are no date facts."""
    for match in _TODAY[lang].finditer(text):
        yield match.start(), match.end(), days(published, published)


def decades(text: str, lang: str) -> Iterator[tuple[int, int, Extent]]:
    """Yield decades and parts of them ("the early 2030s"), which are no date facts."""
    for match in _DECADE[lang].finditer(text):
        first, last = _DECADE_PARTS.get(match["p"] or "", (0, 9))
        year = int(match["y"])
        extent = days(date(year + first, 1, 1), date(year + last, 12, 31), about=True)
        yield match.start(), match.end(), extent


def yearless(text: str, lang: str, published: date) -> Iterator[tuple[int, int, Extent]]:
    """Yield quarters and halves without a year: the next ones in a sentence that looks ahead, else the last.

    Japanese quarters are read here with their year too: the grammar of dates takes their number for a code.
    """
    for match in _YEARLESS_PARTS[lang].finditer(text):
        groups = match.groupdict()
        word = lower(groups.get("q") or groups.get("h") or "")
        number = int(word) if word.isdigit() else _ORDINALS[word]
        size = 3 if groups.get("q") else 6
        if groups.get("y"):
            shift = FISCAL_START["JP"][0] - 1 if groups.get("fy") else 0
            months = shift + 3 * number - 2, shift + 3 * number
            yield match.start(), match.end(), days(*_months(int(groups["y"]), *months))
            continue
        first, last = _months(published.year, size * (number - 1) + 1, size * number)
        stop = re.search(r"[.。\n]", text[match.end() :])
        start = max(text.rfind(". ", 0, match.start()), text.rfind("。", 0, match.start())) + 1
        ahead = is_ahead(text[start : match.end() + (stop.start() + 1 if stop else len(text))], lang)
        if ahead and last < published:
            first, last = later(first, 1, "years"), _months(last.year + 1, last.month, last.month)[1]
        elif not ahead and first > published:
            first, last = later(first, -1, "years"), _months(last.year - 1, last.month, last.month)[1]
        yield match.start(), match.end(), days(first, last)


def due_day(extent: Extent) -> date | None:
    """Return the last day of a date, None when it has none."""
    return (
        date.fromordinal(int(extent.high)) if extent.high is not None and extent.high > Decimal(0) else None
    )


_WEEK = re.compile(
    r"\b(?:next|coming|following) week|\b(?:gelecek|önümüzdeki) hafta|\bhaftaya\b|(?<!再)来週|(?P<this>\bthis week|\bbu hafta|今週)",
    re.IGNORECASE,
)


def week_end(words: str, day: date) -> date | None:
    """Return the Sunday of the week that words name from a day, None if they name none.

    A fact's date has no way to write a week, and gives its month.
    """
    named = _WEEK.search(words)
    if named is None:
        return None
    return day + timedelta(days=6 - day.weekday() + (0 if named["this"] else 7))
