"""Write a message as JSON for the outbox and read it back; what this file wrote, it reads, and nothing else.

The values' own annotations say what is allowed, so a field added to `bot.messages` needs no line here.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from bot.errors import MessageError
from bot.messages import VERSION, Message

Json: TypeAlias = "str | bool | int | list[Json] | dict[str, Json]"

_TAG = "block"  # names the class where several are possible
_ENVELOPE = {"version", "message"}


def to_json(message: Message) -> str:
    """Return the message in ASCII, so that even lone surrogates from a feed survive any database."""
    return json.dumps({"version": VERSION, "message": _encoded(message)}, separators=(",", ":"))


def from_json(text: str) -> Message:
    """Return the message that `to_json` was given.

    Raises MessageError for another version, damaged JSON, and any missing, unknown or mistyped field.
    """
    try:
        envelope = json.loads(text, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise MessageError(f"a stored message is not JSON: {error}") from error
    if not isinstance(envelope, dict) or set(envelope) != _ENVELOPE:
        raise MessageError("a stored message needs exactly the keys version and message")
    version = envelope["version"]
    if type(version) is not int or not 1 <= version <= VERSION:  # True == 1, and no message has version true
        raise MessageError(f"a stored message has version {version!r}, this release reads up to {VERSION}")
    message = _decoded(_brought_up(envelope["message"], version), Message, "message")
    if not isinstance(message, Message):
        raise MessageError("a stored message holds something else")
    return message


def _brought_up(message: object, version: int) -> object:
    """Return a message of an earlier version as this one writes it: the first named nobody to ping."""
    return {"mentions": [], **message} if version == 1 and isinstance(message, dict) else message


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a key occurs twice")
    return record


@cache
def _annotations(cls: type) -> dict[str, object]:
    return dict(get_type_hints(cls))


def _encoded(value: object) -> Json:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, tuple):
        return [_tagged(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _encoded(getattr(value, item.name)) for item in fields(value)}
    raise MessageError(f"a message cannot hold {type(value).__name__}")


def _tagged(item: object) -> Json:
    encoded = _encoded(item)
    return {_TAG: type(item).__name__.lower(), **encoded} if isinstance(encoded, dict) else encoded


def _decoded(value: object, expected: object, at: str) -> object:
    """Return the value that fits the annotation; `at` is its path, for the message of an error."""
    if expected in {str, bool, int}:
        if type(value) is not expected:
            raise MessageError(f"{at}: expected {expected}, got {type(value).__name__}")
        return value
    if get_origin(expected) is Literal:
        if not isinstance(value, str) or value not in get_args(expected):
            raise MessageError(f"{at}: expected one of {', '.join(get_args(expected))}")
        return value
    if get_origin(expected) is tuple:
        return _decoded_tuple(value, get_args(expected)[0], at)
    if isinstance(expected, type) and is_dataclass(expected):
        return _decoded_record(value, expected, at)
    raise MessageError(f"{at}: {expected} cannot be read")


def _decoded_tuple(value: object, item: object, at: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise MessageError(f"{at}: expected a list")
    classes = get_args(item) if get_origin(item) in {Union, UnionType} else (item,)
    if not all(isinstance(cls, type) and is_dataclass(cls) for cls in classes):
        return tuple(_decoded(member, item, f"{at}[{i}]") for i, member in enumerate(value))
    by_tag = {cls.__name__.lower(): cls for cls in classes if isinstance(cls, type)}
    out: list[object] = []
    for i, member in enumerate(value):
        tag = member.get(_TAG) if isinstance(member, dict) else None
        if not isinstance(tag, str) or tag not in by_tag:
            raise MessageError(f"{at}[{i}]: expected one of {', '.join(by_tag)}, got {tag!r}")
        untagged = {name: part for name, part in member.items() if name != _TAG}
        out.append(_decoded_record(untagged, by_tag[tag], f"{at}[{i}]"))
    return tuple(out)


def _decoded_record(value: object, cls: type, at: str) -> object:
    if not isinstance(value, dict):
        raise MessageError(f"{at}: expected an object")
    hints = _annotations(cls)
    if value.keys() != hints.keys():
        odd = ", ".join(sorted(map(str, value.keys() ^ hints.keys())))
        raise MessageError(f"{at}: missing or unknown fields: {odd}")
    return cls(**{name: _decoded(value[name], hint, f"{at}.{name}") for name, hint in hints.items()})
