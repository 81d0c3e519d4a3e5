"""What a person gives as an exemplar: an article by id, link, story or title, or a text of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.commands.parse import shown
from bot.commands.replies import only, story_named
from bot.errors import CommandError
from watchers.errors import KnowledgeError
from watchers.feeds.links import canonical
from watchers.languages import UNKNOWN, detect
from watchers.relevance.exemplars import exemplar
from watchers.text import is_cjk
from watchers.types import Entry

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from watchers.store.rows_chat import Given
    from watchers.types import Exemplar

EXAMPLE: Final = "/watch exemplar add a88 good"
PASTE: Final = '/watch exemplar add "Headline and first paragraphs of the article" good'
KINDS: Final = ("good", "bad")
# Code points; two founding articles have 2,100 each. Every sentence is compared with every entry, and a text
# made of two-letter sentences takes the reader 2 ms a code point once.
MOST_TEXT: Final = 4_000
LEAST_TEXT: Final = 40  # less is a headline, which shows neither people nor acts
LEAST_CJK: Final = 20
MOST_TITLE: Final = 200
MOST_NOTE: Final = 200
_FIRST: Final = re.compile(r"\n|(?<=[.!?])\s|(?<=[。！？])")  # a headline ends there
_TAILED: Final = re.compile(r"(\S+)\s+(good|bad)", re.IGNORECASE)
_ID: Final = re.compile(r"x(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A command's words without the kind, which stands behind them or in an option."""

    words: str
    good: bool
    kind_said: bool


def said(command: Command) -> Said:
    """Return what a command names and whether it is good; good unless said. Raises CommandError for both.

    Behind `good:` and `bad:` stands nothing, yes, no, or the article itself.
    """
    kinds, words = set(), list(command.values)
    for kind, other in (KINDS, reversed(KINDS)):
        value = command.options.get(kind)
        if value is not None:
            kinds.add(other if value.lower() == "no" else kind)
            words += [] if value.lower() in {"", "yes", "no"} else [value]
    if len(words) == 1 and (both := _TAILED.fullmatch(words[0])):  # Discord hands all of it over as one
        words = [both[1], both[2]]
    if words and words[-1].lower() in KINDS:
        kinds.add(words.pop().lower())
    if len(kinds) > 1:
        raise CommandError("An exemplar is good or bad, not both.", example=EXAMPLE)
    return Said(words=" ".join(words).strip(), good=kinds != {"bad"}, kind_said=bool(kinds))


def number_of(words: str) -> int | None:
    """Return the number in "x9", None for anything else."""
    found = _ID.fullmatch(words)
    return int(found[1]) if found else None


def kind_of(*, good: bool) -> str:
    """Return what an exemplar is called."""
    return "good" if good else "bad"


def named(given: Given) -> str:
    """Return what people call an exemplar: x9 “Tokyo weighs drones”."""
    return f"x{given.number} “{shown(given.title, 80)}”"


async def article(words: str, command: Command, desk: Desk) -> Exemplar:
    """Return the article that is meant, its text as relevance takes it. Raises CommandError."""
    if command.options.get("text", "").strip():
        return _pasted(command.options["text"], command)
    if words[:1].lower() == "t" and words[1:].isdigit():
        return _of_entry((await story_named(desk, words, example="/watch exemplar add t1")).lead.entry)
    if "://" in words:
        return await _linked(words.strip("<>").partition("|")[0], desk)  # Slack sets it in brackets
    found = await desk.store.find.entries(words) if len(words) <= MOST_TITLE else ()
    if not found and _is_text(words):
        return _pasted(words, command)
    number = only(found, words, what="article", letter="a", example=PASTE)
    entry = await desk.store.entries.get(number)
    if entry is None:
        raise CommandError(f"There is no article a{number}.", example=PASTE)
    return _of_entry(entry)


def as_entry(one: Exemplar, desk: Desk) -> Entry:
    """Return an exemplar as an article to be read."""
    return Entry(
        key=one.key,
        feed=0,
        guid="",
        link="",
        title=one.title,
        summary="",
        body=one.text.removeprefix(one.title).strip(),
        lang=one.lang,
        outlet="",
        published=None,
        seen=desk.clock.now(),
    )


async def _linked(link: str, desk: Desk) -> Exemplar:
    found = await desk.store.find.entries(link) or await desk.store.find.entries(canonical(link))
    entry = await desk.store.entries.get(found[0]) if found else None
    if entry is None:
        raise CommandError(
            "No feed of this bot has brought that address, and the bot reads no web pages by itself. "
            "Paste the headline and the first paragraphs instead; /watch exemplar add alone opens a form.",
            example=PASTE,
        )
    return _of_entry(entry)


def _of_entry(entry: Entry) -> Exemplar:
    return _made(entry.title, entry.body or entry.summary, entry.lang)


def _pasted(text: str, command: Command) -> Exemplar:
    if not _is_text(text):
        raise CommandError(
            f"A text to learn from has {LEAST_TEXT} characters or more: headline and first paragraphs.",
            example=PASTE,
        )
    if len(text) > MOST_TEXT:
        raise CommandError(
            f"That text has {len(text):,} characters, and {MOST_TEXT:,} are enough to learn from. Give the "
            "headline and the first paragraphs alone.",
            example=PASTE,
        )
    given = " ".join(command.options.get("title", "").split())
    title = given or next(found for piece in _FIRST.split(text) if (found := piece.strip()))
    return _made(title[:MOST_TITLE], text, detect(f"{given}\n{text}"))


def _made(title: str, body: str, lang: str) -> Exemplar:
    try:
        return exemplar(title, body[:MOST_TEXT], lang="en" if lang == UNKNOWN else lang)
    except KnowledgeError as error:
        raise CommandError("That article has no text.", example=PASTE) from error


def _is_text(words: str) -> bool:
    return len(words) >= LEAST_CJK if is_cjk(words) else len(words) >= LEAST_TEXT and " " in words
