"""Write text of others into Discord's Markdown so that it shows as it was written and does nothing."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urldefrag, urlsplit

from bot.platforms.inert import inert, one_line, safe_url
from watchers.text import is_cjk

MAX_LINK: Final = 1_000  # characters of an address in a text that holds 4,000 in all; longer ones are words

# Discord drops a backslash before any mark and shows the mark itself (its help centre, "Markdown Text 101").
_MARKS: Final = re.compile(r"[\\*_~`|>#\[\]()<@:]")
# Only at the start of a line: bullets, and numbers that would begin a list.
_BULLET: Final = re.compile(r"(?m)^([ \u3000]*)([-+•])")
_NUMBER: Final = re.compile(r"(?m)^([ \u3000]*\d{1,9})([.)])(?=\s|$)")
# What is left of a page's markup is no tag here; the angle quotation mark says so at first sight.
_TAG: Final = re.compile(r"<(?=[/!A-Za-z])")
_ENTITY: Final = re.compile(r"&amp;(?=(?:amp;){0,9}(?:lt|gt|amp|quot|nbsp|#\d{1,7});)")
_ESCAPED_TWICE: Final = re.compile(r"&(?:amp;)+(?=(?:lt|gt|amp|quot|nbsp|#\d{1,7});)")
# What a reader takes for a host. Bounded, so that no text costs more than its length times a label's.
_HOST: Final = re.compile(
    r"(?<![\w.@-])((?:[^\W_](?:[\w-]{0,61}[^\W_])?[.．｡])+[^\W\d_]{2,24})(?![\w-])", re.IGNORECASE
)
# Discord's clients pair brackets inside a link's words before they look at backslashes.
_PAIRED: Final = re.compile(r"(?:[^\[\]]|\[[^\[\]]*\])*+")
_ROUND: Final = str.maketrans("[]", "()")
_NUMERALS: Final = "0123456789０１２３４５６７８９.,．，億万兆千百十約$€£¥￥₺%％ "
_SIGNS: Final = "$€£¥₺%"
_PAUSES: Final = "。、，・；：！？"


def size(text: str) -> int:
    """Count as Discord's clients do, in UTF-16 units, so that no server counts more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escape(text: str) -> str:
    """Return inert text as Markdown that shows it letter by letter; line breaks stay."""
    text = _MARKS.sub(r"\\\g<0>", _TAG.sub("‹", inert(text)))
    text = _ENTITY.sub(r"&amp\;", text)
    return _NUMBER.sub(r"\1\\\2", _BULLET.sub(r"\1\\\2", text))


def words(text: str) -> str:
    """Return the text on one line, escaped."""
    return escape(one_line(text))


def label(text: str, limit: int) -> str:
    """Return words for a place without Markdown (a button, a name), at most `limit` long."""
    line = _TAG.sub("‹", one_line(text)).replace("@", "＠")
    return shorten(_ESCAPED_TWICE.sub("&", line), limit)


def link(text: str, url: str, *, bare: bool = False) -> str:
    """Return a masked link, or the escaped words alone where there is no address to offer.

    Words that show a host other than the link's stay words, and the link's own host stands beside them.
    `bare` leaves the fragment away, which only marks a passage.
    """
    said = words(text)
    address = fitting(url, bare=bare)
    if address and not _PAIRED.fullmatch(one_line(text)):
        said = words(one_line(text).translate(_ROUND))
    if not address:
        return said
    host = (urlsplit(address).hostname or "").lower()
    if not said:
        return f"[{words(host)}](<{address}>)"
    if misleads(one_line(text), host):
        return f"{said} ([{words(host)}](<{address}>))"
    return f"[{said}](<{address}>)"


def fitting(url: str, *, bare: bool = False) -> str:
    """Return the address if it is safe and not too long to be shown, without its fragment if need be."""
    address = safe_url(url)
    if bare or len(address) > MAX_LINK:
        address = urldefrag(address).url
    return address if len(address) <= MAX_LINK else ""


def misleads(text: str, host: str) -> bool:
    """Tell whether words show an address or a host that is not the link's."""
    if "://" in text:
        return True
    for found in _HOST.finditer(text):
        shown = re.sub("[．｡]", ".", found[1]).lower().removeprefix("www.")
        if shown != host and not host.endswith(f".{shown}") and not shown.endswith(f".{host}"):
            return True
    return False


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` of the text, cut between words with an ellipsis and never inside a figure.

    A figure at the end goes as a whole: "€310" of "€310 million" would be another sum.
    """
    if size(text) <= limit:
        return text
    kept = _start(text, limit - 1)
    at = max(kept.rfind(" "), kept.rfind("\n"), *(kept.rfind(mark) for mark in _PAUSES))
    if text[len(kept) : len(kept) + 1] not in {" ", "\n"} and at > len(kept) // 2:
        kept = kept[:at]
    kept = kept.rstrip(f" \n{_PAUSES}")
    while (shorter := _without_figure(kept, text)) != kept:
        kept = shorter
    return f"{kept}…"


def _start(text: str, limit: int) -> str:
    """Return as much of the text as fits, whole characters only."""
    kept = text[: max(0, limit)]
    while size(kept) > max(0, limit):
        kept = kept[:-1]
    return kept


def _without_figure(kept: str, text: str) -> str:
    """Drop the last word if it belongs to a figure that may go on after it; in Japanese its numerals."""
    if len(kept) >= len(text.rstrip()):
        return kept
    head, space, last = kept.rpartition(" ")
    if is_cjk(last):
        return kept.rstrip(_NUMERALS)
    if any(character.isdigit() or character in _SIGNS for character in last):
        return f"{head}{space}".rstrip()
    return kept
