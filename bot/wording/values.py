"""Write facts, dates and scores for people, in the channel's language (CLDR forms)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_currency, format_decimal, format_percent

from bot.wording.names import named
from bot.wording.phrases import known, say
from watchers.facts.proposed import FROM_MODEL
from watchers.facts.speech import LINK
from watchers.matching.stated import STATUSES
from watchers.types import Count, Money, Named, Period, Person, Share, Words
from watchers.types.facts import MEETINGS

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watchers.types import Fact, FactValue

# Code points: a quoted sentence is an outlet's own, and a card shows at most this much of it.
QUOTE_LIMIT = 200
_DAYS = re.compile(r"(\d{4}-\d{2})-(\d{2})/\1-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SCOPED = re.compile(r"(?:entity|about):\"?([^\"]+)\"?")


# Where English says something: at a gathering, in a text or talk; anything else is who passed it on.
_ACT: Final = re.compile(
    r"\b(?:(?P<met>(?:news|press) conference|briefing|hearing|[Ff]air|[Ss]how|[Ss]ummit|[Ff]orum)"
    r"|post|statement|interview|speech|release|letter|filing|notice|memo|email|message|video|answer|article|column|report"
    r"|tweet|podcast|testimony|address|thread)\b"
)
_HEARERS: Final = re.compile(r"(?:reporters|journalists|lawmakers|parliament|senators|members of parliament)")

# What a denial takes back; a name in it stays a name, and a status says itself that it is denied.
_DENIABLE: Final = frozenset(
    {"money", "quantity", "percentage", "agreement", "meeting", "date", "delivery_deadline"}
)


def term(of: str) -> str:
    """Return a term of a rule as people call what was found: Gen Nakatani for entity:"Gen Nakatani"."""
    scoped = _SCOPED.fullmatch(of)
    return scoped[1] if scoped else of.removeprefix("fact:")


def label(fact: Fact, lang: str) -> str:
    """Return what kind of fact it is, such as "Contract value"."""
    exact = f"{fact.type}.{fact.role}"
    return say(exact if known(exact) else fact.type, lang)


def value(fact: Fact, lang: str) -> str:
    """Return a fact's value with its bound and who said it, such as "about ¥200B · reported"."""
    text = _meeting(str(fact.value), lang) if fact.type == "meeting" else plain_value(fact.value, lang)
    if fact.approx:
        text = say("approx", lang, value=text)
    if fact.bound:
        text = say(fact.bound, lang, value=text)
    if isinstance(fact.value, Words) and fact.type == "quote":
        text = say("in_quotes", lang, value=shorten(fact.value.text))
    notes = [say(fact.hedge, lang)] if fact.hedge in {"reported", "alleged"} else []
    denied = fact.hedge == "denied" and fact.type in _DENIABLE
    if fact.said_by:
        who = speaker(fact.said_by, lang)
        notes.append(say("denied_by" if denied else "said", lang, who=who))
    elif denied:
        notes.append(say("denied", lang))
    if fact.rule == FROM_MODEL:
        notes.append(say("by_model", lang))
    return " · ".join([text, *notes])


def speaker(said_by: str, lang: str) -> str:
    """Return a speaker and what passed the words on, such as "Güler, in a social media post"."""
    who, *through = said_by.split(LINK)
    if not through:
        return who
    if lang != "en":
        return f"{who}（{'、'.join(through)}）" if lang == "ja" else f"{who} ({', '.join(through)})"
    return ", ".join((who, *(_through(link) for link in through)))


def _through(link: str) -> str:
    """Return how English leads over to where something was said or who reported it."""
    if _HEARERS.fullmatch(link):
        return f"to {link}"
    act = _ACT.search(link)
    if act is None:
        return f"via {link}"
    article = "an" if link[0] in "aeiouAEIOU" else "a"
    return f"{'at' if act['met'] else 'in'} {article} {link}"


