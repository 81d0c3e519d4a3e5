"""Amounts that another one of their sentence lends its currency, and what a machine is able to, which is no state."""

from __future__ import annotations

# A case is one line, however long.
# ruff: noqa: E501
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import Values

AMOUNTS = {
    "from one to the other": ("The price climbed from 410 million to 560 million euros.", ["410000000 EUR", "560000000 EUR"]),
    "of each": ("They cost €7.4 billion in total, or some 1.23 billion each.", ["7400000000 EUR", "1230000000 EUR"]),
    "what is earmarked": ("It rose to €203 billion, with 6.5 billion earmarked for radars.", ["203000000000 EUR", "6500000000 EUR"]),
    "no amount at all": ("It carried 3 million passengers to 5 million homes.", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AMOUNTS.values(), ids=AMOUNTS.keys())
def test_a_bare_amount_has_the_currency_beside_it(values: Values, text: str, expected: list[str]) -> None:
    assert values("money", "en", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Dron 24 füze taşıyabilir.", []), ("Sözleşme haziranda imzalanabilir.", ["expected"])],
)
def test_what_a_machine_is_able_to_is_no_state(values: Values, text: str, expected: list[str]) -> None:
    assert values("status", "tr", text) == expected
