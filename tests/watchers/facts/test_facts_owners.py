"""In "from Turkey's Baykar" the firm sells, and is told before the country whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from watchers.facts.extract import extract
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load


@pytest.mark.parametrize(
    ("text", "role", "firm", "country"),
    [
        ("Japan to buy 12 drones from Turkey's Baykar for 18 billion yen.", "seller", "Baykar", "Türkiye"),
        ("Japan to buy 12 drones from Turkey's drone maker Baykar.", "seller", "Baykar", "Türkiye"),
        ("Poland buys 180 tanks from South Korea's Hyundai Rotem.", "seller", "Hyundai Rotem", "South Korea"),
    ],
)
def test_the_firm_has_the_part_and_the_country_says_it_less_surely(
    text: str, role: str, firm: str, country: str
) -> None:
    facts = extract(text, lang="en", published=date(2026, 11, 22), finder=Finder(load()))
    parts = {str(fact.value): fact for fact in facts if fact.type == "party" and fact.role == role}
    assert set(parts) == {firm, country}
    assert parts[firm].confidence > parts[country].confidence


def test_a_country_that_deals_itself_stays_as_sure() -> None:
    facts = extract(
        "Japan bought 12 drones from Turkey.", lang="en", published=date(2026, 11, 22), finder=Finder(load())
    )
    (seller,) = [fact for fact in facts if fact.type == "party" and fact.role == "seller"]
    assert (str(seller.value), seller.confidence) == ("Türkiye", 0.9)
