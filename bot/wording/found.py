"""Say which words of an article met a channel's watches, as they stand in it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.wording.values import shorten, term
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import Entry, Hit

LONGEST: Final = 60  # code points of words found; a concept's words may have a dozen others between them


def words_found(entry: Entry, hits: Iterable[Hit]) -> tuple[str, ...]:
    """Return the words of an article that met watches, each once: "buys 12 drones (drone procurement)".

    What was asked for follows in brackets where the words themselves do not show it, and stands alone where
    the text is kept no longer. Of each term the first place counts.
    """
    fields = {"title": entry.title, "summary": entry.summary, "body": entry.body}
    places: dict[str, str] = {}
    for hit in hits:
        places.setdefault(term(hit.term), " ".join(fields[hit.scope][hit.start : hit.end].split()))
    told: dict[str, tuple[str, list[str]]] = {}
    for asked, words in places.items():
        _, terms = told.setdefault(_key(words or asked), (shorten(words or asked, LONGEST), []))
        if not _shows(words or asked, asked):
            terms.append(asked)
    return tuple(f"{words} ({', '.join(terms)})" if terms else words for words, terms in told.values())


def _shows(words: str, asked: str) -> bool:
    """Tell whether readers see in some words what was asked for: a form, a part or more of it."""
    found, sought = _key(words), _key(asked)
    return bool(found) and (found in sought or sought in found)


def _key(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
