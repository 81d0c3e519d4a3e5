"""Names that the news of a season is full of tell no event from another; those of an event still do."""

from __future__ import annotations

import pytest

from tests.watchers.stories.story_builders import make_report, plain_closeness
from watchers.stories.cluster import Index
from watchers.stories.nearest import FEW, USUAL

TOWNS = [
    "Ab",
    "Bor",
    "Cal",
    "Dun",
    "Esk",
    "Fal",
    "Gor",
    "Hul",
    "Ist",
    "Jar",
    "Kel",
    "Lom",
    "Mar",
    "Nor",
    "Oss",
]
ENDS = ("by", "dal", "ford", "gard", "heim", "holm", "mark", "mouth", "ness", "stad", "sund", "thorp", "vik")
PLACES = [town + middle + end for town in TOWNS for middle in ("", "en") for end in ENDS]
SEASON = "as the war between Zarvania and Ketterland goes on"
REFINERY = ("Refinery of Pelgrim burns in the night", "Pelgrim refinery fire burns all night")
HITS = ("Zarvania strikes a refinery", "Zarvania strikes a bridge")


def season(share: float, *, stories: int) -> Index:
    """Return an index of so many stories, of which a share have the season's names."""
    index = Index(plain_closeness())
    for number, town in enumerate(PLACES[:stories]):
        of_it = int(number * share) != int((number + 1) * share)
        others = " and ".join(PLACES[number - step] for step in range(40, 43))
        summary = f"People of {others} come to it"
        report = make_report(
            f"{town} opens its market",
            f"{summary}, {SEASON}" if of_it else summary,
            outlet=f"{town} Post",
            hours=number / 60,
        )
        index.place(report, now=report.entry.when)
    return index


def together(index: Index, first: str, second: str, *, hours: float = 20) -> bool:
    """Tell whether two reports come into one story."""
    reports = [
        make_report(title, f"{title}, {SEASON}", outlet=outlet, hours=hours)
        for title, outlet in ((first, "Gazette"), (second, "Herald"))
    ]
    one, other = (index.place(report, now=report.entry.when).story.number for report in reports)
    return one == other


@pytest.mark.parametrize(
    ("share", "stories", "merged"),
    [
        pytest.param(0.0, FEW + 40, True, id="names that nobody else has"),
        pytest.param(3 * USUAL, FEW + 40, False, id="names of the season"),
        pytest.param(0.5, FEW // 6, True, id="few stories tell no season"),
    ],
)
def test_two_events_share_none_of_the_names_of_a_season(
    share: float,
    stories: int,
    merged: bool,  # noqa: FBT001 - a row of the table
) -> None:
    assert together(season(share, stories=stories), *HITS) is merged


def test_an_event_is_told_by_its_own_names_in_any_season() -> None:
    assert together(season(3 * USUAL, stories=FEW + 40), *REFINERY)


def test_a_season_ends_with_its_stories() -> None:
    index = season(3 * USUAL, stories=FEW + 40)
    late = make_report("Ketterland signs peace", outlet="Herald", hours=24 * 8)
    index.place(late, now=late.entry.when)
    assert len(index.stories) == 1
    assert together(index, *HITS, hours=24 * 8 + 1)
