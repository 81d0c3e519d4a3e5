"""The forms of what a channel is told, asks about and mutes: digests, search, stories, facts, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.form_parts import LANG, PAGE, SHOW, SINCE, form
from bot.commands.parse import Option

if TYPE_CHECKING:
    from bot.commands.parse import Form

_TOPIC: Final = Option(
    name="topic", about="only stories that name these words", brief="only what has these words"
)
_LIMIT: Final = Option(name="limit", about="stories at most, 12 unless said", brief="stories at most")

DIGESTS: Final[tuple[Form, ...]] = (
    form(
        "digest now",
        "",
        "Post a digest of what came since the last one, or since a time.",
        "digest now since:12h",
        SINCE,
        _TOPIC,
        _LIMIT,
        right="change",
    ),
    form(
        "digest preview",
        "",
        "Show the digest as it would be now, only to you; nothing is marked as told.",
        "digest preview since:24h",
        SINCE,
        _TOPIC,
        _LIMIT,
        SHOW,
    ),
    form(
        "digest schedule",
        "",
        "Set when this channel gets its digest.",
        "digest schedule at:07:30 days:mon-fri",
        Option(name="at", about="time of day, such as 07:30"),
        Option(name="days", about="daily, mon-fri, mon, or tue,thu"),
        Option(name="tz", about="time zone, the channel's unless said", brief="time zone"),
        Option(
            name="empty",
            about="what to do when there is nothing",
            brief="if there is nothing",
            choices=("say", "skip"),
        ),
        Option(name="name", about="which schedule; a new name makes one more", brief="a new name: one more"),
        right="change",
    ),
    form("digest list", "", "List this channel's digests and their next times.", "digest list", SHOW),
    form("digest cancel", "DIGEST", "Stop a digest.", "digest cancel d1", least=1, right="change"),
    form("digest history", "", "List the scheduled digests sent.", "digest history", SHOW),
)

QUESTIONS: Final[tuple[Form, ...]] = (
    form(
        "search",
        "WORDS",
        "Search everything that was read, by words and by facts.",
        'search "air defence" fact:amount>100m since:30d',
        SINCE,
        Option(
            name="until", about="no later than, such as 2d or 2026-08-19", brief="such as 2d or 2026-08-19"
        ),
        Option(name="source", about="only this source", suggests="source"),
        LANG,
        Option(name="sort", about="best or newest first", choices=("best", "newest")),
        PAGE,
        SHOW,
        least=1,
    ),
    form(
        "why",
        "ARTICLE",
        "Say why an article or story was told, or where it stopped.",
        "why a1",
        SHOW,
        least=1,
    ),
    form(
        "story show",
        "STORY",
        "Show a story: its reports, facts, origins and where they differ.",
        "story show t1",
        SHOW,
        least=1,
    ),
    form(
        "story timeline",
        "STORY",
        "Show how a story grew: who reported what, and when.",
        "story timeline t1",
        PAGE,
        SHOW,
        least=1,
    ),
    form("story follow", "STORY", "Ping you when a story changes.", "story follow t1", least=1),
    form("story unfollow", "STORY", "Stop pinging you about a story.", "story unfollow t1", least=1),
    form(
        "story merge",
        "STORY OTHER",
        "Put two stories that tell of one event together; the first stays.",
        "story merge t1 t2",
        least=2,
        right="manage",
    ),
    form(
        "story split",
        "STORY ARTICLE",
        "Take articles out into a story of their own, or undo a merge.",
        "story split t1 a2",
        least=1,
        right="manage",
    ),
    form(
        "story retract",
        "STORY",
        "Take a story's posts back in every channel, for good.",
        "story retract t1",
        Option(name="reason", about="what is said in their place"),
        least=1,
        right="manage",
    ),
    form(
        "facts",
        "STORY or ARTICLE",
        "List facts, each with its sentence and link.",
        "facts t1",
        Option(
            name="type",
            about="only this type",
            choices=(
                "money",
                "contract",
                "budget",
                "quantity",
                "percentage",
                "date",
                "delivery_deadline",
                "party",
                "platform",
                "location",
                "person_role",
                "status",
                "agreement",
                "meeting",
                "quote",
            ),
        ),
        Option(
            name="amount", about="over or under, such as >1bn or <=100mEUR", brief="such as >1bn or <=100mEUR"
        ),
        Option(name="buyer", about="of articles that name this buyer", brief="who buys"),
        SINCE,
        PAGE,
        SHOW,
    ),
)

PROMISES: Final[tuple[Form, ...]] = (
    form(
        "promises",
        "",
        "List what was said to come and when, and what became of it.",
        "promises due:90d",
        Option(
            name="due",
            about="within so long, such as 90d, or by a date such as 2027-12-31",
            brief="such as 90d or 2027-12-31",
        ),
        Option(
            name="state",
            about="how it stands; open unless you name one, or somebody",
            brief="open unless said",
            choices=("open", "kept", "slipped", "silent"),
        ),
        Option(name="of", about="only of this name, such as Baykar", brief="whose, such as Baykar"),
        PAGE,
        SHOW,
    ),
    form(
        "promise drop",
        "PROMISE",
        "Take a promise that was read wrongly out of the ledger.",
        "promise drop p1",
        least=1,
        right="manage",
    ),
    form(
        "promise restore",
        "PROMISE",
        "Follow a promise again that was taken out.",
        "promise restore p1",
        least=1,
        right="manage",
        hidden=True,
    ),
)

FILES: Final[tuple[Form, ...]] = (
    form(
        "export",
        "items, facts, rules, feedback or story",
        "Hand over a file of what was read, found, watched or voted, or all of one story.",
        "export facts as:csv since:90d",
        Option(name="as", about="the kind of file", choices=("csv", "json", "md")),
        Option(
            name="story", about="of export story: which", brief="which, of export story", suggests="story"
        ),
        SINCE,
        least=1,
    ),
)

MUTES: Final[tuple[Form, ...]] = (
    form(
        "mute add",
        "STORY, SOURCE, RULE or WORDS",
        "Keep a story, source, rule or words quiet here.",
        "mute add t1 for:3d",
        Option(
            name="for",
            about="how long, such as 24h or 7d; always for no end; it asks if you leave it out",
            brief="such as 24h, 7d or always",
        ),
        Option(
            name="until",
            about="until when, such as 2026-08-20 or 2026-08-20T11:00",
            brief="such as 2026-08-20T11:00",
        ),
        least=1,
        right="change",
    ),
    form("mute list", "", "List what is muted and what was held back.", "mute list", SHOW),
    form("mute off", "MUTE", "End a mute.", "mute off m1", least=1, right="change"),
)
