"""A day in an invented channel: every country, firm, person and outlet here is made up."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.messages import Actions, Button, Divider, FactLine, Facts, Heading, Link, Links, Message, Text
from bot.platforms.preview.posts import Posted

CHANNEL = "#defence-news"
LABEL = "sample newsroom, August 2025, outlets invented"

GAZETTE = Link(
    text="Harbour Gazette",
    url="https://gazette.example/defence/varnland-orders-patrol-drones#:~:text=310%20million",
)
POSTASI = Link(text="Kuzey Postası", url="https://postasi.example/haber/varnland-devriye-ihasi")
NIPPO = Link(text="東湾日報", url="https://nippo.example/articles/20250819-helion")


def card_buttons(story: str, why: str, facts: str, mute: str) -> Actions:
    """Return the buttons beneath an alert, two of them for its votes."""
    return Actions(
        buttons=(
            Button(label="👍", command=f"vote up {story}"),
            Button(label="👎", command=f"vote down {story}"),
            Button(label=why, command=f"why {story}"),
            Button(label=facts, command=f"facts {story}"),
            Button(label=mute, command=f"mute add {story}", confirm=f"{mute}: {story}, 24 h?"),
        )
    )


DEAL = (
    "Varnland's defence ministry signed a €310 million contract with Helion Aero on Tuesday for 24 "
    "Halcyon patrol drones and their ground stations."
)
DELIVERY = "The first six aircraft are to be handed over by the end of March 2027, the ministry said."

ALERT = Message(
    kind="alert",
    notice="Varnland orders 24 patrol drones from Helion Aero for €310 million (Harbour Gazette)",
    thread="t7",
    urgent=True,
    blocks=(
        Heading(text="Varnland orders 24 patrol drones from Helion Aero for €310 million", url=GAZETTE.url),
        Text(text="Harbour Gazette · 19 August, 08:12 · English · a41", tone="small"),
        Text(
            text="Here because it is like the exemplars (0.93) and names Halcyon, drone procurement · "
            "words: drone, contract",
            tone="small",
        ),
        Facts(
            lines=(
                FactLine(
                    label="Contract value",
                    value="€310 million · signed",
                    sentence=DEAL,
                    mention="€310 million",
                    source=GAZETTE,
                ),
                FactLine(
                    label="Quantity",
                    value="24 Halcyon patrol drones",
                    sentence=DEAL,
                    mention="24 Halcyon patrol drones",
                    source=GAZETTE,
                ),
                FactLine(
                    label="Buyer",
                    value="Defence ministry, Varnland",
                    sentence=DEAL,
                    mention="Varnland's defence ministry",
                    source=GAZETTE,
                ),
                FactLine(
                    label="Due",
                    value="by 31 March 2027 · said by the ministry",
                    sentence=DELIVERY,
                    mention="by the end of March 2027",
                    source=GAZETTE,
                ),
                FactLine(
                    label="Quote",
                    value="Ilka Sorvander, procurement chief, Varnland",
                    sentence="“We looked at five aircraft and bought the one that flew in our winter,” said "
                    "procurement chief Ilka Sorvander.",
                    mention="procurement chief Ilka Sorvander",
                    source=GAZETTE,
                ),
            )
        ),
        Text(text="Unconfirmed: one origin, Harbour Gazette · first: Harbour Gazette", tone="small"),
        card_buttons("t7", "Why?", "Facts", "Mute"),
    ),
)

UPDATE = Message(
    kind="update",
    notice="New in t7: Varnland, 24 devriye İHA'sı için imzayı attı",
    thread="t7",
    blocks=(
        Text(text="Kuzey Postası (Turkish) reports it too"),
        Heading(text="Varnland, 24 devriye İHA'sı için imzayı attı", url=POSTASI.url),
        Text(text="Kuzey Postası · 19 August, 09:05 · Turkish · a44", tone="small"),
        Facts(
            lines=(
                FactLine(
                    label="Contract value",
                    value="more than €350 million",
                    sentence="Eğitim ve bakım dâhil anlaşmanın değeri 350 milyon avroyu aşıyor.",
                    mention="350 milyon avroyu aşıyor",
                    source=POSTASI,
                ),
            )
        ),
        Text(
            text="The reports differ on contract value: Harbour Gazette reports €310 million; "
            "Kuzey Postası more than €350 million",
            tone="warning",
        ),
        Text(
            text="2 independent origins: Harbour Gazette, Kuzey Postası · first: Harbour Gazette",
            tone="small",
        ),
        Links(label="Reports", links=(GAZETTE, POSTASI)),
    ),
)

JAPANESE = Message(
    kind="alert",
    notice="東湾防衛庁、来年度予算で無人機12機の取得を要求へ（東湾日報）",
    lang="ja",
    thread="t9",
    blocks=(
        Heading(text="東湾防衛庁、来年度予算で無人機12機の取得を要求へ", url=NIPPO.url),
        Text(text="東湾日報 · 8月19日 18:30 · 日本語 · a52", tone="small"),
        Text(text="見本記事との類似度0.88、無人機調達への言及により表示", tone="small"),
        Facts(
            lines=(
                FactLine(
                    label="要求額",
                    value="2000億円 · 計画 · 2026年度",
                    sentence="同庁は2026年度予算に無人機の取得費として2000億円を盛り込む方針だ。",
                    mention="2000億円",
                    source=NIPPO,
                ),
                FactLine(
                    label="数量",
                    value="12機",
                    sentence="取得するのは長時間滞空型12機で、うち4機を北方の基地に置く。",
                    mention="12機",
                    source=NIPPO,
                ),
            )
        ),
        Text(text="未確認：独立した情報源は1件（東湾日報） · 初報：東湾日報", tone="small"),
        card_buttons("t9", "理由", "主な事実", "消音"),
    ),
)

DIGEST = Message(
    kind="digest",
    notice="Digest for 20 August: 18 August, 08:00 to 20 August, 08:00: 63 entries read, 2 stories",
    blocks=(
        Heading(text="Digest for 20 August"),
        Text(text="19 August, 08:00 to 20 August, 08:00: 63 entries read, 2 stories", tone="small"),
        Divider(),
        Heading(text="Varnland orders 24 patrol drones from Helion Aero for €310 million", url=GAZETTE.url),
        Text(text="already alerted · Harbour Gazette · 19 August, 08:12 · English · a41 · t7", tone="small"),
        Facts(
            lines=(
                FactLine(
                    label="Contract value",
                    value="€310 million · signed",
                    sentence=DEAL,
                    mention="€310 million",
                    source=GAZETTE,
                ),
                FactLine(
                    label="Due",
                    value="by 31 March 2027",
                    sentence=DELIVERY,
                    mention="by the end of March 2027",
                    source=GAZETTE,
                ),
            )
        ),
        Links(label="Reports", links=(GAZETTE, POSTASI)),
        Divider(),
        Heading(text="Quayside yard launches second mine hunter", url="https://ledger.example/yard"),
        Text(text="new · Coastal Ledger · 19 August, 15:40 · English · a49 · t11", tone="small"),
        Text(text="Unconfirmed: one origin, Coastal Ledger", tone="small"),
        Divider(),
        Text(text="Left out"),
        Text(
            text="Drone wins the regional film prize (Coastal Ledger): a look-alike, no procurement in it",
            tone="small",
        ),
        Text(
            text="Halcyon spa opens its doors (Harbour Gazette): shares a name only, relevance 0.12",
            tone="small",
        ),
        Text(text="Feeds failing: Inland Courier (since 06:10, not found)", tone="warning"),
    ),
)


def posted(key: str, message: Message, *, day: int, hour: int, minute: int) -> Posted:
    """Return a post of August 2025, its time in UTC."""
    at = datetime(2025, 8, day, hour, minute, tzinfo=UTC)
    return Posted(at=at, channel=CHANNEL, message=message, key=key)


A_DAY = (
    posted("card-7", ALERT, day=19, hour=6, minute=14),
    posted("card-9", JAPANESE, day=19, hour=9, minute=31),
    posted("reply-7-44", UPDATE, day=19, hour=7, minute=6),
    posted("digest-1-2025-08-20", DIGEST, day=20, hour=6, minute=0),
)
