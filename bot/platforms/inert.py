"""Make text and links from feeds harmless before any platform shows them; escaping is the renderer's work."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from watchers.text import is_cjk

MAX_TEXT = (
    20_000  # code points of one text; ten times the longest paragraph we compose, so only an attack is cut
)
MAX_MARKS = (
    4  # combining marks in a row; Vietnamese and Yoruba need two, vocalised Hebrew three, "Zalgo" dozens
)
MAX_URL = 4_000  # code points; browsers and proxies stop near 8,000, text fragments of ours need below 1,000

_QUOTES = frozenset("\"“”„‟«»‹›「『'‘’")
_LINE_BREAKS = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
# An ANSI escape goes as a whole: dropping only its first character would leave "[31m" to be read.
# CSI and OSC bodies are bounded so that an unclosed one cannot swallow the text.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,512}(?:\x07|\x1b\\|\x9c)"
)
# Hangul fillers and the empty Braille pattern: letters that show nothing.
_BLANKS = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", ""))
# Letters, digits and signs of our three languages; most texts hold nothing else and need no closer look.
_PLAIN = re.compile(
    r"[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    r"\u3000-\u3029\u3030-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff9f]*\Z"
)
_UNSAFE_IN_URL = re.compile(r"[\s\\<>\"`{}|^\x00-\x20\x7f-\xa0]")


def inert(text: str) -> str:
    """Return the text without what could steer a terminal or a reader's eye; line breaks become newlines.

    Gone: ANSI escapes, control and format characters (bidi marks, zero-width joiners, tags), private use,
    lone surrogates, piles of combining marks, and whatever lies beyond MAX_TEXT.
    """
    text = _LINE_BREAKS.sub("\n", text[:MAX_TEXT]).replace("\t", " ")
    if _PLAIN.match(text):
        return text
    out: list[str] = []
    marks = 0
    for character in _ESCAPES.sub("", text).translate(_BLANKS):
        category = unicodedata.category(character)
        if character != "\n" and category in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= MAX_MARKS:
            out.append(" " if category == "Zs" and character != "\u3000" else character)
    return "".join(out)


def one_line(text: str) -> str:
    """Return the inert text on one line, for labels, links and headlines."""
    return " ".join(inert(text).split())


def safe_url(url: str) -> str:
    """Return the address if it is one to offer as a link, else nothing.

    http and https only, with a host, without user and password (`bank.example@evil.example` misleads), and
    without characters that a browser would read differently from a person.
    """
    if not url or len(url) > MAX_URL or _UNSAFE_IN_URL.search(url) or inert(url) != url:
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or port == 0:
        return ""
    return url


def split_mention(sentence: str, mention: str) -> tuple[str, str, str]:
    """Return what stands before the mention, the mention, and what follows; all before if it is not there.

    Both must be inert already.
    """
    before, found, after = sentence.partition(mention) if mention else (sentence, "", "")
    return before, found, after


def quoted(sentence: str) -> tuple[str, str]:
    """Return the quotation marks to set around a sentence: its script's own, none if it brings some along."""
    if sentence[:1] in _QUOTES:
        return "", ""
    return ("「", "」") if is_cjk(sentence) else ("“", "”")
