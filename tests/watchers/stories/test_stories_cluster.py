"""Placing reports into stories: joining, opening, closing, later steps, floods."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scoring import score
from tests.cpu import cpu_spent
from tests.watchers.stories.story_builders import MONDAY, make_report, money, plain_closeness
from watchers.stories.cluster import CLOSE_AFTER, MAX_REPORTS, Index, cluster
from watchers.types import Story

if TYPE_CHECKING:
    from bot.scoring.measures import Row
    from watchers.types import Report, StoryUpdate

OWN = Path(__file__).parents[2] / "evals" / "stories.jsonl"

CONTRACT = make_report(
    "Estland buys 14 Merlin patrol boats from Varnholm",
    "The 90 million euro contract was signed in Tallinn on Monday.",
    outlet="Harbour Gazette",
)
CONTRACT_TOO = make_report(
    "Varnholm to build 14 Merlin patrol boats for Estland",
    "The contract signed in Tallinn is worth 90 million euros.",
    outlet="Baltic Post",
    hours=3,
)
CONTRACT_TR = make_report(
    "Estland, Varnholm'dan 14 Merlin botu alıyor",
    "Tallinn'de imzalanan sözleşme 90 milyon avro değerinde.",
    lang="tr",
    outlet="Kuzey Haber",
    hours=5,
)
UNRELATED = make_report("Army opens cooking school for recruits", outlet="Barracks Daily", hours=1)


def place(reports: list[Report], *, index: Index | None = None) -> list[StoryUpdate]:
    used = index or Index(plain_closeness())
    return [used.place(report, now=report.entry.when) for report in reports]


def numbers(reports: list[Report]) -> dict[str, int]:
    return {update.report.entry.key: update.story.number for update in place(reports)}


def test_two_outlets_and_two_languages_on_one_event_make_one_story() -> None:
    updates = place([CONTRACT, UNRELATED, CONTRACT_TOO, CONTRACT_TR])
    assert [update.kind for update in updates] == ["opened", "opened", "joined", "joined"]
    assert updates[-1].story.reports == (CONTRACT, CONTRACT_TOO, CONTRACT_TR)
    assert updates[-1].story.lead is CONTRACT
    assert updates[-1].story.updated == CONTRACT_TR.entry.when


def test_a_story_closes_after_days_of_silence_and_a_late_report_opens_another() -> None:
    index = Index(plain_closeness())
    place([CONTRACT], index=index)
    late = make_report(
        CONTRACT.entry.title, CONTRACT.entry.summary, when=MONDAY + CLOSE_AFTER + timedelta(minutes=11)
    )
    assert place([late], index=index)[0].kind == "opened"
    assert len(index.stories) == 1


def test_a_report_a_day_before_the_story_would_close_keeps_it_open() -> None:
    index = Index(plain_closeness())
    place([CONTRACT], index=index)
    again = make_report(CONTRACT.entry.title, CONTRACT.entry.summary, hours=60, outlet="Baltic Post")
    assert place([again], index=index)[0].kind == "joined"


def test_the_crash_of_the_same_boats_is_another_story() -> None:
    crash = make_report("Merlin patrol boat runs aground off Tallinn, two hurt", hours=26)
    assert place([CONTRACT, CONTRACT_TOO, crash])[-1].kind == "opened"


def test_an_outlets_name_behind_its_headlines_joins_nothing() -> None:
    outlet = "Harbour Defence Gazette"
    titles = ("Minister opens new barracks in the north", "Sonar trial put off until the autumn")
    reports = [make_report(f"{title} - {outlet}", outlet=outlet, hours=n) for n, title in enumerate(titles)]
    assert [update.kind for update in place(reports)] == ["opened", "opened"]


LOOK_ALIKES = [
    pytest.param(
        make_report(
            "Greenmoor growers approve drone purchase", "The co-operative will spray barley from July."
        ),
        make_report("Valdoria buys 12 Petrel drones", "Hallmark Aero delivers them.", outlet="B", hours=2),
        id="farm and army",
    ),
    pytest.param(
        make_report("Kestonya zırhlı araç ihalesini sonuçlandırdı", lang="tr"),
        make_report("Tarsis postpones its tank upgrade", outlet="B", hours=1),
        id="tender and upgrade in two languages",
    ),
    pytest.param(
        make_report("Fenwick orders 24 Ibex howitzers", "The contract was signed on Monday."),
        make_report("Osterland orders 18 Sorrel howitzers", "The contract was signed on Monday.", outlet="B"),
        id="two purchases on one day",
    ),
    pytest.param(
        make_report(
            "Fenwick orders six Osprey-2 radars",
            "Fenwick will pay Tolvik Radar 118 million dollars.",
            facts=(money("118000000", "USD"),),
        ),
        make_report(
            "Osterland, too, buys Osprey-2 radars",
            "Osterland pays Tolvik Radar 124 million dollars for six sets.",
            outlet="B",
            hours=2,
            facts=(money("124000000", "USD"),),
        ),
        id="two buyers of one radar",
    ),
    pytest.param(
        make_report("Exercise Salt Marsh begins in the Lune estuary"),
        make_report("Exercise Grey Heron begins off Tessaly", outlet="B", hours=1),
        id="two exercises",
    ),
    pytest.param(
        make_report("Opinion: the lost train is Lethonia's shame"),
        make_report("Opinion: Lethonia's lost train and the price of pride", outlet="B", hours=3),
        id="two columns on one affair",
    ),
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_look_alikes_of_one_day_and_subject_stay_apart(one: Report, other: Report) -> None:
    assert [update.kind for update in place([one, other])] == ["opened", "opened"]


def test_a_standing_headline_joins_nothing_by_its_words() -> None:
    first = make_report("Defence news in brief")
    assert place([first, make_report("Defence news in brief", hours=96)])[-1].kind == "opened"


def test_a_language_we_cannot_read_joins_by_names_and_numbers_only() -> None:
    vector = np.full(4, 0.5, dtype=np.float32)
    ours = make_report("Minister visits the northern yard", vector=vector)
    theirs = make_report("Ministerin besucht Werft im Norden", lang="de", vector=vector, hours=1)
    assert place([ours, theirs])[-1].kind == "opened"
    shared = make_report(
        "Varnholm baut 14 Merlin Boote für Estland",
        "Vertrag über 90 million Euro, Tallinn",
        lang="de",
        outlet="Nordpost",
        hours=2,
    )
    assert place([CONTRACT, shared])[-1].kind == "joined"


def test_a_restart_goes_on_where_the_index_stopped() -> None:
    index = Index(plain_closeness())
    place([CONTRACT, UNRELATED], index=index)
    again = Index.of(index.stories, plain_closeness(), next_number=3)
    assert again.stories == index.stories
    update = again.place(CONTRACT_TOO, now=CONTRACT_TOO.entry.when)
    assert (update.kind, update.story.number) == ("joined", 1)
    assert again.place(make_report("Quiet day"), now=MONDAY).story.number == 3


def test_cluster_reads_reports_oldest_first_whatever_their_order() -> None:
    updates = cluster(
        [CONTRACT_TR, UNRELATED, CONTRACT],
        [],
        closeness=plain_closeness(),
        next_number=7,
        now=CONTRACT_TR.entry.when,
    )
    assert [update.report for update in updates] == [CONTRACT, UNRELATED, CONTRACT_TR]
    assert [update.story.number for update in updates] == [7, 8, 7]


def test_only_the_first_report_of_a_fact_and_of_an_origin_brings_it() -> None:
    price = money("90000000")
    with_price = [
        make_report(r.entry.title, r.entry.summary, outlet=outlet, hours=hours, facts=(price,))
        for r, outlet, hours in ((CONTRACT, "Harbour Gazette", 0), (CONTRACT_TOO, "Baltic Post", 1))
    ]
    first, second = place(with_price)
    assert (first.new_facts, first.new_origin) == ((price,), True)
    assert (second.new_facts, second.new_origin) == ((), True)
    assert place([*with_price, make_report("Varnholm shares rise", hours=2)])[-1].kind == "opened"


def test_a_bridge_report_never_merges_two_stories() -> None:
    other = make_report(
        "Latvin picks Ostmark radars in 400 million euro deal", "Eight Ostmark radars go to Riga.", hours=2
    )
    bridge = make_report(
        "Estland buys 14 Merlin patrol boats, Latvin picks Ostmark radars",
        "90 million euro and 400 million euro contracts signed in Tallinn and Riga.",
        hours=4,
    )
    index = Index(plain_closeness())
    updates = place([CONTRACT, CONTRACT_TOO, other, bridge], index=index)
    assert len(index.stories) == 2
    assert updates[2].kind == "opened"


# Processor time for ten thousand copies: 6.5 s when measured. The last thousand cost 1.2 times the first when
# measured; were each compared with all before it, they would cost 19 times as much.
SECONDS_FOR_COPIES = 60
COPIES_GROWTH = 6


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
