"""Read Slack's mrkdwn as Slack shows it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from markupsafe import Markup

from bot.platforms.preview.spans import Shelf, clean, emphasised, link, set_bare_links_aside

_FENCE: Final = re.compile(r"```\n?(.*?)```", re.DOTALL)
_CONTROL: Final = re.compile(r"<([^<>\n]{1,8000})>")
_CODE: Final = re.compile(r"`([^`\n]+)`")
_QUOTE: Final = re.compile(r"(?:>|&gt;) ?")
_REST: Final = re.compile(r"^(?:>>>|&gt;&gt;&gt;) ?", re.MULTILINE)
# A mark opens before a word and closes behind one; in the middle of a word it is a character.
_RULES: Final = re.compile(
    r"(?<![\w*])\*(?=[^\s*])(?P<bold>[^*\n]++)(?<!\s)\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<italic>[^_\n]++)(?<!\s)_(?![\w_])"
    r"|(?<![\w~])~(?=[^\s~])(?P<strike>[^~\n]++)(?<!\s)~(?![\w~])"
)
_TAGS: Final = {"bold": "b", "italic": "i", "strike": "s"}


def mrkdwn(text: str, *, verbatim: bool = False) -> Markup:
    """Return the HTML of a mrkdwn text: paragraphs of words, quotes and blocks of code.

    With `verbatim` bare addresses stay words.
    """
    text = clean(text)
    pieces = _FENCE.split(text)  # words and code by turns
    return Markup("").join(
        Markup("<pre>{}</pre>").format(decoded(piece.strip("\n")))
        if index % 2
        else _paragraphs(piece, verbatim=verbatim)
        for index, piece in enumerate(pieces)
        if piece.strip()
    )


def inline(text: str, *, verbatim: bool = False) -> Markup:
    """Return the HTML of a mrkdwn text without paragraphs, for a field or a line of context."""
    shelf = Shelf(decoded)

    def code(match: re.Match[str]) -> str:
        return shelf.put(Markup("<code>{}</code>").format(decoded(match[1])), match[0])

    def control(match: re.Match[str]) -> str:
        return shelf.put(_control(match[1]), match[0])

    text = _CONTROL.sub(control, _CODE.sub(code, clean(text)))
    if not verbatim:
        text = set_bare_links_aside(text, shelf, decoded)
    return emphasised(text, _RULES, _TAGS, shelf)


def _paragraphs(text: str, *, verbatim: bool) -> Markup:
    rest = _REST.search(text)
    head, tail = (text[: rest.start()], text[rest.end() :]) if rest else (text, "")
    out = []
    for quote, lines in groupby(head.strip("\n").split("\n"), key=lambda line: bool(_QUOTE.match(line))):
        block = "\n".join(_QUOTE.sub("", line, count=1) if quote else line for line in lines)
        out.append(_block("blockquote" if quote else "p", block, verbatim=verbatim))
    if tail:
        out.append(_block("blockquote", tail, verbatim=verbatim))
    return Markup("").join(out)


def _block(tag: str, text: str, *, verbatim: bool) -> Markup:
    if not text.strip():
        return Markup("")
    return Markup('<{0} dir="auto">{1}</{0}>').format(tag, inline(text.strip("\n"), verbatim=verbatim))


def _control(inside: str) -> Markup:
    """Return what stands in angle brackets: a link, a mention, a date."""
    target, _, label = inside.partition("|")
    label = decoded(label)
    if target.startswith(("@", "#")):
        return _ping(label or target[1:], target[0])
    if target.startswith("!subteam^"):
        return _ping(label or target.removeprefix("!subteam^"), "@")
    if target.startswith("!date^"):
        return Markup.escape(label)
    if target.startswith("!"):
        return _ping(target[1:], "@")
    return link(label, decoded(target))


def _ping(name: str, sign: str) -> Markup:
    return Markup('<span class="ping">{}{}</span>').format(sign, name.removeprefix(sign))


def decoded(text: str) -> str:
    """Return the text with Slack's three escapes undone."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
