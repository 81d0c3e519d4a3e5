"""Ways of saying things that were misread in paragraphs nobody had read before, a class of them a row."""

# A row of the tables stays on its line.
# ruff: noqa: E501

import pytest

from tests.watchers.facts.conftest import Values

READ = [
    pytest.param("money", "en", "Arden won an order worth €1,25 billion.", "1250000000 EUR", id="decimal comma"),
    pytest.param("money", "en", "It cost $2,5 million.", "2500000 USD", id="decimal comma and a sign"),
    pytest.param("money", "en", "Arden got a 12.5 billion-krone order.", "12500000000 NOK", id="one of a currency"),
    pytest.param("money", "tr", "Şirkete 14,6 milyon leva ceza kesildi.", "14600000 BGN", id="a currency's plural"),
    pytest.param("quantity", "en", "Chile ordered another dozen tanks.", "12", id="another dozen"),
    pytest.param("quantity", "en", "Chile will double its fleet of tanks to two dozen.", "24", id="how many there will be"),
    pytest.param("quantity", "en", "Two of the 54 that Oman ordered arrived.", "54", id="the 54 that"),
    pytest.param("quantity", "en", "Chile bought 1,300 of the weapons.", "1300", id="of the weapons"),
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
    pytest.param("ja", "引き渡しは後ずれした。", "delayed", id="a word that stood in another table"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "lang", "text", "expected"), READ)
def test_what_is_said_so_is_read(values: Values, kind: str, lang: str, text: str, expected: str) -> None:
    assert ", ".join(values(kind, lang, text)) == expected


@pytest.mark.parametrize(("lang", "text", "expected"), STATUSES)
def test_what_became_of_a_deal_is_read(values: Values, lang: str, text: str, expected: str) -> None:
    assert ", ".join(values("status", lang, text)) == expected
