"""Read the numbers of a text exactly, one grammar per language, with ranges, bounds and approximations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from watchers.facts import numerals
from watchers.facts.currencies import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

Bound = Literal["", "min", "max"]

# No amount in the news has more digits; longer runs are serial numbers, checksums or an attack.
MAX_DIGITS = 15
# More numbers than this are a table or an attack: it bounds the work on 20 000 code points of "$1 $1 $1".
MAX_NUMBERS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text. `start` is where its "up to" begins, `at` where the number or its sign does.

    `sign` is the currency sign or code in front of it, `scale` the last multiplier's words, `spelt` tells
    that it is written in words.
    """

    start: int
    at: int
    end: int
    low: Decimal
    high: Decimal
    sign: str = ""
    scale: str = ""
    spelt: bool = False
    bound: Bound = ""
    approx: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether both ends are whole numbers."""
        return self.low == int(self.low) and self.high == int(self.high)


# English of other countries has decimal commas, too: "1,25 billion" is no 1 and no 25 billion.
_COMMA_EN = r"\d+,\d{1,2}(?=\s?(?:[mb]n\b|million|billion|trillion))"
_DIGITS_EN = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|{_COMMA_EN}|\d+(?:\.\d+)?)"
_DIGITS_TR = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+|\.\d{1,2})?)"
_DIGITS_JA = r"[\d０-９]+(?:[,，][\d０-９]{3})*(?:[.．][\d０-９]+)?"
_SCALE_EN = r"lakh\scrore|thousand|million|billion|trillion|crore|lakh|mln|mn|bln|bn|tn|trn"
# Only beside a currency: "5m" alone is five metres.
_SHORT_EN = r"(?(sign)[mMbBkK](?!\w)|[mMbB](?=[\s-](?:euro|dollar|pound)))"
_SCALE_TR = r"bin|milyon|milyar|trilyon|mn|mlr"
# "3 milyar 250 milyon", "2 milyon 400 bin", "6 bin 500": each part after the first is below a thousand.
_REST_TR = r"(?P<rest>(?:\s\d{1,3}\s(?:milyar|milyon|bin)(?!\w)){0,3}(?:\s\d{2,3}(?![\w.,]))?)"

# The look-ahead is there for speed: it fails at once where no number can begin.
_EN = re.compile(
    rf"(?=\d|[$€£¥₺₹₩₽₪₴₱₫฿₦A-Z]|zł|kr|one|t[whe]|f[oi]|s[ie]|ei|ni|el|ha|dozen|an?\s)(?<![a-z](?=[a-zA-Z]))(?:(?P<sign>{PREFIX})?(?P<num>{_DIGITS_EN})(?:[\s-]?(?P<scale>(?i:{_SCALE_EN}))\b|(?P<short>{_SHORT_EN}))?"
    rf"|(?<![\w-])(?P<words>{numerals.EN})(?![\w]))"
)
_TR = re.compile(
    rf"(?=\d|[$€£¥₺₹₩₽₪₴₱₫฿₦A-ZİÜÖŞÇ]|zł|kr|[biküdasoyetm])(?<![a-z](?=[a-zA-Z]))(?:(?P<sign>{PREFIX})?(?P<num>{_DIGITS_TR})(?:\s?(?P<scale>{_SCALE_TR})(?!\w){_REST_TR})?"
    rf"|(?<![\w'’-])(?P<words>{numerals.TR})(?![\w]))"
)
_JA = re.compile(
    rf"(?=[\d０-９A-Z$€£¥￥₩一二三四五六七八九十百千])(?:(?P<sign>{PREFIX})?(?P<num>(?:{_DIGITS_JA}[兆億万千]{{0,2}}){{1,4}})"
    rf"|(?<![第数何一二三四五六七八九十百千])(?P<words>[一二三四五六七八九十百千]{{1,5}})(?=機|隻|両|基|発|[かカヵヶ]国|社|人|割|種|個|門))"
)
_GRAMMARS = {"en": _EN, "tr": _TR, "ja": _JA}

_GLUE_EN = re.compile(r"\s?[-–—]\s?|\sto\s|\sand\s")
_GLUE_TR = re.compile(r"\s?[-–—]\s?|\s(?:ila|ile|veya|ya da)\s")
_GLUE_JA = re.compile(r"\s?[-–—～〜~]\s?|から|ないし")
_GLUES = {"en": _GLUE_EN, "tr": _GLUE_TR, "ja": _GLUE_JA}

# "hand over 100 helicopters" is no more than 100.
_OVER = (
    "".join(rf"(?<!{verb}\s)" for verb in ("hand", "hands", "handed", "handing", "take", "took", "turned"))
    + "over"
)
_CUES: dict[str, re.Pattern[str]] = {
    "en": re.compile(
        rf"(?:\b(?:(?P<min>(?:just\s|well\s)?(?:more\sthan|above)|(?<!just\s)(?:well\s)?{_OVER}|at\sleast|exceed(?:s|ed|ing)?|in\sexcess\sof|"
        r"no\sfewer\sthan|not\sless\sthan|a\sminimum\sof|upwards\sof|past|surpass(?:ed|es|ing)?)|"
        r"(?P<just>just\s(?P<just_max>under)|just\s(?P<just_min>over))|(?P<max>up\sto|at\smost|as\smany\sas|as\smuch\sas|no\smore\sthan|a\smaximum\sof|less\sthan|fewer\sthan|"
        r"not\smore\sthan|under|below)|"
        r"(?P<approx>about|around|roughly|approximately|approx\.|some|nearly|almost|circa|"
        r"an\sestimated|close\sto|between)))\s\Z",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        r"(?:(?<!\w)(?:(?P<min>en\saz|asgari)|(?P<max>en\sfazla|en\sçok|azami)|"
        r"(?P<approx>yaklaşık(?:\solarak)?|takriben|kabaca|ortalama|tahminen)))\s\Z",
        re.IGNORECASE,
    ),
    "ja": re.compile(r"(?:(?P<min>少なくとも)|(?P<max>最大で?|最高|上限)|(?P<approx>約|およそ|ほぼ|計約))\Z"),
}
# The last letter of every cue above, for speed: most numbers have no cue.
_CUE_ENDS = {
    "en": re.compile(r"[a-z.]\s", re.IGNORECASE),
    "tr": re.compile(r"\w\s"),
    "ja": re.compile(r"[もで大高限約そぼ]"),
}
_BETWEEN = re.compile(r"between\s\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:\w+\s){0,2}\Z", re.IGNORECASE)
_BAD_BEFORE = re.compile(r"[\w./#:_+\-]\Z")
_BAD_AFTER = re.compile(r"[a-zA-Z_]|[-/:.]\d|,\d(?!\d\d)|-[A-Z]|°")
_DECIMAL_EN = re.compile(r"\d+,\d{1,2}\Z")
_TORN = re.compile(r"\d,\Z")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_PART_TR = re.compile(r"(\d+)(?:\s(milyar|milyon|bin))?")
_PART_JA = re.compile(r"(\d+(?:\.\d+)?)([兆億万千]*)")


def numbers(text: str, lang: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order. Digits inside a name or a code such as MQ-9B are none.

    Raises KeyError for a language other than en, tr and ja.
    """
    atoms = list(_atoms(text, lang))
    found: list[Number] = []
    i = 0
    while i < len(atoms):
        number = atoms[i]
        if i + 1 < len(atoms):
            joined = _range(text, lang, number, atoms[i + 1])
            if joined:
                number = joined
                i += 1
        found.append(_with_cue(text, lang, number))
        i += 1
    return tuple(found)


