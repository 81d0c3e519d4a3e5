"""Answers to commands about the invented day of `sample_posts`."""

from __future__ import annotations

from bot.commands.request import Choice, File, Question, Reply, Sheet
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
from tests.browser.sample_posts import DEAL, DELIVERY, GAZETTE, NIPPO, POSTASI

WHY = Message(
    kind="reply",
    notice="Why t7 is here: relevance 0.93 is above 0.60",
    blocks=(
        Heading(text="Why t7 is here"),
        Text(text="Relevance 0.93 is above this channel's 0.60, so it alerted at once."),
        Table(
            header=("Stage", "Found", "Decided"),
            rows=(
                ("Fetched", "Harbour Gazette (s12), 08:12", "new"),
                ("Watch", "drone, contract in the title (r4)", "matched"),
                ("Relevance", "0.93: names Halcyon; nearest to “Drone procurement visit” (0.81)", "alert"),
                ("Story", "no story of the last three days is near", "opened t7"),
                ("Delivery", "not muted, outside quiet hours", "sent 08:14"),
            ),
        ),
        Text(text="It would not have alerted with a threshold above 0.93.", tone="small"),
        Actions(
            buttons=(
                Button(label="Share", command="why t7 show:channel"),
                Button(label="Mute t7", command="mute add t7", style="danger", confirm="Mute t7 for a day?"),
            )
        ),
    ),
)


SEARCH = Message(
    kind="reply",
    notice="3 stories with “Halcyon” in the last 30 days",
    blocks=(
        Heading(text="3 stories with “Halcyon” in the last 30 days"),
        Divider(),
        Heading(text="Varnland orders 24 patrol drones from Helion Aero for €310 million", url=GAZETTE.url),
        Text(text="Harbour Gazette · 19 August, 08:12 · English · t7", tone="small"),
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
        Divider(),
        Heading(text="Halcyon İHA'sının ilk uçuşu için tarih verildi: 3 Eylül", url=POSTASI.url),
        Text(text="Kuzey Postası · 12 August, 17:40 · Turkish · t4", tone="small"),
        Text(
            text="“Uçağın gövdesi hazır, motorun son sınaması bu hafta bitiyor,” dedi Sevgi Alpuğan.",
            tone="quote",
        ),
        Divider(),
        Heading(text="東湾防衛庁、来年度予算で無人機12機の取得を要求へ", url=NIPPO.url),
        Text(text="東湾日報 · 19 August, 18:30 · Japanese · t9", tone="small"),
        Links(
            label="Also named in",
            links=(GAZETTE, Link(text="Coastal Ledger", url="https://ledger.example/halcyon-in-the-east")),
        ),
        Actions(
            buttons=(
                Button(label="Next page", command="search Halcyon since:30d page:2", style="primary"),
                Button(label="Share", command="search Halcyon since:30d show:channel"),
            )
        ),
    ),
)

SETTINGS = Message(
    kind="reply",
    notice="Settings of #defence-news",
    blocks=(
        Heading(text="Settings of #defence-news"),
        Table(
            header=("Setting", "Now", "Set by"),
            rows=(
                ("Language", "English", "the configuration file"),
                ("Time zone", "Europe/Istanbul (UTC+3)", "Orla Venn, 3 August"),
                ("Digest", "08:00, Monday to Friday; skipped when empty", "Orla Venn, 3 August"),
                ("Threshold", "0.60", "usual"),
                ("Quiet hours", "22:00 to 06:30, urgent alerts come through", "Tamsin Okoro, 11 August"),
            ),
        ),
        Text(text="Next digest: Thursday, 21 August, 08:00", tone="small"),
        Text(text="The mention role @watchers is gone from this server; nobody is pinged.", tone="warning"),
        Actions(
            buttons=(
                Button(label="Change…", command="setup", style="primary"),
                Button(
                    label="Turn alerts off",
                    command="settings set alerts off",
                    style="danger",
                    confirm="Turn alerts off for everyone in #defence-news?",
                ),
            )
        ),
    ),
)

STATUS = Message(
    kind="reply",
    notice="All feeds but one are well",
    blocks=(
        Heading(text="All feeds but one are well"),
        Chart(
            title="Entries read a day",
            summary="63 entries on 20 August, the most of these eight days; 41 on an average one.",
            bars=tuple(
                Bar(label=f"{day} Aug", value=value)
                for day, value in (
                    (13, 38),
                    (14, 44),
                    (15, 31),
                    (16, 12),
                    (17, 9),
                    (18, 47),
                    (19, 58),
                    (20, 63),
                )
            ),
        ),
        Text(text="Failing: Inland Courier (since 06:10, not found)", tone="warning"),
    ),
)

SETUP = Reply(
    message=Message(
        kind="reply", notice="Set this channel up", blocks=(Text(text="What shall this channel watch?"),)
    ),
    sheet=Sheet(
        title="Set this channel up",
        command="setup",
        questions=(
            Question(
                name="keywords",
                label="Words to watch for",
                hint="with commas between",
                value="drone procurement, frigate",
                required=True,
                long=True,
            ),
            Question(
                name="lang",
                label="Language",
                choices=(
                    Choice(label="English", value="en"),
                    Choice(label="Türkçe", value="tr"),
                    Choice(label="日本語", value="ja"),
                ),
                value="en",
                required=True,
            ),
            Question(name="at", label="Time of the daily digest", hint="such as 08:00; off for none"),
        ),
    ),
)

EXPORT = Reply(
    message=Message(kind="reply", notice="41 facts", blocks=(Text(text="41 facts of the last 30 days."),)),
    file=File(name="facts-2025-08-20.csv", body="story,fact\nt7,€310 million\n".encode()),
)
