"""Draw the payload that Slack would get, block by block, near enough to how Slack draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from bot.platforms.inert import inert, one_line
from bot.platforms.preview.mrkdwn import decoded, inline, mrkdwn
from bot.platforms.preview.payload import part, parts, unsupported, words
from bot.platforms.preview.pressing import Pressing, picture
from bot.platforms.preview.spans import link

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.platforms.preview.payload import Payload

_EMPTY: Final = Markup("")


def look_slack(payload: Payload, pressing: Pressing) -> Markup:
    """Return the HTML of a message as `chat.postMessage` takes it; without blocks its text is the message."""
    blocks = parts(payload, "blocks")
    if not blocks:
        return mrkdwn(words(payload, "text"))
    return _EMPTY.join(_block(block, pressing) for block in blocks)


def _block(block: Payload, pressing: Pressing) -> Markup:
    draw = _BLOCKS.get(words(block, "type"))
    return draw(block, pressing) if draw else unsupported(block.get("type"))


def _header(block: Payload, _pressing: Pressing) -> Markup:
    text = one_line(decoded(words(part(block, "text"), "text")))
    return Markup('<h3 class="header" dir="auto">{}</h3>').format(text)


def _section(block: Payload, pressing: Pressing) -> Markup:
    text = part(block, "text")
    fields = _EMPTY.join(
        Markup('<div class="field" dir="auto">{}</div>').format(_text(field))
        for field in parts(block, "fields")
    )
    accessory = part(block, "accessory")
    return Markup('<div class="section"><div class="told">{}{}</div>{}</div>').format(
        _paragraphs(text) if text else _EMPTY,
        Markup('<div class="fields">{}</div>').format(fields) if fields else _EMPTY,
        Markup('<div class="accessory">{}</div>').format(_element(accessory, pressing))
        if accessory
        else _EMPTY,
    )


def _context(block: Payload, pressing: Pressing) -> Markup:
    items = (
        _thumb(item, pressing)
        if words(item, "type") == "image"
        else Markup('<span dir="auto">{}</span>').format(_text(item))
        for item in parts(block, "elements")
    )
    return Markup('<div class="context">{}</div>').format(Markup(" ").join(items))


def _actions(block: Payload, pressing: Pressing) -> Markup:
    items = _EMPTY.join(_element(item, pressing) for item in parts(block, "elements"))
    return Markup('<div class="actions">{}</div>').format(items)


def _image(block: Payload, pressing: Pressing) -> Markup:
    title = decoded(one_line(words(part(block, "title"), "text")))
    return Markup('<figure class="image">{}{}</figure>').format(
        Markup('<figcaption dir="auto">{}</figcaption>').format(title) if title else _EMPTY,
        _thumb(block, pressing),
    )


def _divider(_block: Payload, _pressing: Pressing) -> Markup:
    return Markup("<hr>")


def _table(block: Payload, _pressing: Pressing) -> Markup:
    """Return a table block; its rows are arrays of cells, the first row is the header."""
    rows = block.get("rows")
    drawn = [
        _EMPTY.join(
            Markup('<{0} dir="auto">{1}</{0}>').format(
                "td" if index else "th", decoded(inert(words(cell, "text")))
            )
            if words(cell, "type") == "raw_text"
            else Markup("<td>{}</td>").format(unsupported(cell.get("type")))
            for cell in parts({"cells": row}, "cells")
        )
        for index, row in enumerate(rows if isinstance(rows, list | tuple) else ())
    ]
    body = _EMPTY.join(Markup("<tr>{}</tr>").format(row) for row in drawn)
    return Markup(
        '<div class="table" role="region" aria-label="Table" tabindex="0">'
        "<table><tbody>{}</tbody></table></div>"
    ).format(body)


def _element(element: Payload, pressing: Pressing) -> Markup:
    match words(element, "type"):
        case "button":
            label = decoded(words(part(element, "text"), "text"))
            if url := words(element, "url"):
                return Markup('<span class="button">{}</span>').format(link(label, url))
            return pressing.button(label, words(element, "value"), words(element, "style") or "normal")
        case "image":
            return _thumb(element, pressing)
        case _:
            return unsupported(element.get("type"))


def _thumb(image: Payload, pressing: Pressing) -> Markup:
    return picture(decoded(words(image, "alt_text")), pressing.pictures)


def _text(text: Payload) -> Markup:
    if words(text, "type") == "mrkdwn":
        return inline(words(text, "text"), verbatim=text.get("verbatim") is True)
    return _plain(text)


def _paragraphs(text: Payload) -> Markup:
    if words(text, "type") == "mrkdwn":
        return mrkdwn(words(text, "text"), verbatim=text.get("verbatim") is True)
    return Markup('<p dir="auto">{}</p>').format(_plain(text))


def _plain(text: Payload) -> Markup:
    if words(text, "type") != "plain_text":
        return unsupported(text.get("type"))
    return Markup.escape(decoded(inert(words(text, "text"))))


_BLOCKS: Final[dict[str, Callable[[Payload, Pressing], Markup]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "divider": _divider,
    "table": _table,
}
