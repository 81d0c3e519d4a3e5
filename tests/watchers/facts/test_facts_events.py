"""Meetings and agreements in the many ways newspapers tell of them, what is no such thing, and what is to come."""

from __future__ import annotations

# A case is one line, however long.
# ruff: noqa: E501
from datetime import date
from typing import TYPE_CHECKING

import pytest

from watchers.facts.extract import extract

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import FewNames, Values
    from watchers.types import Fact

# Words of the article that the meeting's mention holds.
MET = {
    "those of two states": ("en", "The defence ministers of Norway and Chile met in Oslo.", "ministers of Norway and Chile met in Oslo"),
    "a headline": ("en", "Poland, Norway defence chiefs meet in Oslo", "chiefs meet in Oslo"),
    "a rare meeting": ("en", "US general holds rare meeting with Cuban officers", "holds rare meeting"),
    "a gathering": ("en", "Ministers from five states gathered in Riga on Tuesday.", "gathered in Riga"),
    "behind closed doors": ("en", "The two sides met behind closed doors in Geneva.", "met behind closed doors"),
    "a call": ("en", "The two ministers held a phone call on Saturday.", "held a phone call"),
    "by phone": ("en", "Kovel spoke by phone with his Danish counterpart.", "spoke by phone with his Danish counterpart"),
    "talks between": ("en", "Talks between the defence ministers of Oman and Poland ended.", "Talks between the defence ministers"),
    "a meeting that took place": ("en", "The meeting between Kovel and Varga took place at the ministry.", "meeting between Kovel and Varga"),
    "a visit that is paid": ("en", "Kenya's army chief paid a visit to the shipyard.", "paid a visit to the shipyard"),
    "a visit that began": ("en", "Kovel began a three-day visit to Kenya on Sunday.", "began a three-day visit"),
    "officials as guests": ("en", "Kovel hosted Polish officials at the base.", "hosted Polish officials"),
    "guests that are received": ("en", "A navy delegation was received at the yard.", "delegation was received at the yard"),
    "a journey for talks": ("en", "Wanjiru flew to Doha for talks on drones.", "flew to Doha for talks"),
    "a journey to meet": ("en", "The minister travelled to Seoul to meet his counterpart.", "meet his counterpart"),
    "a meeting of delegations in Turkish": ("tr", "Heyetler arası görüşmeler Muskat'ta yapıldı.", "görüşmeler Muskat'ta yapıldı"),
    "what was talked of in Turkish": ("tr", "Görüşmede tersane iş birliği ele alındı.", "Görüşmede tersane iş birliği ele alındı"),
    "an inspection in Turkish": ("tr", "Komutan, tersanede incelemelerde bulundu.", "incelemelerde bulundu"),
    "ministers that gather in Turkish": ("tr", "Üç ülkenin savunma bakanları Riga'da toplandı.", "bakanları Riga'da toplandı"),
    "a participle in Turkish": ("tr", "Rojas ile görüşen Alkan, teslimatı sordu.", "ile görüşen"),
    "a visit that is made in Turkish": ("tr", "Alkan, Kenya'ya iki günlük ziyaret gerçekleştirdi.", "ziyaret gerçekleştirdi"),
    "a journey for a visit in Turkish": ("tr", "Alkan, resmî ziyaret için Doha'ya gitti.", "ziyaret için Doha'ya gitti"),
    "how long it took in Turkish": ("tr", "Alkan ile Rojas arasındaki görüşme iki saat sürdü.", "arasındaki görüşme"),
    "an interview in Japanese": ("ja", "社長は国防省の幹部と面談した。", "面談"),
    "consultations in Japanese": ("ja", "首相は大統領と電話で協議した。", "協議し"),
    "views in Japanese": ("ja", "両氏は昼食をとりながら意見交換した。", "意見交換"),
    "talks that were held in Japanese": ("ja", "国防相会談が東京で行われた。", "会談"),
    "consultations that were held in Japanese": ("ja", "次官級協議がソウルで開かれた。", "協議"),
    "a plant that is seen in Japanese": ("ja", "大統領は工場を見学した。", "見学し"),
    "a visit in Japanese": ("ja", "調達庁の長官が同社を訪ねた。", "を訪ね"),
}  # fmt: skip
NOT_MET = {
    "a target": ("en", "The company met its delivery target in May."),
    "a requirement": ("en", "The drones met the army's requirements."),
    "standards": ("en", "The new radar is built to meet NATO standards."),
    "resistance": ("en", "Demand for shells will meet resistance in parliament."),
    "troops": ("en", "The exercise gathered 4,000 troops in Latvia."),
    "a minister's decision": ("en", "The firm welcomed the minister's decision."),
    "talks that were called off": ("en", "Talks between the two ministers were called off."),
    "consultations that are agreed on": ("en", "They agreed to open consultations between senior officials."),
    "preparations for a visit": ("en", "Preparations for a visit by the president go on."),
    "a bill in Turkish": ("tr", "Meclis tasarıyı yarın görüşecek."),
    "negotiations in Turkish": ("tr", "Katar, denizaltılar için Ege Tersanesi ile görüşüyor."),
    "who did not meet in Turkish": ("tr", "Alkan ile Rojas bir araya gelmedi."),
    "a fair's visitors in Turkish": ("tr", "Fuar 40 bin kişiyi ağırladı."),
    "data in Turkish": ("tr", "Veriler üç ülkede toplandı."),
    "parts in Turkish": ("tr", "İki parça bir araya gelerek gövdeyi oluşturuyor."),
    "a problem in Japanese": ("ja", "技術者は問題に出会った。"),
    "a visit that was called off in Japanese": ("ja", "山田防衛相のチリ訪問 中止"),
    "visitors in Japanese": ("ja", "訪問者数は3万人だった。"),
}  # fmt: skip
TO_COME = {
    "who is due to meet": ("en", "Kovel is due to meet her Kenyan counterpart on 3 May.", "talks: her Kenyan counterpart on 3 May"),
    "who is to visit": ("en", "General Tom Varga is to visit Kenya in March.", "visit: Tom Varga, Kenya"),
    "who will hold talks": ("en", "General Tom Varga will hold talks with the King.", "talks: Tom Varga, the King"),
    "who is to meet again": ("en", "The two sides are expected to meet again in June.", "talks"),
    "who will meet in Turkish": ("tr", "Mara Lindqvist yarın mevkidaşıyla görüşecek.", "talks: Mara Lindqvist"),
    "who will gather in Turkish": ("tr", "İki bakan haziranda bir araya gelecek.", "talks"),
    "whose visit is expected in Turkish": ("tr", "Bakanın Norveç'i ziyaret etmesi bekleniyor.", "visit: Norveç"),
    "who plans a visit in Japanese": ("ja", "山田防衛相は来週、ノルウェーを訪問する予定だ。", "visit: 山田, ノルウェー"),
    "who is to visit in Japanese": ("ja", "山田防衛相が10日からノルウェーを訪れる。", "visit: 山田, ノルウェー"),
    "a headline in Japanese": ("ja", "山田防衛相、来月ノルウェー訪問へ", "visit: 山田, ノルウェー"),
}  # fmt: skip
AGREED = {
    "a memorandum on something": ("en", "Norway and Chile signed a memorandum on ship repair.", "memorandum on ship repair"),
    "in short": ("en", "Both sides signed an MoU on drone production.", "MoU on drone production"),
    "between governments": ("en", "An intergovernmental agreement paves the way for the sale.", "intergovernmental agreement"),
    "a pact that is concluded": ("en", "Finland and Kenya concluded a pact on joint training.", "concluded a pact on joint training"),
    "an agreement that is reached": ("en", "The two reached an agreement on sharing radar data.", "reached an agreement on sharing radar data"),
    "a deal to do things together": ("en", "The ministers struck a deal to build shells together.", "struck a deal to build shells together"),
    "a headline without article": ("en", "AUKUS partners sign agreement on underwater drones", "sign agreement on underwater drones"),
    "a headline of who agrees": ("en", "Peru and Chile agree to design a small submarine", "agree to design a small submarine"),
    "a treaty": ("en", "The ministers signed a defence treaty in Oslo.", "signed a defence treaty"),
    "a declaration of intent": ("en", "The partners signed a declaration of intent on submarines.", "declaration of intent"),
    "access": ("en", "The countries signed a reciprocal access agreement.", "reciprocal access agreement"),
    "a plan": ("en", "The ministers agreed a plan to share spare parts.", "agreed a plan to share spare parts"),
    "on a day": ("en", "They agreed on Friday that a network comes first.", "agreed on Friday that a network comes first"),
    "in a case in Turkish": ("tr", "Taraflar teknoloji transferinde anlaştı.", "Taraflar teknoloji transferinde anlaştı"),
    "without an about in Turkish": ("tr", "İki şirket anlaşmaya vardı.", "İki şirket anlaşmaya vardı"),
    "with an ending in Turkish": ("tr", "Bakanlar savunma iş birliği anlaşmasını imzaladı.", "iş birliği anlaşmasını"),
    "a capital in Turkish": ("tr", "Çerçeve anlaşma Oslo'da imzalandı.", "Çerçeve anlaşma"),
    "for now in Turkish": ("tr", "Taraflar ön protokol imzaladı.", "ön protokol"),
    "between governments in Turkish": ("tr", "Hükümetler arası anlaşma imzalandı.", "Hükümetler arası anlaşma"),
    "a way ahead in Turkish": ("tr", "Yol haritası iki bakan tarafından imzalandı.", "Yol haritası"),
    "a headline in Japanese": ("ja", "両国、無人機の共同生産で合意", "無人機の共同生産で合意"),
    "a treaty in Japanese": ("ja", "両国は軍事協力条約に調印した。", "軍事協力条約"),
    "secrets in Japanese": ("ja", "両国は秘密情報保護協定を結んだ。", "秘密情報保護協定"),
    "a licence in Japanese": ("ja", "両社はライセンス契約を結んだ。", "ライセンス契約"),
    "a partnership in Japanese": ("ja", "両社は業務提携した。", "業務提携"),
    "between governments in Japanese": ("ja", "政府間合意に基づき、艦は譲渡される。", "政府間合意"),
}  # fmt: skip
NOT_AGREED = {
    "on a day alone": ("en", "Analysts agreed on Monday."),
    "with somebody": ("en", "The minister agreed with the opposition."),
    "who must agree": ("en", "Both states must agree to sell the jets."),
    "a purchase": ("en", "Chile signed an agreement for 20 jets."),
    "a draft": ("en", "Ankara and Tokyo draft memorandum on equipment"),
    "none reached": ("en", "The two sides did not reach an agreement on price."),
    "none reached in Turkish": ("tr", "Taraflar fiyat konusunda anlaşmaya varamadı."),
    "a quarrel in Turkish": ("tr", "Şirket ortaklık anlaşmazlığını mahkemeye taşıdı."),
    "a breach in Japanese": ("ja", "協定違反が問題になった。"),
    "none reached in Japanese": ("ja", "両国は価格で合意に至らなかった。"),
}  # fmt: skip


