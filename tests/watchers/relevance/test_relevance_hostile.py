"""Whatever a feed brings: a finite score in bounded time through the lens, with the model and without."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cpu import cpu_spent
from tests.watchers.relevance.judging import entry
from watchers.lens import build, read
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars

if TYPE_CHECKING:
    from watchers.lens import Lens
    from watchers.types import Report

# Seconds of processor time for one entry of any size. A megabyte of names takes .8 s at most when measured;
# what grows with the square of a million letters takes hours.
BOUND = 6.0
ANYTHING = st.text(st.characters(), max_size=300) | st.binary(max_size=300).map(lambda b: b.decode("latin-1"))
WORDS = st.lists(
    st.sampled_from(
        [
            "TB2",
            "Baykar",
            "İHA",
            "ihracat",
            "無人機",
            "調達",
            "Tokyo",
            "drone",
            "¥",
            "🚁",
            "'",
            "-",
            "(",
            "12,5",
        ]
    ),
    max_size=60,
).map(" ".join)
LANGUAGES = st.sampled_from(["en", "tr", "ja", "und", "", "zz-ZZ"])


@lru_cache(maxsize=2)
def lens(embedder: str) -> Lens:
    return build(LensSpec(exemplars=load_exemplars(SHIPPED), embedder=embedder))


def report(title: str, summary: str, lang: str, *, embedder: str) -> Report:
    """Read an entry as it stands: nothing tidied it beforehand."""
    bare = replace(entry("x", "", lang), title=title, summary=summary)
    (found,) = read([bare], lens(embedder))
    return found


def sound(found: Report, *, embedder: str) -> None:
    relevance = found.relevance
    assert 0.0 <= relevance.score <= 1.0
    assert all(math.isfinite(reason.contribution) for reason in relevance.reasons)
    assert all(math.isfinite(near.similarity) for near in relevance.nearest)
    assert (found.vector is None) == (embedder == "none")
    if found.vector is not None:
        assert abs(float(found.vector @ found.vector) - 1) < 1e-3


@pytest.mark.long
@pytest.mark.parametrize("embedder", ["builtin", "none"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=ANYTHING | WORDS, summary=ANYTHING | WORDS, lang=LANGUAGES)
@example(title="", summary="", lang="en")
@example(title="\ud800\udfff\udc80", summary="\0" * 50, lang="ja")
@example(title="İHA \u0130\u0307 ıİiI ﬃ", summary="e\u0301" * 40, lang="tr")
@example(title="\u202eTB2 ihracatı\u202c", summary="الطائرات المسيّرة", lang="tr")
def test_any_text_gets_a_finite_score(embedder: str, title: str, summary: str, lang: str) -> None:
    found = report(title, summary, lang, embedder=embedder)
    assert math.isfinite(found.relevance.score)
    sound(found, embedder=embedder)


HUGE = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * HUGE, id="one letter"),
        pytest.param("無人機" * (HUGE // 3), id="one Japanese word"),
        pytest.param("TB2 " * (HUGE // 4), id="a watched name"),
        pytest.param("İ" * HUGE, id="dotted capitals"),
        pytest.param("\0" * HUGE, id="nothing but NUL"),
        pytest.param("\ud800" * HUGE, id="lone surrogates"),
        pytest.param("1,234.5 " * (HUGE // 8), id="figures"),
        pytest.param("(((" * (HUGE // 3), id="brackets"),
        pytest.param(" \n" * (HUGE // 2), id="blanks"),
        pytest.param("e\u0301\u0327" * (HUGE // 3), id="marks"),
        pytest.param("👩\u200d✈️" * (HUGE // 4), id="joined pictures"),
        pytest.param("A" + "-a" * (HUGE // 2), id="one word of a thousand parts"),
        pytest.param(bytes(range(256)).decode("latin-1") * (HUGE // 256), id="bytes"),
    ],
)
def test_a_megabyte_of_anything_is_read_in_bounded_time(text: str) -> None:
    lens("none")
    with cpu_spent() as spent:  # once: texts that were read are remembered
        found = report("Drones", text, "en", embedder="none")
    sound(found, embedder="none")
    assert spent.seconds < BOUND


@pytest.mark.parametrize(
    "letter", ["a", "無", "\0", "\ud800"], ids=["Latin", "Japanese", "NUL", "a lone surrogate"]
)
def test_the_model_reads_no_more_of_a_megabyte_than_it_takes(letter: str) -> None:
    lens("builtin")
    with cpu_spent(time.process_time) as spent:  # once: texts are remembered; the model has threads
        found = report(letter * HUGE, "", "ja", embedder="builtin")
    sound(found, embedder="builtin")
    assert spent.seconds < BOUND
