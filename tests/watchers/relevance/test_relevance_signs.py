"""The signs that a score is made of: lists of watch words, cue words, makers and kinds of system."""

from __future__ import annotations

import pytest

from tests.watchers.relevance.judging import FINDER, GAZETTEER, Judge, Workshop, entry
from watchers.relevance.acts import NEXT_STAGE, with_families
from watchers.relevance.bank import read_texts
from watchers.relevance.cues import SHARED_WORTH, CueFinder
from watchers.relevance.decide import DIGEST_AT, alerts
from watchers.relevance.explain import reasons
from watchers.relevance.features import FEATURES
from watchers.relevance.kinship import kinship
from watchers.relevance.profile import terms_of
from watchers.relevance.stuffing import is_stuffed
from watchers.relevance.surmise import HOME

CUES = CueFinder(GAZETTEER.cues)
KNOWN = kinship(GAZETTEER)

STUFFED = {
    "names in a row": "Baykar TB2 Akıncı drone Türkiye Japan defence procurement TUSAŞ export budget Anka",
    "pieces between bars": "Türkiye | combat drone | Baykar | Japan | TB2 price | drone export",
    "pieces between commas": "Turkish drone, Baykar, Japan budget, TB2, Akıncı price, drone export, Tokyo",
    "pieces between spaces": "無人機 トルコ バイカル 日本 防衛省 調達 TB2 東京",
    "names beside an offer": "Japan Baykar drone Türkiye TB2: free shipping on every order",
    "nothing but offers": "Discount code inside, free shipping, drone models",
}
WRITTEN = {
    "a headline full of names": "Japan defence minister Nakatani visits Turkish drone maker Baykar",
    "a row of countries": "Japan, Türkiye, Poland, Germany, France, Italy and Spain met on drones.",
    "a row of firms": "Baykar, TUSAŞ, Aselsan, Roketsan, Havelsan and STM will show at the fair.",
    "a Japanese report": "陸自の無人機、TB2の実証を年度内に完了へ\nトルコ製の機体を、防衛省が試験する。",
    "a bid called the best offer": "Saab makes its best offer for the Polish submarines, ministry says",
    "nothing": "",
}


@pytest.mark.parametrize("text", STUFFED.values(), ids=STUFFED.keys())
def test_a_list_of_watch_words_is_stuffed_and_never_alerts(judge: Judge, text: str) -> None:
    lang = "ja" if "無人機" in text else "en"
    assert is_stuffed(text, FINDER.find(text, lang))
    found = judge([entry(text, lang=lang)])[0]
    assert found.evidence == ()
    assert not alerts(found)


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
def test_news_is_not_stuffed_however_many_names_it_has(text: str) -> None:
    lang = "ja" if "陸自" in text else "en"
    assert not is_stuffed(text, FINDER.find(text, lang))


@pytest.mark.parametrize(
    ("text", "lang", "against"),
    [
        ("A Turkish yard delivers", "en", frozenset()),
        ("Romania signs", "en", frozenset()),
        ("The striker joins the league", "en", frozenset({"striker", "league"})),
        ("Kitaplar ve romanlar fuarı", "tr", frozenset({"kitap", "roman"})),
    ],
    ids=["a short stem of another language", "a stem inside a country", "sport", "stems that run on"],
)
def test_a_cue_word_inside_a_name_speaks_against_nothing(
    text: str, lang: str, against: frozenset[str]
) -> None:
    assert CUES.find(text, lang, FINDER.find(text, lang)).speaks_against == against


@pytest.mark.parametrize(
    ("text", "lang", "against"),
    [
        ("Army ends trial of cheap drones", "en", 0.0),
        ("Cheap, and on trial", "en", 2 * SHARED_WORTH),
        ("The army band's concert: a cheap evening", "en", 1.0),
        ("弾薬を補給する", "ja", 0.0),
    ],
    ids=["beside defence", "with no defence", "beside a word of the other page", "one character of a word"],
)
def test_a_word_that_defence_news_shares_with_other_pages_says_little(
    text: str, lang: str, against: float
) -> None:
    found = CUES.find(text, lang).against
    assert found >= against if against == 1.0 else found == pytest.approx(against)


