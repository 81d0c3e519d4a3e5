"""The forms of what a channel watches: its sources and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.form_parts import LANG, PAGE, SHOW, form
from bot.commands.parse import Option

if TYPE_CHECKING:
    from bot.commands.parse import Form

_NAME: Final = Option(name="name", about="what to call it here")
_TAG: Final = Option(
    name="tag", about="tags, with commas between; off for none", brief="with commas between, or off"
)
_EVERY: Final = Option(
    name="every",
    about="how often it is asked, such as 15m or 2h; auto: as often as it publishes",
    brief="such as 15m, 2h, or auto",
)
_CONFIRM: Final = Option(name="confirm", about="yes saves it", choices=("yes",))
_STATE: Final = Option(
    name="state",
    about="paused adds it without using it yet",
    brief="paused: not used yet",
    choices=("on", "paused"),
)
_ALERT: Final = Option(
    name="alert",
    about="what a match does: now (even in quiet hours), usual, digest (waits for it), off (only marks)",
    brief="what a match does",
    choices=("now", "usual", "digest", "off"),
)
_THRESHOLD: Final = Option(
    name="threshold",
    about="relevance it also needs, from 0 to 1; off for none",
    brief="relevance it needs, or off",
)
_MENTION: Final = Option(
    name="mention",
    about="a role or person to ping with its alerts; off for none",
    brief="whom to ping, or off",
)
_AUDIENCE: Final = Option(
    name="audience",
    about="internal keeps it out of public channels",
    brief="internal: not in public",
    choices=("internal", "any"),
)

_LIKE_ALERT: Final = Option(
    name="alert",
    about="what such an article does: now (even in quiet hours), usual, digest (waits for it)",
    brief="what such an article does",
    choices=("now", "usual", "digest"),
)
_LIKENESS: Final = Option(
    name="threshold",
    about="likeness it needs, from 0 to 1, 0.7 unless said",
    brief="likeness it needs, 0 to 1",
)

SOURCES: Final[tuple[Form, ...]] = (
    form(
        "source add",
        "URL",
        "Read one more source in this channel.",
        "source add https://example.org/feed.xml every:15m",
        _NAME,
        _EVERY,
        _TAG,
        LANG,
        _STATE,
        Option(
            name="kind",
            about="page: a list of articles without a feed; sitemap: a news sitemap",
            brief="what it is, if no feed",
            choices=("page", "sitemap"),
        ),
        Option(
            name="select",
            about="the page's links to articles as a CSS selector, such as 'h2 a'",
            brief="CSS selector, such as h2 a",
        ),
        _CONFIRM,
        least=1,
        right="change",
    ),
    form(
        "source import",
        "URL",
        "Take over feeds from an OPML file.",
        "source import https://example.org/feeds.opml",
        Option(name="text", about="its text"),
        _CONFIRM,
        right="change",
    ),
    form(
        "source export",
        "",
        "Hand over the feeds as an OPML file.",
        "source export",
        Option(name="tag", about="only with this tag"),
    ),
    form(
        "source list",
        "",
        "List the sources here and their state.",
        "source list state:failing",
        Option(name="tag", about="only with this tag"),
        Option(
            name="state",
            about="only these",
            choices=("fresh", "quiet", "unchanged", "failing", "gone", "not a feed", "new", "paused"),
        ),
        PAGE,
        SHOW,
    ),
    form("source show", "SOURCE", "Show one source and its latest entries.", "source show s1", SHOW, least=1),
    form(
        "source test",
        "URL or SOURCE",
        "Ask a source now; nothing is kept.",
        "source test https://example.org/feed.xml",
        SHOW,
        least=1,
    ),
    form(
        "source edit",
        "SOURCE",
        "Change a source's name, tags or interval here.",
        'source edit s1 name:"Harbour Gazette" tag:navy',
        _NAME,
        _EVERY,
        _TAG,
        least=1,
        right="change",
    ),
    form("source pause", "SOURCE", "Stop reading a source here.", "source pause s1", least=1, right="change"),
    form(
        "source resume", "SOURCE", "Read a paused source again.", "source resume s1", least=1, right="change"
    ),
    form(
        "source remove",
        "SOURCE",
        "Take a source out of this channel.",
        "source remove s1",
        least=1,
        right="change",
    ),
    form(
        "source save",
        "OFFER",
        "Do what a button about a source stands for.",
        "source save 1",
        least=1,
        right="change",
        hidden=True,
    ),
    form(
        "source unimport",
        "SOURCES PLAN",
        "Take out what an import added.",
        "source unimport 1-3",
        least=1,
        right="change",
        hidden=True,
    ),
)

RULES: Final[tuple[Form, ...]] = (
    form(
        "rule add",
        "EXPRESSION",
        "Watch for an expression of words, phrases, AND, OR and -not.",
        'rule add "frigate* AND (contract* OR award*) -opinion" name:frigates alert:now',
        Option(
            name="name",
            about="what to call it; alerts give it as their reason",
            brief="alerts give it as reason",
        ),
        _ALERT,
        _THRESHOLD,
        _MENTION,
        _AUDIENCE,
        _STATE,
        least=1,
        right="change",
    ),
    form("rule list", "", "List this channel's rules and keywords.", "rule list", SHOW),
    form("rule show", "RULE", "Show one rule and what it matched lately.", "rule show r1", SHOW, least=1),
    form(
        "rule test",
        "EXPRESSION or RULE",
        "Show what an expression would have matched in the last days.",
        "rule test Baykar days:7",
        Option(name="days", about="how many days back, 30 at most", brief="days back, 30 at most"),
        SHOW,
        least=1,
    ),
    form(
        "rule edit",
        "RULE",
        "Change a rule.",
        'rule edit r1 expression:"frigate OR corvette" alert:digest',
        Option(
            name="expression",
            about="the new expression, phrases in 'single quotes'",
            brief="phrases in 'single quotes'",
        ),
        Option(name="name", about="the new name"),
        _ALERT,
        _THRESHOLD,
        _MENTION,
        _AUDIENCE,
        least=1,
        right="change",
    ),
    form("rule pause", "RULE", "Stop using a rule for now.", "rule pause r1", least=1, right="change"),
    form("rule resume", "RULE", "Use a paused rule again.", "rule resume r1", least=1, right="change"),
    form(
        "rule remove", "RULE", "Take a rule out of this channel.", "rule remove r1", least=1, right="change"
    ),
    form(
        "rule restore",
        "RULE",
        "Bring a rule back that was taken out.",
        "rule restore r1",
        Option(name="expression", about="what it watches for"),
        Option(name="name", about="what to call it"),
        _ALERT,
        _THRESHOLD,
        _MENTION,
        _AUDIENCE,
        _STATE,
        Option(name="exemplars", about="the articles of a likeness"),
        least=1,
        right="change",
        hidden=True,
    ),
)

LIKENESSES: Final[tuple[Form, ...]] = (
    form(
        "like",
        "ARTICLE, STORY or TEXT",
        "Propose a watch for more of an article, with how many alerts it brings; a button saves it.",
        "like a1",
        Option(
            name="text", about="the article's text, or its link, in quotes", brief="its text, or its link"
        ),
        Option(
            name="name",
            about="what to call the watch; alerts give it as their reason",
            brief="alerts give it as reason",
        ),
        _LIKE_ALERT,
        _LIKENESS,
    ),
    form(
        "like save",
        "ARTICLE or EXEMPLARS",
        "Save a proposed watch.",
        "like save a1",
        Option(name="name", about="what to call it"),
        _LIKE_ALERT,
        _LIKENESS,
        Option(name="words", about="the expression that it marks"),
        _MENTION,
        _AUDIENCE,
        _STATE,
        least=1,
        right="change",
        hidden=True,
    ),
)
