"""What is said of sources that break, fall silent or come back, in the languages the bot speaks."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str, str]]] = {
    "feeds_unwell": (
        "{count} sources have brought nothing for a day",
        "{count} kaynaktan bir gündür haber alınamıyor",
        "{count}件の情報源が1日以上取得できていません",
    ),
    "feed_unwell": (
        "{name} has brought nothing for a day: {why}",
        "{name} kaynağından bir gündür haber alınamıyor: {why}",
        "{name}が1日以上取得できていません：{why}",
    ),
    "feed_gone": (
        "{name} is gone for good, its server says",
        "{name} kalıcı olarak kapandı, sunucusu böyle söylüyor",
        "{name}は配信を終了しました（サーバーの応答）",
    ),
    "feeds_how": (
        "They are asked again, ever more rarely. How each is doing: /watch status of:feeds",
        "Giderek seyrekleşen aralıklarla yeniden denenir. Durumları: /watch status of:feeds",
        "間隔を空けながら再取得を続けます。状況：/watch status of:feeds",
    ),
    "failing": (
        "Feeds failing: {names}{why}",
        "Çalışmayan kaynaklar: {names}{why}",
        "取得に失敗中のフィード：{names}{why}",
    ),
    "failing_many": (
        "{count} feeds failing, such as {names}{why}: /watch status of:feeds",
        "{count} kaynak çalışmıyor, örneğin {names}{why}: /watch status of:feeds",
        "{count}件のフィードの取得に失敗中（{names}など）{why}：/watch status of:feeds",
    ),
    "faults": (" ({kinds})", " ({kinds})", "（{kinds}）"),
    "faults_between": (", ", ", ", "、"),
    "fault_gone": ("{count} gone for good", "{count} kalıcı olarak kapandı", "配信終了{count}件"),
    "fault_refused": ("{count} may not be opened", "{count} açılamaz adres", "開けないアドレス{count}件"),
    "fault_timeout": ("{count} timed out", "{count} zaman aşımı", "時間切れ{count}件"),
    "fault_unreachable": ("{count} out of reach", "{count} ulaşılamıyor", "接続不可{count}件"),
    "fault_status": ("{count} answered with an error", "{count} hata yanıtı", "エラー応答{count}件"),
    "fault_answered": ("{count} answered {status}", "{count} yanıt {status}", "応答{status}が{count}件"),
    "fault_no_feed": ("{count} sent no feed", "{count} besleme göndermedi", "フィード以外の応答{count}件"),
    "fault_parse": ("{count} could not be parsed", "{count} çözümlenemedi", "解析不能{count}件"),
    "fault_other": ("{count} otherwise", "{count} başka nedenle", "その他{count}件"),
    "feeds_quiet": (
        "{count} sources have been silent for much longer than usual",
        "{count} kaynak her zamankinden çok daha uzun süredir sessiz",
        "{count}件の情報源で、通常よりかなり長く新しい記事がありません",
    ),
    "feed_quiet": (
        "{name} has brought nothing new since {since}, at least three times as long as is usual for it",
        "{name} kaynağında {since} tarihinden beri yeni haber yok; her zamankinin en az üç katı",
        "{name}は{since}以降、新しい記事がありません（通常の間隔の3倍以上）",
    ),
    "feeds_quiet_how": (
        "They answer as before; perhaps the site has moved its feed. Which: /watch source list state:quiet",
        "Yanıt veriyorlar; site beslemesini taşımış olabilir. Hangileri: /watch source list state:quiet",
        "応答はありますが、配信先が変わった可能性があります。一覧：/watch source list state:quiet",
    ),
    "feeds_back": (
        "{count} sources are back",
        "{count} kaynak geri döndü",
        "{count}件の情報源が復旧しました",
    ),
    "feed_well": (
        "{name} can be read again",
        "{name} yeniden okunabiliyor",
        "{name}を再び取得できるようになりました",
    ),
    "feed_loud": (
        "{name} brings news again",
        "{name} yeniden haber getiriyor",
        "{name}に再び新しい記事が出ています",
    ),
    "feeds_changed": (
        "{count} sources are doing otherwise than before",
        "{count} kaynağın durumu değişti",
        "{count}件の情報源の状態が変わりました",
    ),
}
