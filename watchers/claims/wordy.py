"""Values told in words without a plain number: dozens, doubled, a third, several, none."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.claims.cues import step_of
from watchers.claims.measures import DAY, MONTH, unit_after
from watchers.claims.parts import SMALL_KANJI, parts
from watchers.facts import numerals
from watchers.facts.currencies import CODES, currency_after
from watchers.facts.passage import lower
from watchers.types.claims import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

_D = Decimal
Found = tuple[int, int, Extent]

# Multiples: doubled is +100 %. "Two dozen" and "iki düzine" are counts; "halved" is -50 %.
_GROWTH = {
    "en": re.compile(r"\b(?:(?P<x2>doubl(?:ed|es|ing)|two-?fold|twice as)|(?P<x3>tripl(?:ed|es|ing)|three-?fold|trebl(?:ed|es|ing))|(?P<x4>quadrupl(?:ed|es|ing)|four-?fold)|(?P<x10>ten-?fold)|(?P<half>halv(?:ed|es|ing)))\b(?!\sdigit)", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?:(?P<x2>(?:iki|2)['’]?(?:ye|\skatına)\s(?:katla|çık)\w*)|(?P<x3>(?:üç|3)['’]?(?:e|\skatına)\s(?:katla|çık)\w*)|(?P<x4>(?:dört|4)['’]?(?:e|\skatına)\s(?:katla|çık)\w*)|(?P<half>yarıya\s(?:in|düş)\w*))", re.IGNORECASE),
    "ja": re.compile(r"(?P<x2>[2２二]倍|倍増|倍に)|(?P<x3>[3３三]倍)|(?P<x4>[4４四]倍)|(?P<half>半減)"),
}  # fmt: skip
_TIMES = {"x2": _D(100), "x3": _D(200), "x4": _D(300), "x10": _D(900), "half": _D(-50)}
_FRACTION = {
    "en": re.compile(r"\b(?:(?P<n>a|one|two|three|four|five)[\s-](?P<d>third|quarter|fifth|tenth)s?\b|(?P<h>half)\b(?!\s(?:an?\s|million|dozen|of\s(?:20|the\syear|next|this)|a\sdozen|brother)|-))(?!\s(?:of\s)?20\d\d|\sof\s(?:the|this|next)\syear(?![’'])|\shour)", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?:(?P<d>üç|dört|beş|on)[dt]e\s(?P<n>bir|iki|üç|dört)\w*|(?P<h>yarısı\w*|yarı(?:nın|sının|dan)(?=\s(?:üzer|fazla|çok|alt))))", re.IGNORECASE),
    "ja": re.compile(r"(?P<d>[0-9０-９三四五])分の(?P<n>[0-9０-９一二三四])|(?P<h>半分|半数|過半数?)"),
}  # fmt: skip
_DENOMINATORS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "üç": 3, "dört": 4, "beş": 5, "on": 10}
_NUMERATORS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "bir": 1,
    "iki": 2,
    "üç": 3,
    "dört": 4,
}
_MAJORITY = re.compile(r"過半")
_DOZEN = {
    "en": re.compile(r"\b(?P<n>an?|one|two|three|four|five)\sdozen\b|\b(?P<pair>a\s(?:pair|couple)\sof|duo|twin)\b|\b(?P<trio>trio)\b|\b(?P<quartet>quartet)\b|\b(?P<quintet>quintet)\b|\ba\s(?P<score>score)\sof\b", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?P<n>bir|iki|üç|dört|beş)\sdüzine|(?<!\w)(?P<pair>bir\sçift)", re.IGNORECASE),
    "ja": re.compile(r"(?P<n>[0-9１-９一二三四五])ダース"),
}  # fmt: skip
_DOZENS: dict[str, Decimal | int] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "bir": 1,
}
_GROUPS = {"pair": 2, "trio": 3, "quartet": 4, "quintet": 5, "score": 20}
# What words without a number leave open. Bounds as people use them: a few are under ten, dozens under two hundred.
_VAGUE = {
    "en": re.compile(r"\b(?P<few>several(?!\s(?:hundred|dozen)\s)|a\sfew(?!\s(?:hundred|dozen)\s)|a\shandful\sof|a\snumber\sof|multiple|some(?=\s(?:hours|days|weeks|months|years)))|\b(?P<somedozen>(?:a\sfew|several|some)\sdozen)\b|\b(?P<tens>dozens|scores|tens)\b(?:\sof(?!\s(?:thousands|millions)))?|\b(?P<hundreds>(?<!of\s)hundreds|(?:several|a\sfew)\shundred)\b|(?P<somehundred>(?:some|about\sa|around\sa|nearly\sa|roughly\sa)\shundred)\b(?!\s(?:thousand|million))|\b(?P<thousands>(?<!of\s)thousands|tens\sof\sthousands)\b|\b(?P<tenthousands>tens\sof\sthousands)\b|\b(?P<two>double-digit)\b|\b(?P<three>three-digit|triple-digit)\b", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?:(?P<few>birkaç(?!\sdüzine)|çeşitli\ssayıda|bir\skaç|bir\sdizi)|(?P<somedozen>birkaç\sdüzine)|(?P<tens>onlarca|düzinelerce)|(?P<hundreds>yüzlerce)|(?P<tenthousands>on\sbinlerce)|(?P<thousands>binlerce)|(?P<tensofmillions>on\smilyonlarca)|(?P<hundredsofmillions>yüz\smilyonlarca)|(?P<millions>milyonlarca)|(?P<billions>milyarlarca)|(?P<two>(?:çift|iki)\shaneli))(?!\w)", re.IGNORECASE),
    "ja": re.compile(r"(?P<tens>数十)|(?P<hundreds>数百)|(?P<tenthousands>数万)|(?P<thousands>数千)|(?P<two>[2２二]桁)|(?P<few>数(?=[機隻両台基発門人名社かカヵヶ時日週年億兆分件]|度)|複数の?|いくつかの)"),
}  # fmt: skip
_SPREAD = {
    "somehundred": (90, 110),
    "somedozen": (24, 84),
    "few": (2, 20),
    "tens": (20, 199),
    "hundreds": (200, 1999),
    "thousands": (2000, 19_999),
    "tenthousands": (20_000, 199_999),
    "millions": (2 * 10**6, 2 * 10**7),
    "tensofmillions": (2 * 10**7, 2 * 10**8),
    "hundredsofmillions": (2 * 10**8, 2 * 10**9),
    "billions": (2 * 10**9, 2 * 10**10),
    "two": (10, 99),
    "three": (100, 999),
}
_SCALED = {
    "en": re.compile(r"\s?(?P<h>hundred\s)?(?:of\s)?(?P<s>thousand|million|billion|trillion)s?\b(?:\sof)?"),
    "tr": re.compile(r"\s?(?P<h>yüz\s)?(?P<s>bin|milyon|milyar|trilyon)"),
    "ja": re.compile(r"(?P<h>百)?(?P<s>[万億兆])"),
}
_TIME = {
    "en": ((re.compile(r"\s(?:more\s)?hours?\b"), _D(60)), (re.compile(r"\s(?:more\s)?minutes?\b"), _D(1)), (re.compile(r"\sdays?\b"), DAY), (re.compile(r"\sweeks?\b"), DAY * 7), (re.compile(r"\smonths?\b"), MONTH), (re.compile(r"\syears?\b"), MONTH * 12)),
    "tr": ((re.compile(r"\ssaat"), _D(60)), (re.compile(r"\sdakika"), _D(1)), (re.compile(r"\sgün"), DAY), (re.compile(r"\shafta"), DAY * 7), (re.compile(r"\say(?!r)"), MONTH), (re.compile(r"\syıl"), MONTH * 12)),
    "ja": ((re.compile(r"時間"), _D(60)), (re.compile(r"分"), _D(1)), (re.compile(r"日間?"), DAY), (re.compile(r"週間"), DAY * 7), (re.compile(r"[カかヵヶ]月"), MONTH), (re.compile(r"年間?"), MONTH * 12)),
}  # fmt: skip
_RATE = re.compile(
    r"\s?(?:%|％|percent|growth|rise|increase|gain|jump|drop|fall|decline|pace|clip|margin|büyü|art|oran|düş|の伸び|増|減|成長)"
)
_NONE = {
    "en": re.compile(r"\b(?:not\s(?:a\ssingle|one)\b(?!\sof\b)|no(?=\s(?:\w+\s){0,2}?(?:casualt|deaths?|injur|fatal|one\b|losses|soldiers|crew|people|sailors|victims|lives))|nobody|no-one|none\b|zero\b|without\s(?:casualt|loss|injur))", re.IGNORECASE),
    "tr": re.compile(r"(?:can kaybı|yaralanan|yaralı|ölen|kayıp|kimse|ölü)\w*(?:\s(?:ya da|veya|ve|da|de)\s\w+)?\s(?:yok|olmadı|yaşanmadı|bulunmuyor|meydana gelmedi|olmadığı|yaralanmadı|ölmedi)\w*", re.IGNORECASE),
    "ja": re.compile(r"(?:死者|けが人|負傷者|犠牲者|死傷者)[^。、]{0,8}?(?:いない|いなかった|出ていない|なかった|ゼロ|出なかった|確認されていない)|(?:けが|被害)(?:は|も)な"),
}  # fmt: skip


def worded(text: str, lang: str) -> Iterator[Found]:
    """Yield the values of a text that are told in words alone; their units are count, percent, minute or an empty one.

    An empty unit is a bare multiple of a scale ("several billion") whose unit follows.
    """
    for match in _GROWTH[lang].finditer(text):
        times = _TIMES[match.lastgroup or ""]
        yield match.start(), match.end(), _point(times, "percent")
    yield from parts(text, lang)
    for match in _FRACTION[lang].finditer(text):
        yield match.start(), match.end(), _fraction(match)
    for match in _DOZEN[lang].finditer(text):
        yield match.start(), match.end(), _dozen(match, lang)
    for match in _VAGUE[lang].finditer(text):
        yield _vague(match, text, lang)
    for match in _NONE[lang].finditer(text):
        yield match.start(), match.end(), _point(_D(0), "count")


def is_currency(unit: str) -> bool:
    """Tell whether a unit is a currency's code."""
    return unit in CODES


