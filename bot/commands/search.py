"""`search`: everything that was read, by its words and by what it states."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.commands import pages, stated, values
from bot.commands.expressions import names
from bot.commands.parse import shown
from bot.commands.replies import audience_of, only, reply
from bot.commands.times import moment_of
from bot.errors import CommandError
from bot.messages import Actions, Button, Divider, Heading, Text
from bot.wording.counting import counted_in
from bot.wording.folding import language_name
from bot.wording.phrases import say
from bot.wording.values import moment
from watchers.store.search import LOOKED_AT

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block, Message
    from watchers.store.rows_chat import Found

_EXAMPLE: Final = '/watch search "air defence" since:30d'
_PLAIN: Final = re.compile(r"[^\W\d_]{3,}(?<![\u3000-\u9fff])")  # a word that may take endings
HITS: Final = 8  # on a page: about what a phone shows in two screens


async def answer(command: Command, desk: Desk) -> Message:
    """Return a page of the entries that have the words, with the words marked by their place in the text."""
    words, terms = stated.parted(command.values)
    expression = stated.expression_of(terms, words=words) if terms else None
    stating = stated.sieve(expression, await names(desk)) if expression is not None else None
    audience = await audience_of(desk)
    now = desk.clock.now()
    lang = _lang(command)
    number = values.page(command.options.get("page", "1"), example=_EXAMPLE)
    since = moment_of(command, "since", audience, now=now, example=_EXAMPLE)
    until = moment_of(command, "until", audience, now=now, example=f"{_EXAMPLE} until:2d")
    feed = await _source(command, desk)
    find = desk.store.search
    cut = stating is not None and await find.is_cut(
        words, stating, since=since, until=until, feed=feed, lang=lang
    )
    total, hits = await find.find(
        words,
        since=since,
        until=until,
        feed=feed,
        lang=lang,
        newest=command.options.get("sort") == "newest",
        stating=stating,
        limit=HITS,
        offset=(number - 1) * HITS,
    )
    asked = " ".join(part for part in (words, str(expression or "")) if part)
    title = _title(total, asked, audience.lang)
    told = _cut(command, audience.lang) if cut else []
    page = pages.Page(number=number, of=-(-total // HITS), start=(number - 1) * HITS)
    if total:
        found = [block for hit in hits for block in (Divider(), *_hit(hit, audience))]
        ends = _endings(command, audience.lang) if page.of == 1 else []
        foot = pages.footer(page, again=_again(command), lang=audience.lang)
        return reply(title, Heading(text=title), *told, *found, *ends, *foot, lang=audience.lang)
    hint = Text(text=say("search_hint", audience.lang), tone="small")
    more = told or [hint, *_endings(command, audience.lang)]
    return reply(title, Text(text=title), *more, lang=audience.lang)


def _title(total: int, asked: str, lang: str) -> str:
    return say("search_found", lang, count=counted_in(lang, total, "entry"), words=shown(asked))


def _lang(command: Command) -> str:
    lang = command.options.get("lang", "").lower()
    if lang and not (len(lang) == 2 and lang.isalpha()):
        raise CommandError(
            f'lang takes two letters such as tr, not "{shown(lang)}".', example=f"{_EXAMPLE} lang:tr"
        )
    return lang


def _endings(command: Command, lang: str) -> list[Block]:
    """Return a button that asks for the words with any ending; a word alone is found as it stands."""
    starred = [f"{value}*" if _PLAIN.fullmatch(value) else value for value in command.values]
    if starred == list(command.values):
        return []
    wider = Button(label=say("button_endings", lang), command=_again(replace(command, values=tuple(starred))))
    return [Actions(buttons=(wider,))]


def _cut(command: Command, lang: str) -> list[Block]:
    """Return the line that says that not every article with the words was looked at."""
    phrase = "search_cut_newest" if command.options.get("sort") == "newest" else "search_cut"
    return [Text(text=say(phrase, lang, count=f"{LOOKED_AT:,}"), tone="warning")]


async def _source(command: Command, desk: Desk) -> int | None:
    named = command.options.get("source")
    if named is None:
        return None
    found = await desk.store.find.feeds(named)
    return only(found, named, what="source", letter="s", example=f"{_EXAMPLE} source:s1")


def _hit(hit: Found, audience: Audience) -> list[Block]:
    about = [
        hit.outlet,
        moment(hit.when, audience.zone, audience.lang),
        language_name(hit.lang, audience.lang),
        f"a{hit.entry}",
        *([f"t{hit.story}"] if hit.story else []),
    ]
    blocks: list[Block] = [
        Heading(text=hit.title, url=hit.link),
        Text(text=" · ".join(about), tone="small"),
    ]
    return [*blocks, Text(text=hit.snippet, tone="quote")] if hit.snippet else blocks


def _again(command: Command) -> str:
    """Return the command without its page, as a button asks it again."""
    options = (
        f"{name}:{values.quoted(value) if ' ' in value else value}"
        for name, value in command.options.items()
        if name not in {"page", "show"}
    )
    return " ".join(["search", *command.values, *options])
