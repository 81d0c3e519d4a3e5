"""Sentences of three languages, with their offsets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.sentences import MAX_SENTENCES, sentences

CASES = {
    "two plain sentences": ("The ship sailed. It returned.", ["The ship sailed.", "It returned."]),
    "a decimal ends nothing": (
        "It cost 2.6 billion euros. Nobody paid.",
        ["It cost 2.6 billion euros.", "Nobody paid."],
    ),
    "initials and ranks end nothing": (
        "Gen. J. R. Falk spoke. He left.",
        ["Gen. J. R. Falk spoke.", "He left."],
    ),
    "a country's abbreviation goes on": (
        "The U.S. Navy ordered six. More follow.",
        ["The U.S. Navy ordered six.", "More follow."],
    ),
    "a quotation stays whole": (
        'He said: "We wait. We do not buy yet." Then he left.',
        ['He said: "We wait. We do not buy yet."', "Then he left."],
    ),
    "a heading ends at its line": ("A new radar\nIt turns.", ["A new radar", "It turns."]),
    "bullets stand alone": ("- six drones\n- two radars", ["- six drones", "- two radars"]),
    "Turkish ordinals and firms": (
        "Kaya Makina A.Ş. 3. etabı bitirdi. Tören yapıldı.",
        ["Kaya Makina A.Ş. 3. etabı bitirdi.", "Tören yapıldı."],
    ),
    "Japanese stops": ("契約した。納入は来年。", ["契約した。", "納入は来年。"]),
    "a Japanese quotation stays whole": (
        "「まだだ。待つ。」と述べた。次へ。",
        ["「まだだ。待つ。」と述べた。", "次へ。"],
    ),
    "nothing but space": (" \n ", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_text_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert [span.mention for span in sentences(text)] == expected


@given(st.text(max_size=300))
def test_every_sentence_stands_where_it_says(text: str) -> None:
    spans = sentences(text)
    assert all(text[span.start : span.end] == span.mention for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.lists(st.sampled_from(["a", ". ", "“", "”", '"', "「", "」", "。", "\n", "B"]), max_size=60))
def test_nothing_but_white_space_is_lost_between_sentences(pieces: list[str]) -> None:
    text = "".join(pieces)
    kept = "".join(span.mention for span in sentences(text))
    assert "".join(kept.split()) == "".join(text.split())


def test_a_flood_of_stops_is_bounded() -> None:
    assert len(sentences("A. " * 20_000)) <= MAX_SENTENCES + 1
