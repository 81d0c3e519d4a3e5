"""Each kind of fact in three languages: what is read, and what must not be."""

# A case is one line, however long.
# ruff: noqa: E501

from collections.abc import Callable

import pytest

Values = Callable[[str, str, str], list[str]]

READ = {
    "money with a sign and a word": ("money", "en", "It will cost $3.25 billion.", ["3250000000 USD"]),
    "money with a code": ("money", "en", "The yard got NOK 412m for it.", ["412000000 NOK"]),
    "crore": ("money", "en", "The deal is worth ₹1,250 crore.", ["12500000000 INR"]),
    "a range that shares its unit": ("money", "en", "Between 5 and 6 million euros were paid.", ["5000000-6000000 EUR"]),
    "half a billion": ("money", "en", "They want half a billion dollars.", ["500000000 USD"]),
    "an amount that inherits its currency": ("money", "en", "It got €40 million, not the 55 million it had sought.", ["40000000 EUR", "55000000 EUR"]),
    "Turkish commas": ("money", "tr", "Bedel 1.234,5 milyon avro.", ["1234500000 EUR"]),
    "Turkish compound amounts": ("money", "tr", "İhracat 3 milyar 250 milyon dolara çıktı.", ["3250000000 USD"]),
    "Japanese myriads": ("money", "ja", "総額は2兆3456億円だった。", ["2345600000000 JPY"]),
    "a share's price is no deal": ("money", "en", "The shares rose to $41.20 at the close.", []),
    "a Japanese share price": ("money", "ja", "株価は2940円で終えた。", []),
    "a count of machines": ("quantity", "en", "The army will get 36 light howitzers.", ["36"]),
    "a count in words": ("quantity", "en", "Twenty-two trainers were sold.", ["22"]),
    "counts without a noun": ("quantity", "en", "Deliveries: six will be handed over, nine in 2028 and 12 in 2029.", ["6", "9", "12"]),
    "a Turkish count": ("quantity", "tr", "Ordu 1.200 adet mühimmat aldı.", ["1200"]),
    "a Turkish count with adjectives": ("quantity", "tr", "16 genel maksat helikopteri alınacak.", ["16"]),
    "Japanese counters": ("quantity", "ja", "戦車三両と無人機１２機を送る。", ["3", "12"]),
    "a time is no count": ("quantity", "en", "The flight lasted 27 hours over ten years.", []),
    "a distance is no count": ("quantity", "tr", "Füze 310 kilometre uçtu, 40 dakika sürdü.", []),
    "a vague number is none": ("quantity", "en", "Several thousand rounds and a handful of drones arrived.", []),
    "tens of Japanese machines are vague": ("quantity", "ja", "数十機を想定する。", []),
    "a telephone counts nothing": ("quantity", "en", "Call 0800 555 0123 or +44 20 5555 0188 now.", []),
    "a contract number counts nothing": ("quantity", "en", "Contract W58RGZ-26-C-0071 was changed.", []),
    "sources are not counted": ("quantity", "en", "Two people familiar with the plan said so.", []),
    "a percentage": ("percentage", "en", "Costs rose 12.5 per cent.", ["12.5"]),
    "percentage points": ("percentage", "en", "It fell by 0.4 percentage points.", ["0.4pp"]),
    "a fraction in words": ("percentage", "en", "Nine-tenths of it is local.", ["90"]),
    "a Turkish percentage": ("percentage", "tr", "Yerlilik yüzde 82'ye çıktı.", ["82"]),
    "Japanese tenths": ("percentage", "ja", "国産比率は7割だ。", ["70"]),
    "a share's move is dropped": ("percentage", "en", "Shares in the yard fell 3 percent.", []),
    "a designation before its digits": ("platform", "en", "The XR-9B flew.", ["XR-9B"]),
    "a class of ships": ("platform", "en", "Two Corvin-class frigates were laid down.", ["Corvin-class"]),
    "a name before its noun": ("platform", "en", "They bought six Harrow attack helicopters.", ["Harrow"]),
    "a wheeled vehicle": ("platform", "en", "The Badur 8x8 passed.", ["Badur 8x8"]),
    "a Turkish name before its noun": ("platform", "tr", "Sekiz adet Doruk muharip uçağı geldi.", ["Doruk"]),
    "a Japanese name before its noun": ("platform", "ja", "新たにヒグラシ無人機を導入する。", ["ヒグラシ"]),
    "a Japanese type": ("platform", "ja", "しらぬい型護衛艦が進水した。", ["しらぬい型"]),
    "nationality is no name": ("platform", "en", "Turkish drones and French tanks were shown.", []),
    "a summit is no machine": ("platform", "en", "The G20 met in Q4 after COVID-19.", []),
    "a minister before her name": ("person_role", "en", "Defence Minister Ana Kovel spoke.", ["Ana Kovel; Defence Minister"]),
    "a name before its office": ("person_role", "en", "Tom Varga, chief executive of Airlift, agreed.", ["Tom Varga; Chief Executive; Airlift"]),
    "a Turkish minister": ("person_role", "tr", "Savunma Bakanı Deniz Alkan konuştu.", ["Deniz Alkan; Defence Minister"]),
    "a Japanese minister": ("person_role", "ja", "会談で山田防衛相は述べた。", ["山田; Defence Minister"]),
    "a country before a Japanese office is no name": ("person_role", "ja", "英首相と各国大統領が集まった。", []),
    "a firm by its ending": ("party", "en", "Ostvik Aerospace signed the contract.", ["Ostvik Aerospace"]),
    "a firm by what it does": ("party", "en", "The navy awarded Ferrand a contract.", ["Ferrand"]),
    "a Turkish firm": ("party", "tr", "Demirkol Savunma A.Ş. ihaleyi kazandı.", ["Demirkol Savunma A.Ş."]),
    "a Japanese firm": ("party", "ja", "契約は若葉重工が受注した。", ["若葉重工"]),
    "a newspaper is no party": ("party", "en", "According to The Harbour Times, the deal is off.", []),
    "an unknown town": ("location", "en", "The hull was built in Varnholm.", ["Varnholm"]),
    "a Turkish town": ("location", "tr", "Tören Yalova'da yapıldı.", ["Yalova"]),
    "a month is no town": ("location", "en", "It was shown in October.", []),
    "a quotation": ("quote", "en", "“We have no money for a second batch,” she said.", ["We have no money for a second batch"]),
    "a term in marks is no quotation": ("quote", "en", "The so-called “drone wall” grows.", []),
    "a Japanese quotation": ("quote", "ja", "「予算の上限は変えない」と述べた。", ["予算の上限は変えない"]),
    "a Japanese name in marks": ("quote", "ja", "「シールド」計画を進める。", []),
    "Turkish thousands after millions": ("money", "tr", "Hizmet için 2 milyon 400 bin liraya anlaştılar.", ["2400000 TRY"]),
    "a Turkish amount with a derived currency": ("money", "tr", "3 milyar 250 milyon dolarlık paket geçti.", ["3250000000 USD"]),
    "an amount in Title Case": ("money", "en", "Yard Wins $2.3 Billion Order", ["2300000000 USD"]),
    "harvests are no things": ("quantity", "en", "The drones pay for themselves in two harvests.", []),
    "seasons, games and goals are no things": ("quantity", "en", "They scored 30 goals in three games over two seasons.", []),
    "rounds of a fight are no ammunition": ("quantity", "en", "He was knocked out after eight rounds.", []),
    "rounds that are bought are": ("quantity", "en", "The army ordered 9,000 rounds.", ["9000"]),
    "a part of a fleet": ("quantity", "en", "They grounded 14 of its transport helicopters.", ["14"]),
    "officers named before are not counted again": ("quantity", "en", "The two officers signed.", []),
    "Turkish harvests are no things": ("quantity", "tr", "Tank iki hasatta parasını çıkarır.", []),
    "Turkish governments are not counted": ("quantity", "tr", "Üç hükümet değişti, proje sürüyor.", []),
    "a Turkish noun that is bought": ("quantity", "tr", "Donanma üç hücumbot sipariş etti.", ["3"]),
    "a count beside a Japanese name": ("quantity", "ja", "無人機ヒグラシ20機を買う。", ["20"]),
    "a kind of machine is no name": ("platform", "en", "It bought five VTOL drones and an ASW frigate.", []),
    "a word that opens a sentence is no name": ("platform", "en", "Possible drone purchase?", []),
    "a Turkish participle is no name": ("platform", "tr", "Kalan araçlar yolda.", []),
    "a Japanese name in brackets": ("platform", "ja", "試験機「みさき」が飛んだ。", ["みさき"]),
    "an office before a comma": ("person_role", "en", "The minister for procurement, Tomas Aldridge, spoke.", ["Tomas Aldridge; minister for procurement"]),
    "a counterpart holds the same office": ("person_role", "en", "Defence Minister Ana Kovel met her counterpart Idris Benka.", ["Ana Kovel; Defence Minister", "Idris Benka; Defence Minister"]),
    "a capital in a headline about ministers is no party": ("party", "en", "Lisbon and Doha defence ministers talk drones", []),
    "nor is it a place": ("location", "en", "Lisbon and Doha defence ministers talk drones", []),
    "a capital that keeps options open is no place": ("location", "en", "Lisbon keeps its options open", []),
    "a city before a noun is a place": ("location", "en", "The Lisbon bakery wins a prize", ["Lisbon"]),
    "and no party": ("party", "en", "The Lisbon bakery wins a prize", []),
    "a state that acts is a party": ("party", "en", "Finland has not signed the deal.", ["Finland"]),
    "a state that is only named is none": ("party", "en", "It reminds many of Finland.", []),
    "a social medium is no place": ("location", "tr", "Firma ziyareti AgSosyal'de duyurdu.", []),
    "a heading names nobody": ("party", "en", "Facilitating Strategic Defense Partnerships", []),
    "a Turkish word that opens a sentence is no firm": ("party", "tr", "Açıklamada, sözleşmenin imzalandığı belirtildi.", []),
    "a firm that a Turkish headline has chosen": ("party", "tr", "Ordu obüste Norrvik'i seçti", ["Norrvik"]),
    "a meeting": ("meeting", "tr", "Bakan, konuğuyla Doha'da görüştü.", ["görüştü"]),
    "an agreement": ("agreement", "en", "They signed a letter of intent.", ["letter of intent"]),
    "a negated agreement": ("agreement", "en", "They left without a letter of intent.", []),
}  # fmt: skip

