"""What a form in Slack holds when it is filled in: state values by block and action."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.doubles.slack_check import elements_of
from tests.doubles.slack_elements import INPUTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.doubles.slack_wire import Payload

_SINGLE = {
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "date_time",
    "users_select": "user",
    "channels_select": "channel",
    "conversations_select": "conversation",
    "multi_users_select": "users",
    "multi_channels_select": "channels",
    "multi_conversations_select": "conversations",
}
_TIME = {"datepicker": r"\d{4}-\d{2}-\d{2}", "timepicker": r"\d{2}:\d{2}"}


def options_of(element: Payload) -> list[Payload]:
    """Return a menu's options, those in groups too."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return list(element.get("options") or []) + grouped


def _option(element: Payload, value: str) -> Payload:
    if element["type"] in ("external_select", "multi_external_select"):
        return {"text": {"type": "plain_text", "text": value}, "value": value}
    found = next((option for option in options_of(element) if option["value"] == value), None)
    if found is None:
        raise ValueError(f"{value!r} is no option of {element.get('action_id')}")
    return found


def value_of(element: Payload, given: str | list[str] | None) -> Payload:
    """Return the state of one element; None leaves it as shown. Raises ValueError for an impossible value."""
    kind = element["type"]
    said: Payload = {"type": kind}
    if kind in _SINGLE:
        name = _SINGLE[kind]
        chosen = element.get(f"initial_{name}") if given is None else given
        if isinstance(chosen, str) and chosen and not re.fullmatch(_TIME.get(kind, r"[\s\S]*"), chosen):
            raise ValueError(f"{chosen!r} is nothing for a {kind}")
        return said | {f"selected_{name}": chosen or ([] if name.endswith("s") else None)}
    if kind in ("static_select", "external_select", "radio_buttons", "overflow"):
        chosen = element.get("initial_option") if given is None else _option(element, str(given))
        return said | {"selected_option": chosen}
    if kind in ("checkboxes", "multi_static_select", "multi_external_select"):
        values = [given] if isinstance(given, str) else given
        chosen = (
            element.get("initial_options", []) if values is None else [_option(element, v) for v in values]
        )
        return said | {"selected_options": chosen}
    text = element.get("initial_value") if given is None else given
    return said | {"value": text or None}


def state_of(blocks: list[Payload], given: str | None = None) -> dict[str, dict[str, Payload]]:
    """Return the state of blocks as shown; `given` is chosen in each of their elements."""
    state: dict[str, dict[str, Payload]] = {}
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in INPUTS or given is not None:
                state.setdefault(block["block_id"], {})[element["action_id"]] = value_of(element, given)
    return state


def fill(
    blocks: list[Payload], values: Mapping[str, str | list[str] | None]
) -> dict[str, dict[str, Payload]]:
    """Return the state of a form with values by block_id. Raises LookupError, ValueError for a bad one."""
    state = state_of(blocks)
    known = {block["block_id"]: block for block in blocks}
    for name, value in values.items():
        if name not in state:
            raise LookupError(f"no input {name}; there are {sorted(state)}")
        for element in elements_of(known[name]):
            if element["action_id"] in state[name]:
                state[name][element["action_id"]] = value_of(element, value)
    for block in blocks:
        if block["type"] == "input":
            _required(block, state[block["block_id"]])
    return state


def _required(block: Payload, state: dict[str, Payload]) -> None:
    element = block["element"]
    content = next(value for key, value in state[element["action_id"]].items() if key != "type")
    if not content and not block.get("optional"):
        raise ValueError(f"{block['block_id']} must be filled in")
    if element["type"] == "plain_text_input" and content:
        least, most = element.get("min_length", 0), element.get("max_length", 3_000)
        if not least <= len(content) <= most:
            raise ValueError(f"{block['block_id']} takes {least} to {most} characters")
