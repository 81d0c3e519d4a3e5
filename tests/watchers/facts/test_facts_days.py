"""Days in a list, days of two months, weekdays of those who arrive, and visits that deliver nothing."""

from __future__ import annotations

# A case is one line, however long.
# ruff: noqa: E501
from datetime import date
from typing import TYPE_CHECKING

import pytest

from watchers.facts.extract import extract

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import FewNames, Values

# Published on Wednesday, 11 March 2026.
DAYS = {
    "two days that are no span": ("en", "It fired on 2 and 4 March.", ["2026-03-02", "2026-03-04"]),
    "three days": ("en", "Talks are on 24, 25 and 26 March.", ["2026-03-24", "2026-03-25", "2026-03-26"]),
    "the month first": ("en", "They meet on March 24, 25 and 26 in Lisbon.", ["2026-03-24", "2026-03-25", "2026-03-26"]),
    "from one month to another": ("en", "The drill runs from 28 March to 9 April.", ["2026-03-28", "2026-04-09"]),
    "with a dash": ("en", "The drill, 28 March-9 April, is the largest.", ["2026-03-28", "2026-04-09"]),
    "two days in Turkish": ("tr", "Bakanlar 24, 25 Mart'ta toplanacak.", ["2026-03-24", "2026-03-25"]),
    "with a dash in Turkish": ("tr", "Tatbikat 28 Mart-9 Nisan tarihlerinde yapılacak.", ["2026-03-28", "2026-04-09"]),
    "both days in Japanese": ("ja", "会合が24、25の両日、開かれる予定だ。", ["2026-03-24", "2026-03-25"]),
    "with the month in Japanese": ("ja", "会合は3月24、25日に開かれる。", ["2026-03-25", "2026-03-24"]),
    "no list that runs downwards": ("en", "They signed for 42, 26 March was the day.", ["2026-03-26"]),
    "no list across months": ("en", "It ran from 1 to 4 February, and 6 March saw the end.", ["2026-02-01/2026-02-04", "2026-03-06"]),
    "who arrives does so on the next": ("en", "The minister arrives in Lisbon on Sunday.", ["2026-03-15"]),
    "what hit a target did so on the last": ("en", "The missile hit a target drone off Doha on Monday.", ["2026-03-09"]),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), DAYS.values(), ids=DAYS.keys())
def test_days_are_read(values: Values, lang: str, text: str, expected: list[str]) -> None:
    assert values("date", lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "The minister will arrive in Lisbon on 24 March.", "date"),
        ("en", "The first aircraft will arrive in Lisbon on 24 March.", "delivery_deadline"),
        ("tr", "Bakan 24 Mart'ta toplantıya katılacak.", "date"),
        ("tr", "Gemi 24 Mart'ta donanmaya katılacak.", "delivery_deadline"),
    ],
)
def test_a_visit_is_no_deadline(finder: FewNames, lang: str, text: str, kind: str) -> None:
    facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
    assert [fact.type for fact in facts if str(fact.value) == "2026-03-24"] == [kind]
