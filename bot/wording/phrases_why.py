"""What `why` says of an article's way: its stages, and what became of it."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str, str]]] = {
    # the stages of an article's way
    "stage.Fetched": ("Fetched", "Alındı", "取得"),
    "stage.Read": ("Read", "Okundu", "読み取り"),
    "stage.Seen before": ("Seen before", "Daha önce görüldü mü", "既出か"),
    "stage.Also seen in": ("Also seen in", "Ayrıca görüldüğü yer", "ほかの掲載元"),
    "stage.Page": ("Page", "Sayfa", "記事ページ"),
    "stage.First poll": ("First poll", "İlk sorgu", "初回取得"),
    "stage.Watch rules": ("Watch rules", "Kurallar", "ルール"),
    "stage.Likenesses": ("Likenesses", "Benzerlikler", "類似の監視"),
    "stage.Relevance": ("Relevance", "İlgililik", "関連度"),
    "stage.Evidence": ("Evidence", "Dayanak", "根拠"),
    "stage.Promotional": ("Promotional", "Tanıtım", "宣伝"),
    "stage.Decision": ("Decision", "Karar", "判定"),
    "stage.Story": ("Story", "Konu", "記事群"),
    "stage.Mutes": ("Mutes", "Susturmalar", "ミュート"),
    "stage.Budget": ("Budget", "Bildirim sınırı", "速報の上限"),
    "stage.Quiet hours": ("Quiet hours", "Sessiz saatler", "通知しない時間帯"),
    "stage.Delivery": ("Delivery", "Teslim", "配信"),
    "stage.Told": ("Told", "Bildirildiği yer", "通知先"),
    "way_column_stage": ("Stage", "Aşama", "段階"),
    "way_column_result": ("Result", "Sonuç", "結果"),
    # what became of it
    "way_decided_at": (
        "{words} Decided at: {stage}.",
        "{words} Karar aşaması: {stage}.",
        "{words}判定した段階：{stage}。",
    ),
    "way_urgent": ("worth an alert at once", "hemen bildirilmeye değer", "ただちに速報する対象"),
    "way_now": ("worth an alert", "bildirilmeye değer", "速報の対象"),
    "way_digest": ("kept for the digest", "özete ayrıldı", "まとめに掲載"),
    "way_store": ("stored and not told", "saklandı, bildirilmedi", "保存のみで通知なし"),
    "way_waits": ("It waits to be read.", "Okunmayı bekliyor.", "読み取り待ちです。"),
    "way_retracted": (
        "It is not told here: its story was taken back for good.",
        "Burada bildirilmiyor: konusu kalıcı olarak geri çekildi.",
        "ここでは通知しません：この記事群は取り下げられました。",
    ),
    "way_held": (
        "It is not told here: {why}.",
        "Burada bildirilmiyor: {why}.",
        "ここでは通知しません：{why}。",
    ),
    "way_held_card": (
        "{story} has a card here; nothing of this article is told here now: {why}.",
        "{story} konusunun burada kartı var; bu haberden artık bir şey bildirilmiyor: {why}.",
        "{story}のカードはここにありますが、この記事については現在通知しません：{why}。",
    ),
    "way_unread": (
        "this channel does not read its source",
        "bu kanal kaynağını okumuyor",
        "このチャンネルはその配信元を読んでいません",
    ),
    "way_muted_words": (
        "the words {target} are muted here by {who} ({mute})",
        "“{target}” burada susturuldu: {who} ({mute})",
        "「{target}」は{who}がミュートしています（{mute}）",
    ),
    "way_muted_story": (
        "its story is muted here by {who} ({mute})",
        "konusu burada susturuldu: {who} ({mute})",
        "この記事群は{who}がミュートしています（{mute}）",
    ),
    "way_muted_source": (
        "its source is muted here by {who} ({mute})",
        "kaynağı burada susturuldu: {who} ({mute})",
        "この配信元は{who}がミュートしています（{mute}）",
    ),
    "way_muted_rule": (
        "its rule is muted here by {who} ({mute})",
        "kuralı burada susturuldu: {who} ({mute})",
        "このルールは{who}がミュートしています（{mute}）",
    ),
    "way_somebody": ("somebody", "biri", "誰か"),
    "way_joined": (
        "It joined {story}, whose card this channel has; alone it would be {decided}.",
        "Kartı bu kanalda olan {story} konusuna katıldı; tek başına: {decided}.",
        "このチャンネルにカードのある{story}に加わりました。単独なら：{decided}。",
    ),
    "way_over": (
        (
            "It was worth an alert and waits for the digest: the budget of {budget} alerts a day was used up "
            "on {when}."
        ),
        "Bildirilmeye değerdi, özeti bekliyor: günlük {budget} bildirim sınırı doldu ({when}).",
        "速報の対象ですが、まとめに回りました：1日{budget}件の上限に達しました（{when}）。",
    ),
    "way_archive": (
        "It came with its source's archive, of which only a few are announced.",
        "Kaynağının arşiviyle geldi; arşivden yalnızca birkaçı bildirilir.",
        "配信元の過去記事として届きました。過去記事は数件だけ通知します。",
    ),
    "way_was": (
        "It was {decided}: {because}.",
        "Karar: {decided}; {because}.",
        "判定：{decided}（{because}）。",
    ),
    "way_reaches": (
        "its relevance {score} reaches {threshold}",
        "ilgililiği {score}, eşik {threshold}",
        "関連度{score}がしきい値{threshold}に達しています",
    ),
    "way_short": (
        "its relevance {score} is {short} short of {threshold}",
        "ilgililiği {score}, {threshold} eşiğinin {short} altında",
        "関連度{score}はしきい値{threshold}に{short}足りません",
    ),
    "way_lacks": (
        "its relevance {score} would do, but it names nothing that the exemplars name",
        "ilgililiği {score} yeterli, ama örneklerin andığı hiçbir şey geçmiyor",
        "関連度{score}は足りますが、見本記事の名称が出てきません",
    ),
    "way_asked": (
        "{rules} asks for it, though {about}",
        "{rules} bunu istiyor, oysa {about}",
        "{rules}の対象です。ただし{about}",
    ),
    "way_words_alone": (
        "{about}, and the words {words} alone never alert",
        "{about}; {words} tek başına bildirim doğurmaz",
        "{about}。{words}という語だけでは速報しません",
    ),
    # what came of it at each stage
    "way_none": ("none", "yok", "なし"),
    "way_no": ("no", "hayır", "いいえ"),
    "way_off": ("off", "kapalı", "オフ"),
    "way_not_yet": ("not yet", "henüz değil", "まだ"),
    "way_and": ("{one} and {other}", "{one} ve {other}", "{one}と{other}"),
    "way_because": ("{what}: {why}", "{what}: {why}", "{what}：{why}"),
    "way_source": (
        "{outlet} ({source}), {when}",
        "{outlet} ({source}), {when}",
        "{outlet}（{source}）、{when}",
    ),
    "way_source_paused": (
        "{outlet} ({source}, paused here), {when}",
        "{outlet} ({source}, burada duraklatıldı), {when}",
        "{outlet}（{source}、ここでは停止中）、{when}",
    ),
    "way_source_others": (
        "{outlet}, a source of other channels, {when}",
        "{outlet}, başka kanalların kaynağı, {when}",
        "{outlet}（ほかのチャンネルの配信元）、{when}",
    ),
    "way_new_then": ("no: it was new then", "hayır: o sırada yeniydi", "いいえ（当時は新規）"),
    "way_no_feed": ("no other feed", "başka besleme yok", "ほかのフィードなし"),
    "way_feed": ("1 other feed", "1 besleme daha", "ほか1フィード"),
    "way_feeds": ("{count} other feeds", "{count} besleme daha", "ほか{count}フィード"),
    "way_first": (
        "yes: of its archive only the best few of the last week are announced",
        "evet: arşivinden yalnızca son haftanın en iyi birkaçı bildirilir",
        "はい：過去記事は直近1週間の上位数件だけを通知します",
    ),
    "way_page_read": ("read", "okundu", "読み取り済み"),
    "way_page_again": (
        "read; looked at again {when}",
        "okundu; yeniden bakılacak: {when}",
        "読み取り済み（再確認：{when}）",
    ),
    "way_page_dropped": (
        "read; its text was deleted when its time was over",
        "okundu; süresi dolunca metni silindi",
        "読み取り済み（保存期間を過ぎ本文は削除）",
    ),
    "way_page_wanted": ("not read yet: {why}", "henüz okunmadı: {why}", "まだ読み取れていません：{why}"),
    "way_page_closed": (
        "the feed's words are all there is: {why}",
        "yalnızca beslemedeki metin var: {why}",
        "フィードの文面しかありません：{why}",
    ),
    "way_relevance": (
        "{score}; this channel alerts from {threshold} (by {by}, {model})",
        "{score}; bu kanal {threshold} ve üstünü bildirir ({by}, {model})",
        "{score}（このチャンネルは{threshold}以上で速報。{by}、{model}）",
    ),
    "way_own": ("this channel's exemplars", "bu kanalın örnekleri", "このチャンネルの見本記事"),
    "way_shared": ("the shared exemplars", "ortak örnekler", "共有の見本記事"),
    "way_vote": ("1 vote", "1 oy", "投票1件"),
    "way_votes": ("{count} votes", "{count} oy", "投票{count}件"),
    "way_model": ("model {name}", "model {name}", "モデル{name}"),
    "way_no_model": ("without a model", "modelsiz", "モデルなし"),
    "way_no_evidence": (
        "it names nothing that the exemplars name",
        "örneklerin andığı hiçbir şey geçmiyor",
        "見本記事の名称が出てきません",
    ),
    "way_sells_one": (
        "yes, 1 sentence; it is ranked down for that",
        "evet, 1 cümle; bu yüzden puanı düştü",
        "はい（1文）。そのぶん評価を下げました",
    ),
    "way_sells": (
        "yes, {count} sentences; it is ranked down for that",
        "evet, {count} cümle; bu yüzden puanı düştü",
        "はい（{count}文）。そのぶん評価を下げました",
    ),
    "way_far": (
        "none: too far from what this bot follows",
        "yok: izlenen konulardan çok uzak",
        "なし：監視対象から離れすぎています",
    ),
    "way_alone": ("{story}, which it opened", "{story}; ilk haberi bu", "{story}（最初の記事）"),
    "way_opened": (
        "{story}, which it opened; {count} reports tell of it",
        "{story}; ilk haberi bu, toplam {count} haber",
        "{story}（最初の記事、全{count}件）",
    ),
    "way_joined_as": (
        "{story}, which it joined as report {place}; {count} reports tell of it",
        "{story}; {place}. haberi bu, toplam {count} haber",
        "{story}（{place}件目の記事、全{count}件）",
    ),
    "way_mute_holds": ("{mute} holds it", "{mute} tutuyor", "{mute}が止めています"),
    "way_mutes_none": (
        "none of {count} holds it",
        "{count} susturmadan hiçbiri tutmuyor",
        "{count}件とも該当なし",
    ),
    "way_budget": ("{budget} a day", "günde {budget}", "1日{budget}件"),
    "way_budget_room": (
        "{budget} a day; it found room",
        "günde {budget}; yer buldu",
        "1日{budget}件（上限内）",
    ),
    "way_budget_over": (
        "was over the {budget} of the day, {when}",
        "günlük {budget} sınırının üstündeydi, {when}",
        "1日{budget}件の上限超過（{when}）",
    ),
    "way_budget_since": (
        "{over}; {card} was written since",
        "{over}; sonra {card} yazıldı",
        "{over}。その後{card}を作成",
    ),
    "way_its_card": ("its card", "kartı", "この記事のカード"),
    "way_card_of": ("the card of {story}", "{story} kartı", "{story}のカード"),
    "way_quiet_held": (
        "{card} was held until {when}",
        "{card} bekletildi, {when} saatine dek",
        "{card}は{when}まで保留",
    ),
    "way_quiet": (
        "{hours}; they held nothing of it",
        "{hours}; bundan bir şey bekletilmedi",
        "{hours}（保留なし）",
    ),
    "way_no_card": (
        "it has no card: it earned none with the settings of then, or is about to get one",
        "kartı yok: o günkü ayarlarla hak etmedi ya da almak üzere",
        "カードなし：当時の設定では対象外か、まもなく作成されます",
    ),
    "way_nothing_sent": (
        "nothing was to be sent",
        "gönderilecek bir şey yoktu",
        "送るものはありませんでした",
    ),
    "way_in_digest_arrived": (
        "in the digest of {day}, arrived {when}",
        "{day} özetinde, ulaştı: {when}",
        "{day}のまとめに掲載（{when}に到着）",
    ),
    "way_in_digest": (
        "in the digest of {day}, on its way",
        "{day} özetinde, yolda",
        "{day}のまとめに掲載（送信中）",
    ),
    "way_arrived": ("{card} arrived {when}", "{card} ulaştı, {when}", "{card}は{when}に到着"),
    "way_given_up": ("{card} was given up", "{card} gönderilemedi", "{card}は送信を断念"),
    "way_card_waits": ("{card} is waiting", "{card} bekliyor", "{card}は送信待ち"),
    "way_card_tried": (
        "{card} is waiting after {count} attempts",
        "{card} {count} denemeden sonra bekliyor",
        "{card}は{count}回の試行後も送信待ち",
    ),
    "way_here": ("here", "burada", "ここ"),
    "way_channel": ("in 1 other channel", "1 başka kanalda", "ほか1チャンネル"),
    "way_channels": ("in {count} other channels", "{count} başka kanalda", "ほか{count}チャンネル"),
    "way_by_card": ("{places}, by {card}", "{places}, {card} ile", "{places}（{card}）"),
    "way_nowhere": ("nowhere", "hiçbir yerde", "通知なし"),
}
