"""Read from a text what kind of act it tells of, and on which day the act took place."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from watchers.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "pazartesi": 0, "sali": 1, "carsamba": 2, "persembe": 3, "cuma": 4, "cumartesi": 5, "pazar": 6,
}  # fmt: skip
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b")
_JAPANESE_DAY = re.compile(r"(?<![\d月.])(?:(\d{1,2})月)?(\d{1,2})日(?!間|本|前|後|付|以)")
# … and in Turkish and Japanese what stands before the word for it.
_BACKGROUND_BEHIND = re.compile(
    r"[^.,;:!?\n]{0,80}\b(?:ardindan|uzerine)\b|[^.,;:!?\n]{0,60}(?:dan|den|tan|ten)\s(?:\w+\s){0,3}sonra\b"
    r"|[^。、\s]{1,30}(?:を受け|の後、|から\d{1,3}[週日年か月カヶ])"
)
_BEHIND = ("ardindan", "uzerine", "sonra")  # without one of these there is none in Turkish
_KEY = 3  # letters that an entry is looked up by; two where its first word has no more
_FIRST = re.compile(r"\w+")
MAX_DAYS_NAMED = 8
COMMENT = "comment"  # the only act of a text that judges what others did
_COMMENT = re.compile(
    r"\W{0,3}(?:(?:opinion|comment|commentary|analysis|editorial|column|op-ed|yorum|analiz|gorus|kose yazisi)"
    r"\s?[:|\-–—]|(?:how|why|explainer|neden|nasil)\b|社説|論説|解説|コラム|主張|オピニオン)"
)
# What a report only recalls: "launches a mission after drone incursion" tells of the mission.
_GAP = r"[^.,;:!?\n]{0,30}\s"
_BACKGROUND = re.compile(r"\b(?:after|following|in response to|since)\b[^.,;:!?\n]{0,120}")


def event_days(flat: str, published: date) -> frozenset[int]:
    """Return the ordinals of the days that a folded text names by weekday (en, tr) or number (ja).

    Each is the last such day up to the day after `published`, since a zone ahead of UTC may already be there.
    """
    days = {day for day, _ in zip(_days(flat, published), range(MAX_DAYS_NAMED), strict=False)}
    return frozenset(days)


def _days(flat: str, published: date) -> Iterator[int]:
    last = published.toordinal()
    for found in _WEEKDAY.finditer(flat):
        yield last - (published.weekday() - _WEEKDAYS[found[1]]) % 7
    for found in _JAPANESE_DAY.finditer(flat):
        for day in range(last + 1, last - 31, -1):
            at = published.fromordinal(day)
            if at.day == int(found[2]) and (not found[1] or at.month == int(found[1])):
                yield day
                break


class _Words:
    """The entries of acts.toml, by how a word begins: to look for each of them takes six times as long."""

    def __init__(self) -> None:
        data = tomllib.loads(resources.files(__package__).joinpath("acts.toml").read_text("utf-8"))
        found: defaultdict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        for act, row in data.items():
            for entry in dict.fromkeys(row["en"] + row["tr"]):
                found[_FIRST.findall(entry)[0][:_KEY]].append((act, _pattern(entry)))
        self.latin = {key: tuple(entries) for key, entries in found.items()}
        self.japanese = tuple((act, tuple(row["ja"])) for act, row in data.items())


_words = cache(_Words)


def _pattern(entry: str) -> re.Pattern[str]:
    start = re.escape(entry.rstrip("$")).replace(r"\ ", r"\s").replace("\\~", _GAP)
    return re.compile(start + (r"\b" if entry.endswith("$") else ""))


def acts(flat: str) -> frozenset[str]:
    """Return the kinds of act that a folded text's words tell of; of a column or an analysis only COMMENT."""
    if _COMMENT.match(flat):
        return frozenset({COMMENT})
    news = _BACKGROUND.sub(" ", flat)
    if any(word in news for word in _BEHIND) or is_cjk(news):
        news = _BACKGROUND_BEHIND.sub(" ", news)
    words, found = _words(), set[str]()
    for word in _FIRST.finditer(news):
        for act, pattern in words.latin.get(word[0][:_KEY], ()):
            if act not in found and pattern.match(news, word.start()):
                found.add(act)
    if is_cjk(news):
        found.update(act for act, entries in words.japanese if any(entry in news for entry in entries))
    return frozenset(found)
