"""Every command there is: what help shows, what the parser takes, and who may use it."""

from __future__ import annotations

from typing import Final, Literal

from bot.commands.parse import Form, Option

_SINCE: Final = Option(name="since", about="how far back, such as 24h or 30d, or a date such as 2026-08-19")
_SHOW: Final = Option(
    name="show", about="show:channel lets everybody here see the answer", choices=("channel",)
)
_PAGE: Final = Option(name="page", about="which page of a long answer, 1 for the first")
_TAG: Final = Option(name="tag", about="tags, with commas between")
_EVERY: Final = Option(name="every", about="how often it is asked, such as 15m or 2h")
_ALERT: Final = Option(name="alert", about="what a match does", choices=("now", "digest", "off"))
_THRESHOLD: Final = Option(name="threshold", about="relevance it also needs, from 0 to 1; off for none")
_MENTION: Final = Option(name="mention", about="a role or person to ping with its alerts; off for none")
_AUDIENCE: Final = Option(
    name="audience", about="internal keeps it out of public channels", choices=("internal", "any")
)
_LANG: Final = Option(name="lang", about="two letters, such as tr")


def _form(
    name: str,
    takes: str,
    does: str,
    example: str,
    *options: Option,
    least: int = 0,
    right: Literal["", "change", "manage"] = "",
    hidden: bool = False,
) -> Form:
    noun, _, verb = name.partition(" ")
    return Form(
        noun=noun,
        verb=verb,
        takes=takes,
        options=options,
        does=does,
        example=f"/watch {example}",
        right=right,
        least=least,
        hidden=hidden,
    )


