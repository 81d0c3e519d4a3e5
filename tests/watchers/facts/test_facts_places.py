"""Places that a base, a range or a suburb beside their name tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import Values


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The missile was fired over the Andmarka range on Monday.", ["Andmarka"]),
        ("en", "The jets landed at Bejora air base.", ["Bejora"]),
        ("en", "Analysts at Bejora expect an order.", []),
        ("ja", "輸送機がラドミア近郊に墜落した。", ["ラドミア"]),
        ("ja", "6機が7日、ベージャ基地で運用を始めた。", ["ベージャ"]),
        ("ja", "ミサイル基地で訓練した。", []),
    ],
)
def test_a_base_or_a_range_tells_a_place(values: Values, lang: str, text: str, expected: list[str]) -> None:
    assert values("location", lang, text) == expected
