"""Tell from a vector whether a text is about getting and making arms or about using them.

A direction in the embedder's space, fitted at start to the samples of doings.py, so that another embedder
needs no retuning. It names no subject: what the exemplars lean to is what an entry is wanted to lean to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TOWARDS = "deal"  # the class of samples at one end; all others are at the other
# How far the samples lie from their middle in the built-in model's space, squared, as a mean; the ridge grows
# and shrinks with it, so that a narrower space is fitted as closely. multilingual-e5-small's is .21.
WIDTH = 0.804
NARROWEST = 1e-4  # of WIDTH; samples that all lie in one place give no direction, and no division by zero
RIDGE = 1.0  # from .3 to 10 average precision of sets left out is .940, .943, .944 (at 3) and .941


@dataclass(frozen=True, slots=True, kw_only=True)
class Bent:
    """A direction, and the middle between its ends: 1 is an average sample of deals, -1 of the rest."""

    direction: NDArray[np.float64]
    middle: NDArray[np.float64]

    def of(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return how far each row leans to deals, about -1 to 1."""
        return np.asarray((vectors - self.middle) @ self.direction, dtype=np.float64)


def fit_bent(vectors: NDArray[np.float32], wanted: Sequence[bool]) -> Bent:
    """Fit the direction from the rows that are not wanted to those that are, both weighing the same."""
    towards = np.array(wanted, dtype=bool)
    share = np.where(towards, 0.5 / max(towards.sum(), 1), 0.5 / max((~towards).sum(), 1))
    middle = (vectors * share[:, None]).sum(axis=0, dtype=np.float64)
    rows = vectors - middle
    width = max(float(np.einsum("ij,ij->i", rows, rows) @ share), NARROWEST * WIDTH)
    kernel = rows @ rows.T + np.diag(RIDGE * width / WIDTH / (share * len(rows)))
    direction = rows.T @ np.linalg.solve(kernel, np.where(towards, 1.0, -1.0))
    return Bent(direction=np.asarray(direction, dtype=np.float64), middle=middle)
