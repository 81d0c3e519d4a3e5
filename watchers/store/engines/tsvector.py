"""Full-text search on PostgreSQL: our own words as a tsvector with a GIN index, made by the migrations.

The words are cut and folded by us, as for SQLite, so that Turkish and Japanese are found alike; no
dictionary of the server is asked. A tsvector keeps 256 places of a word and none beyond the 16,383rd, too few
for phrases of single Japanese characters: a phrase is looked up by its words in the index, and then as a
whole in the words as they stand.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import Integer, and_, cast, column, func, literal, or_, table
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSQUERY, TSVECTOR

from watchers.store.search_words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement

    from watchers.store.search_words import Term

LONGEST: Final = 255  # characters of a word that the index knows it by; PostgreSQL allows 2,046 bytes
MOST_PLACES: Final = 8  # of a word, in the title and in the body each: enough to weigh it
LAST_PLACE: Final = 16_383  # PostgreSQL's own limit
MOST_BYTES: Final = 900_000  # of the words of one entry; PostgreSQL takes 1,048,575 with its overhead
MOST_SOUGHT: Final = 64  # different words of one phrase that the index is asked for
_BY_LENGTH: Final = 1  # ts_rank divides by 1 + the logarithm of the length


class Tsvector:
    """The index over titles and bodies."""

    table = table(
        "entry_fts", column("rowid", Integer), column("title"), column("body"), column("words", TSVECTOR)
    )

    def has_all(self, terms: Sequence[Term]) -> ColumnElement[bool]:
        """Say in SQL that an entry has all of these words."""
        phrases = (self._stands(term) for term in terms if _needs_a_look(term))
        return and_(self._found(_query(terms)), *phrases)

    def has_any(self, terms: Sequence[Term]) -> ColumnElement[bool]:
        """Say in SQL that an entry has one of these words."""
        return or_(*(self.has_all((term,)) for term in terms))

    def rank(self, terms: Sequence[Term], *, title_weight: float) -> ColumnElement[float]:
        """Return what sorts the best first."""
        weights = cast(literal([1 / title_weight, 0.0, 0.0, 1.0], ARRAY(REAL)), ARRAY(REAL))  # D, C, B, A
        query = cast(literal(_query(terms)), TSQUERY)
        return -func.ts_rank(weights, self.table.c.words, query, _BY_LENGTH)

    def columns(self, title: str, body: str) -> dict[str, str]:
        """Return what the index holds of an entry."""
        of_title, of_body = tokens(title), tokens(body)
        return {
            "title": _standing(of_title),
            "body": _standing(of_body),
            "words": _vector(of_title, of_body),
        }

    def _found(self, query: str) -> ColumnElement[bool]:
        return self.table.c.words.op("@@", is_comparison=True)(cast(literal(query), TSQUERY))

    def _stands(self, term: Term) -> ColumnElement[bool]:
        phrase = " " + " ".join(term.tokens) + ("" if term.prefix else " ")
        columns = (self.table.c.title, self.table.c.body)
        return or_(*(func.strpos(one, phrase) > 0 for one in columns))


def _needs_a_look(term: Term) -> bool:
    """Tell whether a term's words in the index do not settle whether it stands in a text."""
    return len(term.tokens) > 1 or len(term.tokens[-1]) > LONGEST


def _query(terms: Iterable[Term]) -> str:
    """Write terms in PostgreSQL's language. Words are letters and digits, so quotes hold them."""
    asked: dict[str, None] = {}
    for term in terms:
        words = [f"'{word[:LONGEST]}'" for word in term.tokens]
        if term.prefix:
            words[-1] += ":*"
        asked.update(dict.fromkeys([*dict.fromkeys(words[:-1]), words[-1]][-MOST_SOUGHT:]))
    return " & ".join(asked)


def _standing(words: Sequence[str]) -> str:
    """Return the words of a text one after the other, each between spaces."""
    return f" {' '.join(words)} " if words else ""


def _vector(title: Sequence[str], body: Sequence[str]) -> str:
    """Write a tsvector with the title's words in weight A; what is beyond MOST_BYTES is not found."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for words, weight, first in ((title, "A", 1), (body, "", 1 + len(title))):
        seen: defaultdict[str, int] = defaultdict(int)
        for place, word in enumerate(words, first):
            known = word[:LONGEST]
            if (seen[known] < MOST_PLACES and place <= LAST_PLACE) or not places[known]:
                places[known].append(f"{min(place, LAST_PLACE)}{weight}")
                seen[known] += 1
    written, size = [], 0
    for word, at in places.items():
        size += len(word.encode()) + 8 + 2 * len(at)
        if size > MOST_BYTES:
            break
        written.append(f"'{word}':{','.join(at)}")
    return " ".join(written)
