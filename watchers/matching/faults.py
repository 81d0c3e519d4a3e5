"""Say what is wrong with an expression, where, and what the nearest one is that can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from watchers.errors import ExpressionError
from watchers.matching.repairs import repairs

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark.exceptions import UnexpectedInput

_TAKES = {
    "entity": "a name, in quotes if it has several words: entity:Baykar",
    "about": 'a concept, in quotes if it has several words: about:"drone procurement"',
    "source": "an outlet's name or host: source:navy.example",
    "lang": "a language code of two letters: lang:tr",
    "title": "what the title has to hold: title:Baykar",
    "cs": "words with their capitals: cs:SHIELD",
}
_OPEN_SCOPE = re.compile(r"(entity|about|source|lang|title|cs)[:：]\s*\Z", re.IGNORECASE)
_EXAMPLE = 'Baykar AND (export OR "drone procurement") -football'
_LONGEST = 400  # characters of a proposal; more is no help in a chat
_MOST_MENDED = 2 * _LONGEST  # characters of a text that is mended at all; some repairs take its square
_SHOWN = 24  # characters of context in a message


@dataclass(frozen=True, slots=True)
class Swap:
    """A range of an expression that is at fault, and what could stand there, the nearest first."""

    start: int
    end: int
    instead: tuple[str, ...]


class Fault(Exception):  # noqa: N818 - it is what was found, and ends as an ExpressionError
    """What is wrong, at which code point; `examples` are shown when nothing nearer can be proposed."""

    def __init__(
        self,
        message: str,
        position: int,
        examples: tuple[str, ...] = (),
        *,
        about: str = "",
        swap: Swap | None = None,
    ) -> None:
        super().__init__(message)
        self.position = position
        self.examples = examples
        self.about = about
        self.swap = swap


def complaint(text: str, fault: Fault, *, reads: Callable[[str], bool]) -> ExpressionError:
    """Return the error people see: what, where, and the nearest expression that `reads` accepts."""
    place = min(fault.position, len(text))
    parts = [str(fault)]
    if text.strip():
        before = " ".join(text[:place].split())[-_SHOWN:]
        parts[0] += f' (character {place + 1}, after "{before}")' if before else " (at the start)"
    made = repairs(text, fault) if len(text) <= _MOST_MENDED else ()
    candidates = (c for c in made if c != text and len(c) <= _LONGEST and reads(c))
    proposal = next(candidates, "")
    if proposal:
        parts.append(f"Try: {proposal}")
    else:
        parts.append(f"Try: {(*fault.examples, _EXAMPLE)[0]}")
    return ExpressionError(" ".join(parts), expression=text, position=place)


def unexpected(text: str, error: UnexpectedInput) -> Fault:
    """Return the fault behind a parser's error."""
    if isinstance(error, UnexpectedCharacters):
        place = cast("int | None", error.pos_in_stream) or 0
        return Fault(_about_character(text, place), place)
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        place = error.token.start_pos or 0
        scope = _OPEN_SCOPE.search(text[:place])
        says = _wants(scope) if scope else _about_token(text, str(error.token), place)
        return Fault(says, place, swap=_instead_of(scope, text))
    opened = sum(text.count(c) for c in "(（") > sum(text.count(c) for c in ")）")
    scope = _OPEN_SCOPE.search(text)
    if scope:
        return Fault(_wants(scope), len(text), swap=_instead_of(scope, text))
    last = text.rsplit(maxsplit=1)[-1]
    if opened and not re.fullmatch(r"AND|OR|NOT|NEAR/\d+", last):
        return Fault('A "(" is not closed.', len(text))
    return Fault(f'Something must follow "{last}".', len(text))


def _wants(scope: re.Match[str]) -> str:
    return f"{scope[1].lower()}: takes {_TAKES[scope[1].lower()]}."


def _instead_of(scope: re.Match[str] | None, text: str) -> Swap | None:
    """Return what to write for a scope with nothing that it takes behind it: first the words in brackets."""
    if scope is None:
        return None
    bracket = re.compile(r"\s*[(（]([^()（）\"]*)[)）]").match(text, scope.end())
    words = " ".join(bracket[1].split()) if bracket else ""
    end = bracket.end() if bracket else len(text[: scope.end()].rstrip())
    each = [f"{scope[1]}:{_one(word)}" for word in re.split(r"\s+OR\s+", words)] if words else []
    instead = (f"({' OR '.join(each)})", *each) if len(each) > 1 else tuple(each)
    return Swap(scope.start(), end, (*instead, _TAKES[scope[1].lower()].partition(": ")[2]))


def _one(words: str) -> str:
    return f'"{words}"' if " " in words else words


def _about_character(text: str, place: int) -> str:
    character = text[place : place + 1]
    if character and character in '"“”„「」':
        return "The quotation mark is not closed."
    if character == "-":
        return 'A "-" stands right before the word or phrase to leave out.'
    return f'"{character}" cannot stand here.'


def _about_token(text: str, token: str, place: int) -> str:
    if token in (")", "）"):
        if text[:place].rstrip()[-1:] in ("(", "（"):
            return "There is nothing between the brackets."
        if text[: place + 1].count(")") > text[:place].count("("):
            return 'The ")" closes nothing.'
        return 'Something must stand before the ")".'
    if token.startswith("NEAR/") and "NEAR/" in text[:place]:
        return "NEAR joins two sides; join a third with AND and brackets."
    if re.fullmatch(r"AND|OR|NEAR/\d+", token):
        return f'"{token}" needs something on both sides.'
    return f'"{token}" cannot stand here.'
