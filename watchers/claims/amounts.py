"""Read every value of a text: money, counts, shares and measures, each with its bound and where it stands."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from watchers.claims.cues import shaped, step_of
from watchers.claims.extents import ANY_CROWN
from watchers.claims.measures import joined, lone, measure, spoken
from watchers.claims.parts import scaled
from watchers.claims.wordy import is_currency, worded
from watchers.facts import nouns, numerals
from watchers.facts.calendar import FIRST_YEAR, LAST_YEAR
from watchers.facts.numbers import numbers
from watchers.facts.passage import Mask
from watchers.facts.quantities import MAX_COUNT
from watchers.types import Money
from watchers.types.claims import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.facts.numbers import Number
    from watchers.types import Fact

AmountKind = Literal["money", "count", "share", "measure"]
_PERCENT = {
    "en": re.compile(r"(?P<points>[\s-]?(?:percentage[\s-]points?|pp\b|points?\b))|\s?(?:%|％)(?!-point)|[\s-](?:percent|per\scent|pct)\b(?!age)"),
    "tr": re.compile(r"(?P<points>\s?(?:yüzde puan\w*|puan\w*))|\s?%"),
    "ja": re.compile(r"(?P<points>(?:\s?[%％])?ポイント)|\s?(?:％|%|パーセント)|割(?!引|当|り)(?:(?P<bu>\d)分)?"),
}  # fmt: skip
_PERCENT_BEFORE_TR = re.compile(r"(?:(?<!\w)yüzde\s|%\s?)\Z", re.IGNORECASE)
_COUNTER_JA = re.compile(rf"{nouns.COUNTERS_JA.pattern}|票|丁|便|頭|本|回(?=の)")
_WORDS_TR = r"(?:bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|yüz|bin)"
_FOLDED_TR = re.compile(
    rf"(?<![\w'’])(?P<n>(?:{_WORDS_TR}\s){{0,4}}(?:iki|üç|dört|beş|altı|yedi|sekiz|dokuz|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|on|yüz|bin))['’]?(?P<s>y[aıeiuü]|[ae]|s[ıi]|[ıiuü]|[dt][ae]n?|n[ıiuü]n)(?!\w)",
    re.IGNORECASE,
)
_FALSE_TR = frozenset(
    {"ona", "yüze", "yüzü", "bine", "yüzde", "yüzden", "onu", "ondan", "onda", "onun", "bini"}
)
_LONE = {
    "en": re.compile(r"\b(?:(?:just |only )?one|an? (?:single|sole))\s(?=(?!of\b|that\b|which\b|day\b|year\b|would\b|can\b)[a-z])", re.IGNORECASE),
    "tr": re.compile(r"(?<!\w)(?:tek bir|yalnızca bir|sadece bir|bir adet|bir tane)\s(?=\w)", re.IGNORECASE),
    "ja": re.compile(r"(?!)"),
}  # fmt: skip
_ORDINAL_TR = re.compile(r"\A(?:['’](?:inci|ıncı|uncu|üncü|nci|ncı)|\.\s?(?=[a-zçğıöşü]))")
_ORDINAL_JA = re.compile(r"\A(?:番|次|号|期|代|世代|回目|隻目|機目|年目|番目|等)")
_NEW_TR = re.compile(r"\byeni\Z")  # "üç yeni gemi" is no yen
_LIST_OF_CODES = re.compile(r"\b(?:Mk|Block|Type|Batch|Phase|Tranche|Lot|Mach|Flight|Increment)\s\Z")
# A share that tells how much less there is; "fell to 8 percent" is a level.
_FELL_BEFORE = {
    "en": re.compile(
        r"\b(?:fell|falls?|fallen|dropp?(?:ed|s)|declin(?:ed|es)|decreas(?:ed|es)|shrank|shr[iu]nk|contract(?:ed|s)|slid|lost|down|cut|reduc(?:ed|es|ing)|lower(?:ed)?|slump(?:ed|s)|slipp(?:ed|s))\s(?:its?\s\w+\s)?(?:by\s)?(?:(?:about|around|nearly|almost|roughly|some|over|more than)\s)?\Z",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"(?!)"),
    "ja": re.compile(r"(?!)"),
}
_FELL_AFTER = {
    "en": re.compile(
        r"\A\s(?:less|lower|fewer|drop|fall|decline|decrease|cut|reduction|down)\b", re.IGNORECASE
    ),
    "tr": re.compile(
        r"\A['’]?\w{0,4}\s(?:oranında\s)?(?:azal|düş(?!ünce)|geril|küçül|daral|indir|kıs)", re.IGNORECASE
    ),
    "ja": re.compile(
        r"\A(?:ほど|程度|近く|超|以上|強|弱|余り)?(?:の|も|を|に)?(?:減|低下|下落|縮小|少な|下回|落ち|下がっ|ダウン|削減|マイナス)"
    ),
}
_CROWN = re.compile(r"\s?(?:kron(?!oloj)|crowns?\b|kron(?:a|e|or|er)\b|クロー[ナネ]|コルナ)", re.IGNORECASE)
_VALUE_KINDS = frozenset({"date", "delivery_deadline"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A value and where its words stand. `role` is what the money is, as in a Fact."""

    start: int
    end: int
    kind: AmountKind
    extent: Extent
    role: str = ""


