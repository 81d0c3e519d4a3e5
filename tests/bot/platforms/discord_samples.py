"""Messages of an invented newsroom, one of each kind, and the goldens made from them."""

from __future__ import annotations

from typing import Any

from bot.messages import (
    Actions,
    Bar,
    Button,
    Chart,
    Divider,
    FactLine,
    Facts,
    Heading,
    Link,
    Links,
    Message,
    Table,
    Text,
)
from bot.platforms.discord.render import layout

COURIER = Link(
    text="Inland Courier",
    url="https://courier.example/defence/corvette-order#:~:text=%E2%82%AC1.2%20billion",
)
KORFEZ = Link(text="Körfez Haber", url="https://korfez.example/savunma/korvet")
HOPPO = Link(text="北浜新聞", url="https://hoppo.example/articles/881")
ORDER = "Ostmark's navy ordered four Tern-class corvettes from Brannock Yards on Monday for €1.2 billion."

VALUE = FactLine(
    label="Contract value", value="€1.2 billion", sentence=ORDER, mention="€1.2 billion", source=COURIER
)
QUANTITY = FactLine(
    label="Quantity",
    value="4 Tern-class corvettes",
    sentence=ORDER,
    mention="four Tern-class corvettes",
    source=COURIER,
)
VOTES = Actions(
    buttons=(
        Button(label="👍", command="vote up t7"),
        Button(label="👎", command="vote down t7"),
        Button(label="Why", command="why t7"),
        Button(label="Mute", command="mute add t7 for:3d"),
    )
)

ALERT = Message(
    kind="alert",
    notice="Ostmark orders four corvettes from Brannock Yards for €1.2 billion (Inland Courier)",
    thread="t7",
    urgent=True,
    blocks=(
        Heading(text="Ostmark orders four corvettes from Brannock Yards for €1.2 billion", url=COURIER.url),
        Text(text="Inland Courier · 3 March, 08:12 · English · a41", tone="small"),
        Facts(lines=(VALUE, QUANTITY)),
        Text(text="Unconfirmed: one origin, Inland Courier", tone="small"),
        VOTES,
    ),
)
UPDATE = Message(
    kind="update",
    notice="New in t7: Ostmark donanması dört korvet sipariş etti",
    thread="t7",
    lang="tr",
    blocks=(
        Text(text="Körfez Haber (Turkish) reports it too"),
        Heading(text="Ostmark donanması dört korvet sipariş etti", url=KORFEZ.url),
        Text(
            text="The reports differ: Inland Courier €1.2 billion; Körfez Haber €1.4 billion", tone="warning"
        ),
        Text(text="“Four ships,\n# not five”", tone="quote"),
        Links(label="Reports", links=(COURIER, KORFEZ)),
    ),
)
JAPANESE = Message(
    kind="alert",
    notice="北浜造船、哨戒艇6隻を受注",
    thread="t9",
    lang="ja",
    blocks=(
        Heading(text="北浜造船、哨戒艇6隻を受注", url=HOPPO.url),
        Facts(
            lines=(
                FactLine(
                    label="契約額",
                    value="880億円",
                    sentence="契約額は880億円で、納入は2028年度までに終える。",
                    mention="880億円",
                    source=HOPPO,
                ),
            )
        ),
    ),
)
DIGEST = Message(
    kind="digest",
    notice="Digest for 4 March: 63 entries read, 2 stories",
    blocks=(
        Heading(text="Digest for 4 March"),
        Text(text="3 March, 08:00 to 4 March, 08:00: 63 entries read, 2 stories", tone="small"),
        Divider(),
        Heading(text="Ostmark orders four corvettes", url=COURIER.url),
        Facts(lines=(VALUE, QUANTITY)),
        Links(label="Reports", links=(COURIER, KORFEZ)),
        Divider(),
        Heading(text="北浜造船、哨戒艇6隻を受注", url=HOPPO.url),
        Text(text="Feeds failing: Coastal Ledger (since 06:10)", tone="warning"),
    ),
)
WHY = Message(
    kind="reply",
    notice="Why t7 is here",
    blocks=(
        Heading(text="Why t7 is here"),
        Text(text="Relevance 0.93 is above this channel's 0.60."),
        Table(
            header=("Stage", "Found", "Decided"),
            rows=(
                ("Fetched", "Inland Courier (s12), 08:12", "new"),
                ("Watch", "corvette in the title (r4)", "matched"),
            ),
        ),
        Actions(buttons=(Button(label="Share", command="why t7 show:channel", style="primary"),)),
    ),
)
CHART = Message(
    kind="reply",
    notice="Entries a day",
    blocks=(
        Heading(text="Entries a day"),
        Chart(
            title="Entries a day",
            summary="12 entries on Monday, 30 on Tuesday.",
            bars=(Bar(label="Mon", value=12), Bar(label="Tue", value=30)),
        ),
        Actions(
            buttons=(
                Button(label="Take back", command="story retract t7", style="danger", confirm="For good?"),
            )
        ),
    ),
)
PINGED = Message(
    kind="alert",
    notice="A story changed",
    mentions=("user:123", "role:456", "everyone", "user:x", "user:123"),
    blocks=(Heading(text="A story changed"),),
)
SAMPLES = {
    "alert": ALERT,
    "update": UPDATE,
    "japanese": JAPANESE,
    "digest": DIGEST,
    "why": WHY,
    "chart": CHART,
    "pinged": PINGED,
}


def nodes(message: Message) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(component: dict[str, Any]) -> None:
        found.append(component)
        for child in component.get("components", ()):
            walk(child)

    for component in layout(message):
        walk(dict(component))
    return found


def told(message: Message) -> str:
    return "\n".join(node["content"] for node in nodes(message) if node["type"] == 10)
