"""The background bank made ready: its vectors, terms and cues, kept in a cache folder if there is one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from watchers.relevance.bent import TOWARDS, fit_bent
from watchers.relevance.cues import CueFinder
from watchers.relevance.doings import DoingFinder, load_lexicon
from watchers.relevance.kinship import kinship
from watchers.relevance.profile import terms_of
from watchers.relevance.stuffing import is_stuffed
from watchers.relevance.surmise import Surmiser
from watchers.relevance.vectors import vectors_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from watchers.gazetteer.entities import Gazetteer
    from watchers.relevance.background import Line
    from watchers.relevance.bent import Bent
    from watchers.relevance.cues import Cues
    from watchers.relevance.doings import Doings, Lexicon
    from watchers.relevance.embedder import Embedder
    from watchers.relevance.kinship import Kinship
    from watchers.relevance.profile import Terms
    from watchers.relevance.promotion import Promotion
    from watchers.types import Mention


class NameFinder(Protocol):
    """What finds the gazetteer's names in a text; `watchers.gazetteer.find.Finder` does."""

    def find(self, text: str, lang: str) -> tuple[Mention, ...]:
        """Return the mentions in order, without overlaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Texts as the features need them, one entry a text. `vectors` has no columns without a model."""

    texts: tuple[str, ...]
    langs: tuple[str, ...]
    terms: tuple[Terms, ...]
    cues: tuple[Cues, ...]
    doings: tuple[Doings, ...]
    stuffed: tuple[bool, ...]
    vectors: NDArray[np.float32]
    promoted: tuple[Promotion, ...] = ()  # by the entries' whole text; empty: not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The background and the knowledge that read it; made once, shared by every scorer of a process."""

    lines: tuple[Line, ...]
    readings: Readings
    embedder: Embedder | None
    finder: NameFinder
    gazetteer: Gazetteer
    cue_finder: CueFinder
    lexicon: Lexicon
    doing_finder: DoingFinder
    bent: Bent | None  # None without a model
    known: Kinship
    surmiser: Surmiser
    cache: Path | None


def make_bank(
    lines: Sequence[Line],
    *,
    embedder: Embedder | None,
    finder: NameFinder,
    gazetteer: Gazetteer,
    cache: Path | None = None,
) -> Bank:
    """Read the background once. With `cache`, vectors are kept there under a hash of texts and model."""
    lexicon = load_lexicon()
    samples = [text for _, _, text in lexicon.samples]
    known = kinship(gazetteer)
    bank = Bank(
        lines=tuple(lines),
        readings=Readings(
            texts=(),
            langs=(),
            terms=(),
            cues=(),
            doings=(),
            stuffed=(),
            vectors=np.zeros((0, 0), dtype=np.float32),
        ),
        embedder=embedder,
        finder=finder,
        gazetteer=gazetteer,
        cue_finder=CueFinder(gazetteer.cues),
        lexicon=lexicon,
        doing_finder=DoingFinder(lexicon),
        bent=fit_bent(
            vectors_of(embedder, samples, cache), [name == TOWARDS for name, _, _ in lexicon.samples]
        )
        if embedder
        else None,
        known=known,
        surmiser=Surmiser(gazetteer, known),
        cache=cache,
    )
    read = read_texts(bank, [line.text for line in lines], [line.lang for line in lines])
    return replace(bank, readings=read)


def with_lines(bank: Bank, lines: Sequence[Line]) -> Bank:
    """Return the bank with more background; it does not change itself."""
    if not lines:
        return bank
    new, old = (read_texts(bank, [line.text for line in lines], [line.lang for line in lines]), bank.readings)
    both = Readings(
        texts=old.texts + new.texts,
        langs=old.langs + new.langs,
        terms=old.terms + new.terms,
        cues=old.cues + new.cues,
        doings=old.doings + new.doings,
        stuffed=old.stuffed + new.stuffed,
        vectors=np.vstack([old.vectors, new.vectors]),
    )
    return replace(bank, lines=bank.lines + tuple(lines), readings=both)


def read_texts(bank: Bank, texts: Sequence[str], langs: Sequence[str]) -> Readings:
    """Return terms, cues and (cached) vectors of texts of our own."""
    mentions = [bank.finder.find(text, lang) for text, lang in zip(texts, langs, strict=True)]
    return readings(bank, texts, langs, mentions, vectors=vectors_of(bank.embedder, texts, bank.cache))


def readings(
    bank: Bank,
    texts: Sequence[str],
    langs: Sequence[str],
    mentions: Sequence[Sequence[Mention]],
    *,
    vectors: NDArray[np.float32],
) -> Readings:
    """Return what the features need of texts whose mentions and vectors are known."""
    found = list(zip(texts, langs, mentions, strict=True))
    cues = tuple(bank.cue_finder.find(text, lang, named) for text, lang, named in found)
    doings = tuple(bank.doing_finder.find(text, lang) for text, lang, _ in found)
    terms = [terms_of(named, bank.known) for _, _, named in found]
    for i, (text, lang, _) in enumerate(found):
        if doings[i] and not cues[i].speaks_against:
            terms[i] = bank.surmiser.with_names(terms[i], text, lang)
        terms[i] = bank.surmiser.with_home(terms[i], text, lang)
    return Readings(
        texts=tuple(texts),
        langs=tuple(langs),
        terms=tuple(terms),
        cues=cues,
        doings=doings,
        stuffed=tuple(is_stuffed(text, named) for text, _, named in found),
        vectors=vectors,
    )
