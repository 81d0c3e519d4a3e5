"""Cut a text into sentences with offsets, for English, Turkish and Japanese; a quotation stays whole."""

# ruff: noqa: SIM905 - words are written as words

from __future__ import annotations

import re

from watchers.types import Span

# One hostile feed must not hold a worker; an article has some dozens of sentences.
MAX_SENTENCES = 4000
# A quotation longer than this is taken for a lost closing mark, and the cut is made after all.
MAX_QUOTATION = 1200

_STOP = re.compile(r"[.!?…]+[\"”’»')\]]*(?=\s|$)|[。！？]+[」』”）]*|\n+")
_QUOTES = {"“": "”", "「": "」", "『": "』", "«": "»", "„": "“"}
_QUOTE_MARK = re.compile(r"[“”「」『』«»\"]")
_WORD_BEFORE = re.compile(r"[\w.]+\Z")
_OPENER = re.compile(r"[\s\"“‘'(\[«•*–—-]*")
_ABBREVIATIONS = frozenset(
    (
        "no nos vol approx dept inc ltd co corp bros jr sr vs etc e.g i.e u.s u.k u.n a.m p.m est fig "
        "art jan feb mar apr jun jul aug sep sept oct nov dec av tümg tuğg alb yb "
        "bnb vb vd bkz örn mah cad s.a a.ş ş tic san"
    ).split()
)
# After these a capital letter follows as a rule, so the stop never ends a sentence.
_TITLES = frozenset(
    (
        "mr mrs ms dr prof gen lt col maj capt cmdr adm brig sgt rear vice sen rep gov pres st rs doç org "
        "korg tümg"
    ).split()
)


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order, without white space around them.

    A stop inside a quotation ends no sentence. A line break always does: headings stand alone.
    """
    closed = _quotations(text)
    spans: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        if len(spans) >= MAX_SENTENCES:
            break
        if stop.end() > start and _ends_sentence(text, stop, closed):
            _add(spans, text, start, stop.end())
            start = stop.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    """Append the range without the white space around it, unless nothing is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    mention = piece.strip()
    if mention:
        spans.append(Span(start=start, end=start + len(mention), mention=mention))


def _quotations(text: str) -> bytearray:
    """Mark the code points inside quotation marks; a paragraph's end closes every quotation."""
    inside = bytearray(len(text))
    opened, closer = -1, ""
    for mark in _QUOTE_MARK.finditer(text):
        at, sign = mark.start(), mark.group()
        if opened >= 0 and (at - opened > MAX_QUOTATION or "\n" in text[opened:at]):
            opened = -1
        if opened < 0:
            if sign == '"' or sign in _QUOTES:
                opened, closer = at, _QUOTES.get(sign, '"')
        elif sign == closer:
            inside[opened:at] = b"\x01" * (at - opened)
            opened = -1
    return inside


def _ends_sentence(text: str, stop: re.Match[str], inside: bytearray) -> bool:
    """Tell whether a stop sign or line break ends a sentence."""
    sign = stop.group()
    if sign[0] == "\n":
        return True
    at = stop.start()
    if inside[at]:
        return _closes_with_quotation(text, stop, inside)
    if sign[0] in "。！？":
        return True
    return sign[0] != "." or not _is_abbreviation(text, at, stop.end())


def _closes_with_quotation(text: str, stop: re.Match[str], inside: bytearray) -> bool:
    """Tell whether a stop that is the last thing in a quotation also ends the sentence around it."""
    last = stop.end() - 1
    if last <= stop.start() or inside[last]:
        return False
    if text[last] in "」』":
        return False
    following = text[stop.end() : stop.end() + 3].lstrip(" ")
    return not following or not following[0].islower()


def _is_abbreviation(text: str, at: int, end: int) -> bool:
    """Tell whether the full stop at `at` belongs to an abbreviation, an initial or an ordinal number."""
    before = _WORD_BEFORE.search(text, max(0, at - 20), at)
    word = before.group().lower() if before else ""
    opener = _OPENER.match(text, end)
    following = text[opener.end() : opener.end() + 1] if opener else ""
    if following and following.islower():
        return True
    if word in _TITLES:
        return True
    if len(word) == 1 and word.isalpha() and text[at - 1].isupper():
        return True
    if word in _ABBREVIATIONS or (word.isdigit() and len(word) <= 2 and end == at + 1):
        return not (following and following.isupper()) or word.isdigit() or "." in word
    return False
