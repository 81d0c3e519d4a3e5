"""Vectors of the texts that are the same at every start, kept in a cache folder if there is one.

A file holds some texts' rows under a hash of the texts and the model: SHA-256 of what follows, then
little-endian 32-bit floats. Anything else found there is made again.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import numpy as np

from watchers.relevance.embedders.rows import CUT_AT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from watchers.relevance.embedder import Embedder

logger = logging.getLogger(__name__)

# Texts in a file. A slow model that is stopped in the middle goes on from there at the next start.
CHUNK: Final = 64
MOST_BYTES: Final = 64 * 1024 * 1024  # of all files; the built-in model's 1,100 texts are 2.3 MB
MOST_FILES: Final = 1000
_ENDING: Final = ".vectors"
_DRAFT: Final = ".draft"
_FLOAT: Final = np.dtype("<f4")
_DIGEST: Final = 32  # bytes of a SHA-256


def vectors_of(embedder: Embedder | None, texts: Sequence[str], cache: Path | None) -> NDArray[np.float32]:
    """Return one row a text, from the cache where it has them; no columns without a model."""
    if embedder is None:
        return np.zeros((len(texts), 0), dtype=np.float32)
    if cache is None or not texts:
        return embedder.encode(texts)
    rows = [_chunk(embedder, texts[i : i + CHUNK], cache) for i in range(0, len(texts), CHUNK)]
    return np.vstack(rows)


def _chunk(embedder: Embedder, texts: Sequence[str], cache: Path) -> NDArray[np.float32]:
    path = cache / f"{_name(embedder, texts)}{_ENDING}"
    found = _kept(path, (len(texts), embedder.dim))
    if found is None:
        found = embedder.encode(texts)
        _keep(path, found)
    return found


def _name(embedder: Embedder, texts: Sequence[str]) -> str:
    digest = hashlib.sha256(f"{embedder.id}\0{embedder.dim}\0{CUT_AT}".encode("utf-8", "replace"))
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:32]


def _kept(path: Path, shape: tuple[int, int]) -> NDArray[np.float32] | None:
    """Return the rows of a file, None if there are none or they are damaged."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size == _DIGEST + 4 * shape[0] * shape[1] else b""
    except FileNotFoundError:
        return None
    except OSError as error:
        logger.warning("A vector file cannot be read: %s", error.strerror, extra={"action": "cache_failed"})
        return None
    if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
        logger.warning(
            "A vector file is damaged and made again: %s", path.name, extra={"action": "cache_damaged"}
        )
        return None
    with suppress(OSError):
        os.utime(path)  # what is used stays longest
    return np.frombuffer(data, dtype=_FLOAT, offset=_DIGEST).reshape(shape).astype(np.float32)


def _keep(path: Path, rows: NDArray[np.float32]) -> None:
    """Write beside the place and move, so that nobody ever reads half a file."""
    payload = rows.astype(_FLOAT).tobytes()
    draft = path.with_name(f"{path.stem}.{secrets.token_hex(8)}{_DRAFT}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(hashlib.sha256(payload).digest() + payload)
        draft.replace(path)
        _prune(path.parent)
    except OSError as error:
        logger.warning("Vectors could not be kept: %s", error.strerror, extra={"action": "cache_failed"})
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    """Take away what was not used for longest, beyond MOST_BYTES and MOST_FILES; of our own files alone."""
    found: list[tuple[int, int, Path]] = []
    for path in folder.iterdir():
        if path.suffix in {_ENDING, _DRAFT}:
            with suppress(FileNotFoundError):  # another process takes things away, too
                stat = path.stat()
                found.append((stat.st_mtime_ns, stat.st_size, path))
    found.sort(key=lambda one: one[0], reverse=True)
    held = 0
    for place, (_, size, path) in enumerate(found, 1):
        held += size
        if place > MOST_FILES or held > MOST_BYTES:
            path.unlink(missing_ok=True)
