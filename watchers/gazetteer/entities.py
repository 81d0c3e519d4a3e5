"""What the data files say, as values: an entity, its aliases, the offices somebody held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Kind = Literal["per", "org", "pla", "prg", "loc", "con"]
Field = Literal["", "defence", "civil", "neutral"]


class Alias(NamedTuple):
    """One way to write an entity. `lang` is where the form comes from; unless `own`, every text is searched.

    `text` ending in `*` also matches longer words. The flags are explained in the README beside this file.
    A tuple: there are ten thousand, and a frozen dataclass takes four times as long to make.
    """

    text: str
    lang: str
    demonym: bool = False
    weak: bool = False
    exact: bool = False
    joins: bool = False
    alone: bool = False
    begins: bool = False
    own: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A public or company office. `since` and `until` are ISO dates or the start of one; empty: open."""

    role: str
    of: str
    since: str
    until: str
    source: str

    def held_on(self, day: date) -> bool:
        """Tell whether the office was held that day; the month or year of a coarse date counts whole.

        On the day of a handover the successor holds it.
        """
        iso = day.isoformat()
        if self.until and (
            iso >= self.until if len(self.until) == len(iso) else iso[: len(self.until)] > self.until
        ):
            return False
        return iso[: len(self.since)] >= self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that news may name. Empty strings and tuples mean that nothing is known."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[Alias, ...]
    country: str = ""
    maker: str = ""
    platform_class: str = ""
    field: Field = ""
    offices: tuple[Office, ...] = ()
    needs: tuple[str, ...] = ()
    not_if: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def called(self, lang: str) -> str:
        """Return the first name in a language, the English name if there is none."""
        for alias in self.aliases:
            if alias.lang == lang and not alias.demonym and not alias.text.endswith("*"):
                return alias.text
        return self.name

    def offices_on(self, day: date) -> tuple[Office, ...]:
        """Return the offices held that day, in the order of the file."""
        return tuple(office for office in self.offices if office.held_on(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Every entity by id, and the groups of context words that `needs` and `not_if` name as `@group`."""

    entities: Mapping[str, Entity]
    cues: Mapping[str, tuple[str, ...]]

    def entity(self, entity_id: str) -> Entity:
        """Return an entity; raises KeyError for an id that no file holds."""
        return self.entities[entity_id]

    def of_kind(self, kind: Kind) -> tuple[Entity, ...]:
        """Return the entities of one kind, in the order of the files."""
        return tuple(entity for entity in self.entities.values() if entity.kind == kind)
