"""A chain of speakers reads as people say it, in the channel's language."""

from dataclasses import replace

import pytest

from bot.wording.values import speaker, value
from tests.watchers.stories.story_builders import make_fact, money
from watchers.types import Fact, Words

SAID = {
    "one speaker": ("Güler", "en", "Güler"),
    "a text": ("Güler < social media post", "en", "Güler, in a social media post"),
    "a vowel": ("Güler < interview with Radio Meridian", "en", "Güler, in an interview with Radio Meridian"),
    "a gathering": ("Güler < news conference", "en", "Güler, at a news conference"),
    "hearers": ("Okello < lawmakers", "en", "Okello, to lawmakers"),
    "a paper that cites": ("two officials < Harbour Times", "en", "two officials, via Harbour Times"),
    "Turkish": ("Güler < sosyal medya paylaşımı", "tr", "Güler (sosyal medya paylaşımı)"),
    "Japanese": ("中谷防衛相 < 記者会見", "ja", "中谷防衛相（記者会見）"),
}  # fmt: skip


@pytest.mark.parametrize(("said_by", "lang", "expected"), SAID.values(), ids=SAID.keys())
def test_a_chain_reads_naturally(said_by: str, lang: str, expected: str) -> None:
    assert speaker(said_by, lang) == expected


AGREED = make_fact("agreement", Words(text="agreed to sell six drones"))
STATUS = make_fact("status", Words(text="denied"))


@pytest.mark.parametrize(
    ("fact", "said_by", "lang", "expected"),
    [
        (money("90000000", "USD"), "ministry", "en", "$90M · denied by ministry"),
        (money("90000000", "USD"), "", "en", "$90M · denied"),
        (AGREED, "ministry", "en", "agreed to sell six drones · denied by ministry"),
        (AGREED, "bakanlık", "tr", "agreed to sell six drones · yalanlayan: bakanlık"),
        (AGREED, "国防省", "ja", "agreed to sell six drones · 国防省が否定"),
        (STATUS, "ministry", "en", "denied · said by ministry"),
    ],
)
def test_what_somebody_denies_is_never_shown_as_said(
    fact: Fact, said_by: str, lang: str, expected: str
) -> None:
    assert value(replace(fact, said_by=said_by, hedge="denied"), lang) == expected
