"""Reports and facts for story tests: name only what matters; and reports that are placed into stories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.stories.cluster import Index
from watchers.stories.similarity import Closeness
from watchers.types import Count, Entry, Fact, Money, Period, Relevance, Report, Share

if TYPE_CHECKING:
    from watchers.types import FactType, FactValue, StoryUpdate, Vector

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BACKGROUND = (
    ("en", "Parliament debates the budget for schools and hospitals"),
    ("en", "The ministry said on Monday that the new ship will be delivered next year"),
    ("en", "The yearly exercise in the north begins on Monday"),
    ("tr", "Meclis eğitim bütçesini görüştü"),
    ("ja", "国会で教育予算を審議"),
)


def plain_closeness() -> Closeness:
    """Return a closeness without a model, over a handful of background lines."""
    return Closeness.fit(BACKGROUND, embedder=None, finder=None)


def make_report(
    title: str,
    summary: str = "",
    *,
    key: str = "",
    lang: str = "en",
    outlet: str = "Harbour Gazette",
    when: datetime = MONDAY,
    hours: float = 0,
    facts: tuple[Fact, ...] = (),
    vector: Vector | None = None,
    link: str = "",
    body: str = "",
) -> Report:
    at = when + timedelta(hours=hours)
    entry = Entry(
        key=key or f"{outlet}|{title}|{at.isoformat()}",
        feed=1,
        guid=title,
        link=link or "https://gazette.example/story",
        title=title,
        summary=summary,
        body=body,
        lang=lang,
        outlet=outlet,
        published=at,
        seen=at,
    )
    relevance = Relevance(score=0.5, reasons=())
    return Report(entry=entry, matches=(), relevance=relevance, facts=facts, mentions=(), vector=vector)


def make_fact(
    kind: FactType, value: FactValue, mention: str = "", *, role: str = "", bound: str = "", said_by: str = ""
) -> Fact:
    words = mention or str(value)
    assert bound in {"", "min", "max", "start", "end"}
    return Fact(
        type=kind,
        value=value,
        start=0,
        end=len(words),
        mention=words,
        sentence=words,
        sentence_start=0,
        role=role,
        bound=bound,  # type: ignore[arg-type] # checked above
        said_by=said_by,
    )


def money(amount: str, currency: str = "EUR", *, role: str = "", bound: str = "") -> Fact:
    value = Money(low=Decimal(amount), high=Decimal(amount), currency=currency)
    return make_fact("money", value, role=role, bound=bound)


def count(number: int, noun: str) -> Fact:
    return make_fact("quantity", Count(low=number, high=number), f"{number} {noun}")


def percentage(number: str, *, points: bool = False) -> Fact:
    return make_fact("percentage", Share(percent=Decimal(number), points=points))


def deadline(text: str, *, bound: str = "") -> Fact:
    return make_fact("delivery_deadline", Period(text=text), bound=bound)


CONTRACT = make_report(
    "Estland buys 14 Merlin patrol boats from Varnholm",
    "The 90 million euro contract was signed in Tallinn on Monday.",
    outlet="Harbour Gazette",
)


def place(reports: list[Report], *, index: Index | None = None) -> list[StoryUpdate]:
    used = index or Index(plain_closeness())
    return [used.place(report, now=report.entry.when) for report in reports]
