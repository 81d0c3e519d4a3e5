"""Forty sentences of invented articles to be found: as a feed tells each, and as its page sets it.

The pages differ from the feeds as real ones do: tags inside the sentence, spaces that do not break, line
breaks in the source, typographic quotation marks, soft hyphens, and the same first words further up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article; `html` is the sentence as the page has it, `before` a paragraph that resembles it."""

    lang: str
    sentence: str
    html: str
    before: str = ""


def _page(lang: str, html: str, sentence: str, before: str = "") -> Page:
    return Page(lang=lang, html=html, sentence=sentence, before=before)


PAGES: Final = (
    _page(
        "en",
        "Varnland signed a <b>€310&nbsp;million</b> contract with <a href='#x'>Helion Aero</a> on Tuesday.",
        "Varnland signed a €310 million contract with Helion Aero on Tuesday.",
    ),
    _page(
        "en",
        "The first six aircraft are to be handed over <em>by the end of March&nbsp;2027</em>, "
        "the ministry said in a note\n        to parliament, with the remaining eighteen to follow "
        "in <span class='n'>three</span> lots.",
        "The first six aircraft are to be handed over by the end of March 2027, the ministry said in a note "
        "to parliament, with the remaining eighteen to follow in three lots.",
    ),
    _page(
        "en",
        "“We looked at five aircraft and bought the one that flew in our winter,” said procurement chief "
        "<a href='#y'>Ilka Sorvander</a>.",
        '"We looked at five aircraft and bought the one that flew in our winter," said procurement chief '
        "Ilka Sorvander.",
    ),
    _page(
        "en",
        "Quayside Yard&rsquo;s second mine hunter left the slip at 06:40 local time.",
        "Quayside Yard's second mine hunter left the slip at 06:40 local time.",
    ),
    _page(
        "en",
        "The low-cost, ship-launched K-12 target drone – 2.4&nbsp;m long, 38&nbsp;kg – costs less than "
        "€40,000 apiece.",
        "The low-cost, ship-launched K-12 target drone – 2.4 m long, 38 kg – costs less than €40,000 apiece.",
    ),
    _page(
        "en",
        "Research &amp; development takes 11&nbsp;% of the budget, up from 7&nbsp;%.",
        "Research & development takes 11 % of the budget, up from 7 %.",
    ),
    _page(
        "en",
        "Neither side named a price, but two officials who asked not to be identified put it at "
        "<strong>between $90&nbsp;million and $120&nbsp;million</strong> over six years, spares included.",
        "Neither side named a price, but two officials who asked not to be identified put it at between $90 "
        "million and $120 million over six years, spares included.",
        "Neither side named a price for the helicopters that were announced in the spring.",
    ),
    _page(
        "en",
        "The frigate <i>Marrow Sound</i> (F-91) sailed with a crew of 114.",
        "The frigate Marrow Sound (F-91) sailed with a crew of 114.",
        "The frigate Cold Sound (F-90) sailed with a crew of 121.",
    ),
    _page(
        "en",
        "Tarn&shy;wick Systems will build the radars in Ostermere, where it employs 640&nbsp;people.",
        "Tarnwick Systems will build the radars in Ostermere, where it employs 640 people.",
    ),
    _page(
        "en",
        "“It is late, it is dear, and it works,” the auditor's report says of the "
        "<abbr title='Coastal Surveillance Network'>CSN</abbr>.",
        "“It is late, it is dear, and it works,” the auditor's report says of the CSN.",
    ),
    _page(
        "en",
        "Under the agreement, which both parliaments must still approve, Lowmark sends 40&nbsp;instructors "
        "to the school at Pell Harbour from <time>1&nbsp;October</time>, and Varnland pays for their "
        "housing, their travel and two thirds of their wages until the end of the decade.",
        "Under the agreement, which both parliaments must still approve, Lowmark sends 40 instructors to the "
        "school at Pell Harbour from 1 October, and Varnland pays for their housing, their travel and two "
        "thirds of their wages until the end of the decade.",
    ),
    _page(
        "en",
        "Deliveries slipped by <del>nine</del> <ins>eleven</ins> months.",
        "Deliveries slipped by nine eleven months.",
    ),
    _page(
        "en",
        "The yard's order book stood at 3.2&nbsp;billion crowns on 30&nbsp;June, "
        "<a href='#z'>its half-year report</a> shows.",
        "The yard's order book stood at 3.2 billion crowns on 30 June, its half-year report shows.",
    ),
    _page(
        "en",
        "Asked whether the tender would be run again, the minister said: ‘No. We have what we need, "
        "and we have it on time.’",
        "Asked whether the tender would be run again, the minister said: 'No. We have what we need, and we "
        "have it on time.'",
        "Asked whether the tender would be delayed, the ministry did not answer.",
    ),
    _page(
        "tr",
        "Varnland, 24 devriye İHA'sı için <b>Helion Aero</b> ile 310&nbsp;milyon avroluk sözleşme imzaladı.",
        "Varnland, 24 devriye İHA'sı için Helion Aero ile 310 milyon avroluk sözleşme imzaladı.",
    ),
    _page(
        "tr",
        "İlk altı uçak <em>Mart&nbsp;2027 sonuna kadar</em> teslim edilecek; kalan on sekiz uçak ise "
        "bakanlığın açıklamasına göre üç parti hâlinde, en geç 2029&nbsp;yazında filoya katılacak.",
        "İlk altı uçak Mart 2027 sonuna kadar teslim edilecek; kalan on sekiz uçak ise bakanlığın "
        "açıklamasına göre üç parti hâlinde, en geç 2029 yazında filoya katılacak.",
    ),
    _page(
        "tr",
        "“Uçağın gövdesi hazır, motorun son sınaması bu hafta bitiyor,” dedi proje müdürü "
        "<a href='#a'>Sevgi Alpuğan</a>.",
        '"Uçağın gövdesi hazır, motorun son sınaması bu hafta bitiyor," dedi proje müdürü Sevgi Alpuğan.',
    ),
    _page(
        "tr",
        "Ilgaz Tersanesi’nin ikinci mayın avlama gemisi Perşembe günü denize indirildi.",
        "Ilgaz Tersanesi'nin ikinci mayın avlama gemisi Perşembe günü denize indirildi.",
    ),
    _page(
        "tr",
        "İhaleye <span>beş</span> firma katıldı; yalnızca ikisi şartları sağladı.",
        "İhaleye beş firma katıldı; yalnızca ikisi şartları sağladı.",
        "İhaleye geçen yıl üç firma katılmıştı.",
    ),
    _page(
        "tr",
        "Şirketin cirosu yüzde&nbsp;18 artarak 2,7&nbsp;milyar liraya çıktı.",
        "Şirketin cirosu yüzde 18 artarak 2,7 milyar liraya çıktı.",
    ),
    _page(
        "tr",
        "Kıyı gözetleme ağının ilk üç istasyonu <strong>Kumluova, Taşburnu ve Akyaka Feneri'nde</strong> "
        "kurulacak, dördüncüsünün yeri ise çevre raporunun ardından yıl sonunda belli olacak.",
        "Kıyı gözetleme ağının ilk üç istasyonu Kumluova, Taşburnu ve Akyaka Feneri'nde kurulacak, "
        "dördüncüsünün yeri ise çevre raporunun ardından yıl sonunda belli olacak.",
    ),
    _page(
        "tr",
        "Bakanlık sözcüsü, “Fiyatı açıklamayacağız” dedi.",
        "Bakanlık sözcüsü, “Fiyatı açıklamayacağız” dedi.",
    ),
    _page(
        "tr",
        "TK-12 hedef uçağı – 2,4&nbsp;m boyunda, 38&nbsp;kg ağırlığında – gemiden fırlatılıyor.",
        "TK-12 hedef uçağı – 2,4 m boyunda, 38 kg ağırlığında – gemiden fırlatılıyor.",
    ),
    _page(
        "tr",
        "Anlaşma, <a href='#b'>iki ülkenin</a> meclislerinde onaylanınca yürürlüğe girecek.",
        "Anlaşma, iki ülkenin meclislerinde onaylanınca yürürlüğe girecek.",
        "Anlaşma, geçen ay imzalanmıştı.",
    ),
    _page(
        "tr",
        "Çağrı üzerine gelen dört tekne,\n        <i>Deniz Yıldızı</i> adlı araştırma gemisine limana kadar "
        "eşlik etti.",
        "Çağrı üzerine gelen dört tekne, Deniz Yıldızı adlı araştırma gemisine limana kadar eşlik etti.",
    ),
    _page(
        "tr",
        "Üretim hattı 640&nbsp;kişiye iş sağlıyor ve 2026’da ikiye katlanacak.",
        "Üretim hattı 640 kişiye iş sağlıyor ve 2026'da ikiye katlanacak.",
    ),
    _page(
        "tr",
        "Yarı yıl raporuna göre siparişlerin toplamı 30&nbsp;Haziran itibarıyla 3,2&nbsp;milyar krona "
        "ulaştı, bunun üçte biri <u>henüz onaylanmamış</u> sözleşmelerden geliyor ve yıl sonuna "
        "kadar kesinleşecek.",
        "Yarı yıl raporuna göre siparişlerin toplamı 30 Haziran itibarıyla 3,2 milyar krona ulaştı, bunun "
        "üçte biri henüz onaylanmamış sözleşmelerden geliyor ve yıl sonuna kadar kesinleşecek.",
    ),
    _page(
        "ja",
        "同庁は2026年度予算に無人機の取得費として<b>2000億円</b>を盛り込む方針だ。",
        "同庁は2026年度予算に無人機の取得費として2000億円を盛り込む方針だ。",
    ),
    _page(
        "ja",
        "取得するのは<a href='#c'>長時間滞空型</a>12機で、うち4機を北方の基地に置く。",
        "取得するのは長時間滞空型12機で、うち4機を北方の基地に置く。",
    ),
    _page(
        "ja",
        "東湾造船の二隻目となる掃海艇は十八日朝、家族や職員およそ三百人が見守る中で進水し、"
        "<em>来年三月まで</em>に引き渡される予定だ。",
        "東湾造船の二隻目となる掃海艇は十八日朝、家族や職員およそ三百人が見守る中で進水し、来年三月までに"
        "引き渡される予定だ。",
        "東湾造船の二隻目となる巡視船は春に進水した。",
    ),
    _page(
        "ja",
        "「冬に飛べたのはこの機体だけだった」と装備局の担当者は語った。",
        "「冬に飛べたのはこの機体だけだった」と装備局の担当者は語った。",
    ),
    _page(
        "ja",
        "契約額は明らかにされていないが、複数の関係者によると、<strong>予備部品を含めて六年間で百二十億円"
        "前後</strong>になる見通しだという。",
        "契約額は明らかにされていないが、複数の関係者によると、予備部品を含めて六年間で百二十億円前後になる"
        "見通しだという。",
    ),
    _page(
        "ja",
        "全長2.4メートル、重さ38キロの標的機「潮鳴」は艦上から打ち出す。",
        "全長2.4メートル、重さ38キロの標的機「潮鳴」は艦上から打ち出す。",
    ),
    _page(
        "ja",
        "研究開発費は予算の<span>11％</span>で、前年度の7％から増えた。",
        "研究開発費は予算の11％で、前年度の7％から増えた。",
    ),
    _page(
        "ja",
        "両国の議会が承認すれば、ローマルク側は十月一日から教官四十人をペル港の学校へ送り、"
        "ヴァルンランド側が住居と旅費のすべて、給与の三分の二を負担する。",
        "両国の議会が承認すれば、ローマルク側は十月一日から教官四十人をペル港の学校へ送り、ヴァルンランド側が"
        "住居と旅費のすべて、給与の三分の二を負担する。",
    ),
    _page(
        "ja",
        "納入は<s>九か月</s>十一か月遅れている。",
        "納入は九か月十一か月遅れている。",
    ),
    _page(
        "ja",
        "レーダーは従業員640人のオスターメア工場で作られ、最初の三基は沿岸監視網の更新に合わせて二〇二七年度"
        "に配備される。",
        "レーダーは従業員640人のオスターメア工場で作られ、最初の三基は沿岸監視網の更新に合わせて二〇二七年度に"
        "配備される。",
    ),
    _page(
        "ja",
        "大臣は会見で<a href='#d'>入札のやり直し</a>を否定した。",
        "大臣は会見で入札のやり直しを否定した。",
        "大臣は会見で予算について述べた。",
    ),
    _page(
        "ja",
        "受注残は６月末で３２億クローネに達し、半期報告書によればその三分の一はまだ承認を待つ契約によるもので、"
        "年内には確定する。",
        "受注残は６月末で３２億クローネに達し、半期報告書によればその三分の一はまだ承認を待つ契約によるもので、"
        "年内には確定する。",
    ),
    _page(
        "ja",
        "フリゲート艦「灯台守」は乗員114人を乗せて出港した。",
        "フリゲート艦「灯台守」は乗員114人を乗せて出港した。",
    ),
)
