"""What is said of delivery itself, in the languages the bot speaks."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str, str]]] = {
    "backlog": (
        "{count} more alerts waited while this channel could not be reached",
        "Bu kanala ulaşılamazken {count} bildirim daha birikti",
        "このチャンネルに接続できない間に、ほかに{count}件の速報がたまりました",
    ),
    "backlog_how": (
        "The newest are listed here, the most pressing went out one by one. All of them: search since:2d",
        "En yenileri burada; en önemlileri tek tek gönderildi. Tümü için: search since:2d",
        "新しいものを掲載しました。重要なものは個別に送信済みです。すべて見るには：search since:2d",
    ),
    "closed": (
        "I can no longer post in {channel}: {why}",
        "{channel} kanalına artık yazamıyorum: {why}",
        "{channel}に投稿できなくなりました：{why}",
    ),
    "closed_how": (
        "What is meant for it waits. Let me in again and ask me anything there, and it follows.",
        "Oraya gidecekler bekliyor. Beni yeniden alıp orada bir komut yazarsanız gönderirim.",
        "配信は保留しています。再び参加させてそこで何か尋ねると、続きを送ります。",
    ),
}
