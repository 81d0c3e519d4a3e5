"""Values told as parts and rates: half a million, one in four, most of them, twice a week."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.claims.measures import DAY, MONTH
from watchers.facts import numerals
from watchers.facts.currencies import currency_after
from watchers.facts.passage import lower
from watchers.types.claims import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

_D = Decimal
Found = tuple[int, int, Extent]

_PART_OF = {
    "en": re.compile(
        r"\b(?:(?P<n>one|two|three|four|five|six|seven|eight|nine|ten)\sand\sa\s(?P<f>half|quarter)|(?P<f2>half|(?:a\s)?quarter\sof|three\squarters\sof))\s(?:an?\s)?(?P<s>dozen|hundred|thousand|million|billion|trillion)\b",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"(?<!\w)(?P<f2>yarım|çeyrek)\s(?P<s>düzine|bin|milyon|milyar|trilyon)", re.IGNORECASE),
    "ja": re.compile(r"(?!)"),
}
_PARTS_OF = {
    "half": _D("0.5"),
    "quarter": _D("0.25"),
    "quarter of": _D("0.25"),
    "a quarter of": _D("0.25"),
    "three quarters of": _D("0.75"),
    "yarım": _D("0.5"),
    "çeyrek": _D("0.25"),
}
_SMALL_SCALES = {"dozen": _D(12), "düzine": _D(12), "hundred": _D(100)}
SMALL_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_MOST = {
    "en": re.compile(
        r"\b(?:most(?=\s(?:of|[a-z]+s)\b)|(?:the|a)\s(?:large\s|vast\s|great\s)?majority|the\sbulk)\b",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        r"(?<!\w)(?:çoğu(?:nluğu)?|(?:büyük|önemli)\s(?:bölümü|kısmı|çoğunluğu))(?!\w)", re.IGNORECASE
    ),
    "ja": re.compile(r"大半|大部分|ほとんど|過半(?!数)|大多数"),
}
# One of four: a share told by heads.
_ONE_IN = {
    "en": re.compile(
        r"\b(?P<n>one|two|three|four|five|\d{1,3})\s(?:[a-z]+\s){0,2}?(?:in|out of)(?:\severy)?\s(?P<d>two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b(?!\s(?:hours|days|weeks|months|years|minutes|million|billion))",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        r"(?<!\w)her\s(?P<d>iki|üç|dört|beş|altı|on|\d{1,3})\s\w+[dt][ae]n\s(?P<n>bir|iki|üç)i\w*",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        r"(?P<d>[0-9０-９一二三四五六七八九十]{1,2})[人社隻機両]に(?P<n>[1１一2２二3３三])[人社隻機両]"
    ),
}
_OFTEN = {
    "en": re.compile(
        r"\b(?P<n>once|twice|\w+\stimes)\s(?:an?|per|each|every)\s(?P<u>day|week|month|year)\b", re.IGNORECASE
    ),
    "tr": re.compile(
        r"(?<!\w)(?P<u>günde|haftada|ayda|yılda)\s(?P<n>\w+)\s(?:kez|defa|kere|sefer)", re.IGNORECASE
    ),
    "ja": re.compile(r"(?P<u>日|週|月|年)に?(?P<n>[0-9０-９一二三四五六七八九十]{1,3})(?:回|便|度)"),
}
_OFTEN_UNITS = {
    "day": DAY,
    "günde": DAY,
    "日": DAY,
    "week": DAY * 7,
    "haftada": DAY * 7,
    "週": DAY * 7,
    "month": MONTH,
    "ayda": MONTH,
    "月": MONTH,
    "year": MONTH * 12,
    "yılda": MONTH * 12,
    "年": MONTH * 12,
}


def scaled(text: str, lang: str) -> Iterator[Found]:
    """Yield "half a million euros" and "two and a half dozen", which a plain reading would take for a million."""
    for match in _PART_OF[lang].finditer(text):
        if match.groupdict().get("n"):
            part = _PARTS_OF[match["f"].lower()]
            whole = _D(1) if match["n"].lower() == "one" else numerals.value(match["n"], "en") or _D(0)
        else:
            part, whole = _PARTS_OF[re.sub(r"\s+", " ", lower(match["f2"]))], _D(0)
        word = lower(match["s"])
        factor = _SMALL_SCALES.get(word) or numerals.SCALES[word]
        unit, end = currency_after(text, match.end(), lang) or ("count", match.end())
        value = (whole + part) * factor
        yield match.start(), end, Extent(low=value, high=value, unit=unit, step=factor / 4)


def parts(text: str, lang: str) -> Iterator[Found]:
    """Yield shares told by heads or as "most", and how often something is done, as `a week`."""
    for match in _ONE_IN[lang].finditer(text):
        yield from _one_in(match, lang)
    for match in _OFTEN[lang].finditer(text):
        yield from _often(match, lang)
    for match in _MOST[lang].finditer(text):
        most = Extent(low=_D(50), high=None, unit="percent", shape="bound", step=_D(1), strict=True)
        yield match.start(), match.end(), most


def _one_in(match: re.Match[str], lang: str) -> Iterator[Found]:
    some, all_of = (_number(match[group], lang) for group in ("n", "d"))
    if some and all_of and some < all_of:
        share = some * 100 / all_of
        yield match.start(), match.end(), Extent(low=share, high=share, unit="percent", step=_D(1))


def _often(match: re.Match[str], lang: str) -> Iterator[Found]:
    """Yield how often something is done, in times a week."""
    word = lower(match["n"]).removesuffix(" times")
    times = {"once": _D(1), "twice": _D(2)}.get(word) or _number(word, lang)
    if times:
        rate = times * DAY * 7 / _OFTEN_UNITS[lower(match["u"])]
        yield match.start(), match.end(), Extent(low=rate, high=rate, unit="a week", step=_D(0))


def _number(word: str, lang: str) -> Decimal:
    """Return the value of a small number in digits or words, 0 if it is none."""
    low = lower(word)
    if low.isdigit():
        return _D(int(low))
    if low in {"one", "bir"}:
        return _D(1)
    return _D(SMALL_KANJI.get(low, 0)) or numerals.value(low, lang) or _D(0)
