"""The folder in which vectors are kept: used again, never trusted, never growing without bound."""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from watchers.errors import KnowledgeError
from watchers.relevance import vectors
from watchers.relevance.vectors import CHUNK, vectors_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ROOT = Path(__file__).parents[3]
TEXTS = tuple(f"Frigate {i} launched" for i in range(CHUNK + 10))


class Hashing:
    """An embedder without weights: a text's vector is drawn by its hash."""

    def __init__(self, dim: int = 16, *, name: str = "hash") -> None:
        self.dim = dim
        self.id = f"{name}|{dim}"
        self.asked: list[int] = []
        self.fails_at = -1

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(len(texts))
        if len(self.asked) == self.fails_at:
            raise KnowledgeError("It is gone.")
        rows = np.array([self._row(text) for text in texts], dtype=np.float32).reshape(len(texts), self.dim)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def _row(self, text: str) -> NDArray[np.float64]:
        seed = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        return np.random.default_rng(int.from_bytes(seed[:8], "little")).normal(size=self.dim)


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.vectors"))


def test_what_was_made_once_is_read_again_to_the_last_bit(tmp_path: Path) -> None:
    first, second = Hashing(), Hashing()
    made = vectors_of(first, TEXTS, tmp_path / "new" / "folder")
    read = vectors_of(second, TEXTS, tmp_path / "new" / "folder")
    assert first.asked == [CHUNK, 10]
    assert second.asked == []
    assert np.array_equal(made, read)
    assert np.array_equal(made, vectors_of(Hashing(), TEXTS, None))
    assert read.flags.writeable


def test_without_a_model_there_are_no_columns_and_without_texts_no_rows(tmp_path: Path) -> None:
    assert vectors_of(None, TEXTS, tmp_path).shape == (len(TEXTS), 0)
    assert vectors_of(Hashing(), (), tmp_path).shape == (0, 16)
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param((Hashing(name="newer"), ("a", "b")), id="another model"),
        pytest.param((Hashing(8), ("a", "b")), id="another width"),
        pytest.param((Hashing(), ("a\0b",)), id="texts that only look joined"),
        pytest.param((Hashing(), ("b", "a")), id="another order"),
        pytest.param((Hashing(), ("a", "b\udc80")), id="a lone surrogate"),
    ],
)
def test_vectors_of_anything_else_are_never_taken(
    tmp_path: Path, other: tuple[Hashing, tuple[str, ...]]
) -> None:
    model, texts = other
    vectors_of(Hashing(), ("a", "b"), tmp_path)
    assert np.array_equal(vectors_of(model, texts, tmp_path), model.encode(texts))
    assert len(files(tmp_path)) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:0], id="empty"),
        pytest.param(lambda data: data[:-4], id="short"),
        pytest.param(lambda data: data + b"\0" * 4, id="long"),
        pytest.param(lambda data: data[:50] + bytes([data[50] ^ 1]) + data[51:], id="one bit"),
        pytest.param(lambda data: b"\0" * len(data), id="zeros"),
        pytest.param(lambda data: b"PK\3\4" + data[4:], id="another format"),
    ],
)
def test_a_damaged_file_is_made_again(
    tmp_path: Path, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    made = vectors_of(Hashing(), ("a",), tmp_path)
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    assert callable(damage)
    path.write_bytes(damage(whole))
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(vectors_of(Hashing(), ("a",), tmp_path), made)
    assert "damaged and made again" in caplog.text
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_to_costs_time_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("here already", encoding="utf-8")
    model = Hashing()
    with caplog.at_level(logging.WARNING):
        vectors_of(model, ("a",), tmp_path / "file" / "folder")
        found = vectors_of(model, ("a",), tmp_path / "file" / "folder")
    assert np.array_equal(found, model.encode(("a",)))
    assert "could not be kept" in caplog.text
    folder = tmp_path / "odd"
    vectors_of(model, ("a",), folder)
    (path,) = files(folder)
    path.unlink()
    path.mkdir()  # where a file is to stand
    assert np.array_equal(vectors_of(model, ("a",), folder), found)


def test_a_model_that_stops_in_the_middle_goes_on_from_there(tmp_path: Path) -> None:
    model = Hashing()
    model.fails_at = 2
    with pytest.raises(KnowledgeError):
        vectors_of(model, TEXTS, tmp_path)
    again = Hashing()
    vectors_of(again, TEXTS, tmp_path)
    assert again.asked == [10]


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MOST_FILES", 3)
    (tmp_path / "mine.txt").write_text("a file of somebody else's", encoding="utf-8")
    model = Hashing()
    for age, text in ((400, "old"), (300, "older, but used"), (200, "third")):
        vectors_of(model, (text,), tmp_path)
        newest = max(files(tmp_path), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (1_000_000_000 - age, 1_000_000_000 - age))
    vectors_of(model, ("older, but used",), tmp_path)
    vectors_of(model, ("new",), tmp_path)
    asked = len(model.asked)
    for text in ("older, but used", "third", "new"):
        vectors_of(model, (text,), tmp_path)
    assert len(model.asked) == asked
    assert len(files(tmp_path)) == 3
    assert (tmp_path / "mine.txt").exists()


def test_the_folder_stays_within_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MOST_BYTES", 1000)
    (tmp_path / "left behind.draft").write_bytes(b"x" * 500)
    os.utime(tmp_path / "left behind.draft", (1, 1))
    for i in range(30):
        vectors_of(Hashing(), (f"text {i}",), tmp_path)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1000
    assert not list(tmp_path.glob("*.draft"))


WRITER = """
import sys
from pathlib import Path
from tests.watchers.relevance.test_relevance_vectors import Hashing
from watchers.relevance import vectors
vectors.MOST_FILES = 5
for _ in range(40):
    for i in range(8):
        found = vectors.vectors_of(Hashing(), (f"text {i}", "more"), Path(sys.argv[1]))
        assert (found == Hashing().encode((f"text {i}", "more"))).all()
"""


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    both = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [one.communicate(timeout=100)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert "damaged" not in "".join(told)
    assert len(files(tmp_path)) <= 6
