"""Judge application commands against Discord's limits.

Figures: discord-api-docs, developers/interactions/application-commands.mdx.
"""

from __future__ import annotations

import re
from typing import Final

from tests.discord_json import JsonObject, Place, Problem
from tests.discord_shapes import Rule, anything, boolean, by_type, integer, many, shape, text

CHAT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, UPLOAD = range(1, 12)
MOST_COMMANDS = 100
MOST_MENUS = 5  # of each of the two kinds, as discord.py 2.7.1 counts them
MOST_CHARACTERS = 8_000  # names, descriptions and choices of one command, the longest of each translation
_NAME: Final = re.compile(r"[-_'\w]{1,32}")


def _name(value: object, place: Place, problems: list[Problem]) -> None:
    if not isinstance(value, str) or not _NAME.fullmatch(value) or value != value.lower():
        message = f"{value!r}: 1 to 32 lower-case letters, digits, - _ or '."
        problems.append(Problem(place, "APPLICATION_COMMAND_INVALID_NAME", message))


def _translations(rule: Rule) -> Rule:
    def check(value: object, place: Place, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            problems.append(
                Problem(place, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            )
            return
        for locale, words in value.items():
            if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2}|-419)?", str(locale)):
                problems.append(
                    Problem((*place, str(locale)), "ENUM_TYPE_COERCE", "Not a locale of Discord.")
                )
            rule(words, (*place, str(locale)), problems)

    return check


_WORDS: Final[dict[str, Rule]] = {
    "type": integer(1, 11),
    "name": _name,
    "name_localizations": _translations(_name),
    "description": text(100, 1),
    "description_localizations": _translations(text(100, 1)),
    "required": boolean,
}
_NEEDED: Final = ("type", "name", "description")


def _choices(kinds: tuple[type, ...]) -> Rule:
    def value(given: object, place: Place, problems: list[Problem]) -> None:
        if isinstance(given, bool) or not isinstance(given, kinds):
            problems.append(Problem(place, "UNION_TYPE_CHOICES", f"{given!r} is not of the option's type."))
        elif isinstance(given, str):
            text(100, 1)(given, place, problems)

    fields: dict[str, Rule] = {
        "name": text(100, 1),
        "name_localizations": _translations(text(100, 1)),
        "value": value,
    }
    return many(shape(fields, required=("name", "value")), 25)


def _number(kinds: tuple[type, ...]) -> Rule:
    fields = {
        "min_value": anything,
        "max_value": anything,
        "choices": _choices(kinds),
        "autocomplete": boolean,
    }
    return shape({**_WORDS, **fields}, required=_NEEDED)


_LEAVES: Final[dict[int, Rule]] = {
    STRING: shape(
        {
            **_WORDS,
            "choices": _choices((str,)),
            "autocomplete": boolean,
            "min_length": integer(0, 6_000),
            "max_length": integer(1, 6_000),
        },
        required=_NEEDED,
    ),
    INTEGER: _number((int,)),
    NUMBER: _number((int, float)),
    CHANNEL: shape({**_WORDS, "channel_types": many(integer(0, 16), 17)}, required=_NEEDED),
    **dict.fromkeys((BOOLEAN, USER, ROLE, MENTIONABLE, UPLOAD), shape(_WORDS, required=_NEEDED)),
}
_SUBCOMMAND: Final = shape({**_WORDS, "options": many(by_type(_LEAVES), 25)}, required=_NEEDED)
_GROUP: Final = shape({**_WORDS, "options": many(by_type({SUBCOMMAND: _SUBCOMMAND}), 25)}, required=_NEEDED)
_OPTIONS: Final = many(by_type({**_LEAVES, SUBCOMMAND: _SUBCOMMAND, GROUP: _GROUP}), 25)
_SETTINGS: Final[dict[str, Rule]] = {
    "id": anything,
    "type": integer(1, 3),
    "default_member_permissions": anything,
    "dm_permission": boolean,
    "nsfw": boolean,
    "contexts": many(integer(0, 2), 3),
    "integration_types": many(integer(0, 1), 2),
}
_CHAT: Final = shape(
    {
        **_SETTINGS,
        **{key: _WORDS[key] for key in _WORDS if key not in ("type", "required")},
        "options": _OPTIONS,
    },
    required=("name", "description"),
)