@pytest.mark.parametrize(
    ("text", "lang", "home"),
    [
        ("防衛省、無人機の調達を検討", "ja", {"home:JP"}),
        ("Yerli insansız araçlar sahada", "tr", {"home:TR"}),
        ("ドイツ軍が戦車を発注", "ja", set()),
        ("防衛省 in an English text", "en", set()),
        ("Ministry asks for 200 billion yen", "en", {"home:JP"}),
        ("概算要求、リラ安が響く", "ja", {"home:JP", "home:TR"}),
    ],
    ids=[
        "a ministry",
        "our own",
        "another country's army",
        "a word of another language",
        "a currency",
        "words of two countries",
    ],
)
def test_a_language_s_home_is_told_by_words_that_only_its_own_news_uses(
    workshop: Workshop, text: str, lang: str, home: set[str]
) -> None:
    terms = read_texts(workshop.without, [text], [lang]).terms[0]
    assert {term for term in terms if term.startswith(HOME)} == home


@pytest.mark.parametrize(
    ("text", "lang", "made"),
    [
        ("Turkish-made frigates for Jakarta", "en", {"made:TR"}),
        ("Japonya, Türk fırkateynini inceledi", "tr", {"made:TR"}),
        ("トルコ製装甲車を発注", "ja", {"made:TR"}),
        ("Türkiye to take part in a hearing about frigates", "en", set()),
    ],
)
def test_a_system_called_after_its_country_is_that_countrys(text: str, lang: str, made: set[str]) -> None:
    found = terms_of(FINDER.find(text, lang), KNOWN)
    assert {term for term in found if term.startswith("made:")} == made


def test_the_stages_of_one_affair_follow_from_each_other() -> None:
    acts = with_families({"con:export": 1.0, "con:budget": 0.4})
    assert acts["con:delivery"] == acts["con:contract"] == NEXT_STAGE
    assert acts["con:export"] == 1.0
    assert acts["con:budget"] == 0.4
    assert "con:visit" not in acts


def test_a_purchase_abroad_scores_above_other_defence_news_with_one_of_the_exemplars_signs(
    judge: Judge,
) -> None:
    sale, own_drill, shot_down = judge(
        [
            entry("Malaysia orders three Turkish-made drones from TUSAŞ"),
            entry("Turkish navy ends exercise in the Aegean"),
            entry("Air defences shoot down sixty drones over Odesa"),
        ]
    )
    assert alerts(sale)
    assert not alerts(own_drill)
    assert not alerts(shot_down)


def test_an_acronym_is_surmised_only_as_it_is_spelt(workshop: Workshop) -> None:
    texts = ["Army plans to buy boats under a new plan", "Boats for the PLAN bought from a yard"]
    plain, spelt = read_texts(workshop.without, texts, ["en", "en"]).terms
    assert "org:pla-navy" not in plain
    assert "org:pla-navy" in spelt


def test_a_class_of_system_comes_together_with_a_deal_and_not_with_a_meeting_of_strangers(
    plain_judge: Judge,
) -> None:
    deal, meeting, product = plain_judge(
        [
            entry("Chile's army orders forty drones"),
            entry("Polish leader asks allies for talks over drones"),
            entry("Oslo maker's new drone impresses the army"),
        ]
    )
    assert deal.score > meeting.score
    assert deal.score > product.score


def test_a_programme_of_several_countries_is_foreign_unless_it_is_of_the_subject_s_kind(
    workshop: Workshop,
) -> None:
    foreign = workshop.judge(dense=False).scorer.profile.foreign
    assert "prg:gcap" in foreign
    assert "prg:replicator" not in foreign
    assert "prg:shield" not in foreign


def test_a_firm_leads_to_the_firm_that_owns_it() -> None:
    found = terms_of(FINDER.find("Piaggio Aerospace hires in Liguria", "en"), KNOWN)
    assert 0 < found["org:baykar"] < 1


def test_civil_machines_and_namesakes_stay_out_of_the_digest(judge: Judge) -> None:
    texts = (
        ("Farmers' union to buy 40 drones", "They will spray vines; the agriculture ministry pays half."),
        ("Bayraktar's bakery in Istanbul wins bread prize", "Her loaf takes 36 hours."),
        ("Nakatani defends his title with a knockout", "The boxer won in the eighth round."),
        ("Concert hall in Tokyo hosts Turkish pianist", ""),
    )
    for found in judge([entry(title, summary) for title, summary in texts]):
        assert found.score < DIGEST_AT


def test_every_feature_has_words_for_both_signs(workshop: Workshop) -> None:
    rows = workshop.judge().scorer.model.weights
    for sign in (1.0, -1.0):
        found = reasons(abs(rows) * sign, 0.0, dense=True)
        assert {reason.feature for reason in found[:-1]} == set(FEATURES)
        assert all(reason.words for reason in found)
