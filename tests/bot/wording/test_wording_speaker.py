"""A chain of speakers reads as people say it, in the channel's language."""

import pytest

from bot.wording.values import speaker

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
