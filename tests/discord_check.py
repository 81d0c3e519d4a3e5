"""Judge messages, embeds, mentions and suggestions against Discord's limits.

Figures: discord-api-docs, developers/resources/message.mdx and interactions/receiving-and-responding.mdx.
"""

from __future__ import annotations

from typing import Final

from tests.discord_components import check_components
from tests.discord_json import JsonObject, Problem
from tests.discord_shapes import (
    Rule,
    anything,
    boolean,
    integer,
    link,
    many,
    moment,
    one_of,
    shape,
    snowflake,
    text,
    walk,
)

EPHEMERAL, LOADING, V2 = 1 << 6, 1 << 7, 1 << 15
SUPPRESS_EMBEDS, SILENT = 1 << 2, 1 << 12
MOST_CONTENT = 2_000
MOST_EMBEDS = 10
MOST_EMBED_TEXT = 6_000  # all embeds of a message together
MOST_MENTIONS = 100
MOST_FILES = 10
MOST_NONCE = 25
MOST_SUGGESTIONS = 25

_WEB: Final = link(2_048, "http", "https")
_PICTURE: Final = shape(
    {
        "url": link(2_048, "http", "https", "attachment"),
        "width": integer(),
        "height": integer(),
        "proxy_url": anything,
        "placeholder": anything,
        "placeholder_version": anything,
        "flags": anything,
        "content_type": anything,
        "description": anything,
    },
)
_EMBED: Final = shape(
    {
        "type": one_of("rich", "image", "video", "gifv", "article", "link"),
        "title": text(256),
        "description": text(4_096),
        "url": _WEB,
        "timestamp": moment,
        "color": integer(0, 0xFFFFFF),
        "footer": shape(
            {"text": text(2_048, 1), "icon_url": _WEB, "proxy_icon_url": anything}, required=("text",)
        ),
        "author": shape(
            {"name": text(256, 1), "url": _WEB, "icon_url": _WEB, "proxy_icon_url": anything},
            required=("name",),
        ),
        "image": _PICTURE,
        "thumbnail": _PICTURE,
        "provider": anything,
        "video": anything,
        "flags": anything,
        "fields": many(
            shape(
                {"name": text(256, 1), "value": text(1_024, 1), "inline": boolean},
                required=("name", "value"),
            ),
            25,
        ),
    }
)
_MENTIONS: Final = shape(
    {
        "parse": many(one_of("users", "roles", "everyone"), 3),
        "users": many(snowflake, MOST_MENTIONS),
        "roles": many(snowflake, MOST_MENTIONS),
        "replied_user": boolean,
    }
)
_ATTACHMENT: Final = shape(
    {
        "id": snowflake,
        "filename": text(1_024, 1),
        "title": text(1_024),
        "description": text(1_024),
        "is_spoiler": boolean,
        "duration_secs": anything,
        "waveform": anything,
        # Sent back when a kept attachment is named in an edit.
        **dict.fromkeys(("url", "proxy_url", "size", "height", "width", "content_type", "spoiler"), anything),
    },
    required=("id",),
)
_REFERENCE: Final = shape(
    {
        "type": one_of(0, 1),
        "message_id": snowflake,
        "channel_id": snowflake,
        "guild_id": snowflake,
        "fail_if_not_exists": boolean,
    },
    required=("message_id",),
)
_SHARED: Final[dict[str, Rule]] = {
    "content": text(MOST_CONTENT),
    "embeds": many(_EMBED, MOST_EMBEDS),
    "allowed_mentions": _MENTIONS,
    "components": anything,  # judged by check_components
    "attachments": many(_ATTACHMENT, MOST_FILES),
    "flags": integer(),
    "tts": boolean,  # not one of an edit's own fields, but discord.py sends it and Discord ignores it
    "poll": anything,
}
_NONCE: Final = text(MOST_NONCE, 1)


def _nonce(value: object, place: tuple[str | int, ...], problems: list[Problem]) -> None:
    _NONCE(str(value), place, problems)


MESSAGE_SHAPES: Final[dict[str, Rule]] = {
    "create_message": shape(
        {
            **_SHARED,
            "nonce": _nonce,
            "enforce_nonce": boolean,
            "message_reference": _REFERENCE,
            "sticker_ids": many(snowflake, 3),
        }
    ),
    "edit_message": shape(_SHARED),
    "execute_webhook": shape(
        {**_SHARED, "username": text(80, 1), "avatar_url": _WEB, "thread_name": text(100, 1)}
    ),
    "edit_original": shape(_SHARED),
    "interaction_callback": shape(_SHARED),
}
_SAYABLE: Final = SUPPRESS_EMBEDS | SILENT | V2
_FLAGS: Final = {
    "create_message": _SAYABLE,
    "edit_message": SUPPRESS_EMBEDS | V2,
}  # others: for one person too


