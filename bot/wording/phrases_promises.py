"""The bot's own words about promises in the languages it speaks; `bot/wording/phrases.py` takes them up."""

from __future__ import annotations

from typing import Final

# One row a phrase: English, Turkish, Japanese. Sober words: a promise is kept, moved, or nobody spoke of it.
PROMISES: Final[dict[str, tuple[str, str, str]]] = {
    # how a promise stands
    "promise.open": ("open", "açık", "期限前"),
    "promise.kept": ("kept", "yerine geldi", "履行"),
    "promise.slipped": ("moved", "ertelendi", "延期"),
    "promise.silent": ("no word", "haber yok", "続報なし"),
    "told.kept": (
        "Kept: was due {due}, reported {day}",
        "Yerine geldi: tarihi {due} idi, {day} tarihinde bildirildi",
        "履行：期限は{due}、{day}に報道",
    ),
    "told.slipped": (
        "Moved: was due {due}, now {now}",
        "Ertelendi: tarihi {due} idi, şimdi {now}",
        "延期：期限は{due}、現在は{now}",
    ),
    "told.silent": (
        "No word: was due {due}; nothing reported since",
        "Haber yok: tarihi {due} idi; o günden beri bir haber yok",
        "続報なし：期限は{due}、その後の報道なし",
    ),
    "promise_said": ("Said {day}", "{day} tarihinde söylenen", "{day}の発言・報道"),
    "promise_ruled": ("Reported {day}", "{day} tarihinde bildirilen", "{day}の報道"),
    "promise_now": ("now {now}", "şimdi {now}", "現在は{now}"),
    # lists
    "promises_one": ("1 promise", "1 taahhüt", "予定1件"),
    "promises": ("{count} promises", "{count} taahhüt", "予定{count}件"),
    "promises_none": (
        "The ledger has no such promise.",
        "Defterde böyle bir taahhüt yok.",
        "該当する予定は記録にありません。",
    ),
    "promises_of": ("Promises in this story", "Bu konudaki taahhütler", "この話題の予定"),
    "button_later": ("Moved to {name}", "Yenisi: {name}", "新しい予定 {name}"),
    # digests
    "due_month": ("Due this month", "Bu ay tarihi gelenler", "今月が期限のもの"),
    "due_more": (
        "{count} more: /watch promises due:30d",
        "{count} tane daha: /watch promises due:30d",
        "ほか{count}件：/watch promises due:30d",
    ),
    "promises_became": ("What became of promises", "Taahhütlerin akıbeti", "予定のその後"),
    # what is promised
    "deed.deliver": ("delivery", "teslimat", "納入"),
    "deed.serve": ("entry into service", "hizmete giriş", "就役"),
    "deed.complete": ("completion", "tamamlanma", "完成"),
    "deed.begin": ("start", "başlangıç", "開始"),
    "deed.build": ("construction", "yapım", "建造"),
    "deed.open": ("opening", "açılış", "開設"),
    "deed.launch": ("launch", "denize indirme veya fırlatma", "進水・打ち上げ"),
    "deed.publish": ("publication", "yayımlanma", "公表"),
    "deed.certify": ("certification", "onay belgesi", "認証"),
    "deed.install": ("installation", "kurulum", "設置"),
    "deed.train": ("training", "eğitim", "訓練"),
    "deed.retire": ("retirement", "hizmetten çıkış", "退役"),
    "deed.raise": ("increase", "artış", "増額・増強"),
    "deed.move": ("move", "taşınma", "移転"),
    "deed.test": ("test", "deneme", "試験"),
    "deed.sign": ("signing", "imza", "署名"),
    "deed.order": ("order", "sipariş", "発注"),
    "deed.select": ("selection", "seçim", "選定"),
    "deed.approve": ("approval", "onay", "承認"),
    "deed.agree": ("agreement", "anlaşma", "合意"),
}
