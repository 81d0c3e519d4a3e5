"""Similarity of vectors to the exemplars' sentences, seen against the background bank.

Each figure is relative to what the background of the same language reaches, so that exemplars in one language
do not favour it; a language without background is seen against the whole bank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from watchers.relevance.background import Kind, Line
    from watchers.relevance.bent import Bent

    Matrix = NDArray[np.float32]
    Columns = NDArray[np.float64]

NEAREST_SEEDS = 8  # exemplar sentences averaged; understanding.md section 3
NEAREST_LINES = 3  # background lines averaged for a margin; same source
Z_SCALE = 3.0  # brings the z-scores near [-1, 2], where the other features lie
MARGIN_SCALE = 5.0  # the same for differences of cosines, in a space where they spread as in WIDTH
# Spread (standard deviation) of the cosines between background lines of one language in the built-in model's
# space. Another space is stretched to it: multilingual-e5-small's is .024.
WIDTH = 0.0968
NARROWEST = 0.01  # of WIDTH; a space narrower still tells nothing, and is not blown up
MIN_SPREAD = 0.01  # a bank of near copies must not make the z-scores explode; in a space as wide as WIDTH
# Exemplars about deals lean this far or further, as a mean over their sentences: the founding pair .65, all
# five other pairs of ours more than .3.
FULL_LEAN = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The exemplars' sentences and the bank as vectors, and how like the exemplars the bank is."""

    seeds: Matrix
    owners: tuple[int, ...]  # which exemplar each seed is from
    bank: Matrix
    rows: Mapping[tuple[str, Kind | str], NDArray[np.int64]]  # (language or "*", kind) to rows of the bank
    level: Mapping[str, tuple[float, float]]  # language or "*": mean and spread of likeness to all seeds
    stretch: float  # what differences of cosines are multiplied by to spread as in WIDTH
    bent: Bent
    tilt: Mapping[str, float]  # language or "*": how much more its ordinary texts lean to deals than all do
    lean: float  # of the exemplars to deals, in [-1, 1]


def make_space(
    seeds: Matrix, owners: Sequence[int], bank: Matrix, lines: Sequence[Line], *, bent: Bent
) -> Space:
    """Measure the bank against the seeds. `bank` has one row a line."""
    rows: dict[tuple[str, Kind | str], NDArray[np.int64]] = {}
    langs = sorted({line.lang for line in lines})
    _, mean = _likeness(bank @ seeds.T)
    leaning = bent.of(bank)
    stretch = WIDTH / _width(bank, [line.lang for line in lines])
    level: dict[str, tuple[float, float]] = {}
    tilt: dict[str, float] = {}
    for lang in (*langs, "*"):
        for kinds in (("general", "lookalike"), ("defence",)):
            chosen = [i for i, line in enumerate(lines) if lang in {line.lang, "*"} and line.kind in kinds]
            rows[lang, "defence" if kinds == ("defence",) else "other"] = np.array(chosen, dtype=np.int64)
        own = np.concatenate([rows[lang, "other"], rows[lang, "defence"]])
        level[lang] = (_mean(mean[own]), _spread(mean[own], MIN_SPREAD / stretch))
        tilt[lang] = _mean(leaning[own]) - _mean(leaning)
    return Space(
        seeds=seeds,
        owners=tuple(owners),
        bank=bank,
        rows=rows,
        level=level,
        stretch=stretch,
        bent=bent,
        tilt=tilt,
        lean=float(np.clip(_mean(bent.of(seeds)) / FULL_LEAN, -1.0, 1.0)),
    )


def dense_columns(
    space: Space,
    vectors: Matrix,
    langs: Sequence[str],
    *,
    without_seeds: Sequence[int] | None = None,
    without_lines: Sequence[int] | None = None,
) -> Columns:
    """Return typical, margin to other news, margin to ordinary defence and bent, a row a vector.

    `without_seeds` leaves the seeds of one exemplar out for each row, `without_lines` one row of the bank
    (-1 for none): what a text is judged by must not hold the text itself.
    """
    to_seeds = vectors @ space.seeds.T
    to_bank = vectors @ space.bank.T
    if without_seeds is not None:
        to_seeds = np.where(
            np.array(space.owners)[None, :] == np.array(without_seeds)[:, None], np.nan, to_seeds
        )
    if without_lines is not None:
        for row, line in enumerate(without_lines):
            if line >= 0:
                to_bank[row, line] = -1.0
    top, mean = _likeness(to_seeds)
    leaning = space.bent.of(vectors)
    columns = np.zeros((len(vectors), 4))
    scale = MARGIN_SCALE * space.stretch
    for row, lang in enumerate(langs):
        key = lang if lang in space.level else "*"
        centre, spread = space.level[key]
        columns[row, 0] = (mean[row] - centre) / spread / Z_SCALE
        columns[row, 1] = scale * (top[row] - _nearest(to_bank[row], space.rows[key, "other"]))
        columns[row, 2] = scale * (top[row] - _nearest(to_bank[row], space.rows[key, "defence"]))
        columns[row, 3] = space.lean * (leaning[row] - space.tilt[key])
    return columns


def _likeness(to_seeds: Matrix) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean of the NEAREST_SEEDS best and of all similarities of each row; NaN is left out."""
    ordered = np.sort(np.where(np.isnan(to_seeds), -np.inf, to_seeds), axis=1)[:, ::-1][:, :NEAREST_SEEDS]
    kept = np.where(np.isinf(ordered), np.nan, ordered)
    return np.nanmean(kept, axis=1, dtype=np.float64), np.nanmean(to_seeds, axis=1, dtype=np.float64)


def _nearest(similarities: Matrix, rows: NDArray[np.int64]) -> float:
    if not len(rows):
        return 0.0
    own = similarities[rows]
    best = np.partition(own, -NEAREST_LINES)[-NEAREST_LINES:] if len(own) > NEAREST_LINES else own
    return float(best.mean())


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else 0.0


def _spread(values: NDArray[np.float64], least: float) -> float:
    return max(float(values.std()) if len(values) else 1.0, least)


def _width(bank: Matrix, langs: Sequence[str]) -> float:
    """Return how far cosines within a language spread, the mean over languages; WIDTH if that is nothing."""
    found = []
    for lang in sorted(set(langs)):
        own = bank[[i for i, of in enumerate(langs) if of == lang]]
        cosines = (own @ own.T)[np.triu_indices(len(own), k=1)]
        if len(cosines) > 1:
            found.append(float(cosines.std(dtype=np.float64)))
    width = sum(found) / len(found) if found else 0.0
    return width if width > WIDTH * NARROWEST else WIDTH
