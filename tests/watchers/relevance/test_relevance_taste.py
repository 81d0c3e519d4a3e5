"""What votes teach: properties that hold for any labels, and what a channel's readers get from them."""

from __future__ import annotations

import math
import random  # noqa: TC003 -- Hypothesis reads the annotation
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watchers.relevance.judging import FINDER, entry
from watchers.relevance.explain import BASE
from watchers.relevance.taste import (
    KEPT,
    MAX_SHIFT,
    VOTES,
    Label,
    label,
    learn,
    terms_named,
    uncertainty,
)
from watchers.types import Reason, Relevance

if TYPE_CHECKING:
    from tests.watchers.relevance.judging import Judge, Workshop
    from watchers.relevance.kinship import Kinship
    from watchers.types import Vector

DIM = 4
FEATURES = ("margin", "sides", "lone")
ANY_NUMBER = st.floats(width=32)


def relevance(*parts: float, base: float = -1.0) -> Relevance:
    reasons = tuple(Reason(feature=f, contribution=p, words=f) for f, p in zip(FEATURES, parts, strict=False))
    logit = sum(parts) + base
    return Relevance(
        score=1 / (1 + math.exp(-logit)),
        reasons=(*reasons, Reason(feature=BASE, contribution=base, words="what matters is rare")),
        evidence=("Baykar",),
        model="none",
    )


def log_odds(found: Relevance) -> float:
    return sum(reason.contribution for reason in found.reasons)


def towards(*values: float) -> Vector:
    return np.array([*values, *(0.0,) * (DIM - len(values))], dtype=np.float32)


parts = st.tuples(*(st.floats(-4, 4) for _ in FEATURES))
vectors = st.none() | st.lists(st.floats(-1, 1, width=32), min_size=DIM, max_size=DIM).map(
    lambda values: np.array(values, dtype=np.float32)
)
term_sets = st.frozensets(st.sampled_from(["org:baykar", "loc:JP", "loc:TR", "con:uav"]))


@st.composite
def label_lists(draw: st.DrawFn) -> list[Label]:
    return [
        label(
            f"k{n}",
            "A title",
            relevance(*draw(parts)),
            draw(vectors),
            draw(term_sets),
            wanted=draw(st.sampled_from([0.0, 0.25, 0.5, 1.0])),
        )
        for n in range(draw(st.integers(0, 8)))
    ]


def test_without_votes_relevance_is_the_very_same_object() -> None:
    found = relevance(1.0, 0.5)
    assert learn(()).adjust(found, towards(1.0), frozenset({"loc:JP"})) is found
    assert learn(()).nearest(found, None) == ()


@given(label_lists(), parts, vectors, term_sets)
@settings(deadline=None, max_examples=40)
def test_the_contributions_add_up_to_the_scores_log_odds(
    labels: list[Label], found: tuple[float, ...], vector: Vector | None, terms: frozenset[str]
) -> None:
    before = relevance(*found)
    after = learn(labels).adjust(before, vector, terms)
    assert math.isclose(after.score, 1 / (1 + math.exp(-log_odds(after))), abs_tol=1e-9)
    assert after.evidence == before.evidence
    assert after.reasons[-1].feature == BASE
    assert [r for r in after.reasons if r.feature != VOTES] == list(before.reasons)
    assert sum(r.feature == VOTES for r in after.reasons) == bool(labels)


@given(label_lists(), label_lists(), st.randoms(), parts, vectors)
@settings(deadline=None, max_examples=40)
def test_taking_a_vote_back_restores_every_score_exactly(
    labels: list[Label],
    more: list[Label],
    chance: random.Random,
    found: tuple[float, ...],
    vector: Vector | None,
) -> None:
    before = learn(labels).adjust(relevance(*found), vector)
    late = [Label(key=f"late{n}", title="", logit=one.logit, wanted=one.wanted) for n, one in enumerate(more)]
    mixed = [*labels, *late]
    chance.shuffle(mixed)
    learn(mixed)
    left = [one for one in mixed if not one.key.startswith("late")]
    assert learn(left).adjust(relevance(*found), vector) == before


@given(label_lists(), parts, vectors, term_sets)
@settings(deadline=None, max_examples=40)
def test_shift_and_pulls_are_bounded_and_the_nearest_moved_it_most(
    labels: list[Label], found: tuple[float, ...], vector: Vector | None, terms: frozenset[str]
) -> None:
    taste = learn(labels)
    assert abs(taste.shift) <= MAX_SHIFT
    nearest = taste.nearest(relevance(*found), vector, terms)
    assert len(nearest) == min(3, len(labels))
    assert [abs(part) for _, part in nearest] == sorted((abs(part) for _, part in nearest), reverse=True)
    if len(labels) <= 3:
        moved = log_odds(taste.adjust(relevance(*found), vector, terms)) - log_odds(relevance(*found))
        assert moved == pytest.approx(
            (taste.shift + sum(part for _, part in nearest)) if labels else 0.0, abs=1e-9
        )


@given(
    st.lists(st.tuples(ANY_NUMBER, ANY_NUMBER, ANY_NUMBER, st.lists(ANY_NUMBER, max_size=5)), max_size=6),
    ANY_NUMBER,
    st.lists(ANY_NUMBER, max_size=5),
)
@settings(deadline=None, max_examples=40)
def test_any_numbers_at_all_give_a_finite_score(
    told: list[tuple[float, float, float, list[float]]], score: float, values: list[float]
) -> None:
    labels = [
        Label(
            key=str(n),
            title="\0\ud800",
            logit=logit,
            wanted=wanted,
            vector=np.array(vector, dtype=np.float32),
            signs=(("margin", sign),),
        )
        for n, (logit, wanted, sign, vector) in enumerate(told)
    ]
    bare = Relevance(score=score, reasons=())
    odd = Relevance(score=0.5, reasons=(Reason(feature="margin", contribution=score, words=""),))
    for found in (bare, odd):
        after = learn(labels).adjust(found, np.array(values, dtype=np.float32))
        if labels:
            assert 0.0 <= after.score <= 1.0


