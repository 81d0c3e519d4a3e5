"""Expressions as they are typed in commands, and back: phrases inside a quoted value have single quotes."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.commands.parse import is_whole, tokens
from bot.errors import CommandError
from watchers.errors import ExpressionError
from watchers.matching import keywords
from watchers.matching.grammar import parse_expression
from watchers.matching.known import known_at
from watchers.matching.ready import ready

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from watchers.matching.known import Known

MOST_KEYWORD: Final = 100  # code points, as in the configuration file
ADD_EXAMPLE: Final = '/watch rule add "drone procurement" name:drones'
# 'sea power' is a phrase; the apostrophe of Baykar'ın or of 'Baykar'ın payı' is none of its quotes.
_SINGLE: Final = re.compile(r"(?<![\w'])'([^'\"]*(?:(?<=\w)'(?=\w)[^'\"]*)*)'(?![\w'])")
# A piece with a space in it had quotes inside, such as ("sea power" or source:"Harbour Post").
_OPENED: Final = re.compile(
    r"([(\-]*(?:(?:title|cs|source|entity|about):[(\-]*)*(?:fact:\w+=)?)([^()]*\s[^()]*?)(\*?\)*)",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(r'"([^"]*?)(\)+)"')
_DOUBLE: Final = re.compile(r'"([^"]*)"')
_PHRASE: Final = re.compile(r'"([^\W_]+(?:[ -][^\W_]+)* [^\W_]+)"')
_TRY: Final = " Try: "
_SMALL_JOINT: Final = re.compile(r'"(?:and|or)" joins only in capitals', re.IGNORECASE)
# entity:"Gen Nakatani" or fact:buyer="Northern Reach" by itself, whose quotes the command line has taken.
_NAMED_ALONE: Final = re.compile(
    r"(?:title:)?(?:(?:entity|about):|fact:\w+=)[^\s\"'():/]+(?:\s+[^\s\"'():/-][^\s\"'():/]*)+",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"\b(?:AND|OR|NOT)\b|NEAR/")


async def names(desk: Desk) -> Known:
    """Return the names that `entity:` knows here, those of the configuration's own gazetteer too."""
    return await asyncio.to_thread(ready, desk.judging.lens.gazetteer)


def typed(words: Sequence[str], known: Known | None = None) -> str:
    """Return the expression that a command's values are, its phrases in double quotes again."""
    if len(words) == 1:
        alone = _NAMED_ALONE.fullmatch(words[0]) and not _JOINED.search(words[0])
        phrase, loose = mended(words[0]), _phrases(words[0])
        return phrase if alone and (_reads(phrase, known) or not _reads(loose, known)) else loose
    return _phrases(" ".join(map(mended, words)))


def _reads(text: str, known: Known | None) -> bool:
    try:
        read(text, known=known)
    except CommandError:
        return False
    return True


def mended(word: str) -> str:
    """Return a word of a command with the quotes inside it that the command line has taken."""
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
        write = as_option if command.endswith(":") else as_value
        line = write(proposal) if message else ""
        if _SMALL_JOINT.match(message) and _PHRASE.fullmatch(phrase := f'"{text}"'):
            message = f"{message} For these words in a row: /watch {command}{write(phrase)}"
        raise CommandError(
            message or str(error), example=f"/watch {command}{line}" if line else ADD_EXAMPLE
        ) from error


def read_typed(command: Command, known: Known) -> str:
    """Return the expression of a command, as `read` does; what is proposed keeps the options."""
    try:
        return read(typed(command.values, known), command=f"{command.noun} {command.verb} ", known=known)
    except CommandError as error:
        if error.example == ADD_EXAMPLE:
            raise
        options = [f"{name}:{_plainly(value)}" for name, value in command.options.items()]
        raise CommandError(error.message, error.nearest, " ".join([error.example, *options])) from error


def _plainly(value: str) -> str:
    return value if tokens(value) == [(value, False)] else values.quoted(value)


def as_option(expression: str) -> str:
    """Return an expression as the value of `expression:`, in quotes; empty if it cannot be typed there."""
    inner = _DOUBLE.sub(r"'\1'", expression)
    if '"' not in inner and _phrases(inner) == expression:
        return f'"{inner}"'
    typable = "\\" not in expression and _phrases(expression) == expression
    return values.quoted(expression) if typable else ""


def as_value(expression: str) -> str:
    """Return an expression as the value of `rule add`; empty if it cannot be typed."""
    if len(cut := tokens(expression)) == 1 and not is_whole(cut[0][0]):
        return expression
    return as_option(expression)


def in_a_row(expression: str) -> str:
    """Return what a phrase of plain words finds, and how to find them anywhere; empty for anything else."""
    found = _PHRASE.fullmatch(expression)
    if found is None or is_whole(found[1]):
        return ""
    return f"It finds these words in a row. All of them anywhere in an article: /watch rule add {found[1]}"


def keywords_of(expression: str, known: Known | None = None) -> str:
    """Return the keywords of a list's expression with commas between; empty if it is more than a list."""
    try:
        words = keywords.keywords_of(parse_expression(expression), known)
    except ExpressionError:
        return ""
    listed = ", ".join(words)
    return listed if len(split(listed)) == len(words) else ""


def keyword_list(text: str, known: Known, *, example: str) -> str:
    """Return the expression of keywords with commas between, empty for "off". Raises CommandError."""
    if text.strip().lower() in values.OFF:
        return ""
    words = split(text)
    for word in words:
        if outright := keywords.is_said(word):
            read(outright, command="setup keywords:", known=known)
    expression = keywords.expression_of(words, known)
    if not expression or any(len(word) > MOST_KEYWORD for word in words):
        raise CommandError(
            f"keywords takes words with commas between, each of at most {MOST_KEYWORD} characters, or off.",
            example=example,
        )
    return expression


def split(listed: str) -> list[str]:
    """Return the keywords of a text in which commas or line breaks stand between them."""
    return [word.strip() for word in listed.replace("\n", ",").replace("、", ",").split(",") if word.strip()]
