"""The text that facts are being read from: its sentences, known names, and which code points are used up."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from watchers.sentences import sentences
from watchers.types import Fact, Mention, Span

if TYPE_CHECKING:
    from datetime import date

    from watchers.types import FactType, FactValue

# Capital letters of the Latin alphabets in use here, for character classes: Python's re has no \p{Lu}.
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻĽŁŃŅŇŌŐŒŔŘŚŞŠȘŤȚŪŮŰŲŸŹŻŽ"
# A capitalised word: letters, inner hyphens and apostrophes that a capital follows (O'Neill, Al-Thani).
CAP = rf"[{UPPER}](?:[\w&.]{{0,40}}\w)?(?:[-'’][{UPPER}]\w{{0,40}}){{0,3}}"


# Longer lines in capitals are no headings.
MAX_HEADING = 160
_LATIN_WORD = re.compile(r"[^\W\d_]+")


def lower(text: str) -> str:
    """Return a text in lower case with every offset kept: a Turkish İ becomes one letter, not two."""
    return text.replace("İ", "i").lower()


_CUT_WORD = re.compile(r"\w\w|\d[.,]\d")
_LAST_WORD = re.compile(r"\s+\S*\Z")


def whole_end(text: str, start: int, end: int) -> int:
    """Return where a range of spaced text ends without the word or number that its end would cut."""
    if not _CUT_WORD.match(text, end - 1):
        return end
    last = _LAST_WORD.search(text[start:end])
    return start + last.start() if last else end


class Finder(Protocol):
    """Whoever knows names: the longest known people, organisations, platforms and places of a text."""

    def find(self, text: str, lang: str) -> tuple[Mention, ...]:
        """Return the names in order of start, none overlapping another."""
        ...


class Mask:
    """Which code points of a passage a pass has used up, so that no later pass reads them again."""

    def __init__(self, length: int) -> None:
        self._used = bytearray(length)

    def take(self, start: int, end: int) -> None:
        """Use up a range."""
        self._used[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Tell whether nothing of a range is used up."""
        return self._used.find(1, start, end) < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text of one language with its day of publication, its sentences and the names known in it."""

    text: str
    lang: str
    published: date
    sentences: tuple[Span, ...]
    starts: tuple[int, ...]
    names: tuple[Mention, ...]

    def sentence(self, at: int) -> Span:
        """Return the sentence that holds an offset; between two sentences, the earlier one."""
        return self.sentences[max(0, bisect_right(self.starts, at) - 1)]

    def before(self, at: int, width: int) -> str:
        """Return up to `width` code points before an offset, within its sentence."""
        return self.text[max(self.sentence(at).start, at - width) : at]

    def after(self, at: int, width: int) -> str:
        """Return up to `width` code points from an offset, within the sentence that ends or goes on there."""
        return self.text[at : min(self.sentence(max(0, at - 1)).end, at + width)]

    def name_at(self, start: int, end: int) -> Mention | None:
        """Return a known name that overlaps a range, the first if several do."""
        for name in self.names:
            if name.end > start:
                return name if name.start < end else None
        return None

    def in_heading(self, at: int) -> bool:
        """Tell whether an offset is in a heading in Title Case, where capitals tell nothing about names."""
        sentence = self.sentence(at).mention
        if sentence[-1:] in ".!?。…" or len(sentence) > MAX_HEADING:
            return False
        words = [word for word in _LATIN_WORD.findall(sentence) if len(word) > 3]
        return len(words) >= 3 and all(word[0].isupper() for word in words)

    def fact(
        self,
        start: int,
        end: int,
        kind: FactType,
        value: FactValue,
        *,
        rule: str,
        role: str = "",
        bound: Literal["", "min", "max", "start", "end"] = "",
        approx: bool = False,
        confidence: float = 1.0,
    ) -> Fact:
        """Make a fact of a range of the text, with its words and its sentence."""
        sentence = self.sentence(start)
        return Fact(
            start=start,
            end=end,
            mention=self.text[start:end],
            type=kind,
            value=value,
            sentence=sentence.mention,
            sentence_start=sentence.start,
            role=role,
            bound=bound,
            approx=approx,
            rule=rule,
            confidence=confidence,
        )


def passage(text: str, *, lang: str, published: date, finder: Finder) -> Passage:
    """Cut a text into sentences and have its known names found."""
    spans = sentences(text) or (Span(start=0, end=0, mention=""),)
    return Passage(
        text=text,
        lang=lang,
        published=published,
        sentences=spans,
        starts=tuple(span.start for span in spans),
        names=tuple(name for name in finder.find(text, lang) if not name.entity.startswith("con:")),
    )
