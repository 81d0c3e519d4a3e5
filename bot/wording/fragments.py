"""Make the part of an address that has a browser scroll to a sentence and mark it. Pure.

The form is that of the Scroll-To-Text-Fragment draft (WICG): `text=start,end`, or `text=whole`. A match must
begin and end between words, so a long sentence is cut there; a browser that knows no such addresses opens
the page at its top.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from watchers.text import is_cjk

WHOLE: Final = 100  # code points; a longer sentence is more likely to have a footnote or a break inside
WHOLE_CJK: Final = 40  # the same for Japanese, whose letters each take nine characters of an address
WORDS: Final = 8  # at either end; with six, a paragraph that begins alike was taken for the sentence
LEAST_CJK: Final = 8  # letters at either end of a Japanese sentence
MOST_CJK: Final = 24
# Between words for certain: behind a mark, and where kana end and another script begins. A Japanese word
# may go on from kanji to kana, hardly ever the other way.
_SEAM: Final = re.compile(
    r"(?<=[、，：；）」』])(?!$)|(?<=[をはがにでと])(?=[\u4e00-\u9fff\u30a1-\u30fa0-9０-９])"
)
_CUT_OFF: Final = "… "


def text_fragment(sentence: str) -> str:
    """Return "#:~:text=…" for an address, percent-encoded; empty for an empty sentence."""
    text = " ".join(sentence.split()).strip(_CUT_OFF)
    if not text:
        return ""
    start, end = _cjk_ends(text) if is_cjk(text) else _ends(text)
    return f"#:~:text={_encoded(start)}" + (f",{_encoded(end)}" if end else "")


def _ends(text: str) -> tuple[str, str]:
    words = text.split(" ")
    if len(text) <= WHOLE or len(words) <= 2 * WORDS:
        return text, ""
    return " ".join(words[:WORDS]), " ".join(words[-WORDS:])


def _cjk_ends(text: str) -> tuple[str, str]:
    """Return how a Japanese sentence begins and ends, cut between words; all of it without such cuts."""
    if len(text) <= WHOLE_CJK:
        return text, ""
    seams = [match.start() for match in _SEAM.finditer(text)]
    first = next((at for at in seams if LEAST_CJK <= at <= MOST_CJK), 0)
    last = next((at for at in reversed(seams) if LEAST_CJK <= len(text) - at <= MOST_CJK), 0)
    return (text[:first], text[last:]) if 0 < first < last else (text, "")


def _encoded(text: str) -> str:
    # "-" and "," divide the parts of a text directive, "&" the directives; quote leaves the hyphen alone.
    # Lone surrogates, which broken feeds have, are on no page.
    return quote(text, safe="", errors="ignore").replace("-", "%2D")
