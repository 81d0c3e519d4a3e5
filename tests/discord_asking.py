"""What people do in Discord: what of a command, a component or a form a real client would let them send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.discord_check_commands import (
    BOOLEAN,
    CHANNEL,
    CHAT,
    GROUP,
    INTEGER,
    MESSAGE_MENU,
    NUMBER,
    ROLE,
    STRING,
    SUBCOMMAND,
    UPLOAD,
    USER,
)
from tests.discord_components import (
    BUTTON,
    CHECKBOX,
    CHECKBOXES,
    LABEL,
    LINK_BUTTON,
    RADIO,
    ROW,
    SELECTS,
    STRING_SELECT,
    TEXT_INPUT,
)
from tests.discord_faults import Upload
from tests.discord_payloads import channel_json, member_json, public, role_json, user_json
from tests.discord_shapes import walk
from tests.discord_world import Channel, Member, Post, Role, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.discord_json import JsonObject

Value = str | int | float | bool | Member | Channel | Role | Upload
Filled = str | bool | list[str]
_KINDS: Final[dict[int, tuple[type, ...]]] = {
    STRING: (str,),
    INTEGER: (int,),
    NUMBER: (int, float),
    BOOLEAN: (bool,),
    USER: (Member,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    9: (Member, Role),
    UPLOAD: (Upload,),
}


class NotPossibleError(AssertionError):
    """Something that Discord's own client would not let anybody do."""


def find_command(
    commands: Mapping[str, list[JsonObject]], guild: str, name: str, kind: int = CHAT
) -> JsonObject:
    """Return a synced command; the guild's own goes before a global one."""
    for scope in (guild, ""):
        for command in commands.get(scope, []):
            if command["name"] == name and command["type"] == kind:
                return command
    known = sorted(command["name"] for scope in commands.values() for command in scope)
    raise NotPossibleError(f"there is no command {name!r}; synced are {known}")


def command_data(
    world: World,
    command: JsonObject,
    path: Sequence[str],
    options: Mapping[str, Value],
    *,
    store: Callable[[Upload], JsonObject],
    focused: str = "",
) -> JsonObject:
    """Return an interaction's data for a command; with `focused` it is for autocomplete."""
    node = command
    for step in path:
        steps = [one for one in node.get("options") or [] if one["type"] in (SUBCOMMAND, GROUP)]
        found = [one for one in steps if one["name"] == step]
        if not found:
            raise NotPossibleError(
                f"no {step!r} under {node['name']!r}; there are {[one['name'] for one in steps]}"
            )
        node = found[0]
    leaves = node.get("options") or []
    if any(one["type"] in (SUBCOMMAND, GROUP) for one in leaves):
        raise NotPossibleError(f"{node['name']!r} cannot run bare: it has subcommands")
    resolved: JsonObject = {}
    given = _given(world, leaves, options, store=store, resolved=resolved, focused=focused)
    for kind, step in zip((SUBCOMMAND, GROUP), reversed(path), strict=False):
        given = [{"type": kind, "name": step, "options": given}]
    data: JsonObject = {"id": command["id"], "name": command["name"], "type": CHAT, "options": given}
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    return {**data, "resolved": resolved} if resolved else data


def _given(
    world: World,
    leaves: list[JsonObject],
    options: Mapping[str, Value],
    *,
    store: Callable[[Upload], JsonObject],
    resolved: JsonObject,
    focused: str,
) -> list[JsonObject]:
    known = {leaf["name"]: leaf for leaf in leaves}
    if unknown := options.keys() - known.keys():
        raise NotPossibleError(f"no options {sorted(unknown)}; there are {sorted(known)}")
    missing = [name for name, leaf in known.items() if leaf.get("required") and name not in options]
    if missing and not focused:
        raise NotPossibleError(f"required options are missing: {missing}")
    given = []
    for name, value in options.items():
        leaf = known[name]
        entry: JsonObject = {"name": name, "type": leaf["type"]}
        if name == focused:
            if not leaf.get("autocomplete"):
                raise NotPossibleError(f"{name!r} has no autocomplete")
            given.append({**entry, "value": value, "focused": True})
            continue
        _check_value(leaf, value)
        given.append({**entry, "value": _resolve(world, value, store, resolved)})
    return given


