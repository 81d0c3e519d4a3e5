"""Number words in capitals, which do not tell Turkish ı from i, and in letters that only look like others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import Values


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("tr", "DONANMA ALTI FIRKATEYN DAHA ALIYOR.", "6"),
        ("tr", "DONANMA ALTİ FIRKATEYN DAHA ALIYOR.", "6"),
        ("tr", "ORDU KIRK TANK ALDI.", "40"),
        ("tr", "Ordu altmış altı tank aldı.", "66"),
        ("en", "THE NAVY ORDERED SIX FRIGATES.", "6"),
    ],
)
def test_number_words_in_any_case_are_read(values: Values, lang: str, text: str, expected: str) -> None:
    assert values("quantity", lang, text) == [expected]


def test_a_letter_that_only_looks_like_another_stops_nothing(values: Values) -> None:
    assert values("money", "en", "The navy ordered ſix frigates for $12 million.") == ["12000000 USD"]
