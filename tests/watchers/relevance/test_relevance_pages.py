"""Society pages on a watched firm earn no alert; a plural, another word and a home export do."""

import pytest

from tests.watchers.relevance.judging import Judge, entry
from watchers.relevance.decide import alerts


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        pytest.param(
            "Baykar founder's heirs open zero-waste exhibition in Osaka", "en", id="a charity's show"
        ),
        pytest.param("Baykar'ın öğrenci yurdunda kayıtlar başladı", "tr", id="a dormitory"),
        pytest.param("バイカル、東京で写真展　奨学金の募集も", "ja", id="a scholarship"),
    ],
)
def test_a_watched_firm_on_the_society_pages_earns_no_alert(judge: Judge, title: str, lang: str) -> None:
    assert not alerts(judge([entry(title, lang=lang)])[0])


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        pytest.param(
            "Japanese yard in talks over licensed assembly of Bayraktars", "en", id="a system's plural"
        ),
        pytest.param("Polonya 1,3 milyar zlotiye gezgin mühimmat alacak", "tr", id="another word for a kind"),
        pytest.param("Savunma ihracatında ekim rekoru", "tr", id="an export without its country"),
    ],
)
def test_what_is_told_in_a_word_less_common_earns_one(judge: Judge, title: str, lang: str) -> None:
    assert alerts(judge([entry(title, lang=lang)])[0])
