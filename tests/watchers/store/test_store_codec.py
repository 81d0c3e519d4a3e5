"""What a report is made of survives being written as text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.errors import StoreError
from watchers.store.codec import (
    dump_matches,
    dump_relevance,
    dump_tags,
    dump_value,
    load_matches,
    load_relevance,
    load_tags,
    load_value,
    load_vector,
)
from watchers.types import Count, Hit, Match, Money, Named, Period, Person, Reason, Relevance, Share, Words

texts = st.text(max_size=40)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15)
values = st.one_of(
    st.builds(Money, low=decimals, high=decimals, currency=texts),
    st.builds(Count, low=st.integers(), high=st.integers()),
    st.builds(Share, percent=decimals, points=st.booleans()),
    st.builds(Period, text=texts),
    st.builds(Named, name=texts, entity=texts),
    st.builds(Person, name=texts, role=texts, of=texts, entity=texts),
    st.builds(Words, text=texts),
)
hits = st.builds(
    Hit,
    term=texts,
    scope=st.sampled_from(["title", "summary", "body"]),
    start=st.integers(),
    end=st.integers(),
)
matches = st.builds(Match, watch=st.integers(), channel=texts, hits=st.lists(hits, max_size=3).map(tuple))
finite = st.floats(allow_nan=False, allow_infinity=False)
reasons = st.builds(Reason, feature=texts, contribution=finite, words=texts)


@given(values)
def test_a_value_comes_back_equal(value: Money | Count | Share | Period | Named | Person | Words) -> None:
    again = load_value(dump_value(value))
    assert again == value
    assert str(again) == str(value)


@given(st.lists(matches, max_size=3).map(tuple))
def test_matches_come_back_equal(given_matches: tuple[Match, ...]) -> None:
    assert load_matches(dump_matches(given_matches)) == given_matches


@given(st.lists(reasons, max_size=4).map(tuple), st.lists(texts, max_size=4).map(tuple))
def test_reasons_and_evidence_come_back_equal(why: tuple[Reason, ...], evidence: tuple[str, ...]) -> None:
    relevance = Relevance(score=0.5, reasons=why, evidence=evidence, model="m")
    assert load_relevance(dump_relevance(relevance), score=0.5, model="m") == relevance


@given(st.lists(texts, max_size=5).map(tuple))
def test_tags_come_back_equal(tags: tuple[str, ...]) -> None:
    assert load_tags(dump_tags(tags)) == tags


def test_a_later_releases_report_is_refused_by_name() -> None:
    with pytest.raises(StoreError, match="version 99"):
        load_matches(json.dumps([99, []]))
    with pytest.raises(StoreError, match='"speed"'):
        load_value(json.dumps(["speed", 3]))


def test_a_vector_read_back_cannot_be_changed() -> None:
    vector = load_vector(b"\x00\x00\x80?")
    assert vector is not None
    assert vector.tolist() == [1.0]
    assert not vector.flags.writeable
    assert load_vector(None) is None
