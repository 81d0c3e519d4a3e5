"""Units of time, length, mass and so on in three languages, brought to one unit each."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from watchers.claims.cues import step_of
from watchers.facts import numerals
from watchers.facts.passage import lower
from watchers.types.claims import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.facts.numbers import Number

DAY = Decimal(24 * 60)
MONTH = DAY * Decimal("30.4375")  # a twelfth of the mean year, so that 36 months are 3 years
_D = Decimal
# Unit, factor to it, and its words; the words of English and Turkish stand behind white space or a hyphen.
_UNITS: tuple[tuple[str, Decimal, str, str, str], ...] = (
    ("minute", DAY * 7, r"weeks?", r"hafta", r"週間?"),
    ("minute", MONTH, r"months?", r"ay(?!r)", r"[カかヵヶケ]月間?|箇月間?"),
    ("minute", MONTH * 12, r"years?", r"yıl(?!d)|sene|yaş(?=ın)", r"年間?(?![度代生産末春夏秋冬初前後])"),
    ("minute", MONTH * 120, r"decades?", r"onyıl", r"(?!)"),
    ("minute", DAY, r"days?", r"gün(?!c|e[yş]|ü\w)", r"日間"),
    ("minute", _D(60), r"(?:hours?|hrs?)", r"saat(?!te)", r"時間"),
    ("minute", _D(1) / 60, r"(?:seconds?|secs?)", r"saniye", r"秒間?"),
    ("minute", _D(1), r"(?:minutes?|mins?)", r"dakika|dk(?!\w)", r"分間?(?!の[0-9一二三四五六七八九])"),
    ("metre/s", _D(1000) / 3600, r"(?:km/h|kph|kmh|kilomet(?:re|er)s? (?:per|an) hour)", r"km/s(?:aat)?", r"km/h|キロメートル毎時"),
    ("metre/s", _D("0.44704"), r"(?:mph|miles? (?:per|an) hour)", r"(?!)", r"(?!)"),
    ("metre/s", _D("0.514444"), r"(?:knots?|kts?)", r"knot|deniz mili hız", r"ノット"),
    ("metre", _D(1852), r"(?:nautical miles?|nm|nmi)", r"deniz mili", r"海里|カイリ"),
    ("metre", _D("1609.344"), r"miles?", r"mil(?!y|l)", r"マイル"),
    ("metre", _D(1000), r"(?:km|kilomet(?:re|er)s?)", r"km(?![a-zçğıöşü])|kilometre(?!kare)", r"キロ(?:メートル)?(?!グラム|ワット)|km"),
    ("metre", _D("0.01"), r"(?:cm|centimet(?:re|er)s?)", r"cm(?!\w)|santim(?:etre)?", r"センチ(?:メートル)?|cm"),
    ("metre", _D("0.001"), r"(?:mm|millimet(?:re|er)s?)", r"mm(?!\w)|milimetre", r"ミリ(?:メートル)?|mm"),
    ("metre", _D(1), r"(?:m|met(?:re|er)s?)", r"m(?!\w)|metre(?!kare|küp)", r"メートル|m(?![a-z])"),
    ("metre", _D("0.3048"), r"(?:ft|feet|foot)", r"feet|fit", r"フィート"),
    ("square metre", _D(1), r"(?:square met(?:re|er)s?|sq\.? ?m)", r"metrekare|m²", r"平方メートル"),
    ("square metre", _D("4046.86"), r"(?:acres?)", r"(?!)", r"エーカー"),
    ("square metre", _D(1000), r"(?!)", r"dönüm|dekar", r"(?!)"),
    ("square metre", _D(10_000), r"(?:hectares?|ha)", r"hektar", r"ヘクタール"),
    ("square metre", _D(10**6), r"(?:square kilomet(?:re|er)s?)", r"kilometrekare", r"平方キロ(?:メートル)?"),
    ("kilogram", _D(1000), r"(?:metric )?(?:tonnes?|tons?|t)", r"ton", r"トン"),
    ("kilogram", _D("0.453592"), r"(?:lbs?|pounds?)(?! sterling)", r"libre|pound", r"ポンド(?!高|安)"),
    ("kilogram", _D(1), r"(?:kg|kgs|kilograms?|kilogrammes?|kilos?)", r"kg(?!\w)|kilogram|kilo(?!v|m)", r"キログラム|kg"),
    ("watt", _D(10**6), r"(?:MW|megawatts?)", r"megavat|MW", r"メガワット|MW"),
    ("watt", _D(1000), r"(?:kW|kilowatts?)", r"kilovat|kW", r"キロワット|kW"),
    ("watt", _D("745.7"), r"(?:hp|horsepower|shp)", r"beygir(?: gücü)?|hp", r"馬力"),
    ("newton", _D(1000), r"(?:kN|kilonewtons?)", r"kN", r"キロニュートン|kN"),
    ("newton", _D("4.44822"), r"(?:pounds? of thrust|lbf)", r"libre itki", r"(?!)"),
    ("litre", _D(1000), r"(?:cubic met(?:re|er)s?|m³)", r"metreküp|m³", r"立方メートル"),
    ("litre", _D("3.785"), r"(?:gallons?)", r"galon", r"ガロン"),
    ("litre", _D("158.987"), r"(?:barrels?)", r"varil", r"バレル"),
    ("celsius", _D(1), r"(?:°\s?C|degrees(?: Celsius)?)", r"°\s?C|derece", r"度(?!目|合)|℃"),
    ("litre", _D(1), r"(?:lit(?:re|er)s?)", r"litre", r"リットル"),
    ("times", _D(1), r"times|-?fold", r"kat(?:ı|ına|lık)?", r"倍"),
)  # fmt: skip
_EN, _TR, _JA = 2, 3, 4
_SPACED = {"en": r"(?:[\s-])?", "tr": r"\s?", "ja": r"\s?"}
_END = {"en": r"(?![\w])", "tr": r"(?=['’]|[^\w]|\Z|[a-zçğıöşü]{1,9}(?!\w))", "ja": r""}
_COLUMN = {"en": _EN, "tr": _TR, "ja": _JA}
_PATTERNS = {
    lang: tuple(
        (str(row[0]), row[1], re.compile(rf"{_SPACED[lang]}(?:full |flight |working |calendar |uçuş |çalışma )?(?:{row[column]}){_END[lang]}"))
        for row in _UNITS
    )
    for lang, column in _COLUMN.items()
}  # fmt: skip
_YEAR_JA = re.compile(r"(?:19|20)\d\d年(?!間)")
_OLD = re.compile(r"[\s-]+old\s(?:man|woman|[a-z]+er|soldier|sailor|pilot|recruit|son|daughter)\b|歳")
_PER_HOUR = {
    "en": re.compile(r"(?!)"),
    "tr": re.compile(r"saatte\s\Z", re.IGNORECASE),
    "ja": re.compile(r"時速(?:約|およそ)?\Z"),
}
_HOUR = 3600  # seconds
PER_HOUR, WEIGHS = 10, 24  # code points looked at before a number for what its unit is of
# "An hour and a half", "bir buçuk saat", "yarım saat", "1時間半": what follows or stands for the number.
_HALF_EN = re.compile(
    r"\b(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten)\s(?P<u>minute|hour|day|week|month|year|decade)s?\sand\s(?:a\s)?(?P<f>half|quarter|three[\s-]quarters)\b"
    r"|\b(?P<n2>one|two|three|four|five|six|seven|eight|nine|ten)\sand\sa\s(?P<f2>half|quarter)\s(?P<u2>minute|hour|day|week|month|year)s?\b"
    r"|\b(?P<f3>half)\s(?:an?|of an)\s(?P<u3>hour|day|year)\b|\b(?P<f4>three[\s-]quarters|quarter)\sof\san\s(?P<u4>hour)\b"
    r"|(?<!\w)(?P<n5>an|a)\s(?P<u5>hour|decade|fortnight)\b(?!\s(?:and|ago|earlier|later|after|before))",
    re.IGNORECASE,
)
_EN_UNITS = {
    "minute": _D(1),
    "hour": _D(60),
    "day": DAY,
    "week": DAY * 7,
    "month": MONTH,
    "year": MONTH * 12,
    "decade": MONTH * 120,
    "fortnight": DAY * 14,
}
_PARTS = {"half": _D("0.5"), "quarter": _D("0.25"), "three quarters": _D("0.75")}
_HALF_TR = re.compile(r"(?<!\w)(?P<h>yarım)\s(?P<u>saat|gün|yıl)|(?<!\w)(?P<q>çeyrek)\ssaat", re.IGNORECASE)
_LONE_EN = re.compile(r"(?<=\bwithin\s)an?\s(?P<u>year|month|week|day)\b", re.IGNORECASE)
_LONE_TR = re.compile(r"(?<!\w)bir\s(?P<u>yıl|ay|hafta|gün|saat)(?=\s(?:içinde|sür|boyunca))", re.IGNORECASE)
# "A tonne", "bir ton": the article counts where a unit other than of time follows.
_LONE_UNIT = {
    "en": re.compile(
        r"(?<!\w)(?:an?|one)\s(?=(?:metric\s)?(?:tonne|ton|kilomet|mile|nautical|hectare|acre|square\s|cubic\s|metre|meter|megawatt)\w*\b(?!s))",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"(?<!\w)bir(?=\s(?:ton|kilometre|metre|mil|hektar|megavat))", re.IGNORECASE),
    "ja": re.compile(r"(?!)"),
}
_LONE_TR_UNITS = {"yıl": MONTH * 12, "ay": MONTH, "hafta": DAY * 7, "gün": DAY, "saat": _D(60)}
_TR_UNITS = {"saat": _D(60), "gün": DAY, "yıl": MONTH * 12}
_KILO = re.compile(r"キロ(?!メ)")
_WEIGHT_JA = re.compile(r"重量|重さ|積載|ペイロード|体重|搭載量|弾頭|爆弾")
_HALF_JA = re.compile(r"\A半")
_HALF_YEAR_JA = re.compile(r"(?<![\d年一二三四五六七八九十])半年(?!度)")
_JOINS = {
    "en": re.compile(r"\s(?:and\s)?|,\s(?:and\s)?"),
    "tr": re.compile(r"\s(?:ve\s)?"),
    "ja": re.compile(r""),
}


def measure(text: str, lang: str, number: Number) -> tuple[Extent, int] | None:
    """Return a number's measure and where its unit ends; None when no unit follows it."""
    for named, size, pattern in _PATTERNS[lang]:
        match = pattern.match(text, number.end)
        if match and lang == "ja" and _YEAR_JA.match(text, number.at):
            continue
        if match and not _OLD.match(text, match.end()):
            unit, factor = _meant(named, size, text, lang, number)
            low, high, end = number.low * factor, number.high * factor, match.end()
            if lang == "ja" and unit == "minute" and _HALF_JA.match(text[end:]):
                low, high, end = low + factor / 2, high + factor / 2, end + 1
            step = step_of(number.low) * factor
            shape: Literal["exact", "range"] = "exact" if low == high else "range"
            return Extent(low=low, high=high, unit=unit, shape=shape, step=step), end
    return None


