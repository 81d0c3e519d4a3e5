"""What the full-text index holds of a text, what typed words ask of it, and where they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from watchers.text import fold, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Terms of one search that count; no person types more, and FTS5 refuses expressions nested 256 deep.
MOST_TERMS: Final = 32
# The shortest beginning that the index has a list of; a single letter's is half of all words.
SHORTEST_BEGINNING: Final = 2
# Japanese is written without spaces: each of its characters is a word to the index, and a word typed in it
# is a phrase of them. Iteration marks and rare characters outside the first plane belong to it.
_JAPANESE: Final = (
    r"\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
_CHARACTER: Final = re.compile(f"([{_JAPANESE}])")
_TOKEN: Final = re.compile(rf"[{_JAPANESE}]|[^\W_{_JAPANESE}]+")
_TYPED: Final = re.compile(r'(-?)(?:"([^"]*)"?(\*?)|([^\s"]+))')
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that stand one after the other; with `prefix` the last may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """What a person is looking for: every one of `wanted`, none of `unwanted`."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()


def indexed(text: str) -> str:
    """Return a text as the index holds it: folded, with Japanese characters apart."""
    return " ".join(_CHARACTER.split(fold(text)))  # a fifth of the time of `sub`


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are sought: folded, each Japanese character one of its own."""
    return _TOKEN.findall(fold(text))


def sought(typed: str) -> Sought:
    """Understand words as typed: "quoted phrases", -unwanted ones, beginnings with a star; never fails."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for minus, phrase, star, word in _TYPED.findall(typed.translate(_QUOTES)):
        words = tuple(tokens(phrase or word))
        if words and len(wanted) + len(unwanted) < MOST_TERMS:
            begins = bool(star) or word.endswith("*")
            term = Term(words, prefix=begins and len(words[-1]) >= SHORTEST_BEGINNING)
            (unwanted if minus else wanted).append(term)
    return Sought(wanted=tuple(dict.fromkeys(wanted)), unwanted=tuple(dict.fromkeys(unwanted)))


def expression(terms: Iterable[Term], operator: str) -> str:
    """Write terms in FTS5's language, each a quoted string, joined by AND or OR."""
    return f" {operator} ".join(f'"{" ".join(t.tokens)}"' + ("*" if t.prefix else "") for t in terms)


def spans(text: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Return where terms stand in a text, as ranges of its code points in order and apart."""
    if not terms:
        return ()
    clean = folded(text)
    there = [(found[0], found.start(), found.end()) for found in _TOKEN.finditer(clean.text)]
    return _apart(
        clean.span(there[i][1], there[i + len(term.tokens) - 1][2])
        for i in range(len(there))
        for term in terms
        if _stands(term, there, i)
    )


def _stands(term: Term, words: Sequence[tuple[str, int, int]], place: int) -> bool:
    if place + len(term.tokens) > len(words):
        return False
    *first, last = term.tokens
    if any(words[place + i][0] != token for i, token in enumerate(first)):
        return False
    there = words[place + len(first)][0]
    return there.startswith(last) if term.prefix else there == last


def _apart(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
