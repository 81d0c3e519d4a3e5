"""The background bank made ready: its vectors, terms and cues, kept in a cache folder if there is one."""

from __future__ import annotations

import hashlib
import logging
import os
import zipfile
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
    from watchers.types import Mention

logger = logging.getLogger(__name__)


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
        bent=fit_bent(_vectors(embedder, samples, cache), [name == TOWARDS for name, _, _ in lexicon.samples])
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
    return readings(bank, texts, langs, mentions, vectors=_vectors(bank.embedder, texts, bank.cache))


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
    return Readings(
        texts=tuple(texts),
        langs=tuple(langs),
        terms=tuple(terms),
        cues=cues,
        doings=doings,
        stuffed=tuple(is_stuffed(text, named) for text, _, named in found),
        vectors=vectors,
    )


def _vectors(embedder: Embedder | None, texts: Sequence[str], cache: Path | None) -> NDArray[np.float32]:
    if embedder is None:
        return np.zeros((len(texts), 0), dtype=np.float32)
    if cache is None:
        return embedder.encode(texts)
    digest = hashlib.sha256("\0".join([embedder.id, *texts]).encode("utf-8", "replace")).hexdigest()[:24]
    path = cache / f"vectors-{digest}.npz"
    found = _cached(path, (len(texts), embedder.dim))
    if found is None:
        found = embedder.encode(texts)
        _keep(path, found)
    return found


def _cached(path: Path, shape: tuple[int, int]) -> NDArray[np.float32] | None:
    """Return the cached rows, None if there are none or they are damaged (they are then made again)."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            rows = np.asarray(stored["rows"], dtype=np.float32)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        logger.warning("A cached vector file is damaged and made again: %s", path.name)
        return None
    return rows if rows.shape == shape and bool(np.isfinite(rows).all()) else None


def _keep(path: Path, rows: NDArray[np.float32]) -> None:
    """Write beside the place and move, so that two processes never read half a file."""
    draft = path.with_name(f"{path.stem}.{os.getpid()}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(draft, rows=rows)
        draft.replace(path)
    except OSError as error:
        logger.warning("Vectors could not be cached: %s", error)
        draft.unlink(missing_ok=True)
