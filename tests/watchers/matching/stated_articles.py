"""An article, facts that it states, and whether an expression meets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from watchers.gazetteer.load import load
from watchers.matching.known import Known
from watchers.matching.match import compile_watches, match
from watchers.types import Entry, Fact, Money, Watch, fact_text

if TYPE_CHECKING:
    from watchers.types import FactType, FactValue

DAY = date(2025, 8, 20)
TITLE = "Norland buys ships"
BODY = (
    "The Norland Navy has signed a contract worth 200 billion yen for 12 frigates with Petrel Works. "
    "The parliament in Oslo earmarked 3 billion euros. Delivery is due by 2029."
)


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(load())


def entry(title: str = TITLE, body: str = BODY, summary: str = "") -> Entry:
    return Entry(
        key="0" * 16,
        feed=1,
        guid="",
        link="https://news.gulfherald.example/1",
        title=title,
        summary=summary,
        body=body,
        lang="en",
        outlet="Gulf Herald",
        published=None,
        seen=datetime(2025, 8, 20, 9, tzinfo=UTC),
    )


def fact(
    kind: FactType, value: FactValue, mention: str = "Norland", *, of: Entry | None = None, **more: object
) -> Fact:
    """Make a fact on the first place of a mention in an entry's text."""
    text = fact_text(of or entry())
    start = text.index(mention)
    made = Fact(
        type=kind,
        value=value,
        start=start,
        end=start + len(mention),
        mention=mention,
        sentence=text,
        sentence_start=0,
    )
    return replace(made, **more)  # type: ignore[arg-type] # a fact's own fields


def money(low: float, high: float | None = None, currency: str = "USD", **more: object) -> Fact:
    amount = Money(
        low=Decimal(str(low)) * 10**9,
        high=Decimal(str(low if high is None else high)) * 10**9,
        currency=currency,
    )
    return fact("money", amount, **more)  # type: ignore[arg-type] # a fact's own fields


def watch(expression: str) -> Watch:
    return Watch(number=1, channel="c", name="", expression=expression, kind="rule")


def meets(expression: str, facts: tuple[Fact, ...], known: Known, of: Entry | None = None) -> bool:
    return bool(match(of or entry(), compile_watches([watch(expression)], known), facts))
