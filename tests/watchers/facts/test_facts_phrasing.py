"""Ways of saying things that were misread in paragraphs nobody had read before, a class of them a row."""

# A row of the tables stays on its line.
# ruff: noqa: E501

from datetime import date

import pytest

from tests.watchers.facts.conftest import FewNames, Values
from watchers.facts.extract import extract

READ = [
    pytest.param("money", "en", "Arden won an order worth €1,25 billion.", "1250000000 EUR", id="decimal comma"),
    pytest.param("money", "en", "It cost $2,5 million.", "2500000 USD", id="decimal comma and a sign"),
    pytest.param("money", "en", "Arden got a 12.5 billion-krone order.", "12500000000 NOK", id="one of a currency"),
    pytest.param("money", "tr", "Şirkete 14,6 milyon leva ceza kesildi.", "14600000 BGN", id="a currency's plural"),
    pytest.param("quantity", "en", "Chile ordered another dozen tanks.", "12", id="another dozen"),
    pytest.param("quantity", "en", "Chile will double its fleet of tanks to two dozen.", "24", id="how many there will be"),
    pytest.param("quantity", "en", "Two of the 54 that Oman ordered arrived.", "54", id="the 54 that"),
    pytest.param("quantity", "en", "Chile bought 1,300 of the weapons.", "1300", id="of the weapons"),
    pytest.param("quantity", "en", "Chile cut its order from 36 to 30 because of costs.", "36, 30", id="from how many to how many"),
    pytest.param("party", "en", "The leaders signed the Linden House agreement in Doha.", "", id="what is signed has a name"),
    pytest.param("quantity", "tr", "Umman'dan 12 ikinci el Karatay alınacak.", "12", id="second hand"),
    pytest.param("party", "en", "Arden Systems reported a backlog of $25 billion.", "Arden Systems", id="a firm that reports"),
    pytest.param("party", "en", "Arden got an order for the production of 12 jets for Chile.", "Chile", id="for whom they are built"),
    pytest.param("party", "ja", "取得先をデルフォンテックなど3社に決めた。", "デルフォンテック", id="and others"),
    pytest.param("person_role", "en", "Defence Minister Ana Brink spoke to Norwegian counterpart Ola Moen.", "Ana Brink; Defence Minister, Ola Moen; Defence Minister; Norwegian", id="no pronoun"),
    pytest.param("location", "en", "Guns will guard the port of Antwick.", "Antwick", id="the port of"),
    pytest.param("agreement", "en", "He denied that Doha had agreed to host a base.", "", id="an agreement denied"),
    pytest.param("agreement", "en", "He stopped short of agreeing to host a base.", "", id="short of an agreement"),
    pytest.param("quantity", "en", "Two air force officers acknowledged the order.", "", id="who says so"),
    pytest.param("quantity", "en", "A motion to halt the purchase of parts fell by 78 votes to 72.", "", id="votes"),
    pytest.param("money", "en", "It dropped two 500-pound bombs and weighs 85 pounds.", "", id="pounds of weight"),
    pytest.param("money", "en", "Support costs 3 million pounds.", "3000000 GBP", id="pounds of money"),
    pytest.param("money", "tr", "145 milyon Yeni Zelanda doları ödenecek.", "145000000 NZD", id="another dollar"),
    pytest.param("party", "ja", "オランダ下院は支出を可決した。", "オランダ下院", id="a lower house"),
    pytest.param("date", "tr", "Yılın ilk yarısında ihracat arttı.", "2026-H1", id="half of the year"),
    pytest.param("date", "tr", "Karar salı günkü toplantıda alındı.", "2026-03-10", id="of Tuesday"),
    pytest.param("quantity", "tr", "Üç gemilik sözleşme imzalandı.", "3", id="a letter that English lacks"),
    pytest.param("platform", "ja", "韓国製のチョンドゥ16基を選定した。", "チョンドゥ", id="counted like a machine"),
    pytest.param("quantity", "tr", "Pakette bir düzine tank var.", "12", id="a dozen in Turkish"),
    pytest.param("quantity", "tr", "Yedi aracın teslimatı tamamlandı.", "7", id="a number that opens a sentence"),
    pytest.param("platform", "tr", "Yedi aracın teslimatı tamamlandı.", "", id="a number is no name"),
    pytest.param("platform", "ja", "川西重工は哨戒機P1を4機納入する。", "P1", id="a letter and a digit behind their kind"),
    pytest.param("platform", "ja", "歩兵戦闘車リンクス246両を受注した。", "リンクス", id="a kind of vehicle"),
    pytest.param("party", "en", "Signing is planned for the autumn.", "", id="a deed is no party"),
    pytest.param("party", "en", "Arden Corp., Fort Hall, Texas, is awarded a contract.", "Arden Corp.", id="where a firm is"),
    pytest.param("party", "en", "A possible Foreign Military Sale to Finland was approved.", "Finland", id="a buyer in capitals"),
    pytest.param("party", "tr", "Baykar 2028'e kadar 60 SİHA teslim edecek.", "Baykar", id="what is counted"),
    pytest.param("person_role", "en", "He saw spokesman C. Mark Brink on Monday.", "C. Mark Brink; Spokesperson", id="an initial first"),
    pytest.param("meeting", "tr", "Genel Kurul tezkereyi 331 oyla kabul etti.", "", id="a bill is no guest"),
    pytest.param("person_role", "ja", "斎藤誠海上幕僚長が述べた。", "斎藤誠; Chief of Staff, Maritime Self-Defense Force", id="an office of six signs"),
    pytest.param("quantity", "tr", "Tankların 12'si teslim edildi, kalan 8'i yolda.", "12, 8", id="a part of them"),
    pytest.param("quantity", "tr", "Paketten 20'si yeni, 24'ü ikinci el olacak.", "20, 24", id="and another part"),
    pytest.param("platform", "tr", "İlk 60 araç yola çıktı.", "", id="a figure is no name"),
    pytest.param("location", "tr", "Füze Rize açıklarında atıldı.", "Rize", id="off a coast"),
    pytest.param("location", "tr", "Araçlar Sakarya'dan yola çıktı.", "Sakarya", id="from where"),
    pytest.param("location", "en", "Analysts at Jeffers had expected more.", "", id="at work"),
    pytest.param("date", "en", "The committee will hear Gen. Tom Varga on Dec 2.", "2026-12-02", id="a stop in a rank"),
    pytest.param("meeting", "tr", "Bakan, konuk heyeti makamında kabul etti.", "visit", id="a guest is"),
]  # fmt: skip

