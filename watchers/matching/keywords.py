"""Write a keyword list as an expression of the watch language, known names and concepts as such."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from watchers.errors import ExpressionError
from watchers.matching.concepts import UnknownConceptError, concepts_of
from watchers.matching.expression import About, Named, Or, Phrase, Word
from watchers.matching.grammar import parse_expression
from watchers.matching.known import known_at
from watchers.matching.refusals import long_enough
from watchers.matching.words import QUOTES, pattern_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from watchers.matching.expression import Expression
    from watchers.matching.known import Known

_OPERATOR = re.compile(r"(?:and|or|not|near(?:/.*|\d+)?)\Z", re.IGNORECASE)
# Anything else is put in quotes, as it could mean something to the language.
_PLAIN_WORD = re.compile(r"[^\W_][^\s()（）\"“”„「」*:：=?,;，、；]*\Z")
_SAID = re.compile(r"(entity|about):\s*(?=\S)", re.IGNORECASE)
# 'drone procurement' as well: a form's answer travels inside double quotes.
_IN_QUOTES = re.compile(r"[\"“”„「'](.+)[\"“”」']", re.DOTALL)


class _Keyword(NamedTuple):
    """One keyword taken apart; `scope` is entity, about or nothing."""

    bare: str
    star: str
    quoted: bool
    scope: str

    @property
    def plain(self) -> str:
        """Return it as a word or a phrase, just as it is."""
        alone = _PLAIN_WORD.match(self.bare) and not _OPERATOR.match(self.bare) and not self.quoted
        return f"{self.bare}{self.star}" if alone else f'"{self.bare}{self.star}"'

    @property
    def outright(self) -> str:
        """Return it as the expression that it says it is."""
        return f'{self.scope}:"{self.bare}"'

    @property
    def said(self) -> str:
        """Return it so that no other keyword is written the same."""
        if self.scope:
            return self.outright
        return f'"{self.plain}"' if self.quoted else self.plain


def expression_of(keywords: Sequence[str], known: Known | None = None) -> str:
    """Return the expression of a keyword list: any of them, in order, each once; empty for an empty list.

    What is beyond doubt a name becomes `entity:`, and a phrase of a thing and what happens to it `about:`.
    Whatever else it is, in quotes or with a * at its end, is looked for as it stands. `entity:` and `about:`
    may be written in front; where nobody has that name, the words are looked for. Names are those of `known`,
    of the shipped gazetteer if there is none. Keywords without a letter or digit are left out.
    """
    names = known or known_at()
    return _joined(keywords, lambda keyword: _meant(keyword, names))


def list_of(keywords: Sequence[str]) -> str:
    """Return a keyword list as it was written, whatever is known of its words: to tell two lists apart by.

    A list of words and phrases alone gives the expression that was made of it before names were known.
    """
    return _joined(keywords, lambda keyword: keyword.said)


def is_said(keyword: str) -> str:
    """Return the expression of a keyword that itself says `entity:` or `about:`; empty for any other."""
    taken = _taken_apart(keyword)
    return taken.outright if taken.scope else ""


def keywords_of(expression: Expression, known: Known | None = None) -> tuple[str, ...]:
    """Return the keywords whose list this expression is; empty if it says more than a list can.

    A word that would become more than a word today is written as it stands and does not come back the same.
    """
    parts = expression.parts if isinstance(expression, Or) else (expression,)
    written = tuple(filter(None, (_written(part, known) for part in parts)))
    return written if len(written) == len(parts) else ()


def _written(part: Expression, known: Known | None) -> str:
    """Return an alternative as a keyword; empty if it cannot be one."""
    match part:
        case Word(exact_case=False) | Phrase(exact_case=False):
            text = f"{part.text}{'*' if part.prefix else ''}"
            return f'"{text}"' if isinstance(part, Phrase) and not _same(part, text, known) else text
        case Named():
            return part.name if _same(part, part.name, known) else f"entity:{part.name}"
        case About():
            return part.phrase if _same(part, part.phrase, known) else f"about:{part.phrase}"
        case _:
            return ""


def _same(part: Expression, keyword: str, known: Known | None) -> bool:
    return expression_of((keyword,), known) == str(part)


def _joined(keywords: Sequence[str], write: Callable[[_Keyword], str]) -> str:
    terms: dict[tuple[str, ...], str] = {}
    for text in keywords:
        keyword = _taken_apart(text)
        pattern = pattern_of(keyword.bare)
        key = (pattern, keyword.star, keyword.scope, '"' if keyword.quoted else "")
        if pattern and key not in terms:
            terms[key] = write(keyword)
    return " OR ".join(dict.fromkeys(terms.values()))


def _taken_apart(text: str) -> _Keyword:
    text = text.strip()
    said = _SAID.match(text)
    inner = text[said.end() :] if said else text
    quoted = _IN_QUOTES.fullmatch(inner)
    inner = quoted[1] if quoted else inner
    bare = " ".join(QUOTES.sub(" ", inner).replace("*", " ").split())
    open_end = inner.rstrip(' "”').endswith("*") and long_enough(pattern_of(bare))
    return _Keyword(
        bare=bare,
        star="*" if open_end else "",
        quoted=quoted is not None and said is None,
        scope=said[1].lower() if said else "",
    )


def _meant(keyword: _Keyword, known: Known) -> str:
    if keyword.scope:
        try:
            return str(parse_expression(keyword.outright, known))
        except ExpressionError:
            return keyword.plain
    if keyword.quoted or keyword.star:
        return keyword.plain
    if known.sure(keyword.bare) is not None:
        return str(Named(keyword.bare))
    return str(About(keyword.bare)) if _dealing(keyword.bare) else keyword.plain


def _dealing(phrase: str) -> bool:
    """Tell whether a phrase is a thing and an act, such as drone procurement.

    One concept by itself is too common a word to be widened unasked (contract, budget, 部品), and of two
    things nobody knows how they belong together (tank engine).
    """
    try:
        kinds = [concept.kind for concept in concepts_of(phrase)]
    except UnknownConceptError:
        return False
    return len(kinds) == 2 and "act" in kinds and kinds != ["act", "act"]
