"""Turn texts into vectors of meaning: what an embedder is, and how one is had by its name.

The models themselves are in embedders/. Not where similarity is judged: that is features.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from watchers.relevance.embedders.builtin import load_builtin
from watchers.relevance.embedders.local import load_local
from watchers.relevance.embedders.names import choice
from watchers.relevance.embedders.remote import load_remote

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """What makes vectors. `id` is stored beside them: vectors of two ids are never compared."""

    @property
    def id(self) -> str:
        """Name model, version and weights."""

    @property
    def dim(self) -> int:
        """Return the length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one L2-normalised row a text, the same for the same text whatever stands beside it.

        Raises KnowledgeError when there are none to be had.
        """


def load_embedder(name: str) -> Embedder | None:
    """Return the embedder of that name as `choice` reads it, None for "none".

    Raises KnowledgeError with a cure when the name is unknown, a package is missing, a model cannot be loaded
    or is not the one we know, or an endpoint does not answer; the caller then works without a model.
    """
    chosen = choice(name)
    match chosen.kind:
        case "none":
            return None
        case "builtin":
            return load_builtin()
        case "openai":
            return load_remote(chosen.model, chosen.endpoint)
        case _:
            return load_local(chosen.kind, chosen.model)
