"""`help`: how to start, what can be asked, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands import meant, values
from bot.commands.forms import FORMS
from bot.commands.parse import shown
from bot.commands.replies import reply
from bot.errors import CommandError
from bot.messages import Actions, Button, Heading, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.desk import Desk
    from bot.commands.parse import Command, Form
    from bot.messages import Block, Message

# From nothing to a first digest; every line is run by a test.
START: Final = (
    (
        "Set this channel up, in a form (/watch setup) or in one line",
        'setup keywords:"drone procurement, frigate" tz:Europe/Istanbul at:08:00 sources:all',
    ),
    ("Say what alerts", 'rule add "frigate* AND (contract* OR award*) -opinion" name:frigates'),
    ("Look at a feed, with its address in place of this one", "source test https://example.org/feed.xml"),
    (
        "Read it here; what fits alerts within a minute or two",
        "source add https://example.org/feed.xml every:15m",
    ),
    ("See what a rule would have found", 'rule test "frigate* AND (contract* OR award*)" days:7'),
    ("Say when the digest comes", "digest schedule at:08:00 days:mon-fri"),
    ("See the first digest now, only you", "digest preview since:24h"),
)
NOUNS: Final = {
    "setup": "sets a channel up in one form or one line",
    "status": "how this channel, its feeds and delivery are doing",
    "source": "the feeds this channel reads",
    "rule": "the words that alert",
    "like": "a whole watch from one article",
    "exemplar": "the articles relevance is measured against",
    "digest": "the summary of a day",
    "search": "looks through everything that was read",
    "why": "why an article was told, or where it stopped",
    "story": "one event with all its reports",
    "facts": "figures, dates and names, each with its sentence",
    "promises": "what was said to come and when, and what became of it",
    "promise": "takes a wrong reading out of that list",
    "mute": "keeps things quiet for a while",
    "settings": "language, time zone, relevance, quiet hours and more",
    "undo": "takes a change back, by its id in the list of changes (settings audit)",
    "export": "hands over a file",
    "help": "this page; /watch help source tells all about one of them",
}
EXPRESSIONS: Final = (
    ("frigate", "the word as it stands, whatever its case and accents; frigates is another"),
    ('"sea power"', "these words in a row"),
    ("frigate contract", "both words, anywhere in the article; frigate AND contract says the same"),
    ("frigate OR corvette", "at least one of them"),
    ("frigate (contract OR award)", "brackets group"),
    ("frigate -opinion", "the one without the other; NOT says the same"),
    ("frigate*", "every word that begins so: frigates, frigate's"),
    ("frigate NEAR/5 contract", "at most five words apart"),
    ("entity:TUSAŞ", "that firm, person, system or place by any of its names, in three languages"),
    (
        'about:"drone procurement"',
        "the matter in other words too: procurement of drones, İHA tedariki, 無人機の調達",
    ),
    ("fact:amount>100m", "an amount over 100 million dollars, or as much in other money: 90mEUR, 15bnJPY"),
    ("fact:status=signed fact:buyer=Japan", "a deal that is signed; a buyer by any of its names"),
    (
        "fact:budget>1bn NEAR/6 earmark*",
        "also contract, price, quantity, percent, deadline<2028, seller, party, platform, type",
    ),
    ("/(f|t)-?35/", "a pattern; /watch rule show says what an expression stands for"),
    ("title:frigate", "only in the headline"),
    ("frigate lang:tr", "only articles in a language"),
    ('frigate source:"Harbour Post"', "only from an outlet, by its name or host"),
    ("cs:SAM", "with just these capitals"),
)
_TOPICS: Final = {"expression": "rule", "expressions": "rule", "start": "", "commands": "", "feed": "source"}
_IDS: Final = (
    "Ids are short: s12 a source, r4 a rule, a88 an article, t7 a story, p5 a promise, x9 an exemplar, d1 a "
    "digest, m3 a mute, u5 a change. Part of a name or title works too. Answers are for you alone; Share or "
    "show:channel lets everybody see them."
)


async def answer(command: Command, _desk: Desk) -> Message:
    """Return how to start and what there is, or all about one noun or one command."""
    words = " ".join(command.values).lower().strip()
    words = _TOPICS.get(words, words)
    if not words:
        return _overview()
    noun, _, verb = words.partition(" ")
    if verb and meant.topic(words.split()) and noun not in NOUNS:
        noun, verb = meant.topic(words.split()), ""
    elif meant.means_all(words.split()):
        return _overview()
    forms = [form for form in shown_forms() if form.noun in {noun, noun.rstrip("s")}]
    some = [form for form in forms if not verb or form.verb == verb]
    if not some:
        known = [*NOUNS, *(form.name for form in shown_forms())]
        near = values.nearest(words, known)
        raise CommandError(
            f'There is no help on "{shown(words)}".',
            nearest=f"help {near}" if near else "",
            example=f"/watch help {near}".strip(),
        )
    return _about(some)


def shown_forms() -> tuple[Form, ...]:
    """Return the commands that people type."""
    return tuple(form for form in FORMS if not form.hidden)


def _overview() -> Message:
    steps = tuple((str(n), what, f"/watch {line}") for n, (what, line) in enumerate(START, 1))
    verbs: dict[str, list[str]] = {}
    for form in shown_forms():
        verbs.setdefault(form.noun, []).append(form.verb)
    rows = tuple(
        (noun, NOUNS[noun], ", ".join(verb for verb in verbs[noun] if verb) or f"/watch {noun}")
        for noun in NOUNS
        if noun in verbs
    )
    return reply(
        "Start here, and what can be asked",
        Heading(text="Start here"),
        Table(header=("Step", "What for", "Type"), rows=steps),
        Heading(text="What can be asked"),
        Table(header=("About", "What it is", "Asked with"), rows=rows),
        Text(text=_IDS, tone="small"),
        Actions(
            buttons=(
                Button(label="Set up", command="setup", style="primary"),
                Button(label="About sources", command="help source"),
                Button(label="About rules", command="help rule"),
                Button(label="About digests", command="help digest"),
            )
        ),
    )


def _about(forms: Sequence[Form]) -> Message:
    name = forms[0].name if len(forms) == 1 else forms[0].noun
    rows = tuple((f"/watch {f.name} {f.takes}".strip(), f.does + _who(f), f.example) for f in forms)
    options = _options(forms)
    blocks: list[Block] = [
        Heading(text=f"/watch {name}"),
        Table(header=("Type", "What it does", "For example"), rows=rows),
    ]
    if options:
        blocks += [Heading(text="Options"), Table(header=("Option", "What it is", "Of"), rows=options)]
    if forms[0].noun == "rule":
        examples = tuple((text, meaning) for text, meaning in EXPRESSIONS)
        blocks += [
            Heading(text="What a rule can say"),
            Table(header=("Expression", "Is met by"), rows=examples),
            Text(
                text="Put an expression of several parts in double quotes and phrases inside it in single "
                "ones: /watch rule add \"('sea power' OR frigate) AND contract\". Words alone in double "
                "quotes are a phrase; to find them anywhere, leave the quotes off. AND and OR are capitals. "
                "Try one before you add it: /watch rule test",
                tone="small",
            ),
        ]
    if forms[0].noun == "settings":
        blocks.append(Text(text="What each setting takes: /watch settings show", tone="small"))
    return reply(f"About {name}", *blocks)


def _who(form: Form) -> str:
    """Return who may, where it is not everybody."""
    return {"": "", "change": " (those who manage)", "manage": " (managers only)"}[form.right]


def _options(forms: Sequence[Form]) -> tuple[tuple[str, str, str], ...]:
    """Return each option once, what it is, and the commands that have it."""
    of: dict[tuple[str, str], list[str]] = {}
    for form in forms:
        for option in form.options:
            if option.name == "show":
                continue
            named = all(choice in option.about for choice in option.choices)
            about = option.about if named else f"{option.about}: {', '.join(option.choices)}"
            of.setdefault((f"{option.name}:", about), []).append(form.verb or form.noun)
    return tuple((name, about, ", ".join(verbs)) for (name, about), verbs in of.items())