def _check_value(leaf: JsonObject, value: Value) -> None:
    name, kind = leaf["name"], leaf["type"]
    if not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise NotPossibleError(f"{name!r} is of type {kind}, not {value!r}")
    choices = [choice["value"] for choice in leaf.get("choices") or []]
    if choices and value not in choices:
        raise NotPossibleError(f"{name!r} is one of {choices}, not {value!r}")
    if isinstance(value, str):
        most, least = leaf.get("max_length") or 6_000, leaf.get("min_length") or 0
        if not least <= len(value) <= most:
            raise NotPossibleError(f"{name!r} has {least} to {most} characters, not {len(value)}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        lowest, highest = leaf.get("min_value"), leaf.get("max_value")
        if (lowest is not None and value < lowest) or (highest is not None and value > highest):
            raise NotPossibleError(f"{name!r} is from {lowest} to {highest}, not {value}")


def _resolve(
    world: World, value: Value, store: Callable[[Upload], JsonObject], resolved: JsonObject
) -> str | int | float:
    if isinstance(value, Member):
        resolved.setdefault("users", {})[value.id] = user_json(value)
        member = member_json(world, value, None)
        resolved.setdefault("members", {})[value.id] = {key: member[key] for key in member if key != "user"}
        return value.id
    if isinstance(value, Channel):
        resolved.setdefault("channels", {})[value.id] = channel_json(world, value, world.bot)
        return value.id
    if isinstance(value, Role):
        resolved.setdefault("roles", {})[value.id] = role_json(world, value)
        return value.id
    if isinstance(value, Upload):
        attachment = store(value)
        resolved.setdefault("attachments", {})[attachment["id"]] = attachment
        return str(attachment["id"])
    return value


def menu_data(command: JsonObject, post: Post) -> JsonObject:
    """Return an interaction's data for a command of a message's menu."""
    resolved = {"messages": {post.id: public(post)}}
    return {
        "id": command["id"],
        "name": command["name"],
        "type": MESSAGE_MENU,
        "target_id": post.id,
        "resolved": resolved,
    }


def component_data(post: Post, custom_id: str, values: list[str] | None, *, forged: bool) -> JsonObject:
    """Return an interaction's data for a press or a choice; a forged one need not stand in the post."""
    found = [node for node in post.nodes if node.get("custom_id") == custom_id]
    if forged:
        kind = BUTTON if values is None else STRING_SELECT
        return {
            "id": 1,
            "custom_id": custom_id,
            "component_type": kind,
            **({"values": values} if values else {}),
        }
    if not found or post.deleted:
        raise NotPossibleError(f"no {custom_id!r} in the post; there are {post.custom_ids}")
    node = found[0]
    if node.get("disabled") or node.get("style") == LINK_BUTTON:
        raise NotPossibleError(f"{custom_id!r} cannot be pressed")
    if (values is None) != (node["type"] == BUTTON):
        raise NotPossibleError(f"{custom_id!r} is of type {node['type']}")
    data = {"id": node["id"], "custom_id": custom_id, "component_type": node["type"]}
    if values is None:
        return data
    _check_chosen(node, values)
    return {**data, "values": values}


def _check_chosen(node: JsonObject, values: list[str]) -> None:
    least = node.get("min_values")
    least = 1 if least is None else least
    most = node.get("max_values") or 1
    if not least <= len(values) <= most:
        raise NotPossibleError(f"{node['custom_id']!r} takes {least} to {most} values, not {len(values)}")
    offered = {option["value"] for option in node.get("options") or []}
    if node["type"] not in (5, 6, 7, 8) and not set(values) <= offered:
        raise NotPossibleError(f"{node['custom_id']!r} offers {sorted(offered)}, not {values}")


def form_data(modal: JsonObject, answers: Mapping[str, Filled]) -> JsonObject:
    """Return an interaction's data for a form filled in; what is not answered keeps what stood there."""
    fields = {node["custom_id"] for _, node in walk(modal["components"]) if node.get("custom_id")}
    if unknown := answers.keys() - fields:
        raise NotPossibleError(f"no fields {sorted(unknown)} in the form; there are {sorted(fields)}")
    sent: list[JsonObject] = []
    for number, node in enumerate(modal["components"], start=1):
        if node["type"] == ROW:
            parts = [_filled(child, answers, number + 100) for child in node["components"]]
            sent.append({"type": ROW, "id": number, "components": parts})
        elif node["type"] == LABEL:
            part = _filled(node["component"], answers, number + 100)
            sent.append({"type": LABEL, "id": number, "component": part})
        else:
            sent.append({"type": node["type"], "id": number})
    return {"custom_id": modal["custom_id"], "components": sent, "resolved": {}}


def _filled(node: JsonObject, answers: Mapping[str, Filled], number: int) -> JsonObject:
    name, kind = node["custom_id"], node["type"]
    part: JsonObject = {"type": kind, "id": number, "custom_id": name}
    needed = node.get("required", True)
    answer = answers.get(name)
    if kind == TEXT_INPUT:
        words = answer if isinstance(answer, str) else node.get("value") or ""
        least, most = node.get("min_length") or 0, node.get("max_length") or 4_000
        if (needed and not words) or (words and not least <= len(words) <= most):
            raise NotPossibleError(f"{name!r} takes {least} to {most} characters, not {len(words)}")
        return {**part, "value": words}
    if kind == CHECKBOX:
        return {**part, "value": bool(answer)}
    chosen = [answer] if isinstance(answer, str) else answer if isinstance(answer, list) else []
    if answer is None:
        chosen = [one["value"] for one in node.get("options") or [] if one.get("default")]
    if chosen or needed:
        _check_chosen(node, chosen)
    if kind == RADIO:
        return {**part, "value": chosen[0] if chosen else None}
    if kind in SELECTS or kind == CHECKBOXES:
        return {**part, "values": chosen}
    raise NotPossibleError(f"{name!r} is of type {kind}, which nobody fills in here")
