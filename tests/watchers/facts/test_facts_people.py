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
    "who runs a unit with dots": ("Tom Varga, who runs the U.K. unit, spoke.", ["Tom Varga; Head; U.K. unit"]),
    "who runs a state with dots": ("Tom Varga, who runs the U.K., spoke.", ["Tom Varga; Head; U.K."]),
    "who commands a force with dots": ("Tom Varga, who commands U.S. forces, spoke.", ["Tom Varga; Commander; U.S. forces"]),
    "who leads a state's army": ("Tom Varga, who leads the U.S. Army unit, spoke.", ["Tom Varga; Leader; U.S. Army unit"]),
    "a sentence that ends in dots": ("They met Tom Varga, who runs the U.K. He spoke, too.", ["Tom Varga; Head; U.K"]),
    "an office in the plural": ("Tom Varga and Ana Kovel, directors of Airlift, spoke.", ["Ana Kovel; Director; Airlift"]),
    "a word that begins like an office": ("Tom Varga, presidential candidate, spoke.", []),
    "a place that begins like an office": ("Tom Varga, Kingston resident, spoke.", []),
    "others said": ("Tom Varga, directors said, will go.", []),
    "a shared surname": ("Ada and Tom Varga, head of Airlift, spoke.", ["Ada Varga; Head; Airlift", "Tom Varga; Head; Airlift"]),
    "a shared surname behind other words": ("Brothers Ada and Tom Varga, head of Airlift, spoke.", ["Ada Varga; Head; Airlift", "Tom Varga; Head; Airlift"]),
    "one word for two offices": (
        "Defence ministers Ada Krell of Montavia and Jon Sands of the Bernian Republic met in Lisbon.",
        ["Ada Krell; Defence Minister; Montavia", "Jon Sands; Defence Minister; Bernian Republic"],
    ),
    "two presidents by surname": ("Presidents Krell and Sands met.", ["Krell; President", "Sands; President"]),
}  # fmt: skip
SELLERS = {
    "a title": ("Okada wins first title defence with an eighth-round knockout.", []),
    "a match": ("Okada won the match on Friday.", []),
    "a vote": ("Okada secured the council's seat.", []),
    "a boxer's title": ("Okada won a U.S. boxing title.", []),
    "a fight": ("Okada won the fight by a knockout.", []),
    "a race": ("Okada won the men's 200-metre race in Lima.", []),
    "an election": ("Okada won the presidential election in May.", []),
    "a medal": ("Okada won an Olympic medal.", []),
    "a score": ("Okada won 3-1 on Friday.", []),
    "a landing": ("Okada landed in Lima.", []),
    "a landing of things": ("Okada lands a missile at the camp.", []),
    "a final approval": ("Ferrand secured final approval for the sale.", ["Ferrand"]),
    "a final": ("Okada won the U.S. Open final.", []),
    "a landed deal": ("Ferrand landed a U.S. Army missile order.", ["Ferrand"]),
    "jobs": ("Ferrand secures 20,000 jobs.", []),
    "an army's contract": ("Ferrand won a U.S. Army contract for missiles.", ["Ferrand"]),
    "a navy's deal": ("Ferrand wins U.S. Navy deal for radars.", ["Ferrand"]),
    "a sum with a point": ("Ferrand won a 1.2bn euro contract.", ["Ferrand"]),
    "a project": ("Ferrand secured the Polish missile project.", ["Ferrand"]),
    "a contest of submarines": ("Ferrand won the submarine contest.", ["Ferrand"]),
    "a race of frigates": ("Ferrand won the frigate race in Chile.", ["Ferrand"]),
    "a fight for a contract": ("Ferrand won the fight for the Polish contract.", ["Ferrand"]),
    "a go-ahead": ("Ferrand secured Kenya's go-ahead for the sale.", ["Ferrand"]),
    "a contract": ("Ferrand won a contract on Friday.", ["Ferrand"]),
    "a job": ("Ferrand wins job to refit two frigates.", ["Ferrand"]),
    "a race to supply": ("Ferrand won the race to supply patrol boats.", ["Ferrand"]),
    "a long contract": ("Ferrand won a five-year, $20 million contract.", ["Ferrand"]),
    "a competition for frigates": ("Ferrand won the competition for the new frigates.", ["Ferrand"]),
    "praise for a deal": ("Okada won praise for the deal.", []),
    "a debate over a project": ("Okada won the debate over the submarine project.", []),
    "a vote before a contract": ("Okada won the vote and will sign the contract.", []),
    "games": ("Okada won the bid for the Olympics.", []),
    "a loan": ("Okada secured a loan worth $2 billion.", []),
    "a province": ("Okada won Manitoba in November.", []),
    "pledges of machines": ("Okada won pledges of air defence systems from allies.", []),
    "a second term": ("Okada secured a second term as chancellor.", []),
    "villages": ("Okada won back two villages.", []),
    "a foothold": ("Okada secured a foothold on the river.", []),
    "backing": ("Okada won backing in parliament for the spending plan.", []),
    "a truce": ("Okada secured a ceasefire deal.", []),
    "aid": ("Okada secured $2 billion in aid.", []),
    "an airfield on orders": ("Okada secured the airfield on orders from above.", []),
    "a bridge before a sentence on a contract": ("Okada secured Plan B. The contract is over.", []),
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


def test_a_long_run_of_dots_is_walked_once(finder: FewNames) -> None:
    text = f"Ferrand won {'A.' * 5000} and runs on"  # not as many ways as dots
    assert extract(text, lang="en", published=date(2026, 3, 11), finder=finder) is not None
