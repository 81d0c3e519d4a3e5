"""What every embedder does to texts before its model and to vectors after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from watchers.errors import KnowledgeError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# Characters that a model reads of a text. The built-in tokeniser takes .9 s for 20,000 times one letter and
# 2,000 characters of prose 42 ms; headline and summary fit in 600.
CUT_AT: Final = 600
MOST_DIMENSIONS: Final = 8192  # the largest models in use have 4,096
QUERY: Final = "query: "  # what the e5 models were trained to read before a text that is compared
_E5: Final = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])", re.IGNORECASE)


def readable(text: str) -> str:
    """Cut a text and replace lone surrogates, which no tokeniser can encode."""
    return text[:CUT_AT].encode("utf-8", "replace").decode("utf-8")


def prefix_for(model: str) -> str:
    """Return what a model of that name wants before each text: the e5 family a prefix, others nothing."""
    return QUERY if _E5.search(model) else ""


def unit_rows(found: ArrayLike, *, count: int, dim: int, whose: str) -> NDArray[np.float32]:
    """Return `count` rows of length 1; `dim` 0 takes any width. Raises KnowledgeError for anything else."""
    try:
        with np.errstate(all="ignore"):
            rows = np.asarray(found, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise KnowledgeError(f"{whose} gave something other than rows of numbers.") from error
    if rows.ndim != 2 or len(rows) != count or not 0 < rows.shape[1] <= MOST_DIMENSIONS:
        raise KnowledgeError(f"{whose} gave {rows.shape} for {count} texts.")
    if dim and rows.shape[1] != dim:
        raise KnowledgeError(f"{whose} gave {rows.shape[1]} dimensions where it had {dim} before.")
    largest = np.abs(rows).max(axis=1, keepdims=True) if count else np.zeros((0, 1))
    if not np.isfinite(largest).all():
        raise KnowledgeError(f"{whose} gave numbers that are not finite.")
    rows = rows / np.where(largest > 0, largest, 1.0)  # so that squares of huge numbers stay finite
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)
