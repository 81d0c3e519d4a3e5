"""Read regular expressions, and only such whose time is bounded: no expression here can be catastrophic.

Repetition is limited, and the steps that the worst text could cost from one starting place are counted while
reading; what could cost too many is refused. Letters are folded like all that is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from watchers.matching.regex_parts import Part, either, grouped, repeated, sequence
from watchers.matching.words import with_case
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH: Final = 300  # characters of an expression
MAX_REPEAT: Final = 60  # what * and + stand for at most: the longest word of a language, not of a page
MAX_COUNT: Final = 200  # the largest number in {m,n}
MAX_SPAN: Final = 4_000  # characters that one match can have
MAX_STEPS: Final = 300_000  # from one starting place; about 5 ms of the machine this was measured on
MAX_GROUPS: Final = 20  # in one another

_VOICING: Final = "ﾞﾟ"  # of half-width Katakana
_CLASSES: Final = "dDwWsSbB"
_PLAIN_ESCAPES: Final = {"n": "\\n", "t": "\\t"}
_COUNT = re.compile(r"\{(\d{1,4})(,?)(\d{0,4})\}")


class RegexFault(Exception):  # noqa: N818 - it is what was found, and ends as an ExpressionError
    """What is wrong with a regular expression, at which of its characters, and one that would do."""

    def __init__(self, message: str, place: int, instead: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.instead = instead


@dataclass(frozen=True, slots=True)
class SafeRegex:
    """A compiled expression, how long its matches can be and what a starting place can cost."""

    compiled: re.Pattern[str]
    longest: int
    steps: int
    signs: frozenset[str]  # one of these occurs wherever it matches; empty: nothing is known


@lru_cache(maxsize=2_048)
def read_regex(source: str, *, exact_case: bool = False) -> SafeRegex:
    """Read what stands between the slashes. Raises RegexFault."""
    if len(source) > MAX_LENGTH:
        raise RegexFault(f"A regular expression has at most {MAX_LENGTH} characters.", MAX_LENGTH)
    part = _Reader(source, with_case if exact_case else fold).whole()
    if part.least < 1:
        raise RegexFault("This also matches nothing at all; make one character or more necessary.", 0)
    if part.steps > MAX_STEPS:
        raise RegexFault(
            "This could be matched in too many ways; use at most three of * + {m,n}, none inside another, "
            "and NEAR/n for words between.",
            0,
        )
    if part.most > MAX_SPAN:
        raise RegexFault(f"A match may have {MAX_SPAN} characters at most.", 0)
    signs = frozenset(fold(sign) for sign in part.signs)
    return SafeRegex(re.compile(part.text), part.most, part.steps, signs)


class _Reader:
    """A descent over the characters of one expression."""

    def __init__(self, source: str, plain: Callable[[str], str]) -> None:
        self._source = source
        self._plain = plain
        self._at = 0
        self._depth = 0

    def whole(self) -> Part:
        part = self._either()
        if self._at < len(self._source):
            raise RegexFault('The ")" closes nothing; a bracket of the text is written \\).', self._at)
        return part

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _either(self) -> Part:
        branches = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._sequence())
        return either(branches)

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated())
        return sequence(parts)

    def _repeated(self) -> Part:
        start = self._at
        part = self._atom()
        least, most, length = self._quantifier()
        if not length:
            return part
        if part.most == 0:
            raise RegexFault("Only a character or a group can be repeated.", start)
        self._at += length
        lazy = self._peek() == "?"
        self._at += lazy
        if self._peek() in tuple("*+?{") and self._peek():
            raise RegexFault(f'"{self._peek()}" cannot follow another repetition.', self._at)
        return repeated(part, least, most, lazy=lazy)

    def _quantifier(self) -> tuple[int, int, int]:
        """Return the least and most of a repetition here, and its length; nothing has length 0."""
        sign = self._peek()
        if sign and sign in "*+?":
            return (1 if sign == "+" else 0), (1 if sign == "?" else MAX_REPEAT), 1
        found = _COUNT.match(self._source, self._at) if sign == "{" else None
        if found is None:
            return 1, 1, 0
        least = int(found[1])
        most = least if not found[2] else int(found[3]) if found[3] else max(least, MAX_REPEAT)
        if not 1 <= most <= MAX_COUNT or least > most:
            raise RegexFault(f"A repetition is {{m,n}} with m up to n and n up to {MAX_COUNT}.", self._at)
        return least, most, found.end() - self._at

    def _atom(self) -> Part:
        start, char = self._at, self._peek()
        self._at += 1
        match char:
            case "(":
                return self._group(start)
            case "[":
                return self._class(start)
            case "\\":
                return self._escape(start)
            case ".":
                return Part(".", 1, 1, 1, 1)
            case "^" | "$":
                return Part("^" if char == "^" else r"\Z", 0, 0, 1, 1)
            case "*" | "+" | "?":
                raise RegexFault(f'"{char}" repeats what stands before it, and nothing does.', start)
            case _:
                return self._letter(char)

    def _letter(self, char: str) -> Part:
        plain = self._plain(char + self._marks())
        if not plain:  # a mark by itself: folded texts have none
            return Part("", 0, 0, 1, 1)
        size = len(plain)
        return Part(re.escape(plain), size, size, 1, size, firsts=frozenset(plain[0]), letter=plain)

    def _marks(self) -> str:
        """Read the marks that belong to the letter before: of decomposed ş, of half-width ﾄﾞ."""
        start = self._at
        while (char := self._peek()) and (unicodedata.combining(char) or char in _VOICING):
            self._at += 1
        return self._source[start : self._at]

    def _group(self, start: int) -> Part:
        self._depth += 1
        if self._depth > MAX_GROUPS:
            raise RegexFault(f"Groups can be at most {MAX_GROUPS} deep.", start)
        if self._source.startswith("?:", self._at):
            self._at += 2
        elif self._peek() == "?":
            raise RegexFault(
                "(?…) is not understood here; a group is (…) or (?:…). Use AND, NOT or NEAR beside it.", start
            )
        inner = self._either()
        if self._peek() != ")":
            raise RegexFault('The "(" is not closed; a bracket of the text is written \\(.', start)
        self._at += 1
        self._depth -= 1
        return grouped(inner)

    def _escape(self, start: int) -> Part:
        char = self._peek()
        self._at += 1
        if char and char in _CLASSES:
            size = 0 if char in "bB" else 1
            return Part("\\" + char, size, size, 1, 1)
        if char in _PLAIN_ESCAPES:
            return Part(_PLAIN_ESCAPES[char], 1, 1, 1, 1)
        if char.isdigit():
            raise RegexFault(f"\\{char} would repeat what a group matched, which can take for ever.", start)
        if not char or char.isalpha():
            raise RegexFault(
                f"\\{char} is not understood here; there are \\d \\w \\s \\b and \\. for a stop.", start
            )
        return self._letter(char)

    def _class(self, start: int) -> Part:
        negated = self._peek() == "^"
        self._at += negated
        items: list[str] = []
        while self._peek() != "]" or not items:
            if not self._peek():
                raise RegexFault('The "[" is not closed; a bracket of the text is written \\[.', start)
            items.append(self._class_item())
        self._at += 1
        return Part(f"[{'^' if negated else ''}{''.join(items)}]", 1, 1, 1, 1)

    def _class_item(self) -> str:
        place = self._at
        first = self._class_char()
        if len(first) == 2 and first[0] == "\\" and first[1] in "dDwWsS":
            return first
        if self._peek() != "-" or self._source[self._at + 1 : self._at + 2] in ("", "]"):
            return _escaped(first)
        self._at += 1
        last = self._class_char()
        low, high = first[-1:], last[-1:]
        if len(first) != 1 or len(last) != 1 or low > high:
            raise RegexFault(f"{low}-{high} is no range: its ends are one character each, in order.", place)
        return f"{_escaped(low)}-{_escaped(high)}"

    def _class_char(self) -> str:
        char = self._peek()
        self._at += 1
        if char != "\\":
            return self._plain(char + self._marks()) or "\u0301"  # a mark by itself is in no folded text
        place, char = self._at - 1, self._peek()
        self._at += 1
        if char and char in "dDwWsS":
            return "\\" + char
        if char in _PLAIN_ESCAPES:
            return "\n" if char == "n" else "\t"
        if not char or char.isalnum():
            raise RegexFault(
                f"\\{char} is not understood in [ ]; there are \\d \\w \\s and \\] for a bracket.", place
            )
        return self._plain(char)


def _escaped(chars: str) -> str:
    return "".join(char if char.isalnum() else "\\" + char for char in chars)
