"""Why an article that met a watch was left out is said in the words that stand in it."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.announcing.alerts import Audience
from bot.announcing.leftout import excuse
from tests.contracts.store.store_builders import make_entry, make_report
from watchers.types import Hit, Match, Reason, Relevance, Watch

DESK = Audience(
    channel="slack:C1",
    home="slack:C1",
    name="Desk",
    lang="en",
    zone=ZoneInfo("Europe/Istanbul"),
    threshold=0.7,
    watches=(Watch(number=1, channel="slack:C1", name="drones", expression="drone"),),
    feeds=frozenset({1}),
)
TITLE = "Kooperatif ilaçlama için altı drone alıyor"
FOUND = TITLE.index("drone"), len(TITLE)


@pytest.mark.parametrize(
    ("hits", "said"),
    [
        pytest.param(
            (Hit(term="drone procurement", scope="title", start=FOUND[0], end=FOUND[1]),),
            "names drone alıyor (drone procurement), but",
            id="a concept in another language",
        ),
        pytest.param(
            (Hit(term="drone*", scope="title", start=FOUND[0], end=FOUND[0] + 5),),
            "names drone, but",
            id="a word",
        ),
        pytest.param((), "meets a rule, but", id="a rule that only excludes"),
    ],
)
def test_what_was_left_out_names_the_words_found_and_the_strongest_reason(
    hits: tuple[Hit, ...], said: str
) -> None:
    report = make_report(make_entry("spraying", title=TITLE), score=0.01)
    reasons = (
        Reason(feature="deal", contribution=0.4, words="about a deal"),
        Reason(feature="civil", contribution=-2.0, words="about civil matters"),
    )
    other = Match(watch=2, channel="slack:C2", hits=(Hit(term="altı", scope="title", start=0, end=4),))
    left = replace(
        report,
        matches=(Match(watch=1, channel=DESK.home, hits=hits), other),
        relevance=Relevance(score=0.01, reasons=reasons, evidence=(), model="none"),
    )
    assert excuse(left, DESK) == f"{said} its relevance is 0.01: about civil matters"
