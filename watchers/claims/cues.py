"""Read the words around a number that bound or blur it: more than, up to, nearly, or so."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchers.types.claims import Extent

BEFORE = 34  # code points looked at before a number, and after its unit
AFTER = 26

_BEFORE = {
    "en": re.compile(
        r"(?:\b(?:(?P<about>about|around|roughly|approximately|some|nearly|almost|just (?:under|over|short of|above|below)|(?:slightly|a little|a bit|a shade|marginally) (?:over|under|more than|less than|above|below)|circa|an estimated|close to|nearing|in the region of|on the order of|just shy of)"
        r"|(?P<min>more than|(?<!turned )(?<!turns )(?<!took )(?<!handed )(?<!taken )over|above|at least|exceed(?:s|ed|ing)?|in excess of|no fewer than|no less than|not less than|a minimum of|upwards of|past|surpass(?:ed|es|ing)?|passed|crossed|topp?(?:ed|s|ing)|greater than|beyond|north of)"
        r"|(?P<max>up to|at most|as many as|as much as|no more than|not more than|a maximum of|(?:fewer|less) than|under|below|within|capped at|a ceiling of|not (?:to )?exceed(?:ing)?))"
        r"\s(?:the\s|an?\s|as\s)?|(?P<sign>~|≈))\Z",
        re.IGNORECASE,
    ),
    "tr": re.compile(
        r"(?<!\w)(?:(?P<min>en az|asgari)|(?P<max>en fazla|en çok|azami)|(?P<about>yaklaşık(?: olarak)?|takriben|kabaca|ortalama|tahminen|tahminî|neredeyse|hemen hemen|aşağı yukarı|takribî))\s\Z",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        r"(?:(?P<min>少なくとも|最低)|(?P<max>最大で?|最高|上限|最多|多くて|多くとも|長くても|遅くとも|高くて)|(?P<about>約|およそ|ほぼ|おおよそ|おおむね|概ね|推定|計約|ざっと))\Z"
    ),
}
_AFTER = {
    "en": re.compile(
        r"\A(?:(?P<min>\s?\+|\sor (?:more|above|longer)|\splus\b|\sand (?:above|more|counting))|(?P<max>\sor (?:less|fewer|under)|\sat (?:the )?most|\smaximum)|(?P<about>\sor so|\sor thereabouts|-odd|-ish|\sgive or take))"
    ),
    "tr": re.compile(
        r"\A(?:['’]?\w{0,5}\s(?:(?:\w+\s){0,2}?)?(?:(?P<slight>biraz\s(?:fazla|çok|üzerinde|altında|az))|(?P<min>fazla(?:sı\w{0,4})?|aşkın|üzerinde|üzeri|üstünde|üstü|aşan|aştı|aşıyor|aşacak|aşması|geçti|geçen|geçiyor)|(?P<about>yakın|civarında|dolayında|bulan|bulacak|buluyor|kusur|küsur)|(?P<max>altında|aşmayan|aşmayacak)|(?P<within>içinde))(?!\w))"
        r"|\A['’]?(?:y?[ae])\s(?P<upto>kadar|dek)(?!\w)|\A\s(?P<some>kadar)(?!\w)|\A(?:['’]?[dt][ae]n|\s\w+[dt][ae]n)\s(?:daha\s)?(?P<less>az|düşük|kısa)(?!\w)|\A(?:['’]?[dt][ae]n)\s(?:daha\s)?(?P<more>uzun|çok|yüksek)(?!\w)"
    ),
    "ja": re.compile(
        r"\A(?:(?P<min>超|以上|を?越え|を超|を上回|余(?!り)|を突破)|(?P<max>以下|未満|以内|[にを]?満たな|足らず|まで(?!に)|を下回|を上限)|(?P<about>程度|前後|ほど|弱|強|余り|近く|近い|くらい|ぐらい|台(?=[にとのを]))|(?:の|を)?(?P<strict_min>上回る))"
    ),
}
_PUSHED_EN = re.compile(
    r"\b(?:push|driv|drove|bring|brought|tak|took|rais|mov|lift|went|goes|send|sent)\w*\s[^.;]{0,50}up to\s\Z",
    re.IGNORECASE,
)
PUSHED = 70  # code points before a number in which its verb is looked for
_STRICT = re.compile(
    r"more than|over|above|exceed|surpass|greater|beyond|fewer|less|under|below|fazla|aşkın|altında|az\Z|超|上回|未満|下回|満たな",
    re.IGNORECASE,
)


def shaped(extent: Extent, text: str, lang: str, start: int, end: int) -> Extent:
    """Return a value with the bound or blur that the words around it give it."""
    before = _BEFORE[lang].search(text[max(0, start - BEFORE) : start])
    after = _AFTER[lang].search(text[end : end + AFTER])
    groups = {k: v for m in (after, before) if m for k, v in m.groupdict().items() if v}
    if not groups or extent.low is None or extent.high is None or extent.shape == "vague":
        return extent
    if groups.get("max", "").lower() == "up to" and _PUSHED_EN.search(text[max(0, start - PUSHED) : start]):
        return extent  # the sum is pushed up to there
    if "within" in groups and extent.unit != "minute":  # "yurt içinde" is a place, "bir yıl içinde" a bound
        return extent
    words = " ".join(groups.values())
    strict = _STRICT.search(words) is not None
    if "about" in groups or "sign" in groups or "some" in groups or "slight" in groups:
        return replace(extent, shape="about") if extent.low == extent.high else extent
    if groups.keys() & {"min", "more", "strict_min"}:
        return replace(extent, high=None, shape="bound", strict=strict)
    low = extent.low if extent.low < extent.high else None
    return replace(extent, low=low, shape="bound", strict=strict)


def step_of(value: Decimal) -> Decimal:
    """Return the place of the last digit that is not a trailing zero: 100 for 1,200."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and value else Decimal(0)
