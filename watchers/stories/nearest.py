"""Find, among thousands of open stories, the few that a report may belong to; it does not judge them."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from functools import cache
from heapq import nsmallest
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from watchers.stories.similarity import Closeness, Reading

LATEST = 64  # open stories remembered for one token: what a hundred stories share tells none apart
# From this share of the open stories on a name is the season's: in weeks of war every third story has "Iran",
# and a ministry's own feed has the ministry in all. On 7,400 real reports of 2026 this parts 3,800 pairs of
# 17,500, one in ten of them wrongly (60 read); .02 parts 5,900, one in six of them wrongly.
USUAL = 0.03
FEW = 300  # open stories; among fewer a share is of one affair rather than of the season
FIRST_ROWS = 256
# Of more stories than this, a shadow of their vectors in SHADOW dimensions says which are looked at in full:
# among 10 000 it lost one in 1 800 of the nearest 12 and never the nearest, in a third of the time.
IN_FULL = 512
SHADOW = 128
SHORTLIST = 128


class Nearest:
    """The open stories by vector and by token. Numbers are those of the stories."""

    def __init__(self, closeness: Closeness) -> None:
        self._closeness = closeness
        self._rows: dict[int, int] = {}
        self._numbers: list[int] = []  # row to story; 0 in a free row
        self._free: list[int] = []
        self._sums: NDArray[np.float32] | None = None
        self._centres: NDArray[np.float32] | None = None
        self._shadows: NDArray[np.float32] | None = None
        self._holders: dict[str, deque[int]] = {}
        self._tokens: dict[int, set[str]] = {}
        self._sharing: Counter[str] = Counter()  # how many open stories have a token

    def add(self, number: int, reading: Reading) -> None:
        """Let a story be found by one more of its reports."""
        held = self._tokens.setdefault(number, set())
        for token in (*self._closeness.tokens(reading.signals), *reading.usual):
            if token not in held:
                held.add(token)
                self._sharing[token] += 1
                self._holders.setdefault(token, deque(maxlen=LATEST)).append(number)
        if reading.vector is not None:
            self._add_vector(number, reading.vector)

    def is_usual(self, token: str) -> bool:
        """Tell whether so many open stories have a token that it tells none apart."""
        return len(self._tokens) >= FEW and self._sharing[token] >= USUAL * len(self._tokens)

    def remove(self, number: int) -> None:
        """Forget a story."""
        gone = self._tokens.pop(number, set())
        self._sharing.subtract(gone)
        for token in gone:
            if not self._sharing[token]:
                del self._sharing[token]
            holders = self._holders.get(token)
            if holders is None or number not in holders:  # later ones pushed it out, and may be gone by now
                continue
            holders.remove(number)
            if not holders:
                del self._holders[token]
        row = self._rows.pop(number, None)
        if row is not None and self._sums is not None and self._centres is not None:
            self._numbers[row] = 0
            self._sums[row] = 0
            self._centres[row] = 0
            self._free.append(row)
            if self._shadows is not None:
                self._shadows[row] = 0

    def candidates(self, reading: Reading, *, by_meaning: int, by_tokens: int) -> tuple[int, ...]:
        """Return the stories nearest in meaning and those that share the rarest tokens, without repeats."""
        votes: defaultdict[int, float] = defaultdict(float)
        # Sorted, since sets come in another order in each process, and sums would end otherwise.
        for token in sorted(self._closeness.tokens(reading.signals)):
            holders = self._holders.get(token)
            if holders:
                weight = self._closeness.rarity(token) / (1 + len(holders)) ** 0.5
                for number in holders:
                    votes[number] += weight
        ranked = nsmallest(by_tokens, ((-weight, number) for number, weight in votes.items()))
        shared = [number for _, number in ranked]
        return tuple(dict.fromkeys((*self._by_meaning(reading, by_meaning), *shared)))

    def _by_meaning(self, reading: Reading, limit: int) -> list[int]:
        vector, centres = reading.vector, self._centres
        if vector is None or centres is None or centres.shape[1] != len(vector):
            return []
        if len(self._numbers) > IN_FULL and self._shadows is not None:
            shadow = vector @ _projection(len(vector))
            listed = _largest(_products(self._shadows[: len(self._numbers)], shadow), SHORTLIST)
            rows = listed[_largest(_products(centres[listed], vector), limit)]
        else:
            rows = _largest(_products(centres[: len(self._numbers)], vector), limit)
        return [self._numbers[row] for row in rows if self._numbers[row]]

    def _add_vector(self, number: int, vector: NDArray[np.float32]) -> None:
        row = self._rows.get(number)
        if row is None:
            row = self._new_row(len(vector))
            self._rows[number] = row
            self._numbers[row] = number
        if self._sums is None or self._centres is None or self._sums.shape[1] != len(vector):
            return
        self._sums[row] += vector
        length = float(np.linalg.norm(self._sums[row]))
        self._centres[row] = self._sums[row] / length if length > 0 else 0
        if self._shadows is not None:
            self._shadows[row] = self._centres[row] @ _projection(len(vector))

    def _new_row(self, width: int) -> int:
        if self._free:
            return self._free.pop()
        row = len(self._numbers)
        self._numbers.append(0)
        if self._sums is None or self._centres is None or self._shadows is None:
            self._sums = np.zeros((FIRST_ROWS, width), dtype=np.float32)
            self._centres = np.zeros((FIRST_ROWS, width), dtype=np.float32)
            self._shadows = np.zeros((FIRST_ROWS, SHADOW), dtype=np.float32)
        elif row >= len(self._sums):
            self._sums, self._centres, self._shadows = map(
                _doubled, (self._sums, self._centres, self._shadows)
            )
        return row


@cache
def _projection(width: int) -> NDArray[np.float32]:
    """Return a projection into SHADOW dimensions, the same in every process; cosines stay within some .09."""
    chance = np.random.default_rng(width)
    made: NDArray[np.float32] = (chance.standard_normal((width, SHADOW)) / SHADOW**0.5).astype(np.float32)
    return made


def _products(rows: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    # Not `@`: its threads fight over a busy machine's cores, and with one thread it is no faster.
    products: NDArray[np.float32] = np.einsum("ij,j->i", rows, vector)
    return products


def _largest(values: NDArray[np.float32], limit: int) -> NDArray[np.intp]:
    """Return where the largest values stand, the largest first; of equal ones the first."""
    limit = min(limit, len(values))
    rows = np.argpartition(-values, limit - 1)[:limit]
    ordered: NDArray[np.intp] = rows[np.lexsort((rows, -values[rows]))]
    return ordered


def _doubled(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.vstack([rows, np.zeros_like(rows)])
