"""Placing floods, hostile text and thousands of stories in bounded time, and much the same in any order."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scoring import score
from tests.cpu import cpu_spent
from tests.watchers.stories.story_builders import CONTRACT, make_report, place, plain_closeness
from watchers.stories.cluster import MAX_REPORTS, Index
from watchers.types import Story

if TYPE_CHECKING:
    from bot.scoring.measures import Row
    from watchers.types import Report

OWN = Path(__file__).parents[2] / "evals" / "stories.jsonl"


def numbers(reports: list[Report]) -> dict[str, int]:
    return {update.report.entry.key: update.story.number for update in place(reports)}


# Processor time for ten thousand copies: 6.5 s when measured. The last thousand cost 1.2 times the first when
# measured; were each compared with all before it, they would cost 19 times as much.
SECONDS_FOR_COPIES = 60
COPIES_GROWTH = 6


@pytest.mark.long
def test_ten_thousand_copies_of_one_text_stay_one_bounded_story() -> None:
    index = Index(plain_closeness())
    update = place([make_report(CONTRACT.entry.title, CONTRACT.entry.summary, key="k0")], index=index)[0]
    costs = []
    for n in range(1, 10_000):
        copy = make_report(CONTRACT.entry.title, CONTRACT.entry.summary, key=f"k{n}", hours=n / 10_000)
        with cpu_spent() as spent:
            update = index.place(copy, now=copy.entry.when)
        costs.append(spent.seconds)
    assert sum(costs) < SECONDS_FOR_COPIES
    assert sum(costs[-1_000:]) < COPIES_GROWTH * sum(costs[:1_000])
    assert len(index.stories) == 1
    assert len(update.story.reports) == MAX_REPORTS
    assert update.story.lead.entry.key == "k0"
    assert update.report is update.story.reports[-1]


# Seconds of processor time for two reports: .07 at most when measured; what grows with the square of 100 000
# letters takes minutes.
SOON = 2.0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("9" * 100_000, id="digits only"),
        pytest.param("1,1.1," * 20_000, id="digits and marks"),
        pytest.param("\u202e\u200f\x00" * 1_000, id="direction marks and nulls"),
        pytest.param("(" * 50_000, id="brackets"),
        pytest.param("億兆万" * 20_000, id="Japanese scales"),
        pytest.param("A" * 50_000 + " reported", id="one endless name"),
        pytest.param("\ud800" * 100, id="lone surrogates"),
    ],
)
def test_hostile_text_is_placed_in_bounded_time(text: str) -> None:
    reports = [make_report(text, text), make_report(text, text, hours=1)]
    with cpu_spent() as spent:  # once: words and sentences that were read are remembered
        assert place(reports)
    assert spent.seconds < SOON


# What it costs is measured apart (5 ms among 10 000 is the goal). Among a hundred times the stories it takes
# twice as long at most when measured; were a report compared with each of them, it would take far longer.
STORIES = 3_000
FEW = STORIES // 100
PLACING_GROWTH = 10
LETTERS = "abcdefghiklmnoprstuvz"


@pytest.mark.long
def test_placing_among_thousands_of_open_stories_costs_about_what_it_does_among_few() -> None:
    chance = np.random.default_rng(5)
    picked = random.Random(5)
    words = ["".join(picked.choices(LETTERS, k=8)) for _ in range(9_000)]

    def story(n: int) -> Report:
        vector = chance.standard_normal(512).astype(np.float32)
        title = " ".join(picked.choice(words).title() for _ in range(9)) + f" {picked.randrange(500)} jets"
        return make_report(title, key=f"s{n}", vector=vector / np.linalg.norm(vector), hours=n / 500)

    reports = [story(n) for n in range(STORIES)]
    opened = [
        Story(number=n, key=r.entry.key, reports=(r,), opened=r.entry.when, updated=r.entry.when)
        for n, r in enumerate(reports, 1)
    ]
    probes = [story(STORIES + n) for n in range(50)]

    def placing(among: int) -> float:
        index = Index.of(opened[:among], plain_closeness(), next_number=STORIES + 1)
        assert len(index.stories) == among
        with cpu_spent() as spent:
            for probe in probes:
                index.place(probe, now=probe.entry.when)
        return spent.seconds

    few, many = (min(placing(among) for _ in range(2)) for among in (FEW, STORIES))
    assert many < PLACING_GROWTH * few


def day_reports() -> list[Report]:
    rows = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
    return [
        make_report(row["title"], row["summary"], key=row["id"], lang=row["lang"], outlet=row["source"])
        for row in rows[:60]
    ]


# With everything on one day and no model the figures are low; what counts is that they hardly move.
ORDER_BOUND = 0.80


@cache
def in_their_order() -> dict[str, int]:
    return numbers(day_reports())


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_within_a_day_changes_clusters_only_within_a_bound(seed: int) -> None:
    straight = in_their_order()
    shuffled = day_reports()
    random.Random(seed).shuffle(shuffled)
    other = numbers(shuffled)
    gold: list[Row] = [{"id": k, "cluster": v, "storyline": "", "lang": "en"} for k, v in straight.items()]
    placed: list[Row] = [{"id": k, "cluster": v} for k, v in other.items()]
    figures = score("stories", gold, placed)
    agreement = figures["bcubed_f1"]
    assert isinstance(agreement, float)
    assert agreement >= ORDER_BOUND
