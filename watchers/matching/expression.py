"""What a watch expression says, as frozen values; `str()` writes one in its canonical form.

A leaf keeps the words as they were typed; folding them is the matcher's business. A further kind of leaf is a
class here, a terminal in grammar.py and what finds it in match.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a prefix of one; `exact_case` is what `cs:` asks for."""

    text: str
    prefix: bool = False
    exact_case: bool = False

    def __str__(self) -> str:
        return f"{'cs:' if self.exact_case else ''}{self.text}{'*' if self.prefix else ''}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to one another in one field, just so; the last may be a prefix."""

    text: str
    prefix: bool = False
    exact_case: bool = False

    def __str__(self) -> str:
        return f'{"cs:" if self.exact_case else ""}"{self.text}{"*" if self.prefix else ""}"'


@dataclass(frozen=True, slots=True)
class Named:
    """A person, organisation, platform, programme or place of the gazetteer, under any of its names."""

    name: str

    def __str__(self) -> str:
        return f"entity:{_bare(self.name)}"


@dataclass(frozen=True, slots=True)
class About:
    """Known concepts close to one another, in any form, order and language."""

    phrase: str

    def __str__(self) -> str:
        return f"about:{_bare(self.phrase)}"


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, between slashes; what is between them is kept as it was typed."""

    source: str
    exact_case: bool = False

    def __str__(self) -> str:
        return f"{'cs:' if self.exact_case else ''}/{self.source}/"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a fact of the article has to be; `value` is in the form that watchers.matching.stated gives it."""

    field: str
    sign: str
    value: str

    def __str__(self) -> str:
        return f"fact:{self.field}{self.sign}{_bare(self.value)}"


Term: TypeAlias = Word | Phrase
Longer: TypeAlias = Named | About | Regex | Stated
Leaf: TypeAlias = Word | Phrase | Named | About | Regex | Stated


@dataclass(frozen=True, slots=True)
class Near:
    """One of the left leaves at most `distance` word positions from one of the right, in either order."""

    left: tuple[Leaf, ...]
    right: tuple[Leaf, ...]
    distance: int

    def __str__(self) -> str:
        return f"{_alternatives(self.left)} NEAR/{self.distance} {_alternatives(self.right)}"


@dataclass(frozen=True, slots=True)
class Source:
    """The outlet's name holds these words, or its address is this host."""

    name: Term

    def __str__(self) -> str:
        return f"source:{self.name}"


@dataclass(frozen=True, slots=True)
class Language:
    """The entry is in this language, an ISO 639-1 code."""

    code: str

    def __str__(self) -> str:
        return f"lang:{self.code}"


@dataclass(frozen=True, slots=True)
class InTitle:
    """What must be met by the title alone."""

    part: Expression

    def __str__(self) -> str:
        return f"title:{_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be met."""

    part: Expression

    def __str__(self) -> str:
        return f"NOT {_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " AND ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " OR ".join(str(part) for part in self.parts)


Expression: TypeAlias = Leaf | Near | Source | Language | InTitle | Not | And | Or

_BARE = re.compile(r"\w[\w.&-]*\Z")
_OPERATORS = ("and", "or", "not", "near")


def both(parts: tuple[Expression, ...]) -> Expression:
    """Return the conjunction of one or more expressions, flat."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def either(parts: tuple[Expression, ...]) -> Expression:
    """Return the disjunction of one or more expressions, flat."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def negated(part: Expression) -> Expression:
    """Return what holds where the expression does not; two negations are none."""
    return part.part if isinstance(part, Not) else Not(part)


def in_title(part: Expression) -> Expression:
    """Return the expression limited to the title; saying so twice says it once."""
    return part if isinstance(part, InTitle) else InTitle(part)


def exact_case(part: Expression) -> Expression:  # noqa: PLR0911 - one case a kind of expression
    """Return the expression with every term in it told apart by case."""
    match part:
        case Word() | Phrase() | Regex() | Named() | About() | Stated():
            return _cased(part)
        case Near():
            left, right = tuple(map(_cased, part.left)), tuple(map(_cased, part.right))
            return Near(left, right, part.distance)
        case Source() | Language():
            return part
        case InTitle():
            return InTitle(exact_case(part.part))
        case Not():
            return Not(exact_case(part.part))
        case And():
            return And(tuple(map(exact_case, part.parts)))
        case Or():
            return Or(tuple(map(exact_case, part.parts)))


def leaves(expression: Expression) -> Iterator[Leaf]:
    """Yield everything that is looked for in an entry's text, in the order in which it is written."""
    for part in parts_of(expression):
        if isinstance(part, Leaf):
            yield part


def longer_of(expression: Expression) -> tuple[Longer, ...]:
    """Return the names, concepts, regular expressions and facts in an expression, each once."""
    return tuple(dict.fromkeys(leaf for leaf in leaves(expression) if isinstance(leaf, Longer)))


def asks_facts(expression: Expression) -> bool:
    """Tell whether an expression is about what an article states, which has to be read out of it first."""
    return any(isinstance(leaf, Stated) for leaf in leaves(expression))


def parts_of(expression: Expression) -> Iterator[Expression]:
    """Yield every piece that says something by itself, in order: leaves, NEAR before its sides, scopes."""
    match expression:
        case Near():
            yield expression
            yield from (*expression.left, *expression.right)
        case InTitle() | Not():
            yield from parts_of(expression.part)
        case And() | Or():
            for part in expression.parts:
                yield from parts_of(part)
        case _:
            yield expression


def _cased(leaf: Leaf) -> Leaf:
    """Return a leaf told apart by case; names, concepts and facts have rules of their own for that."""
    match leaf:
        case Regex():
            return Regex(leaf.source, exact_case=True)
        case Word() | Phrase():
            return type(leaf)(leaf.text, leaf.prefix, exact_case=True)
        case Named() | About() | Stated():
            return leaf


def _bare(words: str) -> str:
    return words if _BARE.match(words) and words.lower() not in _OPERATORS else f'"{words}"'


def _grouped(part: Expression) -> str:
    return f"({part})" if isinstance(part, And | Or | Near | Not) else str(part)


def _alternatives(leaves: tuple[Leaf, ...]) -> str:
    text = " OR ".join(map(str, leaves))
    return text if len(leaves) == 1 else f"({text})"