def _atoms(text: str, lang: str) -> Iterator[Number]:
    """Yield single numbers, without looking at what joins or bounds them."""
    last = 0
    left = MAX_NUMBERS
    for match in _GRAMMARS[lang].finditer(text):
        value = _value(match, lang)
        if value is None or not _stands_alone(text, lang, match, last):
            continue
        groups = match.groupdict()
        last = match.end()
        left -= 1
        if left < 0:
            return
        yield Number(
            start=match.start(),
            at=match.start(),
            end=match.end(),
            low=value,
            high=value,
            sign=(groups["sign"] or "").strip(),
            scale=_scale(groups, match.group()),
            spelt=groups["words"] is not None,
        )


def _scale(groups: dict[str, str | None], whole: str) -> str:
    """Return the multiplier's words; for Japanese the units that occur."""
    return groups.get("scale") or groups.get("short") or "".join(c for c in whole if c in "兆億万")


def _stands_alone(text: str, lang: str, match: re.Match[str], last: int) -> bool:
    """Tell whether a match is a number of its own and no part of a code, date, time or name."""
    start, end = match.span()
    if match.groupdict()["words"] is not None:
        return True
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if lang == "ja":
        if before.isascii() and (before.isalpha() or before in "./#:_+-") and before:
            return before == "-" and last == start - 1
        return not re.match(r"[A-Za-z_]{2}|[A-Z](?![A-Za-z])|[:/]\d", after) or after[:2] in (
            "km",
            "kg",
            "cm",
            "mm",
        )
    if not match.group("sign") and _BAD_BEFORE.match(before) and before != "+":
        return before == "-" and last == start - 1
    if _BAD_AFTER.match(after) is None:
        return lang != "en" or _TORN.match(text[max(0, start - 2) : start]) is None
    return bool(re.match(r"-\d+(?![\w-])", text[end : end + 8])) or bool(
        re.match(r"km|kg|mm|cm|m\b|g\b|nm|x\b", after)
    )