def _meant(unit: str, factor: Decimal, text: str, lang: str, number: Number) -> tuple[str, Decimal]:
    """Return what a unit of length stands for: a speed after "saatte", a weight where キロ weighs something."""
    if unit != "metre":
        return unit, factor
    if _PER_HOUR[lang].search(text, max(0, number.at - PER_HOUR), number.at):
        return "metre/s", factor / _HOUR
    weighs = lang == "ja" and _KILO.match(text, number.end)
    if weighs and _WEIGHT_JA.search(text, max(0, number.at - WEIGHS), number.at):
        return "kilogram", _D(1)
    return unit, factor


def unit_after(text: str, end: int, lang: str) -> tuple[str, Decimal, int] | None:
    """Return the unit named right after an offset, its factor and where it ends; None if there is none."""
    for unit, factor, pattern in _PATTERNS[lang]:
        match = pattern.match(text, end)
        if match and match.end() > end:
            return unit, factor, match.end()
    return None


def joined(text: str, lang: str, found: list[tuple[int, int, Extent]]) -> Iterator[tuple[int, int, Extent]]:
    """Yield measures with hours and minutes (or years and months) that stand together made one."""
    i = 0
    while i < len(found):
        start, end, extent = found[i]
        if i + 1 < len(found) and extent.unit == "minute" == found[i + 1][2].unit:
            after, last, smaller = found[i + 1]
            gap = _JOINS[lang].fullmatch(text, end, after)
            whole = _sum(extent, smaller) if gap else None
            if whole is not None:
                yield start, last, whole
                i += 2
                continue
        yield start, end, extent
        i += 1


