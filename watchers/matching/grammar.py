"""Read the watch language: words, "phrases", AND OR NOT, -word, prefix*, NEAR/n, /regex/, fact: and scopes.

Words beside one another mean AND, which binds tighter than OR. Operators are capitals. A further scope is a
terminal, an alternative of `scoped` and a method of `_Builder`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, VisitError

from watchers.matching.concepts import MOST_CONCEPTS, UnknownConceptError, concepts_of
from watchers.matching.expression import (
    About,
    Expression,
    Language,
    Leaf,
    Named,
    Near,
    Or,
    Phrase,
    Regex,
    Source,
    Term,
    Word,
    both,
    either,
    exact_case,
    in_title,
    leaves,
    negated,
)
from watchers.matching.faults import Fault, complaint, unexpected
from watchers.matching.known import LONGEST_NAME, UnknownNameError
from watchers.matching.refusals import (
    not_about,
    not_named,
    not_regex,
    not_stated,
    refuse_pattern,
    refuse_word,
    too_many_concepts,
)
from watchers.matching.regexes import RegexFault, read_regex
from watchers.matching.stated import PATTERN, StatedFault, read_stated
from watchers.matching.words import QUOTES

if TYPE_CHECKING:
    from watchers.matching.known import Known

MAX_CHARACTERS = 60_000  # three thousand keywords; a list that is longer is several lists
MAX_DEPTH = 40  # brackets in brackets; people write two or three, recursion ends at a thousand
MAX_DISTANCE = 100  # words; further apart AND says the same

_GRAMMAR = r"""
?start: any
any: all (_OR all)*
all: unary (_AND? unary)*
?unary: NOT unary -> negated
      | MINUS scoped -> negated
      | near
?near: scoped
     | scoped NEAR scoped -> nearby
?scoped: TITLE scoped -> titled
       | CASE scoped -> cased
       | SOURCE (word | phrase) -> source
       | LANG WORD -> language
       | ENTITY (WORD | QUOTED) -> named
       | ABOUT (WORD | QUOTED) -> concerning
       | REGEX -> regex
       | FACT -> stated
       | word
       | phrase
       | _OPEN any _CLOSE
word: WORD
phrase: QUOTED