def _value(match: re.Match[str], lang: str) -> Decimal | None:
    """Return a match's value, or None when it is too long to be one."""
    groups = match.groupdict()
    words = groups["words"]
    if words is not None:
        return numerals.value(words, lang)
    digits = groups["num"] or ""
    if sum(c.isdigit() for c in digits) > MAX_DIGITS:
        return None
    if lang == "ja":
        return _japanese(digits)
    if lang == "tr":
        dotted = re.fullmatch(r"\d+\.\d{1,2}", digits)
        digits = digits if dotted else digits.replace(".", "").replace(",", ".")
    elif _DECIMAL_EN.match(digits):
        digits = digits.replace(",", ".")
    value = Decimal(digits.replace(",", ""))
    scale = groups.get("scale") or groups.get("short") or ""
    value *= numerals.SCALES.get(re.sub(r"\s+", " ", scale.lower()), Decimal(1))
    return value + _parts(groups.get("rest") or "")


def _parts(words: str) -> Decimal:
    """Return the value of the lower parts of a compound such as " 250 milyon 400 bin"."""
    total = Decimal(0)
    for digits, scale in _PART_TR.findall(words):
        total += Decimal(digits) * numerals.SCALES.get(scale, Decimal(1))
    return total


def _japanese(words: str) -> Decimal:
    """Return the value of digits with 兆, 億, 万 and 千 between them."""
    total = Decimal(0)
    for digits, units in _PART_JA.findall(words.translate(_FULL_WIDTH).replace(",", "")):
        part = Decimal(digits)
        for unit in units:
            part *= numerals.KANJI_SCALES[unit]
        total += part
    return total


def _range(text: str, lang: str, low: Number, high: Number) -> Number | None:
    """Join two numbers that a dash or "to" makes a range; a lower end without scale takes the upper's."""
    glue = _GLUES[lang].match(text, low.end)
    if glue is None or glue.end() != high.at or low.spelt != high.spelt:
        return None
    before = text[max(0, low.at - 24) : low.at]
    if glue.group().strip() == "and" and not _BETWEEN.search(before):
        return None
    if glue.group().strip() == "to" and _FROM.search(before):
        return None
    start = low.low
    if not low.scale and high.scale and start < high.low:
        start *= _factor(high, lang)
    if start >= high.low or (low.sign and high.sign and low.sign != high.sign):
        return None
    return Number(
        start=low.start,
        at=low.at,
        end=high.end,
        low=start,
        high=high.low,
        sign=low.sign or high.sign,
        scale=high.scale,
        spelt=low.spelt,
    )


def _factor(number: Number, lang: str) -> Decimal:
    """Return what a number's scale multiplies by."""
    if lang == "ja":
        return numerals.KANJI_SCALES[number.scale[0]]
    return numerals.SCALES.get(number.scale.lower(), Decimal(1))


def _with_cue(text: str, lang: str, number: Number) -> Number:
    """Take in the words before a number that bound or blur it."""
    if number.at == 0 or not _CUE_ENDS[lang].match(text, number.at - 2 if lang != "ja" else number.at - 1):
        return number
    window = max(0, number.at - 22)
    cue = _CUES[lang].search(text[window : number.at])
    if cue is None:
        return number
    groups = cue.groupdict()
    bound: Bound = (
        "min"
        if groups["min"] or groups.get("just_min")
        else "max"
        if groups["max"] or groups.get("just_max")
        else ""
    )
    return Number(
        start=window + cue.start(),
        at=number.at,
        end=number.end,
        low=number.low,
        high=number.high,
        sign=number.sign,
        scale=number.scale,
        spelt=number.spelt,
        bound=bound,
        approx=bool(groups.get("just")) or (groups["approx"] or "between").lower() != "between",
    )
