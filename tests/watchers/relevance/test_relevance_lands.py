"""Countries and unions: whose the exemplars are, which they name in passing, and what states agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.watchers.relevance.judging import GAZETTEER, Judge, Workshop, entry
from watchers.relevance.decide import alerts
from watchers.relevance.lands import own_lands

if TYPE_CHECKING:
    from pathlib import Path

LISBON = """Lisbon orders three submarines
Portugal will buy three submarines from a German yard, its navy said on Monday.
The Portuguese navy has two old boats, and Portugal wants the first new submarine in 2031.
NATO had asked Portugal for more patrols in the Atlantic.
Portugal's parliament has to approve the contract before the summer."""
SANTIAGO = """Santiago narrows its submarine tender to two yards
Chile has asked two yards for their last offers for four submarines.
Chile's navy runs four boats, and Chile wants new submarines by 2034.
A French and a German yard are in the tender, and Chile expects both to build parts at home.
The Chilean government will choose a submarine next year."""
OTHER_NEWS = [
    "Germany awards 900 million euro contract for soldiers' night vision",
    "Portugal signs contract for six German armoured vehicles",
    "NATO members agree to spend more on defence, ministers say",
]
SAME_SUBJECT = [
    "Indonesia signs contract for two submarines",
    "Greek navy to buy four new submarines, minister says",
]
PACTS = [
    ("Turkey, Qatar and Jordan sign mutual defence pact", "en"),
    ("トルコ、カタール、ヨルダンが共同防衛協定に署名", "ja"),
    ("Türkiye, Katar ve Ürdün ortak savunma anlaşması imzaladı", "tr"),
]
SALES = [
    ("Turkey and Qatar sign agreement on Turkish-made patrol boats", "en"),
    ("トルコ、カタールへ国産フリゲートを輸出　契約に署名", "ja"),
]
STRIKES = [
    "反政府勢力の無人機が空軍の戦略拠点を攻撃",
    "無人機で国境の軍事拠点を攻撃 国防省発表",
]


@pytest.fixture(scope="module")
def submarines(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return workshop.judge(_folder(tmp_path_factory.mktemp("submarines"), LISBON, SANTIAGO))


def _folder(folder: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def test_two_sales_of_one_machine_share_the_machine_and_no_country(submarines: Judge) -> None:
    profile = submarines.scorer.profile
    assert dict(profile.places) == {}
    assert set(profile.subject) == {"con:submarine"}


def test_a_union_named_in_passing_is_no_name_of_theirs(submarines: Judge) -> None:
    assert "org:nato" not in submarines.scorer.profile.named


@pytest.mark.parametrize("title", OTHER_NEWS)
def test_other_arms_of_a_country_that_one_article_names_do_not_alert(submarines: Judge, title: str) -> None:
    (found,) = submarines([entry(title)])
    assert not alerts(found), found


@pytest.mark.parametrize("title", SAME_SUBJECT)
def test_the_shared_machine_alerts_for_any_country(submarines: Judge, title: str) -> None:
    (found,) = submarines([entry(title)])
    assert alerts(found), found


def test_countries_that_both_articles_are_about_stay_theirs(judge: Judge) -> None:
    assert set(judge.scorer.profile.places) == {"loc:TR", "loc:JP"}


def test_a_town_counts_as_its_country_and_most_articles_must_name_it() -> None:
    ankara, plain = {"loc:ankara": 1.0}, {"con:submarine": 1.0}
    assert set(own_lands([[ankara, {"loc:TR": 1.0}], [ankara, plain]], GAZETTEER)) == {"loc:TR"}
    assert own_lands([[ankara], [ankara], [plain]], GAZETTEER).keys() == {"loc:TR"}
    assert own_lands([[ankara], [plain], [plain]], GAZETTEER) == {}
    assert own_lands([[plain]], GAZETTEER) == {}


def test_a_country_that_only_follows_from_a_maker_is_not_named() -> None:
    assert own_lands([[{"loc:TR": 0.5, "org:baykar": 1.0}]], GAZETTEER) == {}


@pytest.mark.parametrize(("title", "lang"), PACTS)
def test_an_agreement_of_states_without_arms_is_no_trade(judge: Judge, title: str, lang: str) -> None:
    (found,) = judge([entry(title, lang=lang)])
    assert not alerts(found), found


@pytest.mark.parametrize(("title", "lang"), SALES)
def test_an_agreement_on_arms_is_trade(judge: Judge, title: str, lang: str) -> None:
    (found,) = judge([entry(title, lang=lang)])
    assert alerts(found), found


@pytest.mark.parametrize("title", STRIKES)
def test_machines_of_their_class_that_are_only_fought_with_do_not_alert(judge: Judge, title: str) -> None:
    (found,) = judge([entry(title, lang="ja")])
    assert not alerts(found), found


@pytest.mark.parametrize(
    "title",
    [
        "Slovakia to buy counter-unmanned aerial systems from American marketplace",
        "New armoured truck can do drone defence, maker says",
    ],
)
def test_what_is_bought_against_drones_is_not_a_drone(judge: Judge, title: str) -> None:
    (found,) = judge([entry(title)])
    assert "unmanned aircraft" not in found.evidence
    assert not alerts(found), found
