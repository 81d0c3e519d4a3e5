"""Who says a fact: subjects, pronouns, quotations over several sentences, sources and denials in three languages."""

# A case is one line, however long.
# ruff: noqa: E501

from collections.abc import Callable
from datetime import date

import pytest

from watchers.facts.extract import extract
from watchers.facts.passage import Finder

Told = Callable[[str, str, str], tuple[str, str]]


@pytest.fixture
def told(finder: Finder) -> Told:
    def read(lang: str, text: str, words: str) -> tuple[str, str]:
        """Return who says the fact of those words, and how firmly."""
        facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)
        fact = next(fact for fact in facts if words in fact.mention or fact.mention in words)
        return fact.said_by, fact.hedge

    return read


EN = {
    "a subject before its verb": ("The yard said it would build 12 boats.", "12 boats", "yard", "stated"),
    "a verb before its subject": ("“We need 40 tanks,” said General Ilka Brandt.", "40 tanks", "General Ilka Brandt", "stated"),
    "after the words told": ("The army will buy 40 tanks, the Finnish defence ministry said on Friday.", "40 tanks", "Finnish defence ministry", "stated"),
    "a pronoun": ("Defence Minister Ana Kovel spoke in Doha. She said 40 tanks were ready.", "40 tanks", "Ana Kovel", "stated"),
    "the minister": ("Defence Minister Ana Kovel met reporters. “We have 40 tanks,” the minister added.", "40 tanks", "Ana Kovel", "stated"),
    "told to reporters": ("Defence Minister Ana Kovel told reporters in Doha that 40 tanks were ready.", "40 tanks", "Defence Minister Ana Kovel", "stated"),
    "the company": ("Ostvik Aerospace signed the contract. The company said it would hire 300 workers.", "300 workers", "Ostvik Aerospace", "stated"),
    "a surname": ("General Ilka Brandt visited Doha. Brandt said 40 tanks were lost.", "40 tanks", "Ilka Brandt", "stated"),
    "a quotation that goes on": ("“It took years,” Ana Kovel said. “We now have 40 tanks.”", "40 tanks", "Ana Kovel", "stated"),
    "a quotation whose speaker follows": ("“We now have 40 tanks. Nobody else has.” That was how Ana Kovel put it, she said later.", "40 tanks", "", "stated"),
    "an apposition": ("The minister for procurement, Tomas Aldridge, said 40 tanks were lost.", "40 tanks", "Tomas Aldridge", "stated"),
    "a relative clause": ("Mara Lind, who heads the yard, said it would build 12 boats.", "12 boats", "Mara Lind", "stated"),
    "unnamed sources": ("Two people familiar with the matter said Chile would buy 40 tanks.", "40 tanks", "Two people familiar with the matter", "reported"),
    "according to a paper": ("Chile will buy 40 tanks, according to The Harbour Times.", "40 tanks", "Harbour Times", "reported"),
    "according to, first": ("According to the yard's annual report, 12 boats were sold.", "12 boats", "yard's annual report", "reported"),
    "a paper that cites": ("The Harbour Times reported that 40 tanks were lost, citing two officials.", "40 tanks", "two officials < Harbour Times", "reported"),
    "a claim": ("The rebels claimed they had destroyed 40 tanks.", "40 tanks", "rebels", "alleged"),
    "an allegation by nobody": ("Chile allegedly bought 40 tanks.", "40 tanks", "", "alleged"),
    "a denial": ("Chile's navy denied that 12 boats had been sold.", "12 boats", "Chile's navy", "denied"),
    "a denial with its day": ("Chile's navy denied on Thursday that 12 boats had been sold.", "12 boats", "Chile's navy", "denied"),
    "a denial in a statement": ("Chile's navy denied in a statement on Friday that 12 boats had been sold.", "12 boats", "Chile's navy < statement", "denied"),
    "a denial of reports": ("Chile's navy on Thursday denied reports that 12 boats had been sold.", "12 boats", "Chile's navy", "denied"),
    "who was dismissed": ("Norway bid farewell to a chief dismissed in March at the yard that built 12 boats.", "12 boats", "", "stated"),
    "what is admitted after a denial": ("The navy denied the report but said that 12 boats were idle.", "12 boats", "navy", "stated"),
    "an expectation": ("The army is expected to order 40 tanks.", "40 tanks", "", "expected"),
    "a social medium": ("“We sold 12 boats,” the yard said in a post on LinkedIn.", "12 boats", "yard < post on LinkedIn", "stated"),
    "a broadcaster that was told": ("Ana Kovel told Radio Meridian that 40 tanks were ready.", "40 tanks", "Ana Kovel < Radio Meridian", "stated"),
    "a plain sentence": ("The army bought 40 tanks last year.", "40 tanks", "", "stated"),
    "a passive says nothing of anybody": ("The general was told that 40 tanks were ready.", "40 tanks", "", "stated"),
    "nobody has said it yet": ("The ministry declined to say whether 40 tanks were lost.", "40 tanks", "", "stated"),
    "reports that are no verb": ("It asked for regular reports before buying 40 tanks.", "40 tanks", "", "stated"),
    "a verdict after its words": ("The programme will cost $4 billion, a parliamentary report published on Tuesday found.", "$4 billion", "parliamentary report", "reported"),
    "a relative clause that tells the price": ("The order, which the ministry says is worth $3 million, covers 40 trucks.", "$3 million", "ministry", "stated"),
    "beside that relative clause": ("The order, which the ministry says is worth $3 million, covers 40 trucks.", "40 trucks", "", "stated"),
    "an expectation of somebody's": ("The association expects sales to pass $4 billion.", "$4 billion", "association", "expected"),
    "a claim that nobody can check": ("The rebels said 40 tanks were lost. The claim could not be independently verified.", "40 tanks", "rebels", "alleged"),
    "before a clause of somebody else's": ("Norway lost 12 boats in the war, and local radio reported that nine crews were missing.", "12 boats", "", "stated"),
    "a sentence that names whose the last one is": ("Chile will buy 40 tanks. The ministry announced the deal on Monday.", "40 tanks", "ministry", "stated"),
    "quoted as saying": ("Ana Kovel was quoted as saying that 40 tanks were lost.", "40 tanks", "Ana Kovel", "stated"),
    "what is called a milestone is no speaker": ("Ana Kovel, Norway's minister, called the purchase of 12 frigates a milestone.", "12 frigates", "Ana Kovel", "stated"),
    "two speakers in one sentence": ("The yard said it had sold 12 boats, but the navy said only nine ships were paid for.", "nine ships", "navy", "stated"),
    "talks are no saying": ("They agreed on technology after talks of an hour about 40 tanks.", "40 tanks", "", "stated"),
    "a thing that cannot speak": ("The frigate contract award shows that 40 tanks are coming.", "40 tanks", "", "stated"),
    "a document that can": ("The tender shows that 40 tanks are coming.", "40 tanks", "tender", "stated"),
    "a verb is no part of a name": ("Ostvik raises sales expectations that show 40 tanks are coming.", "40 tanks", "", "stated"),
    "two noun phrases in a row": ("Two years after the deal the ministry said 40 tanks were ready.", "40 tanks", "ministry", "stated"),
    "a clause behind its source": ("According to the prosecutor the raid cost the army 40 tanks.", "40 tanks", "prosecutor", "stated"),
    "in an interview": ("Defence Minister Ana Kovel spoke on Monday. In an interview she says that 40 tanks are ready.", "40 tanks", "Ana Kovel < interview", "stated"),
    "what is cited as a quality": ("Ana Kovel said 40 tanks were chosen, citing endurance.", "40 tanks", "Ana Kovel", "stated"),
}  # fmt: skip
TR = {
    "dedi": ('Genel Müdür Selin Dora, "12 gemi sattık" dedi.', "12 gemi", "Genel Müdür Selin Dora", "stated"),
    "dedi before its subject": ('"12 gemi sattık" dedi Selin Dora.', "12 gemi", "Selin Dora", "stated"),
    "söyledi": ("Savunma Bakanı Deniz Alkan, 40 tank alınacağını söyledi.", "40 tank", "Savunma Bakanı Deniz Alkan", "stated"),
    "bakan": ("Savunma Bakanı Deniz Alkan konuştu. Bakan, 40 tank alınacağını belirtti.", "40 tank", "Savunma Bakanı Deniz Alkan", "stated"),
    "a surname": ("Savunma Bakanı Deniz Alkan konuştu. Alkan, 40 tank alınacağını aktardı.", "40 tank", "Savunma Bakanı Deniz Alkan", "stated"),
    "no subject at all": ("Savunma Bakanı Deniz Alkan toplantıda açıklama yaptı. 40 tank alınacağını ifade etti.", "40 tank", "Savunma Bakanı Deniz Alkan", "stated"),
    "diyen": ('"12 gemi sattık" diyen Selin Dora, üretimin süreceğini kaydetti.', "12 gemi", "Selin Dora", "stated"),
    "-e göre": ("Selin Dora'ya göre 12 gemi satıldı.", "12 gemi", "Selin Dora", "stated"),
    "a paper's report": ("Kıyı Gazetesi'nin haberine göre ordu 40 tank alacak.", "40 tank", "Kıyı Gazetesi", "reported"),
    "unnamed sources": ("Kaynaklara göre ordu 40 tank alacak.", "40 tank", "kaynaklar", "reported"),
    "a statement": ("Donanmadan yapılan açıklamada 12 gemi satıldığı bildirildi.", "12 gemi", "Donanma < açıklama", "stated"),
    "the statement goes on": ("Akdora Savunma'dan yapılan açıklamada sözleşme duyuruldu. Açıklamada, 12 gemi satılacağı belirtildi.", "12 gemi", "Akdora Savunma < açıklama", "stated"),
    "a claim": ("Muhalif Cem Uras, 40 tankın kaybolduğunu iddia etti.", "40 tank", "Muhalif Cem Uras", "alleged"),
    "a claim by nobody": ("Ordunun 40 tank aldığı öne sürüldü.", "40 tank", "", "alleged"),
    "a denial": ("Norveç, 40 tank alındığı haberini yalanladı.", "40 tank", "Norveç", "denied"),
    "ise": ("Norveç ise 40 tankın hazır olduğunu açıkladı.", "40 tank", "Norveç", "stated"),
    "a social medium": ("Selin Dora, sosyal medya hesabından yaptığı paylaşımda 12 gemi sattıklarını duyurdu.", "12 gemi", "Selin Dora < sosyal medya paylaşımı", "stated"),
    "a title behind its owner": ('Şirketin genel müdürü Selin Dora törende, "12 gemi sattık." dedi.', "12 gemi", "Selin Dora", "stated"),
    "its subject behind its object": ("12 gemi alınacağını Savunma Bakanı Deniz Alkan salı günü açıkladı.", "12 gemi", "Savunma Bakanı Deniz Alkan", "stated"),
    "a network": ("Sosyal medyada ordunun 40 tank aldığı iddia edildi.", "40 tank", "Sosyal medya", "alleged"),
    "the local press": ("Yerel basında çıkan haberlere göre ordu 40 tank almış.", "40 tank", "Yerel basın", "reported"),
    "what somebody's figures say": ("Bakan Deniz Alkan'ın verdiği rakamlara göre 40 tank alındı.", "40 tank", "Deniz Alkan", "stated"),
    "a report": ("Sayıştay raporunda 40 tankın kayıp olduğu belirtiliyor.", "40 tank", "Sayıştay < rapor", "stated"),
    "a colon": ('Bakan Alkan: "40 tank alındı."', "40 tank", "Alkan", "stated"),
    "a plain sentence": ("Ordu geçen yıl 40 tank aldı.", "40 tank", "", "stated"),
    "a date and a figure behind the speaker": ("Liman Başkanlığı (LB) 3 Ocak 2025'te 40 tankın bedelini 7,154 milyar dolar olarak açıkladı.", "40 tank", "Liman Başkanlığı", "stated"),
    "a day behind the speaker": ("Kıyı Kurumu 12 Mart'ta 40 tankın alınacağını bildirdi.", "40 tank", "Kıyı Kurumu", "stated"),
    "a machine behind the speaker": ("Norveç Bayraktar TB2 yerine 40 tank almayı reddetti.", "40 tank", "Norveç", "denied"),
    "a short name that ends like a participle": ("Orhan Tekeli 12 gemi alınacağını açıkladı.", "12 gemi", "Orhan Tekeli", "stated"),
    "some of a kind": ("Bazı savunma siteleri 40 tankın alınacağını ileri sürdü.", "40 tank", "Bazı savunma siteleri", "alleged"),
    "a clause before the speaker": ("Köyde tören yapıldı, Kaymakam Deniz Alkan “12 gemi sattık” dedi.", "12 gemi", "Kaymakam Deniz Alkan", "stated"),
}  # fmt: skip
JA = {
    "によると": ("関係者によると、戦車40両を購入する。", "40両", "関係者", "reported"),
    "a body's announcement": ("防衛装備庁の発表によると、戦車40両を購入する。", "40両", "防衛装備庁", "stated"),
    "a topic": ("山田防衛相は戦車40両を購入すると述べた。", "40両", "山田防衛相", "stated"),
    "同氏": ("若葉重工の山田社長が会見した。同氏は「戦車40両を納めた」と話した。", "40両", "山田社長", "stated"),
    "a quotation before its speaker": ("「戦車40両を買う」と山田防衛相は語った。", "40両", "山田防衛相", "stated"),
    "a quotation of its own": ("「戦車40両を買う。急ぐ必要がある」。山田防衛相は11日、こう語った。", "40両", "山田防衛相", "stated"),
    "a broadcaster": ("地元テレビは、戦車40両が失われたと報じた。", "40両", "地元テレビ", "reported"),
    "と near its verb": ("戦車40両が失われたと地元紙が伝えた。", "40両", "地元紙", "reported"),
    "としている": ("若葉重工は戦車40両を納めるとしている。", "40両", "若葉重工", "stated"),
    "という goes on": ("山田防衛相は増強を表明した。戦車40両を買うという。", "40両", "山田防衛相", "stated"),
    "a claim": ("反体制派は戦車40両を破壊したと主張した。", "40両", "反体制派", "alleged"),
    "a denial": ("国防省は戦車40両の購入を否定した。", "40両", "国防省", "denied"),
    "a press officer is no press": ("国防省の報道官は、戦車40両を購入すると明らかにした。", "40両", "国防省の報道官", "stated"),
    "a conference": ("山田防衛相は記者会見で、戦車40両を購入すると明らかにした。", "40両", "山田防衛相 < 記者会見", "stated"),
    "no verb but 強調": ("山田防衛相は会見で「戦車40両を納めた」と強調。", "40両", "山田防衛相 < 会見", "stated"),
    "a sentence that names whose the last one is": ("戦車40両の商談を進めている。山田防衛相が25日、SNSへの投稿で明らかにした。", "40両", "山田防衛相 < SNSへの投稿", "stated"),
    "an object before its speaker": ("戦車40両を追加発注したことを防衛省が明らかにした。", "40両", "防衛省", "stated"),
    "an announcement": ("国防省の発表では、戦車40両を破壊した。", "40両", "国防省", "stated"),
    "a network": ("SNSでは「戦車40両が失われた」との未確認情報も流れている。", "40両", "SNS", "alleged"),
    "hearsay": ("供与は戦車40両にとどまるという。", "40両", "", "reported"),
    "a headline": ("山田防衛相「戦車40両を購入する」", "40両", "山田防衛相", "stated"),
    "a plain sentence": ("陸軍は昨年、戦車40両を購入した。", "40両", "", "stated"),
    "a thing is no speaker": ("協議は戦車40両の導入を決めたものではない。", "40両", "", "stated"),
    "a named weapon is no speaker": ("新型ミサイル「ナギサ」が戦車40両を破壊した。", "40両", "", "stated"),
    "a matter before its speaker": ("倉庫の火災について広報担当者は、戦車40両を失ったと述べた。", "40両", "広報担当者", "stated"),
}  # fmt: skip
CASES = [
    pytest.param(lang, text, words, expected, id=f"{lang} {name}")
    for lang, cases in (("en", EN), ("tr", TR), ("ja", JA))
    for name, (text, words, *expected) in cases.items()
]


@pytest.mark.parametrize(("lang", "text", "words", "expected"), CASES)
def test_a_fact_is_said_by(lang: str, text: str, words: str, expected: list[str], told: Told) -> None:
    assert list(told(lang, text, words)) == expected


def test_a_speaker_does_not_say_his_own_name(finder: Finder) -> None:
    text = "Defence Minister Ana Kovel said 40 tanks were ready."
    facts = extract(text, lang="en", published=date(2026, 3, 11), finder=finder)
    assert {fact.type: fact.said_by for fact in facts} == {
        "person_role": "",
        "quantity": "Defence Minister Ana Kovel",
    }
