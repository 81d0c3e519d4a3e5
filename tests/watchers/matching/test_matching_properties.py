"""Properties of matching: offsets, composition, case, and time, whatever the text."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cpu import least_cpu
from watchers.matching.match import compile_watches, match
from watchers.matching.meets import MAX_HITS
from watchers.matching.words import searchable
from watchers.types import Entry, Hit, Watch


def entry(title: str, summary: str = "", body: str = "") -> Entry:
    return Entry(
        key="0" * 16, feed=1, guid="", link="https://news.gulfherald.example/1", title=title, summary=summary,
        body=body, lang="en", outlet="Gulf Herald", published=None, seen=datetime(2025, 8, 19, tzinfo=UTC),
    )  # fmt: skip


def watch(expression: str, number: int = 1) -> Watch:
    return Watch(number=number, channel="c", name="", expression=expression, kind="rule")


def hits(expression: str, of: Entry) -> tuple[Hit, ...] | None:
    """Return the hits, or None without a match."""
    found = match(of, compile_watches([watch(expression)]))
    return found[0].hits if found else None


titles = st.text(
    st.sampled_from("Baykar'ın TUSAŞ İHA ılıIİ drone無人機ドローンがギ ﾄﾞ éüßﬁＴＢ２-’\u0301\u0307,. "),
    max_size=40,
)


@given(titles)
def test_folding_keeps_offsets(text: str) -> None:
    folded = searchable(text)
    for start in range(len(folded.text)):
        first, last = folded.span(start, start + 1)
        assert 0 <= first < last <= len(text)
    starts = [folded.span(i, i + 1)[0] for i in range(len(folded.text))]
    assert starts == sorted(starts)


@given(titles, st.integers(0, 40), st.integers(1, 40))
def test_what_a_range_of_folded_text_points_at_folds_to_it(text: str, start: int, length: int) -> None:
    folded = searchable(text)
    sought = folded.text[start : start + length]
    if sought:
        first, last = folded.span(start, start + len(sought))
        again = searchable(text[first:last]).text  # without its neighbours a hyphen joins nothing
        assert sought.replace("-", " ").strip() in again.replace("-", " ")


@given(titles, st.sampled_from(["TUSAŞ", "İHA", "Baykar", "drone", "無人機", "ドローン"]), titles)
def test_a_word_between_spaces_is_found_in_any_form_where_it_stands(
    before: str, word: str, after: str
) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        for written in (word, word.upper(), word.lower()):
            title = unicodedata.normalize(form, f"{before} {written} {after}")
            place = len(unicodedata.normalize(form, f"{before} "))
            found = hits(word, entry(title))
            assert found is not None
            assert place in [hit.start for hit in found]


RULES = [
    "TUSAŞ",
    "Baykar* -drone",
    '"İHA drone"',
    "無人機 OR ドローン",
    "TB2 NEAR/3 drone",
    "title:ıh* OR title:(TUSAŞ NEAR/3 drone)",
    "cs:TUSAŞ",
    "İHA OR ıha",
    "ギ",
    "é",
]
CASELESS = [rule for rule in RULES if not rule.startswith("cs:")]


@given(titles, titles)
def test_matching_is_the_same_in_any_composition(title: str, summary: str) -> None:
    watchlist = compile_watches([watch(rule, number=i) for i, rule in enumerate(RULES)])
    composed, decomposed = (
        match(entry(unicodedata.normalize(form, title), unicodedata.normalize(form, summary)), watchlist)
        for form in ("NFC", "NFD")
    )
    assert [m.watch for m in composed] == [m.watch for m in decomposed]
    assert [[h.term for h in m.hits] for m in composed] == [[h.term for h in m.hits] for m in decomposed]


@given(titles)
def test_matching_is_the_same_in_any_case(title: str) -> None:
    title = title.replace("ß", "").replace("ﬁ", "")  # upper() makes two letters of these: another spelling
    watchlist = compile_watches([watch(rule, number=i) for i, rule in enumerate(CASELESS)])
    found = [
        [m.watch for m in match(entry(form), watchlist)] for form in (title, title.upper(), title.lower())
    ]
    assert found[0] == found[1] == found[2]


# Seconds of processor time for five rules: .4 at most when measured. To hold each of 40 000 words against
# every other takes 1.6 thousand million steps, which are minutes.
SOON = 4.0


@pytest.mark.parametrize(
    "body",
    [
        "drone " * 40_000,
        "d" * 200_000,
        "\u202e\u0301" * 50_000,
        "1" * 100_000,
        "無人機" * 40_000,
        "- '" * 60_000,
    ],
    ids=["one word", "one letter", "marks", "digits", "Japanese", "signs"],
)
def test_hostile_text_is_settled_quickly(body: str) -> None:
    rules = [
        "drone* NEAR/5 (drone OR drones)",
        "dr* -x",
        "無人機 NEAR/2 機",
        '"drone drone drone"',
        "cs:drone",
    ]
    watchlist = compile_watches([watch(rule, number=i) for i, rule in enumerate(rules)])
    article = entry("x", "", body)
    found = match(article, watchlist)
    assert least_cpu(lambda: match(article, watchlist), under=SOON) < SOON
    assert all(len(item.hits) <= MAX_HITS for item in found)
