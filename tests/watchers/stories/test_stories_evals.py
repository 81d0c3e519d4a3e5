"""Stories and disagreements over our own labelled reports stay above their floors."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.scoring import score
from watchers.facts.extract import extract
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load
from watchers.relevance.background import load_background
from watchers.relevance.embedder import load_embedder
from watchers.stories.claims import disagreements
from watchers.stories.cluster import Index
from watchers.stories.similarity import Closeness, home_countries
from watchers.types import Entry, Relevance, Report, fact_text

if TYPE_CHECKING:
    from bot.scoring.measures import Figures, Row
    from watchers.relevance.embedder import Embedder
    from watchers.types import Story

EVALS = Path(__file__).parents[2] / "evals"


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (EVALS / name).read_text("utf-8").splitlines()]


def gold(name: str) -> list[Row]:
    return [json.loads(line) for line in (EVALS / name).read_text("utf-8").splitlines()]


def entry(row: dict[str, str]) -> Entry:
    at = datetime.fromisoformat(row["published"]).astimezone(UTC)
    return Entry(
        key=row["id"],
        feed=1,
        guid=row["id"],
        link=f"https://outlet.example/{row['id']}",
        title=row["title"],
        summary=row["summary"],
        body="",
        lang=row["lang"],
        outlet=row["source"],
        published=at,
        seen=at,
    )


@cache
def knowledge(model: str) -> tuple[Embedder | None, Finder, Closeness]:
    """Load what reports are compared with: seconds with a model, and nothing changes it."""
    embedder = load_embedder(model)
    gazetteer = load()
    finder = Finder(gazetteer)
    closeness = Closeness.fit(
        [(line.lang, line.text) for line in load_background()],
        embedder=embedder,
        finder=finder,
        countries=home_countries(gazetteer),
    )
    return embedder, finder, closeness


@cache
def stories(model: str, name: str) -> tuple[list[Row], list[Story]]:
    """Place every report of a set; asked again, the same stories, which nobody changes."""
    embedder, finder, closeness = knowledge(model)
    entries = sorted(map(entry, rows(name)), key=lambda e: (e.when, e.key))
    vectors = embedder.encode([e.text for e in entries]) if embedder else [None] * len(entries)
    index = Index(closeness)
    placed: list[Row] = []
    latest: dict[int, Story] = {}
    for one, vector in zip(entries, vectors, strict=True):
        text = fact_text(one)
        report = Report(
            entry=one,
            matches=(),
            relevance=Relevance(score=0.5, reasons=()),
            facts=extract(text, lang=one.lang, published=one.when.date(), finder=finder),
            mentions=finder.find(text, one.lang),
            vector=vector,
        )
        update = index.place(report, now=one.when)
        latest[update.story.number] = update.story
        placed.append({"id": one.key, "cluster": update.story.number})
    return placed, list(latest.values())


def figure(figures: Figures, name: str) -> float:
    value = figures[name]
    assert isinstance(value, float)
    return value


@pytest.mark.parametrize(
    ("name", "model", "floor", "across", "alone"),
    [
        pytest.param("stories.jsonl", "builtin", 0.98, 0.96, 0.95, id="events"),
        pytest.param("stories.jsonl", "none", 0.97, 0.95, 0.92, id="events without a model"),
        pytest.param("stories-stream.jsonl", "builtin", 0.97, 0.95, 0.95, id="stream of look-alikes"),
        pytest.param("stories-stream.jsonl", "none", 0.96, 0.90, 0.94, id="stream without a model"),
        pytest.param("stories-other-hand.jsonl", "builtin", 0.94, 0.86, 0.95, id="another hand"),
        pytest.param("stories-other-hand.jsonl", "none", 0.93, 0.85, 0.95, id="another hand without a model"),
        pytest.param("stories-second.jsonl", "builtin", 0.97, 0.93, 0.95, id="a third hand"),
        pytest.param("stories-third.jsonl", "builtin", 0.94, 0.86, 0.95, id="steps a day apart"),
        pytest.param("stories-third.jsonl", "none", 0.94, 0.85, 0.95, id="steps without a model"),
        pytest.param("stories-second.jsonl", "none", 0.96, 0.92, 0.95, id="a third hand without a model"),
    ],
)
@pytest.mark.long
def test_stories_stay_above_their_floor(
    name: str, model: str, floor: float, across: float, alone: float
) -> None:
    placed, _ = stories(model, name)
    figures = score("stories", gold(name), placed)
    assert figure(figures, "bcubed_f1") >= floor
    assert figure(figures, "bcubed_recall_across_languages") >= across
    assert figure(figures, "singletons_left_alone") >= alone
    assert figure(figures, "same_storyline_different_event_merged") <= 0.02


@pytest.mark.long
def test_disagreements_stay_above_their_floor() -> None:
    _, found = stories("builtin", "stories.jsonl")
    said: list[Row] = [
        {"ids": [key for side in one.sides for key in side.entries], "values": [s.value for s in one.sides]}
        for story in found
        for one in disagreements(story.reports)
    ]
    figures = score("conflicts", gold("conflicts.jsonl"), said)
    assert figure(figures, "recall") >= 0.75
    assert figure(figures, "precision") >= 0.75
