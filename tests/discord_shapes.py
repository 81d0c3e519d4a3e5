"""A small language for the shapes of Discord's JSON: which fields there are, of what kind, how long."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias
from urllib.parse import urlsplit

from tests.discord_json import JsonObject, Place, Problem

Rule: TypeAlias = Callable[[object, Place, list[Problem]], None]


def shape(fields: Mapping[str, Rule], *, required: tuple[str, ...] = ()) -> Rule:
    """Want an object with these fields and no others; null counts as absent."""

    def check(value: object, place: Place, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            problems.append(
                Problem(place, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            )
            return
        problems.extend(
            Problem((*place, name), "UNKNOWN_FIELD", f"There is no field {name!r} here.")
            for name in value.keys() - fields.keys()
        )
        problems.extend(
            Problem((*place, name), "BASE_TYPE_REQUIRED", "This field is required")
            for name in required
            if value.get(name) is None
        )
        for name, rule in fields.items():
            if value.get(name) is not None:
                rule(value[name], (*place, name), problems)

    return check


def text(most: int, least: int = 0, *, pattern: str = "") -> Rule:
    """Want a string of so many characters; blanks around it do not count towards the least."""

    def check(value: object, place: Place, problems: list[Problem]) -> None:
        if not isinstance(value, str):
            problems.append(Problem(place, "STRING_TYPE_CONVERT", "Could not interpret as string."))
        elif len(value) > most:
            problems.append(
                Problem(place, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length: {len(value)}.")
            )
        elif len(value.strip()) < least:
            problems.append(
                Problem(place, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} long.")
            )
        elif pattern and not re.fullmatch(pattern, value):
            problems.append(
                Problem(place, "STRING_TYPE_REGEX", "String value did not match validation regex.")
            )

    return check


def integer(least: int = 0, most: int = 1 << 53) -> Rule:
    """Want a whole number from `least` to `most`."""

    def check(value: object, place: Place, problems: list[Problem]) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            problems.append(Problem(place, "NUMBER_TYPE_COERCE", f"Value {value!r} is not an int."))
        elif not least <= value <= most:
            problems.append(Problem(place, "NUMBER_TYPE_MAX", f"Must be from {least} to {most}: {value}."))

    return check


def one_of(*known: object) -> Rule:
    """Want one of a few values."""

    def check(value: object, place: Place, problems: list[Problem]) -> None:
        if isinstance(value, bool) or value not in known:
            problems.append(
                Problem(place, "BASE_TYPE_CHOICES", f"Value must be one of {known}, not {value!r}.")
            )

    return check


def anything(_value: object, _place: Place, _problems: list[Problem]) -> None:
    """Want nothing in particular."""


def boolean(value: object, place: Place, problems: list[Problem]) -> None:
    """Want true or false."""
    if not isinstance(value, bool):
        problems.append(Problem(place, "BOOLEAN_TYPE_CONVERT", f"Must be either true or false: {value!r}."))


def snowflake(value: object, place: Place, problems: list[Problem]) -> None:
    """Want an id, as digits or a number."""
    if (
        isinstance(value, bool)
        or not str(value).isascii()
        or not str(value).isdigit()
        or len(str(value)) > 20
    ):
        problems.append(Problem(place, "NUMBER_TYPE_COERCE", f"Value {value!r} is not snowflake."))


def many(rule: Rule, most: int, least: int = 0) -> Rule:
    """Want a list of so many items, each of which keeps a rule."""

    def check(value: object, place: Place, problems: list[Problem]) -> None:
        if not isinstance(value, list):
            problems.append(Problem(place, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"))
            return
        if not least <= len(value) <= most:
            problems.append(
                Problem(
                    place,
                    "BASE_TYPE_BAD_LENGTH",
                    f"Must be between {least} and {most} in length: {len(value)}.",
                )
            )
        for index, item in enumerate(value):
            rule(item, (*place, index), problems)

    return check


def link(most: int, *schemes: str) -> Rule:
    """Want a well-formed URL of one of these schemes."""
    measure = text(most, 1)

    def check(value: object, place: Place, problems: list[Problem]) -> None:
        measure(value, place, problems)
        if not isinstance(value, str):
            return
        try:
            parts = urlsplit(value)
            good = (
                parts.scheme.lower() in schemes and bool(parts.netloc) and not re.search(r'[\s<>"`]', value)
            )
        except ValueError:
            good = False
        if not good:
            problems.append(Problem(place, "URL_TYPE_INVALID_URL", f"Not a well formed URL of {schemes}."))

    return check


def moment(value: object, place: Place, problems: list[Problem]) -> None:
    """Want an ISO 8601 time."""
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        problems.append(Problem(place, "DATETIME_TYPE_PARSE", f"Could not parse {value!r}."))


def by_type(kinds: Mapping[int, Rule]) -> Rule:
    """Want an object whose `type` says which of several rules holds for it."""

    def check(value: object, place: Place, problems: list[Problem]) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        rule = kinds.get(kind) if isinstance(kind, int) else None
        if rule is None:
            where = (*place, "type")
            problems.append(
                Problem(where, "UNION_TYPE_CHOICES", f"Type {kind!r} cannot stand here: {set(kinds)}.")
            )
        else:
            rule(value, place, problems)

    return check


def walk(components: object) -> list[tuple[Place, JsonObject]]:
    """Return every component of a tree with its place, parents first."""
    found: list[tuple[Place, JsonObject]] = []

    def visit(node: object, place: Place) -> None:
        if isinstance(node, dict):
            found.append((place, node))
            visit_all(node.get("components"), (*place, "components"))
            for name in ("accessory", "component"):
                visit(node.get(name), (*place, name))

    def visit_all(nodes: object, place: Place) -> None:
        for index, node in enumerate(nodes if isinstance(nodes, list) else []):
            visit(node, (*place, index))

    visit_all(components, ("components",))
    return found
