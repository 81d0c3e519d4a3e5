"""Read the gazetteer's TOML files, check every entry, and add the user's own."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from watchers.errors import KnowledgeError
from watchers.gazetteer.entities import Gazetteer
from watchers.gazetteer.entries import check_references, read_entry, read_group

if TYPE_CHECKING:
    from watchers.gazetteer.entities import Entity
    from watchers.gazetteer.entries import Table

_HOME = Path(__file__).parent
_CUES = "cues.toml"
_FAULTS_SHOWN = 20  # a wrong file usually has one fault many times over


def load(extra: Path | None = None) -> Gazetteer:
    """Return the gazetteer, with the entries of `extra` (a TOML file or a folder of them) added or merged in.

    Read once per path and process. Raises KnowledgeError that names each file and entry at fault.
    """
    return _load(extra.resolve() if extra is not None else None)


@functools.lru_cache(maxsize=8)
def _load(extra: Path | None) -> Gazetteer:
    faults: list[str] = []
    tables: dict[str, tuple[str, Table]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for path in sorted(_HOME.glob("*.toml")):
        _take(path, tables, groups, faults, own=False)
    for path in _extra_files(extra):
        _take(path, tables, groups, faults, own=True)
    entities: dict[str, Entity] = {}
    for entity_id, (where, table) in tables.items():
        entity = read_entry(entity_id, table, where, faults)
        if entity is not None:
            entities[entity_id] = entity
    check_references(entities, groups, {key: where for key, (where, _) in tables.items()}, faults)
    if faults:
        more = f" … and {len(faults) - _FAULTS_SHOWN} more" if len(faults) > _FAULTS_SHOWN else ""
        raise KnowledgeError("The gazetteer cannot be used. " + "; ".join(faults[:_FAULTS_SHOWN]) + more)
    return Gazetteer(entities=MappingProxyType(entities), cues=MappingProxyType(groups))


def _extra_files(extra: Path | None) -> tuple[Path, ...]:
    if extra is None:
        return ()
    if extra.is_dir():
        return tuple(sorted(extra.glob("*.toml")))
    if extra.is_file():
        return (extra,)
    raise KnowledgeError(
        f"The gazetteer's extra entries are not there: {extra} is neither a file nor a folder."
    )


def _take(
    path: Path,
    tables: dict[str, tuple[str, Table]],
    groups: dict[str, tuple[str, ...]],
    faults: list[str],
    *,
    own: bool,
) -> None:
    """Add one file's tables; the user's own may merge with entries that are already there."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise KnowledgeError(f"{path.name} cannot be read as TOML: {error}") from error
    for key, table in content.items():
        if not isinstance(table, dict):
            faults.append(f'{path.name}: "{key}" stands outside every entry')
        elif path.name == _CUES:
            groups[key] = (groups.get(key, ()) if own else ()) + read_group(key, table, path.name, faults)
        elif key not in tables or (own and table.get("replace") is True):
            tables[key] = (path.name, {name: value for name, value in table.items() if name != "replace"})
        elif own:
            tables[key] = (path.name, _merge(tables[key][1], table))
        else:
            faults.append(f'{path.name}, "{key}": the same id is in {tables[key][0]}')


def _merge(old: Table, new: Table) -> Table:
    """Return an entry with a second one laid over it: lists and tables grow, single values are replaced."""
    merged = dict(old)
    for key, value in new.items():
        before = merged.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _merge(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            merged[key] = [*before, *(item for item in value if item not in before)]
        else:
            merged[key] = value
    return merged
