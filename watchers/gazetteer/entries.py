"""Turn one TOML table into an entity, and say what is wrong with it in words that lead to the line."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, cast

from watchers.gazetteer.entities import Alias, Entity, Office

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchers.gazetteer.entities import Field, Kind

Table = dict[str, object]

KINDS = ("per", "org", "pla", "prg", "loc", "con")
FIELDS = ("defence", "civil", "neutral")
CLASSES = frozenset(
    (
        "aircraft",
        "air-defence",
        "artillery",
        "bomber",
        "carrier",
        "corvette",
        "destroyer",
        "drone",
        "electronic-warfare",
        "engine",
        "fighter",
        "frigate",
        "helicopter",
        "ifv",
        "laser",
        "loitering-munition",
        "missile",
        "munition",
        "naval-drone",
        "patrol-vessel",
        "radar",
        "rocket-artillery",
        "satellite",
        "ship",
        "space-launcher",
        "submarine",
        "support-aircraft",
        "tank",
        "torpedo",
        "trainer",
        "transport",
        "vehicle",
    )
)
_ID = re.compile(r"(?:per|org|pla|prg|loc|con):[A-Za-z0-9][A-Za-z0-9-]*\Z")
_LANG = re.compile(r"[a-z]{2,3}\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")
_FLAGS = ("weak", "exact", "joins", "alone", "begins", "own", "common")
_NONE: frozenset[str] = frozenset()
_KEYS = frozenset(
    (
        "name",
        "aliases",
        "demonyms",
        "country",
        "maker",
        "class",
        "field",
        "offices",
        "needs",
        "not_if",
        "unless",
        *_FLAGS,
    )
)
_OFFICE_KEYS = frozenset(("role", "of", "from", "to", "source"))


def read_entry(entity_id: str, table: Table, where: str, faults: list[str]) -> Entity | None:
    """Return an entity, or None after adding what is wrong with it to `faults`."""
    before = len(faults)
    at = f'{where}, "{entity_id}"'
    if not _ID.match(entity_id):
        faults.append(f'{at}: an id is a kind ({", ".join(KINDS)}), a colon and a name such as "org:baykar"')
    faults.extend(
        f"{at}: unknown key {key!r}; known are {', '.join(sorted(_KEYS))}"
        for key in table
        if key not in _KEYS
    )
    name = _text(table, "name", at, faults)
    if not name:
        faults.append(f"{at}: every entry has a name")
    aliases = _aliases(table, name, at, faults)
    entity = Entity(
        id=entity_id,
        kind=cast("Kind", entity_id.partition(":")[0]),
        name=name,
        aliases=aliases,
        country=_text(table, "country", at, faults),
        maker=_text(table, "maker", at, faults),
        platform_class=_text(table, "class", at, faults),
        field=cast("Field", _text(table, "field", at, faults)),
        offices=_offices(table, at, faults),
        needs=_strings(table.get("needs", []), f"{at}, needs", faults),
        not_if=_strings(table.get("not_if", []), f"{at}, not_if", faults),
        unless=_strings(table.get("unless", []), f"{at}, unless", faults),
    )
    _check_values(entity, at, faults)
    return entity if len(faults) == before else None


def read_group(key: str, table: Table, where: str, faults: list[str]) -> tuple[str, ...]:
    """Return the words of a group of context words, all languages together."""
    found: list[str] = []
    for lang, words in table.items():
        found.extend(_strings(words, f'{where}, "{key}", {lang}', faults))
    return tuple(dict.fromkeys(found))


def check_references(
    entities: Mapping[str, Entity],
    groups: Mapping[str, tuple[str, ...]],
    where: Mapping[str, str],
    faults: list[str],
) -> None:
    """Add a fault for every maker, country, group or entity that an entry names and no file holds."""
    for entity in entities.values():
        named = [*entity.needs, *entity.not_if, *entity.unless]
        missing = [word for word in named if word.startswith("@") and word[1:] not in groups]
        missing += [word for word in named if _ID.match(word) and word not in where]
        if entity.maker and entity.maker not in where:
            missing.append(entity.maker)
        if entity.country and f"loc:{entity.country}" not in where:
            missing.append(f"loc:{entity.country}")
        faults.extend(
            f'{where[entity.id]}, "{entity.id}": it names {item}, which no file holds' for item in missing
        )


def _check_values(entity: Entity, at: str, faults: list[str]) -> None:
    if entity.country and not _COUNTRY.match(entity.country):
        faults.append(f'{at}: country is two capitals such as "TR", not {entity.country!r}')
    if entity.maker and not entity.maker.startswith("org:"):
        faults.append(f'{at}: maker is an id such as "org:baykar", not {entity.maker!r}')
    if entity.platform_class and entity.platform_class not in CLASSES:
        faults.append(f"{at}: class {entity.platform_class!r} is none of {', '.join(sorted(CLASSES))}")
    if entity.kind == "con" and entity.field not in FIELDS:
        faults.append(f"{at}: a concept's field is one of {', '.join(FIELDS)}")
    if (entity.unless and not entity.not_if) or (entity.offices and entity.kind != "per"):
        faults.append(f"{at}: `unless` needs `not_if`, and only people hold offices")


def _aliases(table: Table, name: str, at: str, faults: list[str]) -> tuple[Alias, ...]:
    """Return the aliases, the name first; a form listed under two languages counts once."""
    forms: dict[str, tuple[str, bool]] = {name: ("en", False)} if name else {}
    for key in ("aliases", "demonyms"):
        by_lang = table.get(key, {})
        if not isinstance(by_lang, dict):
            faults.append(f'{at}: {key} is a table such as {{ en = ["…"], ja = ["…"] }}')
            continue
        for lang, words in by_lang.items():
            if not _LANG.match(lang):
                faults.append(f"{at}: {lang!r} is no language code")
            for word in _strings(words, f"{at}, {key}.{lang}", faults):
                forms.setdefault(word, (lang, key == "demonyms"))
    flags = dict.fromkeys(_FLAGS, _NONE)
    flags.update(
        (flag, frozenset(_strings(table[flag], f"{at}, {flag}", faults))) for flag in _FLAGS if flag in table
    )
    for flag, words in flags.items():
        faults.extend(
            f"{at}: {flag} names {word!r}, which is none of its aliases" for word in words - forms.keys()
        )
    judged = bool(table.get("needs") or table.get("not_if"))
    weak = (flags["weak"] or frozenset(forms)) if judged else _NONE
    if flags["weak"] and not judged:
        faults.append(f"{at}: weak aliases are judged by `needs` or `not_if`, and there is neither")
    if flags.keys().isdisjoint(table):
        return tuple(Alias(word, lang, demonym, judged) for word, (lang, demonym) in forms.items())
    return tuple(
        Alias(word, lang, demonym, word in weak, *[word in flags[flag] for flag in _FLAGS[1:]])
        for word, (lang, demonym) in forms.items()
    )


def _offices(table: Table, at: str, faults: list[str]) -> tuple[Office, ...]:
    rows = table.get("offices", [])
    if not isinstance(rows, list):
        faults.append(f"{at}: offices is a list of tables")
        return ()
    found: list[Office] = []
    for row in rows:
        if (
            not isinstance(row, dict)
            or row.keys() - _OFFICE_KEYS
            or not {"role", "of", "source"} <= row.keys()
        ):
            faults.append(f"{at}: an office has role, of, source and perhaps from and to")
            continue
        since, until = _day(row.get("from", "")), _day(row.get("to", ""))
        if since is None or until is None or (until and until < since[: len(until)]):
            faults.append(f"{at}: an office's from and to are dates such as 2024-10-01 or 2024-10, in order")
            continue
        texts = {key: _text(row, key, f"{at}, offices", faults) for key in ("role", "of", "source")}
        found.append(Office(**texts, since=since, until=until))
    return tuple(found)


def _day(value: object) -> str | None:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str) and (not value or _DAY.match(value)):
        return value
    return None


def _text(table: Table, key: str, at: str, faults: list[str]) -> str:
    value = table.get(key, "")
    if isinstance(value, str):
        return value.strip()
    faults.append(f"{at}: {key} is text in quotes")
    return ""


def _strings(value: object, at: str, faults: list[str]) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(item, str) and item.strip("* ") for item in value):
        return tuple(value)
    faults.append(f'{at}: expected a list of words such as ["…", "…"]')
    return ()
