"""What the bot says, for no platform in particular: values that each platform renders in its own way.

Every string is plain text from us or from a feed; nothing in it is markup, and renderers escape all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

# Stands before a post whose earlier attempt may have arrived, where nobody can look for it.
REPEATED = "This may be a repeat: an earlier attempt to post it ended without an answer."
VERSION = 2  # of the JSON in the outbox; raise it when a field changes its meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to a page. `url` is http or https; an empty one renders as the words alone."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One key fact: a label and a value in the channel's language, and the sentence it was read from.

    `mention` is the part of `sentence` to mark. `source` names the outlet and links to the article.
    """

    label: str
    value: str
    sentence: str
    mention: str
    source: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A headline, linked where there is a page behind it."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; `tone` small is for context lines, quote for an outlet's own words."""

    text: str
    tone: Literal["normal", "small", "quote", "warning"] = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Key facts, most telling first."""

    lines: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """A labelled row of links, such as the outlets that report a story."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a header; every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Divider:
    """A line between two parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that asks a command, as if whoever presses it had typed it.

    `command` is without the slash command's own name, such as "why t7", so a press is held to the presser's
    rights and survives a restart. `confirm` is a question asked first, empty for none.
    """

    label: str
    command: str
    style: Literal["normal", "primary", "danger"] = "normal"
    confirm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """Buttons that belong together, ten at most; a platform sets as many in a row as it can."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart; `value` counts something and is not negative."""

    label: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Counts over time, oldest first; `summary` says in a sentence what the picture shows."""

    title: str
    summary: str
    bars: tuple[Bar, ...]


Block = Heading | Text | Facts | Links | Table | Divider | Actions | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One post. `notice` is the sentence for notifications and screen readers, without markup.

    `thread` names the story ("t7"): an update goes beneath the alert of the same one. Empty without a story.
    `mentions` are the only people and roles it may ping, as "user:U0123" or "role:456"; no text pings.
    """

    kind: Literal["alert", "update", "digest", "reply", "notice"]
    notice: str
    blocks: tuple[Block, ...]
    lang: str = "en"
    thread: str = ""
    urgent: bool = False
    mentions: tuple[str, ...] = ()


def repeated(message: Message) -> Message:
    """Return a message that says of itself that it may be a repeat."""
    return replace(message, blocks=(Text(text=REPEATED, tone="small"), *message.blocks))
