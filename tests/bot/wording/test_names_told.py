"""Whom and what the gazetteer knows is called by its name in the channel's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.wording.cards import reason
from bot.wording.names import named
from bot.wording.values import value
from tests.bot.wording.card_samples import DESK, told
from tests.watchers.stories.story_builders import make_fact
from watchers.types import Named

NAMES = {
    "a country": ("Japan", "Japonya", "日本"),
    "a ministry": ("Ministry of Defense of Japan", "Japonya Savunma Bakanlığı", "防衛省"),
    "a kind of thing": ("unmanned aircraft", "İHA", "無人機"),
    "a by-name beside the name itself": ("Ankara", "Ankara", "アンカラ"),
    "a person in Latin letters": ("Yaşar Güler", "Yaşar Güler", "ヤシャル・ギュレル"),
    "a machine in Latin letters": ("Bayraktar TB2", "Bayraktar TB2", "バイラクタルTB2"),
    "nobody known": ("Ostvik Yards", "Ostvik Yards", "Ostvik Yards"),
}


@pytest.mark.parametrize(("name", "tr", "ja"), NAMES.values(), ids=NAMES.keys())
def test_a_name_is_told_in_the_language(name: str, tr: str, ja: str) -> None:
    assert [named(name, lang) for lang in ("en", "tr", "ja")] == [name, tr, ja]


@pytest.mark.parametrize(
    ("lang", "names"),
    [("en", "unmanned aircraft, Japan"), ("tr", "İHA, Japonya"), ("ja", "無人機、日本")],
)
def test_a_reason_names_its_evidence_in_the_channels_language(lang: str, names: str) -> None:
    report = told("A headline", outlet="Post")
    report = replace(report, relevance=replace(report.relevance, evidence=("unmanned aircraft", "Japan")))
    assert names in reason(report, replace(DESK, lang=lang))


def test_a_fact_of_the_gazetteers_is_told_in_the_language_and_an_articles_words_stay() -> None:
    known = make_fact("party", Named(name="Japan", entity="loc:JP"))
    assert value(known, "ja") == "日本"
    assert value(make_fact("party", Named(name="Japan")), "ja") == "Japan"
