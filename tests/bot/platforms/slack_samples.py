"""Messages as the bot sends them, with invented names, for what Slack makes of them."""

from __future__ import annotations

from typing import Final

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

GAZETTE: Final = Link(text="Harbour Gazette", url="https://gazette.example/a?x=1&y=2")
POST: Final = Link(text="Kuzey Postası", url="https://postasi.example/h")


def make_fact(label: str, value: str, sentence: str, mention: str, source: Link = GAZETTE) -> FactLine:
    return FactLine(label=label, value=value, sentence=sentence, mention=mention, source=source)


SIGNED: Final = "Varnland signed a €310 million contract for drones."
VALUE: Final = make_fact("Contract value", "€310 million", SIGNED, "€310 million")
BUYER: Final = make_fact("Buyer", "Varnland", SIGNED, "Varnland")
JAPANESE: Final = make_fact(
    "数量",
    "12隻",
    "同省は護衛艦12隻を調達する。",
    "12隻",
    Link(text="潮目新報", url="https://shiome.example/1"),
)
BUTTONS: Final = Actions(
    buttons=(
        Button(label="👍", command="vote up t7"),
        Button(label="Why this?", command="why t7"),
        Button(
            label="Retract",
            command="story retract t7",
            style="danger",
            confirm="Take this story back everywhere?",
        ),
    )
)
CHART: Final = Chart(
    title="Reports a day",
    summary="Between 1 and 3 Aug, 2 to 9 reports a day.",
    bars=(Bar(label="1 Aug", value=2), Bar(label="2 Aug", value=9), Bar(label="3 Aug", value=4)),
)
ALERT: Final = Message(
    kind="alert",
    notice="Varnland orders drones & boats (Harbour Gazette)",
    thread="t7",
    mentions=("user:U0123", "role:S0456", "role:789"),
    blocks=(
        Heading(text="Varnland orders drones & boats", url="https://gazette.example/a"),
        Text(text="Harbour Gazette · 20 Aug 11:00 · English · a88", tone="small"),
        Text(text="Rule: drones · words: drone", tone="small"),
        Facts(lines=(VALUE, BUYER)),
        Text(text="2 independent origins", tone="small"),
        Text(text="Two outlets differ about the value", tone="warning"),
        Links(label="Reports", links=(GAZETTE, POST)),
        BUTTONS,
    ),
)
UPDATE: Final = Message(
    kind="update",
    notice="Update to t7: Varnland's boats",
    thread="t7",
    lang="ja",
    blocks=(
        Text(text="潮目新報も報じている"),
        Heading(text="護衛艦12隻を調達へ", url="https://shiome.example/1"),
        Facts(lines=(JAPANESE,)),
    ),
)
DIGEST: Final = Message(
    kind="digest",
    notice="Digest of Thursday: 2 stories",
    blocks=(
        Heading(text="Digest of Thursday 20 August 2026"),
        Text(text="From 8:00 to 8:00 · 40 entries · 2 stories", tone="small"),
        Divider(),
        Heading(text="Varnland orders drones", url="https://gazette.example/a"),
        Facts(lines=(VALUE,)),
        Divider(),
        Heading(text="Another headline", url="https://postasi.example/b"),
        Facts(lines=(make_fact("Ships", "12", "Twelve ships will follow.", "Twelve", POST),)),
        Text(text="Left out", tone="normal"),
        Text(text="An essay (Kuzey Postası): names no event", tone="small"),
    ),
)
REPLY: Final = Message(
    kind="reply",
    notice="2 facts of t7",
    blocks=(
        Heading(text="Facts of t7"),
        Facts(lines=(VALUE, JAPANESE)),
        Table(
            header=("Source", "State"), rows=(("s1 Harbour Gazette", "read 5 min ago", "ok"), ("s2", "", ""))
        ),
        Text(text="An outlet's words,\nin two lines", tone="quote"),
        CHART,
    ),
)
NOTICE: Final = Message(kind="notice", notice="Feed <s3> answers again", blocks=())
SAMPLES: Final = {
    "alert": ALERT,
    "update": UPDATE,
    "digest": DIGEST,
    "reply": REPLY,
    "notice": NOTICE,
}
