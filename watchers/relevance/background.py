"""Read the background bank: what the stream brings besides the subject, in several languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from watchers.errors import KnowledgeError

SHIPPED = Path(str(resources.files("watchers.relevance"))) / "background"
Kind = Literal["general", "lookalike", "defence"]
KINDS: tuple[Kind, ...] = ("general", "lookalike", "defence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One short text of the bank, its language and its kind."""

    text: str
    lang: str
    kind: Kind


def load_background(folder: Path = SHIPPED) -> tuple[Line, ...]:
    """Read `<language>.toml` files, each with lists of texts named by kind.

    Raises KnowledgeError that names the file when one is broken, or when no text is found.
    """
    lines: list[Line] = []
    for path in sorted(folder.glob("*.toml")):
        lines.extend(_read(path))
    if not lines:
        raise KnowledgeError(f"The background folder {folder} holds no texts.")
    return tuple(lines)


def _read(path: Path) -> list[Line]:
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"The background file {path} cannot be read: {error}.") from error
    unknown = set(data) - {*KINDS, "invented"}
    if unknown:
        raise KnowledgeError(
            f"{path}: expected lists named {', '.join(KINDS)}, got {', '.join(sorted(unknown))}."
        )
    lines: list[Line] = []
    for kind in KINDS:
        texts = data.get(kind, [])
        if not isinstance(texts, list) or not all(isinstance(t, str) and t.strip() for t in texts):
            raise KnowledgeError(f"{path}: {kind} is expected to be a list of texts.")
        lines.extend(Line(text=text, lang=path.stem, kind=kind) for text in texts)
    return lines