def _no_words(value: object, place: Place, problems: list[Problem]) -> None:
    if value:
        message = "A command of a menu has no description and no options."
        problems.append(Problem(place, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_EMPTY", message))


_MENU: Final = shape(
    {
        **_SETTINGS,
        "name": text(32, 1),
        "name_localizations": _translations(text(32, 1)),
        "description": _no_words,
        "options": _no_words,
    },
    required=("name",),
)


def check_commands(commands: object) -> list[Problem]:
    """Return what is wrong with a bulk overwrite of commands."""
    if not isinstance(commands, list) or not all(isinstance(command, dict) for command in commands):
        return [Problem((), "LIST_TYPE_CONVERT", "A list of commands is wanted.")]
    problems: list[Problem] = []
    seen: set[tuple[int, object]] = set()
    for index, command in enumerate(commands):
        kind = command.get("type") or CHAT
        (_CHAT if kind == CHAT else _MENU)(command, (index,), problems)
        if (kind, command.get("name")) in seen:
            where = (index, "name")
            problems.append(Problem(where, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Names must be unique."))
        seen.add((kind, command.get("name")))
        _check_options(command.get("options"), (index, "options"), problems)
        length = characters(command)
        if length > MOST_CHARACTERS:
            message = f"Command exceeds maximum size ({MOST_CHARACTERS}): {length}."
            problems.append(Problem((index,), "APPLICATION_COMMAND_TOO_LARGE", message))
    for kind, most in ((CHAT, MOST_COMMANDS), (USER_MENU, MOST_MENUS), (MESSAGE_MENU, MOST_MENUS)):
        count = sum((command.get("type") or CHAT) == kind for command in commands)
        if count > most:
            message = f"At most {most} commands of type {kind}: {count}."
            problems.append(Problem((), "APPLICATION_COMMANDS_MAX", message))
    return problems


def characters(node: JsonObject) -> int:
    """Return how many characters of a command count towards its limit."""
    total = _longest(node, "name") + _longest(node, "description")
    for choice in node.get("choices") or []:
        if isinstance(choice, dict):
            total += _longest(choice, "name") + len(str(choice.get("value", "")))
    return total + sum(characters(option) for option in node.get("options") or [] if isinstance(option, dict))


def _longest(node: JsonObject, name: str) -> int:
    translations = node.get(f"{name}_localizations")
    words = [node.get(name), *(translations.values() if isinstance(translations, dict) else ())]
    return max((len(word) for word in words if isinstance(word, str)), default=0)


def _check_options(options: object, place: Place, problems: list[Problem]) -> None:
    names: set[object] = set()
    optional = False
    given = [option for option in options if isinstance(option, dict)] if isinstance(options, list) else []
    branches = sum(option.get("type") in (SUBCOMMAND, GROUP) for option in given)
    if branches not in (0, len(given)):
        problems.append(
            Problem(place, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Subcommands and options mixed.")
        )
    for index, option in enumerate(given):
        where = (*place, index)
        if option.get("name") in names:
            code = "APPLICATION_COMMAND_OPTIONS_NAME_INVALID"
            problems.append(Problem((*where, "name"), code, "Option names must be unique."))
        names.add(option.get("name"))
        if option.get("required") and optional:
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            problems.append(
                Problem(where, code, "Required options must be placed before non-required options.")
            )
        optional = optional or not option.get("required")
        if option.get("choices") and option.get("autocomplete"):
            code = "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES"
            problems.append(Problem(where, code, "Choices and autocomplete exclude each other."))
        _check_options(option.get("options"), (*where, "options"), problems)
