"""An article, and whether facts that it states meet an expression."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchers.gazetteer.load import load
from watchers.matching.known import Known
from watchers.matching.match import compile_watches, match
from watchers.types import Entry, Fact, Watch

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


def watch(expression: str) -> Watch:
    return Watch(number=1, channel="c", name="", expression=expression, kind="rule")


def meets(expression: str, facts: tuple[Fact, ...], known: Known, of: Entry | None = None) -> bool:
    return bool(match(of or entry(), compile_watches([watch(expression)], known), facts))
