"""A person's office ends where its word ends, and nobody gets another person's surname or a seller's part."""

# A case is one line, however long.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from watchers.facts.extract import extract

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import FewNames, Values

PEOPLE = {
    "who heads an office": ("Tom Varga, who heads the procurement office, spoke.", ["Tom Varga; Head; procurement office"]),
    "who heads a state's office": ("“We wait,” said Tom Varga, who heads Chile's delegation.", ["Tom Varga; Head; Chile"]),
    "who commands a fleet": ("Tom Varga, who commands the fleet, spoke.", ["Tom Varga; Commander; fleet"]),
    "an office in the plural": ("Tom Varga and Ana Kovel, directors of Airlift, spoke.", ["Ana Kovel; Director; Airlift"]),
    "a word that begins like an office": ("Tom Varga, presidential candidate, spoke.", []),
    "a place that begins like an office": ("Tom Varga, Kingston resident, spoke.", []),
    "others said": ("Tom Varga, directors said, will go.", []),
    "a shared surname": ("Ada and Tom Varga, head of Airlift, spoke.", ["Ada Varga; Head; Airlift", "Tom Varga; Head; Airlift"]),
    "a shared surname behind other words": ("Brothers Ada and Tom Varga, head of Airlift, spoke.", ["Ada Varga; Head; Airlift", "Tom Varga; Head; Airlift"]),
}  # fmt: skip
SELLERS = {
    "a title": ("Okada wins first title defence with an eighth-round knockout.", []),
    "a match": ("Okada won the match on Friday.", []),
    "a vote": ("Okada secured the council's seat.", []),
    "a contract": ("Ferrand won a contract on Friday.", ["Ferrand"]),
    "an order by its sum": ("Ferrand wins $2 billion from the navy.", ["Ferrand"]),
    "a tender": ("Ferrand secured the Norwegian tank tender.", ["Ferrand"]),
}


@pytest.mark.parametrize(("text", "expected"), list(PEOPLE.values()), ids=list(PEOPLE))
def test_people_and_their_offices(values: Values, text: str, expected: list[str]) -> None:
    assert values("person_role", "en", text) == expected


@pytest.mark.parametrize(("text", "sellers"), list(SELLERS.values()), ids=list(SELLERS))
def test_who_wins_is_a_seller_only_where_a_deal_is_won(
    finder: FewNames, text: str, sellers: list[str]
) -> None:
    facts = extract(text, lang="en", published=date(2026, 3, 11), finder=finder)
    assert [str(fact.value) for fact in facts if fact.role == "seller"] == sellers


def test_a_mention_ends_at_a_words_end(finder: FewNames) -> None:
    for text, _ in PEOPLE.values():
        for fact in extract(text, lang="en", published=date(2026, 3, 11), finder=finder):
            assert not (text[fact.end - 1].isalpha() and text[fact.end : fact.end + 1].isalpha()), fact