def _point(value: Decimal, unit: str) -> Extent:
    return Extent(low=value, high=value, unit=unit, step=step_of(value))


def _fraction(match: re.Match[str]) -> Extent:
    if match["h"]:
        half = _point(_D(50), "percent")
        if _MAJORITY.match(match["h"]):
            return Extent(low=_D(50), high=None, unit="percent", shape="bound", step=_D(1), strict=True)
        return half
    share = _D(_small(match["n"])) * 100 / _D(_small(match["d"], _DENOMINATORS))
    return Extent(low=share, high=share, unit="percent", shape="about", step=_D(1))


def _small(word: str, table: dict[str, int] = _NUMERATORS) -> int:
    low = lower(word)
    return int(low) if low.isdigit() else table.get(low) or SMALL_KANJI.get(low, 1)


def _dozen(match: re.Match[str], lang: str) -> Extent:
    group = next((name for name in _GROUPS if match.groupdict().get(name)), "")
    if group:
        return _point(_D(_GROUPS[group]), "count")
    word = re.sub(r"\s+", " ", lower(match["n"]))
    number = _DOZENS.get(word) or SMALL_KANJI.get(word)
    count = _D(number) if number else _D(word) if word.isdigit() else numerals.value(word, lang) or _D(1)
    return _point(count * 12, "count")