STATUSES = [
    pytest.param("en", "Arden won a $1.2 billion contract.", "awarded", id="a stop in an amount"),
    pytest.param("en", "He spoke of frozen Russian assets.", "", id="frozen assets delay nothing"),
    pytest.param("en", "She dismissed reports that a contract had been concluded.", "denied", id="dismissed"),
    pytest.param("en", "The deal stands, he said, dismissing media reports that it had been cancelled.", "denied", id="dismissing"),
    pytest.param("en", "Ottawa has short-listed two yards.", "selected", id="a hyphen"),
    pytest.param("en", "Parliament voted 98 to 24 to ratify the treaty.", "approved", id="how they voted"),
    pytest.param("en", "Congress was notified the same day.", "notified", id="who was notified"),
    pytest.param("en", "Ottawa has not ruled out a split buy.", "", id="not ruled out"),
    pytest.param("ja", "導入を決定した事実はない。", "no_decision", id="denied as a noun"),
    pytest.param("ja", "購入計画を承認した。", "approved", id="a plan that is approved"),
    pytest.param("ja", "購入した戦車の引き渡しが完了した。", "delivered", id="what describes a noun"),
    pytest.param("ja", "交渉額は約150億ユーロとみられる。", "", id="an estimate of money"),
    pytest.param("ja", "購入交渉を中断した。", "delayed", id="broken off for now"),
    pytest.param("ja", "5機を購入すると表明した。", "planned", id="will buy"),
    pytest.param("en", "No breakthrough is expected at the summit.", "", id="nothing is expected"),
    pytest.param("en", "Arden neither confirmed nor denied the report.", "", id="not denied"),
    pytest.param("en", "Of the 36 bids received, 14 were late.", "", id="bids are no delivery"),
    pytest.param("en", "The country had received positive signals on jets.", "", id="nor are signals"),
    pytest.param("en", "The ministry has ordered a 45-day review.", "", id="a review is no purchase"),
    pytest.param("en", "Arden won't sell the tank.", "denied", id="won't"),
    pytest.param("tr", "Anlaşmanın imzalanıp imzalanmayacağı belirsiz.", "", id="whether or not"),
    pytest.param("tr", "100 araç teslim edilmiş olacak.", "", id="will have been"),
    pytest.param("tr", "Taraflar mutabakat zaptı imzalamadı.", "not_signed", id="did not sign"),
    pytest.param("ja", "提携を否定していない。", "", id="not denied in Japanese"),
    pytest.param("en", "The first flight, planned for May, was put off.", "planned, delayed", id="a flight that was not"),
    pytest.param("tr", "Bakanlık iddiaları gerçek dışı diye niteledi.", "denied", id="unreal"),
    pytest.param("en", "What to expect from the fair.", "", id="what to expect"),
    pytest.param("en", "Arden's first-quarter orders more than double.", "", id="orders that double"),
    pytest.param("en", "The first is wanted in service by 2027.", "", id="not yet in service"),
    pytest.param("en", "A firm order may follow in 2027.", "", id="no order yet"),
    pytest.param("en", "Oman will not proceed with the purchase.", "cancelled", id="not go on"),
    pytest.param("tr", "Bakan, Varga'yı makamında kabul etti.", "", id="a guest is not approved"),
    pytest.param("tr", "Ülkede lisans altında üretilen uçak uçtu.", "", id="under licence"),
    pytest.param("ja", "購入に向け最終調整に入った。", "considering", id="the last touches"),
    pytest.param("ja", "装甲車の受け取りを終えた。", "delivered", id="took the last"),
    pytest.param("ja", "引き渡しは後ずれした。", "delayed", id="a word that stood in another table"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "lang", "text", "expected"), READ)
