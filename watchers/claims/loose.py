"""Dates that are no date facts because they lean on the report's own day: before summer, next Friday, 年内."""

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
from watchers.facts.passage import lower

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.types.claims import Extent

Found = tuple[int, int, "Extent"]
# Seasons by their first and last month; a winter ends in the year after.
_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
_SEASONS = {
    "en": re.compile(r"\b(?:(?P<pre>before|ahead of|by|until|after|since)\s)?(?:(?:in|this|next|coming|late|early|the|over)\s){0,3}(?P<s>spring|summer|autumn|winter)\b(?!\s(?:of\s)?20\d\d|\s(?:camp|uniform|exercise|school|games))", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?<!\d\s)(?P<s>[İi]lkbahar|[Ss]onbahar|[Bb]ahar|[Yy]az|[Kk]ış)(?:(?:da|dan|ında|ın|a|ı|dan)?)(?P<pre>\s(?:gelmeden|önce\w*|öncesi\w*|başlamadan)|a?\s?kadar)?(?=\s|[.,]|\Z)"),
    "ja": re.compile(r"(?<![青年])(?P<s>春|夏|秋|冬)(?P<pre>前|まで)?(?=[にごのま前、])"),
}  # fmt: skip
_SEASON_OF = {
    "spring": "spring", "summer": "summer", "autumn": "autumn", "winter": "winter", "ilkbahar": "spring", "bahar": "spring",
    "yaz": "summer", "sonbahar": "autumn", "kış": "winter", "春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter",
}  # fmt: skip
_BEFORE = re.compile(r"before|ahead|gelmeden|önce|başlamadan|前", re.IGNORECASE)
_BY = re.compile(r"by|until|kadar|まで", re.IGNORECASE)
# Feast days as month and day, and what ends with the year.
_FEASTS = {
    "en": re.compile(r"\b(?P<pre>before|by|until|ahead of)\s(?:the\s)?(?P<f>christmas|new year(?:['’]s)?|year['’]?s?[- ]end|the holidays|easter)\b", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?P<f>yılbaşı|yeni yıl|noel)\w*(?P<pre>\s(?:önce\w*|kadar|gelmeden|girmeden))", re.IGNORECASE),
    "ja": re.compile(r"(?P<f>クリスマス|年明け|年末|正月)(?P<pre>前|まで)"),
}  # fmt: skip
_CHRISTMAS = re.compile(r"christmas|noel|クリスマス|holidays", re.IGNORECASE)
_EASTER = re.compile(r"easter", re.IGNORECASE)
_AFTER_NEXT = re.compile(r"\bthe\syear\safter\snext\b", re.IGNORECASE)
_LAST_QUARTER = re.compile(r"\b(?:last|final)\squarter\b(?!\s(?:of|in)\s20)", re.IGNORECASE)
_HALF_JA = re.compile(r"(?<![年度])(?P<h>上半期|下半期|上期|下期)")
_AHEAD = re.compile(
    r"\b(?:will|is to|are to|to open|due|expected|set to|planned|should|opens?|starts?|begins?|ends?)\b"
)
_WEEKDAY = {
    "en": re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
    "tr": re.compile(r"pazartesi|salı|çarşamba|perşembe|cuma(?:rtesi)?|pazar(?!a\s|ı\s|lı)", re.IGNORECASE),
    "ja": re.compile(r"[月火水木金土日]曜"),
}
_COMING = {
    "en": re.compile(r"\b(?:next|coming)\b|\b(?:ends?|starts?|begins?|opens?|closes?|resumes?|takes effect|sails?|leaves?|meets?|votes?|hears?|is|are|will|due|set|expected|planned|scheduled)\b[^.]{0,40}\Z", re.IGNORECASE),
    "tr": re.compile(r"(?:[ıiuü]yor|[ae]ca[kğ]|[ae]ce[kğ]|önümüzdeki|gelecek)\w*", re.IGNORECASE),
    "ja": re.compile(r"来週|予定|[うくすつむるぐ]。|見通し|方針"),
}  # fmt: skip
WEEK = 7


def loose(text: str, lang: str, published: date) -> Iterator[Found]:
    """Yield seasons, feasts and the like without a year, as the next ones to come."""
    for match in _SEASONS[lang].finditer(text):
        yield match.start(), match.end(), _season(lower(match["s"]), match["pre"] or "", published)
    for match in _FEASTS[lang].finditer(text):
        yield match.start(), match.end(), _feast(match["f"], match["pre"], published)
    if lang == "en":
        for match in _AFTER_NEXT.finditer(text):
            year = published.year + 2
            yield match.start(), match.end(), days(date(year, 1, 1), date(year, 12, 31))
        for match in _LAST_QUARTER.finditer(text):
            if _AHEAD.search(text[max(0, match.start() - 60) : match.start()]):
                first, last = date(published.year, 10, 1), date(published.year, 12, 31)
                yield match.start(), match.end(), days(first, last)
    elif lang == "ja":
        for match in _HALF_JA.finditer(text):
            shift = 4 if match["h"].startswith("上") else 10
            yield match.start(), match.end(), _months(published.year, shift, shift + 5)


def _season(word: str, pre: str, published: date) -> Extent:
    first, last = _MONTHS[_SEASON_OF[word]]
    end = _last(published.year, last)
    year = published.year if end >= published else published.year + 1
    extent = _months(year, first, last)
    if _BEFORE.search(pre):
        before = date(year, first, 1) - timedelta(days=1)
        return replace(extent, low=None, high=Decimal(before.toordinal()), shape="bound")
    if _BY.search(pre):
        return replace(extent, low=None, shape="bound")
    return replace(extent, shape="about")


def _feast(word: str, pre: str, published: date) -> Extent:
    if _EASTER.search(word):
        day = date(published.year + (published.month > 4), 4, 10)
    else:
        day = date(published.year, 12, 24 if _CHRISTMAS.search(word) else 31)
    extent = days(day, day)
    return replace(extent, low=None, shape="bound") if pre else extent


def _months(year: int, first: int, last: int) -> Extent:
    start = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    return days(start, _last(year, last))


def _last(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def coming(mention: str, sentence: str, lang: str, last: date, published: date) -> bool:
    """Tell whether a weekday that was read as the last one is the next: "the drill ends on Friday"."""
    match = _WEEKDAY[lang].search(mention)
    if match is None or last > published or (published - last).days > WEEK:
        return False
    at = sentence.find(mention)
    around = sentence[:at] if lang == "en" else sentence[max(0, at) :]
    return (
        _COMING[lang].search(f"{mention} {around}" if lang != "en" else around + mention[: match.start()])
        is not None
    )
