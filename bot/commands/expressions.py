"""Expressions as they are typed in commands, and back: phrases inside a quoted value have single quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.commands.parse import tokens
from bot.errors import CommandError
from watchers.errors import ExpressionError
from watchers.matching.expression import Or, Phrase, Word
from watchers.matching.grammar import parse_expression
from watchers.matching.known import known_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.matching.known import Known

ADD_EXAMPLE: Final = '/watch rule add "drone procurement" name:drones'
# 'sea power' is a phrase; the apostrophe of Baykar'ın or of 'Baykar'ın payı' is none of its quotes.
_SINGLE: Final = re.compile(r"(?<![\w'])'([^'\"]*(?:(?<=\w)'(?=\w)[^'\"]*)*)'(?![\w'])")
# A piece with a space in it had quotes inside, such as ("sea power" or source:"Harbour Post").
_OPENED: Final = re.compile(
    r"([(\-]*(?:(?:title|cs|source|entity|about):[(\-]*)*)([^()]*\s[^()]*?)(\*?\)*)", re.IGNORECASE
)
_CLOSED: Final = re.compile(r'"([^"]*?)(\)+)"')
_DOUBLE: Final = re.compile(r'"([^"]*)"')
_OPERATOR: Final = re.compile(r"\b(?:AND|OR|NOT)\b|NEAR/|[()*:]|(?:^|\s)-")
_TRY: Final = " Try: "
# entity:"Gen Nakatani" by itself, whose quotes the command line has taken.
_NAMED_ALONE: Final = re.compile(
    r"(?:title:)?(?:entity|about):[^\s\"'():/]+(?:\s+[^\s\"'():/-][^\s\"'():/]*)+", re.IGNORECASE
)
_JOINED: Final = re.compile(r"\b(?:AND|OR|NOT)\b|NEAR/")


def typed(words: Sequence[str]) -> str:
    """Return the expression that a command's values are, its phrases in double quotes again."""
    if len(words) == 1:
        alone = _NAMED_ALONE.fullmatch(words[0]) and not _JOINED.search(words[0])
        phrase, loose = _mended(words[0]), _phrases(words[0])
        return phrase if alone and (_reads(phrase) or not _reads(loose)) else loose
    return _phrases(" ".join(map(_mended, words)))


def _reads(text: str) -> bool:
    try:
        read(text)
    except CommandError:
        return False
    return True


def _mended(word: str) -> str:
    if found := _CLOSED.fullmatch(word):
        return f'"{found[1]}"{found[2]}'
    if word.startswith('"') or not (found := _OPENED.fullmatch(word)):
        return word
    star, ends = ("*", found[3][1:]) if found[3].startswith("*") else ("", found[3])
    return f'{found[1]}"{found[2]}{star}"{ends}'


def _phrases(text: str) -> str:
    return _SINGLE.sub(r'"\1"', text)


def read(text: str, *, command: str = "rule add ", known: Known | None = None) -> str:
    """Return an expression in its canonical form. Raises CommandError with the nearest one that can be read.

    `command` is what the proposal is put behind: a space or, for an option, a colon at its end. Names are
    looked up in `known`, the shipped gazetteer if there is none.
    """
    if known is None and "entity:" in text.lower():
        known = known_at()
    try:
        return str(parse_expression(_phrases(text), known))
    except ExpressionError as error:
        message, _, proposal = str(error).rpartition(_TRY)
        line = (as_option if command.endswith(":") else as_value)(proposal) if message else ""
        raise CommandError(
            message or str(error), example=f"/watch {command}{line}" if line else ADD_EXAMPLE
        ) from error


def as_option(expression: str) -> str:
    """Return an expression as the value of `expression:`, in quotes; empty if it cannot be typed there."""
    inner = _DOUBLE.sub(r"'\1'", expression)
    if '"' not in inner and _phrases(inner) == expression:
        return f'"{inner}"'
    typable = "\\" not in expression and _phrases(expression) == expression
    return values.quoted(expression) if typable else ""


def as_value(expression: str) -> str:
    """Return an expression as the value of `rule add`; empty if it cannot be typed."""
    if not _OPERATOR.search(expression) and len(tokens(expression)) == 1:
        return expression
    return as_option(expression)


def keywords_of(expression: str) -> str:
    """Return the keywords of a list's expression with commas between; empty if it is more than a list."""
    try:
        read_back = parse_expression(expression)
    except ExpressionError:
        return ""
    parts = read_back.parts if isinstance(read_back, Or) else (read_back,)
    words = [
        f"{part.text}{'*' if part.prefix else ''}"
        for part in parts
        if isinstance(part, Word | Phrase) and not part.exact_case
    ]
    listed = ", ".join(words)
    return listed if len(words) == len(parts) and listed.count(",") == len(words) - 1 else ""
