"""What became of a deal, where an idiom, a noun or a condition says it and no verb of its own."""

from __future__ import annotations

# A case is one line, however long.
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import Values

SAID = (
    ("en", "agreed", "France agreed with Belgium on Tuesday to admit a partner."),
    ("tr", "awarded", "8 bot ihalesini 48,5 milyon avroluk teklifle Denizhan kazandı."),
    ("en", "agreed", "The ministers reached an understanding on joint production."),
    ("en", "approved", "The cabinet has given its blessing to the purchase."),
    ("en", "approved", "The plan won the backing of the senate."),
    ("en", "awarded", "Ferrolux has secured orders worth 200 million euros."),
    ("en", "awarded", "Ferrolux was given the contract for the upgrade."),
    ("en", "cancelled", "Ostmark backed out of the purchase of 12 helicopters."),
    ("en", "cancelled", "The termination of the drone contract cost 40 million euros."),
    ("en", "conditional", "Romania will buy a second battery only if the first one passes its trials."),
    ("en", "conditional", "The deal can go ahead as long as the bank provides the loan."),
    ("en", "considering", "The army is looking to lease eight helicopters."),
    ("en", "considering", "The idea of buying second-hand tanks is being discussed."),
    ("en", "delayed", "Delivery of the tanks will come a year later than planned."),
    ("en", "delayed", "The first ship will arrive two years late."),
    ("en", "delivered", "The yard has completed deliveries of the patrol boats."),
    ("en", "delivery_started", "Deliveries of the new radars are under way."),
    ("en", "delivery_started", "The yard has begun shipping the boats to Ostmark."),
    ("en", "denied", "The company disputes that it missed the deadline."),
    ("en", "denied", "The firm called the report about a sale to Ostmark untrue."),
    ("en", "expected", "A contract is foreseen for the autumn."),
    ("en", "expected", "A decision should be taken by the end of the month."),
    ("en", "firm_order", "Ostmark topped up its order by six aircraft."),
    ("en", "no_decision", "The government is divided over the purchase and has made no choice."),
    ("en", "no_decision", "Whether the navy will buy the boats is still open."),
    ("en", "not_signed", "Talks on the frigates ended without agreement, the ministry said."),
    ("en", "not_signed", "The two sides remain far apart on price and have yet to put pen to paper."),
    ("en", "not_started", "Work on the hangar has yet to get under way."),
    (
        "en",
        "operational",
        "The drones are now flying patrols along the border and have been in use since May.",
    ),
    ("en", "operational", "The radar went live on Monday."),
    ("en", "planned", "A new competition is to be held in the autumn."),
    ("en", "planned", "The air force plans a second batch of 12 jets."),
    ("en", "requested", "The army has put out a call for tenders for 300 trucks."),
    ("en", "requested", "The request for 40 missiles was sent to Washington in May."),
    ("en", "selected", "The Heron emerged as the winner of the competition."),
    ("en", "selected", "The navy has decided in favour of the Heron."),
    ("en", "signed", "The two firms put their signatures to a deal for 12 boats."),
    ("en", "tested", "The missile was fired successfully from a ship."),
    ("en", "tested", "The prototype took off for the first time on Monday."),
    ("en", "under_negotiation", "Discussions with Ostmark about 12 jets are at an advanced stage."),
    ("en", "under_negotiation", "The price is still under discussion."),
    ("ja", "approved", "輸出許可が下りた。"),
    ("ja", "cancelled", "入札は不調に終わり、計画は白紙となった。"),
    ("ja", "cancelled", "導入計画は頓挫した。"),
    ("ja", "conditional", "試験が成功した場合に限り、40両を追加する。"),
    ("ja", "conditional", "試験に合格すれば追加購入する。"),
    ("ja", "considering", "機種の絞り込みを進めている。"),
    ("ja", "considering", "海軍は購入に前向きだ。"),
    ("ja", "delayed", "納入が9カ月遅れる見通しとなった。"),
    ("ja", "delayed", "配備の時期が当初より1年後ろにずれた。"),
    ("ja", "delivered", "最初の2機の引き渡しを受けた。"),
    ("ja", "denied", "「事実無根だ」と反論した。"),
    ("ja", "denied", "政府高官は報道を「誤りだ」と述べた。"),
    ("ja", "expected", "契約は秋になりそうだ。"),
    ("ja", "not_signed", "価格で合意できなかった。"),
    ("ja", "not_signed", "価格面で折り合わず、交渉は物別れに終わった。"),
    ("ja", "operational", "レーダーは6月から稼働している。"),
    ("ja", "planned", "100機を配備する構想を示した。"),
    ("ja", "planned", "2030年度までに40基を配備したい考えだ。"),
    ("ja", "selected", "次期練習機は「トゥーリ」に決まった。"),
    ("ja", "selected", "海軍はヘロンの採用を決めた。"),
    ("ja", "signed", "契約が交わされた。"),
    ("ja", "under_negotiation", "24機を巡る交渉が最終段階に入った。"),
    ("ja", "under_negotiation", "契約交渉は大詰めを迎えている。"),
    ("tr", "agreed", "Bakanlar ortak üretim konusunda görüş birliğine vardı."),
    ("tr", "awarded", "Bakımı Denizhan Tersanesi üstlendi."),
    ("tr", "awarded", "Sözleşme Denizhan Tersanesi'ne verildi."),
    ("tr", "cancelled", "Proje rafa kalktı."),
    ("tr", "cancelled", "İhale, itirazlar üzerine geçersiz sayıldı."),
    ("tr", "conditional", "Satış Kongre'nin onayına tabi."),
    ("tr", "conditional", "Testler başarılı olursa 40 araç daha alınacak."),
    ("tr", "considering", "Bakanlık ikinci bir parti üzerinde çalışıyor."),
    ("tr", "considering", "Hükümet alımı gündemine aldı."),
    ("tr", "delayed", "Karar seçim sonrasına bırakıldı."),
    ("tr", "delayed", "Teslimatın ertelenmesi donanmayı zor durumda bıraktı."),
    ("tr", "delivered", "Son araç da orduya verildi."),
    ("tr", "denied", "Bakanlık, satış iddialarının doğru olmadığını bildirdi."),
    ("tr", "denied", "Sözcü, böyle bir satışın söz konusu olmadığını söyledi."),
    ("tr", "no_decision", "Bakanlık alım konusunda henüz bir karara varmadı."),
    ("tr", "no_decision", "Hangi modelin alınacağı henüz belli değil."),
    ("tr", "not_signed", "Sözleşme henüz imzalanmış değil."),
    ("tr", "not_signed", "Tarafların anlaşma sağlayamadığı belirtildi."),
    ("tr", "operational", "Dronlar mayıstan beri sınırda kullanılıyor."),
    ("tr", "operational", "Fırkateyn donanmanın hizmetine girdi."),
    ("tr", "planned", "Bakanlık yeni bir alım için hazırlık yapıyor."),
    ("tr", "planned", "Bakanlık yeni bir ihale açacak."),
    ("tr", "requested", "Hava Kuvvetleri 40 füze için başvuruda bulundu."),
    ("tr", "selected", "Ordunun tercihi Kartaca oldu."),
    ("tr", "signed", "Sözleşmenin imzalanmasının ardından üretim başladı."),
    ("tr", "tested", "Denizaltı ilk dalışını Gölcük açıklarında gerçekleştirdi."),
    ("tr", "under_negotiation", "İki taraf fiyat üzerinde pazarlık ediyor."),
    ("tr", "under_negotiation", "İki ülke arasında 10 helikopter için görüşmeler ileri aşamada."),
)
# What looks like a state of things, and what is: nothing, or the other one alone.
NOT_SAID = {
    "what is hoped for": ("en", "Talarion hopes to win an order from the navy.", "firm_order"),
    "what may be ordered": ("en", "The navy could place an order for 12 boats.", "firm_order"),
    "what a guest is given": ("en", "The marshal received a bouquet and a standing ovation.", "delivered"),
    "a loan that a bank backs": ("en", "The loan is backed by the export bank.", "approved"),
    "what was ordered long ago": (
        "en",
        "They fly now, three years after they were ordered.",
        "firm_order",
    ),
    "what follows if a condition is met": (
        "tr",
        "Kredi sağlanması halinde 30 araç alacak.",
        "planned",
    ),
    "what goes as planned": ("tr", "Üretim planlandığı gibi sürüyor.", "planned"),
    "what an amount comes to": ("ja", "費用は3000億円規模になるとみられる。", "expected"),
    "what is asked for in a budget": (
        "ja",
        "概算要求に、機体の取得費として過去最大の412億円を計上する。",
        "planned",
    ),
    "what is to be late": ("ja", "納入が9カ月遅れる見通しとなった。", "expected"),
}


@pytest.mark.parametrize(("lang", "label", "text"), SAID)
def test_an_idiom_tells_how_things_stand(values: Values, lang: str, label: str, text: str) -> None:
    assert values("status", lang, text) == [label]


@pytest.mark.parametrize(("lang", "text", "label"), NOT_SAID.values(), ids=NOT_SAID.keys())
def test_what_only_looks_like_it_does_not(values: Values, lang: str, text: str, label: str) -> None:
    assert label not in values("status", lang, text)
