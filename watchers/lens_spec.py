"""What a lens is made of, apart from the lens: who only hands it on need not load what reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchers.types import Beat, Exemplar, Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class LensSpec:
    """What a lens is made of; small, so that it travels to workers. Equal specs give equal lenses."""

    exemplars: tuple[Exemplar, ...]
    watches: tuple[Watch, ...] = ()
    beats: tuple[Beat, ...] = ()  # channels and likenesses with exemplars of their own
    embedder: str = "builtin"
    gazetteer: str = ""  # path of a file with the user's own entities, empty for none
    cache: str = ""  # path of a folder for vectors that every start needs, empty for none