_OPEN: /[(（]/
_CLOSE: /[)）]/
TITLE.3: /title[:：]/i
CASE.3: /cs[:：]/i
SOURCE.3: /source[:：]/i
LANG.3: /lang[:：]/i
ENTITY.3: /entity[:：]/i
ABOUT.3: /about[:：]/i
FACT.3: /{FACT}/
REGEX.2: /\/(?:[^\/\\\n]|\\[^\n])+\/(?![^\s()（）])/
_AND.2: /AND(?![^\s()（）])/
_OR.2: /OR(?![^\s()（）])/
NOT.2: /NOT(?![^\s()（）])/
NEAR.2: /NEAR\/\d+(?![^\s()（）])/
MINUS.2: /-(?=[^\s()（）-])|-(?=[(（])/
QUOTED.2: /"[^"]*"|[“”„][^“”„]*[“”]|「[^」]*」/
WORD: /[^\s()（）"“”„「」-][^\s()（）"“”„「」]*/
%ignore /\s+/
"""
_CODE = re.compile(r"[A-Za-z]{2,3}\Z")
_REPEATED = re.compile(r"(?:(?:title|cs)[:：]\s*){3}", re.IGNORECASE)


def parse_expression(text: str, known: Known | None = None) -> Expression:
    """Read an expression; raises ExpressionError, which says where reading stopped and what would be read.

    With `known`, a name after `entity:` that nobody bears is such an error; without, names are not looked up.
    """
    try:
        return _read(text, known)
    except Fault as fault:
        raise complaint(text, fault, reads=lambda other: _reads(other, known)) from fault


def _read(text: str, known: Known | None) -> Expression:
    """Read an expression; raises Fault."""
    if not text.strip():
        raise Fault("There is nothing to look for.", 0, ("Baykar", 'Nakatani OR "drone procurement"'))
    if len(text) > MAX_CHARACTERS:
        raise Fault(
            f"That is longer than {MAX_CHARACTERS} characters; make it several watches.", MAX_CHARACTERS
        )
    _refuse_depth(text)
    repeated = _REPEATED.search(text)
    if repeated:
        raise Fault("One title: and one cs: are enough.", repeated.start())
    try:
        expression: Expression = _parser().parse(text)  # type: ignore[assignment] # the builder's values
    except UnexpectedInput as error:
        raise unexpected(text, error) from error
    except VisitError as error:
        if isinstance(error.orig_exc, Fault):
            raise error.orig_exc from error
        raise
    if known is not None:
        _refuse_unknown(expression, text, known)
    return expression


def _reads(text: str, known: Known | None) -> bool:
    try:
        _read(text, known)
    except Fault:
        return False
    return True


def _refuse_unknown(expression: Expression, text: str, known: Known) -> None:
    """Raise the first name that nobody bears, at its place."""
    names = [leaf for leaf in leaves(expression) if isinstance(leaf, Named)]
    for number, leaf in enumerate(names):
        try:
            known.entity(leaf.name)
        except UnknownNameError as error:
            tokens = list(_parser().lex(text))
            at = [i for i, token in enumerate(tokens) if token.type == "ENTITY"][number]
            raise not_named(leaf.name, tokens[at], tokens[at + 1], error) from error


def _refuse_depth(text: str) -> None:
    depth = 0
    for position, character in enumerate(text):
        depth += (character in "(（") - (character in ")）")
        if depth > MAX_DEPTH:
            raise Fault(f"Brackets can be at most {MAX_DEPTH} deep.", position)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR.replace("{FACT}", PATTERN), parser="lalr", lexer="basic", transformer=_Builder())


@v_args(inline=True)
class _Builder(Transformer[Token, Expression]):
    """Make values of what the parser reads; says what the grammar alone cannot."""

    def any(self, *parts: Expression) -> Expression:
        return either(parts)

    def all(self, *parts: Expression) -> Expression:
        return both(parts)

    def negated(self, _operator: Token, part: Expression) -> Expression:
        return negated(part)

    def titled(self, _scope: Token, part: Expression) -> Expression:
        return in_title(part)

    def cased(self, _scope: Token, part: Expression) -> Expression:
        return exact_case(part)

    def source(self, _scope: Token, name: Term) -> Expression:
        return Source(name)

    def language(self, scope: Token, code: Token) -> Expression:
        if not _CODE.match(code):
            raise Fault(f'"{code}" is no language code of two letters.', _start(code), about="language")
        if len(code) > 2 and code.lower() != "und":
            raise Fault(f'"{code}" is no language code of two letters.', _start(scope), about="language")
        return Language(code.lower())

    def nearby(self, left: Expression, near: Token, right: Expression) -> Expression:
        distance = int(near.removeprefix("NEAR/")[:6])
        if not 1 <= distance <= MAX_DISTANCE:
            raise Fault(
                f"NEAR/n takes a number of words from 1 to {MAX_DISTANCE}.", _start(near), about="near"
            )
        return Near(_sides(left, near), _sides(right, near), distance)

    def word(self, token: Token) -> Expression:
        text, prefix = str(token).removesuffix("*"), token.endswith("*")
        refuse_word(text, token)
        refuse_pattern(text, token, prefix=prefix)
        return Word(text, prefix)

    def phrase(self, token: Token) -> Expression:
        inner = _unquoted(token)
        text, prefix = inner.removesuffix("*").rstrip(), inner.endswith("*")
        refuse_pattern(text, token, prefix=prefix)
        return Phrase(text, prefix)

    def named(self, _scope: Token, token: Token) -> Expression:
        name = _unquoted(token)
        refuse_pattern(name, token, prefix=False)
        if len(name) > LONGEST_NAME:
            raise Fault(f"A name has at most {LONGEST_NAME} characters.", _start(token))
        return Named(name)

    def concerning(self, scope: Token, token: Token) -> Expression:
        phrase = _unquoted(token)
        refuse_pattern(phrase, token, prefix=False)
        if len(phrase) > LONGEST_NAME:
            raise Fault(f"A phrase for about: has at most {LONGEST_NAME} characters.", _start(token))
        try:
            found = concepts_of(phrase)
        except UnknownConceptError as error:
            raise not_about(phrase, scope, token, error) from error
        if not 1 <= len(found) <= MOST_CONCEPTS:
            raise too_many_concepts(found, scope, token)
        return About(phrase)

    def regex(self, token: Token) -> Expression:
        source = str(token)[1:-1]
        try:
            read_regex(source)
        except RegexFault as fault:
            raise not_regex(source, token, fault) from fault
        return Regex(source)

    def stated(self, token: Token) -> Expression:
        try:
            return either(read_stated(str(token)))
        except StatedFault as fault:
            raise not_stated(token, fault) from fault


def _start(token: Token) -> int:
    return token.start_pos or 0


def _unquoted(token: Token) -> str:
    return " ".join(QUOTES.sub(" ", token).split())


def _sides(operand: Expression, near: Token) -> tuple[Leaf, ...]:
    """Return what stands on one side of NEAR."""
    parts = operand.parts if isinstance(operand, Or) else (operand,)
    sides = tuple(part for part in parts if isinstance(part, Leaf))
    if len(sides) != len(parts):
        raise Fault(
            "NEAR stands between words or phrases, or brackets with OR between them.",
            _start(near),
            ("(drone OR UAV) NEAR/5 Japan", "title:(drone NEAR/5 Japan)"),
        )
    return sides
