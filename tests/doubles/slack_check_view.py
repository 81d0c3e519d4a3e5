"""Judge modals and home tabs as Slack does, by its limits."""

from __future__ import annotations

import copy
import json

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.views import View

from tests.doubles.slack_check import block_faults
from tests.doubles.slack_elements import IDENTIFIER, Reasons
from tests.doubles.slack_wire import Payload, RefusedError

# Figures: @slack/types views (node-slack-sdk 4322e14f), slack_sdk.models 3.47, Slack's documentation.
VIEW_TITLE, PRIVATE_METADATA, VIEW_BYTES = 24, 3_000, 250_000


def check_view(view: Payload, *, kinds: tuple[str, ...]) -> None:
    """Hold a view to Slack's limits. Raises RefusedError with the reasons."""
    kind = view.get("type")
    if kind not in kinds:
        raise RefusedError(
            "invalid_arguments", f"must be a view of type {' or '.join(kinds)} [json-pointer:/view/type]"
        )
    found = _view_faults(view, kind)
    if found:
        raise RefusedError("invalid_arguments", *found)
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise RefusedError("view_too_large")


def _view_faults(view: Payload, kind: str) -> list[str]:
    reasons = Reasons()
    common = "type blocks private_metadata callback_id external_id"
    modal = "title submit close clear_on_close notify_on_close submit_disabled"
    reasons.keys(view, "/view", f"{common} {modal}" if kind == "modal" else common)
    if kind == "modal" and "title" not in view:
        reasons.add("/view", "missing required field: title")
    for name in ("title", "submit", "close"):
        reasons.words(view.get(name), f"/view/{name}", VIEW_TITLE)
    reasons.text(view.get("private_metadata"), "/view/private_metadata", PRIVATE_METADATA)
    for name in ("callback_id", "external_id"):
        reasons.text(view.get(name), f"/view/{name}", IDENTIFIER)
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or not blocks:
        reasons.add("/view/blocks", "must have blocks")
        blocks = []
    reasons.found += block_faults(blocks, kind, "/view/blocks")
    if (
        any(block.get("type") == "input" for block in blocks if isinstance(block, dict))
        and "submit" not in view
    ):
        reasons.add("/view/submit", "submit is required where there is an input block")
    if not reasons.found:
        try:
            View(**copy.deepcopy(view)).to_dict()
        except (SlackObjectFormationError, TypeError) as fault:
            reasons.add("/view", f"slack_sdk: {fault}")
    return reasons.found