def _of(text: str, end: int) -> int:
    """Return where the word after "of" begins: millions of dollars."""
    return end + 3 if text.startswith(" of ", end) else end


def _vague(match: re.Match[str], text: str, lang: str) -> Found:
    low, high = (_D(edge) for edge in _SPREAD[match.lastgroup or "few"])
    unit, end = "count", match.end()
    scale = _SCALED[lang].match(text, end)
    if scale:
        words = lower(scale["s"])
        factor = numerals.KANJI_SCALES.get(words) or numerals.SCALES.get(words) or _D(1)
        factor *= 100 if scale["h"] else 1
        low, high, end, unit = low * factor, high * factor, scale.end(), ""
        money = currency_after(text, end, lang)
        if money:
            unit, end = money
    elif match.lastgroup in {"two", "three"} and _RATE.match(text, end):
        unit = "percent"
    else:
        for pattern, factor in _TIME[lang]:
            time = pattern.match(text, end)
            if time:
                low, high, end, unit = low * factor, high * factor, time.end(), "minute"
                break
        else:
            money = currency_after(text, _of(text, end), lang)
            named = (money[0], _D(1), money[1]) if money else unit_after(text, end, lang)
            if named:
                unit, factor, end = named
                low, high = low * factor, high * factor
    if match.lastgroup == "somehundred":
        return match.start(), end, Extent(low=_D(100), high=_D(100), unit=unit, shape="about", step=_D(100))
    return match.start(), end, Extent(low=low, high=high, unit=unit, shape="vague", step=_D(0))