def plain_value(fact_value: FactValue, lang: str) -> str:  # noqa: PLR0911 - one case a kind of value
    """Return a value alone in CLDR forms of the language."""
    match fact_value:
        case Money():
            low, high = (
                money(Money(low=n, high=n, currency=fact_value.currency), lang)
                for n in (fact_value.low, fact_value.high)
            )
            return low if low == high else say("range", lang, low=low, high=high)
        case Count(low=low, high=high):
            numbers = [format_decimal(n, locale=lang) for n in (low, high)]
            return numbers[0] if low == high else say("range", lang, low=numbers[0], high=numbers[1])
        case Share(percent=percent, points=True):
            return say("points", lang, value=format_decimal(percent, locale=lang))
        case Share(percent=percent):
            return format_percent(percent / 100, locale=lang, decimal_quantization=False)
        case Period(text=text):
            return period(text, lang)
        case Named(name=name, entity=entity):
            return named(name, lang, entity) if entity else name
        case Person():
            parts = [part for part in (fact_value.role, fact_value.of) if part]
            return f"{fact_value.name} ({', '.join(parts)})" if parts else fact_value.name
        case Words(text=text):
            return say(text, lang) if text in STATUSES else shorten(text)


def _meeting(text: str, lang: str) -> str:
    """Return a meeting with its kind in the language; what an earlier release read is an article's words."""
    kind, colon, who = text.partition(": ")
    return shorten(f"{say(kind, lang)}{colon}{who}" if kind in MEETINGS else text)


def money(amount: Money, lang: str) -> str:
    """Return an amount in compact form with up to four decimals, such as ¥8.8454T."""
    text = format_compact_currency(amount.low, amount.currency, locale=lang, fraction_digits=4)
    # CLDR leaves no space between an alphabetic currency code and the figure
    return re.sub(r"^([A-Z]{3})(?=\d)", r"\1 ", text)


def period(text: str, lang: str) -> str:  # noqa: PLR0911 - one case a form of date
    """Return a date at the precision it has."""
    if found := _DAY.fullmatch(text):
        return format_date(date(*map(int, found.groups())), _DAY_FORMAT[lang], locale=lang)
    if found := _DAYS.fullmatch(text):  # of one month: 24–26 November
        first, last = period(f"{found[1]}-{found[2]}", lang), period(f"{found[1]}-{found[3]}", lang)
        return f"{first.removesuffix('日')}〜{int(found[3])}日" if lang == "ja" else f"{int(found[2])}–{last}"
    if found := _MONTH.fullmatch(text):
        return format_date(date(int(found[1]), int(found[2]), 1), format=_MONTH_FORMAT[lang], locale=lang)
    if found := _QUARTER.fullmatch(text):
        return say("quarter", lang, part=found[2], year=found[1])
    if found := _HALF.fullmatch(text):
        return say("half", lang, part=found[2], year=found[1], half="上下"[int(found[2]) - 1])
    if text.startswith("FY"):
        return say("fiscal", lang, year=text[2:])
    return text


# CLDR patterns. All that is posted or answered has its dates from the functions here, so that a language has
# one order of day, month and year and one clock. ISO dates are for files, logs and what is typed.
_DAY_FORMAT = {"en": "d MMM y", "tr": "d MMM y", "ja": "y年M月d日"}
_FULL_DAY = {"en": "EEEE d MMMM y", "tr": "d MMMM y EEEE", "ja": "y年M月d日EEEE"}
_MONTH_FORMAT = {"en": "LLLL y", "tr": "LLLL y", "ja": "y年M月"}
_MOMENT = {"en": "d MMM HH:mm", "tr": "d MMM HH:mm", "ja": "M月d日 H:mm"}
_WEEKDAY = {"en": "EEE d MMM HH:mm", "tr": "d MMM EEE HH:mm", "ja": "M月d日(EEE) H:mm"}


def moment(at: datetime, zone: ZoneInfo, lang: str) -> str:
    """Return a time in a channel's zone, such as "20 Aug 11:00"; titles have the year."""
    return format_datetime(at.astimezone(zone), _MOMENT[lang], locale=lang)


def moment_to_come(at: datetime, zone: ZoneInfo, lang: str) -> str:
    """Return a time ahead with its weekday, such as "Wed 20 Aug 11:00"."""
    return format_datetime(at.astimezone(zone), _WEEKDAY[lang], locale=lang)


def day(of: date, lang: str) -> str:
    """Return a day in full, such as "Wednesday 20 August 2025"."""
    return format_date(of, _FULL_DAY[lang], locale=lang)


def shorten(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Cut a text at a word before the limit, never inside a figure or name, and mark the cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:") + "…"
