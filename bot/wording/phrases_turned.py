"""What `why` says of rules and reasons, and of what would have turned a decision."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str, str]]] = {
    # rules and likenesses
    "way_no_word": ("no word it excludes", "dışladığı bir sözcük yok", "除外語なし"),
    "way_rule_then": ("a rule of then", "o günkü bir kural", "当時のルール"),
    "way_none_met": ("none of {count} met", "{count} kuraldan hiçbiri uymadı", "{count}件とも不一致"),
    "way_more_met": ("{count} more met", "{count} kural daha uydu", "ほか{count}件が一致"),
    "way_not_met": ("{count} not met", "{count} kural uymadı", "{count}件は不一致"),
    "way_has_none": ("this channel has none", "bu kanalda kural yok", "このチャンネルにはありません"),
    "way_unmeasured": ("not measured then", "o sırada ölçülmedi", "当時は測定なし"),
    "way_of": ("{score} of {needs}", "{needs} üzerinden {score}", "{needs}に対し{score}"),
    "way_since_unknown": (
        "it was not met when this was read",
        "okunduğunda uymuyordu",
        "読み取り時は一致していませんでした",
    ),
    "way_since_added": (
        "it was added after this came, {when}, so it did not count then",
        "bu geldikten sonra eklendi ({when}), o sırada sayılmadı",
        "この記事の後に追加（{when}）されたため当時は対象外でした",
    ),
    "way_since_changed": (
        "it was changed after this came, {when}, so it did not count then",
        "bu geldikten sonra değişti ({when}), o sırada sayılmadı",
        "この記事の後に変更（{when}）されたため当時は対象外でした",
    ),
    "way_would_meet": (
        "{name} would be met now, but {since}",
        "{name} şimdi uyardı, ama {since}",
        "{name}は今なら一致しますが、{since}",
    ),
    "way_later": ("{count} added later", "{count} kural sonradan eklendi", "{count}件は後から追加"),
    "way_needs": (
        " (needs relevance {threshold})",
        " ({threshold} ilgililik gerekir)",
        "（関連度{threshold}が必要）",
    ),
    "way_for_digest": (" (waits for the digest)", " (özeti bekler)", "（まとめ用）"),
    "way_only_marks": (
        " (keywords alone never alert)",
        " (anahtar sözcükler tek başına bildirim doğurmaz)",
        "（キーワードだけでは速報しません）",
    ),
    # what would have turned it
    "way_would_alert": (
        "Such an article would alert now: {name} asks for it, but {since}.",
        "Böyle bir haber şimdi bildirilirdi: {name} bunu istiyor, ama {since}.",
        "同様の記事は今なら速報されます：{name}の対象ですが、{since}。",
    ),
    "way_no_way": (
        "Nothing in the settings would have turned it.",
        "Ayarlardaki hiçbir şey bunu değiştirmezdi.",
        "設定で結果が変わることはありませんでした。",
    ),
    "way_smallest": ("Smallest change: {words}.", "En küçük değişiklik: {words}.", "最小の変更：{words}。"),
    "turn_threshold": (
        "with the threshold {threshold} it would have alerted",
        "eşik {threshold} olsaydı bildirilirdi",
        "しきい値が{threshold}なら速報されていました",
    ),
    "turn_not": (
        "with {what} it would not have alerted",
        "{what} ile bildirilmezdi",
        "{what}なら速報されませんでした",
    ),
    "turn_to": ("the threshold {threshold}", "{threshold} eşiği", "しきい値{threshold}"),
    "turn_to_digest": (
        "{rule} set to alert:digest",
        "alert:digest ayarlı {rule}",
        "alert:digestにした{rule}",
    ),
    "turn_let": (
        "if {rule} “{name}” alerted instead of waiting for the digest",
        "{rule} “{name}” özeti beklemek yerine bildirseydi",
        "{rule}「{name}」がまとめを待たずに速報していれば",
    ),
    "turn_less": (
        "if {rule} “{name}” needed only {threshold} instead of {now}",
        "{rule} “{name}” {now} yerine yalnızca {threshold} isteseydi",
        "{rule}「{name}」に必要な関連度が{now}でなく{threshold}なら",
    ),
    "turn_any": (
        "if {rule} “{name}” needed no relevance instead of {now}",
        "{rule} “{name}” {now} yerine hiç ilgililik istemeseydi",
        "{rule}「{name}」が関連度{now}を求めていなければ",
    ),
    "turn_named": (
        "if it had named a person, firm or system of the exemplars; its relevance is enough",
        "örneklerdeki bir kişi, firma ya da sistemin adı geçseydi; ilgililiği yeterli",
        "見本記事の人物・企業・装備の名称が出ていれば（関連度は足りています）",
    ),
    "turn_rule": (
        "if a rule asked for “{word}”",
        "bir kural “{word}” isteseydi",
        "「{word}」を求めるルールがあれば",
    ),
    "turn_rule_often": (
        "if a rule asked for “{word}”, a word of {count} articles",
        "bir kural, {count} haberde geçen “{word}” sözünü isteseydi",
        "「{word}」（記事{count}件に出る語）を求めるルールがあれば",
    ),
    "turn_mute": ("if the mute {mute} ended", "{mute} susturması bitseydi", "ミュート{mute}が終われば"),
    "turn_budget": (
        "with a budget of {more} or more alerts that day",
        "o günkü sınır {more} ya da daha çok olsaydı",
        "その日の上限が{more}件以上なら",
    ),
    "turn_source": (
        "if {source} were read here",
        "{source} burada okunsaydı",
        "{source}をここで読んでいれば",
    ),
    "turn_outlet": (
        "if this channel read a feed of that outlet",
        "bu kanal o yayının bir beslemesini okusaydı",
        "このチャンネルがその媒体のフィードを読んでいれば",
    ),
    # what spoke for and against it
    "way_most_for": (
        "Most for it: {reason} ({part}){named}.",
        "En çok lehte olan: {reason} ({part}){named}.",
        "最も後押しした点：{reason}（{part}）{named}。",
    ),
    "way_most_against": (
        "Most against it: {reason} ({part}){named}.",
        "En çok aleyhte olan: {reason} ({part}){named}.",
        "最も不利な点：{reason}（{part}）{named}。",
    ),
    "way_nearest": (
        "Nearest exemplar sentence ({part}): {sentence}",
        "En yakın örnek cümlesi ({part}): {sentence}",
        "最も近い見本の文（{part}）：{sentence}",
    ),
    "way_voted": (
        "Nearest article voted on ({part}): {mark} {title}",
        "Oylanan en yakın haber ({part}): {mark} {title}",
        "投票された最も近い記事（{part}）：{mark} {title}",
    ),
    "way_promotional": ("Promotional: {sentence}", "Tanıtım: {sentence}", "宣伝：{sentence}"),
    "way_smaller": (
        "{count} smaller reasons together",
        "{count} küçük etken birlikte",
        "ほかの小さな要因{count}件の合計",
    ),
    "way_rounding": ("rounding", "yuvarlama", "端数"),
    "way_together": ("together: a relevance of {score}", "toplam: {score} ilgililik", "合計：関連度{score}"),
    "way_column_weight": ("Weight", "Ağırlık", "重み"),
    "way_column_spoke": (
        "What spoke for (+) or against (−)",
        "Lehte (+) ve aleyhte (−) olanlar",
        "後押し（+）と不利（−）の内容",
    ),
    # in English the reason's own words are said
    "for.typical": (
        "reads like the exemplars overall",
        "genel olarak örnekler gibi",
        "全体に見本記事に似ている",
    ),
    "for.margin": (
        "closer to the exemplars than to general news",
        "örneklere genel haberlerden daha yakın",
        "一般ニュースより見本記事に近い",
    ),
    "for.margin_defence": (
        "closer to the exemplars than to other defence news",
        "örneklere öteki savunma haberlerinden daha yakın",
        "他の防衛ニュースより見本記事に近い",
    ),
    "for.concept": (
        "shares names and ideas with the exemplars",
        "örneklerle ortak ad ve konular var",
        "見本記事と共通する名称や話題がある",
    ),
    "for.named": (
        "names people, firms or systems of the exemplars",
        "örneklerdeki kişi, firma ya da sistemler geçiyor",
        "見本記事の人物・企業・装備に言及",
    ),
    "for.abroad": (
        "a system or maker of theirs abroad",
        "onların yurt dışındaki bir sistemi ya da üreticisi",
        "関係国の装備や企業の国外での動き",
    ),
    "for.place": (
        "defence news of the exemplars' countries",
        "örneklerdeki ülkelerin savunma haberi",
        "見本記事の国々の防衛ニュース",
    ),
    "for.sides": (
        "brings the exemplars' countries together",
        "örneklerdeki ülkeleri bir araya getiriyor",
        "見本記事の国々の間の話",
    ),
    "for.who_subject": (
        "their people, firms or countries with their kind of system",
        "onların kişi, firma ya da ülkeleri ve tür sistemleri",
        "関係者が同種の装備に関わる話",
    ),
    "for.whole": (
        "the exemplars' countries together in their matter",
        "örneklerdeki ülkeler aynı konuda bir arada",
        "見本記事の国々の同じ話題",
    ),
    "for.lone": (
        "several things of the exemplars together",
        "örneklerdeki birkaç şey bir arada",
        "見本記事の要素がいくつか重なる",
    ),
    "for.elsewhere": (
        "keeps to the exemplars' matters",
        "örneklerin konusunda kalıyor",
        "見本記事の話題にとどまる",
    ),
    "for.foreign": (
        "no other countries' kinds of system",
        "başka ülkelerin tür sistemleri yok",
        "別の国の別種の装備ではない",
    ),
    "for.other": ("no words of other pages", "başka sayfaların sözleri yok", "他の面の言葉がない"),
    "for.civil": ("no civil matters", "sivil konu yok", "民生の話題ではない"),
    "for.stuffed": ("written in sentences", "cümlelerle yazılmış", "文章で書かれている"),
    "for.bent": (
        "leans to the exemplars' kind of doings",
        "örneklerdeki tür işlere yakın",
        "見本記事のような動きに近い",
    ),
    "for.done": (
        "tells of doings like the exemplars'",
        "örneklerdekine benzer işlerden söz ediyor",
        "見本記事のような動きを伝えている",
    ),
    "for.undone": (
        "no doings foreign to the exemplars",
        "örneklere yabancı bir iş yok",
        "見本記事と無縁の動きではない",
    ),
    "for.gate": (
        "names something of the exemplars itself",
        "örneklerden bir şeyin adı geçiyor",
        "見本記事の名称が本文に出る",
    ),
    "for.votes": ("this channel's votes", "bu kanalın oyları", "このチャンネルの投票"),
    # an address that nothing brought
    "way_unknown": (
        "No feed of this bot has brought that address yet; nothing is known of it.",
        "Bu botun hiçbir beslemesi o adresi henüz getirmedi; hakkında bir şey bilinmiyor.",
        "このアドレスはまだどのフィードからも届いておらず、情報がありません。",
    ),
    "way_test_it": (
        "A feed holds its latest entries only, and not every article. See it: /watch source test {source}",
        "Bir besleme yalnızca son haberlerini tutar, hepsini değil. Bakın: /watch source test {source}",
        "フィードにあるのは最新の記事だけで、全記事ではありません。確認：/watch source test {source}",
    ),
    "way_reads_none": (
        "This channel reads no source of {host}. Add one: /watch source add {site}",
        "Bu kanal {host} kaynağını okumuyor. Ekleyin: /watch source add {site}",
        "このチャンネルは{host}の配信元を読んでいません。追加：/watch source add {site}",
    ),
    "way_such": ("such an address", "böyle bir adresin", "そのようなアドレス"),
    "way_column_source": ("Source", "Kaynak", "配信元"),
    "way_column_name": ("Name", "Ad", "名前"),
    "way_column_asked": ("Last asked", "Son sorgu", "最終取得"),
    "way_button_test": ("Test {source}", "{source} dene", "{source}を試す"),
    "way_button_add": ("Add {host}", "{host} ekle", "{host}を追加"),
    "way_paused": ("paused here", "burada duraklatıldı", "ここでは停止中"),
    "way_not_asked": ("not asked yet", "henüz sorulmadı", "未取得"),
}