def amounts(text: str, lang: str, facts: Sequence[Fact]) -> tuple[Amount, ...]:
    """Return the values of a text in a language with a grammar, in order; no two share a code point."""
    mask = Mask(len(text))
    found: list[Amount] = []
    for start, end, extent in (*spoken(text, lang), *lone(text, lang)):
        if mask.free(start, end):
            mask.take(start, end)
            found.append(_made(text, lang, start, end, "measure", extent))
    for start, end, extent in scaled(text, lang):
        if mask.free(start, end):
            mask.take(start, end)
            found.append(
                _made(text, lang, start, end, "count" if extent.unit == "count" else "money", extent)
            )
    read = tuple(numbers(text, lang))
    found += _money(text, lang, facts, mask, read)
    found += _crowns(text, lang, mask, read)
    for fact in facts:
        if fact.type in _VALUE_KINDS:
            mask.take(fact.start, fact.end)
    for start, end, extent in worded(text, lang):
        if extent.unit and mask.free(start, end):
            mask.take(start, end)
            kinds: dict[str, AmountKind] = {"percent": "share", "minute": "measure", "a week": "measure"}
            kind = "money" if is_currency(extent.unit) else kinds.get(extent.unit, "measure")
            kind = "count" if extent.unit == "count" else kind
            found.append(_made(text, lang, start, end, kind, extent))
    found += _numbers(text, lang, mask, read)
    found += _inflected(text, lang, mask)
    return tuple(sorted(_zeroed(found), key=lambda amount: amount.start))


def _made(  # noqa: PLR0917 - a text with its language, a range, and what stands there
    text: str, lang: str, start: int, end: int, kind: AmountKind, extent: Extent
) -> Amount:
    """Make a value with the bound or blur that its neighbours give it; a share that fell is below zero."""
    extent = shaped(extent, text, lang, start, end)
    before, after = text[max(0, start - 40) : start], text[end : end + 24]
    if kind == "share" and (_FELL_BEFORE[lang].search(before) or _FELL_AFTER[lang].match(after)):
        low, high = extent.low, extent.high
        extent = replace(extent, low=None if high is None else -high, high=None if low is None else -low)
    return Amount(start=start, end=end, kind=kind, extent=extent)


def _money(
    text: str, lang: str, facts: Sequence[Fact], mask: Mask, read: Sequence[Number]
) -> Iterator[Amount]:
    """Yield the amounts of money; the bound or blur is read anew from the words beside the number."""
    ends = [number.end for number in read]
    for fact in facts:
        if (
            not isinstance(fact.value, Money)
            or not mask.free(fact.start, fact.end)
            or _NEW_TR.search(fact.mention)
        ):
            continue
        mask.take(fact.start, fact.end)
        value = fact.value
        shape: Literal["exact", "range"] = "exact" if value.low == value.high else "range"
        plain = Extent(
            low=value.low, high=value.high, unit=value.currency, shape=shape, step=step_of(value.high)
        )
        first = bisect_right(ends, fact.start)
        start = read[first].at if first < len(read) and ends[first] <= fact.end else fact.start
        extent = shaped(plain, text, lang, start, fact.end)
        if extent is plain and (fact.bound or fact.approx):
            extent = _as_told(plain, fact)
        yield Amount(start=fact.start, end=fact.end, kind="money", extent=extent, role=fact.role)


def _crowns(text: str, lang: str, mask: Mask, read: Sequence[Number]) -> Iterator[Amount]:
    """Yield sums in crowns of a country that is not named, as `ANY_CROWN`."""
    for number in read:
        match = _CROWN.match(text, number.end)
        if match and mask.free(number.at, match.end()):
            mask.take(number.at, match.end())
            yield _made(text, lang, number.at, match.end(), "money", _plain(number, ANY_CROWN))


