"""The bot's own words on who stands behind a story and where its reports differ, in its three languages."""

from __future__ import annotations

from typing import Final

# One row a phrase: English, Turkish, Japanese, as in `bot/wording/phrases.py`.
PHRASES: Final[dict[str, tuple[str, str, str]]] = {
    # what values that differ are of; the keys end in what `watchers.stories.claims` calls it
    "on.amount": ("amount", "tutar", "金額"),
    "on.deal value": ("deal value", "sözleşme bedeli", "契約額"),
    "on.price of one": ("price of one", "birim fiyat", "単価"),
    "on.percentage": ("percentage", "oran", "割合"),
    "on.difference in points": ("difference in points", "puan farkı", "ポイント差"),
    "on.start date": ("start date", "başlangıç tarihi", "開始時期"),
    "on.end date": ("end date", "bitiş tarihi", "期限"),
    "on.decision date": ("date of the decision", "karar tarihi", "決定の時期"),
    "on.signing date": ("date of signing", "imza tarihi", "署名の時期"),
    "on.statistic": ("total", "toplam", "総額"),
    "on.number of dead": ("number of dead", "ölü sayısı", "死者数"),
    "on.number of injured": ("number of injured", "yaralı sayısı", "負傷者数"),
    "on.number of people": ("number of people", "kişi sayısı", "人数"),
    "on.number of violations": ("number of violations", "ihlal sayısı", "侵犯の件数"),
    "on.number of ships": ("number of ships", "gemi sayısı", "隻数"),
    "on.number of batteries": ("number of batteries", "batarya sayısı", "基数"),
    "on.number of munitions": ("number of munitions", "mühimmat sayısı", "弾数"),
    "on.number of aircraft": ("number of aircraft", "uçak sayısı", "機数"),
    "on.number of vehicles": ("number of vehicles", "araç sayısı", "両数"),
    "on.number of countries": ("number of countries", "ülke sayısı", "国の数"),
    # one of several outlets, and what it says
    "outlets": ("{outlet} (+{count})", "{outlet} (+{count})", "{outlet}（ほか{count}）"),
    # one outlet's later report beside its earlier ones
    "again": (
        "{outlet} ({language}) reports more",
        "{outlet} ({language}) yeni bilgi veriyor",
        "{outlet}（{language}）が続報",
    ),
    "now_reports": (
        "{outlet} now reports {value} ({about}), before {before}",
        "{outlet} artık {value} bildiriyor ({about}), önceden {before}",
        "{outlet}は現在{value}と報道（{about}、以前は{before}）",
    ),
    "gives": ("{outlet} gives {value}", "{outlet}: {value}", "{outlet}は{value}"),
    "exactly": (
        "Known more exactly ({about}): {sides}",
        "Daha kesin bilinen ({about}): {sides}",
        "より正確な値（{about}）：{sides}",
    ),
    "differ_more": (
        "The reports differ on {count} more: story show {story}",
        "Haberler {count} konuda daha ayrışıyor: story show {story}",
        "ほかに{count}点で報道が異なる：story show {story}",
    ),
    "reference_makes": (
        "{outlet} reports {about} as made by {said}; our reference data of {when}: made by {ours} ({source})",
        "{outlet}: {about} üreticisi {said}; {when} tarihli başvuru verimiz: üreticisi {ours} ({source})",
        "{outlet}は{about}の製造元を{said}と報道、当方の参照データ（{when}）では{ours}（{source}）",
    ),
    "reference_office": (
        "{outlet} reports {said} as {about}; our reference data of {when}: {ours} ({source})",
        "{outlet}: {said}, {about}; {when} tarihli başvuru verimiz: {ours} ({source})",
        "{outlet}は{said}を{about}と報道、当方の参照データ（{when}）では{ours}（{source}）",
    ),
    # what became of articles since
    "article_gone": (
        "Taken down since: {outlets}",
        "Sonradan yayından kalktı: {outlets}",
        "その後ページ削除：{outlets}",
    ),
    "article_withdrawn": (
        "Withdrawn by its publisher: {outlets}",
        "Yayıncısı geri çekti: {outlets}",
        "発行元が記事を取り下げ：{outlets}",
    ),
    # what was folded into an origin
    "folded": ("Counted as one: {folds}", "Tek sayılanlar: {folds}", "同一と数えたもの：{folds}"),
    "fold": ("{origin} with {outlets}", "{origin} ile {outlets}", "{origin}と{outlets}"),
    "fold_copy": ("{outlet} (copy)", "{outlet} (kopya)", "{outlet}（転載）"),
    "fold_credit": ("{outlet} (citing it)", "{outlet} (ondan alıntı)", "{outlet}（引用）"),
    "fold_publisher": ("{outlet} (same publisher)", "{outlet} (aynı yayıncı)", "{outlet}（同じ発行元）"),
    "fold_state": (
        "{outlet} (same state owner)",
        "{outlet} (aynı devletin)",
        "{outlet}（同じ国が所有）",
    ),
    "fold_languages": ("{origin} in {languages}", "{origin}: {languages}", "{origin}：{languages}"),
    "labelled": ("{origin} ({label})", "{origin} ({label})", "{origin}（{label}）"),
    "label.state": ("state-owned", "devlete ait", "国有"),
    "label.official": ("official", "resmî", "公的機関"),
    "label.maker": ("maker", "üretici", "製造企業"),
    # a search that was cut
    "search_cut": (
        "More articles have the words; only the facts of the {count} nearest were looked at. Narrow it down.",
        "Kelimeler daha çok haberde var; yalnızca en yakın {count} haberin bulgularına bakıldı. Daraltın.",
        "該当する記事はさらにあり、最も近い{count}件の事実だけを調べました。絞り込んでください。",
    ),
    "search_cut_newest": (
        "More articles have the words; only the facts of the {count} newest were looked at. Narrow it down.",
        "Kelimeler daha çok haberde var; yalnızca en yeni {count} haberin bulgularına bakıldı. Daraltın.",
        "該当する記事はさらにあり、新しい{count}件の事実だけを調べました。絞り込んでください。",
    ),
    # who an outlet belongs to
    "behind": (
        "{outlet}: {tier}, {ownership}, {owner} (by {source}, read {day})",
        "{outlet}: {tier}, {ownership}, {owner} ({source}, okunma {day})",
        "{outlet}：{tier}、{ownership}、{owner}（{source}、{day}閲覧）",
    ),
    "tier.agency": ("news agency", "haber ajansı", "通信社"),
    "tier.national": ("national outlet", "ulusal yayın", "全国メディア"),
    "tier.trade": ("trade press", "sektör basını", "専門メディア"),
    "tier.official": ("official", "resmî", "公的機関"),
    "tier.maker": ("maker", "üretici", "製造企業"),
    "ownership.state": ("state-owned", "devlete ait", "国有"),
    "ownership.public": ("public", "kamu", "公共"),
    "ownership.private": ("private", "özel", "民間"),
    "ownership.cooperative": ("cooperative", "kooperatif", "組合"),
    "ownership.foundation": ("foundation", "vakıf", "財団"),
    "ownership.listed": ("listed company", "halka açık şirket", "上場企業"),
    "earlier": (
        "Earlier: {story} {headline} ({day})",
        "Öncesi: {story} {headline} ({day})",
        "これまで：{story} {headline}（{day}）",
    ),
    "later": (
        "Later: {story} {headline} ({day})",
        "Sonrası: {story} {headline} ({day})",
        "その後：{story} {headline}（{day}）",
    ),
}
