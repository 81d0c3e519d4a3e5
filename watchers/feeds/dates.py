"""Read the dates that feeds write, in the shapes and languages they really use."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

_MAX_TEXT = 100  # characters; the longest real date seen has 45
_EARLIEST, _LATEST = 1990, 2100  # RSS is from 1999; the epoch's 1970 and 0001 stand for "no date"

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january oca ocak",
            "feb february şub şubat sub subat",
            "mar march mart",
            "apr april nis nisan",
            "may mayıs mayis",
            "jun june haz haziran",
            "jul july tem temmuz",
            "aug august ağu ağustos agu agustos",
            "sep sept september eyl eylül eylul",
            "oct october eki ekim",
            "nov november kas kasım kasim",
            "dec december ara aralık aralik",
        ),
        start=1,
    )
    for name in names.split()
}
_TURKISH_MONTHS = frozenset(
    {
        "oca",
        "ocak",
        "şub",
        "şubat",
        "sub",
        "subat",
        "mart",
        "nis",
        "nisan",
        "mayıs",
        "mayis",
        "haz",
        "haziran",
        "tem",
        "temmuz",
        "ağu",
        "ağustos",
        "agu",
        "agustos",
        "eyl",
        "eylül",
        "eylul",
        "eki",
        "ekim",
        "kas",
        "kasım",
        "kasim",
        "ara",
        "aralık",
        "aralik",
    }
)
# Hours east of UTC. Ambiguous letters mean what RFC 822 says, else what most feeds that use them mean.
_ZONES: Final = {
    name: hours
    for names, hours in (
        ("z ut utc gmt wet", 0.0),
        ("bst west cet met mez", 1.0),
        ("cest mest mesz eet sast cat", 2.0),
        ("eest trt tsi msk idt eat", 3.0),
        ("gst samt", 4.0),
        ("pkt uzt", 5.0),
        ("ist", 5.5),
        ("wib ict", 7.0),
        ("hkt sgt awst myt pht", 8.0),
        ("jst kst", 9.0),
        ("acst", 9.5),
        ("aest", 10.0),
        ("aedt", 11.0),
        ("nzst", 12.0),
        ("nzdt", 13.0),
        ("brt art", -3.0),
        ("ast edt", -4.0),
        ("est cdt", -5.0),
        ("cst mdt", -6.0),
        ("mst pdt", -7.0),
        ("pst akdt", -8.0),
        ("akst", -9.0),
        ("hst", -10.0),
    )
    for name in names.split()
}
# Zones written out; only those without summer time or with their season named. Hours east of UTC.
_SPELT_OUT: Final = {
    "türkiye saati": 3.0,
    "türkiye saatiyle": 3.0,
    "turkey time": 3.0,
    "europe/istanbul": 3.0,
    "日本時間": 9.0,
    "日本標準時": 9.0,
    "japan time": 9.0,
    "japan standard time": 9.0,
    "asia/tokyo": 9.0,
    "greenwich mean time": 0.0,
    "coordinated universal time": 0.0,
    "eastern standard time": -5.0,
    "eastern daylight time": -4.0,
    "pacific standard time": -8.0,
    "pacific daylight time": -7.0,
    "central european time": 1.0,
    "central european summer time": 2.0,
}
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925}
_JAPAN = timezone(timedelta(hours=9))
_TURKEY = timezone(timedelta(hours=3))

_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap]\.?m\b\.?))?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<sep>[-/.]?)(?P<month>\d{2})(?P=sep)(?P<day>\d{2})"
    r"(?:[T\s]{1,3}(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?(?P<rest>(?!\s?[ap]\.?m\b).*)",
    re.IGNORECASE,
)
# Not every program fills up with zeros: 2025/8/9(土) 9:05, 2025-08-09 9:05 PM
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?:\s?\([^()]{1,4}\))?"
    rf"(?:[T\s,]{{1,3}}{_CLOCK})?(?P<rest>.*)",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?P<rest>)")
_WORDS = re.compile(
    r"(?:[^\W\d_]{2,12}\.?(?:,?\s{1,3}|,))?(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.\-]{1,3}(?P<name>[^\W\d_]{3,10})[.,]?[\s\-]{1,3}"
    r"(?P<year>\d{4}|\d{2})\b,?(?:\s+[^\W\d_]{3,12}\b)?"
    rf"(?:[\s,\-–|T]{{1,4}}(?:at\s|saat\s)?{_CLOCK})?(?P<rest>.*)",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,?\s{1,3})?(?P<name>[^\W\d_]{3,10})\.?\s{1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}"
    rf"(?:(?P<year>\d{{4}})\b(?:[\s,\-–|]{{1,4}}(?:at\s)?{_CLOCK})?(?P<rest>.*))",
    re.IGNORECASE,
)
# What `date` and asctime print: Tue Aug 19 08:40:00 [UTC] 2025
_UNIX = re.compile(
    rf"[a-z]{{3}},?\s{{1,3}}(?P<name>[a-z]{{3}})\s{{1,3}}(?P<day>\d{{1,2}})\s{{1,3}}{_CLOCK}"
    r"(?P<rest>(?:\s[a-z]{1,5})?)\s{1,3}(?P<year>\d{4})",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.|(?P<slash>/))(?P<month>\d{{1,2}})[./](?P<year>\d{{4}})(?:[\s,\-–]{{1,4}}{_CLOCK})?(?P<rest>.*)",
    re.IGNORECASE,
)
_KANJI = re.compile(
    r"(?P<era>令和|平成|昭和)?\s?(?P<year>\d{1,4}|元)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
    r"\s?(?:\(.{1,4}\)|[月火水木金土日]曜日?)?\s?(?P<noon>午前|午後)?\s?"
    r"(?:(?P<hour>\d{1,2})\s?[:時]\s?(?:(?P<minute>\d{1,2})(?:\s?[:分]\s?(?:(?P<second>\d{1,2})秒?)?)?)?)?(?P<rest>.*)"
)
_OFFSET = re.compile(
    r"(?:gmt|utc|ut)?\s?(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE
)
_ZONE_WORD = re.compile(r"[a-zİ]{1,5}", re.IGNORECASE)


def read_date(text: str, *, timed: bool = False) -> datetime | None:
    """Return the moment a date means, in the zone it is written in; None if it is no date or an absurd one.

    A date without a time is midnight UTC, or none at all where it is to be `timed`. A time without a zone is
    UTC, but Japanese time after Japanese words and Turkish time after a Turkish month: those two countries
    have one zone each.
    """
    text = " ".join(unicodedata.normalize("NFKC", text[:_MAX_TEXT]).split())  # full-width digits and signs
    for shape in (_ISO, _YEAR_FIRST, _WORDS, _UNIX, _AMERICAN, _DOTTED, _KANJI, _MONTH_ONLY):
        found = shape.fullmatch(text)
        if found:
            moment = _moment(found)
            if moment is not None:
                return None if timed and found.groupdict().get("hour") is None else moment
    return None


def minutes_ahead(moment: datetime) -> int:
    """Return how many minutes the clock that a moment is told by is ahead of UTC."""
    return (moment.utcoffset() or timedelta()) // timedelta(minutes=1)


def _moment(found: re.Match[str]) -> datetime | None:
    """Build the moment from a shape's groups; None if a number is out of range or the rest is no zone."""
    part = found.groupdict()
    day, month = _day_and_month(part)
    zone = _zone(part["rest"] or "", _home(part, found.re))
    if not month or zone is None:
        return None
    try:
        local = datetime(
            _year(part),
            month,
            day,
            _hour(part),
            int(part.get("minute") or 0),
            min(int(part.get("second") or 0), 59),  # leap seconds are written as 60
            tzinfo=UTC if part.get("hour") is None else zone,
        )
        # "24:00" is how some write midnight at a day's end
        moment = local + timedelta(days=part.get("hour") == "24")
        year = moment.astimezone(UTC).year
    except (ValueError, OverflowError):
        return None
    return moment if _EARLIEST <= year <= _LATEST else None


