"""Say by which published rate an amount was held against one in another currency. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.numbers import format_decimal

from bot.wording.phrases import say
from bot.wording.values import money, period
from watchers.matching.stated import StatedFault, read_stated
from watchers.matching.stating import rate_of
from watchers.types import Money, fact_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from watchers.facts.rates import Rate
    from watchers.matching.expression import Stated
    from watchers.types import Fact, Hit, Report, Watch

PRICE: Final = 4  # figures of a rate, as the table has
COUNTED: Final = 3  # of an amount that was converted: an average's fourth says nothing of the day


def exchanged(report: Report, watches: Sequence[Watch], lang: str) -> tuple[str, ...]:
    """Return a sentence for each amount of a report that met one of some watches only after conversion."""
    numbers = {watch.number for watch in watches}
    hits = (hit for match in report.matches if match.watch in numbers for hit in match.hits)
    found = (line for hit in hits for line in _lines(hit, report, lang))
    return tuple(dict.fromkeys(found))


def rate_line(amount: Money, rate: Rate, lang: str) -> str:
    """Return "¥200B counts as $1.354B: 1 USD = 147.7 JPY, average of August 2025 (European Central Bank)"."""
    of, to, value = (
        (rate.to, rate.code, rate.value) if rate.value >= 1 else (rate.code, rate.to, 1 / rate.value)
    )
    low, high = (_rounded(rate.convert(end), COUNTED) for end in (amount.low, amount.high))
    counted = Money(low=low, high=high, currency=rate.to)
    return say(
        "rate" if rate.when else "rate_pegged",
        lang,
        amount=money(amount, lang),
        counted=money(counted, lang),
        price=f"1 {of} = {_number(value, lang)} {to}",
        when=period(rate.when, lang),
        source=rate.source,
    )


def rates_of(terms: Sequence[Stated], fact: Fact, day: date, lang: str) -> Iterator[str]:
    """Yield a sentence for each term that asks for the amount of a fact in another currency."""
    for term in terms:
        rate = rate_of(term, fact, day)
        if rate is not None and isinstance(fact.value, Money):
            yield rate_line(fact.value, rate, lang)


def _lines(hit: Hit, report: Report, lang: str) -> Iterator[str]:
    if not hit.term.startswith("fact:"):
        return
    try:
        terms = read_stated(hit.term)
    except StatedFault:  # found by an earlier release that read other things
        return
    entry = report.entry
    begin = 0 if hit.scope == "title" else len(fact_text(entry)) - len(entry.body or entry.summary)
    for fact in report.facts:
        if fact.start < begin + hit.end and begin + hit.start < fact.end:
            yield from rates_of(terms, fact, entry.day, lang)


def _number(value: Decimal, lang: str) -> str:
    return str(format_decimal(_rounded(value, PRICE), locale=lang, decimal_quantization=False))


def _rounded(number: Decimal, figures: int) -> Decimal:
    return round(number, figures - 1 - number.adjusted())