def check_message(
    payload: JsonObject, method: str, *, was_v2: bool = False, again: bool = False
) -> list[Problem]:
    """Return what is wrong with a message; `was_v2`: the post edited is a layout; `again`: it is an edit."""
    problems: list[Problem] = []
    MESSAGE_SHAPES[method](payload, (), problems)
    flags = payload.get("flags")
    v2 = was_v2 or bool(isinstance(flags, int) and flags & V2)
    if isinstance(flags, int) and flags & ~_FLAGS.get(method, _SAYABLE | EPHEMERAL):
        problems.append(Problem(("flags",), "BASE_TYPE_CHOICES", f"Flags {flags} cannot be set here."))
    if payload.get("components") is not None:
        check_components(payload["components"], problems, v2=v2)
    if v2:
        _check_layout(payload, problems, again=again or was_v2)
    _check_embeds(payload.get("embeds"), problems)
    _check_mentions(payload.get("allowed_mentions"), problems)
    return problems


def is_empty(payload: JsonObject) -> bool:
    """Tell whether a new message has nothing to show (Discord's 50006)."""
    parts = ("embeds", "components", "attachments", "poll", "sticker_ids")
    return not any(payload.get(part) for part in parts) and not str(payload.get("content") or "").strip()


def lacks_mentions(payload: JsonObject) -> bool:
    """Tell whether a message says something and leaves it to Discord who is pinged by it."""
    says = any(payload.get(part) for part in ("content", "embeds", "components"))
    return says and payload.get("allowed_mentions") is None


def check_files(payload: JsonObject, sent: dict[str, str], kept: dict[str, str]) -> list[Problem]:
    """Return what is wrong between a message and its files.

    `sent` gives the file's name for each part of the form such as "files[0]", `kept` for each attachment that
    the post has already.
    """
    listed = {str(one.get("id")) for one in payload.get("attachments") or []}
    numbers = {part.removeprefix("files[").removesuffix("]") for part in sent}
    problems = [
        Problem(("attachments",), "ATTACHMENT_NOT_FOUND", f"No file and no attachment has the id {mark}.")
        for mark in sorted(listed - numbers - kept.keys())
    ]
    names = {*sent.values(), *(name for mark, name in kept.items() if not listed or mark in listed)}
    for place, link_to in _named_files(payload):
        if link_to not in names:
            problems.append(Problem(place, "ATTACHMENT_NOT_FOUND", f"There is no file {link_to!r}."))
    return problems


def _named_files(payload: JsonObject) -> list[tuple[tuple[str | int, ...], str]]:
    """Return where a message speaks of attachment://NAME, with the names."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for index, embed in enumerate(payload.get("embeds") or []):
        found += [
            (("embeds", index, part, "url"), (embed.get(part) or {}).get("url") or "")
            for part in ("image", "thumbnail")
        ]
    for place, node in walk(payload.get("components")):
        media = [node.get("media"), node.get("file"), *(one.get("media") for one in node.get("items") or [])]
        found += [(place, (one or {}).get("url") or "") for one in media]
    scheme = "attachment://"
    return [(place, url.removeprefix(scheme)) for place, url in found if url.startswith(scheme)]


def check_suggestions(data: object) -> list[Problem]:
    """Return what is wrong with an answer to autocomplete."""
    problems: list[Problem] = []
    choice = shape(
        {"name": text(100, 1), "value": _choice_value, "name_localizations": anything},
        required=("name", "value"),
    )
    rule = shape({"choices": many(choice, MOST_SUGGESTIONS)}, required=("choices",))
    rule(data, ("data",), problems)
    return problems


def _choice_value(value: object, place: tuple[str | int, ...], problems: list[Problem]) -> None:
    if isinstance(value, str):
        text(100, 1)(value, place, problems)
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        problems.append(Problem(place, "UNION_TYPE_CHOICES", f"{value!r} is no string and no number."))


def _check_layout(payload: JsonObject, problems: list[Problem], *, again: bool) -> None:
    for name in ("content", "embeds", "poll", "sticker_ids"):
        if payload.get(name):
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            problems.append(Problem((name,), code, f"{name} cannot be used with IS_COMPONENTS_V2."))
    if not again and not payload.get("components"):
        problems.append(Problem(("components",), "BASE_TYPE_REQUIRED", "A layout needs components."))


def _check_embeds(embeds: object, problems: list[Problem]) -> None:
    total = 0
    for index, embed in enumerate(embeds if isinstance(embeds, list) else []):
        if isinstance(embed, dict):
            total += _embed_length(embed)
            if not embed.keys() - {"type", "color", "flags"}:
                problems.append(
                    Problem(("embeds", index), "BASE_TYPE_REQUIRED", "An embed needs something to show.")
                )
    if total > MOST_EMBED_TEXT:
        message = f"Embed size exceeds maximum size of {MOST_EMBED_TEXT}: {total}."
        problems.append(Problem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message))


def _embed_length(embed: JsonObject) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")] if isinstance(field, dict) else []
    return sum(len(one) for one in texts if isinstance(one, str))


def _check_mentions(mentions: object, problems: list[Problem]) -> None:
    if not isinstance(mentions, dict):
        return
    for name in ("users", "roles"):
        if name in (mentions.get("parse") or []) and mentions.get(name):
            where = ("allowed_mentions",)
            message = f"parse:[{name!r}, ...] and {name}: [ids...] are mutually exclusive."
            problems.append(Problem(where, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message))
