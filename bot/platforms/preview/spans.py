"""Turn inline chat markup into HTML by a whitelist: what no rule names stays words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.platforms.inert import MAX_TEXT, inert, one_line, safe_url

_FIRST: Final = 0xE000  # the private use area: `inert` takes its characters out of every text
_ROOM: Final = 0xF8FF - _FIRST + 1
_BARE: Final = re.compile(r"https?://[^\s<>\"'|]{1,2000}")
_TRAILING: Final = ".,;:!?)]}*_~"

Unescape = Callable[[str], str]


class Shelf:
    """Set finished pieces of a text aside, a character standing for each, while the rest is parsed."""

    def __init__(self, unescape: Unescape) -> None:
        self._pieces: list[Markup] = []
        self._unescape = unescape

    def put(self, piece: Markup, otherwise: str) -> str:
        """Return the character that stands for a piece; `otherwise` when there is no room for more."""
        if len(self._pieces) >= _ROOM:
            return otherwise
        self._pieces.append(piece)
        return chr(_FIRST + len(self._pieces) - 1)

    def words(self, text: str) -> Markup:
        """Return the text escaped, with the pieces back in their places."""
        out: list[Markup] = []
        plain: list[str] = []
        for character in text:
            index = ord(character) - _FIRST
            if 0 <= index < len(self._pieces):
                out += (Markup.escape(self._unescape("".join(plain))), self._pieces[index])
                plain = []
            else:
                plain.append(character)
        return Markup("").join((*out, Markup.escape(self._unescape("".join(plain)))))


def clean(text: str) -> str:
    """Return what a platform's text may hold: inert, which also frees the shelf's characters."""
    return inert(text[:MAX_TEXT])


def emphasised(text: str, rules: re.Pattern[str], tags: Mapping[str, str], shelf: Shelf) -> Markup:
    """Return the text with what the rules match set in tags.

    Each group of `rules` is named after a key of `tags`, and holds the words inside the marks; a rule must
    not match its own marks inside, so that nesting is at most as deep as there are rules.
    """
    out: list[Markup] = []
    at = 0
    for match in rules.finditer(text):
        name = match.lastgroup or ""
        inner = emphasised(match[name], rules, tags, shelf)
        opening = tags[name]
        closing = opening.partition(" ")[0]
        out += (
            shelf.words(text[at : match.start()]),
            Markup(f"<{opening}>") + inner + Markup(f"</{closing}>"),  # noqa: S704 - tags are our own constants
        )
        at = match.end()
    return Markup("").join((*out, shelf.words(text[at:])))


def link(words: str, url: str) -> Markup:
    """Return `linked` of plain words, of the address where there are none."""
    return linked(Markup.escape(one_line(words) or one_line(url)), url)


def linked(label: Markup, url: str) -> Markup:
    """Return a link that tells the other page nothing; the bare label for an unsafe address."""
    address = safe_url(url)
    if not address:
        return Markup('<bdi dir="auto">{}</bdi>').format(label)
    return Markup(
        '<a href="{}" target="_blank" rel="noopener noreferrer" title="{}"><bdi dir="auto">{}</bdi></a>'
    ).format(address, urlsplit(address).hostname, label)


def set_bare_links_aside(text: str, shelf: Shelf, unescape: Unescape) -> str:
    """Return the text with addresses that stand by themselves made links, as the platforms make them."""

    def found(match: re.Match[str]) -> str:
        address = match[0].rstrip(_TRAILING)
        url = unescape(address)
        if not safe_url(url):
            return match[0]
        return shelf.put(link(url, url), address) + match[0][len(address) :]

    return _BARE.sub(found, text)
