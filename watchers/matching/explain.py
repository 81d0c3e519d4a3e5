"""Say in words what each piece of an expression stands for: nothing expands unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.matching.about import MOST_BETWEEN, MOST_BETWEEN_CJK
from watchers.matching.concepts import concepts_of
from watchers.matching.expression import (
    About,
    Language,
    Named,
    Near,
    Phrase,
    Regex,
    Source,
    Stated,
    Word,
    parts_of,
)
from watchers.matching.known import KINDS, UnknownNameError, known_at
from watchers.matching.regexes import MAX_REPEAT
from watchers.matching.stated_words import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchers.matching.concepts import Concept
    from watchers.matching.expression import Expression
    from watchers.matching.known import Known

SHOWN: Final = 12  # forms of one language; the rest is counted
_LANGUAGES: Final = {"en": "English", "tr": "Turkish", "ja": "Japanese"}


def explain(expression: Expression, known: Known | None = None) -> tuple[str, ...]:
    """Return a sentence for each piece of an expression, in its order and each once.

    Names are looked up in `known`, the shipped gazetteer if there is none.
    """
    return tuple(dict.fromkeys(_sentence(part, known) for part in parts_of(expression)))


def _sentence(part: Expression, known: Known | None) -> str:  # noqa: PLR0911 - one case a kind of piece
    match part:
        case Word():
            what = f"words that begin with {part.text}" if part.prefix else f"the word {part.text}"
            return f"{part}: {what}{_case(exact=part.exact_case)}"
        case Phrase():
            tail = ", the last word in any way it goes on" if part.prefix else ""
            return f"{part}: just these words, side by side{tail}{_case(exact=part.exact_case)}"
        case Named():
            return _name(part, known)
        case About():
            return _about(part)
        case Regex():
            return (
                f"{part}: a regular expression, {'' if part.exact_case else 'not '}told apart by case; "
                f"* and + stand for {MAX_REPEAT} characters at most"
            )
        case Stated():
            return f"{part}: {in_words(part, known)}"
        case Near():
            return f"{part}: at most {part.distance} words apart, in either order, in one field"
        case Source():
            return f"{part}: the outlet's name holds this, or its host is this"
        case Language():
            return f"{part}: the article is in this language"
        case _:
            return str(part)


def _case(*, exact: bool) -> str:
    return ", with these capitals" if exact else ", in capitals or not, with or without accents"


def _name(leaf: Named, known: Known | None) -> str:
    try:
        entity = (known or known_at()).entity(leaf.name)
    except UnknownNameError as error:
        return f"{leaf}: nobody. {error}"
    by_lang: dict[str, list[str]] = {}
    for alias in entity.aliases:
        by_lang.setdefault(alias.lang, []).append(alias.text)
    judged = "; by the words around it where a name has look-alikes" if entity.needs or entity.not_if else ""
    return f"{leaf}: the {KINDS[entity.kind]} {entity.name}, as {_by_language(by_lang)}{judged}"


def _about(leaf: About) -> str:
    named = concepts_of(leaf.phrase)
    said = " near ".join(_concept(concept) for concept in named)
    rule = (
        f"; in a sentence, in any order, at most {MOST_BETWEEN} words ({MOST_BETWEEN_CJK} in Japanese) apart"
        if len(named) > 1
        else ""
    )
    return f"{leaf}: {said}{rule}"


def _concept(concept: Concept) -> str:
    return f"{concept.name} ({_by_language(concept.words)})"


def _by_language(words: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(
        f"{_LANGUAGES.get(lang, lang)} {_listed(forms)}" for lang, forms in words.items() if forms
    )


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return ", ".join(words[:SHOWN]) + more