def _sum(larger: Extent, smaller: Extent) -> Extent | None:
    """Return hours and minutes as one value; None when the second is no smaller part of the first."""
    if larger.low is None or smaller.low is None or larger.low != larger.high or smaller.low != smaller.high:
        return None
    if smaller.step >= larger.step or smaller.low >= larger.low:
        return None
    value = larger.low + smaller.low
    return Extent(low=value, high=value, unit="minute", step=smaller.step)


def lone(text: str, lang: str) -> Iterator[tuple[int, int, Extent]]:
    """Yield one of a unit told by the article: a tonne, bir kilometre."""
    for match in _LONE_UNIT[lang].finditer(text):
        named = unit_after(text, match.end(), lang)
        if named:
            unit, factor, end = named
            yield match.start(), end, Extent(low=factor, high=factor, unit=unit, step=factor)


def spoken(text: str, lang: str) -> Iterator[tuple[int, int, Extent]]:
    """Yield durations in words that hold no plain number: half an hour, an hour and a quarter, yarım saat."""
    if lang == "en":
        for match in _HALF_EN.finditer(text):
            yield match.start(), match.end(), _english(match)
        for match in _LONE_EN.finditer(text):
            yield match.start(), match.end(), _one(_EN_UNITS[match["u"].lower()])
    elif lang == "tr":
        for match in _HALF_TR.finditer(text):
            minutes = _D(15) if match["q"] else _TR_UNITS[lower(match["u"])] / 2
            yield match.start(), match.end(), Extent(low=minutes, high=minutes, unit="minute", step=_D(5))
        for match in _LONE_TR.finditer(text):
            yield match.start(), match.end(), _one(_LONE_TR_UNITS[lower(match["u"])])
    else:
        for match in _HALF_YEAR_JA.finditer(text):
            yield match.start(), match.end(), _one(MONTH * 6)


def _one(minutes: Decimal) -> Extent:
    return Extent(low=minutes, high=minutes, unit="minute", step=minutes)


def _english(match: re.Match[str]) -> Extent:
    groups = {key.rstrip("2345"): value.lower() for key, value in match.groupdict().items() if value}
    unit = _EN_UNITS[groups["u"]]
    word = groups.get("n", "")
    whole = (
        _D(0) if not word else _D(1) if word in {"a", "an", "one"} else numerals.value(word, "en") or _D(0)
    )
    part = _PARTS[groups["f"].replace("-", " ")] if "f" in groups else _D(0)
    value = (whole + part) * unit
    return Extent(low=value, high=value, unit="minute", step=unit / 4)
