"""What is read from a text for comparison: numbers, sounds, days, acts, near copies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchers.stories.story_builders import make_report, plain_closeness
from watchers.stories.near import are_near, grams
from watchers.stories.signals import read_signals

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        pytest.param("worth $6.5 billion", "en", (6.5e9,), id="English scale word"),
        pytest.param("1,250 tanks", "en", (1250,), id="English thousands"),
        pytest.param("2,6 milyar avro", "tr", (2.6e9,), id="Turkish decimal comma"),
        pytest.param("1.250 araç", "tr", (1250,), id="Turkish thousands"),
        pytest.param("8兆8454億円", "ja", (8.8454e12,), id="Japanese two scales"),
        pytest.param("2万5千人", "ja", (25_000,), id="Japanese thousands"),
        pytest.param("F-35 and K2 in 2027", "en", (), id="designators and years count nothing"),
        pytest.param("8月15日に", "ja", (), id="a Japanese date counts nothing"),
        pytest.param("until 26 May and from March 2", "en", (), id="an English date counts nothing"),
        pytest.param("5 bin 300 asker", "tr", (5300,), id="Turkish thousands in words"),
    ],
)
def test_numbers_are_read_in_the_notation_of_the_language(
    text: str, lang: str, expected: tuple[float, ...]
) -> None:
    assert read_signals(text, lang).numbers == pytest.approx(expected)


@pytest.mark.parametrize(
    ("japanese", "latin"),
    [
        pytest.param("メルボルン", "Melbourne", id="town"),
        pytest.param("マルケス国防相", "Marquez", id="person"),
        pytest.param("クオルワークス社", "Quollwerks", id="firm"),
        pytest.param("ベルゲン", "Bergen", id="an r that is heard"),
        pytest.param("リンドクヴァーン", "Lindqvarn", id="invented surname"),
        pytest.param("ケシュ基地", "Kesh", id="two consonants and their vowel"),
        pytest.param("アンカー国防相", "Anker", id="two consonants behind a vowel"),
        pytest.param("オスロ", "Oslo", id="a vowel that Japanese adds"),
    ],
)
def test_a_katakana_name_sounds_like_its_latin_form(japanese: str, latin: str) -> None:
    assert read_signals(japanese, "ja").sounds & read_signals(latin, "en").sounds


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        pytest.param(
            "Defence minister meets his colleague Orsay in Tolvik",
            {"orsai", "tolvi"},
            id="not what begins a sentence",
        ),
        pytest.param("Navy Picks New Yard For Patrol Ships", set(), id="not a headline in capitals"),
        pytest.param("Army tests the K9 gun", {"k9"}, id="a designator"),
    ],
)
def test_only_a_name_beyond_doubt_is_firm(text: str, firm: set[str]) -> None:
    assert read_signals(text, "en").firm == firm


def test_names_of_two_consonants_with_other_vowels_sound_different() -> None:
    assert not read_signals("ケシュ", "ja").sounds & read_signals("Kosh", "en").sounds


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("F-35Bs reach the base", "F35Bが到着", id="hyphen, plural and Japanese"),
        pytest.param("S-4 yeniden havada", "無人機S4が飛行再開", id="no space in Japanese"),
        pytest.param("Tavria", "Tavrya'dan", id="y for i"),
    ],
)
def test_one_name_in_two_spellings_is_one(left: str, right: str) -> None:
    japanese = "ja" if "が" in right else "tr"
    assert read_signals(left, "en").names & read_signals(right, japanese).names


def test_a_weekday_a_month_and_a_number_are_no_names() -> None:
    assert read_signals("Forty ships left on Tuesday, the fifth in March", "en").names == frozenset()


def test_a_headline_names_its_subjects_and_doubts_its_first_word() -> None:
    once = read_signals("Velmora buys radars from Tolvik", "en")
    assert once.lead_names == {"tolvi"}
    assert once.lead_words == {"velmo"}
    again = read_signals("Velmora buys radars from Tolvik\nThe sets will guard Velmora.", "en")
    assert again.lead_names == {"tolvi", "velmo"}


def test_forms_of_an_invented_country_in_two_languages_are_one_name() -> None:
    english, turkish = read_signals("Valmoran army", "en"), read_signals("Valmorya'nın ordusu", "tr")
    assert english.names & turkish.names


def test_an_outlet_that_says_the_government_means_its_own() -> None:
    assert read_signals("政府が閣議で決定", "ja").places == {"loc:JP"}
    assert read_signals("The government decided", "en").places == frozenset()


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Opinion: sign the contract", "en"), ("社説：契約に署名を", "ja"), ("How it was signed", "en")],
)
def test_a_column_tells_of_no_act_but_its_own(text: str, lang: str) -> None:
    assert read_signals(text, lang).acts == {"comment"}


@pytest.mark.parametrize(
    ("text", "lang", "act"),
    [
        pytest.param("Drone flies again six weeks after crash", "en", "resume", id="after"),
        pytest.param(
            "Mart ayındaki kazadan altı hafta sonra uçuşlar yeniden başladı", "tr", "resume", id="sonra"
        ),
        pytest.param("墜落から6週間、飛行再開", "ja", "resume", id="から"),
    ],
)
def test_what_a_report_only_recalls_is_not_its_act(text: str, lang: str, act: str) -> None:
    acts = read_signals(text, lang).acts
    assert act in acts
    assert "crash" not in acts


def test_days_named_by_weekday_and_by_number_meet() -> None:
    english = read_signals("signed on Monday", "en", published=WEDNESDAY).days
    turkish = read_signals("pazartesi günü imzalandı", "tr", published=WEDNESDAY).days
    japanese = read_signals("2日に署名した", "ja", published=WEDNESDAY).days
    assert english == turkish == japanese == {date(2026, 3, 2).toordinal()}


@pytest.mark.parametrize(
    ("act", "english", "turkish", "japanese"),
    [
        ("deal", "Oslo signs contract", "Oslo sözleşmeyi imzaladı", "オスロが契約に署名"),
        ("crash", "Helicopter crashes", "Helikopter düştü", "ヘリが墜落"),
        ("exercise", "Winter exercise begins", "Kış tatbikatı başladı", "冬季演習が開始"),
        ("resign", "Minister resigns", "Bakan istifa etti", "大臣が辞任"),
        ("afloat", "Yard launches the patrol ship", "Gemi denize indirildi", "哨戒艦が進水"),
        ("cyber", "Firm hit by data theft", "Şirkete siber saldırı", "設計図が流出"),
        ("labour", "Workers vote to strike over pay", "İşçiler grev kararı aldı", "労組がストライキ"),
    ],
)
def test_an_act_is_the_same_in_three_languages(act: str, english: str, turkish: str, japanese: str) -> None:
    for text, lang in ((english, "en"), (turkish, "tr"), (japanese, "ja")):
        assert act in read_signals(text, lang).acts


def test_a_wire_text_with_a_credit_and_its_sentences_swapped_is_a_near_copy() -> None:
    news = "The army said on Tuesday that sappers had destroyed two kilograms of explosives."
    reaction = "The minister called for calm."
    wire, copy = f"{news} {reaction}", f"(Amber) {reaction} {news}"
    assert are_near(grams(wire), grams(copy))
    assert not are_near(
        grams(wire), grams("Sappers blew up two kilos of explosives found in a field, the army says.")
    )


def test_short_texts_are_never_near_copies() -> None:
    assert not are_near(grams("News in brief"), grams("News in brief"))


@given(st.text(max_size=300), st.text(max_size=300))
def test_closeness_is_symmetric_and_a_probability(left: str, right: str) -> None:
    closeness = plain_closeness()
    a, b = make_report(left), make_report(right)
    there, back = closeness.probability(a, b), closeness.probability(b, a)
    assert 0 <= there <= 1
    assert there == pytest.approx(back)