def _day_and_month(part: dict[str, str | None]) -> tuple[int, int]:
    """Return day and month; month 0 if there is none or if 08/09/2025 leaves open which is which."""
    day = int(part.get("day") or 1)
    name = part.get("name")
    month = _MONTHS.get(_lower(name), 0) if name else int(part.get("month") or 0)
    if part.get("slash"):
        if month > 12 >= day:
            return month, day
        return day, month if day > 12 or day == month else 0
    return day, month


def _year(part: dict[str, str | None]) -> int:
    written = part["year"] or "0"
    year = 1 if written == "元" else int(written)
    era = part.get("era")
    if era:
        return _ERAS[era] + year
    if len(written) == 2:
        return year + (2000 if year < 70 else 1900)
    return year


def _hour(part: dict[str, str | None]) -> int:
    hour = int(part.get("hour") or 0)
    half = (part.get("half") or part.get("noon") or "").lower()
    if half.startswith(("a", "午前")) and hour == 12:
        return 0
    if half.startswith(("p", "午後")) and hour < 12:
        return hour + 12
    return 0 if hour == 24 else hour


def _home(part: dict[str, str | None], shape: re.Pattern[str]) -> tzinfo:
    if shape is _KANJI:
        return _JAPAN
    return _TURKEY if (part.get("name") or "").lower() in _TURKISH_MONTHS else UTC


def _zone(rest: str, home: tzinfo) -> tzinfo | None:
    """Read what follows the time; `home` if nothing does, None if it is neither offset nor zone."""
    rest = rest.strip().strip("()[] ")
    if not rest:
        return home
    spelt_out = _SPELT_OUT.get(_lower(rest))
    if spelt_out is not None:
        return timezone(timedelta(hours=spelt_out))
    first, _, comment = rest.partition(" ")
    offset = _OFFSET.fullmatch(first) or _OFFSET.fullmatch(rest)
    if offset:
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        if minutes > 14 * 60:
            return None
        return timezone(timedelta(minutes=minutes if offset["sign"] == "+" else -minutes))
    if (comment and not comment.startswith("(")) or not _ZONE_WORD.fullmatch(first):
        return None
    hours = _ZONES.get(_lower(first))
    return home if hours is None else timezone(timedelta(hours=hours))


def _lower(words: str) -> str:
    return words.replace("İ", "i").lower()
