"""One headline in several papers is one event, however each cut the text beneath; a column's is not."""

from __future__ import annotations

import pytest

from tests.watchers.stories.story_builders import make_report
from tests.watchers.stories.test_stories_evals import knowledge
from watchers.stories.cluster import Index
from watchers.stories.near import headline

HEADLINE = "Could an old lorry be the right thing for the coast?"
FIRST = (
    "Lieutenant Osei of the Kelda garrison bought eleven at auction and had them painted grey. "
    "Mechanics in Brandal say the gearboxes will not last a winter."
)
SECOND = (
    "The Maritime Museum's curator, Ines Valdoro, calls it charming. Salt eats a chassis in 18 months, "
    "and insurers in Porto Alto have asked for inspections since 2019."
)


def numbers(*told: tuple[str, str, str, float]) -> list[int]:
    index = Index(knowledge("none")[2])
    reports = [
        make_report(title, summary, outlet=outlet, hours=hours) for title, summary, outlet, hours in told
    ]
    return [index.place(one, now=one.entry.when).story.number for one in reports]


def test_papers_that_cut_one_wire_differently_tell_one_event() -> None:
    assert numbers((HEADLINE, FIRST, "Coast Post", 0), (HEADLINE.upper(), SECOND, "Inland Times", 3)) == [
        1,
        1,
    ]


def test_a_column_with_a_standing_title_is_new_each_day() -> None:
    title = "What our readers ask us about the harbour"
    assert numbers((title, FIRST, "Coast Post", 0), (title, SECOND, "Coast Post", 24)) == [1, 2]


@pytest.mark.parametrize("title", ["Morning briefing", "編集日誌", "Weather: gale 9"])
def test_a_label_is_too_short_to_tell_an_event(title: str) -> None:
    assert headline(title) == ""


def test_letters_alone_make_a_headline() -> None:
    assert headline("Harbour police: searchlight-drones!") == headline("HARBOUR POLICE  searchlight drones")
    assert headline("港湾警察、渡船に投光用ドローン") != ""