def _as_told(extent: Extent, fact: Fact) -> Extent:
    """Give an amount the bound or blur of its fact."""
    if not fact.bound:
        return replace(extent, shape="about") if extent.low == extent.high else extent
    if fact.bound == "min":
        return replace(extent, high=None, shape="bound")
    return replace(extent, low=extent.low if extent.low != extent.high else None, shape="bound")


def _numbers(text: str, lang: str, mask: Mask, read: Sequence[Number]) -> Iterator[Amount]:
    """Yield shares, measures and counts of plain numbers."""
    measures: list[tuple[int, int, Extent]] = []
    for number in read:
        if not mask.free(number.at, number.end):
            continue
        share = _share(text, lang, number)
        if share:
            mask.take(*share[:2])
            yield _made(text, lang, share[0], share[1], "share", share[2])
            continue
        measured = measure(text, lang, number)
        if measured:
            mask.take(number.at, measured[1])
            measures.append((number.at, measured[1], measured[0]))
            continue
        end = _counted(text, lang, number)
        if end:
            mask.take(number.at, end)
            extent = _plain(number, "count")
            yield _made(text, lang, number.at, end, "count", extent)
    for start, end, extent in joined(text, lang, measures):
        yield _made(text, lang, start, end, "measure", extent)


def _plain(number: Number, unit: str, times: int = 1) -> Extent:
    low, high = number.low * times, number.high * times
    shape: Literal["exact", "range"] = "exact" if low == high else "range"
    return Extent(low=low, high=high, unit=unit, shape=shape, step=step_of(number.high) * times)


def _share(text: str, lang: str, number: Number) -> tuple[int, int, Extent] | None:
    """Return a percentage's range and value, None if the number is none; 3割 is thirty percent."""
    if lang == "tr":
        before = _PERCENT_BEFORE_TR.search(text, max(0, number.at - 8), number.at)
        points = re.match(r"\s?puan", text[number.end :])
        if before and not points:
            return before.start(), number.end, _plain(number, "percent")
    match = _PERCENT[lang].match(text, number.end)
    if match is None:
        return None
    if match["points"]:
        return number.at, match.end(), _plain(number, "points")
    if match.group().startswith("割"):
        extent = _plain(number, "percent", 10)
        part = Decimal(match["bu"] or 0)
        if part and extent.low is not None and extent.high is not None:
            extent = Extent(low=extent.low + part, high=extent.high + part, unit="percent", step=Decimal(1))
        return number.at, match.end(), extent
    return number.at, match.end(), _plain(number, "percent")


def _counted(text: str, lang: str, number: Number) -> int:
    """Return where a count's words end, 0 if the number counts nothing."""
    if not number.whole or number.high > MAX_COUNT or number.sign:
        return 0
    after = text[number.end : number.end + 12]
    if lang == "ja":
        counter = _COUNTER_JA.match(text, number.end)
        return 0 if _ORDINAL_JA.match(after) or counter is None else counter.end()
    if nouns.MEASURE[lang].match(text, number.end) and not re.match(r"\s(?:times)", after):
        return 0
    if nouns.NAMING[lang].search(text[max(0, number.at - 14) : number.at]) or _LIST_OF_CODES.search(
        text[max(0, number.at - 12) : number.at]
    ):
        return 0
    if lang == "tr" and _ORDINAL_TR.match(after):
        return 0
    is_year = (
        not number.spelt and FIRST_YEAR <= number.low <= LAST_YEAR and "." not in text[number.at : number.end]
    )
    return 0 if is_year and "," not in text[number.at : number.end] else number.end


def _inflected(text: str, lang: str, mask: Mask) -> Iterator[Amount]:
    """Yield counts of Turkish number words with a case ending, and a lone "one" that counts."""
    if lang == "tr":
        for match in _FOLDED_TR.finditer(text):
            value = numerals.value(match["n"], "tr")
            if value and match.group().lower() not in _FALSE_TR and mask.free(*match.span()):
                extent = Extent(low=value, high=value, unit="count", step=step_of(value))
                end = match.end("n")
                yield _made(text, lang, match.start(), end, "count", extent)
    for match in _LONE[lang].finditer(text):
        if mask.free(*match.span()):
            one = Extent(low=Decimal(1), high=Decimal(1), unit="count", step=Decimal(1))
            yield _made(text, lang, match.start(), match.end() - 1, "count", one)


def _zeroed(found: list[Amount]) -> list[Amount]:
    """Leave out measures of no length: "0 minutes" and lost ends of ranges tell nothing."""
    return [a for a in found if a.kind != "measure" or (a.extent.high or a.extent.low or Decimal(0)) > 0]
