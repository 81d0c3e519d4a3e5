"""A story is linked with an earlier step of its affair, and never with a look-alike."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.watchers.stories.story_builders import MONDAY
from tests.watchers.stories.test_stories_evals import EVALS, entry, knowledge, rows
from watchers.facts.extract import extract
from watchers.stories.storyline import Affair, affair, follows, tokens
from watchers.types import Relevance, Report, fact_text

SHARED = (
    Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared")) / "eval" / "stories.jsonl"
)
CHOICE = Affair(
    things=frozenset({"pla:mogami"}),
    names=frozenset(),
    places=frozenset({"loc:AU", "loc:JP"}),
    acts=frozenset({"deal"}),
    stage=5,
    at=MONDAY,
)


def later(days: float = 90, **changes: object) -> Affair:
    return replace(CHOICE, at=MONDAY + timedelta(days=days), stage=6, **changes)  # type: ignore[arg-type]


def some(*words: str) -> frozenset[str]:
    return frozenset(words)


@pytest.mark.parametrize(
    ("story", "earlier", "linked"),
    [
        pytest.param(later(), CHOICE, True, id="the contract after the choice"),
        pytest.param(later(places=some("loc:AU")), CHOICE, True, id="which names the buyer alone"),
        pytest.param(later(places=some("loc:JP", "loc:NZ")), CHOICE, False, id="another buyer"),
        pytest.param(later(places=some()), CHOICE, False, id="no country named"),
        pytest.param(later(things=some("pla:type-31")), CHOICE, False, id="another ship"),
        pytest.param(later(-1), CHOICE, False, id="before it"),
        pytest.param(later(401), CHOICE, False, id="after more than a year"),
        pytest.param(replace(later(), stage=4), CHOICE, False, id="a step back"),
        pytest.param(replace(later(), stage=5), CHOICE, False, id="the same step again"),
        pytest.param(
            replace(later(names=some("harbour")), stage=5),
            replace(CHOICE, names=some("harbour")),
            True,
            id="the same step of the next batch, with two things in common",
        ),
        pytest.param(replace(later(acts=some("dispute")), stage=None), CHOICE, True, id="a lawsuit"),
        pytest.param(later(acts=some("comment")), CHOICE, False, id="a column on it"),
        pytest.param(
            replace(later(30, acts=some("appoint"), things=some(), places=some("loc:BE")), stage=None),
            replace(CHOICE, acts=some("resign"), things=some(), places=some("loc:BE"), stage=None),
            True,
            id="a successor",
        ),
        pytest.param(
            replace(later(90, acts=some("appoint"), things=some(), places=some("loc:BE")), stage=None),
            replace(CHOICE, acts=some("resign"), things=some(), places=some("loc:BE"), stage=None),
            False,
            id="an appointment a season later",
        ),
    ],
)
def test_a_step_follows_what_it_can_follow(story: Affair, earlier: Affair, linked: bool) -> None:  # noqa: FBT001 - a table's column
    assert follows(story, earlier) is linked
    if linked:
        assert tokens(story) & tokens(earlier), "or it would never be found"


@cache
def affairs(path: Path) -> dict[tuple[str, str], Affair]:
    """Return the affair of each event of a set, by storyline and event."""
    _, finder, closeness = knowledge("none")
    reports: defaultdict[tuple[str, str], list[Report]] = defaultdict(list)
    for row in rows(str(path)):
        one = entry(row)
        text = fact_text(one)
        event = row["cluster"] or row["id"]
        report = Report(
            entry=one,
            matches=(),
            relevance=Relevance(score=0.5, reasons=()),
            facts=extract(text, lang=one.lang, published=one.when.date(), finder=finder),
            mentions=finder.find(text, one.lang),
        )
        reports[row.get("storyline") or event, event].append(report)
    return {
        event: affair([closeness.read(r) for r in sorted(some, key=lambda r: r.entry.when)], closeness)
        for event, some in reports.items()
    }


def links(path: Path) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Return every pair of events of which one is taken for a later step of the other."""
    known = affairs(path)
    return [
        (one, other)
        for one in known
        for other in known
        if tokens(known[one]) & tokens(known[other]) and follows(known[one], known[other])
    ]


@pytest.mark.parametrize(
    ("path", "least"),
    [
        pytest.param(EVALS / "stories.jsonl", 4, id="events"),
        pytest.param(EVALS / "stories-second.jsonl", 3, id="second set"),
        pytest.param(EVALS / "stories-stream.jsonl", 0, id="stream of look-alikes"),
        pytest.param(SHARED, 5, id="shared set", marks=pytest.mark.shared),
    ],
)
def test_links_are_of_one_storyline_and_there_are_some(path: Path, least: int) -> None:
    found = links(path)
    assert [pair for pair in found if pair[0][0] != pair[1][0]] == []
    assert len(found) >= least
