"""Propose what to watch for from one article: the names that carry it, and what it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from watchers.matching.concepts import UnknownConceptError, concepts, concepts_of
from watchers.matching.expression import About, Named, Phrase, either
from watchers.matching.known import UnknownNameError
from watchers.matching.match import compile_watches, match
from watchers.matching.words import QUOTES, pattern_of
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.gazetteer.entities import Entity
    from watchers.matching.concepts import Concept
    from watchers.matching.expression import Expression
    from watchers.matching.known import Known
    from watchers.types import Entry

MOST_NAMES: Final = 4  # a fifth name of an article is seldom one that the next article has too
MOST_SUBJECTS: Final = 2
MOST_WEAK: Final = 2  # of those that the headline leaves out and the text names once
MOST_ABOUTS: Final = 3
TITLE_WORTH: Final = 3.0  # a headline names what an article is about, its fifth paragraph what else there is
LEAST_WORTH: Final = 2.0  # named twice, or in the headline
MOST_ACTS: Final = 2  # of one subject
_ACTS: Final = 6  # of an article that are tried, the commonest
_PAIR: Final = 2
_CARRIERS: Final = frozenset({"per", "org", "pla", "prg"})  # places are in the news of everything
# What buys, keeps or builds arms of every kind tells nothing by itself; deals tell something of a thing.
_AROUND: Final = frozenset(
    {"air force", "army", "base", "factory", "industry", "navy", "shipyard", "spare part", "troops"}
)
_DEALS: Final = frozenset({"agreement", "budget", "contract", "loan", "tender"})


def propose(article: Entry, known: Known) -> Expression | None:
    """Return an expression for more of an article: any of its names, or what it is about.

    Names stand for all their forms and concepts for their words in three languages, see `explain`. An article
    that names nothing known is looked for by its headline; None if that has no word.
    """
    text = "\n".join(part for part in (article.title, article.summary, article.body) if part)
    heading = len(article.title)
    names = _weightiest(_named(text, article.lang, known), heading, MOST_NAMES)
    parts: tuple[Expression, ...] = (
        *(Named(name) for one in names if (name := _sole_name(known.entity(one), known))),
        *_abouts(article, text, _weightiest(_subjects(text), heading, MOST_SUBJECTS)),
    )
    return either(parts) if parts else _headline(article)


def _headline(article: Entry) -> Expression | None:
    """Return the longest piece of the headline that a phrase can hold."""
    pieces = QUOTES.sub("*", article.title).split("*")
    words = max((" ".join(piece.split()) for piece in pieces), key=len)
    return Phrase(words) if pattern_of(words) else None


def _named(text: str, lang: str, known: Known) -> dict[str, list[int]]:
    """Return where people, organisations, platforms and programmes are named."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place in known.places(text, lang):
        if place.entity.partition(":")[0] in _CARRIERS:
            found[place.entity].append(place.start)
    return found


def _subjects(text: str) -> dict[str, list[int]]:
    """Return where things are named that an article can be about, by a name that means just this."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for start, _, concept in concepts().within(text):
        if concept.kind == "thing" and concept.name not in _AROUND | _DEALS:
            found[_spoken(concept)].append(start)
    return found


def _weightiest(found: dict[str, list[int]], heading: int, most: int) -> list[str]:
    """Return what the heading or several places name, the weightiest first; else what is named at all."""
    worth = {
        one: sum(TITLE_WORTH if start < heading else 1.0 for start in starts) for one, starts in found.items()
    }
    ranked = sorted(worth, key=lambda one: (-worth[one], min(found[one])))
    return [one for one in ranked if worth[one] >= LEAST_WORTH][:most] or ranked[:MOST_WEAK]


def _sole_name(entity: Entity, known: Known) -> str:
    """Return a name that means this entity alone, its usual one if that will do; empty if none does."""
    for name in (entity.name, *(alias.text for alias in entity.aliases if not alias.demonym)):
        try:
            if not name.endswith("*") and '"' not in name and known.entity(name).id == entity.id:
                return name
        except UnknownNameError:
            continue
    return ""


def _abouts(article: Entry, text: str, subjects: Sequence[str]) -> tuple[About, ...]:
    """Return subjects, each with what is done with it where the article says that together."""
    around = Counter(_spoken(c) for _, _, c in concepts().within(text) if c.kind == "act" or c.name in _DEALS)
    acts = [act for act, _ in around.most_common(_ACTS)]
    said = _said_together(article, [f"{subject} {act}" for subject in subjects for act in acts])
    kept: list[str] = []
    for subject in subjects:
        kept += [phrase for phrase in said if phrase.startswith(f"{subject} ")][:MOST_ACTS] or [subject]
    return tuple(About(phrase) for phrase in kept[:MOST_ABOUTS])


def _said_together(article: Entry, phrases: Sequence[str]) -> list[str]:
    """Return the phrases of two concepts that an article meets, those it says oftest first."""
    watches = [
        Watch(number=i, channel="", name="", expression=str(About(phrase)), kind="rule")
        for i, phrase in enumerate(phrases)
        if len(concepts_of(phrase)) == _PAIR
    ]
    met = match(article, compile_watches(watches))
    return [phrases[one.watch] for one in sorted(met, key=lambda one: (-len(one.hits), one.watch))]


@cache
def _spoken(concept: Concept) -> str:
    """Return a name that `about:` takes for this concept alone: not each one's own is among its words."""
    for name in (concept.name, *concept.words["en"]):
        try:
            if concepts_of(name) == (concept,):
                return name
        except UnknownConceptError:
            continue
    return concept.words["en"][0]
