"""Judge messages and views as Slack does, by its limits; slack_sdk's own models are the second opinion."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.doubles.slack_elements import (
    ACCESSORIES,
    ACTIONS,
    IDENTIFIER,
    INPUTS,
    TEXTS,
    Reasons,
    check_element,
    check_picture,
)
from tests.doubles.slack_wire import Payload, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Figures: @slack/types block-kit (node-slack-sdk 4322e14f), slack_sdk.models 3.47, Slack's documentation.
MESSAGE_BLOCKS, VIEW_BLOCKS, ATTACHMENTS = 50, 100, 100
SECTION_TEXT, SECTION_FIELDS, FIELD_TEXT = 3_000, 10, 2_000
HEADER, MARKDOWN, CONTEXT, ACTION_ELEMENTS, CONTEXT_ACTIONS = 150, 12_000, 10, 25, 5
INPUT_LABEL, IMAGE_TITLE = 2_000, 2_000
TABLE_ROWS, TABLE_CELLS = 100, 20
MESSAGE_TEXT = 40_000
UPDATE_TEXT_BYTES = 4_000  # chat.update: a limit in bytes, found in production (GitLab merge request 258898)
# bolt-js issues 2509 and 2867: 9,597 characters went through, 11,341 did not; with markdown alone 13,297 did.
MESSAGE_BLOCK_TEXT, MESSAGE_BLOCK_JSON = 9_597, 15_500

BLOCK_FIELDS = {
    "section": "text fields accessory expand",
    "header": "text",
    "divider": "",
    "context": "elements",
    "actions": "elements",
    "image": "image_url slack_file alt_text title",
    "input": "label element hint optional dispatch_action",
    "markdown": "text",
    "rich_text": "elements",
    "table": "rows column_settings",
    "context_actions": "elements",
}
# Newer kinds, which only the SDK's models judge here.
MODELLED = frozenset({"alert", "card", "carousel", "container", "plan", "task_card", "video", "file"})
ONLY_IN = {
    "markdown": "message",
    "table": "message",
    "context_actions": "message",
    "alert": "modal",
    "file": "message",
}


def block_faults(blocks: list[Any], surface: str, at: str = "/blocks") -> list[str]:
    """Return what Slack would refuse in the blocks of a message, modal or home tab."""
    reasons = Reasons()
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    reasons.items(blocks, at, most, least=0)
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        there = f"{at}/{number}"
        name = block.get("block_id")
        reasons.text(name, f"{there}/block_id", IDENTIFIER, least=1)
        if isinstance(name, str) and name in seen:
            reasons.add(f"{there}/block_id", f"block_id {name!r} is used twice")
        seen |= {name} if isinstance(name, str) else set()
        if ONLY_IN.get(str(block.get("type")), surface) != surface:
            reasons.add(there, f"{block['type']} is not allowed in a {surface}")
        _check_block(reasons, block, there)
        _check_action_ids(reasons, block, there)
        if not any(f"[json-pointer:{there}" in reason for reason in reasons.found):
            _second_opinion(reasons, block, there)
    return reasons.found


def _check_block(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    kind = str(block.get("type"))
    if kind in MODELLED:
        return
    if kind not in BLOCK_FIELDS:
        reasons.add(at, f"unsupported type: {kind[:60]}")
        return
    reasons.keys(block, at, f"type block_id {BLOCK_FIELDS[kind]}")
    if kind in _CHECKS:
        _CHECKS[kind](reasons, block, at)


def _check_header(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    _check_required_words(reasons, block, at, "text", HEADER)


def _check_elements(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    kind = block["type"]
    most = {"context": CONTEXT, "actions": ACTION_ELEMENTS, "context_actions": CONTEXT_ACTIONS}[kind]
    allowed = ACTIONS if kind == "actions" else frozenset({"feedback_buttons", "icon_button"})
    for number, item in enumerate(reasons.items(block.get("elements"), f"{at}/elements", most)):
        if kind == "context":
            _check_context(reasons, item, f"{at}/elements/{number}")
        else:
            check_element(reasons, item, f"{at}/elements/{number}", allowed)


def _check_image(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    check_picture(reasons, block, at)
    reasons.words(block.get("title"), f"{at}/title", IMAGE_TITLE)


def _check_input(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    _check_required_words(reasons, block, at, "label", INPUT_LABEL)
    reasons.words(block.get("hint"), f"{at}/hint", INPUT_LABEL)
    element = block.get("element")
    check_element(reasons, element if isinstance(element, dict) else {}, f"{at}/element", INPUTS)


def _check_markdown(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    reasons.text(block.get("text", ""), f"{at}/text", MARKDOWN, least=1)


def _check_table(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    rows = block.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= TABLE_ROWS:
        reasons.add(f"{at}/rows", f"must have 1 to {TABLE_ROWS} rows")
        return
    for number, row in enumerate(rows):
        if not isinstance(row, list) or not 1 <= len(row) <= TABLE_CELLS:
            reasons.add(f"{at}/rows/{number}", f"must have 1 to {TABLE_CELLS} cells")


def _check_required_words(reasons: Reasons, block: dict[str, Any], at: str, name: str, most: int) -> None:
    if name not in block:
        reasons.add(at, f"missing required field: {name}")
    reasons.words(block.get(name), f"{at}/{name}", most)


def _check_section(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    if "text" not in block and "fields" not in block:
        reasons.add(at, "needs text or fields")
    reasons.words(block.get("text"), f"{at}/text", SECTION_TEXT, TEXTS)
    if "fields" in block:
        for number, item in enumerate(reasons.items(block["fields"], f"{at}/fields", SECTION_FIELDS)):
            reasons.words(item, f"{at}/fields/{number}", FIELD_TEXT, TEXTS)
    if isinstance(block.get("accessory"), dict):
        check_element(reasons, block["accessory"], f"{at}/accessory", ACCESSORIES)
    elif "accessory" in block:
        reasons.add(f"{at}/accessory", "must be an object")


def _check_context(reasons: Reasons, item: dict[str, Any], at: str) -> None:
    if item.get("type") == "image":
        check_element(reasons, item, at, frozenset({"image"}))
    else:
        reasons.words(item, at, SECTION_TEXT, TEXTS)


_CHECKS: dict[str, Callable[[Reasons, dict[str, Any], str], None]] = {
    "section": _check_section,
    "header": _check_header,
    "context": _check_elements,
    "actions": _check_elements,
    "context_actions": _check_elements,
    "image": _check_image,
    "input": _check_input,
    "markdown": _check_markdown,
    "table": _check_table,
}


def _check_action_ids(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    names = [element.get("action_id") for element in elements_of(block) if element.get("action_id")]
    for name in sorted({str(name) for name in names if names.count(name) > 1}):
        reasons.add(at, f"action_id {name!r} is used twice in the block")


def elements_of(block: Payload) -> Iterator[Payload]:
    """Yield what a block holds that a person can use: its elements, accessory or input."""
    inside = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
    yield from (item for item in inside if isinstance(item, dict))


def _second_opinion(reasons: Reasons, block: dict[str, Any], at: str) -> None:
    try:
        model = Block.parse(copy.deepcopy(block))
        if model is None:
            reasons.add(at, "slack_sdk knows no such block")
        else:
            model.to_dict()
    except (SlackObjectFormationError, TypeError, ValueError, AttributeError) as fault:
        reasons.add(at, f"slack_sdk: {fault}")


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def check_message(payload: Payload, *, method: str) -> None:
    """Hold the content of a message to Slack's limits. Raises RefusedError with its reasons."""
    text, blocks, attachments = payload.get("text"), payload.get("blocks"), payload.get("attachments")
    markdown = payload.get("markdown_text")
    if not (text and text.strip()) and not blocks and not attachments and not markdown:
        raise RefusedError("no_text")
    if markdown and (text or blocks):
        raise RefusedError("markdown_text_conflict")
    if len(text or "") > MESSAGE_TEXT or len(markdown or "") > MARKDOWN:
        raise RefusedError("msg_too_long")
    if method == "chat.update" and len((text or "").encode("utf-8", "replace")) > UPDATE_TEXT_BYTES:
        raise RefusedError("msg_too_long", f"/text: more than {UPDATE_TEXT_BYTES} bytes")
    if len(attachments or []) > ATTACHMENTS:
        raise RefusedError("too_many_attachments")
    found = block_faults(blocks or [], "message")
    for number, attachment in enumerate(attachments or []):
        inside = attachment.get("blocks") if isinstance(attachment, dict) else ["not an object"]
        found += block_faults(inside or [], "message", f"/attachments/{number}/blocks")
    if found:
        raise RefusedError("invalid_blocks", *found)
    _check_sum(blocks or [])


def _check_sum(blocks: list[Payload]) -> None:
    markdown = [block for block in blocks if block["type"] == "markdown"]
    if sum(len(block["text"]) for block in markdown) > MARKDOWN:
        raise RefusedError("msg_blocks_too_long", f"markdown blocks hold more than {MARKDOWN} characters")
    if len(markdown) == len(blocks):
        return
    size, length = len(json.dumps(blocks, ensure_ascii=False)), sum(len(text) for text in _texts(blocks))
    if length > MESSAGE_BLOCK_TEXT or size > MESSAGE_BLOCK_JSON:
        raise RefusedError("msg_blocks_too_long", f"{length} characters of text, {size} of JSON")


def check_metadata(metadata: Payload | None) -> None:
    """Hold a message's metadata to its form. Raises RefusedError."""
    if not metadata:  # an empty object takes metadata away
        return
    fine = isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    if not fine or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise RefusedError("invalid_metadata_format")