def test_a_vote_for_an_article_lifts_it_and_one_against_lowers_it_more_than_an_unlike_one() -> None:
    near, far = towards(1.0, 0.1), towards(0.0, 0.0, 1.0)
    found = relevance(0.5, 0.4)
    for wanted, sign in ((1.0, 1), (0.0, -1)):
        taste = learn([label("k", "T", found, towards(1.0), frozenset({"loc:JP"}), wanted=wanted)])
        like = taste.adjust(found, near, frozenset({"loc:JP"}))
        unlike = taste.adjust(relevance(-1.0, 1.9), far, frozenset({"org:other"}))
        moved = log_odds(like) - log_odds(found)
        assert sign * moved > 0
        assert abs(moved) > abs(log_odds(unlike) - log_odds(relevance(-1.0, 1.9)))


def test_votes_that_agree_with_the_scorer_hardly_move_anything() -> None:
    sure, never = relevance(5.0, base=0.0), relevance(-5.0, base=0.0)
    labels = [label(f"a{n}", "", sure, towards(1.0), frozenset(), wanted=1.0) for n in range(5)]
    labels += [label(f"b{n}", "", never, towards(0.0, 1.0), frozenset(), wanted=0.0) for n in range(5)]
    taste = learn(labels)
    for found, vector in ((sure, towards(1.0)), (relevance(0.3), towards(0.0, 0.0, 1.0))):
        assert abs(log_odds(taste.adjust(found, vector)) - log_odds(found)) < 0.2


def test_split_votes_on_one_article_leave_an_even_score_where_it_is() -> None:
    even = relevance(1.0, base=-1.0)
    after = learn([label("k", "T", even, None, frozenset(), wanted=0.5)]).adjust(even, None)
    assert after.score == pytest.approx(0.5)


def test_a_score_adjusted_twice_holds_the_votes_once() -> None:
    taste = learn([label("k", "T", relevance(1.0), None, frozenset(), wanted=0.0)])
    once = taste.adjust(relevance(1.0), None)
    assert taste.adjust(once, None) == once


def test_of_two_labels_on_one_article_the_later_counts_and_only_the_newest_are_kept() -> None:
    found = relevance(0.5)
    up, down = (label("k", "T", found, None, frozenset(), wanted=wanted) for wanted in (1.0, 0.0))
    assert learn([up, down]).adjust(found, None) == learn([down]).adjust(found, None)
    many = [label(f"k{n}", "T", found, None, frozenset(), wanted=float(n % 2)) for n in range(KEPT + 30)]
    assert {one.key for one in learn(many).labels} == {one.key for one in many[30:]}


def test_a_vector_of_another_model_counts_as_none() -> None:
    found = relevance(0.5)
    taste = learn([label("k", "T", found, towards(1.0), frozenset(), wanted=0.0)])
    other = np.ones(7, dtype=np.float32)
    assert taste.adjust(found, other) == taste.adjust(found, None)
    assert taste.adjust(found, towards(1.0)) != taste.adjust(found, None)


def test_even_odds_are_the_most_uncertain() -> None:
    ordered = [relevance(part, base=0.0) for part in (0.0, 0.5, -1.0, 4.0)]
    assert uncertainty(ordered[0]) == 1.0
    assert sorted(ordered, key=uncertainty, reverse=True) == ordered


PASSAGES = (
    ("Japan weighs Turkish attack drones", "Tokyo may buy Bayraktar aircraft from Baykar.", 1.0),
    ("Japanese minister tours Baykar plant", "Nakatani saw the drones that Japan may order.", 1.0),
    ("Poland takes delivery of Bayraktar TB2 drones", "Baykar handed over the last aircraft.", 0.0),
    ("Kosovo buys Bayraktar drones", "The contract with Baykar was signed in Pristina.", 0.0),
)
UNSEEN = (
    ("Tokyo to test Turkish drones", "Japan's defence ministry asked Baykar for a trial of its drones."),
    ("Mali receives Bayraktar drones", "Baykar delivered more aircraft under a contract with Bamako."),
)


def read(
    judge: Judge, known: Kinship, title: str, summary: str
) -> tuple[Relevance, Vector | None, frozenset[str]]:
    one = entry(title, summary)
    mentions = FINDER.find(one.text, one.lang)
    found, vector = judge.scorer.score([one], [mentions])[0]
    return found, vector, terms_named(mentions, known)


@pytest.mark.parametrize("dense", [True, False], ids=["with the model", "without a model"])
def test_a_reader_of_one_matter_alone_gets_a_wider_gap(workshop: Workshop, *, dense: bool) -> None:
    judge = workshop.judge(dense=dense)
    known = (workshop.with_model if dense else workshop.without).known
    labels = []
    for n, (title, summary, wanted) in enumerate(PASSAGES):
        found, vector, terms = read(judge, known, title, summary)
        labels.append(label(str(n), title, found, vector, terms, wanted=wanted))
    taste = learn(labels)
    wished, other = (read(judge, known, *text) for text in UNSEEN)
    before = log_odds(wished[0]) - log_odds(other[0])
    after = log_odds(taste.adjust(*wished)) - log_odds(taste.adjust(*other))
    assert after > before + 0.3
    first, part = taste.nearest(*other)[0]
    assert first.title in {title for title, _, wanted in PASSAGES if not wanted}
    assert part < 0
