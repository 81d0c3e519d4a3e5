"""Days that share a month: "on 24, 25 and 26 November", "24, 25 Kasım'da", 「24、25日」."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

_DAY = r"[0-3]?\d"
_TH = r"(?:st|nd|rd|th)?"
# Not "October 9, and 28 September", where a month goes before.
_BEFORE = {
    "en": re.compile(
        rf"(?<![\w.,$€£¥-])(?<!ry\s)(?<!rch\s)(?<!ril\s)(?<!May\s)(?<!une\s)(?<!uly\s)(?<!ust\s)(?<!ber\s)(?P<days>{_DAY}{_TH}(?:,\s{_DAY}{_TH}){{0,6}})(?:,\sand\s|\sand\s|,\s)\Z"
    ),
    "tr": re.compile(rf"(?<![\w.,$€₺-])(?P<days>{_DAY}(?:,\s{_DAY}){{0,6}})(?:,\s|\sve\s)\Z"),
    "ja": re.compile(
        r"(?<![0-9０-９.．])(?P<days>[0-9０-９]{1,2}日?(?:[、・][0-9０-９]{1,2}日?){0,6})(?:[、・]|と)\Z"
    ),
}
# "November 24, 25 and 26": the month comes first.
_AFTER_EN = re.compile(
    rf"(?P<days>(?:,\s{_DAY}{_TH}){{0,6}},?\sand\s{_DAY}{_TH})(?![\w-]|[.,]\d|\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\s(?!on\b|in\b|at\b|for\b|to\b|with\b|and\b)[a-z])"
)
_WITHIN_JA = re.compile(r"月(?P<days>(?:[0-9０-９]{1,2}日?[、・]){1,6})")
_NUMBER = re.compile(r"[0-9０-９]{1,2}")
LONGEST = 40  # code points of a list


def days_beside(lang: str, words: str, value: str, before: str, after: str) -> list[tuple[int, int, str]]:
    """Return the other days of the list that a day ends or begins, as ranges relative to its start.

    `before` and `after` are what stands around its `words`. A list of days runs upwards; anything else is none.
    """
    if len(value) != len("2026-11-24"):
        return []
    day = int(value[8:])
    within = _WITHIN_JA.search(words) if lang == "ja" else None
    found = within or _BEFORE[lang].search(before[-LONGEST:])
    if found:
        origin = found.start("days") - (0 if within else len(before[-LONGEST:]))
        numbers = _numbers(found["days"], origin)
        days = [number for _, _, number in numbers]
        if days == sorted(set(days)) and days[0] > 0 and days[-1] < day:
            return [(start, end, f"{value[:8]}{number:02d}") for start, end, number in numbers]
    found = _AFTER_EN.match(after) if lang == "en" and words[-1:].isdigit() else None
    if found:
        numbers = _numbers(found["days"], len(words))
        days = [day, *(number for _, _, number in numbers)]
        if days == sorted(set(days)) and days[-1] <= 31:
            return [(start, end, f"{value[:8]}{number:02d}") for start, end, number in numbers]
    return []


def _numbers(words: str, origin: int) -> list[tuple[int, int, int]]:
    return [
        (origin + number.start(), origin + number.end(), int(number.group()))
        for number in _NUMBER.finditer(words)
    ]
