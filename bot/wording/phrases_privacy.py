"""What is said to somebody who asks to be forgotten, in the languages the bot speaks."""

from __future__ import annotations

from typing import Final

# One row a phrase: English, Turkish, Japanese, as in `bot/wording/phrases.py`.
PHRASES: Final[dict[str, tuple[str, str, str]]] = {
    "forget_ask": (
        "This is what I keep of you, in all channels",
        "Sizinle ilgili tüm kanallarda tuttuklarım",
        "すべてのチャンネルで保存しているあなたの記録",
    ),
    "forget_final": (
        "Forgetting removes it for good; nothing brings it back.",
        "Unutma işlemi bunları kalıcı olarak siler; geri alınamaz.",
        "消去すると元に戻せません。",
    ),
    "forget_effects": (
        "What your votes taught is unlearnt, what you muted is told again, your changes stay unnamed.",
        "Oylarınızın öğrettikleri silinir, susturduklarınız yine bildirilir, değişiklikler adsız kalır.",
        "投票で学んだ内容は取り消され、ミュートは解除され、変更の記録は名前を外して残ります。",
    ),
    "forget_button": ("Forget me", "Beni unut", "記録を消去"),
    "forget_done": (
        "You are forgotten here. Removed",
        "Unutuldunuz. Silinenler",
        "あなたの記録を消去しました",
    ),
    "forget_nothing": (
        "I keep nothing of you.",
        "Sizinle ilgili bir kayıt tutmuyorum.",
        "あなたに関する記録はありません。",
    ),
    "forget_elsewhere": (
        "Copies of the database and logs are kept by whoever runs the bot.",
        "Veritabanı yedekleri ve günlükler, botu çalıştıranda kalır.",
        "データベースの控えとログはボットの運用者が保管しています。",
    ),
    "forget_votes": ("votes: {count}", "oylar: {count}", "投票：{count}件"),
    "forget_follows": (
        "stories followed: {count}",
        "takip edilen konular: {count}",
        "フォロー中の話題：{count}件",
    ),
    "forget_mutes": ("mutes: {count}", "sessize almalar: {count}", "ミュート：{count}件"),
    "forget_changes": (
        "changes, by name: {count}",
        "adla duran değişiklikler: {count}",
        "名前付きの変更：{count}件",
    ),
    "forget_makings": (
        "exemplars and stories, by name: {count}",
        "adla duran örnekler ve konular: {count}",
        "名前付きの見本と話題：{count}件",
    ),
    "forget_pings": (
        "rules with a ping: {count}",
        "etiketleyen kurallar: {count}",
        "呼び出し付きのルール：{count}件",
    ),
    "forget_messages": (
        "messages with a ping: {count}",
        "etiketleyen iletiler: {count}",
        "呼び出し付きのメッセージ：{count}件",
    ),
    "forget_askings": (
        "ids of presses: {count}",
        "düğme basışlarının kimlikleri: {count}",
        "操作の識別子：{count}件",
    ),
    "forget_mentions": (
        "mentions elsewhere: {count}",
        "başka yerlerde geçişler: {count}",
        "ほかの箇所での言及：{count}件",
    ),
}
