"""Two events of one day that differ in who or what they are about stay two stories, alike as they sound."""

# A row of the tables stays on its line.
# ruff: noqa: E501

from __future__ import annotations

import dataclasses
import re

import pytest

from tests.watchers.stories.story_builders import make_report
from tests.watchers.stories.test_stories_evals import knowledge
from watchers.stories.cluster import Index
from watchers.types import Mention, Report

KNOWN = {
    "Oman": "loc:OM", "Umman": "loc:OM", "Kenya": "loc:KE", "Harpy": "org:harpy",
    "Petrel": "pla:petrel", "Gannet": "pla:gannet", "Varga": "per:varga", "Lind": "per:lind", "Moe": "per:moe",
}  # fmt: skip
TAIL = "It was on Monday."


def report(title: str, summary: str = TAIL, *, lang: str = "en", hours: float = 0) -> Report:
    plain = make_report(title, summary, lang=lang, outlet=f"Outlet {hours}", hours=hours)
    text = plain.entry.text
    mentions = [
        Mention(start=place.start(), end=place.end(), mention=word, entity=entity, name=word)
        for word, entity in KNOWN.items()
        for place in re.finditer(rf"\b{word}", text)
    ]
    return dataclasses.replace(plain, mentions=tuple(sorted(mentions, key=lambda one: one.start)))


def numbers(*reports: Report) -> list[int]:
    index = Index(knowledge("none")[2])
    return [index.place(one, now=one.entry.when).story.number for one in reports]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Oman takes delivery of two Petrel drones", "Kenya takes delivery of two Petrel drones", id="two buyers"),
        pytest.param("Oman orders Petrel drones", "Oman orders Gannet drones", id="two machines"),
        pytest.param("Varga and Lind hold talks", "Varga and Moe hold talks", id="two guests"),
    ],
)  # fmt: skip
def test_twins_of_one_day_stay_apart(one: str, other: str) -> None:
    assert numbers(report(one), report(other, hours=2)) == [1, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            report("Oman takes delivery of two Petrel drones"),
            report("Umman iki Petrel teslim aldı", "Harpy ile sözleşme", lang="tr", hours=1),
            id="another language",
        ),
        pytest.param(
            report("Oman takes delivery of two Petrel drones from Harpy"),
            report("Two Petrel drones delivered by Harpy, the first of their kind in Oman", hours=1),
            id="one headline says less",
        ),
        pytest.param(
            report("Varga and Lind sign for 40 Petrel drones"),
            report(
                "Moe hails deal for 40 Petrel drones", "Varga and Lind signed on Monday with Harpy", hours=1
            ),
            id="the summary has who the headline lacks",
        ),
    ],
)
def test_one_event_stays_one_story_where_only_one_headline_has_a_name_of_its_own(
    one: Report, other: Report
) -> None:
    assert numbers(one, other) == [1, 1]
