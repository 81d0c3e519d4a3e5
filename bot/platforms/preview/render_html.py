"""Render a message as the HTML of a chat message: all escaped, no script, no style, only http(s) links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, assert_never

from markupsafe import Markup

from bot.messages import Actions, Chart, Divider, Facts, Heading, Links, Table, Text
from bot.platforms.inert import inert, one_line, quoted, split_mention
from bot.platforms.preview.chart_svg import chart_svg
from bot.platforms.preview.pressing import ask
from bot.platforms.preview.spans import link

if TYPE_CHECKING:
    from bot.messages import Block, FactLine, Message

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
_SENTENCE: Final = {"en": "Sentence", "tr": "Cümle", "ja": "原文"}  # unfolds the words behind a fact
_EMPTY = Markup("")


def render_html(message: Message) -> Markup:
    """Return one `<div class="card">` with the blocks; the first heading is an h3, later ones h4."""
    blocks = message.blocks or (Text(text=message.notice),)
    parts: list[Markup] = []
    level = 3
    for block in blocks:
        parts.append(_block(block, level, message.lang))
        if isinstance(block, Heading):
            level = 4
    return Markup('<div class="card {}{}" lang="{}">{}</div>').format(
        message.kind, " urgent" if message.urgent else "", language(message.lang), _EMPTY.join(parts)
    )


def language(tag: str) -> str:
    """Return a language tag fit for `lang`, empty (unknown) if it is not one."""
    return tag if _LANGUAGE.match(tag) else ""


def _block(block: Block, level: int, lang: str) -> Markup:  # noqa: PLR0911 - one for each kind of block
    match block:
        case Heading():
            return Markup("<h{0}>{1}</h{0}>").format(level, link(block.text, block.url))
        case Text():
            return _text(block)
        case Facts():
            lines = _EMPTY.join(_fact(line, lang) for line in block.lines)
            return Markup('<dl class="facts">{}</dl>').format(lines)
        case Links():
            return _links(block)
        case Table():
            return _table(block)
        case Divider():
            return Markup("<hr>")
        case Actions():
            return _actions(block)
        case Chart():
            return chart_svg(block)
        case _:
            assert_never(block)


def _text(block: Text) -> Markup:
    text = inert(block.text)
    match block.tone:
        case "normal" | "small":
            return Markup('<p class="{}" dir="auto">{}</p>').format(block.tone, text)
        case "quote":
            return Markup('<blockquote dir="auto">{}</blockquote>').format(text)
        case "warning":
            return Markup('<p class="warning" dir="auto">{}</p>').format(text)
        case _:
            assert_never(block.tone)


def _fact(fact: FactLine, lang: str) -> Markup:
    """Return a label and its value, and the sentence behind them: open as sent, the page may fold it."""
    before, mention, after = split_mention(one_line(fact.sentence), one_line(fact.mention))
    opening, closing = quoted(before + mention)
    marked = Markup("<mark>{}</mark>").format(mention) if mention else _EMPTY
    source = Markup("<cite>{}</cite>").format(link(fact.source.text, fact.source.url))
    told = Markup("<q>{}{}{}{}{}</q> ").format(opening, before, marked, after, closing)
    return Markup(
        '<div class="fact"><dt dir="auto">{}</dt><dd><span class="value" dir="auto">{}</span>'
        '<details open><summary>{}</summary><p class="sentence" lang="" dir="auto">{}{}</p></details>'
        "</dd></div>"
    ).format(
        one_line(fact.label),
        one_line(fact.value),
        _SENTENCE.get(lang, _SENTENCE["en"]),
        told if before + mention + after else _EMPTY,
        source if one_line(fact.source.text) else _EMPTY,
    )


def _links(block: Links) -> Markup:
    items = _EMPTY.join(Markup("<li>{}</li>").format(link(one.text, one.url)) for one in block.links)
    label = Markup('<span class="label">{}</span>').format(one_line(block.label)) if block.label else _EMPTY
    return Markup('<div class="links">{}<ul>{}</ul></div>').format(label, items)


def _actions(block: Actions) -> Markup:
    buttons = (
        ask(button.label, button.command, style=button.style, confirm=button.confirm)
        for button in block.buttons
    )
    return Markup('<div class="actions">{}</div>').format(_EMPTY.join(buttons))


def _table(block: Table) -> Markup:
    header = (Markup('<th scope="col" dir="auto">{}</th>').format(inert(cell)) for cell in block.header)
    body = _EMPTY.join(Markup("<tr>{}</tr>").format(_cells(row)) for row in block.rows)
    return Markup(
        '<div class="table" role="region" aria-label="Table" tabindex="0"><table><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(_EMPTY.join(header), body)


def _cells(row: tuple[str, ...]) -> Markup:
    return _EMPTY.join(Markup('<td dir="auto">{}</td>').format(inert(cell)) for cell in row)