FORMS: Final[tuple[Form, ...]] = (
    _form("help", "TOPIC", "Say what can be asked, and how.", "help source"),
    _form(
        "setup",
        "",
        "Set this channel up: what it is for, language, time zone, digest, sources.",
        'setup keywords:"drone procurement, frigate" tz:Europe/Istanbul at:08:00 sources:all',
        Option(name="keywords", about="words to watch for, with commas between"),
        Option(name="lang", about="the language the bot speaks here", choices=("en", "tr", "ja")),
        Option(name="tz", about="time zone, such as Europe/Istanbul"),
        Option(name="at", about="time of the daily digest, such as 08:00; off for none"),
        Option(name="sources", about="a tag of the sources the bot knows, all, or none"),
        Option(
            name="editors",
            about="who may change what is watched here",
            choices=("managers", "everyone"),
        ),
        right="change",
    ),
    _form(
        "status",
        "",
        "Say how this channel, its feeds or delivery are doing.",
        "status of:feeds",
        Option(name="of", about="what to look at", choices=("channel", "feeds", "delivery")),
        _SHOW,
    ),
    _form(
        "source add",
        "URL",
        "Read one more feed in this channel.",
        "source add https://example.org/feed.xml every:15m",
        Option(name="name", about="what to call it here"),
        _EVERY,
        _TAG,
        _LANG,
        least=1,
        right="change",
    ),
    _form(
        "source list", "", "List this channel's sources and their state.", "source list", _TAG, _PAGE, _SHOW
    ),
    _form(
        "source show", "SOURCE", "Show one source and its latest entries.", "source show s1", _SHOW, least=1
    ),
    _form(
        "source test",
        "URL",
        "Ask a feed now and show what it answers; nothing is kept.",
        "source test https://example.org/feed.xml",
        _SHOW,
        least=1,
    ),
    _form(
        "source edit",
        "SOURCE",
        "Change a source's name, tags or interval here.",
        'source edit s1 name:"Harbour Gazette" tag:navy',
        Option(name="name", about="what to call it here"),
        _EVERY,
        _TAG,
        least=1,
        right="change",
    ),
    _form(
        "source pause", "SOURCE", "Stop reading a source here.", "source pause s1", least=1, right="change"
    ),
    _form(
        "source resume", "SOURCE", "Read a paused source again.", "source resume s1", least=1, right="change"
    ),
    _form(
        "source remove",
        "SOURCE",
        "Take a source out of this channel.",
        "source remove s1",
        least=1,
        right="change",
    ),
    _form(
        "rule add",
        "EXPRESSION",
        "Watch for an expression of words, phrases, AND, OR and -not.",
        'rule add "frigate AND (contract OR award) -opinion" name:frigates alert:now',
        Option(name="name", about="what to call it"),
        _ALERT,
        _THRESHOLD,
        _MENTION,
        _AUDIENCE,
        least=1,
        right="change",
    ),
    _form("rule list", "", "List this channel's rules and keywords.", "rule list", _SHOW),
    _form("rule show", "RULE", "Show one rule and what it matched lately.", "rule show r1", _SHOW, least=1),
    _form(
        "rule test",
        "EXPRESSION or RULE",
        "Show what an expression would have matched in the last days.",
        "rule test Baykar days:7",
        Option(name="days", about="how many days back, 30 at most"),
        _SHOW,
        least=1,
    ),
    _form(
        "rule edit",
        "RULE",
        "Change a rule.",
        'rule edit r1 expression:"frigate OR corvette" alert:digest',
        Option(name="expression", about="the new expression"),
        Option(name="name", about="the new name"),
        _ALERT,
        _THRESHOLD,
        _MENTION,
        _AUDIENCE,
        least=1,
        right="change",
    ),
    _form("rule pause", "RULE", "Stop using a rule for now.", "rule pause r1", least=1, right="change"),
    _form("rule resume", "RULE", "Use a paused rule again.", "rule resume r1", least=1, right="change"),
    _form(
        "rule remove", "RULE", "Take a rule out of this channel.", "rule remove r1", least=1, right="change"
    ),
    _form(
        "exemplar list", "", "List the articles that relevance is measured against.", "exemplar list", _SHOW
    ),
    _form(
        "digest now",
        "",
        "Post a digest of what came since the last one, or since a time.",
        "digest now since:12h",
        _SINCE,
        Option(name="topic", about="only stories that name these words"),
        Option(name="limit", about="stories at most, 12 unless said"),
        right="change",
    ),
    _form(
        "digest preview",
        "",
        "Show the digest as it would be now, only to you; nothing is marked as told.",
        "digest preview since:24h",
        _SINCE,
        Option(name="topic", about="only stories that name these words"),
        Option(name="limit", about="stories at most, 12 unless said"),
        _SHOW,
    ),
    _form(
        "digest schedule",
        "",
        "Set when this channel gets its digest.",
        "digest schedule at:07:30 days:mon-fri tz:Europe/Berlin",
        Option(name="at", about="time of day, such as 07:30"),
        Option(name="days", about="daily, mon-fri, mon, or tue,thu"),
        Option(name="tz", about="time zone, the channel's unless said"),
        Option(name="empty", about="what to do when there is nothing", choices=("say", "skip")),
        Option(name="name", about="which schedule, if the channel has several"),
        right="change",
    ),
    _form("digest list", "", "List this channel's digests and their next times.", "digest list", _SHOW),
    _form("digest cancel", "DIGEST", "Stop a digest.", "digest cancel d1", least=1, right="change"),
    _form("digest history", "", "List the digests this channel got.", "digest history", _SHOW),
    _form(
        "search",
        "WORDS",
        "Search everything that was read.",
        'search "air defence" since:30d lang:tr',
        _SINCE,
        Option(name="until", about="no later than, such as 2d or 2026-08-19"),
        Option(name="source", about="only this source", suggests="source"),
        _LANG,
        Option(name="sort", about="best or newest first", choices=("best", "newest")),
        _PAGE,
        _SHOW,
        least=1,
    ),
    _form(
        "why",
        "ARTICLE",
        "Say why an article or story was told, or where it stopped.",
        "why a1",
        _SHOW,
        least=1,
    ),
    _form(
        "story show",
        "STORY",
        "Show a story: its reports, facts, origins and where they differ.",
        "story show t1",
        _SHOW,
        least=1,
    ),
    _form(
        "story timeline",
        "STORY",
        "Show how a story grew: who reported what, and when.",
        "story timeline t1",
        _PAGE,
        _SHOW,
        least=1,
    ),
    _form("story follow", "STORY", "Ping you when a story changes.", "story follow t1", least=1),
    _form("story unfollow", "STORY", "Stop pinging you about a story.", "story unfollow t1", least=1),
    _form(
        "story retract",
        "STORY",
        "Take a story's posts back in every channel, for good.",
        "story retract t1",
        Option(name="reason", about="what is said in their place"),
        least=1,
        right="manage",
    ),
    _form(
        "facts",
        "STORY or ARTICLE",
        "List facts, each with its sentence and link.",
        "facts t1",
        Option(
            name="type",
            about="only this type",
            choices=(
                "money",
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
        _SINCE,
        _PAGE,
        _SHOW,
    ),
    _form(
        "mute add",
        "STORY, SOURCE, RULE or WORDS",
        "Keep a story, source, rule or words quiet here.",
        "mute add t1 for:3d",
        Option(name="for", about="how long, such as 24h or 7d; always for no end"),
        least=1,
        right="change",
    ),
    _form("mute list", "", "List what is muted and what was held back.", "mute list", _SHOW),
    _form("mute off", "MUTE", "End a mute.", "mute off m1", least=1, right="change"),
    _form("settings show", "", "Show this channel's settings.", "settings show", _SHOW),
    _form(
        "settings set",
        "SETTING VALUE",
        "Change a setting: language, tz, threshold, quiet, layout, editors, visibility, name.",
        "settings set threshold 0.65",
        least=2,
        right="change",
    ),
    _form("settings audit", "", "List who changed what here.", "settings audit", _PAGE, _SHOW),
    _form(
        "export",
        "items, facts, rules or feedback",
        "Hand over a file of what was read, found, watched or voted.",
        "export facts as:csv since:90d",
        Option(name="as", about="the kind of file", choices=("csv", "json", "md")),
        _SINCE,
        least=1,
    ),
    # Asked by buttons; help does not list them.
    _form(
        "vote up", "STORY", "Say that a story is what this channel wants.", "vote up t1", least=1, hidden=True
    ),
    _form(
        "vote down",
        "STORY",
        "Say that a story is not what this channel wants.",
        "vote down t1",
        least=1,
        hidden=True,
    ),
    _form("undo", "CHANGE", "Take a change back.", "undo u1", least=1, right="change", hidden=True),
)
