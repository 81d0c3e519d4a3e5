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
    "failing_many": (
        "{count} feeds failing, such as {names}: /watch status of:feeds",
        "{count} kaynak çalışmıyor, örneğin {names}: /watch status of:feeds",
        "{count}件のフィードの取得に失敗中（{names}など）：/watch status of:feeds",
    ),
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
