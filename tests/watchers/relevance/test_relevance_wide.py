"""Where articles name one machine in nearly every sentence, their countries alone are no news of the beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.watchers.relevance.judging import Judge, Workshop, entry
from watchers.relevance.decide import alerts

if TYPE_CHECKING:
    from pathlib import Path

BERLIN = """Berlin hands Kyiv another Patriot battery
Germany will give Ukraine a fourth Patriot battery before the winter, its defence minister said.
The Patriot launchers come from German stocks, and the United States will replace them first.
Ukraine has asked for ten more Patriot systems since the summer.
American and German crews will train Ukrainians on the air defence system in Bavaria."""
BUCHAREST = """Second Patriot system reaches Ukraine by way of Germany
A Patriot air defence system that Germany had promised arrived in Ukraine on Friday.
The American-made Patriot can hit ballistic missiles, and Ukraine guards its power stations with it.
Washington has agreed that Germany gets new Patriot launchers from the United States next.
Ukraine says that its Patriot batteries are short of interceptors."""
OTHER_NEWS = [
    "Germany delivers armoured vehicles to Lithuania",
    "US Army orders rifles from a Belgian firm",
    "Ukraine to export naval drones to Romania",
    "Ukraine and Norway agree to build drones together",
]
SAME_SUBJECT = [
    "Spain delivers a Patriot battery to Ukraine",
    "Switzerland orders IRIS-T air defence systems from Germany",
    "Patriot interceptors for Ukraine delayed by a year",
]


@pytest.fixture(scope="module")
def deliveries(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    folder: Path = tmp_path_factory.mktemp("deliveries")
    for number, text in enumerate((BERLIN, BUCHAREST)):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return workshop.judge(folder)


@pytest.mark.parametrize("title", OTHER_NEWS)
def test_countries_of_a_narrow_beat_do_not_alert_without_its_machine(deliveries: Judge, title: str) -> None:
    (found,) = deliveries([entry(title)])
    assert not alerts(found), found


@pytest.mark.parametrize("title", SAME_SUBJECT)
def test_the_machine_of_a_narrow_beat_alerts(deliveries: Judge, title: str) -> None:
    (found,) = deliveries([entry(title)])
    assert alerts(found), found


def test_articles_that_leave_their_machine_are_a_wide_beat(judge: Judge, deliveries: Judge) -> None:
    assert judge.scorer.profile.wide == 1.0
    assert deliveries.scorer.profile.wide < 0.4
