"""Placing reports into stories: joining, opening, closing, and what stays apart."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.watchers.stories.story_builders import CONTRACT, MONDAY, make_report, money, place, plain_closeness
from watchers.stories.cluster import CLOSE_AFTER, Index, cluster

if TYPE_CHECKING:
    from watchers.types import Report

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
