"""Addresses that lead to a sentence: what stands in them, and that nothing in a sentence breaks them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.fragments import text_fragment

LONG = (
    "Under the agreement, which both parliaments must still approve, Lowmark sends 40 instructors to the "
    "school, and Varnland pays for their housing and travel."
)
LONG_JA = (
    "両国の議会が承認すれば、ローマルク側は十月一日から教官四十人をペル港の学校へ送り、"
    "ヴァルンランド側が住居と旅費のすべてを負担する。"
)


@pytest.mark.parametrize(
    ("sentence", "fragment"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param(" \n\u00a0 ", "", id="spaces"),
        pytest.param("Two ships.", "#:~:text=Two%20ships.", id="a short sentence is whole"),
        pytest.param("Two\u00a0ships\nsail.", "#:~:text=Two%20ships%20sail.", id="any space is one space"),
        pytest.param("F-91, R&D", "#:~:text=F%2D91%2C%20R%26D", id="what divides a directive is escaped"),
        pytest.param("…two ships …", "#:~:text=two%20ships", id="marks of a cut are on no page"),
        pytest.param("a#b%c", "#:~:text=a%23b%25c", id="what an address is made of is escaped"),
    ],
)
def test_a_sentence_becomes_a_fragment(sentence: str, fragment: str) -> None:
    assert text_fragment(sentence) == fragment


@pytest.mark.parametrize("sentence", [LONG, LONG_JA], ids=["English", "Japanese"])
def test_a_long_sentence_is_named_by_its_ends(sentence: str) -> None:
    start, end = map(unquote, text_fragment(sentence).removeprefix("#:~:text=").split(","))
    assert sentence.startswith(start)
    assert sentence.endswith(end)
    assert len(start) + len(end) < len(sentence)


def test_a_japanese_sentence_is_cut_behind_a_mark_or_a_particle() -> None:
    start, end = map(unquote, text_fragment(LONG_JA).removeprefix("#:~:text=").split(","))
    assert start == "両国の議会が承認すれば、"
    assert end == "旅費のすべてを負担する。"


@given(st.text(st.characters()))
def test_no_sentence_breaks_out_of_its_fragment(sentence: str) -> None:
    fragment = text_fragment(sentence)
    directive = fragment.removeprefix("#:~:text=")
    assert fragment == "" or fragment.startswith("#:~:text=")
    assert directive.count(",") <= 1
    assert not set(directive) & set(' -&#"<>\\\n')
    assert directive.isascii()
