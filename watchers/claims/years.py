"""Name the year that a value is for: 2024, FY2026; nothing where a sentence tells only when it was said or is due."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts.passage import lower
from watchers.types import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from watchers.types import Fact, Span

# Fiscal years that the grammar of dates takes for plain ones.
_FISCAL = {
    "en": re.compile(r"\b(?:fiscal|financial|budget) (?:year )?(20\d\d)"),
    "tr": re.compile(r"(20\d\d) (?:mali|bütçe) yıl"),
    "ja": re.compile(r"(20\d\d)(?:会計|財政)?年度"),
}
# A Turkish month that stands before a noun is no date fact: "ağustos ihracatı".
_MONTHS_TR = {
    "ocak": 1, "şubat": 2, "mart": 3, "nisan": 4, "mayıs": 5, "haziran": 6, "temmuz": 7, "ağustos": 8, "eylül": 9, "ekim": 10,
    "kasım": 11, "aralık": 12,
}  # fmt: skip
_MONTH_TR = re.compile(
    rf"(?<!\w)({'|'.join(_MONTHS_TR)})(?:\s(?:ayı\w*\s)?)(?=ihracat|ithalat|ciro|satış|gelir|üretim)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(FY)?(\d{4})\Z")


def year_label(facts: Sequence[Fact], span: Span, published: date, at: int, lang: str) -> str:
    """Return the bare or fiscal year named nearest to an offset in its sentence, empty if there is none.

    Days and months date an event, deadlines the future: they are not the year that a sum is for.
    """
    years = [
        (abs(fact.start - at), fact.value.text)
        for fact in facts
        if fact.sentence_start == span.start
        and fact.type == "date"
        and isinstance(fact.value, Period)
        and _YEAR.match(fact.value.text)
        and not (fact.bound == "end" and int(fact.value.text[-4:]) > published.year)
    ]
    years += [
        (abs(span.start + match.start() - at), f"FY{match[1]}")
        for match in _FISCAL[lang].finditer(span.mention)
    ]
    if not years:
        texts = [
            str(f.value) for f in facts if f.sentence_start == span.start and isinstance(f.value, Period)
        ]
        months = [text for text in texts if re.fullmatch(r"\d{4}-\d{2}", text)]
        months += [
            f"{published.year}-{_MONTHS_TR[lower(m[1])]:02d}" for m in _MONTH_TR.finditer(span.mention)
        ]
        return "/".join(sorted(set(months)))
    return min(years)[1]
