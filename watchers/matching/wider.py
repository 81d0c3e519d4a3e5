"""Say what more a plain word or phrase of an expression would find with `entity:` or `about:` in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.matching.concepts import MOST_CONCEPTS, UnknownConceptError, concepts_of
from watchers.matching.expression import About, Named, Phrase, Word, leaves
from watchers.text import fold, is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watchers.matching.expression import Expression
    from watchers.matching.known import Known

MOST: Final = 3  # sentences; a list of fifty words needs no fifty
_OF_EACH: Final = 1  # other words shown of a language
_LANGUAGES: Final = ("en", "tr", "ja")


def wider(expression: Expression, known: Known) -> tuple[str, ...]:
    """Return a sentence for each word or phrase that means somebody or something known, MOST at most."""
    said: list[str] = []
    for leaf in dict.fromkeys(leaves(expression)):
        if isinstance(leaf, Word | Phrase) and not leaf.exact_case:
            said += _in_other_words(leaf.text, begins=True) if leaf.prefix else _more(leaf.text, known)
        if len(said) >= MOST:
            break
    return tuple(said[:MOST])


def _more(text: str, known: Known) -> Iterator[str]:
    entity = known.bearer(text)
    if entity is not None:
        by_lang: dict[str, list[str]] = {}
        for alias in entity.aliases:
            if not alias.demonym and not alias.text.endswith("*"):
                by_lang.setdefault(alias.lang, []).append(alias.text)
        others = _others(text, by_lang)
        if others:
            told = ", and leaves its look-alikes out" if entity.needs or entity.not_if else ""
            yield f"{Named(text)} also finds its other names, such as {_listed(others)}{told}."
    else:
        yield from _in_other_words(text)


def _in_other_words(text: str, *, begins: bool = False) -> Iterator[str]:
    """Yield what a concept finds besides its word, or besides what begins with it."""
    try:
        named = concepts_of(text)
    except UnknownConceptError:
        return
    if 1 <= len(named) <= MOST_CONCEPTS:
        others = _others(text, named[0].words, begins=begins) if len(named) == 1 else ()
        what = f"such as {_listed(others)}" if others else "in any order, inflected and in other languages"
        yield f"{About(text)} also finds it in other words, {what}."


def _others(text: str, by_lang: Mapping[str, Sequence[str]], *, begins: bool = False) -> tuple[str, ...]:
    """Return a word of each language that is not found with the given one."""
    own = fold(text)
    found: list[str] = []
    for lang in _LANGUAGES:
        fresh = (word for word in by_lang.get(lang, ()) if _new(word, own, found, begins=begins))
        found += [word.removesuffix("*") for _, word in zip(range(_OF_EACH), fresh, strict=False)]
    return tuple(found)


def _new(word: str, own: str, found: Iterable[str], *, begins: bool) -> bool:
    """Tell whether a word is found neither by one's own, which stands in it whole, nor by those found."""
    folded = fold(word.removesuffix("*"))
    held = own in folded if is_cjk(own) or begins else f" {own} " in f" {folded} "
    return not held and all(folded != fold(other) for other in found)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