def test_what_is_said_so_is_read(values: Values, kind: str, lang: str, text: str, expected: str) -> None:
    assert ", ".join(values(kind, lang, text)) == expected


@pytest.mark.parametrize(("lang", "text", "expected"), STATUSES)
def test_what_became_of_a_deal_is_read(values: Values, lang: str, text: str, expected: str) -> None:
    assert ", ".join(values("status", lang, text)) == expected


@pytest.mark.parametrize(
    ("lang", "text", "mention", "role"),
    [
        pytest.param(
            "en",
            "The first of three tanks for Chile is to be built at home.",
            "Chile",
            "",
            id="what is built",
        ),
        pytest.param(
            "ja",
            "1日付で試作契約（456億円）を結んだ。",
            "456億円",
            "deal_value",
            id="a day in front of a bracket",
        ),
        pytest.param(
            "ja", "売却額は36億ドル（約5400億円）。", "約5400億円", "conversion", id="a sum in front of it"
        ),
        pytest.param(
            "en",
            "It cost 52 billion crowns, or 2.1 billion euros.",
            "2.1 billion euros",
            "conversion",
            id="or",
        ),
    ],
)
def test_what_somebody_or_an_amount_is_in_a_deal(
    finder: FewNames, lang: str, text: str, mention: str, role: str
) -> None:
    facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
    assert [fact.role for fact in facts if fact.mention == mention] == [role]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        pytest.param("Arden aims to hand over 100 tanks.", "", id="hand over"),
        pytest.param("Chile has over 100 tanks.", "min", id="over"),
    ],
)
def test_what_is_handed_over_is_not_more_than_it_says(finder: FewNames, text: str, bound: str) -> None:
    facts = extract(text, lang="en", published=date(2026, 3, 11), finder=finder)
    assert [fact.bound for fact in facts if fact.type == "quantity"] == [bound]