def read(finder: FewNames, kind: str, lang: str, text: str) -> list[Fact]:
    facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
    return [fact for fact in facts if fact.type == kind]


@pytest.mark.parametrize(("lang", "text", "words"), list(MET.values()), ids=list(MET))
def test_a_meeting_is_read_however_it_is_told(finder: FewNames, lang: str, text: str, words: str) -> None:
    (meeting,) = read(finder, "meeting", lang, text)
    assert words in meeting.mention


@pytest.mark.parametrize(("lang", "text"), list(NOT_MET.values()), ids=list(NOT_MET))
def test_what_only_sounds_like_a_meeting_is_none(values: Values, lang: str, text: str) -> None:
    assert values("meeting", lang, text) == []


@pytest.mark.parametrize(("lang", "text", "value"), list(TO_COME.values()), ids=list(TO_COME))
def test_a_meeting_to_come_is_an_expected_one(finder: FewNames, lang: str, text: str, value: str) -> None:
    (meeting,) = read(finder, "meeting", lang, text)
    assert meeting.hedge == "expected"
    assert str(meeting.value).startswith(value)


def test_a_meeting_that_was_is_no_expected_one(finder: FewNames) -> None:
    (meeting,) = read(finder, "meeting", "en", "General Tom Varga met the King on Monday.")
    assert meeting.hedge == "stated"


@pytest.mark.parametrize(("lang", "text", "words"), list(AGREED.values()), ids=list(AGREED))
def test_an_agreement_is_read_however_it_is_told(finder: FewNames, lang: str, text: str, words: str) -> None:
    (agreement,) = read(finder, "agreement", lang, text)
    assert words in agreement.mention


@pytest.mark.parametrize(("lang", "text"), list(NOT_AGREED.values()), ids=list(NOT_AGREED))
def test_what_only_sounds_like_an_agreement_is_none(values: Values, lang: str, text: str) -> None:
    assert values("agreement", lang, text) == []
