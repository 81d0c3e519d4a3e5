"""The gazetteer as the watch language sees it: who is meant by a name, and where an entry names them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.gazetteer.entities import Alias, Entity, Gazetteer

KINDS: Final = {
    "per": "person", "org": "organisation", "pla": "platform", "prg": "programme", "loc": "place",
}  # fmt: skip
LONGEST_NAME: Final = 120  # characters; the gazetteer's longest has half of that
# Shorter names are words or other names as well (AB, NEC, IHI); a character of kana or kanji counts two.
SHORTEST_SURE: Final = 4
_SURE_KINDS: Final = ("per", "org", "pla", "prg")
_NEAREST: Final = 3
_CJK_FROM: Final = "\u2e80"
_ALNUM = re.compile(r"[^\W_\u02bc]+")


class UnknownNameError(Exception):
    """A name that means nobody, or several: names to write instead, the best first."""

    def __init__(self, message: str, instead: tuple[str, ...]) -> None:
        super().__init__(message)
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text names an entity: a range of the original text."""

    entity: str
    start: int
    end: int


class Known:
    """Everybody and everything with a name.

    Building costs nothing; the first question 20 ms, the first look into a text 120.
    """

    def __init__(self, gazetteer: Gazetteer, finder: Finder | None = None) -> None:
        self._gazetteer = gazetteer
        self._given = finder

    def entity(self, name: str) -> Entity:
        """Return who or what a name or an id means; raises UnknownNameError."""
        found = self.bearer(name)
        if found is not None:
            return found
        ids = self._ids.get(_key(name), ())
        if not ids:
            near = self._near(name)
            hint = (
                f"near it are {', '.join(near)}" if near else "to look for the words themselves, quote them"
            )
            raise UnknownNameError(f'entity: knows nobody and nothing called "{name}"; {hint}.', near)
        several = tuple(self._gazetteer.entity(one).name for one in ids)
        raise UnknownNameError(f'"{name}" is a name of {" and of ".join(several)}; say which.', several)

    def bearer(self, name: str) -> Entity | None:
        """Return who or what a name or an id means; None for nobody, or several."""
        direct = self._gazetteer.entities.get(name.strip())
        if direct is not None and direct.kind in KINDS:
            return direct
        ids = self._ids.get(_key(name), ())
        named = tuple(one for one in ids if _key(self._gazetteer.entity(one).name) == _key(name))
        one = named if len(named) == 1 else ids
        return self._gazetteer.entity(one[0]) if len(one) == 1 else None

    def sure(self, name: str) -> Entity | None:
        """Return who or what a name means wherever it stands; None for nobody and in any doubt.

        In doubt are names with look-alikes, names of several things (also ideas and places), short ones, and
        acronyms not written as such. A place is never sure: its name stands in every other article.
        """
        key = _key(name)
        if sum(2 if character >= _CJK_FROM else 1 for character in key) < SHORTEST_SURE:
            return None
        uses = self._uses.get(key, ())
        bearers = {entity.id for entity, _ in uses}
        if len(bearers) != 1 or uses[0][0].kind not in _SURE_KINDS:
            return None
        entity = uses[0][0]
        return entity if any(_surely(alias, name, entity) for _, alias in uses) else None

    def make_ready(self) -> None:
        """Make what looking names up needs, which otherwise the first question makes."""
        _ = self._ids, self._uses, self._written

    def signs(self, entity: Entity) -> frozenset[str]:
        """Return words of which one is part of every form of an entity's names, folded."""
        found = set()
        for alias in entity.aliases:
            # Hyphens may be written, dropped or be spaces; the longest piece is in most of these.
            runs = _ALNUM.findall(fold(alias.text.rstrip("*")))
            if runs:
                found.add(max(runs, key=len))
        return frozenset(found)

    def places(self, text: str, lang: str) -> Iterator[Place]:
        """Yield where a text names anything but ideas; look-alikes are told from it by the words around."""
        for mention in self._finder.find(text, lang):
            if mention.entity.partition(":")[0] in KINDS:
                yield Place(mention.entity, mention.start, mention.end)

    @cached_property
    def _finder(self) -> Finder:
        return self._given or Finder(self._gazetteer)

    @cached_property
    def _uses(self) -> dict[str, tuple[tuple[Entity, Alias], ...]]:
        """Every alias by its key, those of ideas too."""
        uses: dict[str, tuple[tuple[Entity, Alias], ...]] = {}
        for entity in self._gazetteer.entities.values():
            for alias in entity.aliases:
                uses[_key(alias.text)] = (*uses.get(_key(alias.text), ()), (entity, alias))
        return uses

    @cached_property
    def _ids(self) -> dict[str, tuple[str, ...]]:
        ids: dict[str, tuple[str, ...]] = {}
        for entity in self._gazetteer.entities.values():
            if entity.kind in KINDS:
                for alias in entity.aliases:
                    key = _key(alias.text)
                    if key and entity.id not in ids.get(key, ()):
                        ids[key] = (*ids.get(key, ()), entity.id)
        return ids

    @cached_property
    def _written(self) -> dict[str, str]:
        """Every name as it is written, by its key."""
        written: dict[str, str] = {}
        for entity in self._gazetteer.entities.values():
            if entity.kind in KINDS:
                for alias in entity.aliases:
                    written.setdefault(_key(alias.text), alias.text.rstrip("*"))
        return written

    def _near(self, name: str) -> tuple[str, ...]:
        key = _key(name[:LONGEST_NAME])
        close = difflib.get_close_matches(key, self._written, n=_NEAREST, cutoff=0.6) if key else []
        return tuple(dict.fromkeys(self._written[one] for one in close))


def _surely(alias: Alias, name: str, entity: Entity) -> bool:
    """Tell whether a name is this alias as it is spelt, and the alias needs nothing around it."""
    if (
        (alias.weak and entity.needs)
        or alias.own
        or alias.common
        or alias.demonym
        or alias.text.endswith("*")
    ):
        return False
    if alias.exact:
        return _closed(unicodedata.normalize("NFKC", alias.text)) == _closed(
            unicodedata.normalize("NFKC", name)
        )
    return _closed(fold(alias.text)) == _closed(fold(name))


def _closed(name: str) -> str:
    return "".join(name.replace("-", " ").split())


def _key(name: str) -> str:
    """Return what two spellings of one name share: TB-2 and TB2, TUSAŞ and tusas."""
    return "".join(_ALNUM.findall(fold(name)))


@lru_cache(maxsize=4)
def known_at(path: str = "") -> Known:
    """Return the shipped gazetteer with the entries of one's own at a path added; empty: none.

    Read once a process and path. Raises KnowledgeError for files that cannot be used.
    """
    return Known(load(Path(path) if path else None))
