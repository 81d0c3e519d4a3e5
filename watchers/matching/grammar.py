"""Read the watch language: words, "phrases", AND OR NOT, -word, prefix*, NEAR/n and the scopes.

Words beside one another mean AND, which binds tighter than OR. Operators are capitals. A further scope is a
terminal, an alternative of `scoped` and a method of `_Builder`.
"""

from __future__ import annotations

import re
from functools import cache

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, VisitError

from watchers.matching.expression import (
    Expression,
    Language,
    Near,
    Or,
    Phrase,
    Source,
    Term,
    Word,
    both,
    either,
    exact_case,
    in_title,
    negated,
)
from watchers.matching.faults import Fault, complaint, unexpected
from watchers.matching.words import pattern_of
from watchers.text import is_cjk

MAX_CHARACTERS = 60_000  # three thousand keywords; a list that is longer is several lists
MAX_DEPTH = 40  # brackets in brackets; people write two or three, recursion ends at a thousand
MAX_DISTANCE = 100  # words; further apart AND says the same
MIN_PREFIX = 2  # letters before a *: one would stop at every other word (a Japanese character is enough)

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
       | word
       | phrase
       | _OPEN any _CLOSE
word: WORD
phrase: QUOTED

_OPEN: /[(（]/
_CLOSE: /[)）]/
TITLE.3: /title:/i
CASE.3: /cs:/i
SOURCE.3: /source:/i
LANG.3: /lang:/i
_AND.2: /AND(?![^\s()（）])/
_OR.2: /OR(?![^\s()（）])/
NOT.2: /NOT(?![^\s()（）])/
NEAR.2: /NEAR\/\d+(?![^\s()（）])/
MINUS.2: /-(?=[^\s()（）-])|-(?=[(（])/
QUOTED.2: /"[^"]*"|[“”„][^“”„]*[“”]|「[^」]*」/
WORD: /[^\s()（）"“”„「」-][^\s()（）"“”„「」]*/
%ignore /\s+/
"""
_QUOTES = re.compile('["“”„「」]')
_SCOPED = re.compile(r"([A-Za-z]{2,12}):(?!//)")
_CODE = re.compile(r"[A-Za-z]{2,3}\Z")
_REPEATED = re.compile(r"(?:(?:title|cs):\s*){3}", re.IGNORECASE)


def parse_expression(text: str) -> Expression:
    """Read an expression; raises ExpressionError, which says where reading stopped and what would be read."""
    try:
        return _read(text)
    except Fault as fault:
        raise complaint(text, fault, reads=_reads) from fault


def _read(text: str) -> Expression:
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
        return _parser().parse(text)  # type: ignore[return-value] # the builder turns the tree into values
    except UnexpectedInput as error:
        raise unexpected(text, error) from error
    except VisitError as error:
        if isinstance(error.orig_exc, Fault):
            raise error.orig_exc from error
        raise


def _reads(text: str) -> bool:
    try:
        _read(text)
    except Fault:
        return False
    return True


def _refuse_depth(text: str) -> None:
    depth = 0
    for position, character in enumerate(text):
        depth += (character in "(（") - (character in ")）")
        if depth > MAX_DEPTH:
            raise Fault(f"Brackets can be at most {MAX_DEPTH} deep.", position)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", transformer=_Builder())


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
        return Near(_terms(left, near), _terms(right, near), distance)

    def word(self, token: Token) -> Expression:
        text, prefix = str(token).removesuffix("*"), token.endswith("*")
        _refuse_word(text, token)
        _refuse_pattern(text, token, prefix=prefix)
        return Word(text, prefix)

    def phrase(self, token: Token) -> Expression:
        inner = " ".join(_QUOTES.sub(" ", token).split())
        text, prefix = inner.removesuffix("*").rstrip(), inner.endswith("*")
        _refuse_pattern(text, token, prefix=prefix)
        return Phrase(text, prefix)


def _start(token: Token) -> int:
    return token.start_pos or 0


def _terms(operand: Expression, near: Token) -> tuple[Term, ...]:
    """Return the terms of one side of NEAR."""
    parts = operand.parts if isinstance(operand, Or) else (operand,)
    terms = tuple(part for part in parts if isinstance(part, Word | Phrase))
    if len(terms) != len(parts):
        raise Fault(
            "NEAR stands between words or phrases, or brackets with OR between them.",
            _start(near),
            ("(drone OR UAV) NEAR/5 Japan", "title:(drone NEAR/5 Japan)"),
        )
    return terms


def _refuse_word(text: str, token: Token) -> None:
    """Raise what a bare word cannot be: a scope we lack, an operator written small, a list with commas."""
    scoped = _SCOPED.match(text)
    if scoped:
        raise Fault(f'There is no scope "{scoped[1]}:".', _start(token), about="scope")
    if text.lower() in ("and", "or", "not"):
        raise Fault(
            f'"{text}" joins only in capitals and between spaces; to look for it, quote it.',
            _start(token),
            about="operator",
        )
    if text == "NEAR" or text.startswith("NEAR/"):
        raise Fault("NEAR needs a number of words, such as NEAR/5.", _start(token), about="near")
    if text[-1:] in tuple(",;，、；"):
        raise Fault(
            "Alternatives are joined with OR, not with commas.", _start(token) + len(text) - 1, about="comma"
        )


def _refuse_pattern(text: str, token: Token, *, prefix: bool) -> None:
    """Raise what cannot be looked for: no letter or digit, a * not at the end, a prefix that is too short."""
    if "*" in text:
        place = _start(token) + token.find("*")
        raise Fault("A * stands only at the end of a word: drone*.", place, about="star")
    pattern = pattern_of(text)
    if not pattern:
        raise Fault(f"{token} has no letter or digit to look for.", _start(token), about="empty")
    if prefix and len(pattern) < MIN_PREFIX and not is_cjk(pattern):
        raise Fault(
            f"A prefix needs {MIN_PREFIX} letters or more before the *.", _start(token), about="empty"
        )
