"""The bot's own words in the languages it speaks: English, Turkish and Japanese."""

from __future__ import annotations

from typing import Final

from bot.wording import (
    phrases_delivery,
    phrases_feeds,
    phrases_leftout,
    phrases_privacy,
    phrases_promises,
    phrases_stories,
    phrases_turned,
    phrases_why,
)

LANGUAGES: Final = ("en", "tr", "ja")

# One row a phrase: English, Turkish, Japanese. Braces are filled by `say`.
_PHRASES: Final[dict[str, tuple[str, str, str]]] = {
    # what kind of figure or name a fact is
    "money": ("Amount", "Tutar", "金額"),
    "money.budget": ("Budget", "Bütçe", "予算"),
    "money.deal_value": ("Contract value", "Sözleşme bedeli", "契約額"),
    "money.ceiling": ("Ceiling", "Üst sınır", "上限額"),
    "money.per_unit": ("Unit price", "Birim fiyat", "単価"),
    "money.conversion": ("Converted", "Karşılığı", "換算額"),
    "money.estimate": ("Estimate", "Tahmin", "見積額"),
    "money.statistic": ("Total", "Toplam", "総額"),
    "money.revenue": ("Revenue", "Ciro", "売上高"),
    "money.loan": ("Loan", "Kredi", "融資"),
    "money.fine": ("Fine", "Ceza", "罰金"),
    "money.investment": ("Investment", "Yatırım", "投資額"),
    "money.cumulative": ("Total so far", "Bugüne dek toplam", "累計額"),
    "money.component": ("Part of it", "Bir bölümü", "うち"),
    "money.requested": ("Requested", "Talep edilen", "要求額"),
    "quantity": ("Quantity", "Miktar", "数量"),
    "quantity.option": ("Option", "Opsiyon", "オプション"),
    "percentage": ("Share", "Oran", "割合"),
    "date": ("Date", "Tarih", "日付"),
    "delivery_deadline": ("Due", "Teslim tarihi", "期限"),
    "party": ("Party", "Taraf", "当事者"),
    "party.buyer": ("Buyer", "Alıcı", "購入者"),
    "party.seller": ("Seller", "Satıcı", "供給者"),
    "party.signer": ("Signed by", "İmzalayan", "署名者"),
    "platform": ("System", "Sistem", "装備品"),
    "location": ("Place", "Yer", "場所"),
    "person_role": ("Person", "Kişi", "人物"),
    "status": ("Status", "Durum", "状況"),
    "agreement": ("Agreed", "Mutabakat", "合意"),
    "meeting": ("Meeting", "Görüşme", "会談"),
    "quote": ("Quote", "Alıntı", "発言"),
    # where a deal stands
    "signed": ("signed", "imzalandı", "署名済み"),
    "not_signed": ("not signed", "imzalanmadı", "未署名"),
    "agreed": ("agreed", "mutabık kalındı", "合意"),
    "approved": ("approved", "onaylandı", "承認"),
    "considering": ("being considered", "değerlendiriliyor", "検討中"),
    "planned": ("planned", "planlanıyor", "計画"),
    "expected": ("expected", "bekleniyor", "見込み"),
    "conditional": ("conditional", "koşullu", "条件付き"),
    "requested": ("requested", "talep edildi", "要求"),
    "selected": ("selected", "seçildi", "選定"),
    "awarded": ("awarded", "verildi", "発注"),
    "delivered": ("delivered", "teslim edildi", "納入済み"),
    "delivery_started": ("delivery started", "teslimat başladı", "納入開始"),
    "delayed": ("delayed", "ertelendi", "遅延"),
    "cancelled": ("cancelled", "iptal edildi", "中止"),
    "denied": ("denied", "yalanlandı", "否定"),
    "no_decision": ("not decided", "karar verilmedi", "未決定"),
    "not_started": ("not started", "başlamadı", "未着手"),
    "under_negotiation": ("under negotiation", "müzakere ediliyor", "交渉中"),
    "firm_order": ("firm order", "kesin sipariş", "確定発注"),
    "operational": ("in service", "hizmette", "運用中"),
    "tested": ("tested", "denendi", "試験済み"),
    "notified": ("notified", "bildirildi", "通知"),
    # what kind of meeting
    "talks": ("talks", "görüşme", "会談"),
    "visit": ("visit", "ziyaret", "訪問"),
    # how a value is limited
    "min": ("more than {value}", "{value} üzeri", "{value}超"),
    "max": ("up to {value}", "en çok {value}", "最大{value}"),
    "approx": ("about {value}", "yaklaşık {value}", "約{value}"),
    "start": ("from {value}", "{value} itibarıyla", "{value}から"),
    "end": ("by {value}", "{value} sonuna dek", "{value}まで"),
    "points": ("{value} percentage points", "{value} yüzde puanı", "{value}ポイント"),
    "range": ("{low} to {high}", "{low} ile {high} arası", "{low}〜{high}"),
    "fiscal": ("FY{year}", "{year} mali yılı", "{year}年度"),
    "quarter": ("Q{part} {year}", "{year} {part}. çeyrek", "{year}年第{part}四半期"),
    "half": ("H{part} {year}", "{year} {part}. yarıyıl", "{year}年{half}半期"),
    "said": ("said by {who}", "kaynak: {who}", "{who}による"),
    "denied_by": ("denied by {who}", "yalanlayan: {who}", "{who}が否定"),
    "reported": ("reported", "bildirilen", "報道"),
    "alleged": ("alleged", "iddia", "疑い"),
    "in_quotes": ("“{value}”", "“{value}”", "「{value}」"),
    # cards
    "why_relevance": (
        "Here because it is like the exemplars ({score}) and names {evidence}",
        "Örneklere benzediği ({score}) ve {evidence} geçtiği için burada",
        "見本記事との類似度{score}、{evidence}への言及により表示",
    ),
    "why_rule": (
        "Here because it meets the rule {rule}",
        "{rule} kuralına uyduğu için burada",
        "ルール「{rule}」に一致したため表示",
    ),
    "why_like": (
        "Here because it is like {likeness}",
        "{likeness} ile benzeştiği için burada",
        "{likeness}に似ているため表示",
    ),
    "why_also": ("also like {likeness}", "{likeness} ile de benzeşiyor", "{likeness}にも類似"),
    "likeness": ("“{name}” ({score})", "“{name}” ({score})", "「{name}」（{score}）"),
    "promotional": ("Promotional: “{sentence}”", "Tanıtım metni: “{sentence}”", "宣伝文：「{sentence}」"),
    "machine": ("machine translation: {gloss}", "makine çevirisi: {gloss}", "機械翻訳：{gloss}"),
    "names_only": (
        "In {language}: read for names and keywords only, no figures or dates",
        "{language} dilinde: yalnızca adlar ve anahtar kelimeler okundu, rakam ve tarihler okunmadı",
        "{language}の記事：固有名詞とキーワードのみ照合し、数値や日付は読み取らない",
    ),
    "by_model": (
        "found by a language model, read again from its sentence",
        "dil modeli buldu, cümlesinden yeniden okundu",
        "言語モデルが見つけ、原文から読み直したもの",
    ),
    "rate": (
        "{amount} counts as {counted}: {price}, average of {when} ({source})",
        "{amount}, {counted} sayılır: {price}, {when} ortalaması ({source})",
        "{amount}は{counted}として比較（{price}、{when}の平均、{source}）",
    ),
    "rate_pegged": (
        "{amount} counts as {counted}: {price} ({source})",
        "{amount}, {counted} sayılır: {price} ({source})",
        "{amount}は{counted}として比較（{price}、{source}）",
    ),
    "words": ("words: {words}", "kelimeler: {words}", "一致語：{words}"),
    "origins_one": (
        "Unconfirmed: one origin, {names}",
        "Doğrulanmadı: tek kaynak, {names}",
        "未確認：独立した情報源は1件（{names}）",
    ),
    "origins": (
        "{count} independent origins: {names}",
        "{count} bağımsız kaynak: {names}",
        "独立した情報源{count}件：{names}",
    ),
    "first": ("first: {outlet}", "ilk: {outlet}", "初報：{outlet}"),
    "sources": ("Reports", "Haberler", "記事"),
    "update": ("New in {story}: {headline}", "{story} için yeni: {headline}", "{story}の続報：{headline}"),
    "also": (
        "{outlet} ({language}) reports it too",
        "{outlet} ({language}) de bildiriyor",
        "{outlet}（{language}）も報道",
    ),
    "disagree": (
        "The reports differ on {about}: {sides}",
        "Haberler {about} konusunda ayrışıyor: {sides}",
        "{about}は報道で異なる：{sides}",
    ),
    "side": ("{outlet} reports {value}", "{outlet}: {value}", "{outlet}は{value}"),
    "corrected": (
        "{outlet} changed its report. {changes}",
        "{outlet} haberini değiştirdi. {changes}",
        "{outlet}が記事を訂正。{changes}",
    ),
    "retracted": (
        "The post about {story} was taken back.",
        "{story} hakkındaki gönderi geri alındı.",
        "{story}についての投稿は取り下げられました。",
    ),
    "merged": (
        "{story} was merged into {into}.",
        "{story}, {into} ile birleştirildi.",
        "{story}は{into}に統合されました。",
    ),
    "split": (
        "{story} was split off {source}.",
        "{story}, {source} konusundan ayrıldı.",
        "{story}は{source}から分割されました。",
    ),
    "button_story": ("Story", "Konu", "記事群"),
    "button_why": ("Why", "Neden", "理由"),
    "button_endings": ("With endings (*)", "Eklerle (*)", "語尾を変えて (*)"),
    "button_facts": ("Facts", "Bulgular", "事実"),
    "button_mute": ("Mute", "Sustur", "ミュート"),
    "button_share": ("Share", "Paylaş", "共有"),
    "button_back": ("Back", "Geri", "前へ"),
    "button_next": ("Next", "İleri", "次へ"),
    "page": ("Page {number} of {of}", "Sayfa {number}/{of}", "{number}/{of}ページ"),
    "button_alike": ("More like this", "Buna benzerler", "似た記事を監視"),
    "button_timeline": ("Timeline", "Zaman çizgisi", "経過"),
    # answers
    "column_id": ("Id", "No", "番号"),
    "column_outlet": ("Outlet", "Yayın", "媒体"),
    "column_language": ("Language", "Dil", "言語"),
    "column_time": ("Published", "Yayım", "公開"),
    "column_headline": ("Headline", "Başlık", "見出し"),
    "facts_of": ("Facts of {name}", "{name} bulguları", "{name}の事実"),
    "facts_newest": ("The newest facts", "En yeni bulgular", "最新の事実"),
    "timeline": (
        "How {story} grew: {headline}",
        "{story} nasıl gelişti: {headline}",
        "{story}の経過：{headline}",
    ),
    "progress": (
        "What was said of how far it is",
        "Hangi aşamada olduğuna dair söylenenler",
        "進捗についての報道",
    ),
    "nothing_new": ("nothing that was not known", "bilinmeyen bir şey yok", "新しい情報なし"),
    "search_found": (
        "{count} for {words}",
        "{words} için {count} haber",
        "「{words}」の検索結果：{count}件",
    ),
    "search_hint": (
        "All words must occur. Try fewer of them, a beginning with a star (procur*), or another language.",
        "Bütün kelimeler geçmeli. Daha azını, yıldızlı bir başlangıcı (tedarik*) veya başka dili deneyin.",
        "すべての語を含む記事を探します。語を減らすか、別の言語でお試しください。",
    ),
    # digests
    "digest": ("Digest for {day}", "{day} özeti", "{day}のまとめ"),
    "digest_late": ("Digest for {day}, late", "{day} özeti, gecikmeli", "{day}のまとめ（遅延）"),
    "window": (
        "{start} to {end}: {entries} read, {stories}",
        "{start} – {end}: {entries} haber okundu, {stories} konu",
        "{start}〜{end}：{entries}件を読み、{stories}件の話題",
    ),
    "already": ("already alerted", "daha önce bildirildi", "速報済み"),
    "kept": (
        "kept for the digest: budget of {budget} reached",
        "özete kaldı: {budget} bildirimlik sınır doldu",
        "上限{budget}件に達したためまとめに掲載",
    ),
    "over_budget": (
        "{count} earned an alert over the budget of {budget} a day and waited for this digest.",
        "{count} konu günlük {budget} bildirim sınırını aştığı için bu özete kaldı.",
        "1日{budget}件の上限を超えた速報対象{count}件をこのまとめに載せました。",
    ),
    "keeps_budget": (
        "Threshold {threshold} keeps it on {kept} of {days} days: settings set threshold {threshold}",
        "{threshold} eşiği {days} günün {kept} gününde sınırı korur: settings set threshold {threshold}",
        "しきい値{threshold}なら直近{days}日のうち{kept}日で上限内です：settings set threshold {threshold}",
    ),
    "button_threshold": ("Threshold {threshold}", "Eşik {threshold}", "しきい値{threshold}"),
    "new": ("new", "yeni", "新規"),
    "developed": ("developed", "gelişti", "続報あり"),
    "left_out": ("Left out", "Dışarıda bırakılanlar", "掲載しなかった記事"),
    "empty_none": ("No entry came in", "Hiç haber gelmedi", "新着記事なし"),
    "empty_filtered": (
        "{entries} came in, and nothing of it is told here",
        "{entries} haber geldi, hiçbiri burada aktarılmıyor",
        "{entries}件の新着のうち、ここに載せるものはなし",
    ),
    "muted": (
        "{stories} held back by mutes: /watch mute list",
        "Susturulduğu için aktarılmayan konu: {stories}; /watch mute list",
        "ミュート中のため載せていない記事：{stories}件（/watch mute list）",
    ),
    "without_model": (
        "Relevance is judged without the model at the moment and may miss more; see status",
        "İlgililik şu sıra model olmadan değerlendiriliyor, gözden kaçan olabilir; bkz. status",
        "現在はモデルなしで関連度を判定しており、見落としが増えることがあります（status を参照）",
    ),
    "worded": (
        "worded by a language model: {text}",
        "dil modelinin ifadesi: {text}",
        "言語モデルによる要約：{text}",
    ),
    "more": ("and {count} more", "ve {count} tane daha", "ほか{count}件"),
}

_ALL: Final = (
    _PHRASES
    | phrases_delivery.PHRASES
    | phrases_feeds.PHRASES
    | phrases_leftout.PHRASES
    | phrases_privacy.PHRASES
    | phrases_promises.PROMISES
    | phrases_stories.PHRASES
    | phrases_turned.PHRASES
    | phrases_why.PHRASES
)


def say(phrase: str, lang: str, **values: str | int) -> str:
    """Return a phrase in a language, English where the bot does not speak it. Raises KeyError if unknown."""
    column = LANGUAGES.index(lang) if lang in LANGUAGES else 0
    return _ALL[phrase][column].format(**values)


def known(phrase: str) -> bool:
    """Tell whether there is such a phrase."""
    return phrase in _ALL