STATUS = {
    "signed": ("en", "The two signed a contract for radars.", ["signed"]),
    "not signed": ("en", "No contract has been signed.", ["not_signed"]),
    "yet to sign": ("en", "Oman has yet to sign the deal.", ["not_signed"]),
    "no decision": ("en", "We have not decided on the drones.", ["no_decision"]),
    "denied": ("en", "The firm denied the report.", ["denied"]),
    "under negotiation": ("en", "Chile is in talks on trainers.", ["under_negotiation"]),
    "delivered": ("en", "The yard has delivered the ship.", ["delivered"]),
    "to be delivered is not delivered": ("en", "The ship will be delivered then.", []),
    "delayed": ("en", "Delivery has slipped by a year.", ["delayed"]),
    "buying without an order's words is no firm order": ("en", "Chile buys 12 drones.", []),
    "an agreement ends before its content": (
        "en",
        "They agreed that senior officials of both sides meet.",
        ["agreed"],
    ),
    "a plan that is backed is not the plan of the sentence": (
        "en",
        "They backed the plan to spend more.",
        ["approved"],
    ),
    "what is denied is not so": ("tr", "Ordu, alımın iptal edildiği iddiasını yalanladı.", ["denied"]),
    "a guest is not delivered": ("en", "She received her Moroccan counterpart.", []),
    "a Japanese headline ends in a noun": ("ja", "自走砲48両を大信精機に発注", ["firm_order"]),
    "Turkish signed": ("tr", "Taraflar sözleşme imzaladı.", ["signed"]),
    "Turkish not signed": ("tr", "Henüz bir anlaşma imzalanmadı.", ["not_signed"]),
    "Turkish no decision": ("tr", "Hükümet karar vermedi.", ["no_decision"]),
    "Turkish considering": ("tr", "Ordu almayı düşünüyor.", ["considering"]),
    "Japanese signed": ("ja", "両社は契約を結んだ。", ["signed"]),
    "Japanese not signed": ("ja", "契約の署名はなかった。", ["not_signed"]),
    "Japanese considering": ("ja", "政府は導入を検討している。", ["considering"]),
    "Japanese undecided": ("ja", "機種は決まっていない。", ["no_decision"]),
}


@pytest.mark.parametrize(("kind", "lang", "text", "expected"), READ.values(), ids=READ.keys())
def test_a_text_gives_these_values(
    kind: str, lang: str, text: str, expected: list[str], values: Values
) -> None:
    assert values(kind, lang, text) == expected


@pytest.mark.parametrize(("lang", "text", "expected"), STATUS.values(), ids=STATUS.keys())
def test_a_clause_tells_what_became_of_it(lang: str, text: str, expected: list[str], values: Values) -> None:
    assert values("status", lang, text) == expected
